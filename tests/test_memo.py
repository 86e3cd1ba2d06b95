"""The check's memory: it spares work and never hides a change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros import tone
from macros.catalog import load
from macros.check import Remark, check
from macros.memo import Memo
from tests.conftest import ROOT

MESSAGE = "templates/usage-help/setup/en.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    remarks(tmp_path)
    return tmp_path


def remarks(project: Path) -> list[Remark]:
    """One run of the check with its memory, as `handbook check` makes it."""
    memo = Memo(project)
    found = check(load(project, memo), memo)
    memo.save()
    return found


def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the rules really look at from now on."""
    seen: list[str] = []
    real = tone.check

    def spy(text: str, *rest: object) -> tuple[tone.Finding, ...]:
        seen.append(text)
        return real(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(tone, "check", spy)
    return seen


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_judged_twice(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = judged(monkeypatch)
    assert remarks(project) == []
    assert seen == []


def test_only_a_changed_message_is_judged_anew_and_its_mistake_is_found_each_time(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = judged(monkeypatch)
    replace(project / MESSAGE, "Thank you", "Unfortunately we cannot help. Thank you")
    first = remarks(project)
    assert {remark.rule for remark in first} >= {"no-unfortunately", "no-refusal"}
    assert {remark.path for remark in first} == {MESSAGE}
    assert len(seen) == 2, "the message with and without the buyer's name"
    assert remarks(project) == first, "what was found before is said again"
    assert len(seen) == 2


def test_a_changed_rule_is_heard_at_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = judged(monkeypatch)
    replace(project / "templates/_tone/de.yml", "rules:\n", "rules:\n" + RULE)
    replace(project / "templates/_tone/all.yml", "ideas:\n", "ideas:\n" + IDEA)
    found = remarks(project)
    assert {remark.rule for remark in found} == {"no-lamp"}
    assert all(remark.path.endswith("/de.md") for remark in found)
    assert {"Mit freundlichen" in text for text in seen} == {True}, "only German has other rules now"
    assert len(seen) == 66


RULE = """  - id: no-lamp
    kind: avoid
    level: warning
    phrases: [Schreibtischlampe]
    say: {en: "Name no lamp.", zh: 不要写台灯。}
    bad: [Die Schreibtischlampe ist da.]
    good: [Der Artikel ist da.]
"""
IDEA = """  no-lamp:
    title: {en: No lamps, zh: 不写台灯}
    group: tone
    why: {en: Only for this test., zh: 仅供测试。}
"""


def test_rules_that_do_not_compile_are_refused_with_a_memory_too(project: Path) -> None:
    replace(project / "templates/_tone/de.yml", "rules:\n", "rules:\n" + RULE.replace("phrases: [Schreibtischlampe]", "patterns: ['a\\b']"))
    replace(project / "templates/_tone/all.yml", "ideas:\n", "ideas:\n" + IDEA)
    for _ in range(2):
        with pytest.raises(Exception, match="Python and JavaScript do not read alike"):
            remarks(project)


@pytest.mark.parametrize("damage", ["", "{", "[]", "\udcff"])
def test_a_damaged_memory_is_as_none(project: Path, damage: str) -> None:
    (project / ".cache/handbook-check.json").write_text(damage, encoding="utf-8", errors="surrogateescape")
    assert remarks(project) == []
