"""The lessons of the first day: title and idea of each, the path, what turns a sentence from bad to good, and the record."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, get_args

import yaml

from macros import tone
from macros.model import Scenario, Score
from macros.page import Desk, rule_link
from macros.pages import LESSONS
from macros.practice import cases
from macros.practice import titles as case_titles
from macros.source import YAML_LOADER

_WHOLE = re.compile(r"\A---\n(?P<head>.*?)\n---\n\s*# (?P<title>[^\n]+)\n", re.DOTALL)


@dataclass(frozen=True)
class Lesson:
    """A lesson as its page names it: the title, and its one idea (the page's `description`)."""

    id: str
    title: str
    idea: str


def lessons(root: Path, lang: str) -> tuple[Lesson, ...]:
    """The lessons in order. Raises ValueError for each page that has no title or no `description`, all at once."""
    read = [_read(root / "docs" / lang / "onboarding" / f"{name}.md", name) for name in LESSONS]
    if wrong := [one for one in read if isinstance(one, str)]:
        raise ValueError("\n".join(wrong))
    return tuple(one for one in read if isinstance(one, Lesson))


def _read(file: Path, name: str) -> Lesson | str:
    if not file.is_file():
        return f"{file}:1: The lesson is missing. Write its page."
    found = _WHOLE.match(file.read_text(encoding="utf-8"))
    head = yaml.load(found["head"], YAML_LOADER) if found else None
    idea = head.get("description") if isinstance(head, dict) else None
    if not found or not isinstance(idea, str) or not idea.strip():
        return f"{file}:1: The lesson has no title, or no idea in one sentence. Begin it with ---, `description: ...`, ---, and `# Title`."
    return Lesson(name, found["title"].strip(), idea.strip())


def lesson_head(desk: Desk) -> str:
    """Which of the lessons this page is, and its one idea."""
    number = LESSONS.index(_here(desk)) + 1
    all_lessons = lessons(desk.catalog.root, desk.lang)
    count = desk.word("lesson_count", number=str(number), all=str(len(all_lessons)))
    back = f"[{desk.word('lesson_path')}]({desk.link('onboarding/index.md')})"
    idea = escape(all_lessons[number - 1].idea)
    return f'<p class="hb-lesson-head" markdown>{escape(count)} · {back}</p>\n\n<p class="hb-lesson-idea">{idea}</p>'


def lesson_end(desk: Desk) -> str:
    """The button that notes the lesson and goes on; without script a link alone."""
    here = _here(desk)
    after = LESSONS[LESSONS.index(here) + 1 :]
    label = desk.word("lesson_next") if after else desk.word("lesson_to_record")
    target = desk.link(f"onboarding/{after[0] if after else 'record'}.md")
    return (
        f'<div class="hb-lesson-end"{browser_data(desk, "lesson_", lesson=here)}></div>\n\n'
        f'<p class="hb-lesson-next" markdown>[{label}]({target}){{ .md-button }}</p>'
    )


def lesson_path(desk: Desk) -> str:
    """The lessons with their idea; the browser adds what has been done."""
    rows = [f"1. [{one.title}]({desk.link(f'onboarding/{one.id}.md')})<br>{escape(one.idea)}" for one in lessons(desk.catalog.root, desk.lang)]
    host = f'<div class="hb-path"{browser_data(desk, "path_", lessons=list(LESSONS))}></div>'
    return "\n".join([host, "", '<div class="hb-lessons" markdown>', "", *rows, "", "</div>"])


def lesson_record(desk: Desk) -> str:
    """Where the browser lays the record; it knows what was done, and the words and titles are given here."""
    groups = {key.removeprefix("group_").replace("_", "-"): desk.word(key) for key in desk.catalog.interface if key.startswith("group_")}
    titles = {one.id: one.title for one in lessons(desk.catalog.root, desk.lang)}
    data = browser_data(desk, "record_", lessons=titles, groups=groups, cases=case_titles(cases(desk.catalog), desk.lang))
    return f'<div class="hb-record"{data}><p>{escape(desk.word("record_noscript"))}</p></div>'


def scorecard_guide(desk: Desk, rows: Mapping[str, str]) -> str:
    """A table: each line of the scorecard, under its name in the composer, and how to read it. Raises ValueError where one is missing or unknown."""
    if tuple(rows) != get_args(Score):
        raise ValueError(f"{desk.page}: write a row for each line of the scorecard, in this order: {', '.join(get_args(Score))}.")
    head = [f"| {desk.word('record_line')} | {desk.word('record_meaning')} |", "| --- | --- |"]
    return "\n".join([*head, *(f"| {desk.word('score_' + name)} | {text} |" for name, text in rows.items())])


def before_after(desk: Desk, rule_id: str, before: str, after: str, choose: Sequence[str] = (), scenario: str | None = None) -> str:
    """A sentence that the rule finds, and one that no rule objects to, both in the handbook's language.

    `choose` and `scenario` are what the sentences are written for, such as fba. Raises ValueError where the first is not found by this
    very rule, or the second by any; what a fragment lacks of a whole reply (a greeting, say) is no objection.
    """
    link, context = rule_link(desk, rule_id), tone.Context(desk.lang, frozenset(choose), scenario_of(desk, scenario).id if scenario else None)
    ruleset = desk.catalog.ruleset(desk.lang)
    lacking = {one.rule.id for one in ruleset.rules if one.rule.kind == "require"} - {rule_id}
    found, left = ([hit for hit in tone.check(text, ruleset, context) if hit.rule not in lacking] for text in (before, after))
    mine = [hit for hit in found if hit.rule == rule_id]
    wrong = [] if mine else [f"'{before}' is not found by the rule '{rule_id}' but by: {_named(found)}. Write a sentence that it finds."]
    wrong += [f"'{after}' is found by: {_named(left)}. Write a sentence that passes every rule."] if left else []
    if wrong:
        raise ValueError("\n".join(f"{desk.page}: {one}" for one in wrong))
    first = mine[0]
    marked = f"{escape(before[: first.start])}<mark>{escape(before[first.start : first.end])}</mark>{escape(before[first.end :])}"
    return "\n".join([
        '<div class="hb-turn" markdown>', "",
        f'<div class="hb-before" markdown>\n\n**{desk.word("lesson_before")}**\n\n<p lang="{desk.lang}">{lines(marked)}</p>\n\n{link}\n\n</div>', "",
        f'<div class="hb-after" markdown>\n\n**{desk.word("lesson_after")}**\n\n<p lang="{desk.lang}">{lines(escape(after))}</p>\n\n</div>', "",
        "</div>",
    ])  # fmt: skip


def scenario_of(desk: Desk, scenario_id: str) -> Scenario:
    """A scenario by its id. Raises ValueError with the names that exist."""
    if scenario_id not in desk.catalog.scenarios:
        raise ValueError(f"{desk.page}: unknown scenario '{scenario_id}'. Use one of: {', '.join(desk.catalog.scenarios)}.")
    return desk.catalog.scenarios[scenario_id]


def _here(desk: Desk) -> str:
    name = Path(desk.page).stem
    if name not in LESSONS:
        raise ValueError(f"{desk.page}: this page is none of the lessons. Use the macro on one of: {', '.join(LESSONS)}.")
    return name


def _named(hits: Sequence[tone.Finding]) -> str:
    return ", ".join(f"{hit.rule} ('{hit.match}')" for hit in hits) or "none"


def lines(html: str) -> str:
    """Line breaks as HTML shows them."""
    return html.replace("\n", "<br>")


def browser_data(desk: Desk, words: str, **more: Any) -> str:
    """What the browser reads, as an attribute: the words of the interface that begin with `words`, and more."""
    mine = {key.removeprefix(words): desk.word(key) for key in desk.catalog.interface if key.startswith(words)}
    return f' data-hb="{escape(json.dumps({"words": mine, **more}, ensure_ascii=False, separators=(",", ":")))}"'
