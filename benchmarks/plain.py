"""The handbook's pages for plain Material for MkDocs: the same text, no composer, no checks."""

from __future__ import annotations

import functools
from pathlib import Path

import jinja2

from benchmarks.common import ROOT
from macros import macros_of, page
from macros.catalog import Catalog, combinations
from macros.message import assemble

PLAIN_CONFIG = """
site_name: Plain
site_url: http://127.0.0.1:8000/
theme: {{name: material, font: false, language: {lang}, features: [navigation.tabs, navigation.instant]}}
plugins: {{search: {{lang: [en, zh]}}}}
markdown_extensions: [admonition, attr_list, md_in_html, tables, {{toc: {{permalink: true}}}}, pymdownx.details, pymdownx.superfences]
docs_dir: docs
"""


def plain_project(catalog: Catalog, lang: str, folder: Path) -> Path:
    """The same pages for plain Material: what the macros write pasted in as text, the messages in place of the composer."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(PLAIN_CONFIG.format(lang=lang), encoding="utf-8")
    for source in (ROOT / "docs" / lang).rglob("*.md"):
        relative = source.relative_to(ROOT / "docs" / lang)
        target = folder / "docs" / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        macros = {**macros_of(functools.partial(page.Desk, catalog, lang, relative.as_posix())), "composer": lambda name: pasted(catalog, name)}
        target.write_text(jinja2.Environment().from_string(source.read_text(encoding="utf-8")).render(**macros), encoding="utf-8")
    return folder


def pasted(catalog: Catalog, name: str) -> str:
    """Every combination of a scenario in every language, as fenced text."""
    scenario = catalog.scenarios[name]
    found = (
        assemble(catalog.messages[name, lang], catalog.shared[lang], picks, "nameless", {}).text
        for lang in catalog.languages_of(name)
        for picks in combinations(scenario)
    )
    return "".join(f"\n``` text\n{text}\n```\n" for text in found)
