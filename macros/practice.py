"""The cases of the practice inbox: templates/_practice/<id>.yml read and held against the catalogue, and what the browser gets of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from macros import tone
from macros.catalog import HANDBOOK_LANGUAGES, Catalog, CatalogError, combinations
from macros.library import PRACTICE
from macros.memo import Memo, digest
from macros.model import Frozen, Fulfilment, Name, Rule, Scenario, Slug, Strings, Text
from macros.source import Problem, Sources, Where

TODAY = date(2026, 12, 1)
"""The day it always is in the practice inbox, so that dates in cases and model replies never grow old."""
_LENGTH = {"zh": (25, 160), "": (20, 120)}  # of a buyer's message: characters in Chinese, else words


class Said(Frozen):
    """Words of a case about itself, in the handbook languages whose inbox has it."""

    en: Text | None = None
    zh: Text | None = None


class Level(Frozen):
    """Where a case stands in the inbox of a handbook language; the first is the easiest."""

    en: Annotated[int, Field(gt=0)] | None = None
    zh: Annotated[int, Field(gt=0)] | None = None


class Point(Frozen):
    """Something a good reply covers; `patterns` are those of the rules (with macros), in the language of the reply."""

    say: Said
    patterns: Annotated[Strings, Field(min_length=1)]


class Demonstration(Frozen):
    """A bad reply: exactly the rules that find something in it, and the numbers (from 1) of the points it lacks."""

    reply: Text
    rules: Annotated[tuple[Slug, ...], Field(strict=False)] = ()
    lacks: Annotated[tuple[int, ...], Field(strict=False)] = ()


class Case(Frozen):
    """One message in the practice inbox. `scenarios` are those that are right, best first; `choice` is the first one's.

    `meaning` tells what the buyer writes where a handbook's readers may not know the language, `model_meaning` what the model reply says.
    """

    level: Level
    title: Said
    written_in: Text
    reply_in: Text
    store: Text
    fulfilment: Fulfilment
    order: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}-[0-9]{7}-[0-9]{7}$")]
    received: Annotated[str, StringConstraints(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]
    message: Text
    meaning: Said = Said()
    shows: Annotated[tuple[Said, ...], Field(min_length=1, strict=False)]
    scenarios: Annotated[tuple[Slug, ...], Field(min_length=1, strict=False)]
    choice: Name | None = None
    because: Said
    points: Annotated[tuple[Point, ...], Field(min_length=2, strict=False)]
    model: Text
    model_meaning: Said = Said()
    explain: Annotated[tuple[Said, ...], Field(min_length=1, strict=False)]
    demonstrations: Annotated[tuple[Demonstration, ...], Field(min_length=1, strict=False)]


@dataclass(frozen=True)
class Filed:
    """A case with its id (the file's name) and the lines of its file."""

    id: str
    path: str
    case: Case
    lines: dict[Where, int]

    def line(self, *at: str | int) -> int:
        """The line of a value, or of the nearest thing around it."""
        return next((self.lines[at[:size]] for size in range(len(at), 0, -1) if at[:size] in self.lines), 1)


def cases(catalog: Catalog) -> tuple[Filed, ...]:
    """All cases, by file name, whole and with known names only. Raises CatalogError with every problem found."""
    found, problems = _read(catalog.root)
    problems += [problem for filed in found for check in (_name_problems, _word_problems, _pattern_problems) for problem in check(catalog, filed)]
    problems += _level_problems(found)
    if problems:
        raise CatalogError(problems)
    return found


def reply_problems(catalog: Catalog, found: Iterable[Filed], memo: Memo | None = None) -> list[Problem]:
    """What is wrong with the model replies and demonstrations; cases that `memo` knows under the same rules and code are not judged again."""
    out = []
    for filed in found:
        scope = _scope(catalog, filed.case, filed.case.scenarios[0])
        key = digest(Path(__file__).read_text(encoding="utf-8"), repr(filed), repr(scope), catalog.rules_fingerprint(filed.case.reply_in))
        known = memo.get(key) if memo else None
        if known is None:
            known = [[line, text] for line, text in _reply_flaws(catalog, filed)]
            if memo:
                memo.put(key, known)
        out += [Problem(filed.path, line, text) for line, text in known]
    return out


def inbox(found: Iterable[Filed], lang: str) -> list[Filed]:
    """The cases of a handbook language's inbox, the easiest first."""
    mine = [(level, filed) for filed in found if (level := getattr(filed.case.level, lang)) is not None]
    return [filed for _, filed in sorted(mine, key=lambda one: one[0])]


def titles(found: Iterable[Filed], lang: str) -> dict[str, str]:
    """Titles by id: the inbox of a handbook language in its order, then what only the other handbook has, in its language."""
    known, out = list(found), {}
    for one in (lang, *HANDBOOK_LANGUAGES):
        for filed in inbox(known, one):
            out.setdefault(filed.id, getattr(filed.case.title, one))
    return out


def context(catalog: Catalog, case: Case, scenario_id: str) -> tone.Context:
    """What the rules may know of a reply to a case that is answered with a scenario: who ships this order is known, whatever the words heed."""
    choice = [case.choice] if case.choice and scenario_id == case.scenarios[0] else []
    return tone.Context(case.reply_in, frozenset([case.fulfilment, *choice]), scenario_id, catalog.scenarios[scenario_id].kind)


def point_rules(catalog: Catalog, case: Case) -> tone.Ruleset:
    """The points as rules that require something, "point-1" first: found and shown by the very engine of the rules. Raises ValueError."""
    rules = [
        Rule.model_validate(
            {"id": f"point-{number}", "kind": "require", "level": "warning", "patterns": point.patterns, "say": {"en": "-", "zh": "-"}}
            | {"bad": [case.message], "good": [case.model]}
        )
        for number, point in enumerate(case.points, 1)
    ]
    return tone.compile_rules(rules, case.reply_in, {**catalog.macros["all"], **catalog.macros[case.reply_in]}, ())


def lacking(catalog: Catalog, case: Case, reply: str) -> tuple[int, ...]:
    """The numbers (from 1) of the points that no words of a reply were found for."""
    found = tone.check(reply, point_rules(catalog, case), tone.Context(case.reply_in))
    return tuple(sorted(int(one.rule.removeprefix("point-")) for one in found))


def judged(catalog: Catalog, case: Case, reply: str) -> tuple[tone.Finding, ...]:
    """What the rules find in a finished reply, as for the case's best scenario; what its message waives is left out."""
    waived = _waived(catalog, case, case.scenarios[0])
    found = tone.check(reply, catalog.ruleset(case.reply_in), context(catalog, case, case.scenarios[0]))
    return tuple(one for one in found if one.rule not in waived)


def _waived(catalog: Catalog, case: Case, scenario_id: str) -> list[str]:
    return [waiver.rule for waiver in catalog.messages[scenario_id, case.reply_in].waivers]


# Reading and checking ------------------------------------------------------------------------------------------------


def _read(root: Path) -> tuple[tuple[Filed, ...], list[Problem]]:
    sources, found = Sources(root), []
    for file in sorted(path for path in (root / PRACTICE).rglob("*") if path.is_file()):
        path = file.relative_to(root).as_posix()
        if file.parent != root / PRACTICE or file.suffix != ".yml":
            sources.say(path, 1, f"Not a case of the practice inbox. Name it {PRACTICE}/<id>.yml.")
            continue
        read = sources.yaml(path)
        if read and isinstance(read[0], dict):
            case = sources.record(Case, read[0], path, read[1])
            if case:
                found.append(Filed(file.stem, path, case, read[1]))
        elif read:
            sources.say(path, 1, "The file is not a group of keys. Write 'key: value' lines.")
    return tuple(found), sources.problems


def _level_problems(found: Iterable[Filed]) -> Iterator[Problem]:
    for lang in HANDBOOK_LANGUAGES:
        mine = inbox(found, lang)
        for place, filed in enumerate(mine, 1):
            level = getattr(filed.case.level, lang)
            if level != place:
                text = f"Level {level} stands at place {place} of the inbox '{lang}'. Number the cases 1, 2, 3 and so on, each once."
                yield Problem(filed.path, filed.line("level", lang), text)


def _name_problems(catalog: Catalog, filed: Filed) -> Iterator[Problem]:
    """Names that the catalogue does not have."""
    case, at = filed.case, filed.line
    for key, given, known in (
        ("written_in", case.written_in, catalog.buyers),
        ("reply_in", case.reply_in, catalog.languages),
        ("store", case.store, catalog.stores),
    ):
        if given not in known:
            yield Problem(filed.path, at(key), f"Unknown {key} '{given}'. Use one of: {', '.join(known)}.")
    for index, name in enumerate(case.scenarios):
        if name not in catalog.scenarios:
            yield Problem(filed.path, at("scenarios", index), f"Unknown scenario '{name}'. Use an id of the map.")
        elif case.reply_in in catalog.languages and (name, case.reply_in) not in catalog.messages:
            text = f"'{name}' is not there in '{case.reply_in}'. Take another scenario, or another language of the reply."
            yield Problem(filed.path, at("scenarios", index), text)
    if case.scenarios[0] in catalog.scenarios and not _fits(case, catalog.scenarios[case.scenarios[0]]):
        ways = "; ".join(", ".join(picks) for picks in combinations(catalog.scenarios[case.scenarios[0]]))
        text = f"Fulfilment and choice are no combination of '{case.scenarios[0]}'. Use one of: {ways or 'no choice'}."
        yield Problem(filed.path, at("choice") if case.choice else at("fulfilment"), text)
    for index, demonstration in enumerate(case.demonstrations):
        for name in demonstration.rules:
            if name not in catalog.ideas:
                yield Problem(filed.path, at("demonstrations", index, "rules"), f"Unknown rule '{name}'. Use an id of _tone/all.yml.")
        for number in demonstration.lacks:
            if not 0 < number <= len(case.points):
                yield Problem(filed.path, at("demonstrations", index, "lacks"), f"There is no point {number}. Count from 1.")


def _fits(case: Case, scenario: Scenario) -> bool:
    picks = (*([case.fulfilment] if scenario.fulfilment else []), *([case.choice] if case.choice else []))
    return picks in combinations(scenario)


def _word_problems(_: Catalog, filed: Filed) -> Iterator[Problem]:
    """Words that are missing in a handbook language, or that no inbox shows; a buyer's message that is too short or too long."""
    case = filed.case
    wanted = {lang for lang in HANDBOOK_LANGUAGES if getattr(case.level, lang) is not None}
    if not wanted:
        yield Problem(filed.path, filed.line("level"), "The case is in no inbox. Give it a level: {en: 1}, {zh: 1} or both.")
    texts: list[tuple[Where, Said]] = [(("title",), case.title), (("because",), case.because)]
    texts += [(("shows", index), said) for index, said in enumerate(case.shows)]
    texts += [(("points", index, "say"), point.say) for index, point in enumerate(case.points)]
    texts += [(("explain", index), said) for index, said in enumerate(case.explain)]
    foreign = {lang for lang in wanted if lang != case.written_in}
    unread = {lang for lang in wanted if case.reply_in not in (lang, "en")}
    wants = [(where, said, wanted) for where, said in texts]
    for where, said, needed in (*wants, (("meaning",), case.meaning, foreign), (("model_meaning",), case.model_meaning, unread)):
        there = {lang for lang in HANDBOOK_LANGUAGES if getattr(said, lang) is not None}
        for lang in sorted(needed - there):
            text = f"'{where[0]}' is missing in '{lang}'. The case is in the inbox of that handbook; write it."
            yield Problem(filed.path, filed.line(*where), text)
        for lang in sorted(there - needed):
            yield Problem(filed.path, filed.line(*where), f"'{where[0]}' in '{lang}' is shown nowhere. Remove it, or give the case a level there.")
    chinese = case.written_in == "zh"
    size = len("".join(case.message.split())) if chinese or case.written_in == "ja" else len(case.message.split())
    least, most = _LENGTH["zh" if chinese or case.written_in == "ja" else ""]
    if not least <= size <= most:
        yield Problem(filed.path, filed.line("message"), f"The message has {size} words or characters. Write {least} to {most}.")


def _pattern_problems(catalog: Catalog, filed: Filed) -> Iterator[Problem]:
    """Patterns of points that the two engines would read differently, or a macro that the language does not have."""
    if filed.case.reply_in in catalog.languages:
        try:
            point_rules(catalog, filed.case)
        except ValueError as wrong:
            yield Problem(filed.path, filed.line("points"), str(wrong))


def _reply_flaws(catalog: Catalog, filed: Filed) -> Iterator[tuple[int, str]]:
    """A model reply that a rule finds something in, or that lacks a point; a demonstration that fails otherwise than it says."""
    case = filed.case
    for number in lacking(catalog, case, case.model):
        text = f"Point {number} is not found in the model reply. Mend its patterns, or write it into the reply."
        yield filed.line("points", number - 1), text
    for one in judged(catalog, case, case.model):
        yield filed.line("model"), f"[{one.rule}] {one.match!r} in the model reply: {one.say.en}"
    for index, bad in enumerate(case.demonstrations):
        rules, lacks = sorted({one.rule for one in judged(catalog, case, bad.reply)}), lacking(catalog, case, bad.reply)
        at = filed.line("demonstrations", index)
        if rules != sorted(bad.rules):
            yield at, f"The rules find in this demonstration: {', '.join(rules) or 'nothing'}. Name exactly these, or change the reply."
        if lacks != tuple(sorted(bad.lacks)):
            yield at, f"This demonstration lacks the points: {', '.join(map(str, lacks)) or 'none'}. Name exactly these, or change the reply."
        if not bad.rules and not bad.lacks:
            yield at, "This demonstration fails in nothing. Name the rules it breaks, or the points it lacks."


# For the browser -----------------------------------------------------------------------------------------------------


def practice_json(catalog: Catalog, found: Iterable[Filed], lang: str) -> str:
    """The inbox of a handbook language as the browser loads it; see practice.js."""
    data = {"today": TODAY.isoformat(), "cases": [_plain(catalog, filed, lang) for filed in inbox(found, lang)]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _plain(catalog: Catalog, filed: Filed, lang: str) -> dict[str, Any]:
    case = filed.case
    return {
        "id": filed.id,
        "title": getattr(case.title, lang),
        "writtenIn": case.written_in,
        "writtenInLabel": _label(catalog, case.written_in, lang),
        "replyIn": case.reply_in,
        "replyInLabel": _label(catalog, case.reply_in, lang),
        "store": case.store,
        "fulfilment": case.fulfilment,
        "order": case.order,
        "received": case.received,
        "message": case.message,
        "meaning": getattr(case.meaning, lang),
        "shows": [getattr(said, lang) for said in case.shows],
        "scenarios": {name: _scope(catalog, case, name) for name in case.scenarios},
        "because": getattr(case.because, lang),
        "points": [getattr(point.say, lang) for point in case.points],
        "pointRules": tone.to_json(point_rules(catalog, case)),
        "model": case.model,
        "modelMeaning": getattr(case.model_meaning, lang),
        "explain": [getattr(said, lang) for said in case.explain],
    }


def _label(catalog: Catalog, written: str, lang: str) -> str:
    return getattr(catalog.languages[written].label, lang) if written in catalog.languages else written.upper()


def _scope(catalog: Catalog, case: Case, scenario_id: str) -> dict[str, Any]:
    """What the browser's check needs to know where a reply is judged by this scenario."""
    known = context(catalog, case, scenario_id)
    return {"choices": sorted(known.choices), "kind": known.kind, "waived": _waived(catalog, case, scenario_id)}
