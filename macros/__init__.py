"""The handbook's macros for pages: wiring between MkDocs (or Zensical) and page.py, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.page import Desk


def _page_path(env: Any) -> str:
    """The page's path below docs/<language>/, whichever builder asks."""
    return env.page.file.src_uri if hasattr(env.page, "file") else env.page.path


def _edit_base(env: Any) -> str:
    repo = (env.conf.get("repo_url") or "").rstrip("/")
    return f"{repo}/edit/main" if repo else ""


def macros_of(desk: Callable[[], Desk]) -> dict[str, Callable[..., str]]:
    """The macros by name; `desk` tells for which page they write."""
    # Here, so that the command line need not load what only pages use.
    from macros import drill_page, entry, example, exercises, glossary, language_page, lessons, page, policy, practice_page, sheets
    from macros.export import page as export_page

    return {
        "composer": lambda scenario_id: page.composer(desk(), scenario_id),
        "scenario_cards": lambda: page.scenario_cards(desk()),
        "finder_box": lambda: page.finder_box(desk()),
        "search_box": lambda: page.search_box(desk()),
        "scenario": lambda scenario_id: page.scenario_link(desk(), scenario_id),
        "related": lambda *ids: page.related(desk(), ids),
        "say_not": lambda rows: page.say_not(desk(), rows),
        "facts": lambda *ids: page.facts(desk(), ids),
        "facts_by_topic": lambda: policy.by_topic(desk()),
        "facts_by_store": lambda: policy.by_store(desk()),
        "facts_changed": lambda: policy.changed(desk()),
        "facts_due": lambda: policy.due_table(desk()),
        "overview": lambda: page.overview(desk()),
        "rule": lambda rule_id: page.rule_link(desk(), rule_id),
        "message": lambda scenario_id, choose, notes: page.annotated_message(desk(), scenario_id, choose, notes),
        "tone_table": lambda: page.tone_table(desk()),
        "variables_table": lambda: page.variables_table(desk()),
        "contributing": lambda: entry.contributing(desk()),
        "message_file": lambda text: example.message_file(desk(), text),
        "mistake": lambda text, old, new: example.mistake(desk(), text, old, new),
        "export_file": lambda name: export_page.export_file(desk(), name),
        "languages_state": lambda: language_page.languages_state(desk()),
        "lesson_head": lambda: lessons.lesson_head(desk()),
        "lesson_end": lambda: lessons.lesson_end(desk()),
        "lesson_path": lambda: lessons.lesson_path(desk()),
        "lesson_record": lambda: lessons.lesson_record(desk()),
        "scorecard_guide": lambda rows: lessons.scorecard_guide(desk(), rows),
        "before_after": lambda *given, **names: lessons.before_after(desk(), *given, **names),
        "exercise_choose": lambda rows, ask="": exercises.exercise_choose(desk(), rows, ask),
        "exercise_order": lambda *given: exercises.exercise_order(desk(), *given),
        "exercise_find": lambda *given: exercises.exercise_find(desk(), *given),
        "exercise_scenario": lambda rows: exercises.exercise_scenario(desk(), rows),
        "drills": lambda: drill_page.drills(desk()),
        "practice_inbox": lambda: practice_page.practice_inbox(desk()),
        "sheet": lambda columns=1, signs=False: sheets.sheet(desk(), columns, signs),
        "say_this": lambda lang: sheets.say_this(desk(), lang),
        "forbidden": lambda: sheets.forbidden(desk()),
        "fact_lines": lambda *ids: sheets.fact_lines(desk(), *ids),
        "part_of": lambda path, heading="": sheets.part_of(desk(), path, heading),
        "glossary": lambda: glossary.glossary(desk()),
    }


def define_env(env: Any) -> None:
    """Called by mkdocs-macros and by Zensical: loads templates/ (stopping with every problem) and offers the macros."""
    from macros import assets, page

    found = assets.prepared(Path(env.project_dir))
    lang = env.variables["extra"]["handbook"]
    for name, macro in macros_of(lambda: page.Desk(found, lang, _page_path(env), _edit_base(env))).items():
        env.macro(macro, name)
