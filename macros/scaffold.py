"""Beginning a scenario or a language: its entry and its files, so that the check names what is left to write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from macros import message as grammar
from macros.catalog import HANDBOOK_LANGUAGES, UNWRITTEN, Catalog
from macros.pages import CONFIGS, PAGE_SECTIONS, navigation, replace_nav
from macros.source import YAML_LOADER
from macros.values import has_locale


class ScaffoldError(Exception):
    """Why a scenario or a language cannot be begun; nothing has been written."""


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
        f"templates/{family}/{scenario}/buyers-say.yml": "".join(f"{lang}: []\n" for lang in catalog.buyers),
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


# Languages -----------------------------------------------------------------------------------------------------------

TABLE = "templates/_languages.yml"
_RULES = "# {language} rules. Each bad example is caught by its own rule; each good one passes them all.\nrules: []\n"


def begin_language(
    catalog: Catalog,
    lang: str,
    locale: str,
    name: str | None = None,
    english: str | None = None,
    chinese: str | None = None,
    home: Sequence[str] = (),
) -> list[str]:
    """Write what a new message language needs to load. Returns the paths. Raises ScaffoldError, naming everything wrong, before writing.

    Names not given are those that CLDR has for the locale's language; `home` is by default the store of the locale's country.
    """
    wrong = []
    if not re.fullmatch(r"[a-z]{2,3}", lang) or lang == "all":
        wrong.append(f"'{lang}' is not a language code. Use two or three lower-case letters, such as fr ('all' is taken).")
    elif lang in catalog.languages:
        wrong.append(f"'{lang}' is there already.")
    country = locale.rpartition("-")[2].lower()
    stores = list(home) or [store for store in catalog.stores if store.rpartition(".")[2] == country]
    wrong += [f"Unknown store '{store}'. Use one of: {', '.join(catalog.stores)}." for store in stores if store not in catalog.stores]
    if not has_locale(locale):
        wrong.append(f"Unknown locale '{locale}'. Write language and country, such as fr-FR.")
    elif not stores:
        wrong.append(f"No store has the country of '{locale}'. Name one with --home: {', '.join(catalog.stores)}.")
    if wrong:
        raise ScaffoldError("\n".join(wrong))
    own, in_english, in_chinese = _names(locale)
    entry = {"name": name or own, "label": {"en": english or in_english, "zh": chinese or in_chinese}, "locale": locale, "home": stores}
    files = {
        TABLE: _table_with(catalog, lang, entry),
        f"templates/_shared/{lang}.md": _shared(catalog),
        f"templates/_tone/{lang}.yml": _RULES.format(language=entry["label"]["en"]),
    }
    for path, text in files.items():
        _write(catalog.root / path, text)
    return list(files)


def _names(locale: str) -> tuple[str, ...]:
    """The language of a locale in itself, in English and in Chinese, with a capital where the script has them."""
    from babel import Locale

    found = Locale.parse(locale, sep="-")
    names = [found.get_language_name(tongue) or locale for tongue in (found, *HANDBOOK_LANGUAGES)]
    return tuple(name[:1].upper() + name[1:] for name in names)


def _table_with(catalog: Catalog, lang: str, entry: dict[str, Any]) -> str:
    """The table's text with the new language below the last one; comments, order and form of the rest stay."""
    before = (catalog.root / TABLE).read_text(encoding="utf-8")
    lines = before.rstrip("\n").split("\n")
    begins = catalog.lines[TABLE]
    last = max(line for at, line in begins.items() if at[:1] == ("languages",))
    end = min((line for at, line in begins.items() if len(at) == 1 and line > last), default=len(lines) + 1) - 1
    while lines[end - 1].lstrip().startswith("#") or not lines[end - 1].strip():
        end -= 1  # what is said above the next key belongs to that
    written = yaml.safe_dump({lang: entry}, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000).rstrip("\n")
    text = "\n".join([*lines[:end], *(f"  {line}" for line in written.split("\n")), *lines[end:]]) + "\n"
    wanted = yaml.load(before, YAML_LOADER)
    wanted["languages"][lang] = entry
    try:
        read = yaml.load(text, YAML_LOADER)
    except yaml.YAMLError:
        read = None
    if read != wanted:
        raise ScaffoldError(f"{TABLE} has a form of its own. Write the entry by hand below 'languages':\n{written}")
    return text


def _shared(catalog: Catalog) -> str:
    """Greeting and closing with their blanks, and a mark where words are to be written."""
    parts = []
    for section in catalog.shared["en"].sections:
        blanks = [f"{{{{ {name} }}}}" for name in section.placeholders]
        picks = f" ({', '.join(sorted(section.when))})" if section.when else ""
        lines = [UNWRITTEN, *blanks] if section.name == "closing" else [" ".join([UNWRITTEN, *blanks])]
        parts += [f"# {grammar.HEADINGS[section.name]}{picks}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"
