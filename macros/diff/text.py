"""What was found, for a terminal."""

from __future__ import annotations

from collections.abc import Callable

from macros.diff.outline import Block, Words
from macros.diff.shape import Marks
from macros.diff.words import changed_lines

_GONE, _NEW, _BOLD, _END = "\x1b[31;9m", "\x1b[32;4m", "\x1b[1m", "\x1b[0m"


def writer(colour: bool) -> tuple[Callable[[str, list[str]], str], Callable[[Block], str]]:
    """How the head and a block are written: colours on a terminal, else [-gone-]{+new+} as git has it."""

    def bold(text: str) -> str:
        return f"{_BOLD}{text}{_END}" if colour else text

    def head(title: str, lines: list[str]) -> str:
        return "\n".join([bold(title), *lines, ""])

    def block(given: Block) -> str:
        lines = ["", bold(given.heading)]
        for item in given.items:
            if isinstance(item, Words):
                lines += [f"  {item.label}:"] if item.label else []
                shown = changed_lines(item.marks) if item.aside else [item.marks]
                lines += [f"    {line}".rstrip() for marks in shown for line in _marked(marks, colour).split("\n")]
            else:
                lines.append(f"  {item.text}")
        return "\n".join([*lines, ""])

    return head, block


def _marked(given: Marks, colour: bool) -> str:
    pieces = []
    for kind, text in given:
        for at, line in enumerate(text.split("\n")):
            pieces.append("\n" if at else "")
            pieces.append(_one(kind, line, colour) if line else "")
    return "".join(pieces)


def _one(kind: str, line: str, colour: bool) -> str:
    """A mark within one line, so that an indented line keeps its indentation plain."""
    if kind == "same":
        return line
    if colour:
        return f"{_GONE if kind == 'gone' else _NEW}{line}{_END}"
    return f"[-{line}-]" if kind == "gone" else f"{{+{line}+}}"
