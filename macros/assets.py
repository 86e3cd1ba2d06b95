"""The files that the browser loads beside a page's own data: the compiled rules, one JSON a language."""

from __future__ import annotations

import json

from macros import tone
from macros.catalog import Catalog

FOLDER = "overrides/assets/data"


def tone_json(catalog: Catalog, lang: str) -> str:
    """The rules of a language as the browser reads them, with title, why and fact of each idea."""
    data = tone.to_json(catalog.ruleset(lang))
    used = {rule["id"] for rule in data["rules"]}
    data["ideas"] = {name: idea.model_dump(include={"title", "why"}) for name, idea in catalog.ideas.items() if name in used}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def write(catalog: Catalog) -> None:
    """Write the files below overrides/ that differ, so that either builder takes them along and no build runs in a circle."""
    folder = catalog.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for lang in catalog.languages:
        file, text = folder / f"tone.{lang}.json", tone_json(catalog, lang)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
