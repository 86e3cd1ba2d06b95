"""The command `handbook diff`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros import shell

if TYPE_CHECKING:
    from macros.diff.outline import Block
    from macros.diff.shape import Diff
    from macros.diff.side import Side
    from macros.memo import Memo

LEAST = 2000


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--limit", type=click.IntRange(min=LEAST), metavar="BYTES", help="Leave out what would make text or Markdown longer, and say so.")
def diff(base: str, head: str | None, form: str, limit: int | None) -> None:
    """Show what buyers read differently since BASE (a branch, tag or commit): in HEAD, or else in the files as they are now.

    Both states are read and judged by the present code. Exit code 0 with or without differences, 2 where nothing can be compared.
    """
    from macros.diff.git import GitError

    if form == "json" and limit:
        shell.stop(["--limit is for text and Markdown; JSON cut short is no JSON. Leave one of them out."], code=2)
    try:
        found = compared(shell.root(), base, head)
    except GitError as error:
        shell.stop([str(error)], code=2)
    click.echo(written(found, form, limit, sys.stdout.isatty() and not os.environ.get("NO_COLOR")), nl=False, color=True)


def compared(root: Path, base: str, head: str | None) -> Diff:
    """The difference between two states of the handbook in `root`. Raises GitError with a sentence where they cannot be compared."""
    from macros.diff import git
    from macros.diff.compare import compare
    from macros.diff.side import folders
    from macros.memo import Memo

    memo = Memo(root)  # only read: what the last check found
    first, last = git.commit(root, base), git.commit(root, head) if head else None
    with tempfile.TemporaryDirectory(prefix="handbook-diff-") as name:
        after = _side(root, head or "the work tree", last, Path(name) / "head", memo)
        before = _side(root, base, first, Path(name) / "base", memo)
        homes = folders(before.catalog), folders(after.catalog)
        gone, came = ({scenario: home for scenario, home in mine.items() if scenario not in other} for mine, other in (homes, homes[::-1]))
        files = git.renamed_folders(git.renamed_files(root, first, last), gone, came) if gone and came else {}
        return compare(before, after, files, memo, base, head)


def written(found: Diff, form: str, limit: int | None, colour: bool) -> str:
    """The difference as text, Markdown or JSON, at most `limit` bytes of UTF-8 long."""
    from macros.diff import markdown, outline, text

    if form == "json":
        return found.model_dump_json(indent=1) + "\n"
    head, block = text.writer(colour) if form == "text" else (markdown.head, markdown.block)
    return _cut(head(outline.title(found), outline.summary(found)), outline.blocks(found), block, limit)


def _cut(head: str, blocks: Iterable[Block], write: Callable[[Block], str], limit: int | None) -> str:
    """The head and every block that still fits, smaller ones also after one that did not; and how many did not."""
    from macros.diff.outline import Block, Note

    def closing(number: int) -> str:
        text = f"{number} left out: with them this would be longer than {limit} bytes. Run `handbook diff` without --limit to read them."
        return write(Block("Cut for length", (Note(text),)))

    pieces, left, missing = [head], (limit or 0) - len(head.encode()) - len(closing(10**6).encode()), 0
    for piece in map(write, blocks):
        size = len(piece.encode())
        if limit and size > left:
            missing += 1
            continue
        pieces.append(piece)
        left -= size
    return "".join([*pieces, closing(missing)] if missing else pieces)


def _side(root: Path, name: str, commit: str | None, folder: Path, memo: Memo) -> Side:
    """A state: the work tree in `root`, or a commit written to `folder`."""
    from macros.catalog import read
    from macros.diff import git
    from macros.diff.side import side

    if commit:
        git.write(root, commit, folder)
    catalog, problems = read(folder if commit else root, memo)
    if catalog is None:
        raise git.GitError("\n".join([f"{name} does not load, so nothing can be compared:", *map(str, problems)]))
    if not problems:
        # The other state mostly has the same rules; what compiles once need not be compiled to see that it does.
        memo.mark_sound(catalog.rules_fingerprint(lang) for lang in catalog.languages)
    return side(catalog, problems)
