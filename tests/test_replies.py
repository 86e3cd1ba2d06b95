"""Whole replies by authors who had not seen the rules: what the rules catch of the bad ones, and what they cry wolf at.

`<language>.development.jsonl` was open while the rules were written; `<language>.final.jsonl` was opened once, at the end.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.catalog import load
from macros.tone import Context, check
from tests.conftest import ROOT

CATALOG = load(ROOT)
FOLDER = ROOT / "tests" / "replies"
KINDS: dict[str, list[str]] = yaml.safe_load((FOLDER / "kinds.yml").read_text(encoding="utf-8"))
FILES = sorted(FOLDER.glob("*.jsonl"))
IDS = [file.stem for file in FILES]


@dataclass
class Score:
    """Counts over one file: bad replies caught by an error rule of their kind, good ones with an error, good ones flagged at all."""

    bad: Counter[str]
    caught: Counter[str]
    good: int = 0
    errors: int = 0
    flagged: int = 0

    @property
    def recall(self) -> float:
        return self.caught.total() / self.bad.total()


def replies(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def score(file: Path) -> Score:
    found = Score(Counter(), Counter())
    lang = file.name.split(".")[0]
    for reply in replies(file):
        hits = check(
            reply["text"],
            CATALOG.ruleset(lang),
            Context(lang, frozenset({reply["fulfilment"]} if "fulfilment" in reply else ()), reply.get("scenario")),
        )
        errors = {hit.rule for hit in hits if hit.level == "error"}
        if reply["verdict"] == "bad":
            found.bad[reply["kind"]] += 1
            found.caught[reply["kind"]] += not errors.isdisjoint(KINDS[reply["kind"]])
        else:
            found.good += 1
            found.errors += bool(errors)
            found.flagged += bool(hits)
    return found


def test_there_are_enough_replies_of_every_kind_in_every_language() -> None:
    for lang in CATALOG.languages:
        rows = [row for part in ("development", "final") for row in replies(FOLDER / f"{lang}.{part}.jsonl")]
        bad = Counter(row["kind"] for row in rows if row["verdict"] == "bad")
        assert set(bad) == set(KINDS)
        assert min(bad.values()) >= 4
        assert bad.total() >= 60
        assert len(rows) - bad.total() >= 60
        assert len({row["text"] for row in rows}) == len(rows)


def test_the_kinds_name_rules_that_exist() -> None:
    assert {rule for rules in KINDS.values() for rule in rules} <= set(CATALOG.ideas)


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_bad_replies_are_caught_and_good_ones_left_alone(
    file: Path, record_property: pytest.RecordProperty, capsys: pytest.CaptureFixture[str]
) -> None:
    found = score(file)
    missed = ", ".join(f"{kind} {found.caught[kind]}/{total}" for kind, total in sorted(found.bad.items()) if found.caught[kind] < total)
    precision = found.caught.total() / (found.caught.total() + found.errors)
    line = (
        f"{file.stem}: recall {found.recall:.2f} of {found.bad.total()} bad, precision {precision:.2f}; "
        f"of {found.good} good {found.errors} with an error, {found.flagged} flagged. Missed: {missed or 'none'}"
    )
    with capsys.disabled():
        print(f"\n{line}", end=" ")
    assert found.recall >= 0.85, line
    assert found.errors <= 0.03 * found.good, line
    assert found.flagged <= 0.10 * found.good, line
