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


def _words(lang: str, scenario: str) -> set[tuple[str, ...]]:
    text = (ROOT / "docs" / lang / page_of(CATALOG, scenario)).read_text(encoding="utf-8")
    text = re.sub(r"^#.*$|\{\{ (?:facts|related|composer).*?\}\}", "", text, flags=re.MULTILINE)
    words = re.findall(r"[\u4e00-\u9fff]|[a-z']+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_no_page_would_fit_another_scenario(lang: str) -> None:
    runs = {scenario: _words(lang, scenario) for scenario in CATALOG.scenarios}
    names = sorted(runs)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            share = len(runs[one] & runs[other]) / min(len(runs[one]), len(runs[other]))
            assert share <= 0.15, f"{one} and {other} share {share:.2f} of their five-word runs"


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
