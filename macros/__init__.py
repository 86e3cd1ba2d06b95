"""The handbook's macros for pages: wiring between MkDocs (or Zensical) and page.py, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.catalog import Catalog


@cache
def _catalog(root: Path) -> Catalog:
    """One reading a build; Zensical calls define_env once a page."""
    from macros import assets, catalog

    found = catalog.load(root)
    assets.write(found)
    return found


def _page_path(env: Any) -> str:
    """The page's path below docs/<language>/, whichever builder asks."""
    return env.page.file.src_uri if hasattr(env.page, "file") else env.page.path


def _edit_base(env: Any) -> str:
    repo = (env.conf.get("repo_url") or "").rstrip("/")
    return f"{repo}/edit/main" if repo else ""


def define_env(env: Any) -> None:
    """Called by mkdocs-macros and by Zensical: loads templates/ (stopping with every problem) and offers the macros."""
    from macros import page  # here, so that the command line need not load what only pages use

    found = _catalog(Path(env.project_dir))
    lang = env.variables["extra"]["handbook"]

    def desk() -> page.Desk:
        return page.Desk(found, lang, _page_path(env), _edit_base(env))

    env.macro(lambda scenario_id: page.composer(desk(), scenario_id), "composer")
    env.macro(lambda: page.scenario_cards(desk()), "scenario_cards")
    env.macro(lambda: page.search_box(desk()), "search_box")
    env.macro(lambda scenario_id: page.scenario_link(desk(), scenario_id), "scenario")
    env.macro(lambda *ids: page.related(desk(), ids), "related")
    env.macro(lambda rows: page.say_not(desk(), rows), "say_not")
    env.macro(lambda *ids: page.facts(desk(), ids), "facts")
    env.macro(lambda rule_id: page.rule_link(desk(), rule_id), "rule")
    env.macro(lambda scenario_id, choose, notes: page.annotated_message(desk(), scenario_id, choose, notes), "message")
    env.macro(lambda: page.tone_table(desk()), "tone_table")
    env.macro(lambda: page.variables_table(desk()), "variables_table")
