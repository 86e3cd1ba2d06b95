"""The commands that keep the languages together: translated, status, new-language."""

from __future__ import annotations

from datetime import datetime

import click

from macros.shell import load, root, stop


@click.command()
@click.argument("scenarios", nargs=-1)
@click.argument("lang")
@click.option("--all", "every", is_flag=True, help="Every message of the language, in place of naming them.")
def translated(scenarios: tuple[str, ...], lang: str, every: bool) -> None:
    """Record that the messages of SCENARIOS in LANG say what the English says now; only that line of each file changes."""
    from macros.languages import RecordError, record

    found = load()
    if every == bool(scenarios):
        stop(["Name the scenarios, or say --all: handbook translated SCENARIO... LANG"])
    wanted = [name for name in found.scenarios if (name, lang) in found.messages] if every else list(dict.fromkeys(scenarios))
    try:
        written = record(found, wanted, lang)
    except RecordError as error:
        stop([str(error)])
    for path in written:
        click.echo(path)
    click.echo(f"{len(written)} of {len(wanted)} records changed.")


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="Also the facts to be looked at again by this day (year-month-day).")
def status(form: str, due: datetime | None) -> None:
    """What stands and what waits: every scenario in every language, near-twins, and what is unused, outlived or due.

    No clock is read: the day is yours to give. Exit code 0 whatever is found.
    """
    from macros import status as sheet
    from macros.memo import Memo

    found, memo = load(), Memo(root())
    gathered = sheet.gather(found, due.date() if due else None, memo)
    memo.save()
    click.echo({"text": sheet.as_text, "markdown": sheet.as_markdown, "json": sheet.as_json}[form](found, gathered))


@click.command(name="new-language")
@click.argument("lang")
@click.option("--locale", required=True, help="How dates and amounts are written, such as fr-FR.")
@click.option("--name", help="What its readers call it. Default: as the locale names itself.")
@click.option("--english", help="Its name in English. Default: that of the locale's language.")
@click.option("--chinese", help="Its name in Chinese. Default: that of the locale's language.")
@click.option("--home", multiple=True, help="A store whose buyers mostly write it; repeat it. Default: the store of the locale's country.")
def new_language(lang: str, locale: str, name: str | None, english: str | None, chinese: str | None, home: tuple[str, ...]) -> None:
    """Begin a message language: its entry, its shared greeting and closing, and its file of rules.

    Both handbooks build with it at once and do not show it before its first message; `handbook check` names what is left to write.
    """
    from macros.scaffold import ScaffoldError, begin_language

    try:
        written = begin_language(load(), lang, locale, name, english, chinese, home)
    except ScaffoldError as error:
        stop([str(error)])
    for path in written:
        click.echo(path)
    click.echo("Run `handbook check` to see what is left to write, and `handbook status` to see which messages.")


COMMANDS = (translated, status, new_language)
