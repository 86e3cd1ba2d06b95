"""The drills on a page: the host that the browser fills (onboarding/drills.js), with its words and addresses."""

from __future__ import annotations

import json
from html import escape

from macros.page import Desk

_WORDS = ("fbm", "fba", "fulfilment", "official", "secondary", "unverified", "finding_fact", "colon")
_GROUPS = ("group_", "part_", "drill_")


def drills(desk: Desk) -> str:
    """The place of the drills, and what is said where scripts do not run."""
    catalog = desk.catalog
    data = {
        "handbook": desk.lang,
        "languages": {lang: desk.own(language.label) for lang, language in catalog.languages.items()},
        "scenarios": {name: [desk.own(one.title), desk.own(one.when), catalog.family_of(name).id] for name, one in catalog.scenarios.items()},
        "words": {key.removeprefix("drill_"): desk.word(key) for key in catalog.interface if key in _WORDS or key.startswith(_GROUPS)},
    }
    text = escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")), quote=False).replace("'", "&#39;")
    return f"<div class='hb-drills' data-hb='{text}'></div>\n\n<p class=\"hb-drills-plain\">{escape(desk.word('drill_noscript'))}</p>"
