"""Texts as cells that no spreadsheet program takes for a formula."""

from __future__ import annotations

import re

# A cell begins where the text does. Opened with another separator, as Excel does where the comma is the decimal sign, a line of the text or what
# follows a semicolon begins one too. Spaces, invisible characters and quotation marks before the sign may be dropped on the way.
_BEGIN = r"(?:^|(?<=[\n\r;\t]))"
_SKIPPED = '[^\\S\r\n\t]|["\u00ad\u200b-\u200f\u2060-\u2064\ufeff]'
_DANGER = re.compile(f"\\A(?=[\t\r\n])|{_BEGIN}(?=(?:{_SKIPPED})*[=+\\-@＝＋－＠]|')")
_GUARD = re.compile(f"{_BEGIN}'")


def guard(text: str) -> str:
    """The text with an apostrophe before everything that could be read as a formula, and before an apostrophe in such a place."""
    return _DANGER.sub("'", text)


def unguard(cell: str) -> str:
    """The text that `guard` was given: at the beginning, and after a line end, tab or semicolon, one apostrophe is taken away."""
    return _GUARD.sub("", cell)
