"""No page and no message is another one with its title swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import jieba
import pytest

from macros.catalog import HANDBOOK_LANGUAGES, Catalog
from macros.page import page_of
from tests.conftest import ROOT

# The highest shares found are 0.10 between two pages and 0.12 between two messages; a page with its title swapped has 0.9.
BOUND = 0.2
jieba.setLogLevel("ERROR")


def five_grams(text: str, lang: str) -> set[tuple[str, ...]]:
    words = [word for word in (jieba.cut(text) if lang == "zh" else re.findall(r"[\w']+", text.lower())) if re.search(r"\w", word)]
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def share(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """Of the shorter text's runs of five words, how many stand in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


def twins(texts: Mapping[str, str], lang: str, bound: float = BOUND) -> Iterator[str]:
    grams = {name: five_grams(text, lang) for name, text in texts.items()}
    for one, other in combinations(sorted(grams), 2):
        if (found := share(grams[one], grams[other])) > bound:
            common = " / ".join(" ".join(run) for run in sorted(grams[one] & grams[other])[:5])
            yield f"{one} and {other} share {found:.2f} of their five-word runs, such as: {common}"


def prose(page: str) -> str:
    """A page's own words: no headings, no macro calls; the texts inside a table of say_not stay."""
    inner = re.sub(r"\{\{ say_not\((.*?)\) \}\}", r"\1", page, flags=re.DOTALL)
    return re.sub(r"^#.*$|\{\{.*?\}\}", "", inner, flags=re.MULTILINE)


def messages(catalog: Catalog, lang: str) -> dict[str, str]:
    """The body of each message; greeting and closing are shared by all and stand elsewhere."""
    return {
        scenario: "\n".join(section.text for section in message.sections)
        for (scenario, tongue), message in catalog.messages.items()
        if tongue == lang
    }


def pages(catalog: Catalog, lang: str) -> dict[str, str]:
    return {name: prose((ROOT / "docs" / lang / page_of(catalog, name)).read_text(encoding="utf-8")) for name in catalog.scenarios}


@pytest.mark.parametrize("lang", ["en", "de", "zh"])
def test_no_two_messages_are_near_twins(catalog: Catalog, lang: str) -> None:
    found = list(twins(messages(catalog, lang), lang))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_no_two_pages_are_near_twins(catalog: Catalog, lang: str) -> None:
    found = list(twins(pages(catalog, lang), lang))
    assert not found, "\n".join(found)


def test_a_page_with_its_title_swapped_is_found(catalog: Catalog) -> None:
    texts = pages(catalog, "en")
    copy = texts["wrong-item"].replace("wrong item", "damaged item").replace("another", "a broken")
    assert [line for line in twins({**texts, "copied": copy}, "en") if "copied" in line]
