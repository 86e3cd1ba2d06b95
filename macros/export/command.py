"""The command `handbook export`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from macros.export import FILES, ExportError, contents
from macros.shell import load, root, stop


@click.command()
@click.argument("formats", nargs=-1, required=True, type=click.Choice(list(FILES)))
@click.option("--lang", "langs", multiple=True, help="A language of the texts; repeat it for more. Default: all.")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder for the files; made where it is missing.")
def export(formats: tuple[str, ...], langs: tuple[str, ...], folder: Path) -> None:
    """Write the messages for other programs: one record per message and combination, as json (with its schema), csv or xlsx.

    The same words give the same bytes. The commit is in the JSON only where HANDBOOK_COMMIT names it.
    """
    from macros.export.files import write
    from macros.export.records import export as gather
    from macros.memo import Memo

    try:
        # What the last check judged need not be judged again. The memo is not saved: it would forget what this run does not ask for.
        made = gather(load(), langs, Memo(root()), os.environ.get("HANDBOOK_COMMIT") or None)
        files = {name: data for form in dict.fromkeys(formats) for name, data in contents(made, form).items()}
        written = write(folder, files)
    except ExportError as error:
        stop(error.problems)
    for path in written:
        click.echo(f"{path}: {len(made.messages)} messages, {path.stat().st_size // 1000} kB." if "schema" not in path.name else str(path))
