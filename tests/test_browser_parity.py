"""The browser's modules and their Python twins give the same texts and the same findings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from macros import tone
from macros.catalog import Catalog, combinations, scope
from macros.message import GREETINGS, assemble
from macros.page import Desk, composer_data, page_of
from macros.values import example, locale_of, show

pytestmark = pytest.mark.browser

COMPOSE = """async ([data, jobs]) => {
  const { compose } = await import('/assets/js/composer.js');
  return jobs.map(([picks, language, greeting, typed]) => {
    const store = data.languages[language].home[0];
    const done = compose(data, picks, language, store, greeting, typed);
    return [done.text, done.parts.map(({ name, start, end }) => [name, start, end]), done.missing];
  });
}"""
SHOW = """async (jobs) => {
  const { show } = await import('/assets/js/values.js');
  return jobs.map(([kind, raw, locale, currency]) => {
    try { return show({ kind, max: 5 }, raw, locale, currency); } catch (problem) { return { code: problem.code }; }
  });
}"""
CHECK = """async ([lang, jobs]) => {
  const { prepare, check } = await import('/assets/js/tone.js');
  const ruleset = prepare(await (await fetch(`/assets/data/tone.${lang}.en.json`)).json());
  const found = ([text, choices, scenario, kind, parts]) => check(text, ruleset, { lang, choices: new Set(choices), scenario, kind }, parts);
  return jobs.map((job) => found(job).map((hit) => [hit.rule, hit.level, hit.start, hit.end, hit.match]));
}"""


def test_every_message_reads_the_same_in_the_browser_and_in_python(catalog: Catalog, page: Any, address: str) -> None:
    page.goto(address)
    compared = 0
    for scenario in catalog.scenarios.values():
        data = composer_data(Desk(catalog, "en", page_of(catalog, scenario.id)), scenario)
        jobs, expected = [], []
        for lang in catalog.languages_of(scenario.id):
            typed = {name: example(variable, lang) for name, variable in catalog.variables.items()}
            store = catalog.languages[lang].home[0]
            values = {
                name: show(catalog.variables[name], raw, locale_of(catalog.languages[lang], store), catalog.stores[store].currency)
                for name, raw in typed.items()
            }
            for picks in combinations(scenario):
                for greeting in GREETINGS:
                    done = assemble(catalog.messages[scenario.id, lang], catalog.shared[lang], picks, greeting, values)
                    jobs.append([list(picks), lang, greeting, typed])
                    expected.append([done.text, [[part.name, part.start, part.end] for part in done.parts], []])
        assert page.evaluate(COMPOSE, [data, jobs]) == expected, scenario.id
        compared += len(jobs)
    assert compared == sum(2 * len(combinations(catalog.scenarios[name])) for name, _ in catalog.messages)


def test_dates_amounts_and_steps_read_the_same_for_every_language_and_store(catalog: Catalog, page: Any, address: str) -> None:
    page.goto(address)
    raws = {
        "date": ["2026-01-01", "2026-12-02", "2026-02-29", "2028-02-29", "12/02/2026", "２０２６-１２-０２", "2026-13-01", "soon"],
        "money": ["34.99", "34,99", "1980", "1234.5", "1234567.89", "0.5", "１２.５０", "1,234.50", "-3", "12.345", "12 EUR"],
        "steps": ["one\n\n two \n", "a\nb\nc\nd\ne\nf", " \u3000"],
    }
    jobs, expected = [], []
    for language in catalog.languages.values():
        for store, held in catalog.stores.items():
            for kind, values in raws.items():
                for raw in values:
                    jobs.append([kind, raw, locale_of(language, store), held.currency])
                    expected.append(_shown(catalog, *jobs[-1]))
    assert page.evaluate(SHOW, jobs) == expected


def _shown(catalog: Catalog, kind: str, raw: str, locale: str, currency: str) -> Any:
    from macros.values import ValueProblem

    variable = next(variable for variable in catalog.variables.values() if variable.kind == kind)
    try:
        return show(variable.model_copy(update={"max": 5}), raw, locale, currency)
    except ValueProblem as problem:
        return {"code": problem.code}


def _finding(hit: tone.Finding) -> list[Any]:
    return [hit.rule, hit.level, hit.start, hit.end, hit.match]


@pytest.mark.parametrize("lang", ["en", "de", "zh"])
def test_both_engines_find_the_same_in_all_messages_and_odd_texts(catalog: Catalog, page: Any, address: str, lang: str) -> None:
    from macros.check import examples, renderings

    page.goto(address)
    ruleset, values = catalog.ruleset(lang), examples(catalog, lang)
    jobs: list[list[Any]] = []
    for scenario in (catalog.scenarios[name] for name, spoken in catalog.messages if spoken == lang):
        for found in renderings(catalog, scenario, lang, values):
            parts = [[part.name, part.start, part.end] for part in found.assembled.parts]
            picks = sorted(scope(scenario, found.picks))
            jobs.append([found.assembled.text, picks, scenario.id, scenario.kind, parts])
            jobs.append([_spoilt(found.assembled.text), picks, None, None, None])
    expected = [[_finding(hit) for hit in _python(ruleset, lang, job)] for job in jobs]
    assert page.evaluate(CHECK, [lang, jobs]) == expected
    assert any(expected), "the spoilt texts found nothing, so nothing was compared"


def _python(ruleset: tone.Ruleset, lang: str, job: list[Any]) -> tuple[tone.Finding, ...]:
    text, choices, scenario, kind, parts = job
    return tone.check(text, ruleset, tone.Context(lang, frozenset(choices), scenario, kind), parts and [tuple(part) for part in parts])


def _spoilt(text: str) -> str:
    """A text with an astral character in front, decomposed letters, odd spaces and forbidden things in it."""
    odd = "\U0001f600 e\u0301 a\u0308\u00a0 call +49 30 1234567, write to a@b.de!!\r\n\n\n\nUnfortunately leider 很遗憾 we can\u2019t "
    return odd + text.replace("ü", "u\u0308") + odd


@pytest.mark.parametrize("lang", ["en", "de", "zh"])
def test_every_example_of_every_rule_is_judged_the_same_in_the_browser(catalog: Catalog, page: Any, address: str, lang: str) -> None:
    page.goto(address)
    ruleset = catalog.ruleset(lang)
    kinds = {compiled.rule.id: compiled.rule.kind for compiled in ruleset.rules}
    jobs, wanted = [], []
    for compiled in ruleset.rules:
        rule = compiled.rule
        part = {"whole": None, "opening": "acknowledge", "body": "resolve"}.get(rule.where, rule.where)
        for quality, given in [*(("bad", one) for one in rule.bad), *(("good", one) for one in rule.good)]:
            parts = [[part, 0, len(given.text)]] if part else []
            picks = list(given.choices or rule.choices[:1])
            scenario = given.scenario or next(iter(rule.scenarios), None)
            kind = given.kind or next(iter(rule.kinds), None)
            jobs.append([given.text, picks, scenario, kind, parts])
            wanted.append((rule.id, quality))
    assert {quality for _, quality in wanted} == {"bad", "good"}
    found = page.evaluate(CHECK, [lang, jobs])
    for job, (rule_id, quality), hits in zip(jobs, wanted, found, strict=True):
        names = {hit[0] for hit in hits}
        if quality == "bad":
            assert rule_id in names, f"{lang} [{rule_id}] does not catch its bad example {job[0]!r} in the browser"
        else:
            wrong = {name for name in names if name == rule_id or kinds[name] == "avoid"}
            assert not wrong, f"{lang}: the good example {job[0]!r} of [{rule_id}] is caught by {wrong} in the browser"
    assert json.dumps(found), "findings are plain data"
