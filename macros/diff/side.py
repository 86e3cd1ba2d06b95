"""One of the two states: its catalogue, and what of it can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import dedent

from macros.catalog import Catalog
from macros.check import examples
from macros.source import Problem

RuleKey = tuple[str, str]  # the file's language (or all), and the id


@dataclass(frozen=True)
class Side:
    """A state. `entries` are the rules as they stand in their files; what `problems` are about is not compared."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    entries: Mapping[RuleKey, str]

    @cached_property
    def bad(self) -> frozenset[str]:
        """Paths of files with a problem."""
        return frozenset(problem.path for problem in self.problems)

    @cached_property
    def unread(self) -> frozenset[tuple[str, str]]:
        """Messages (scenario, language) of which not everything could be read."""
        catalog = self.catalog
        paths = {(one.id, lang): path(catalog, one.id, lang) for one in catalog.scenarios.values() for lang in catalog.languages}
        return frozenset(key for key, file in paths.items() if file in self.bad)

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        """The examples as buyers read them, by language; without the languages of which greeting, closing or examples cannot be shown."""
        found = {}
        for lang in self.catalog.languages:
            if f"templates/_shared/{lang}.md" in self.bad or lang not in self.catalog.shared:
                continue
            if not self.problems:
                found[lang] = examples(self.catalog, lang)
            elif (known := _shown(self.catalog, lang)) is not None:
                found[lang] = known
        return found

    @cached_property
    def judged(self) -> frozenset[str]:
        """Languages whose rules can be used."""
        return frozenset(lang for lang in self.catalog.languages if not self.problems or self._has_rules(lang))

    def _has_rules(self, lang: str) -> bool:
        if not self.bad.isdisjoint({"templates/_tone/all.yml", f"templates/_tone/{lang}.yml"}):
            return False
        try:
            self.catalog.ruleset(lang)
        except ValueError:
            return False
        return True


def side(catalog: Catalog, problems: Sequence[Problem] = ()) -> Side:
    """A state with the words of its rules, read from its files."""
    entries: dict[RuleKey, str] = {}
    for lang in catalog.rules:
        file = f"templates/_tone/{lang}.yml"
        if file not in catalog.loaded or not catalog.rules[lang]:
            continue
        text = (catalog.root / file).read_text(encoding="utf-8").splitlines()
        tops = [line for at, line in catalog.lines.get(file, {}).items() if len(at) == 1]
        starts = {catalog.rule_lines[lang, rule.id]: rule.id for rule in catalog.rules[lang]}
        for start, name in starts.items():
            end = min((line for line in (*starts, *tops) if line > start), default=len(text) + 1)
            entries[lang, name] = _entry(text[start - 1 : end - 1])
    return Side(catalog, tuple(problems), entries)


def path(catalog: Catalog, scenario: str, lang: str) -> str:
    """The message file of a scenario in a language, whether it is there or not."""
    return f"templates/{catalog.family_of(scenario).id}/{scenario}/{lang}.md"


def folders(catalog: Catalog) -> dict[str, str]:
    """The folder of every scenario."""
    return {one.id: Path(path(catalog, one.id, "en")).parent.as_posix() for one in catalog.scenarios.values()}


def _entry(lines: Sequence[str]) -> str:
    kept = list(lines)
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):  # the heading of the next group
        kept.pop()
    return dedent("\n".join(kept))


def _shown(catalog: Catalog, lang: str) -> dict[str, str] | None:
    from babel import UnknownLocaleError

    try:
        return examples(catalog, lang)
    except (ValueError, LookupError, UnknownLocaleError):
        return None
