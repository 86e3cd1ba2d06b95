"""The commands of the finder: `handbook find`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from macros import shell
from macros.finder.lines import FinderError
from macros.source import Problem


@click.command()
@click.argument("message", required=False)
@click.option("--jsonl", type=click.File(encoding="utf-8"), help='A file with a row {"id": ..., "text": ...} a line; - reads the input.')
def find(message: str | None, jsonl: Any) -> None:
    """Suggest scenarios for a buyer's MESSAGE, as the home page does; one row of JSON a message.

    The rows hold the id, `scenarios` (best first, at most three, empty where nothing fits; each with score and the words that spoke for it),
    `language`, `orderId`, `buyerName` and what else was read, and `mood`. The browser's own module is run here too.
    """
    from macros.finder import engine, index  # a JavaScript engine: only this command waits for it

    if (message is None) == (jsonl is None):
        shell.stop(["Give either a message, or --jsonl FILE."])
    rows = [{"id": None, "text": message}] if jsonl is None else list(_rows(jsonl))
    catalog = shell.load()
    try:
        found = engine.find(index.prepared(catalog), [row["text"] for row in rows])
    except FinderError as error:
        shell.report([shell.row(problem, "error") for problem in error.problems], "text")
        raise SystemExit(1) from None
    for row, one in zip(rows, found, strict=True):
        click.echo(json.dumps({"id": row["id"], **one}, ensure_ascii=False))


def _rows(jsonl: Any) -> Iterator[dict[str, Any]]:
    """The rows of a file, all of them or none: every line that cannot be read is named."""
    rows, problems = [], []
    for number, line in enumerate(jsonl, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ValueError
        except ValueError:
            problems.append(Problem(jsonl.name, number, 'Not a row {"id": ..., "text": "..."}. Write one JSON object a line.'))
        else:
            rows.append({"id": row.get("id"), "text": row["text"]})
    if problems:
        shell.stop(map(str, problems))
    yield from rows
