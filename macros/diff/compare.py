"""Two states of the handbook held against one another: what reads differently, why, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from macros.diff.findings import Judge, Tally, changed_examples
from macros.diff.rows import Row, reach, rows
from macros.diff.rules import Rules
from macros.diff.shape import (
    Behind,
    Diff,
    Example,
    ExampleChange,
    LanguageChange,
    MessageChange,
    Passage,
    Picks,
    Renamed,
    RuleChange,
    SharedChange,
    Text,
    Trouble,
)
from macros.diff.side import Side
from macros.diff.words import marks, tokens
from macros.memo import Memo
from macros.message import BODY_SECTIONS, PLACEHOLDER, Message

ALIKE = 0.5  # the share of words that makes a new scenario an old one renamed; git asks the same of a file
_SHARED = (("greeting", "named"), ("greeting", "nameless"), ("closing", ""))


def compare(before: Side, after: Side, files: Mapping[str, str], memo: Memo | None, base: str, head: str | None) -> Diff:
    """Everything that differs. `files` says which scenarios were renamed, old id to new; others are found by their words.

    `base` and `head` are only names for the reader. Texts that `memo` knows under the same rules are not judged again.
    """
    renamed = renamed_scenarios(before, after, files)
    rules, tally = Rules(before, after, renamed), Tally()
    judging = Judge(before, after, rules, memo, tally)
    uncompared: list[str] = []
    languages, found = [], {}
    for lang in dict.fromkeys((*after.catalog.languages, *before.catalog.languages)):
        found[lang] = list(_rows(before, after, lang, renamed, uncompared))
        there = [lang in side.catalog.languages for side in (before, after)]
        if there[0] != there[1] and found[lang]:
            change = "added" if there[1] else "removed"
            languages.append(LanguageChange(change=change, lang=lang, reach=reach(row for _, some in found[lang] for row in some)))
        if all(lang in side.judged for side, has in zip((before, after), there, strict=True) if has):
            for row in (row for _, some in found[lang] for row in some):
                judging.look(row)
        elif found[lang]:
            uncompared.append(f"Findings in '{lang}': its rules cannot be used in both states.")
    every = [row for groups in found.values() for _, some in groups for row in some]
    return Diff(
        base=base,
        head=head,
        reads_differently=reach(row for row in every if row.differs),
        renamed=tuple(_moved(before, after, renamed)),
        languages=tuple(languages),
        shared=tuple(_shared(every, tally)),
        examples=tuple(_examples(before, after, every, tally)),
        rules=tuple(_rules(rules, tally)),
        messages=tuple(_messages(before, after, found, tally)),
        behind=tuple(_behind(before, after, found)),
        troubles=tuple(_troubles(before, "base")) + tuple(_troubles(after, "head")),
        uncompared=tuple(dict.fromkeys(uncompared)),
    )


def renamed_scenarios(before: Side, after: Side, files: Mapping[str, str]) -> dict[str, str]:
    """Old id to new: what `files` says, then what went and what came with at least half of the words the same."""
    old, new = before.catalog.scenarios, after.catalog.scenarios
    found = {was: now for was, now in files.items() if was in old and was not in new and now in new and now not in old}
    gone = {name: _words(before, name) for name in old if name not in new and name not in found}
    came = {name: _words(after, name) for name in new if name not in old and name not in found.values()}
    pairs = sorted(((_alike(gone[was], came[now]), was, now) for was in gone for now in came), reverse=True)
    for alike, was, now in pairs:
        if alike >= ALIKE and was not in found and now not in found.values():
            found[was] = now
    return found


def _words(side: Side, name: str) -> dict[str, list[str]]:
    """The words of a scenario by language, without blanks and signs, which all scenarios share."""
    catalog = side.catalog
    texts = {lang: " ".join(PLACEHOLDER.sub(" ", one.text) for one in catalog.messages[name, lang].sections) for lang in catalog.languages_of(name)}
    return {lang: [word for word in tokens(text, "") if word[:1].isalnum()] for lang, text in texts.items()}


def _alike(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> float:
    """How much of the words two scenarios share, 0 to 1, in the language where it is most."""
    return max((SequenceMatcher(None, old[lang], new[lang], autojunk=False).ratio() for lang in old if lang in new), default=0.0)


def _rows(before: Side, after: Side, lang: str, renamed: Mapping[str, str], uncompared: list[str]) -> Iterator[tuple[str, list[Row]]]:
    """The combinations of every scenario in a language, with the base's id; what cannot be compared is noted and left out."""
    for side, name in ((before, "base"), (after, "head")):
        if lang in side.catalog.languages and lang not in side.values:
            uncompared.append(f"Everything in '{lang}': its greeting, closing or examples cannot be read in the {name}.")
            return
    earlier = {now: was for was, now in renamed.items()}
    known = [(earlier.get(now, now), now) for now in after.catalog.scenarios]
    known += [(was, was) for was in before.catalog.scenarios if was not in renamed and was not in after.catalog.scenarios]
    for was, now in known:
        if (was, lang) in before.unread or (now, lang) in after.unread:
            uncompared.append(f"{now} in '{lang}': its file cannot be read in both states.")
        elif some := rows(before, after, lang, was, now):
            yield was, some


# Messages ------------------------------------------------------------------------------------------------------------


def _messages(before: Side, after: Side, found: Mapping[str, list[tuple[str, list[Row]]]], tally: Tally) -> Iterator[MessageChange]:
    """The messages whose own words or findings changed, in the head's order of scenarios; a language that went is said elsewhere."""
    groups = [(lang, was, some) for lang, pairs in found.items() if lang in after.catalog.languages for was, some in pairs]
    order = {name: at for at, name in enumerate(after.catalog.scenarios)}
    for lang, was, some in sorted(groups, key=lambda group: order.get(group[2][0].place.scenario, len(order))):
        now = some[0].place.scenario
        old, new = (now and side.catalog.messages.get((name, lang)) for side, name in ((before, was), (after, now)))
        findings, passages = tally.of(("message", (now, lang))), tuple(_passages(some, lang))
        changed_ways = any(row.old is None or row.new is None for row in some)
        if not (findings or passages or changed_ways):
            continue
        family = (after if new else before).catalog.family_of(now if new else was).id
        earlier = f"{before.catalog.family_of(was).id}/{was}" if old else None
        yield MessageChange(
            change="added" if old is None else "removed" if new is None else "changed",
            scenario=now,
            lang=lang,
            family=family,
            was=None if earlier == f"{family}/{now}" else earlier,
            texts=tuple(_texts(some)),
            passages=passages,
            findings=findings,
        )


def _texts(some: Iterable[Row]) -> Iterator[Text]:
    for row in some:
        if row.place.greeting == "named" and row.own:
            yield Text(picks=row.place.picks, before=row.old.text if row.old else None, after=row.new.text if row.new else None)


def _passages(some: Sequence[Row], lang: str) -> Iterator[Passage]:
    """The changed sections, each once with its combinations; of a combination that came or went only what no other one says."""
    named = [row for row in some if row.place.greeting == "named" and row.own]
    said = [{item for row in some if (half := row.old if first else row.new) for item in half.parts.items()} for first in (True, False)]
    for section in BODY_SECTIONS:
        groups: dict[tuple[str | None, str | None], list[Picks]] = {}
        for row in named:
            before, after = (half.parts[section] if half else None for half in (row.old, row.new))
            alone = (before is None and (section, after) in said[0]) or (after is None and (section, before) in said[1])
            if before != after and not alone:
                groups.setdefault((before, after), []).append(row.place.picks)
        for (before, after), picks in groups.items():
            yield Passage(section=section, picks=tuple(picks), before=before, after=after, marks=marks(before, after, lang))


def _behind(before: Side, after: Side, found: Mapping[str, list[tuple[str, list[Row]]]]) -> Iterator[Behind]:
    """Languages whose words stayed while the English ones of the scenario changed."""
    for was, some in found.get("en", ()):
        now = some[0].place.scenario
        english = [side.catalog.messages.get((name, "en")) for side, name in ((before, was), (after, now))]
        for lang in after.catalog.languages_of(now) if _reworded(*english) else ():
            pair = [side.catalog.messages.get((name, lang)) for side, name in ((before, was), (after, now))]
            if lang != "en" and all(pair) and not _reworded(*pair) and (now, lang) not in after.unread:
                yield Behind(scenario=now, lang=lang)


def _reworded(old: Message | None, new: Message | None) -> bool:
    if old is None or new is None:
        return False
    return [(one.name, one.when, one.text) for one in old.sections] != [(one.name, one.when, one.text) for one in new.sections]


# Causes that reach many ----------------------------------------------------------------------------------------------


def _shared(every: Sequence[Row], tally: Tally) -> Iterator[SharedChange]:
    for lang in dict.fromkeys(row.place.lang for row in every):
        for section, form in _SHARED:
            mine = [
                row
                for row in every
                if row.place.lang == lang and row.old and row.new and section in row.reworded and form in ("", row.place.greeting)
            ]
            if not mine or mine[0].old is None or mine[0].new is None:
                continue
            before, after = mine[0].old.parts[section], mine[0].new.parts[section]
            yield SharedChange(
                lang=lang, section=section, form=form, before=before, after=after, marks=marks(before, after, lang),
                reach=reach(mine), example=_example(mine), findings=tally.of(("shared", (lang, section, form))),
            )  # fmt: skip


def _examples(before: Side, after: Side, every: Sequence[Row], tally: Tally) -> Iterator[ExampleChange]:
    reached: dict[tuple[str, str], list[Row]] = {}
    for row in every:
        if row.differs:
            for name in changed_examples(before, after, row.place.lang, row):
                reached.setdefault((row.place.lang, name), []).append(row)
    for (lang, name), mine in sorted(reached.items()):
        texts = before.values[lang][name], after.values[lang][name]
        yield ExampleChange(
            variable=name, lang=lang, before=texts[0], after=texts[1], marks=marks(*texts, lang),
            reach=reach(mine), example=_example(mine), findings=tally.of(("example", (lang, name))),
        )  # fmt: skip


def _rules(rules: Rules, tally: Tally) -> Iterator[RuleChange]:
    for cause, found in rules.causes.items():
        yield RuleChange(
            path=found.path, kind=found.kind, name=found.name, before=found.before, after=found.after,
            marks=marks(found.before, found.after, "en"), findings=tally.of(cause),
        )  # fmt: skip


def _example(some: Sequence[Row]) -> Example | None:
    """The first message reached by nothing else, else the first."""
    row = next((row for row in some if not row.own), some[0])
    if row.old is None or row.new is None:
        return None
    texts = row.old.rendering.assembled.text, row.new.rendering.assembled.text
    return Example(place=row.place, marks=marks(*texts, row.place.lang))


def _moved(before: Side, after: Side, renamed: Mapping[str, str]) -> Iterator[Renamed]:
    for was in before.catalog.scenarios:
        now = renamed.get(was, was)
        if now in after.catalog.scenarios:
            names = [f"{side.catalog.family_of(name).id}/{name}" for side, name in ((before, was), (after, now))]
            if names[0] != names[1]:
                yield Renamed(was=names[0], now=names[1])


def _troubles(side: Side, name: str) -> Iterator[Trouble]:
    for problem in side.problems:
        yield Trouble(side=name, path=problem.path, line=problem.line, text=problem.text)
