"""The command `handbook export`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from macros.catalog import Catalog
from macros.export import FILES, ExportError, contents
from macros.shell import load, report, root, row, stop


@click.command()
@click.argument("formats", nargs=-1, required=True, type=click.Choice([*FILES, "finder"]))
@click.option("--lang", "langs", multiple=True, help="A language of the texts; repeat it for more. Default: all.")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="The folder for the files; made where it is missing.")
def export(formats: tuple[str, ...], langs: tuple[str, ...], folder: Path | None) -> None:
    """Write the messages for other programs: one record per message and combination, as json (with its schema), csv or xlsx.

    The same words give the same bytes. The commit is in the JSON only where HANDBOOK_COMMIT names it. finder is the index that the home page
    ranks a buyer's message by; without --to it is printed.
    """
    from macros.export.files import write

    messages = [form for form in dict.fromkeys(formats) if form != "finder"]
    if folder is None and messages:
        stop(["Say where the files go: --to FOLDER."])
    catalog = load()
    index = _index(catalog) if "finder" in formats else None
    if folder is None:
        click.echo(index)
        return
    try:
        count, files = _messages(catalog, langs, messages) if messages else (0, {})
        if index is not None:
            files["finder.json"] = index.encode()
        written = write(folder, files)
    except ExportError as error:
        stop(error.problems)
    for path in written:
        many = f"{count} messages, " if path.name.startswith("messages") and "schema" not in path.name else ""
        click.echo(f"{path}: {many}{path.stat().st_size // 1000} kB.")


def _messages(catalog: Catalog, langs: tuple[str, ...], formats: list[str]) -> tuple[int, dict[str, bytes]]:
    """How many messages, and the files of these formats. Raises ExportError."""
    from macros.export.records import export as gather
    from macros.memo import Memo

    # What the last check judged need not be judged again. The memo is not saved: it would forget what this run does not ask for.
    made = gather(catalog, langs, Memo(root()), os.environ.get("HANDBOOK_COMMIT") or None)
    return len(made.messages), {name: data for form in formats for name, data in contents(made, form).items()}


def _index(catalog: Catalog) -> str:
    from macros.finder.index import prepared
    from macros.finder.lines import FinderError

    try:
        return prepared(catalog)
    except FinderError as error:
        report([row(problem, "error") for problem in error.problems], "text")
        raise SystemExit(1) from None
