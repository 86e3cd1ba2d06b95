"""The browser's modules and their Python twins give the same texts and the same findings."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from macros import tone
from macros.catalog import Catalog, combinations, scope
from macros.message import GREETINGS, assemble
from macros.page import Desk, composer_data, page_of
from macros.values import example, locale_of, show
from tests.conftest import ROOT

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


@pytest.mark.parametrize("lang", ["en", "de", "zh"])
def test_better_words_are_the_same_in_both_engines_and_mend_what_was_found(catalog: Catalog, page: Any, address: str, lang: str) -> None:
    page.goto(address)
    ruleset = catalog.ruleset(lang)
    cases = []
    for rule in (compiled.rule for compiled in ruleset.rules if compiled.rule.swap):
        for text in (bad.text for bad in rule.bad):
            found = [hit for hit in tone.check(text, ruleset, tone.Context(lang)) if hit.rule == rule.id]
            cases += [(rule, text, hit, put) for hit in found if (put := tone.better(rule, hit.match)) is not None]
    assert cases
    for rule, text, hit, put in cases:
        mended = text[: hit.start] + put + text[hit.end :]
        still = [(one.rule, one.start, one.match) for one in tone.check(mended, ruleset, tone.Context(lang))]
        assert (rule.id, hit.start, hit.match) not in still, f"[{rule.id}] puts {put!r} for {hit.match!r}, and finds it again"
    in_browser = page.evaluate(
        """async ([lang, jobs]) => {
          const { better, prepare } = await import(new URL('assets/js/tone.js', location.href));
          const { rules } = prepare(await (await fetch(new URL(`assets/data/tone.${lang}.en.json`, location.href))).json());
          return jobs.map(([id, match]) => better(rules.find((rule) => rule.id === id), match));
        }""",
        [lang, [[rule.id, hit.match] for rule, _, hit, _ in cases]],
    )
    assert in_browser == [put for *_, put in cases]


@pytest.mark.parametrize("lang", ["en", "de", "zh"])
def test_both_engines_find_the_same_in_replies_and_over_a_thousand_made_up_texts(catalog: Catalog, page: Any, address: str, lang: str) -> None:
    """The replies whole, and texts of their sentences in any order with odd marks, spaces and letters between."""
    page.goto(address)
    ruleset = catalog.ruleset(lang)
    rows = [
        json.loads(line)
        for file in sorted((ROOT / "tests" / "replies").glob(f"{lang}.*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    chance = random.Random(11)
    pieces = [piece for row in rows for piece in re.split(r"(?<=[.!?。！？\n])", row["text"]) if piece.strip()]
    odd = ["\u00a0", "e\u0301", "😀", "！", "!!", "\n\n\n", " + 49 30 1234567 ", "\u200b", "İ", "ſ", "\r\n", "\t", "„", "''"]
    made = ["".join(chance.choice(pieces) + chance.choice([" ", "\n", *odd]) for _ in range(chance.randint(1, 4))) for _ in range(400)]
    picks = [["fbm"], ["fba"], []]
    jobs = [[row["text"], [row["fulfilment"]] if "fulfilment" in row else [], None, None, None] for row in rows]
    jobs += [[text, chance.choice(picks), None, None, None] for text in made]
    expected = [[_finding(hit) for hit in _python(ruleset, lang, job)] for job in jobs]
    assert sum(map(len, expected)) > len(jobs), "too little was found for a comparison"
    for at in range(0, len(jobs), 300):
        assert page.evaluate(CHECK, [lang, jobs[at : at + 300]]) == expected[at : at + 300]
