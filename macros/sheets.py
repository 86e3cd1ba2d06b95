"""Cheat sheets: what stands on a page of one printed sheet, all of it drawn from where the words already live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from macros.model import Example
from macros.page import Desk, rule_link
from macros.policy import fact_link

SIGNS = {"official": "●", "secondary": "◐", "unverified": "○"}
_CELL = 70  # characters that stay on two lines of a cell
# Numbers with a unit of time or share: what the eye looks for on a sheet.
_QUANTITY = {
    "en": re.compile(r"\b(?:[0-9]+ (?:to [0-9]+ )?(?:calendar |business )?|(?:one|two|three|six) )(?:hour|day|month|year)s?\b|\b[0-9]+%"),
    "zh": re.compile(r"[0-9]+(?:–[0-9]+)? ?个?(?:自然日|日历日|工作日|小时|天|个?月(?!份)|年(?!\s?[0-9]))|[0-9]+%|[一两二三六]个?(?:月|年)(?!级)"),
}
_DATE = re.compile(r"[0-9]{4} 年 [0-9]+ 月 [0-9]+ 日")


def sheet(desk: Desk, columns: int = 1, signs: bool = False) -> str:
    """The line under a sheet's title: makes the page print on one sheet in `columns`, and explains the signs of facts if there are any."""
    legend = " · ".join(f"{sign} {desk.word(name)}" for name, sign in SIGNS.items())
    words = f"<span>{legend} · {desk.word('sheet_signs')}</span> " if signs else ""
    return f'<p class="hb-sheet hb-sheet-{columns}">{words}<span class="hb-sheet-print">{desk.word("sheet_print")}</span></p>'


def say_this(desk: Desk, lang: str) -> str:
    """The chosen pairs of examples in a message language, under the group of their rule. Raises ValueError for a language without pairs."""
    pairs = desk.catalog.sheets.get(lang)
    if not pairs:
        raise ValueError(f"{desk.page}: no pairs for '{lang}'. Add them to templates/_sheets.yml, or use one of: {', '.join(desk.catalog.sheets)}.")
    heads = f'<div class="hb-say-this" markdown>\n\n| {desk.word("sheet_rule")} | {desk.word("not")} | {desk.word("say")} |\n| --- | --- | --- |'
    rows: dict[str, list[str]] = {}
    for pair in pairs:
        bad, good = (desk.catalog.examples(lang, pair.rule, key, getattr(pair, key))[0] for key in ("bad", "good"))
        cells = (rule_link(desk, pair.rule), _said(bad, lang), _said(good, lang))
        rows.setdefault(desk.catalog.ideas[pair.rule].group, []).append("| " + " | ".join(cells) + " |")
    return "\n\n".join(
        f"## {desk.word('group_' + group.replace('-', '_'))}\n\n{heads}\n" + "\n".join(found) + "\n\n</div>" for group, found in rows.items()
    )


def _said(example: Example, lang: str) -> str:
    lines = (_cell(line) for line in example.text.split("\n") if line)
    return f'<span lang="{lang}">{"<br>".join(lines)}</span>'


def forbidden(desk: Desk) -> str:
    """What Amazon forbids in a message, as far as a fact says so: rule, bad example, what to do instead, and how sure the fact is.

    The rules are all of that group: a new one stands on the sheet by itself.
    """
    heads = ("sheet_law", "sheet_such", "sheet_instead", "sheet_known")
    lines = ["| " + " | ".join(desk.word(head) for head in heads) + " |", "| --- | --- | --- | --- |"]
    for name, idea in desk.catalog.ideas.items():
        rule = next((rule for lang in ("all", desk.lang) for rule in desk.catalog.rules[lang] if rule.id == name), None)
        if idea.group == "amazon-policy" and idea.fact and rule:
            cells = (rule_link(desk, name), _short(rule.bad), _cell(desk.own(rule.say)), _known(desk, idea.fact))
            lines.append("| " + " | ".join(cells) + " |")
    return '<div class="hb-forbidden" markdown>\n\n' + "\n".join(lines) + "\n\n</div>"


def _short(examples: Sequence[Example]) -> str:
    """The first example that fits a cell, its line ends shown; a limit of length has none."""
    return next((f"<span>{_cell(example.text)}</span>" for example in examples if len(example.text) <= _CELL), "…")


def _cell(text: str) -> str:
    """A text as one cell of a table, with nothing in it read as Markdown."""
    plain = escape(text).replace("\n", "↵")
    return re.sub(r"[|*_`\[\]\\]", lambda mark: f"&#{ord(mark[0])};", plain)


def fact_lines(desk: Desk, *names: str) -> str:
    """Facts as short lines: stores, text with its numbers in bold, certainty and the day of the last look. Raises ValueError for an unknown one."""
    return '<div class="hb-fact-lines" markdown>\n\n' + "\n".join(f"- {_line(desk, name)}" for name in names) + "\n\n</div>"


def _line(desk: Desk, name: str) -> str:
    if name not in desk.catalog.facts:
        raise ValueError(f"{desk.page}: unknown fact '{name}'. Use one of: {', '.join(desk.catalog.facts)}.")
    return f"{strong(desk.own(desk.catalog.facts[name].text), desk.lang)} {_known(desk, name)}"


def strong(text: str, lang: str) -> str:
    """A text in Markdown with its quantities in bold; calendar dates are none."""
    dates = [found.span() for found in _DATE.finditer(text)]

    def bold(found: re.Match[str]) -> str:
        return found[0] if any(start <= found.start() < end for start, end in dates) else f"**{found[0]}**"

    return _QUANTITY[lang].sub(bold, text)


def _known(desk: Desk, name: str) -> str:
    """How sure a fact is and when somebody last looked, as a link to its entry."""
    fact = desk.catalog.facts[name]
    sign = f'<span aria-hidden="true">{SIGNS[fact.certainty]}</span><span class="hb-unseen">{desk.word(fact.certainty)}</span>'
    return f'<small class="hb-fact">[{sign} {fact.checked.isoformat()}]({fact_link(desk, name)})</small>'


def part_of(desk: Desk, page: str, heading: str = "") -> str:
    """Words of another page of docs/, shown here too: its first table, or what stands under a `heading` up to the next one or the first macro.

    Raises ValueError where there is none, or where the part holds links, which would not lead from here.
    """
    file = desk.catalog.root / "docs" / desk.lang / page
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    wanted = rf"^## {re.escape(heading)}\n((?:(?!^## |\{{\{{).*\n?)+)" if heading else r"((?:^\|.*\n)+)"
    found = re.search(wanted, text, re.MULTILINE)
    if not found or not found[1].strip():
        raise ValueError(f"{desk.page}: {page} has no {f'words under the heading {heading!r}' if heading else 'table'}. Name what is there.")
    if "](" in found[1]:
        raise ValueError(f"{desk.page}: the part of {page} holds a link. Show another part, or take it out there.")
    return f'<div class="hb-part-of" markdown>\n\n{found[1].strip()}\n\n</div>'
