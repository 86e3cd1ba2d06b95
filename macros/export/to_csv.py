"""The records as one table in CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io

from macros.export.cells import guard
from macros.export.records import Export
from macros.export.table import MESSAGES


def messages(export: Export) -> bytes:
    """One row a record, with a head. UTF-8 with a byte-order mark, by which Excel knows it; rows end in CR LF, lines within a cell in LF.

    Every cell is guarded against being read as a formula; `cells.unguard` gives the very text back.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(MESSAGES)
    rows.writerows([guard(cell(record)) for cell in MESSAGES.values()] for record in export.messages)
    return out.getvalue().encode("utf-8-sig")
