"""The messages as files for other programs: one module per target, all fed from the same records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.export.records import Export

FOLDER = "exports"  # where they stand in the built site
FILES = {"json": ("messages.json", "messages.schema.json"), "csv": ("messages.csv",), "xlsx": ("messages.xlsx",)}


class ExportError(Exception):
    """Why nothing is exported, one sentence a problem; no file has been touched."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def contents(export: Export, form: str) -> dict[str, bytes]:
    """The files of a format (a key of FILES) by name. The same records give the same bytes. Raises ExportError."""
    from macros.export import to_csv, to_json, to_xlsx

    makers = {
        "json": (to_json.messages, lambda _: to_json.schema()),
        "csv": (to_csv.messages,),
        "xlsx": (to_xlsx.workbook,),
    }
    return {name: make(export) for name, make in zip(FILES[form], makers[form], strict=True)}
