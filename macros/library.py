"""Everything in templates/ as one frozen object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from macros import tone
from macros.memo import digest, engine
from macros.message import Message
from macros.model import FULFILMENTS, Bilingual, Example, Fact, Family, Idea, Language, Pair, Reply, Rule, Scenario, Store, Term, Variable
from macros.source import Where

HANDBOOK_LANGUAGES = ("en", "zh")
FINDER = "templates/_finder"  # what the finder learns from; macros/finder.py reads it
PRACTICE = "templates/_practice"  # the cases of the practice inbox; macros/practice.py reads them


@dataclass(frozen=True)
class Catalog:
    """Everything in templates/. Rules are kept by file (all, en, ...), messages by scenario id and language.

    `confused` are pairs of scenarios that a buyer's message is often taken for, `replies` whole bad replies by language and id.
    """

    root: Path
    stores: Mapping[str, Store]
    languages: Mapping[str, Language]
    variables: Mapping[str, Variable]
    families: tuple[Family, ...]
    facts: Mapping[str, Fact]
    interface: Mapping[str, Bilingual]
    ideas: Mapping[str, Idea]
    rules: Mapping[str, tuple[Rule, ...]]
    masks: tuple[str, ...]
    macros: Mapping[str, Mapping[str, str]]
    shared: Mapping[str, Message]
    messages: Mapping[tuple[str, str], Message]
    buyers_say: Mapping[str, Mapping[str, tuple[str, ...]]]
    lines: Mapping[str, Mapping[Where, int]]
    rule_lines: Mapping[tuple[str, str], int]
    loaded: tuple[str, ...]
    buyers: tuple[str, ...]
    code_owners: tuple[str, ...] = ()
    confused: tuple[tuple[str, str], ...] = ()
    replies: Mapping[str, Mapping[str, Reply]] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    sheets: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)  # by message language
    _rulesets: dict[str, tone.Ruleset] = field(default_factory=dict, repr=False, compare=False)
    _fingerprints: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def scenarios(self) -> dict[str, Scenario]:
        """Scenarios by id, in reading order."""
        return {scenario.id: scenario for family in self.families for scenario in family.scenarios}

    def family_of(self, scenario_id: str) -> Family:
        """The family of a scenario. Raises KeyError."""
        for family in self.families:
            if any(scenario.id == scenario_id for scenario in family.scenarios):
                return family
        raise KeyError(scenario_id)

    def languages_of(self, scenario_id: str) -> tuple[str, ...]:
        """The message languages in which a scenario exists, in the order of _languages.yml."""
        return tuple(lang for lang in self.languages if (scenario_id, lang) in self.messages)

    def examples(self, lang: str, rule_id: str, key: str, words: str = "") -> list[Example]:
        """The `bad` or `good` examples (`key`) of a rule for a message language, its own and those of all.yml, that begin with `words`."""
        rules = (rule for rule in (*self.rules["all"], *self.rules[lang]) if rule.id == rule_id)
        return [example for rule in rules for example in getattr(rule, key) if example.text.startswith(words)]

    def rules_fingerprint(self, lang: str) -> str:
        """What the findings in a language depend on besides the text: its rules, macros and masks, and the engine."""
        if lang not in self._fingerprints:
            mine = (self.rules["all"], self.rules[lang], self.macros["all"], self.macros[lang], self.masks)
            self._fingerprints[lang] = digest(engine(), lang, *map(repr, mine))
        return self._fingerprints[lang]

    def ruleset(self, lang: str) -> tone.Ruleset:
        """The rules of all.yml and of the language, compiled once."""
        if lang not in self._rulesets:
            rules = (*self.rules["all"], *self.rules[lang])
            self._rulesets[lang] = tone.compile_rules(rules, lang, {**self.macros["all"], **self.macros[lang]}, self.masks)
        return self._rulesets[lang]


def combinations(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Every set of picks (fulfilment, then choice value) that a scenario has, in the order of the map."""
    axes = [scenario.fulfilment, *(tuple(choice.values) for choice in scenario.choices.values())]
    return tuple(product(*(axis for axis in axes if axis)))


def scope(scenario: Scenario, picks: Iterable[str]) -> frozenset[str]:
    """The picks by which rules are narrowed: without a fulfilment of its own, the words must hold for both."""
    return frozenset(picks) if scenario.fulfilment else frozenset((*picks, *FULFILMENTS))
