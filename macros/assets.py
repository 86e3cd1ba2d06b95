"""The files that the browser loads beside a page's own data: the compiled rules, one JSON for each message and handbook language."""

from __future__ import annotations

import json
from typing import Any

from macros import tone
from macros.catalog import HANDBOOK_LANGUAGES, Catalog

FOLDER = "overrides/assets/data"


def compiled(catalog: Catalog, lang: str) -> dict[str, Any]:
    """The rules of a message language as plain data, with title and reason of each idea in both handbook languages."""
    data = tone.to_json(catalog.ruleset(lang))
    used = dict.fromkeys(rule["id"] for rule in data["rules"])
    data["ideas"] = {name: catalog.ideas[name].model_dump(include={"title", "why"}) for name in used}
    return data


def tone_json(catalog: Catalog, lang: str, handbook: str) -> str:
    """What the browser loads: the compiled rules with all words in the handbook's language only."""
    data = compiled(catalog, lang)
    for rule in data["rules"]:
        rule["say"] = rule["say"][handbook]
    data["ideas"] = {name: [idea["title"][handbook], idea["why"][handbook]] for name, idea in data["ideas"].items()}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def write(catalog: Catalog) -> None:
    """Write the files below overrides/ that differ, so that either builder takes them along and no build runs in a circle."""
    folder = catalog.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for lang in catalog.languages:
        for handbook in HANDBOOK_LANGUAGES:
            file, text = folder / f"tone.{lang}.{handbook}.json", tone_json(catalog, lang, handbook)
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                file.write_text(text, encoding="utf-8")
