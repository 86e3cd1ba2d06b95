"""Every message the handbook can produce, rendered with its examples and held against the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros import tone
from macros.catalog import Catalog, combinations, scope
from macros.memo import Memo, digest
from macros.message import GREETINGS, Assembled, Message, Part, assemble, source_line
from macros.model import Scenario
from macros.values import shown_examples

UNNEEDED = "No combination of this message breaks the rule any more. Remove the waiver."


@dataclass(frozen=True, order=True)
class Remark:
    """A finding in a template, at the line of the file that holds the words."""

    path: str
    line: int
    level: str
    rule: str
    match: str
    say: str


@dataclass(frozen=True)
class Rendering:
    """One message the handbook can produce: what was picked, and the finished text."""

    scenario: Scenario
    lang: str
    picks: tuple[str, ...]
    greeting: str
    assembled: Assembled


def examples(catalog: Catalog, lang: str) -> dict[str, str]:
    """Every variable's example as a buyer of the language's first store reads it."""
    return shown_examples(catalog.variables, lang, catalog.languages[lang], catalog.stores)


def renderings(catalog: Catalog, scenario: Scenario, lang: str, values: Mapping[str, str]) -> Iterator[Rendering]:
    """Every combination of a scenario in a language, filled with `values` (texts as the buyer reads them)."""
    message, shared = catalog.messages[scenario.id, lang], catalog.shared[lang]
    for picks in combinations(scenario):
        for greeting in GREETINGS:
            yield Rendering(scenario, lang, picks, greeting, assemble(message, shared, picks, greeting, values))


def context_of(rendering: Rendering) -> tone.Context:
    """What the rules may know of a rendering."""
    scenario = rendering.scenario
    return tone.Context(rendering.lang, scope(scenario, rendering.picks), scenario.id, scenario.kind)


def findings(rendering: Rendering, ruleset: tone.Ruleset) -> tuple[tone.Finding, ...]:
    """What the rules say of a rendering; offsets are code points of its text."""
    return tone.check(rendering.assembled.text, ruleset, context_of(rendering), rendering.assembled.spans)


def check(catalog: Catalog, memo: Memo | None = None) -> list[Remark]:
    """Remarks on every message of the catalogue, waivers applied; a waiver that nothing needs is an error.

    Texts that `memo` knows under the same rules are not judged again.
    """
    remarks: set[Remark] = set()
    used: set[tuple[str, str]] = set()
    for lang in catalog.languages:
        values = examples(catalog, lang)
        for rendering, found in judged(catalog, lang, values, memo):
            for finding in found:
                owner, remark = remark_on(catalog, rendering, finding, values)
                if any(waiver.rule == finding.rule for waiver in owner.waivers):
                    used.add((owner.path, finding.rule))
                else:
                    remarks.add(remark)
    remarks.update(_unneeded(catalog, used))
    return sorted(remarks)


def judged(catalog: Catalog, lang: str, values: Mapping[str, str], memo: Memo | None) -> Iterator[tuple[Rendering, Sequence[tone.Finding]]]:
    """Every rendering of a language with its findings."""
    for scenario in catalog.scenarios.values():
        for rendering in renderings(catalog, scenario, lang, values) if (scenario.id, lang) in catalog.messages else ():
            yield rendering, judge(catalog, rendering, memo)
    if memo:
        memo.mark_sound([catalog.rules_fingerprint(lang)])


def judge(catalog: Catalog, rendering: Rendering, memo: Memo | None) -> Sequence[tone.Finding]:
    """What the catalogue's rules say of a rendering, waivers not applied; from `memo` where it knows the text under the same rules."""
    if memo is None:
        return findings(rendering, catalog.ruleset(rendering.lang))
    done, scenario, lang = rendering.assembled, rendering.scenario, rendering.lang
    key = digest(
        catalog.rules_fingerprint(lang), done.text, repr(done.spans), scenario.id, scenario.kind, repr(sorted(rendering.picks))
    )  # fmt: skip
    known = memo.get(key)
    if known is None:
        known = [[hit.rule, hit.level, hit.start, hit.end] for hit in findings(rendering, catalog.ruleset(lang))]
        memo.put(key, known)
    return [_recalled(catalog, lang, done.text, *hit) for hit in known]


def _recalled(catalog: Catalog, lang: str, text: str, rule: str, level: str, start: int, end: int) -> tone.Finding:
    """A finding from its bare marks; the advice is the rule's own."""
    say = next(one.say for one in (*catalog.rules[lang], *catalog.rules["all"]) if one.id == rule)
    return tone.Finding(rule, level, start, end, text[start:end], say)


def part_of(rendering: Rendering, finding: tone.Finding) -> Part:
    """The part of a rendering in which a finding begins."""
    parts = rendering.assembled.parts
    return next((part for part in parts if part.start <= finding.start <= part.end), parts[-1])


def remark_on(catalog: Catalog, rendering: Rendering, finding: tone.Finding, values: Mapping[str, str]) -> tuple[Message, Remark]:
    """The file that holds the words of a finding, and the finding at its line."""
    part = part_of(rendering, finding)
    owner = catalog.shared[rendering.lang] if part.name in ("greeting", "closing") else catalog.messages[rendering.scenario.id, rendering.lang]
    line = source_line(part.section, values, finding.start - part.start)
    return owner, Remark(owner.path, line, finding.level, finding.rule, finding.match, finding.say.en)


def _unneeded(catalog: Catalog, used: set[tuple[str, str]]) -> Iterator[Remark]:
    messages: list[Message] = [*catalog.messages.values(), *catalog.shared.values()]
    for message in messages:
        for waiver in message.waivers:
            if (message.path, waiver.rule) not in used:
                yield Remark(message.path, waiver.line, "error", waiver.rule, "", UNNEEDED)
