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
def test_our_own_words_are_sixty_to_a_hundred_and_forty(scenario: str) -> None:
    """English words of the three sections, a blank counting as one: what staff type is not ours to count."""
    sections = CATALOG.messages[scenario, "en"].sections
    for picks in combinations(CATALOG.scenarios[scenario]):
        text = " ".join(variant(sections, name, picks).text for name in BODY_SECTIONS)
        words = len(PLACEHOLDER.sub("x", text).split())
        assert 60 <= words <= 140, f"{scenario} {picks}: {words} words"


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
    assert set(shapes) >= {"en", "de", "zh"}
    for lang, shape in shapes.items():
        assert shape == shapes["en"], f"{scenario}: {lang} and en differ"


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_no_two_english_messages_are_near_twins(catalog: Catalog) -> None:
    """Share of common five-word runs between scenarios; the highest found is 0.07, so 0.15 leaves room and catches a copy."""
    texts = {}
    for scenario, lang in WRITTEN:
        if lang == "en":
            texts[scenario] = _runs("\n".join(section.text for section in catalog.messages[scenario, lang].sections))
    names = sorted(texts)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            share = len(texts[one] & texts[other]) / min(len(texts[one]), len(texts[other]))
            assert share <= 0.15, f"{one} and {other} share {share:.2f} of their five-word runs"


def test_buyers_lines_are_there_in_every_message_language(catalog: Catalog) -> None:
    for scenario, lines in catalog.buyers_say.items():
        assert set(lines) >= {"en", "de", "zh"}, scenario
        for lang, said in lines.items():
            assert 3 <= len(said) <= 8, f"{scenario} {lang}: {len(said)} lines"
