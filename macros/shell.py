"""What every command of the command line needs: the repository, its catalogue, and how problems are printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from macros import catalog as catalogs
from macros.catalog import Catalog, CatalogError
from macros.source import Problem


def root() -> Path:
    """The repository: the nearest folder upwards that has templates/_languages.yml, else the one this file is in."""
    here = Path.cwd()
    found = (folder for folder in (here, *here.parents) if (folder / "templates" / "_languages.yml").exists())
    return next(found, Path(__file__).resolve().parent.parent)


def load() -> Catalog:
    """The catalogue; where it cannot be read, every problem is printed and the command ends with exit code 1."""
    try:
        return catalogs.load(root())
    except CatalogError as error:
        report([row(problem, "error") for problem in error.problems], "text")
        raise SystemExit(1) from None


def row(problem: Problem, level: str) -> dict[str, Any]:
    """A problem as `report` prints it."""
    return {"path": problem.path, "line": problem.line, "level": level, "rule": None, "text": problem.text}


def report(rows: Iterable[Mapping[str, Any]], form: str) -> None:
    """Print findings as text, json or github (workflow commands)."""
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
        return
    for found in rows:
        rule = f"[{found['rule']}] " if found["rule"] else ""
        if form == "github":
            click.echo(f"::{found['level']} file={_escape(found['path'], True)},line={found['line']}::{_escape(rule + found['text'])}")
        else:
            click.echo(f"{found['path']}:{found['line']}: {'warning: ' if found['level'] == 'warning' else ''}{rule}{found['text']}")


def _escape(text: str, inside: bool = False) -> str:
    """Text for a workflow command: https://docs.github.com/actions, workflow commands, escapes its data this way."""
    for plain, coded in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *(((":", "%3A"), (",", "%2C")) if inside else ())):
        text = text.replace(plain, coded)
    return text


def stop(problems: Iterable[str], code: int = 1) -> NoReturn:
    """Print what is wrong with what was asked, and end with that exit code."""
    for problem in problems:
        click.echo(problem, err=True)
    raise SystemExit(code)
