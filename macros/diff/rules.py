"""Which rules differ between two states, and which rules a change reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from macros import tone
from macros.diff.side import RuleKey, Side
from macros.model import Rule
from macros.pattern import MACRO

Cause = tuple[str, RuleKey]  # rule, macro or masks; the file and the name


@dataclass(frozen=True)
class RuleCause:
    """A changed rule, macro or the masks, with both versions as they stand in the file; None where it is not there."""

    path: str
    kind: str
    name: str
    before: str | None
    after: str | None


class Rules:
    """Everything that changed in _tone/. `renamed` (old scenario id to new) is no change of a rule that names the scenario."""

    def __init__(self, before: Side, after: Side, renamed: Mapping[str, str]) -> None:
        self.before, self.after = before, after
        self._old = {key: _renamed(rule, renamed) for key, rule in _rules(before).items()}
        self._new = _rules(after)

    @cached_property
    def causes(self) -> dict[Cause, RuleCause]:
        """What changed, in the order of files: rules, then macros, then masks."""
        found: dict[Cause, RuleCause] = {}
        files = [lang for lang in self.after.catalog.rules if lang == "all" or lang in self.after.judged & self.before.judged]
        for lang in files:
            for key in dict.fromkeys(key for key in (*self._new, *self._old) if key[0] == lang):
                if self._old.get(key) != self._new.get(key):
                    texts = self.before.entries.get(key), self.after.entries.get(key)
                    found["rule", key] = RuleCause(f"templates/_tone/{lang}.yml", "rule", key[1], *texts)
        for lang in files:
            old, new = self.before.catalog.macros.get(lang, {}), self.after.catalog.macros.get(lang, {})
            for name in dict.fromkeys((*new, *old)):
                if old.get(name) != new.get(name):
                    found["macro", (lang, name)] = RuleCause(f"templates/_tone/{lang}.yml", "macro", name, old.get(name), new.get(name))
        if self.before.catalog.masks != self.after.catalog.masks:
            texts = "\n".join(self.before.catalog.masks) or None, "\n".join(self.after.catalog.masks) or None
            found["masks", ("all", "masks")] = RuleCause("templates/_tone/all.yml", "masks", "masks", *texts)
        return found

    def cause(self, lang: str, rule: str) -> Cause | None:
        """What of the changes made a rule find something else in a language: itself, else a macro that it names, else the masks."""
        for file in (lang, "all"):
            if ("rule", (file, rule)) in self.causes:
                return "rule", (file, rule)
        named = self._named(self._source(lang, rule), lang)
        macro = next((cause for cause in self.causes if cause[0] == "macro" and cause[1][0] in (lang, "all") and cause[1][1] in named), None)
        return macro or next((cause for cause in self.causes if cause[0] == "masks"), None)

    def subsets(self, lang: str) -> tuple[tone.Ruleset, tone.Ruleset] | None:
        """Only the rules of a language that find something else now, as they were and as they are; None where there are none.

        Rules do not look at one another, so all others find in an unchanged text what they found before.
        """
        keys = [key for key in dict.fromkeys((*self._old, *self._new)) if key[0] in ("all", lang) and self.cause(lang, key[1])]
        if not keys:
            return None
        return self._compiled(self.before, lang, keys), self._compiled(self.after, lang, keys)

    @staticmethod
    def _compiled(side: Side, lang: str, keys: list[RuleKey]) -> tone.Ruleset:
        catalog = side.catalog
        rules = [rule for key, rule in _rules(side).items() if key in keys]
        return tone.compile_rules(rules, lang, {**catalog.macros["all"], **catalog.macros[lang]}, catalog.masks)

    def _source(self, lang: str, rule: str) -> str:
        keys = [(file, rule) for file in (lang, "all")]
        return "".join(repr(rules[key]) for rules in (self._old, self._new) for key in keys if key in rules)

    def _named(self, text: str, lang: str) -> set[str]:
        """The macros that a text names, and those that they name."""
        known = [side.catalog.macros.get(file, {}) for side in (self.before, self.after) for file in ("all", lang)]
        found: set[str] = set()
        waiting = [text]
        while waiting:
            for match in MACRO.finditer(waiting.pop()):
                if match[1] not in found:
                    found.add(match[1])
                    waiting += [macros[match[1]] for macros in known if match[1] in macros]
        return found


def _rules(side: Side) -> dict[RuleKey, Rule]:
    return {(lang, rule.id): rule for lang, rules in side.catalog.rules.items() for rule in rules}


def _renamed(rule: Rule, renamed: Mapping[str, str]) -> Rule:
    if not any(name in renamed for name in (*rule.scenarios, *rule.except_scenarios)):
        return rule
    lists = {field: tuple(renamed.get(name, name) for name in getattr(rule, field)) for field in ("scenarios", "except_scenarios")}
    return rule.model_copy(update=lists)
