"""The state of the languages as a page: every scenario in every message language, in words and signs that need no colour."""

from __future__ import annotations

from html import escape

from macros.languages import STATES, State, counts, matrix
from macros.page import Desk, scenario_link

SIGNS: dict[State, str] = {"source": "●", "current": "✓", "behind": "!", "unrecorded": "?", "missing": "–", "waived": "×"}


def languages_state(desk: Desk) -> str:
    """What the words mean, how many scenarios stand where in each language, and the scenarios by family."""
    states = matrix(desk.catalog)
    used = [one for one in STATES if any(one in row.values() for row in states.values())]
    out = [f"- **{_sign(desk, one)}**{desk.word('colon')}{desk.word(f'state_{one}_means')}" for one in used]
    counted = {lang: counts(states, lang) for lang in desk.catalog.languages}
    out += ["", *_head(desk, "status_language", [_sign(desk, one) for one in used])]
    out += [_row([_name(desk, lang), *(str(counted[lang][one]) for one in used)]) for lang in counted]
    for family in desk.catalog.families:
        out += ["", f"## {desk.own(family.title)} {{ #{family.id} }}", ""]
        out += _head(desk, "status_scenario", [_name(desk, lang) for lang in desk.catalog.languages])
        out += [_row([scenario_link(desk, one.id), *(_sign(desk, found) for found in states[one.id].values())]) for one in family.scenarios]
    return '<div class="hb-status-page" markdown>\n\n' + "\n".join(out) + "\n\n</div>"


def _sign(desk: Desk, found: State) -> str:
    return f"{SIGNS[found]} {desk.word(f'state_{found}')}"


def _name(desk: Desk, lang: str) -> str:
    return escape(desk.own(desk.catalog.languages[lang].label))


def _head(desk: Desk, first: str, rest: list[str]) -> list[str]:
    return [_row([desk.word(first), *rest]), "|" + " --- |" * (len(rest) + 1)]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
