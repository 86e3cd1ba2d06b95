"""The index that the finder ranks by, made at build and remembered while nothing it was made from has changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

from macros.finder.engine import ENTRY
from macros.finder.lines import lines
from macros.javascript import modules
from macros.library import Catalog
from macros.memo import digest

FILE = "overrides/assets/data/finder.json"
WEIGHTS = 128_000  # in all languages together, so that more lines make the index better and not larger


def prepared(catalog: Catalog) -> str:
    """The index as JSON: `scenarios` in the map's order, and for each language a model (see `unpacked` in finder.js).

    The same lines and code give the same bytes; they are learned from anew, and kept in FILE, only where one of them has changed.
    Raises FinderError with all problems of the lines.
    """
    own = lines(catalog)
    code = [path.read_text(encoding="utf-8") for path in (*sorted(Path(__file__).parent.glob("*.py")), *modules(ENTRY))]
    made = digest(*code, *catalog.scenarios, repr([[(line.text, line.scenario) for line in said] for said in own.values()]), *own)
    file, head = catalog.root / FILE, f'{{"made":"{made}",'
    if file.exists() and (text := file.read_text(encoding="utf-8")).startswith(head):
        return text
    from macros.finder.learning import learned  # numbers and an engine: only here are they waited for

    names = list(catalog.scenarios)
    shares = {lang: 1000 + len(said) for lang, said in own.items() if said}
    room = {lang: WEIGHTS * share // sum(shares.values()) for lang, share in shares.items()}
    data = {"scenarios": names, "models": {lang: learned(own[lang], names, room[lang]) for lang in shares}}
    text = head + json.dumps(data, ensure_ascii=False, separators=(",", ":"))[1:]
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{os.getpid()}")  # whoever reads beside this never sees half of it
    half.write_text(text, encoding="utf-8")
    half.replace(file)
    return text
