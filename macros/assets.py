"""The files that the browser loads beside a page's own data: the compiled rules, one JSON for each message and handbook language."""

from __future__ import annotations

import json

from macros import tone
from macros.catalog import HANDBOOK_LANGUAGES, Catalog

FOLDER = "overrides/assets/data"


def tone_json(catalog: Catalog, lang: str, handbook: str) -> str:
    """The rules of a message language as the browser reads them, with advice, title and reason in the handbook's language."""
    data = tone.to_json(catalog.ruleset(lang))
    for rule in data["rules"]:
        rule["say"] = rule["say"][handbook]
    ideas = {name: catalog.ideas[name] for name in dict.fromkeys(rule["id"] for rule in data["rules"])}
    data["ideas"] = {name: [getattr(idea.title, handbook), getattr(idea.why, handbook)] for name, idea in ideas.items()}
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
