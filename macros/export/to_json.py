"""The records as JSON, and the JSON Schema that they keep."""

from __future__ import annotations

import json
from typing import Any

from macros.export import FILES
from macros.export.records import Export

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def messages(export: Export) -> bytes:
    """The whole contract; one record a line, so that two versions can be compared line by line."""
    data = export.model_dump(mode="json")
    records = ",\n".join(map(_text, data.pop("messages")))
    return f'{_text(data)[:-1]}, "messages": [\n{records}\n]}}\n'.encode()


def schema() -> bytes:
    """The JSON Schema (2020-12) of `messages`, from the models themselves. Its `$id` is relative: it stands beside the file wherever that is."""
    made = Export.model_json_schema(mode="serialization")
    return (json.dumps({"$schema": DIALECT, "$id": FILES["json"][1], **made}, ensure_ascii=False, indent=1) + "\n").encode()


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
