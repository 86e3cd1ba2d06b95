"""The practice inbox on its page: the words and links that its browser code needs; the cases come in a file of their own."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from macros.page import FINDING_WORDS, Desk, page_of

_SHARED = (*FINDING_WORDS, "fulfilment", "fbm", "fba", "colon", "meaning")


def practice_inbox(desk: Desk) -> str:
    """The place of the inbox, and a sentence for use without script."""
    data = json.dumps(inbox_data(desk), ensure_ascii=False, separators=(",", ":"))
    plain = f'<p class="hb-plain">{desk.word("practice_noscript")}</p>'
    return f'{plain}\n\n<div class="hb-practice" data-hb="{escape(data)}"></div>'


def inbox_data(desk: Desk) -> dict[str, Any]:
    """What practice.js reads from the page: words, and the scenarios by family with their pages' addresses."""
    keys = [key for key in desk.catalog.interface if key in _SHARED or key.startswith(("practice_", "score"))]

    def page(scenario_id: str) -> str:
        return desk.link(page_of(desk.catalog, scenario_id)).removesuffix(".md") + "/"

    return {
        "handbook": desk.lang,
        "words": {key: desk.word(key) for key in keys},
        "families": [
            [desk.own(family.title), [[scenario.id, desk.own(scenario.title), page(scenario.id)] for scenario in family.scenarios]]
            for family in desk.catalog.families
        ],
        "tone": desk.link("tone.md").removesuffix(".md"),
        "policy": desk.link("policy/index.md").removesuffix("index.md"),
    }
