"""Beginning a scenario: its entry in the map and its empty files, so that the check names what is left to write."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from macros import message as grammar
from macros.catalog import HANDBOOK_LANGUAGES, Catalog
from macros.pages import CONFIGS, PAGE_SECTIONS, navigation, replace_nav


class ScaffoldError(Exception):
    """Why a scenario cannot be begun; nothing has been written."""


def begin(catalog: Catalog, scenario: str, family: str, fulfilment: tuple[str, ...]) -> list[str]:
    """Write the files of a new scenario at the end of its family. Returns their paths. Raises ScaffoldError before writing."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", scenario):
        raise ScaffoldError(f"'{scenario}' is not an id. Use lower-case letters, digits and hyphens.")
    if scenario in catalog.scenarios:
        raise ScaffoldError(f"'{scenario}' is there already. Choose another id.")
    if family not in {found.id for found in catalog.families}:
        raise ScaffoldError(f"Unknown family '{family}'. Use one of: {', '.join(found.id for found in catalog.families)}.")
    taken = [path for lang in HANDBOOK_LANGUAGES if (catalog.root / (path := f"docs/{lang}/scenarios/{family}/{scenario}.md")).exists()]
    if taken:
        raise ScaffoldError(f"There are pages already: {', '.join(taken)}. Remove them first, or choose another id.")
    files = {
        "templates/_scenarios.yml": _map_with(catalog, scenario, family, fulfilment),
        **{f"templates/{family}/{scenario}/{lang}.md": _message(fulfilment) for lang in HANDBOOK_LANGUAGES},
        f"templates/{family}/{scenario}/buyers-say.yml": "".join(f"{lang}: []\n" for lang in HANDBOOK_LANGUAGES),
        **{f"docs/{lang}/scenarios/{family}/{scenario}.md": _page(catalog, scenario, lang) for lang in HANDBOOK_LANGUAGES},
        **{CONFIGS[lang]: _nav(catalog, scenario, family, lang) for lang in HANDBOOK_LANGUAGES},
    }
    for path, text in files.items():
        _write(catalog.root / path, text)
    return list(files)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _map_with(catalog: Catalog, scenario: str, family: str, fulfilment: tuple[str, ...]) -> str:
    """The map's text with the new entry after the family's last line; comments and form of the rest stay."""
    path = "templates/_scenarios.yml"
    lines = (catalog.root / path).read_text(encoding="utf-8").rstrip("\n").split("\n")
    at = next(index for index, found in enumerate(catalog.families) if found.id == family)
    end = catalog.lines[path].get(("families", at + 1), len(lines) + 1) - 1
    while lines[end - 1].lstrip().startswith("#") or not lines[end - 1].strip():
        end -= 1  # what is said above the next family belongs to that
    entry = [f"      - id: {scenario}", '        title: {en: "", zh: ""}', '        when: {en: "", zh: ""}', "        kind: reply"]
    entry += [f"        fulfilment: [{', '.join(fulfilment)}]"] if fulfilment else []
    return "\n".join([*lines[:end], *entry, *lines[end:]]) + "\n"


def _message(fulfilment: tuple[str, ...]) -> str:
    variants = [f" ({pick})" for pick in fulfilment] if len(fulfilment) > 1 else [""]
    headings = ["# Acknowledge", *(f"# {grammar.HEADINGS[name]}{pick}" for name in ("resolve", "next_step") for pick in variants)]
    return "\n\n".join(headings) + "\n"


def _page(catalog: Catalog, scenario: str, lang: str) -> str:
    sections = [f"## {getattr(catalog.interface[key], lang)}" for key in PAGE_SECTIONS]
    return "\n\n".join(["# ", f'{{{{ composer("{scenario}") }}}}', *sections]) + "\n"


def _nav(catalog: Catalog, scenario: str, family: str, lang: str) -> str:
    nav = navigation(catalog, lang)
    title = next(getattr(found.title, lang) for found in catalog.families if found.id == family)
    _, *families = next(iter(nav[1].values()))  # the overview comes first
    next(entry[title] for entry in families if title in entry).append({scenario: f"scenarios/{family}/{scenario}.md"})
    text = yaml.safe_dump({"nav": nav}, allow_unicode=True, sort_keys=False, width=200)
    return replace_nav(catalog.root / CONFIGS[lang], text)
