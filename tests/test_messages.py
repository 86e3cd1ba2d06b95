"""Every message the handbook can produce: whole, within limits, and free of errors."""

from __future__ import annotations

import re

import pytest

from macros.catalog import Catalog, combinations, load
from macros.check import Rendering, check, examples, findings, renderings
from macros.message import BODY_SECTIONS, PLACEHOLDER, variant
from tests.conftest import ROOT

CATALOG = load(ROOT)
WRITTEN = sorted(CATALOG.messages)
LIMIT = 2000


def rendered(scenario: str, lang: str) -> list[Rendering]:
    return list(renderings(CATALOG, CATALOG.scenarios[scenario], lang, examples(CATALOG, lang)))


@pytest.mark.parametrize(("scenario", "lang"), WRITTEN)
def test_every_combination_renders_without_a_blank(scenario: str, lang: str) -> None:
    found = rendered(scenario, lang)
    assert len(found) == 2 * len(combinations(CATALOG.scenarios[scenario]))
    for one in found:
        assert not one.assembled.missing
        assert not re.search(r"\{\{|\}\}|\[[^\]]+\]", one.assembled.text), one.assembled.text
        assert not re.search(r"\n\n\n|[ \t]\n|[\u00a0\u202f]", one.assembled.text), one.assembled.text


@pytest.mark.parametrize(("scenario", "lang"), WRITTEN)
def test_every_combination_passes_every_error_rule(scenario: str, lang: str) -> None:
    ruleset = CATALOG.ruleset(lang)
    waived = {waiver.rule for waiver in CATALOG.messages[scenario, lang].waivers}
    for one in rendered(scenario, lang):
        errors = [hit for hit in findings(one, ruleset) if hit.level == "error" and hit.rule not in waived]
        assert not errors, f"{scenario} {lang} {one.picks}: {[(hit.rule, hit.match) for hit in errors]}"


def test_the_whole_check_is_clean() -> None:
    remarks = check(CATALOG)
    assert not remarks, "\n".join(map(repr, remarks))


@pytest.mark.parametrize(("scenario", "lang"), WRITTEN)
def test_every_combination_is_within_the_limit(scenario: str, lang: str) -> None:
    for one in rendered(scenario, lang):
        assert len(one.assembled.text) <= LIMIT


@pytest.mark.parametrize("scenario", CATALOG.scenarios)
def test_our_own_words_are_fifty_to_a_hundred_and_fifty(scenario: str) -> None:
    """English words of the three sections, a blank counting as one: what staff type is not ours to count."""
    sections = CATALOG.messages[scenario, "en"].sections
    for picks in combinations(CATALOG.scenarios[scenario]):
        text = " ".join(variant(sections, name, picks).text for name in BODY_SECTIONS)
        words = len(PLACEHOLDER.sub("x", text).split())
        assert 50 <= words <= 150, f"{scenario} {picks}: {words} words"


@pytest.mark.parametrize(("scenario", "lang"), WRITTEN)
def test_every_message_names_a_day(scenario: str, lang: str) -> None:
    """A promise without a day is none; each combination carries at least one date."""
    days = {name for name, variable in CATALOG.variables.items() if variable.kind == "date"}
    for picks in combinations(CATALOG.scenarios[scenario]):
        message = CATALOG.messages[scenario, lang]
        used = {name for section in message.sections if section.when <= set(picks) for name in section.placeholders}
        assert used & days, f"{scenario} {lang} {picks} promises nothing by a date"


@pytest.mark.parametrize("scenario", CATALOG.scenarios)
def test_languages_use_the_same_variables_and_variants(scenario: str) -> None:
    shapes = {
        lang: sorted((section.name, sorted(section.when), sorted(section.placeholders)) for section in CATALOG.messages[scenario, lang].sections)
        for lang in CATALOG.languages_of(scenario)
    }
    assert set(shapes) >= {"en", "zh"}
    for lang, shape in shapes.items():
        assert shape == shapes["en"], f"{scenario}: {lang} and en differ"


def test_buyers_lines_are_there_in_every_language_that_buyers_write(catalog: Catalog) -> None:
    for scenario, lines in catalog.buyers_say.items():
        assert set(lines) == {"en", "de", "fr", "it", "es", "ja", "zh"}, scenario
        for lang, said in lines.items():
            assert len(said) >= (8 if lang == "en" else 4), f"{scenario} {lang}: {len(said)} lines"
            assert len(set(said)) == len(said)


def test_no_buyers_line_stands_for_two_scenarios(catalog: Catalog) -> None:
    owner: dict[str, str] = {}
    for scenario, lines in catalog.buyers_say.items():
        for line in (line for said in lines.values() for line in said):
            assert owner.setdefault(line.lower(), scenario) == scenario, f"{line!r} stands in {owner[line.lower()]} and in {scenario}"


def test_buyers_do_not_use_the_words_of_the_title(catalog: Catalog) -> None:
    """A line that repeats the title teaches nobody to recognise the case."""
    for scenario, lines in catalog.buyers_say.items():
        title = catalog.scenarios[scenario].title
        for lang in ("en", "zh"):
            assert not [line for line in lines[lang] if getattr(title, lang).lower() in line.lower()], f"{scenario} {lang}"
