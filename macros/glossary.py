"""The glossary: every word with what it means, the facts behind it, and the pages that use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from macros.library import Catalog
from macros.model import TERM_GROUPS, Term
from macros.page import Desk
from macros.sheets import fact_lines
from macros.source import split_front_matter

PAGE = "glossary.md"
_FIRST = 5  # pages shown at once; the others are folded
_CALL = re.compile(r"\{\{ (\w+)\((.*?)\) \}\}", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A page of docs/: its path below docs/<language>/, its title, and its words with those of the messages and facts it shows."""

    path: str
    title: str
    words: str


def glossary(desk: Desk) -> str:
    """All words: in English from A to Z with an index of letters, in Chinese by group, where an order of letters helps nobody."""
    if not desk.catalog.glossary:
        raise ValueError(f"{desk.page}: there are no words. Add templates/_glossary.yml.")
    pages = list(pages_of(desk.catalog, desk.lang))
    parts = by_letter(desk.catalog) if desk.lang == "en" else by_group(desk)
    index = [f"**[{title}](#{anchor})** {' · '.join(_to(desk, name) for name in names)}" for anchor, title, names in parts]
    out = ['<div class="hb-letters" markdown>', "", *(f"- {line}" for line in index), "", "</div>", ""]
    for anchor, title, names in parts:
        out += [f"## {title} {{ #{anchor} }}", ""]
        for name in names:
            out += [_entry(desk, name, pages), ""]
    return "\n".join(out)


def by_letter(catalog: Catalog) -> list[tuple[str, str, list[str]]]:
    """Anchor, letter and words, as an English reader looks them up."""
    found: dict[str, list[str]] = {}
    for name, term in sorted(catalog.glossary.items(), key=lambda one: title_of(one[1], "en").casefold()):
        found.setdefault(title_of(term, "en")[0].upper(), []).append(name)
    return [(f"letter-{letter.lower()}", letter, names) for letter, names in found.items()]


def by_group(desk: Desk) -> list[tuple[str, str, list[str]]]:
    """Anchor, title and words of each group, in the order of the file."""
    found = [(group, [name for name, term in desk.catalog.glossary.items() if term.group == group]) for group in TERM_GROUPS]
    return [(f"group-{group}", desk.word("term_" + group.replace("-", "_")), names) for group, names in found if names]


def title_of(term: Term, lang: str) -> str:
    """A word as its entry is headed: the abbreviation first for English readers, who look it up; last for Chinese ones."""
    full = getattr(term.term, lang)
    if not term.short:
        return full
    return f"{term.short} ({full})" if lang == "en" else f"{full}（{term.short}）"


def _to(desk: Desk, name: str) -> str:
    term = desk.catalog.glossary[name]
    return f"[{term.short or desk.own(term.term)}](#{name})"


def _entry(desk: Desk, name: str, pages: Sequence[Page]) -> str:
    term = desk.catalog.glossary[name]
    other = "zh" if desk.lang == "en" else "en"
    names = [f'<span lang="{other}">{escape(getattr(term.term, other))}</span>', *map(escape, getattr(term.also, desk.lang))]
    out = [f"### {title_of(term, desk.lang)} {{ #{name} }}", "", f"<small>{' · '.join(names)}</small>", "", desk.own(term.means), ""]
    out += [fact_lines(desk, *term.facts), ""] if term.facts else []
    return "\n".join([*out, *_used(desk, users(term, desk.lang, pages))])


def _used(desk: Desk, pages: Sequence[Page]) -> Iterator[str]:
    links = [f"[{page.title}]({desk.link(page.path)})" for page in pages]
    if links:
        yield f'<p class="hb-used" markdown>{desk.word("term_used")}{" · ".join(links[:_FIRST])}</p>'
    if links[_FIRST:]:
        more = desk.word("term_more", count=str(len(links) - _FIRST))
        yield f'\n<details class="hb-used" markdown><summary>{more}</summary>\n\n{" · ".join(links[_FIRST:])}\n\n</details>'


def users(term: Term, lang: str, pages: Iterable[Page]) -> list[Page]:
    """The pages that use a word, those that use it most first, else in the order given."""
    look = _pattern(names_of(term, lang))
    counted = [(len(look.findall(page.words)), page) for page in pages]
    return [page for count, page in sorted(counted, key=lambda one: -one[0]) if count]


def names_of(term: Term, lang: str) -> tuple[str, ...]:
    """Every name of a word in a handbook language."""
    return tuple(dict.fromkeys((*((term.short,) if term.short else ()), getattr(term.term, lang), *getattr(term.also, lang))))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words where they are Latin; capitals matter only for abbreviations; an English plural is the same word."""
    return re.compile("|".join(map(_form, sorted(names, key=len, reverse=True))))


def _form(name: str) -> str:
    body = re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})"
    before = r"(?<![A-Za-z0-9-])" if name[0].isascii() else ""
    after = r"s?(?![A-Za-z0-9-])" if name[-1].isascii() else ""
    return f"{before}{body}{after}"


def pages_of(catalog: Catalog, lang: str) -> Iterator[Page]:
    """Every page of a handbook but the glossary itself, with all the words it shows in the handbook's language."""
    base = catalog.root / "docs" / lang
    for file in sorted(base.rglob("*.md"), key=lambda file: _order(catalog, file.relative_to(base))):
        path = file.relative_to(base).as_posix()
        _, text, _ = split_front_matter(file.read_text(encoding="utf-8"))
        if path != PAGE and (title := re.search(r"^# (.+)$", text, re.MULTILINE)):
            yield Page(path, title[1], _CALL.sub(lambda call: _shown(catalog, lang, call[1], call[2]), text))


def _order(catalog: Catalog, path: Path) -> tuple[int, str]:
    """Scenarios in the order of the map come first: they are what somebody with a buyer waiting opens."""
    known = list(catalog.scenarios)
    return (known.index(path.stem) if path.parts[0] == "scenarios" and path.stem in known else len(known), path.as_posix())


def _shown(catalog: Catalog, lang: str, macro: str, given: str) -> str:
    """What a macro puts onto the page, as far as it is words: pairs of sentences, facts, and a scenario's messages in the handbook's language."""
    if macro in ("say_not", "before_after"):
        return given
    names = re.findall(r'"([^"]+)"', given)
    if macro in ("facts", "fact_lines"):
        return " ".join(getattr(catalog.facts[name].text, lang) for name in names if name in catalog.facts)
    if macro == "composer":
        sections = (section.text for name in names if (name, lang) in catalog.messages for section in catalog.messages[name, lang].sections)
        return " ".join([*(getattr(catalog.scenarios[name].when, lang) for name in names if name in catalog.scenarios), *sections])
    return " "
