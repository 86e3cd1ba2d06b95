"""CONTRIBUTING.md, which the host shows beside the files, as part of the contributing page: one text for both."""

from __future__ import annotations

import re

from macros.page import Desk, propose_link

PATH = "CONTRIBUTING.md"
_BEGIN = "<!-- The handbook's contributing page shows what follows. -->\n"
_LINK = re.compile(r"\]\(docs/en/([^)#]+)(#[^)]*)?\)")


def contributing(desk: Desk) -> str:
    """The text below the mark in CONTRIBUTING.md, its links into docs/en/ made links of this page, and the way to change it.

    Raises ValueError where the file or its mark is missing, or where a link leads out of docs/en/, which no page could follow.
    """
    file = desk.catalog.root / PATH
    _, mark, text = file.read_text(encoding="utf-8").partition(_BEGIN) if file.is_file() else ("", "", "")
    if not mark:
        raise ValueError(f"{desk.page}: {PATH} is missing, or has no line {_BEGIN.strip()!r}. Put the line above what the page shows.")
    text = _LINK.sub(lambda found: f"]({desk.link(found[1])}{found[2] or ''})", text)
    if strange := re.findall(r"\]\((?:docs|templates|tests|\.)[^)]*\)", text):
        raise ValueError(f"{desk.page}: {PATH} links to {', '.join(strange)}. Link to pages of docs/en/, or write the path as code.")
    return f'{text}\n<p class="hb-source">{propose_link(desk, PATH)}</p>'
