"""No page and no message is another one with its title swapped."""

from __future__ import annotations

import pytest

from macros.catalog import HANDBOOK_LANGUAGES, Catalog
from macros.twins import message_texts, page_texts, twins


@pytest.mark.parametrize("lang", ["en", "de", "zh"])
def test_no_two_messages_are_near_twins(catalog: Catalog, lang: str) -> None:
    found = list(twins(message_texts(catalog, lang), lang))
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_no_two_pages_are_near_twins(catalog: Catalog, lang: str) -> None:
    found = list(twins(page_texts(catalog, lang), lang))
    assert not found, "\n".join(map(str, found))


def test_a_page_with_its_title_swapped_is_found(catalog: Catalog) -> None:
    texts = page_texts(catalog, "en")
    copy = texts["wrong-item"].replace("wrong item", "damaged item").replace("another", "a broken")
    assert [found for found in twins({**texts, "copied": copy}, "en") if "copied" in found]
