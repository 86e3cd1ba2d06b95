"""The records as rows of text: what CSV and XLSX show."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from macros.export.records import CONTRACT, ExportedVariable, Record
from macros.model import Frozen


def _json(found: Sequence[Frozen]) -> str:
    """Records within a record, as the JSON has them; empty where there are none."""
    return json.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False) if found else ""


# Lists of plain words are joined by what cannot stand in one of them.
MESSAGES: dict[str, Callable[[Record], str]] = {
    "id": lambda one: one.id,
    "version": lambda one: one.version,
    "contract": lambda one: CONTRACT,
    "family": lambda one: one.family,
    "scenario": lambda one: one.scenario,
    "language": lambda one: one.language,
    "kind": lambda one: one.kind,
    "fulfilment": lambda one: one.fulfilment or "",
    "choice": lambda one: one.choice.name if one.choice else "",
    "choice_value": lambda one: one.choice.value if one.choice else "",
    "choice_title_en": lambda one: one.choice.title.en if one.choice else "",
    "choice_title_zh": lambda one: one.choice.title.zh if one.choice else "",
    "choice_label_en": lambda one: one.choice.label.en if one.choice else "",
    "choice_label_zh": lambda one: one.choice.label.zh if one.choice else "",
    "title_en": lambda one: one.title.en,
    "title_zh": lambda one: one.title.zh,
    "when_en": lambda one: one.when.en,
    "when_zh": lambda one: one.when.zh,
    "search_words_en": lambda one: ", ".join(one.search_words.en),
    "search_words_zh": lambda one: ", ".join(one.search_words.zh),
    "buyers_say": lambda one: "\n".join(one.buyers_say),
    "text": lambda one: one.text,
    "text_without_name": lambda one: one.text_without_name,
    "variables": lambda one: _json(one.variables),
    "rules_passed": lambda one: " ".join(one.rules_passed),
    "rules_waived": lambda one: _json(one.rules_waived),
    "warnings": lambda one: _json(one.warnings),
}

VARIABLES: dict[str, Callable[[ExportedVariable], str]] = {
    "name": lambda one: one.name,
    "label_en": lambda one: one.label.en,
    "label_zh": lambda one: one.label.zh,
    "hint_en": lambda one: one.hint.en if one.hint else "",
    "hint_zh": lambda one: one.hint.zh if one.hint else "",
    "kind": lambda one: one.kind,
    "pattern": lambda one: one.pattern or "",
    "max_characters": lambda one: str(one.max_characters or ""),
    "max_lines": lambda one: str(one.max_lines or ""),
    "example": lambda one: one.example,
    "example_shown": lambda one: one.example_shown,
}
