"""Where the files of templates/ disagree: names that one uses and another does not have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from macros import message as grammar
from macros import tone
from macros.library import HANDBOOK_LANGUAGES, Catalog
from macros.memo import Memo
from macros.message import is_blank
from macros.model import FULFILMENTS, Pair, Rule, Scenario, Variable
from macros.pattern import pattern_problem
from macros.source import Problem, Where
from macros.values import ValueProblem, example, has_locale, show


def disagreements(catalog: Catalog, memo: Memo | None = None) -> list[Problem]:
    """Every mistake that shows only when the files are held against one another."""
    checks = (
        _language_problems,
        _map_problems,
        _variable_problems,
        _fact_problems,
        _rule_problems,
        _waiver_problems,
        _record_problems,
        _glossary_problems,
        _sheet_problems,
    )
    return [*(problem for check in checks for problem in check(catalog)), *_pattern_problems(catalog, memo)]


def _language_problems(catalog: Catalog) -> Iterator[Problem]:
    path = "templates/_languages.yml"
    lines = catalog.lines[path]
    for lang, language in catalog.languages.items():
        for tag in (language.locale, *language.locales.values()):
            if not has_locale(tag):
                yield Problem(path, lines["languages", lang], f"Unknown locale '{tag}'. Write language and country, such as en-GB.")
        for key, stores in (("home", language.home), ("locales", language.locales)):
            for store in stores:
                if store not in catalog.stores:
                    known = ", ".join(catalog.stores)
                    yield Problem(path, lines["languages", lang, key], f"Unknown store '{store}'. Add it under 'stores', or use one of: {known}.")


def _map_problems(catalog: Catalog) -> Iterator[Problem]:
    path = "templates/_scenarios.yml"
    lines, seen, families = catalog.lines[path], set(), set()
    for at, family in enumerate(catalog.families):
        if family.id in families:
            yield Problem(path, lines["families", at, "id"], f"The family id '{family.id}' stands twice. Join the two, or rename one.")
        families.add(family.id)
        for index, scenario in enumerate(family.scenarios):
            here: Where = ("families", at, "scenarios", index)
            line = lines[*here, "id"]
            if scenario.id in seen:
                yield Problem(path, line, f"The scenario id '{scenario.id}' stands twice. Rename one.")
            seen.add(scenario.id)
            if len(scenario.choices) > 1:
                yield Problem(path, lines[*here, "choices"], "More than one choice. Keep one besides fulfilment.")
            values = [value for choice in scenario.choices.values() for value in choice.values]
            for value in values:
                if value in (*FULFILMENTS, *grammar.GREETINGS) or values.count(value) > 1:
                    yield Problem(path, lines[*here, "choices"], f"The choice value '{value}' is already taken. Rename it.")
            for lang in scenario.not_in:
                if wrong := _left_out_wrongly(catalog, scenario, lang):
                    yield Problem(path, lines[*here, "not_in"], wrong)


def _left_out_wrongly(catalog: Catalog, scenario: Scenario, lang: str) -> str | None:
    if lang not in catalog.languages:
        return f"Unknown language '{lang}'. Use one of: {', '.join(catalog.languages)}."
    if lang in HANDBOOK_LANGUAGES:
        return f"'{lang}' is a language of the handbook itself and cannot be left out. Remove it."
    if (scenario.id, lang) in catalog.messages:
        return f"'{scenario.id}' is left out in '{lang}', but {catalog.messages[scenario.id, lang].path} is there. Remove one of the two."
    return None


def _variable_problems(catalog: Catalog) -> Iterator[Problem]:
    path = "templates/_variables.yml"
    spoken = [lang for lang in catalog.languages if any(key[1] == lang for key in catalog.messages)]  # one without messages is still being prepared
    for name, variable in catalog.variables.items():
        line = catalog.lines[path][name,]
        if variable.pattern and (wrong := pattern_problem(variable.pattern)):
            yield Problem(path, catalog.lines[path][name, "pattern"], wrong)
            continue
        if isinstance(variable.example, Mapping):
            for lang in [lang for lang in spoken if lang not in variable.example]:
                yield Problem(path, line, f"'{name}' has no example for '{lang}'. Add one.")
            for lang in _strange(variable.example, catalog.languages):
                yield Problem(path, line, f"'{name}' has an example for the unknown language '{lang}'. Remove it, or add the language.")
        examples = [example(variable, lang) for lang in catalog.languages if not isinstance(variable.example, Mapping) or lang in variable.example]
        if variable.pattern and not all(re.fullmatch(variable.pattern, text) for text in examples):
            yield Problem(path, line, f"The example of '{name}' does not fit its own pattern. Mend one of them.")
        if any(is_blank(text) for text in examples):
            yield Problem(path, line, f"The example of '{name}' is empty. Write one.")
        elif not all(_can_be_shown(variable, text) for text in examples):
            yield Problem(path, line, f"The example of '{name}' cannot be shown as {_SHOWN[variable.kind]}. Write {_WRITTEN[variable.kind]}.")


_SHOWN = {"date": "a date", "money": "an amount", "steps": "steps"}
_WRITTEN = {"date": "year-month-day", "money": "a plain number in quotes", "steps": "one step a line, at most as many as 'max'"}


def _can_be_shown(variable: Variable, text: str) -> bool:
    try:
        show(variable, text, "en-US", "USD")
    except ValueProblem:
        return False
    return True


def _strange(given: Iterable[str], known: Collection[str]) -> Iterator[str]:
    return (name for name in given if name not in known)


def _fact_problems(catalog: Catalog) -> Iterator[Problem]:
    path = "templates/_facts.yml"
    for name, fact in catalog.facts.items():
        if fact.check_again <= fact.checked:
            yield Problem(path, catalog.lines[path][name,], f"'{name}' is to be checked again before it was checked. Mend 'check_again'.")


def _glossary_problems(catalog: Catalog) -> Iterator[Problem]:
    path = "templates/_glossary.yml"
    for name, term in catalog.glossary.items():
        for fact in _strange(term.facts, catalog.facts):
            text = f"Unknown fact '{fact}'. Add it to _facts.yml, or name another."
            yield Problem(path, catalog.lines[path][name, "facts"], text)
    for lang in HANDBOOK_LANGUAGES:
        first: dict[str, str] = {}
        for name, term in catalog.glossary.items():
            for word in {term.short or "", getattr(term.term, lang), *getattr(term.also, lang)} - {""}:
                if (other := first.setdefault(word.casefold(), name)) != name:
                    text = f"'{word}' is a name of '{other}' already. Join the two, or take the name out of one."
                    yield Problem(path, catalog.lines[path][name,], text)


def _sheet_problems(catalog: Catalog) -> Iterator[Problem]:
    path = "templates/_sheets.yml"
    for lang, pairs in catalog.sheets.items():
        if lang not in catalog.languages:
            yield Problem(path, catalog.lines[path][lang,], f"Unknown language '{lang}'. Use one of: {', '.join(catalog.languages)}.")
            continue
        for at, pair in enumerate(pairs):
            for text in _pair_flaws(catalog, lang, pair):
                yield Problem(path, catalog.lines[path][lang, at], f"[{pair.rule}] {text}")


def _pair_flaws(catalog: Catalog, lang: str, pair: Pair) -> Iterator[str]:
    if pair.rule not in catalog.ideas or not catalog.examples(lang, pair.rule, "bad"):
        yield f"There is no such rule in '{lang}'. Name one of _tone/{lang}.yml or _tone/all.yml."
        return
    for key in ("bad", "good"):
        words = getattr(pair, key)
        count = len(catalog.examples(lang, pair.rule, key, words))
        if count != 1:
            has = "No" if count == 0 else "More than one"
            yield f"{has} {key} example of the rule begins with {words!r}. Write the first words of one that is there."


def _rule_problems(catalog: Catalog) -> Iterator[Problem]:
    for lang, rules in catalog.rules.items():
        for rule in rules:
            for text in _rule_flaws(catalog, lang, rule):
                yield Problem(f"templates/_tone/{lang}.yml", catalog.rule_lines[lang, rule.id], f"[{rule.id}] {text}")
    path = "templates/_tone/all.yml"
    for name, idea in catalog.ideas.items():
        if idea.fact and idea.fact not in catalog.facts:
            yield Problem(path, catalog.lines[path]["ideas", name], f"[{name}] Unknown fact '{idea.fact}'. Add it to _facts.yml, or name another.")
        if not any(rule.id == name for rules in catalog.rules.values() for rule in rules):
            yield Problem(path, catalog.lines[path]["ideas", name], f"[{name}] No rule has this id. Add one, or remove the idea.")


def _rule_flaws(catalog: Catalog, lang: str, rule: Rule) -> Iterator[str]:
    if rule.id not in catalog.ideas:
        yield "The id is not among the ideas of _tone/all.yml. Add it there with title, group and why."
    if rule.languages and lang != "all":
        yield "'languages' is for _tone/all.yml. Remove it."
    yield from _unknown("language", rule.languages, catalog.languages)
    yield from _unknown("scenario", (*rule.scenarios, *rule.except_scenarios), catalog.scenarios)
    yield from _unknown("choice value", rule.choices, _picks(catalog))
    if rule.kind == "limit" and (rule.metric is None or rule.max is None):
        yield "A limit needs 'metric' and 'max'. Add them."
    if rule.kind != "limit" and not (rule.phrases or rule.patterns or rule.sentences):
        yield f"A rule of the kind {rule.kind} needs 'phrases', 'patterns' or 'sentences'. Add one."


def _pattern_problems(catalog: Catalog, memo: Memo | None) -> Iterator[Problem]:
    """Compiles each language once; only where that fails, looks for the rules, masks or macros it fails on."""
    for lang in catalog.languages:
        if memo and memo.is_sound(catalog.rules_fingerprint(lang)):
            continue
        try:
            catalog.ruleset(lang)
        except ValueError:
            yield from _culprits(catalog, lang)


def _culprits(catalog: Catalog, lang: str) -> Iterator[Problem]:
    macros = {**catalog.macros["all"], **catalog.macros[lang]}
    everywhere = "templates/_tone/all.yml"
    if wrong := _refusal((), lang, macros, ()):
        yield Problem(everywhere, catalog.lines[everywhere].get(("macros",), 1), wrong)
        return
    for at, mask in enumerate(catalog.masks):
        if wrong := _refusal((), lang, macros, (mask,)):
            yield Problem(everywhere, catalog.lines[everywhere]["masks", at], wrong)
    for file in ("all", lang):
        for rule in catalog.rules[file]:
            if wrong := _refusal((rule,), lang, macros, ()):
                yield Problem(f"templates/_tone/{file}.yml", catalog.rule_lines[file, rule.id], wrong)


def _refusal(rules: tuple[Rule, ...], lang: str, macros: Mapping[str, str], masks: tuple[str, ...]) -> str | None:
    try:
        tone.compile_rules(rules, lang, macros, masks)
    except ValueError as wrong:
        return str(wrong)
    return None


def _picks(catalog: Catalog) -> dict[str, None]:
    choices = (choice for scenario in catalog.scenarios.values() for choice in scenario.choices.values())
    return dict.fromkeys((*FULFILMENTS, *(value for choice in choices for value in choice.values)))


def _unknown(what: str, names: tuple[str, ...], known: Mapping[str, object]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"Unknown {what} '{name}'. Use one of: {', '.join(known)}."


def _waiver_problems(catalog: Catalog) -> Iterator[Problem]:
    for message in (*catalog.messages.values(), *catalog.shared.values()):
        for waiver in message.waivers:
            if waiver.rule not in catalog.ideas:
                yield Problem(message.path, waiver.line, f"Unknown rule '{waiver.rule}' in a waiver. Name a rule of _tone/, or remove the waiver.")


def _record_problems(catalog: Catalog) -> Iterator[Problem]:
    """Only what is made from an English message can say from which."""
    for message in (*catalog.shared.values(), *(message for (_, lang), message in catalog.messages.items() if lang == "en")):
        if message.translated_from is not None:
            yield Problem(message.path, message.record_line, "This text is not made from an English message. Remove 'translated_from'.")
