"""The repository around the words: locked dependencies, pinned actions, honest top level."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = {
    ".ci", ".github", ".gitignore", "LICENSE", "Makefile", "README.md", "benchmarks", "docs", "macros", "mkdocs.yml", "mkdocs.zh.yml", "overrides",
    "pyproject.toml", "requirements.lock", "templates", "tests",
}  # fmt: skip


def tracked(root: Path) -> list[str]:
    """Files that git would commit (tracked, or new and not ignored)."""
    import subprocess

    done = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if (root / line).exists()]


def workflow_files(root: Path) -> list[Path]:
    found = sorted((root / ".github/workflows").glob("*.yml"))
    assert found
    return found


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def test_nothing_unexpected_lies_at_the_top(root: Path) -> None:
    assert {path.split("/")[0] for path in tracked(root)} == TOP


def test_every_locked_package_has_hashes_and_no_address(root: Path) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    assert "http" not in text
    assert "--index" not in text
    entries = re.findall(r"^[a-z0-9][\w.\-\[\]]*==\S+.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(entries) > 30
    for entry in entries:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_everything_asked_for_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = set(re.findall(r"^([a-z0-9][\w.\-]*)==", (root / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    for requirement in asked:
        assert re.split(r"[<>=!\[ ]", requirement)[0].lower() in locked, requirement


def test_actions_are_pinned_by_full_hash(root: Path) -> None:
    used = [step["uses"] for file in workflow_files(root) for step in steps(yaml.safe_load(file.read_text(encoding="utf-8"))) if "uses" in step]
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action


def test_workflows_grant_no_more_than_they_need(root: Path) -> None:
    for file in workflow_files(root):
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert workflow["permissions"] in ({}, {"contents": "read"}), file.name
        for step in steps(workflow):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, file.name


def test_every_command_of_a_workflow_is_a_target_of_the_makefile(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = [step["run"] for file in workflow_files(root) for step in steps(yaml.safe_load(file.read_text(encoding="utf-8"))) if "run" in step]
    assert commands
    for command in commands:
        assert command.split()[0] == "make", command
        assert command.split()[1] in targets, command


def test_the_continuous_integration_runs_what_everybody_runs(root: Path) -> None:
    assert "exec make test" in (root / ".ci/run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["MIT", "CC BY 4.0", "CC0"])
def test_the_licence_names_all_three(root: Path, name: str) -> None:
    assert name in (root / "LICENSE").read_text(encoding="utf-8")
    assert name in (root / "README.md").read_text(encoding="utf-8")


def test_the_pictures_of_the_readme_are_there(root: Path) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert pictures
    for picture in pictures:
        assert (root / picture).is_file(), picture
