"""The records as a workbook: a sheet of messages and one of the variables that they use."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from macros.export import ExportError
from macros.export.cells import guard
from macros.export.records import Export
from macros.export.table import MESSAGES, VARIABLES

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

# The library writes the time of day, unless it is given one; files in a zip begin with this year.
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)
_LIMIT = 32_767  # UTF-16 units in a cell, as Excel's specification has it
_WIDE, _NARROW = 60, 18  # characters
_WIDTHS = {"id": 40, "title_en": 28, "title_zh": 24, "label_en": 28, "label_zh": 24, "pattern": 28, "example": 40, "example_shown": 40}
_WIDTHS |= dict.fromkeys(["when_en", "when_zh", "buyers_say", "text", "text_without_name", "variables", "rules_passed", "hint_en", "hint_zh"], _WIDE)


def workbook(export: Export) -> bytes:
    """The workbook as bytes. Every cell is a text of its own, byte for byte, and none a formula. Raises ExportError for what no cell can hold."""
    # Names only: kind, pattern and example stand on their own sheet.
    messages = MESSAGES | {"variables": lambda one: " ".join(variable.name for variable in one.variables)}
    variables = {(one.language, variable.name): variable for one in export.messages for variable in one.variables}
    sheets = {
        "messages": [list(messages), *([cell(one) for cell in messages.values()] for one in export.messages)],
        "variables": [
            ["language", *VARIABLES],
            *([lang, *(cell(one) for cell in VARIABLES.values())] for (lang, _), one in variables.items()),
        ],
    }
    if problems := [text for name, rows in sheets.items() for text in _unfit(name, rows)]:
        raise ExportError(*problems)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "After-Sales Handbook: messages", "comments": f"Licence: {export.licence}", "created": _NO_TIME})
        for name, value in export.version.model_dump().items():
            book.set_custom_property(name, value, "text")
        for name, rows in sheets.items():
            _write(book, name, rows)
    return out.getvalue()


def _unfit(name: str, rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Texts too long for a cell, and those that the library would put in as its own XML."""
    for row in rows:
        for column, text in zip(rows[0], row, strict=True):
            where = f"{name}, {row[0]}, {column}"
            if len(text.encode("utf-16-le")) > 2 * _LIMIT:
                yield f"{where}: the text is too long for a cell. Shorten it, or take the JSON."
            if text.startswith("<r>") and text.endswith("</r>"):
                yield f"{where}: a text cannot begin with <r> and end with </r> in XLSX. Change it, or take the JSON."


def _write(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
    # What Excel would take for a formula when somebody edits the cell stays a text then too.
    quoted = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@", "quote_prefix": True})
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(at, column, text, head if at == 0 else plain if guard(text) == text else quoted)
    for column, title in enumerate(rows[0]):
        sheet.set_column(column, column, _WIDTHS.get(title, _NARROW))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
