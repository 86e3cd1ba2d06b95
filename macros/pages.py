"""The pages of docs/ held against the map: there in both handbook languages, whole, and in the navigation in its order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from macros.catalog import HANDBOOK_LANGUAGES, UNWRITTEN, Catalog
from macros.model import Scenario
from macros.page import page_of
from macros.source import YAML_LOADER, Problem, decode

PAGE_SECTIONS = ("page_before", "page_why", "page_say", "page_facts", "page_unsettled", "page_related")
CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
LESSONS = ("buyer-and-clock", "empathy", "options", "positive-wording", "fba-or-fbm", "forbidden", "hard-cases", "daily-tools")
ONBOARDING = ("index", *LESSONS, "drills", "practice", "record", "lead")
PRINCIPLES = ("index", "anatomy", "empathy-first", "options", "positive-wording", "fba-or-fbm", "reply-clock", "personalising")
POLICY = ("index", "stores", "changes", "due")
SHEETS = ("index", "say-this-english", "say-this-german", "say-this-chinese", "amazon-forbids", "fba-or-fbm", "clocks")
REFERENCE = ("tone", "variables", "exports", "status", "contributing", "message-format", "privacy")


def page_problems(catalog: Catalog, whole: bool = True) -> list[Problem]:
    """What is missing from the scenario pages and, once the map is `whole`, from the navigation of both handbooks."""
    checks = (_pages, _nav) if whole else (_pages,)
    return [problem for lang in HANDBOOK_LANGUAGES for check in checks for problem in check(catalog, lang)]


def _pages(catalog: Catalog, lang: str) -> Iterator[Problem]:
    for scenario in catalog.scenarios.values():
        path = f"docs/{lang}/{page_of(catalog, scenario.id)}"
        file = catalog.root / path
        if not file.is_file():
            yield Problem(path, 1, "The page is missing. Add it (another scenario's page shows the form).")
            continue
        text, wrong = decode(file.read_bytes(), path)
        yield from wrong
        if text is not None:
            yield from (Problem(path, line, flaw) for line, flaw in _page_flaws(catalog, lang, scenario, text.split("\n")))


def _page_flaws(catalog: Catalog, lang: str, scenario: Scenario, lines: list[str]) -> Iterator[tuple[int, str]]:
    title = f"# {getattr(scenario.title, lang)}"
    if title == f"# {UNWRITTEN}":
        if not lines[0].strip("# "):
            yield 1, "The title is empty. Write that of the map."
    elif lines[0] != title:
        yield 1, f"The page begins with {lines[0]!r}. Begin it with the title of the map: {title!r}."
    if f'{{{{ composer("{scenario.id}") }}}}' not in lines:
        yield 1, f'The composer is missing. Add {{{{ composer("{scenario.id}") }}}} on a line of its own below the title.'
    wanted = [f"## {getattr(catalog.interface[key], lang)}" for key in PAGE_SECTIONS]
    found = [(number, line) for number, line in enumerate(lines, 1) if line.startswith("## ")]
    if [line for _, line in found] != wanted:
        yield 1, f"The headings are not those of a scenario page. Use in this order: {', '.join(wanted)}."
        return
    ends = [number for number, _ in found[1:]] + [len(lines) + 1]
    for (number, heading), end in zip(found, ends, strict=True):
        if not "".join(lines[number : end - 1]).strip():
            yield number, f"{heading!r} is empty. Write it for this scenario."


def navigation(catalog: Catalog, lang: str) -> list[Any]:
    """The `nav` that belongs into the handbook's configuration file, from the map."""

    def word(key: str) -> str:
        return getattr(catalog.interface[key], lang)

    families = [
        {getattr(family.title, lang): [{getattr(scenario.title, lang): page_of(catalog, scenario.id)} for scenario in family.scenarios]}
        for family in catalog.families
    ]
    return [
        {word("nav_home"): "index.md"},
        {word("nav_scenarios"): ["overview.md", *families]},
        {word("nav_onboarding"): [f"onboarding/{name}.md" for name in ONBOARDING]},
        {word("nav_principles"): [f"principles/{name}.md" for name in PRINCIPLES]},
        {word("nav_policy"): [f"policy/{name}.md" for name in POLICY]},
        {
            word("nav_reference"): [
                {word("nav_sheets"): [f"sheets/{name}.md" for name in SHEETS]},
                "glossary.md",
                *(f"{name}.md" for name in REFERENCE),
            ]
        },
    ]


def navigation_text(catalog: Catalog, lang: str) -> str:
    """The `nav` as YAML, to be pasted into the configuration file."""
    return yaml.safe_dump({"nav": navigation(catalog, lang)}, allow_unicode=True, sort_keys=False, width=200)


def _nav(catalog: Catalog, lang: str) -> Iterator[Problem]:
    path = CONFIGS[lang]
    file = catalog.root / path
    head, _, nav = (file.read_text(encoding="utf-8") if file.is_file() else "").partition("\nnav:\n")
    try:
        same = yaml.load(f"nav:\n{nav}", YAML_LOADER) == {"nav": navigation(catalog, lang)}
    except yaml.YAMLError:
        same = False
    if not same:
        line = head.count("\n") + 2
        yield Problem(path, line, f"'nav' is not the map's. Put the output of `handbook nav {lang}` in its place.")


def replace_nav(file: Path, nav: str) -> str:
    """The configuration file's text with another `nav` (which stands last in it)."""
    head, _, _ = file.read_text(encoding="utf-8").partition("\nnav:\n")
    return f"{head}\n{nav}"
