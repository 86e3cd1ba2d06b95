"""The files that the browser loads beside a page's own data: the rules, compiled for each message and handbook language, and words for any page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from macros import drills, tone
from macros.catalog import HANDBOOK_LANGUAGES, Catalog, load
from macros.finder.index import prepared as prepared_finder
from macros.memo import Memo, digest
from macros.model import Idea
from macros.pattern import expand
from macros.practice import cases, practice_json

FOLDER = "overrides/assets/data"


@cache
def prepared(root: Path) -> Catalog:
    """The catalogue, read once a process, with the browser's files written: Zensical calls define_env once a page."""
    found = load(root, Memo(root))
    write(found)
    return found


def compiled(catalog: Catalog, lang: str) -> dict[str, Any]:
    """The rules of a message language as plain data, with title, reason and fact of each idea in both handbook languages."""
    data = tone.to_json(catalog.ruleset(lang))
    used = dict.fromkeys(rule["id"] for rule in data["rules"])
    data["ideas"] = {
        name: catalog.ideas[name].model_dump(include={"title", "why", "fact"}) | {"score": score_of(catalog.ideas[name])} for name in used
    }
    data["day"] = day_pattern(catalog, lang)
    facts = {fact: catalog.facts[fact] for name in used if (fact := catalog.ideas[name].fact)}
    data["facts"] = {
        name: {**fact.text.model_dump(), "certainty": fact.certainty, "checked": fact.checked.isoformat()} for name, fact in facts.items()
    }
    return data


def score_of(idea: Idea) -> str:
    """The line of the scorecard to which an idea belongs."""
    return idea.score or ("wording" if idea.group in ("tone", "structure") else "policy")


def day_pattern(catalog: Catalog, lang: str) -> str:
    """What names a day in a language: the scorecard shows the next step that has one. Empty where the language's macros do not say it."""
    macros = {**catalog.macros["all"], **catalog.macros[lang]}
    return expand("{DAY}", macros) if "DAY" in macros else ""


def tone_json(catalog: Catalog, lang: str, handbook: str) -> str:
    """What the browser loads: the compiled rules with all words in the handbook's language only."""
    data = compiled(catalog, lang)
    for rule in data["rules"]:
        rule["say"] = rule["say"][handbook]
    data["ideas"] = {name: [idea["title"][handbook], idea["why"][handbook], idea["fact"], idea["score"]] for name, idea in data["ideas"].items()}
    data["facts"] = {name: [fact[handbook], fact["certainty"], fact["checked"]] for name, fact in data["facts"].items()}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def words_json(catalog: Catalog, handbook: str) -> str:
    """The words that any page may need, whatever it shows: those on the keys, and the notice that a new version is ready."""
    keys = [key for key in catalog.interface if key.startswith(("keys_", "new_version"))]
    return json.dumps({key: getattr(catalog.interface[key], handbook) for key in keys}, ensure_ascii=False, separators=(",", ":"))


def _write_changed(file: Path, text: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def write(catalog: Catalog) -> None:
    """Write the files below overrides/ that differ, so that either builder takes them along and no build runs in a circle.

    Rules and drills begin with a fingerprint of what they were made from: what has not changed need not be compiled to know that.
    """
    folder = catalog.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    prepared_finder(catalog)
    practice = cases(catalog)
    for handbook in HANDBOOK_LANGUAGES:
        _write_changed(folder / f"practice.{handbook}.json", practice_json(catalog, practice, handbook))
        _write_changed(folder / f"words.{handbook}.json", words_json(catalog, handbook))
    for lang in catalog.languages:
        made = digest(catalog.rules_fingerprint(lang), repr(catalog.ideas), repr(catalog.facts), Path(__file__).read_text(encoding="utf-8"))
        for handbook in HANDBOOK_LANGUAGES:
            file, head = folder / f"tone.{lang}.{handbook}.json", f'{{"made":"{made}",'
            if not file.exists() or not file.read_text(encoding="utf-8").startswith(head):
                file.write_text(head + tone_json(catalog, lang, handbook)[1:], encoding="utf-8")
        _write_drills(catalog, lang, folder)


def _write_drills(catalog: Catalog, lang: str, folder: Path) -> None:
    file, head = folder / f"drills.{lang}.json", f'{{"made":"{drills.made_from(catalog, lang)}",'
    if not file.exists() or not file.read_text(encoding="utf-8").startswith(head):
        text = json.dumps(drills.to_json(drills.pool(catalog, lang)), ensure_ascii=False, separators=(",", ":"))
        file.write_text(head + text[1:], encoding="utf-8")
