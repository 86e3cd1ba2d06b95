"""What was found, in the order in which somebody reads it: blocks that text.py and markdown.py write out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.diff.shape import Diff, ExampleChange, FindingChange, Marks, MessageChange, Picks, Place, Reach, RuleChange, SharedChange
from macros.diff.words import changed_lines
from macros.message import HEADINGS

_AROUND = 60  # characters
NOTHING = "No message reads differently."


@dataclass(frozen=True)
class Words:
    """A marked text below its label; `code` is not prose; `aside` may be folded away, or shortened to the lines that differ."""

    label: str
    marks: Marks
    code: bool = False
    aside: bool = False


@dataclass(frozen=True)
class Note:
    """A line of a list."""

    text: str


@dataclass(frozen=True)
class Block:
    """One change with its heading, whole in itself, so that any of them can be left out for length."""

    heading: str
    items: tuple[Words | Note, ...]


def title(diff: Diff) -> str:
    """The two states by name."""
    return f"What buyers read differently: {diff.base} to {diff.head or 'the work tree'}"


def summary(diff: Diff) -> list[str]:
    """One sentence on each kind of change."""
    own = {kind: sum(change.change == kind and bool(change.texts) for change in diff.messages) for kind in ("changed", "added", "removed")}
    said = ", ".join(f"{number} {kind}" for kind, number in own.items() if number)
    lines = [f"{_reach(diff.reads_differently)} read differently." if diff.reads_differently.messages else NOTHING]
    lines += [f"By their own words: {said}."] if said else []
    shared = len(diff.shared) + len(diff.examples)
    lines += [f"By words or examples that they share: {_count(shared, 'change')}."] if shared else []
    lines += [f"Rules: {_count(len(diff.rules), 'change')}."] if diff.rules else []
    findings = [found for change in (*diff.messages, *diff.shared, *diff.examples, *diff.rules) for found in change.findings]
    for kind in ("gained", "lost"):
        if some := [found for found in findings if found.change == kind]:
            lines.append(f"Findings {kind}: {', '.join(dict.fromkeys(found.rule for found in some))}.")
    lines += [f"Languages now behind: {_count(len(diff.behind), 'message')}."] if diff.behind else []
    lines += ["Not everything could be compared; see the end."] if diff.troubles or diff.uncompared else []
    return lines


def blocks(diff: Diff) -> Iterator[Block]:
    """Every change: what reaches many first, then message by message, then what is left to do."""
    if diff.renamed:
        yield Block("Renamed scenarios", tuple(Note(f"{one.was} is now {one.now}.") for one in diff.renamed))
    for whole in diff.languages:
        yield Block(f"Language '{whole.lang}' {whole.change}", (Note(f"It has {_reach(whole.reach)}."),))
    for shared in diff.shared:
        yield _shared(shared)
    for example in diff.examples:
        yield _example(example)
    for rule in diff.rules:
        yield _rule(rule)
    for message in diff.messages:
        yield _message(message)
    if diff.behind:
        by_scenario: dict[str, list[str]] = {}
        for one in diff.behind:
            by_scenario.setdefault(one.scenario, []).append(one.lang)
        notes = (Note(f"{name}: {', '.join(langs)}. The English words changed, these did not.") for name, langs in by_scenario.items())
        yield Block("Languages now behind", tuple(notes))
    if diff.troubles:
        notes = (Note(f"{one.side}: {one.path}:{one.line}: {one.text}") for one in diff.troubles)
        yield Block("What does not load", tuple(notes))
    if diff.uncompared:
        yield Block("Not compared", tuple(map(Note, diff.uncompared)))


def _shared(change: SharedChange) -> Block:
    name = f"{HEADINGS[change.section]} ({change.form})" if change.form else HEADINGS[change.section]
    example = [Words(f"For example {_place(change.example.place)}", change.example.marks, aside=True)] if change.example else []
    items = (Note(f"Reaches {_reach(change.reach)}."), Words("", change.marks), *example, *_findings(change.findings))
    return Block(f"{name} shared by all messages, {change.lang}", items)


def _example(change: ExampleChange) -> Block:
    example = [Words(f"For example {_place(change.example.place)}", change.example.marks, aside=True)] if change.example else []
    items = (Note(f"Reaches {_reach(change.reach)}."), Words("", change.marks), *example, *_findings(change.findings))
    return Block(f"Example of {change.variable}, {change.lang}", items)


def _rule(change: RuleChange) -> Block:
    kind = {"rule": "Rule", "macro": "Piece of patterns", "masks": "What rules do not see,"}[change.kind]
    done = "added" if change.before is None else "removed" if change.after is None else "changed"
    # A rule can be a page of patterns: only the lines that differ.
    lines: list[tuple[str, str]] = []
    for line in changed_lines(change.marks):
        lines += [*((kind, _short(text) if kind == "same" else text) for kind, text in line), ("same", "\n")]
    found = _findings(change.findings) or (Note("No message gains or loses a finding by it."),)
    name = "" if change.kind == "masks" else f" {change.name}"
    return Block(f"{kind}{name} {done}, {change.path}", (*found, Words("", tuple(lines[:-1]), code=True)))  # type: ignore[arg-type]


def _message(change: MessageChange) -> Block:
    was = f", before {change.was}" if change.was else ""
    words = (Words(f"{HEADINGS[one.section]}{_ways(one.picks)}", one.marks) for one in change.passages)
    came = [one.picks for one in change.texts if one.before is None] if change.change == "changed" else []
    went = [one.picks for one in change.texts if one.after is None] if change.change == "changed" else []
    notes = [Note(f"{what} combinations:{_ways(tuple(picks))}.") for what, picks in (("New", came), ("Removed", went)) if picks]
    return Block(f"{change.family}/{change.scenario}, {change.lang}: {change.change}{was}", (*notes, *words, *_findings(change.findings)))


def _short(text: str) -> str:
    """What stays of a long pattern, without its middle."""
    return text if len(text) <= 2 * _AROUND else f"{text[:_AROUND]} … {text[-_AROUND:]}"


def _findings(found: Iterable[FindingChange]) -> tuple[Note, ...]:
    return tuple(map(_finding, found))


def _finding(found: FindingChange) -> Note:
    words = ", ".join(f"'{word}'" for word in found.words)
    at = f"{_reach(found.reach)}, such as {_place(found.example)}"
    return Note(f"Finding {found.change}: {found.level} {found.rule}{' ' + words if words else ''}. {found.say} ({at})")


def _place(place: Place) -> str:
    return f"{place.scenario}, {place.lang}{_ways((place.picks,))}, {place.greeting}"


def _ways(picks: tuple[Picks, ...]) -> str:
    """The sets of picks in brackets; nothing where a message has only one way to read."""
    return f" ({'; '.join(', '.join(one) for one in picks)})" if any(picks) else ""


def _reach(reach: Reach) -> str:
    return f"{_count(reach.messages, 'message')} in {_count(reach.combinations, 'combination')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
