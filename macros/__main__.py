"""The command line `handbook`: check, render, new, nav, tone, facts, assets, offline; the other commands in modules of their own."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from macros import catalog as catalogs
from macros import language_commands, tone
from macros.catalog import Catalog, CatalogError, combinations
from macros.diff.command import diff
from macros.export.command import export
from macros.finder.commands import find
from macros.message import GREETINGS, assemble
from macros.model import Scenario
from macros.owners import owners
from macros.shell import load as _load
from macros.shell import report as _report
from macros.shell import root as _root
from macros.shell import row as _row
from macros.shell import stop as _stop
from macros.source import Problem
from macros.values import ValueProblem, example, locale_of, remark, show

# A command lives for a second and makes many objects that it keeps: looking for garbage among them costs a tenth of it.
gc.set_threshold(100_000, 50, 50)


@click.group()
def main() -> None:
    """The After-Sales Handbook's messages: check them, put one together, begin a new one."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How findings are printed.")
@click.option("--jsonl", type=click.File(encoding="utf-8"), help="Check finished replies, one JSON object a line, instead of the templates.")
@click.option("--fresh", is_flag=True, help="Judge every message anew, also those unchanged since the last check.")
@click.option("--say-in", type=click.Choice(["en", "zh"]), default="en", help="Language of the advice with --jsonl.")
def check(paths: tuple[str, ...], form: str, jsonl: Any, fresh: bool, say_in: str) -> None:
    """Check everything (or what concerns PATHS): the catalogue, the pages, and every message against the rules.

    Exit code 1 if there is an error, 0 if there are warnings at most.
    """
    if jsonl is not None:
        try:
            text = jsonl.read()
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            _report([_row(Problem(jsonl.name, line, "The file is not UTF-8. Save it in the encoding UTF-8."), "error")], "text")
            raise SystemExit(1) from None
        _check_replies(jsonl.name, text, say_in)
        return
    rows, counted = _check_rows(fresh)
    wanted = [_relative(path) for path in paths]
    rows = [row for row in rows if not wanted or any(row["path"] == path or row["path"].startswith(f"{path}/") for path in wanted)]
    _report(rows, form)
    errors = sum(row["level"] == "error" for row in rows)
    if form == "text":
        click.echo(f"{counted} messages checked: {errors} errors, {len(rows) - errors} warnings.")
    raise SystemExit(1 if errors else 0)


def _check_rows(fresh: bool) -> tuple[list[dict[str, Any]], int]:
    from macros.check import check as check_messages
    from macros.languages import record_warnings, unready
    from macros.memo import Memo
    from macros.pages import page_problems
    from macros.practice import cases, reply_problems

    memo = Memo(_root(), fresh)
    try:
        found = catalogs.load(_root(), memo)
    except CatalogError as error:
        readable = error.catalog and not any(problem.path == "templates/_interface.yml" for problem in error.problems)
        problems = [*error.problems, *(page_problems(error.catalog, whole=False) if readable else ())]
        return [_row(problem, "error") for problem in sorted(problems)], 0
    try:
        problems = [_row(problem, "error") for problem in page_problems(found)]
    except CatalogError as error:
        problems = [_row(problem, "error") for problem in error.problems]
    try:
        problems += [_row(problem, "error") for problem in reply_problems(found, cases(found), memo)]
    except CatalogError as error:
        problems += [_row(problem, "error") for problem in error.problems]
    remarks = [
        {"path": item.path, "line": item.line, "level": item.level, "rule": item.rule, "text": f"{_quoted(item.match)}{item.say}"}
        for item in check_messages(found, memo)
    ]
    memo.save()
    problems += [_row(problem, "warning") for problem in record_warnings(found)]
    problems += [_row(problem, level) for level, problem in unready(found)]
    counted = sum(len(combinations(found.scenarios[name])) * len(GREETINGS) for name, _ in found.messages)
    return sorted([*problems, *remarks], key=lambda row: (row["path"], row["line"], row["rule"] or "")), counted


def _quoted(match: str) -> str:
    return f"'{match}': " if match else ""


def _relative(path: str) -> str:
    full = Path(path).resolve()
    if not full.is_relative_to(_root()):
        raise click.BadParameter(f"{path} is not in the handbook's folder {_root()}. Name a file or folder of it.")
    return full.relative_to(_root()).as_posix()


def _check_replies(name: str, text: str, say_in: str) -> None:
    found = _load()
    rows, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row, wrong = _reply(found, line)
            rows.append(row)
            problems += [Problem(name, number, sentence) for sentence in wrong]
    if problems:
        _report([_row(problem, "error") for problem in problems], "text")
        raise SystemExit(1)
    rulesets = {lang: found.ruleset(lang) for lang in {row["lang"] for row in rows}}
    for row in rows:
        kind = found.scenarios[row["scenario"]].kind if row.get("scenario") else None
        picks = frozenset([row["fulfilment"]] if row.get("fulfilment") else [])
        context = tone.Context(row["lang"], picks, row.get("scenario"), kind)
        hits = [
            {"rule": hit.rule, "level": hit.level, "start": hit.start, "end": hit.end, "match": hit.match, "say": getattr(hit.say, say_in)}
            for hit in tone.check(row["text"], rulesets[row["lang"]], context)
        ]
        click.echo(json.dumps({"id": row["id"], "findings": hits}))  # ASCII: half an emoji typed by a buyer cannot be written as UTF-8


def _reply(found: Catalog, line: str) -> tuple[dict[str, Any], list[str]]:
    """A row of finished replies, and what is wrong with it."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return {}, [f"This is not JSON: {error.msg} at column {error.colno}. Write one object a line."]
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        return {}, ["This JSON is too deep or too long to read. Write one flat object a line."]
    if not isinstance(row, dict):
        return {}, ['The line is not an object. Write {"id": ..., "lang": ..., "text": ...}.']
    wrong = [f"'{key}' is missing or not text. Add it." for key in ("lang", "text") if not isinstance(row.get(key), str)]
    wrong += ["'id' is missing. Add it."] if "id" not in row else []
    for key, known in (("lang", found.languages), ("fulfilment", ("fbm", "fba")), ("scenario", found.scenarios)):
        if row.get(key) is not None and isinstance(row[key], str) and row[key] not in known:
            wrong.append(f"Unknown {key} '{row[key]}'. Use one of: {', '.join(known)}.")
        elif row.get(key) is not None and not isinstance(row[key], str) and key != "lang":
            wrong.append(f"'{key}' is not text. Mend or remove it.")
    return row, wrong


@main.command()
@click.argument("scenario")
@click.option("--lang", default="en", show_default=True, help="Message language.")
@click.option("--choose", multiple=True, help="What is picked: fbm or fba, and the choice's value. Repeat it for both.")
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="A value; dates as year-month-day, amounts as a plain number.")
@click.option("--greeting", type=click.Choice(GREETINGS), help="Default: named if buyer_name is set, else nameless.")
@click.option("--store", help="The buyer's store, for currency and dates. Default: the language's first.")
@click.option("--examples", is_flag=True, help="Fill what is not set with the examples of _variables.yml.")
def render(
    scenario: str, lang: str, choose: tuple[str, ...], pairs: tuple[str, ...], greeting: str | None, store: str | None, examples: bool
) -> None:
    """Put one message together and print it."""
    found = _load()
    problems: list[str] = []
    typed = dict(_pair(pair, problems) for pair in pairs)
    greeting = greeting or ("named" if typed.get("buyer_name") or examples else "nameless")
    picks = _picks(found, scenario, lang, choose, store, problems)
    if problems:
        _stop(problems)
    if examples:
        needed = assemble(found.messages[scenario, lang], found.shared[lang], picks, greeting, {}).placeholders
        typed = {**{name: example(found.variables[name], lang) for name in needed}, **typed}
    values = _values(found, typed, lang, store or found.languages[lang].home[0], problems)
    done = assemble(found.messages[scenario, lang], found.shared[lang], picks, greeting, values)
    problems += [f"{name}: is missing. Add --set {name}=..." for name in done.missing if name not in typed or name in values]
    problems += [f"{name}: no blank of this message has that name. Remove it." for name in typed if name not in done.placeholders]
    if problems:
        _stop(problems)
    click.echo(done.text)


def _pair(pair: str, problems: list[str]) -> tuple[str, str]:
    name, mark, value = pair.partition("=")
    if not mark:
        problems.append(f"--set {pair}: there is no '='. Write --set name=value.")
    return name, value.replace("\\n", "\n") if name == "steps" else value


def _picks(found: Catalog, name: str, lang: str, choose: tuple[str, ...], store: str | None, problems: list[str]) -> tuple[str, ...]:
    if name not in found.scenarios:
        problems.append(f"{name}: unknown scenario. Use one of: {', '.join(found.scenarios)}.")
        return ()
    if (name, lang) not in found.messages:
        problems.append(f"{name} is not there in '{lang}'. Use one of: {', '.join(found.languages_of(name))}.")
    if store and store not in found.stores:
        problems.append(f"{store}: unknown store. Use one of: {', '.join(found.stores)}.")
    scenario: Scenario = found.scenarios[name]
    given = {*choose, *(scenario.fulfilment if len(scenario.fulfilment) == 1 else ())}
    fitting = [picks for picks in combinations(scenario) if set(picks) == given]
    if not fitting:
        ways = "; ".join(" ".join(f"--choose {pick}" for pick in picks) for picks in combinations(scenario)) or "no --choose at all"
        problems.append(f"{name}: {', '.join(sorted(given)) or 'no pick'} is no combination of it. Use one of: {ways}.")
        return ()
    return fitting[0]


def _values(found: Catalog, typed: Mapping[str, str], lang: str, store: str, problems: list[str]) -> dict[str, str]:
    locale, currency = locale_of(found.languages[lang], store), found.stores[store].currency
    values = {}
    for name, raw in typed.items():
        if name not in found.variables:
            continue  # said by render: no blank has that name
        try:
            values[name] = show(found.variables[name], raw, locale, currency)
        except ValueProblem as problem:
            problems.append(f"{name}: {found.interface[problem.code].en.format(detail=problem.detail, hint='')}")
        if odd := remark(found.variables[name], raw):
            hint = found.variables[name].hint
            click.echo(f"{name}: {found.interface[odd[0]].en.format(detail=odd[1], hint=hint.en if hint else '')}", err=True)
    return values


@main.command()
@click.argument("scenario")
@click.option("--family", help="The family it belongs to; see templates/_scenarios.yml. Default: the last one.")
@click.option("--fulfilment", type=click.Choice(["both", "fbm", "same"]), default="both", show_default=True,
              help="both: FBM and FBA read differently; fbm: only there; same: no difference.")  # fmt: skip
def new(scenario: str, family: str | None, fulfilment: str) -> None:
    """Begin a scenario: map entry, message files, buyers' lines and pages, all empty, and the navigation.

    `handbook check` then names everything that is left to write.
    """
    from macros.scaffold import ScaffoldError, begin

    found = _load()
    try:
        written = begin(found, scenario, family or found.families[-1].id, {"both": ("fbm", "fba"), "fbm": ("fbm",), "same": ()}[fulfilment])
    except ScaffoldError as error:
        _stop([str(error)])
    for path in written:
        click.echo(path)
    click.echo("Run `handbook check` to see what is left to write.")


@main.command()
@click.argument("lang", type=click.Choice(catalogs.HANDBOOK_LANGUAGES))
def nav(lang: str) -> None:
    """Print the navigation that belongs into mkdocs.yml (en) or mkdocs.zh.yml (zh)."""
    from macros.pages import navigation_text

    click.echo(navigation_text(_load(), lang), nl=False)


@main.command(name="tone")
@click.option("--json", "as_json", is_flag=True, help="The compiled rules as the browser reads them, by language.")
def tone_command(as_json: bool) -> None:
    """List the rules, or print them compiled."""
    from macros.assets import compiled

    found = _load()
    if as_json:
        click.echo(json.dumps({lang: compiled(found, lang) for lang in found.languages}, ensure_ascii=False))
        return
    for lang, rules in found.rules.items():
        for rule in rules:
            click.echo(f"{lang:4}{rule.level:8} {rule.id:28} {found.ideas[rule.id].title.en}")


@main.command()
@click.option(
    "--due",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only the facts to be looked at again by this day (year-month-day); exit code 1 if there are any.",
)
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
def facts(due: datetime | None, form: str) -> None:
    """List the dated facts, the earliest to be checked again first. No clock is read: the day is yours to give."""
    from macros.policy import overdue

    found = _load()
    rows = list(overdue(found, due.date() if due else date.max))
    for name, fact in rows:
        line = f"{fact.check_again.isoformat()} {name}: {fact.source}. {fact.text.en}"
        click.echo(f"- [ ] `{name}` (by {fact.check_again.isoformat()}): {fact.text.en} Source: {fact.source}." if form == "markdown" else line)
    raise SystemExit(1 if due and rows else 0)


@main.command()
def assets() -> None:
    """Write the files that the browser loads (needed before a build with Zensical; MkDocs does it by itself)."""
    from macros.assets import write

    try:
        write(_load())
    except CatalogError as error:
        _report([_row(problem, "error") for problem in error.problems], "text")
        raise SystemExit(1) from None


@main.command()
@click.argument("site", type=click.Path(file_okay=False, path_type=Path))
def offline(site: Path) -> None:
    """Make a built SITE (English at its root, Chinese in zh/) work without a network: write its sw.js. Run it after the last build."""
    from macros.offline import OfflineError, write

    try:
        done = write(site)
    except OfflineError as error:
        _stop([str(error)])
    click.echo(f"{site / 'sw.js'}: version {done.version}, {done.files} files, {done.size // 1000} kB.")


for command in (*language_commands.COMMANDS, diff, export, find, owners):
    main.add_command(command)

if __name__ == "__main__":
    sys.exit(main())
