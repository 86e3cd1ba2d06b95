"""How much two texts share: a message or a page that is another one with its title swapped is told by its runs of words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from macros.library import Catalog
from macros.page import page_of

# The highest shares found are 0.10 between two pages and 0.12 between two messages; a page with its title swapped has 0.9.
BOUND = 0.2


class Twins(NamedTuple):
    """Two texts by name, the share (0 to 1) of their runs of five words that both have, and some of these."""

    one: str
    other: str
    share: float
    common: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.one} and {self.other} share {self.share:.2f} of their five-word runs, such as: {' / '.join(self.common)}"


def five_grams(text: str, lang: str) -> set[tuple[str, ...]]:
    """Every run of five words; Chinese is cut into words by jieba."""
    words = [word for word in _words(text, lang) if re.search(r"\w", word)]
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def _words(text: str, lang: str) -> list[str]:
    if lang != "zh":
        return re.findall(r"[\w']+", text.lower())
    import jieba  # its dictionary takes a second to read

    jieba.setLogLevel(logging.ERROR)
    return list(jieba.cut(text))


def share(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """Of the shorter text's runs of five words, how many stand in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


def twins(texts: Mapping[str, str], lang: str, bound: float = BOUND) -> Iterator[Twins]:
    """Every two texts (by name) that share more than `bound`."""
    grams = {name: five_grams(text, lang) for name, text in texts.items()}
    for one, other in combinations(sorted(grams), 2):
        if (found := share(grams[one], grams[other])) > bound:
            common = sorted(grams[one] & grams[other])[:5]
            yield Twins(one, other, found, tuple(" ".join(run) for run in common))


def message_texts(catalog: Catalog, lang: str) -> dict[str, str]:
    """The body of each message by scenario; greeting and closing are shared by all and stand elsewhere."""
    return {
        scenario: "\n".join(section.text for section in message.sections)
        for (scenario, tongue), message in catalog.messages.items()
        if tongue == lang
    }


def page_texts(catalog: Catalog, lang: str) -> dict[str, str]:
    """The own words of each scenario page of a handbook; a page that is not there has none."""
    files = {name: catalog.root / "docs" / lang / page_of(catalog, name) for name in catalog.scenarios}
    return {name: _prose(file.read_text(encoding="utf-8")) for name, file in files.items() if file.is_file()}


def _prose(page: str) -> str:
    """A page's own words: no headings, no macro calls; the texts inside a table of say_not stay."""
    inner = re.sub(r"\{\{ say_not\((.*?)\) \}\}", r"\1", page, flags=re.DOTALL)
    return re.sub(r"^#.*$|\{\{.*?\}\}", "", inner, flags=re.MULTILINE)
