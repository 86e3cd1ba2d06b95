"""Two texts, marked word by word: what stays, what goes, what comes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import regex

from macros.diff.shape import Mark, Marks

# A word, a number with its separators, a run of Chinese characters, one Japanese syllable, spaces, or one sign.
_TOKEN = regex.compile(
    r"\p{Han}+|[\p{Hiragana}\p{Katakana}]|\p{Nd}+(?:[.,:]\p{Nd}+)*"
    r"|[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}]]+(?:['’-][[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}]]+)*| +|.",
    regex.V1 | regex.DOTALL,
)
_KEPT = 0.3
_HAN = regex.compile(r"\p{Han}+")


def marks(before: str | None, after: str | None, lang: str) -> Marks:
    """The two texts as ("same" | "gone" | "new", text) in reading order; None counts as empty.

    Lines are held against one another first, so that a long text stays quick; only lines that differ are taken apart, and only Chinese that
    differs into its words.
    """
    old, new = (before or "").splitlines(keepends=True), (after or "").splitlines(keepends=True)
    found: list[Mark] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            found.append(("same", gone))
            continue
        end = "\n" if gone.endswith("\n") and came.endswith("\n") else ""
        found += _taken_apart(gone.removesuffix(end), came.removesuffix(end), lang)
        found.append(("same", end))
    return tuple(_joined(found))


def tokens(text: str, lang: str) -> list[str]:
    """The words, numbers, spaces and signs of a text; Chinese by jieba's words, Japanese by its characters."""
    return [piece for found in _TOKEN.finditer(text) for piece in _split(found[0], lang)]


def changed_lines(given: Marks) -> list[Marks]:
    """The lines of a marked text that hold a change; a list of marks without line ends each."""
    lines: list[list[Mark]] = [[]]
    for kind, text in given:
        first, *rest = text.split("\n")
        lines[-1].append((kind, first))
        lines += [[(kind, line)] for line in rest]
    return [tuple(mark for mark in line if mark[1]) for line in lines if any(kind != "same" and text for kind, text in line)]


def _taken_apart(gone: str, came: str, lang: str) -> Iterator[Mark]:
    old, new = ([found[0] for found in _TOKEN.finditer(text)] for text in (gone, came))
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    if any(_HAN.search("".join(old[a:b])) and _HAN.search("".join(new[c:d])) for kind, a, b, c, d in opcodes if kind == "replace"):
        old, new = tokens(gone, lang), tokens(came, lang)
    return _words(old, new)


def _split(word: str, lang: str) -> Iterable[str]:
    if not _HAN.fullmatch(word):
        return (word,)
    return _cutter().cut(word) if lang == "zh" else word


@cache
def _cutter() -> Any:
    """jieba with its dictionary, which takes most of a second; only for Chinese that changed."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Mark]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    opcodes = matcher.get_opcodes()
    kept = sum(len("".join(old[a:b])) for kind, a, b, _, _ in opcodes if kind == "equal")
    if kept < _KEPT * max(len("".join(old)), len("".join(new))):  # a word here and there is no sentence that stayed
        opcodes = [("replace", 0, len(old), 0, len(new))]
    for kind, a, b, c, d in opcodes:
        if kind == "equal":
            yield "same", "".join(old[a:b])
            continue
        yield "gone", "".join(old[a:b])
        yield "new", "".join(new[c:d])


def _joined(found: Iterable[Mark]) -> Iterator[Mark]:
    """Neighbours of a kind as one; a mere space between two changes belongs to both, for "[-a b-]{+c d+}" reads better than four marks."""
    kept: list[Mark] = [mark for mark in found if mark[1]]
    gone = new = ""
    for at, (kind, text) in enumerate(kept):
        if kind == "same" and not (text == " " and (gone or new) and at + 1 < len(kept)):
            yield from (mark for mark in (("gone", gone), ("new", new)) if mark[1])
            yield kind, text
            gone = new = ""
            continue
        gone += text if kind != "new" else ""
        new += text if kind != "gone" else ""
    yield from (mark for mark in (("gone", gone), ("new", new)) if mark[1])
