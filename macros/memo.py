"""What the last check found, so that the next one judges anew only what has changed.

Kept in .cache/ (not in git), as plain JSON. A text is known by a fingerprint of everything its findings depend on: the
text and its parts, the scenario and picks, the rules of its language, and the engine that ran them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import regex

from macros import pattern, tone

FILE = Path(".cache/handbook-check.json")


def digest(*pieces: str) -> str:
    """A fingerprint of texts, in their order."""
    return hashlib.sha256("\0".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def engine() -> str:
    """A fingerprint of the code that finds: our two modules, the regex package, and the Unicode tables."""
    sources = (Path(module.__file__).read_text(encoding="utf-8") for module in (tone, pattern))
    return digest(*sources, regex.__version__, unicodedata.unidata_version)


class Memo:
    """Findings by fingerprint; what this run did not ask for is forgotten when it is saved."""

    def __init__(self, root: Path, fresh: bool = False) -> None:
        self.file = root / FILE
        known = {} if fresh else self._read()
        self._sound, self._texts = set(known.get("sound", ())), known.get("texts", {})
        self._asked: dict[str, list[list[object]]] = {}
        self._found_sound: set[str] = set()

    def _read(self) -> dict[str, dict[str, list[list[object]]]]:
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def is_sound(self, rules: str) -> bool:
        """Whether rules with this fingerprint were compiled before without a problem, in this run or the last."""
        return rules in self._sound or rules in self._found_sound

    def mark_sound(self, rules: Iterable[str]) -> None:
        """Remember that these rules compile."""
        self._found_sound.update(rules)

    def get(self, key: str) -> list[list[object]] | None:
        """The findings of a text as [rule, level, start, end], or None if it must be judged."""
        found = self._texts.get(key)
        if found is not None:
            self._asked[key] = found
        return found

    def put(self, key: str, found: list[list[object]]) -> None:
        """Remember the findings of a text."""
        self._asked[key] = found

    def save(self) -> None:
        """Write what this run asked for, in one move, so that a reader never sees half of it."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        half = self.file.with_suffix(".new")
        half.write_text(json.dumps({"sound": sorted(self._found_sound), "texts": self._asked}), encoding="utf-8")
        half.replace(self.file)
