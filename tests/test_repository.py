"""The repository around the words: locked dependencies, pinned actions, honest top level."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from macros.__main__ import main
from tests.conftest import run

TOP = {
    ".ci", ".github", ".gitignore", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "benchmarks", "docs", "macros",
    "mkdocs.yml", "mkdocs.zh.yml", "overrides", "pyproject.toml", "requirements.lock", "templates", "tests",
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
    granted = {}
    for file in workflow_files(root):
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert workflow["permissions"] in ({}, {"contents": "read"}), file.name
        granted |= {
            f"{file.stem}/{name}": {key for key, value in job.get("permissions", {}).items() if value == "write"} for name, job in jobs(workflow)
        }
        for step in steps(workflow):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, file.name
    assert {name: rights for name, rights in granted.items() if rights} == {"facts/due": {"issues"}, "check/publish": {"pages", "id-token"}}


def jobs(workflow: dict[str, Any]) -> Any:
    return workflow["jobs"].items()


def the_check(root: Path) -> dict[str, Any]:
    found = yaml.load((root / ".github/workflows/check.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # `on` is a word here, not yes
    assert isinstance(found, dict)
    return found


def test_the_words_of_strangers_meet_no_secret_and_reach_no_command(root: Path) -> None:
    assert set(the_check(root)["on"]) == {"pull_request", "push"}
    for file in workflow_files(root):
        text = file.read_text(encoding="utf-8")
        assert "secrets." not in text, file.name
        for step in steps(yaml.safe_load(text)):
            assert "${{" not in step.get("run", "") + str(step.get("with", {}).get("script", "")), f"{file.name}: hand it over in env"


def test_one_job_stands_for_all_and_publishing_comes_after_it(root: Path) -> None:
    found = the_check(root)["jobs"]
    publishing = {name for name, job in found.items() if "github.event_name == 'push' && github.ref == 'refs/heads/main'" in job.get("if", "")}
    after = {name for name, job in found.items() if job.get("needs") in list(publishing)} | publishing
    assert after == {"pages", "publish"}
    assert all(found[name]["needs"] == "ok" for name in publishing)
    assert set(found["ok"]["needs"]) == set(found) - after - {"ok"}
    assert found["ok"]["if"] == "always()", "a job that is left out counts as passed"
    (step,) = found["ok"]["steps"]
    results = {f"${{{{ needs.{name}.result }}}}" for name in found["ok"]["needs"]}
    assert set(step["env"].values()) == results
    assert step["run"] == " && ".join(f'test "${name}" = success' for name in step["env"])


def test_a_proposal_is_annotated_summed_up_built_and_tested(root: Path) -> None:
    found = the_check(root)["jobs"]
    words = [step.get("run", step.get("uses", "").partition("@")[0]) for step in found["words"]["steps"]]
    wanted = ["handbook check --format github", "handbook diff", "make build", "actions/upload-artifact"]
    places = [next(at for at, word in enumerate(words) if part in word) for part in wanted]
    assert places == sorted(places)
    assert found["words"]["steps"][0]["with"]["fetch-depth"] == "0", "the comparison needs the other state"
    assert "make test" in [step.get("run") for step in found["test"]["steps"]]


def commands(root: Path) -> list[list[str]]:
    """Every simple command of every workflow, as words."""
    lines = [step["run"] for file in workflow_files(root) for step in steps(yaml.safe_load(file.read_text(encoding="utf-8"))) if "run" in step]
    return [shlex.split(one) for line in lines for one in re.split(r"&&|\|\||[|;\n]", line) if one.strip()]


def test_every_command_of_a_workflow_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert len(commands(root)) > 5
    for words in commands(root):
        if words[0] == "make":
            assert words[1] in targets, words
        elif words[0] == ".venv/bin/handbook":
            assert words[1] in main.commands, f"`handbook {words[1]}` is no command"
            known = {name for option in main.commands[words[1]].params if isinstance(option, click.Option) for name in option.opts}
            assert {word for word in words if word.startswith("--")} <= known, words
        else:
            assert words[0] == "test", words


SCHEMAS = {
    "vendor.github-workflows": "workflows/*.yml",
    "vendor.github-issue-forms": "ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-issue-config": "ISSUE_TEMPLATE/config.yml",
    "vendor.dependabot": "dependabot.yml",
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_the_host_reads_fits_its_schema(root: Path, schema: str) -> None:
    files = sorted(str(file) for file in (root / ".github").glob(SCHEMAS[schema]))
    assert files
    done = run("check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_for_the_host_is_held_against_a_schema(root: Path) -> None:
    held = {file for pattern in SCHEMAS.values() for file in (root / ".github").glob(pattern)}
    assert held == {file for file in (root / ".github").rglob("*") if file.suffix in (".yml", ".yaml")}


def test_zizmor_finds_nothing(root: Path) -> None:
    done = run("zizmor", "--offline", "--no-progress", ".github")
    assert done.returncode == 0, done.stdout + done.stderr
    for file in (root / ".github").rglob("*.yml"):
        assert "zizmor: ignore" not in file.read_text(encoding="utf-8"), file


def test_forms_ask_for_no_buyer_s_details_and_in_both_languages(root: Path) -> None:
    forms = sorted((root / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml"))
    assert [form.stem for form in forms] == ["finding", "policy", "scenario", "wording"]
    for form in forms:
        data = yaml.safe_load(form.read_text(encoding="utf-8"))
        fields = [field for field in data["body"] if field["type"] != "markdown"]
        for text in (data["name"], data["description"], *(field["attributes"]["label"] for field in fields)):
            assert re.search(r"[a-z].* · .*[一-鿿]", text), text
        assert any(field.get("validations", {}).get("required") for field in fields)
        if form.stem != "policy":
            assert "不要写姓名" in data["body"][0]["attributes"]["value"]
    assert (root / ".github/pull_request_template.md").read_text(encoding="utf-8").count("?") == 3


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
