"""The glossary: enough words, true to the facts they cite, found by either language, with the pages that use them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.catalog import HANDBOOK_LANGUAGES, Catalog, load
from macros.glossary import PAGE, Page, by_group, by_letter, glossary, names_of, pages_of, title_of, users
from macros.model import TERM_GROUPS, Bilingual, Names, Term
from macros.page import Desk
from tests.conftest import ROOT
from tests.test_facts import quantities

CATALOG = load(ROOT)
# What the glossary was asked to hold: by what a reader would look for.
ASKED = [
    *("A-to-z Guarantee", "ODR", "SAFE-T", "EDD", "RMA", "FBA", "FBM", "MFN", "SFP", "ASIN", "SKU", "FNSKU", "LPN", "Buyer-Seller Messaging"),
    *("contact response time", "late shipment rate", "valid tracking rate", "cancellation rate", "chargeback", "INR", "SNAD", "DNR"),
    *("right of withdrawal", "legal guarantee", "commercial guarantee", "prepaid label", "restocking fee", "partial refund", "VAT invoice"),
    *("VCS", "EORI", "IOSS", "CE marking", "GPSR", "responsible person", "MSDS", "tracking ID", "proof of delivery", "signature"),
]  # fmt: skip


def word(en: str, zh: str, short: str | None = None, also: Names | None = None) -> Term:
    means = Bilingual(en="A word.", zh="一个词。")
    return Term(term=Bilingual(en=en, zh=zh), short=short, also=also or Names(), group="claims", means=means)


def test_the_words_that_staff_meet_are_there(catalog: Catalog) -> None:
    assert len(catalog.glossary) >= 40
    known = {name.casefold() for term in catalog.glossary.values() for name in names_of(term, "en")}
    assert not [name for name in ASKED if name.casefold() not in known]


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_a_number_in_a_meaning_is_that_of_a_fact_it_cites(catalog: Catalog, lang: str) -> None:
    for name, term in catalog.glossary.items():
        facts = " ".join(getattr(catalog.facts[fact].text, lang) for fact in term.facts)
        loose = quantities(getattr(term.means, lang), lang) - quantities(facts, lang)
        assert not loose, f"{name}: {loose} stands in no fact it cites"


def test_the_english_order_is_that_of_letters_and_the_chinese_one_that_of_groups(catalog: Catalog) -> None:
    letters = by_letter(catalog)
    assert [title for _, title, _ in letters] == sorted({title_of(term, "en")[0].upper() for term in catalog.glossary.values()})
    order = [title_of(catalog.glossary[name], "en").casefold() for _, _, names in letters for name in names]
    assert order == sorted(order)
    groups = by_group(Desk(catalog, "zh", PAGE))
    assert [anchor for anchor, _, _ in groups] == [f"group-{group}" for group in TERM_GROUPS]
    for parts in (letters, groups):
        assert sorted(name for _, _, names in parts for name in names) == sorted(catalog.glossary)


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_every_word_has_its_anchor_in_the_index_and_links_to_pages_that_are_there(catalog: Catalog, lang: str) -> None:
    text = glossary(Desk(catalog, lang, PAGE))
    anchors = re.findall(r"^#{2,3} .+ \{ #([a-z0-9-]+) \}$", text, re.MULTILINE)
    assert len(anchors) == len(set(anchors))
    assert set(catalog.glossary) < set(anchors)
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) == set(anchors)
    for path in set(re.findall(r"\]\(([^)#]+\.md)", text)):
        assert (ROOT / "docs" / lang / path).is_file(), path
    for name, term in catalog.glossary.items():
        entry = text.split(f"{{ #{name} }}\n", 1)[1].split("\n#", 1)[0]
        assert getattr(term.means, lang) in entry
        assert all(f"#fact-{fact})" in entry for fact in term.facts)


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_a_page_that_is_named_holds_the_word_and_no_page_that_holds_it_is_left_out(catalog: Catalog, lang: str) -> None:
    pages = list(pages_of(catalog, lang))
    assert len(pages) > len(catalog.scenarios)
    assert PAGE not in {page.path for page in pages}
    for name in ("fba", "safe-t", "chargeback", "returnless-refund"):
        term = catalog.glossary[name]
        found = {page.path for page in users(term, lang, pages)}
        held = {page.path for page in pages if any(one.lower() in page.words.lower() for one in names_of(term, lang))}
        assert found
        assert found <= held
        strict = {page.path for page in pages if re.search(rf"(?<![\w-]){re.escape(names_of(term, lang)[0])}(?![\w-])", page.words)}
        assert strict <= found, name
    used = [name for name, term in catalog.glossary.items() if users(term, lang, pages)]
    assert len(used) >= 40, "most words are the handbook's own"


def test_a_page_counts_the_words_of_its_messages_and_facts(small_handbook: Path) -> None:
    page = small_handbook / "docs/en/scenarios/delivery/late.md"
    page.write_text(page.read_text(encoding="utf-8").replace("A line", 'A line {{ facts("reply-clock") }}', 1), encoding="utf-8")
    small = load(small_handbook)
    words = next(page.words for page in pages_of(small, "en") if page.path.endswith("delivery/late.md"))
    assert small.facts["reply-clock"].text.en in words
    assert small.messages["late", "en"].sections[0].text in words
    assert "{{ facts" not in words
    assert "composer(" not in words


@pytest.mark.parametrize(
    ("term", "lang", "words", "count"),
    [
        (word("late delivery", "迟到", "CE"), "en", "CE marks, not once or SPICE. CE.", 2),
        (word("partial refund", "部分退款"), "en", "Partial refunds and a partial refund; impartial refund.", 2),
        (word("store", "站点"), "en", "restore, stores, bookstore, in-store", 1),
        (word("A-to-z Guarantee", "A-to-z 保障", also=Names(zh=("A-to-z 索赔",))), "zh", "提出A-to-z 索赔或 A-to-z 保障", 2),
    ],
)
def test_whole_words_are_found(term: Term, lang: str, words: str, count: int) -> None:
    heavy, light = Page("a.md", "A", words), Page("b.md", "B", "nothing")
    found = users(term, lang, [light, heavy])
    assert found == [heavy]
    assert users(term, lang, [Page("c.md", "C", words.replace(words, f"{words} {words}")), heavy])[0].path == "c.md"
    from macros.glossary import _pattern

    assert len(_pattern(names_of(term, lang)).findall(words)) == count


def test_without_words_the_page_says_what_is_missing(small_handbook: Path) -> None:
    with pytest.raises(ValueError, match=r"glossary.md: there are no words. Add templates/_glossary.yml"):
        glossary(Desk(load(small_handbook), "en", PAGE))
