"""What the finder learns from: templates/_finder/<language>/<scenario>.txt, one message of a buyer a line, and buyers-say.yml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from macros.library import FINDER, Catalog
from macros.source import Problem

NONE = "none"
"""The file of messages that fit no scenario."""


class FinderError(Exception):
    """What is wrong with the lines that the finder learns from; one `path:line: sentence` a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class Line(NamedTuple):
    """One message of a buyer and the scenario that answers it (or "none"); where it stands."""

    text: str
    scenario: str
    path: str
    line: int


def lines(catalog: Catalog) -> dict[str, list[Line]]:
    """By language: the lines of templates/_finder/<language>/<scenario>.txt, then those of buyers-say.yml. Raises FinderError with all problems."""
    found: dict[str, list[Line]] = {lang: [] for lang in catalog.buyers}
    problems: list[Problem] = []
    base = catalog.root / FINDER
    for file in sorted(path for path in base.rglob("*") if path.is_file()):
        path = file.relative_to(catalog.root).as_posix()
        lang, scenario = file.parent.name, file.stem
        if file.parent.parent != base or lang not in found or file.suffix != ".txt":
            problems.append(Problem(path, 1, f"Not a file of the finder. Name it {FINDER}/<language>/<scenario>.txt; languages: {', '.join(found)}."))
        elif scenario != NONE and scenario not in catalog.scenarios:
            problems.append(Problem(path, 1, f"Unknown scenario '{scenario}'. Rename the file, or remove it."))
        else:
            found[lang] += _read(file, path, scenario, problems)
    for lang, own in found.items():
        problems += _twice(own)
        own += [Line(text, name, "", 0) for name, said in catalog.buyers_say.items() for text in said.get(lang, ())]
    if problems:
        raise FinderError(problems)
    return found


def _read(file: Path, path: str, scenario: str, problems: list[Problem]) -> list[Line]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        problems.append(Problem(path, file.read_bytes()[: wrong.start].count(b"\n") + 1, "Not UTF-8. Save the file as UTF-8."))
        return []
    out = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        if not line.strip():
            problems.append(Problem(path, number, "An empty line. Write one message a line, and nothing between them."))
        elif line != line.strip():
            problems.append(Problem(path, number, "White space before or behind the message. Remove it."))
        else:
            out.append(Line(line, scenario, path, number))
    return out


def _twice(own: Sequence[Line]) -> list[Problem]:
    first: dict[str, Line] = {}
    problems = []
    for line in own:
        same = first.setdefault(" ".join(line.text.casefold().split()), line)
        if same is not line:
            problems.append(Problem(line.path, line.line, f"The message stands already in {same.path}:{same.line}. Keep it where it fits best."))
    return problems
