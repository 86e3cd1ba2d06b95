"""The message grammar: Markdown sections in, one finished text out; the browser's message.js is its twin."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

SECTIONS = ("greeting", "acknowledge", "resolve", "next_step", "closing")
BODY_SECTIONS = ("acknowledge", "resolve", "next_step")
SHARED_SECTIONS = ("greeting", "closing")
GREETINGS = ("named", "nameless")
HEADINGS = {name: name.replace("_", " ").capitalize() for name in SECTIONS}

PLACEHOLDER = re.compile(r"\{\{ ([a-z][a-z0-9_]*) \}\}")
# The same set as in message.js: what Python and JavaScript call white space differs.
SPACE = " \t\r\n\u00a0\u3000"
_HEADING = re.compile(r"# ([A-Z][a-z]+(?: [a-z]+)?)(?: \(([^()]*)\))?")
_BRACES = re.compile(r"\{\{[^{}\n]*\}\}|\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True)
class Section:
    """One variant of one part: used where every pick that `when` names is made; `line` is that of its first text line."""

    name: str
    when: frozenset[str]
    text: str
    line: int
    heading_line: int

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names in order of first use."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text)))


@dataclass(frozen=True)
class Waiver:
    """A rule that this message may break, and why."""

    rule: str
    reason: str
    line: int


@dataclass(frozen=True)
class Message:
    """The words of one message (or of the shared parts) in one language. `path` is relative to the repository.

    `translated_from` is the hash of the English text it was made from (see languages.py), `record_line` the line that says so.
    """

    lang: str
    path: str
    sections: tuple[Section, ...]
    waivers: tuple[Waiver, ...] = ()
    translated_from: str | None = None
    record_line: int = 1

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names that any variant uses, in order of first use."""
        return tuple(dict.fromkeys(name for section in self.sections for name in section.placeholders))

    def missing(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Placeholders for which `values` has no text."""
        return tuple(name for name in self.placeholders if is_blank(values.get(name, "")))

    def unused(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Names in `values` that no variant uses."""
        return tuple(name for name in values if name not in self.placeholders)


@dataclass(frozen=True)
class Part:
    """A part of a finished text, `start` to `end` in code points, and the section it came from."""

    name: str
    start: int
    end: int
    section: Section = field(repr=False)


@dataclass(frozen=True)
class Assembled:
    """A finished text with its parts; `missing` and `unused` compare its blanks with the values given."""

    text: str
    parts: tuple[Part, ...]
    placeholders: tuple[str, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def spans(self) -> list[tuple[str, int, int]]:
        """The parts as (name, start, end), as tone.check wants them."""
        return [(part.name, part.start, part.end) for part in self.parts]


@dataclass(frozen=True)
class Flaw:
    """Something wrong at a line of a message file: what it is and how to mend it."""

    line: int
    text: str


def parse(body: str, allowed: Sequence[str], first_line: int = 1) -> tuple[tuple[Section, ...], tuple[Flaw, ...]]:
    """Split a message file into sections; `allowed` names the headings that may stand in it, in their order.

    Text before the first heading, unknown headings, headings out of order and anything in braces that is not a bare
    placeholder are flaws. `first_line` is the file's line number of the first line of `body`.
    """
    sections: list[Section] = []
    flaws: list[Flaw] = []
    heading: tuple[str, frozenset[str], int] | None = None
    held: list[tuple[int, str]] = []
    for number, line in enumerate(body.split("\n"), first_line):
        if not line.startswith("#"):
            held.append((number, line))
            continue
        flaws += _close(sections, heading, held, allowed)
        held = []
        heading, wrong = _read_heading(line, number, allowed)
        flaws += wrong
    flaws += _close(sections, heading, held, allowed)
    flaws += [Flaw(first_line, f"The section '# {HEADINGS[name]}' is missing. Add it with its text.")
              for name in allowed if name not in {section.name for section in sections}
              and not any(HEADINGS[name] in flaw.text for flaw in flaws)]  # fmt: skip
    flaws += _misplaced(sections, allowed)
    return tuple(sections), tuple(flaws)


def _read_heading(line: str, number: int, allowed: Sequence[str]) -> tuple[tuple[str, frozenset[str], int], list[Flaw]]:
    """Name, picks and line of a heading; the name is empty where it is wrong."""
    names = {HEADINGS[name]: name for name in allowed}
    match = _HEADING.fullmatch(line)
    if not match or match[1] not in names:
        return ("", frozenset(), number), [Flaw(number, f"Unknown heading {line!r}. Use one of: {', '.join('# ' + name for name in names)}.")]
    picks = [pick.strip() for pick in match[2].split(",")] if match[2] is not None else []
    if "" in picks:
        flaw = Flaw(number, f"Empty value in the brackets of {line!r}. Name the values, or remove the brackets.")
        return (names[match[1]], frozenset(filter(None, picks)), number), [flaw]
    return (names[match[1]], frozenset(picks), number), []


def _close(
    sections: list[Section], heading: tuple[str, frozenset[str], int] | None, held: list[tuple[int, str]], allowed: Sequence[str]
) -> list[Flaw]:
    """Turn the lines since the last heading into a section, and say what is wrong with them."""
    flaws = [flaw for number, line in held for flaw in _line_flaws(number, line)]
    filled = [(number, line) for number, line in held if line.strip()]
    if heading is None:
        if filled:
            flaws.append(Flaw(filled[0][0], f"Text before the first heading. Put it under '# {HEADINGS[allowed[0]]}'."))
        return flaws
    name, when, number = heading
    if not name:
        return flaws  # said by _read_heading
    if not filled:
        return [*flaws, Flaw(number, f"The section '# {HEADINGS[name]}' is empty. Write its text below the heading.")]
    lines = [line for at, line in held if filled[0][0] <= at <= filled[-1][0]]
    flaws += _blank_flaws(lines, filled[0][0])
    sections.append(Section(name, when, "\n".join(lines), filled[0][0], number))
    return flaws


def _line_flaws(number: int, line: str) -> list[Flaw]:
    flaws = []
    if line != line.rstrip():
        flaws.append(Flaw(number, "Spaces at the end of the line. Remove them."))
    for braces in _BRACES.findall(line):
        if not PLACEHOLDER.fullmatch(braces):
            mend = "Write a bare name from _variables.yml with one space on each side, such as {{ order_id }}."
            flaws.append(Flaw(number, f"{braces!r} is not a placeholder. {mend}"))
    return flaws


def _blank_flaws(lines: list[str], first: int) -> list[Flaw]:
    return [
        Flaw(first + index, "More than one blank line in a row. Keep one.")
        for index, line in enumerate(lines)
        if index and not line.strip() and not lines[index - 1].strip()
    ]


def _misplaced(sections: list[Section], allowed: Sequence[str]) -> list[Flaw]:
    order = [allowed.index(section.name) for section in sections]
    return [
        Flaw(sections[index].heading_line, f"'# {HEADINGS[sections[index].name]}' stands too late. Order: {', '.join(map(HEADINGS.get, allowed))}.")
        for index in range(1, len(order))
        if order[index] < max(order[:index])
    ]


def is_blank(value: str) -> bool:
    """Whether nothing that a buyer could read was typed."""
    return not value.strip(SPACE)


def variant(sections: Sequence[Section], name: str, picks: Collection[str]) -> Section:
    """The one variant of a part for these picks. Raises LookupError where there is none or more than one."""
    found = [section for section in sections if section.name == name and section.when <= set(picks)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} variants of '{name}' for {', '.join(sorted(picks)) or 'no pick'}")
    return found[0]


def assemble(
    message: Message, shared: Message, picks: Collection[str], greeting: str, values: Mapping[str, str], blanks: Mapping[str, str] | None = None
) -> Assembled:
    """Put a message together: greeting, the three sections and closing, a blank line between.

    `picks` are the values chosen (fulfilment, choice), `greeting` is named or nameless, `values` are texts as the buyer
    reads them (see values.show). A value is put in once and never read again, so nothing typed can act as a placeholder.
    A blank without a value shows `blanks[name]`, else the placeholder itself. Raises LookupError for impossible picks.
    """
    chosen = [
        variant(shared.sections, "greeting", {greeting}),
        *(variant(message.sections, name, picks) for name in BODY_SECTIONS),
        variant(shared.sections, "closing", picks),
    ]
    texts = [_fill(section.text, values, blanks or {}) for section in chosen]
    parts, at = [], 0
    for section, text in zip(chosen, texts, strict=True):
        parts.append(Part(section.name, at, at + len(text), section))
        at += len(text) + 2
    names = tuple(dict.fromkeys(name for section in chosen for name in section.placeholders))
    missing = tuple(name for name in names if is_blank(values.get(name, "")))
    unused = tuple(name for name in values if name not in names)
    return Assembled("\n\n".join(texts), tuple(parts), names, missing, unused)


def _fill(text: str, values: Mapping[str, str], blanks: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: _shown(match, values, blanks), text)


def _shown(match: re.Match[str], values: Mapping[str, str], blanks: Mapping[str, str]) -> str:
    value = values.get(match[1], "")
    return blanks.get(match[1], match[0]) if is_blank(value) else value


def source_line(section: Section, values: Mapping[str, str], offset: int) -> int:
    """The line of the message file that holds the character at `offset` (code points) of the section as filled with `values`."""
    grown, last = 0, 0
    for match in PLACEHOLDER.finditer(section.text):
        shown = _shown(match, values, {})
        if offset < match.start() + grown:
            break
        last = match.end()
        if offset < match.start() + grown + len(shown):
            return section.line + section.text.count("\n", 0, match.start())
        grown += len(shown) - len(match[0])
    return section.line + section.text.count("\n", 0, max(last, offset - grown))
