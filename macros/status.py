"""The state of the handbook on one sheet: its languages, and what lies about unused, doubled, outlived or due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from macros.catalog import HANDBOOK_LANGUAGES, Catalog, combinations, scope
from macros.check import UNNEEDED, check
from macros.languages import STATES, State, counts, matrix
from macros.memo import Memo
from macros.model import Fact
from macros.policy import overdue
from macros.tone import CompiledRule, Context
from macros.twins import Twins, message_texts, page_texts, twins


@dataclass(frozen=True)
class Status:
    """What `handbook status` tells. Twins are by the kind of text ("en messages"); rules are (file, id), waivers (path, line, rule).

    `due` is None where no day was given.
    """

    states: Mapping[str, Mapping[str, State]]
    twins: Mapping[str, tuple[Twins, ...]]
    variables: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    waivers: tuple[tuple[str, int, str], ...]
    due: tuple[tuple[str, Fact], ...] | None


def gather(catalog: Catalog, due: date | None, memo: Memo | None = None) -> Status:
    """The state of a catalogue and of its pages; facts are due by `due`, for no clock is read."""
    waivers = tuple((remark.path, remark.line, remark.rule) for remark in check(catalog, memo) if remark.say == UNNEEDED)
    facts = tuple(overdue(catalog, due)) if due else None
    return Status(matrix(catalog), near_twins(catalog), unused_variables(catalog), unused_rules(catalog), waivers, facts)


def near_twins(catalog: Catalog) -> dict[str, tuple[Twins, ...]]:
    """Messages of each language and pages of each handbook that say the same, by the kind of text; kinds without any are left out."""
    found = {f"{lang} messages": tuple(twins(message_texts(catalog, lang), lang)) for lang in catalog.languages}
    found |= {f"{lang} pages": tuple(twins(page_texts(catalog, lang), lang)) for lang in HANDBOOK_LANGUAGES}
    return {kind: pairs for kind, pairs in found.items() if pairs}


def unused_variables(catalog: Catalog) -> tuple[str, ...]:
    """Placeholders that no message and no shared part uses."""
    used = {name for message in (*catalog.messages.values(), *catalog.shared.values()) for name in message.placeholders}
    return tuple(name for name in catalog.variables if name not in used)


def unused_rules(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """(file, id) of the rules that speak of no message, not even of one that is still to be translated."""
    used = {id(compiled.rule) for lang in catalog.languages for compiled in _speaking(catalog, lang)}
    return tuple((file, rule.id) for file, rules in catalog.rules.items() for rule in rules if id(rule) not in used)


def _speaking(catalog: Catalog, lang: str) -> Iterator[CompiledRule]:
    contexts = [
        Context(lang, scope(scenario, picks), scenario.id, scenario.kind)
        for scenario in catalog.scenarios.values()
        if lang not in scenario.not_in
        for picks in combinations(scenario)
    ]
    return (compiled for compiled in catalog.ruleset(lang).rules if any(compiled.applies(context) for context in contexts))


def as_json(catalog: Catalog, status: Status) -> str:
    """The status as one JSON object; the keys are those of the text, `facts_due` is null where no day was given."""
    return json.dumps(
        {
            "states": status.states,
            "counts": {lang: counts(status.states, lang) for lang in catalog.languages},
            "near_twins": [{"kind": kind, **pair._asdict()} for kind, pairs in status.twins.items() for pair in pairs],
            "unused_variables": status.variables,
            "unused_rules": [{"file": _rule_file(file), "rule": rule} for file, rule in status.rules],
            "unneeded_waivers": [{"path": path, "line": line, "rule": rule} for path, line, rule in status.waivers],
            "facts_due": None if status.due is None else [{"fact": name, "check_again": fact.check_again.isoformat()} for name, fact in status.due],
        },
        ensure_ascii=False,
        indent=1,
    )


def as_text(catalog: Catalog, status: Status) -> str:
    """The status in columns, for a terminal."""
    widths = [max(map(len, catalog.scenarios)) + 2, *(max(12, len(lang)) for lang in catalog.languages)]

    def line(cells: Iterable[str]) -> str:
        return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    out = [line(["scenario", *catalog.languages]), *(line([name, *row.values()]) for name, row in status.states.items()), ""]
    out += [f"{lang}: {_counted(status, lang)}" for lang in catalog.languages]
    for title, found in _lists(status):
        out += ["", f"{title}: {len(found) or 'none'}", *(f"  {one}" for one in found)]
    return "\n".join(out)


def as_markdown(catalog: Catalog, status: Status) -> str:
    """The status as Markdown, for an issue or a pull request."""
    heads = ["scenario", *catalog.languages]
    out = ["## Languages", "", *_table([heads, *([name, *row.values()] for name, row in status.states.items())]), ""]
    out += [f"- {lang}: {_counted(status, lang)}" for lang in catalog.languages]
    for title, found in _lists(status):
        out += ["", f"## {title}", "", *(f"- {one}" for one in found or ["none"])]
    return "\n".join(out)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    first, *rest = ("| " + " | ".join(row) + " |" for row in rows)
    return [first, "|" + " --- |" * len(rows[0]), *rest]


def _counted(status: Status, lang: str) -> str:
    found = counts(status.states, lang)
    return ", ".join(f"{found[one]} {one}" for one in STATES if found[one])


def _rule_file(file: str) -> str:
    return f"templates/_tone/{file}.yml"


def _lists(status: Status) -> Iterator[tuple[str, list[str]]]:
    """What is to be looked at beside the languages: a title, and a line for each."""
    yield "Near-twins", [f"{kind}: {pair}" for kind, pairs in status.twins.items() for pair in pairs]
    yield "Unused variables", list(status.variables)
    yield "Unused rules", [f"{_rule_file(file)}: {rule}" for file, rule in status.rules]
    yield "Waivers no longer needed", [f"{path}:{line}: {rule}" for path, line, rule in status.waivers]
    if status.due is not None:
        yield "Facts due", [f"{fact.check_again.isoformat()} {name}: {fact.source}" for name, fact in status.due]
