"""The browser's finder run here: what learns, what ranks on the command line and what ranks in the browser read messages alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.javascript import Module

ENTRY = Path(__file__).resolve().parents[2] / "overrides/assets/finder.js"


def counts(texts: Sequence[str]) -> list[dict[str, int]]:
    """The signs of each text, and how often each stands in it."""
    with Module(ENTRY) as finder:
        pairs = finder.ask("given[0].map((text) => [...own.read(text).signs].map(([sign, places]) => [sign, places.length]))", list(texts))
    return [dict(signs) for signs in pairs]


def find(index: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """For each message what the browser shows by `index` (JSON): `scenarios`, best first and empty where nothing fits; what is read; the mood."""
    each = "const read = own.extract(text); return { scenarios: own.rank(text, given[0]), ...read, mood: own.mood(text, read.language) };"
    with Module(ENTRY) as finder:
        return finder.ask(f"given[1].map((text) => {{ {each} }})", json.loads(index), list(texts))
