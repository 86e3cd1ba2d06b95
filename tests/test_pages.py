"""The pages of both handbooks: whole, mirrored, in the navigation, and true to the messages they speak of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.catalog import HANDBOOK_LANGUAGES, Catalog, load
from macros.page import Desk, facts, page_of, rule_link, say_not, scenario_link
from macros.pages import page_problems
from tests.conftest import ROOT

CATALOG = load(ROOT)
PAGES = [(lang, scenario) for lang in HANDBOOK_LANGUAGES for scenario in CATALOG.scenarios]


def test_every_scenario_has_its_pages_and_stands_in_both_navigations_in_map_order(catalog: Catalog) -> None:
    problems = page_problems(catalog)
    assert not problems, "\n".join(map(str, problems))


def test_both_handbooks_have_the_same_pages(root: Path) -> None:
    trees = [{file.relative_to(root / "docs" / lang) for file in (root / "docs" / lang).rglob("*.md")} for lang in HANDBOOK_LANGUAGES]
    assert trees[0] == trees[1]
    assert len(trees[0]) > len(CATALOG.scenarios)


@pytest.mark.parametrize(("lang", "scenario"), PAGES)
def test_what_a_page_quotes_stands_in_the_message(lang: str, scenario: str) -> None:
    page = (ROOT / "docs" / lang / page_of(CATALOG, scenario)).read_text(encoding="utf-8")
    why = page.split("\n## ")[2]
    words = " ".join(section.text for code in CATALOG.languages_of(scenario) for section in CATALOG.messages[scenario, code].sections)
    quotes = re.findall(r"\*[\"“](.+?)[\"”]\*", why)
    assert quotes, "The reasons quote no words of the message. Quote the words each reason is about, in italics and quotation marks."
    for quote in quotes:
        for piece in re.split(r"\s*(?:…|\.\.\.)\s*", quote.strip(" .…")):
            assert _plain(piece) in _plain(words), f"{lang} {scenario}: {piece!r} stands in no message of the scenario"


def _plain(text: str) -> str:
    """Placeholders, line breaks and case do not matter for a quotation."""
    return re.sub(r"\s+", " ", re.sub(r"\{\{ \w+ \}\}|\[[^\]]*\]", "…", text)).strip(" .,;。，；").lower()


@pytest.mark.parametrize(("lang", "scenario"), PAGES)
def test_a_page_gives_three_pairs_and_its_facts(lang: str, scenario: str) -> None:
    page = (ROOT / "docs" / lang / page_of(CATALOG, scenario)).read_text(encoding="utf-8")
    table = re.search(r"\{\{ say_not\(\[(.*?)\]\) \}\}", page, re.DOTALL)
    assert table, "no say_not"
    assert len(re.findall(r"^\s*\[", table[1], re.MULTILINE)) >= 3
    assert re.search(r"\{\{ facts\(\"", page)
    assert re.search(r"\{\{ related\(\"", page)


def _named(page: str) -> set[str]:
    return {name for call in re.findall(r"\{\{ (?:scenario|related)\((.*?)\) \}\}", page) for name in re.findall(r'"([^"]+)"', call)}


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
@pytest.mark.parametrize(("one", "other"), [pair for a, b in CATALOG.confused for pair in ((a, b), (b, a))])
def test_a_page_names_the_scenario_it_is_often_taken_for(lang: str, one: str, other: str) -> None:
    page = (ROOT / "docs" / lang / page_of(CATALOG, one)).read_text(encoding="utf-8")
    before = page.split("\n## ")[1]
    when = getattr(CATALOG.scenarios[one].when, lang)
    named = _named(before) | {name for name, scenario in CATALOG.scenarios.items() if getattr(scenario.title, lang) in when}
    assert other in named, f"docs/{lang} {one}: 'Before you send' does not say when to take {other} instead"


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_related_scenarios_link_both_ways(lang: str) -> None:
    links = {}
    for name in CATALOG.scenarios:
        page = (ROOT / "docs" / lang / page_of(CATALOG, name)).read_text(encoding="utf-8")
        links[name] = re.findall(r'"([^"]+)"', re.findall(r"\{\{ related\((.*?)\) \}\}", page)[0])
        assert name not in links[name]
        assert len(links[name]) == len(set(links[name]))
        assert 3 <= len(links[name]) <= 8, f"{name}: {len(links[name])} related scenarios"
    oneway = [f"{one} -> {other}" for one in links for other in links[one] if one not in links[other]]
    assert not oneway, f"docs/{lang}: {', '.join(oneway)}"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda desk: scenario_link(desk, "nope"), "unknown scenario 'nope'"),
        (lambda desk: rule_link(desk, "nope"), "unknown rule 'nope'"),
        (lambda desk: facts(desk, ["nope"]), "unknown fact 'nope'"),
        (lambda desk: say_not(desk, [["only", "two"]]), "needs three texts"),
    ],
)
def test_a_wrong_name_on_a_page_is_said_with_the_names_that_exist(catalog: Catalog, call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words) as error:
        call(Desk(catalog, "en", "index.md"))  # type: ignore[operator]
    assert str(error.value).startswith("index.md: ")
