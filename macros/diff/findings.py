"""Findings that came or went between two states, each laid at one door: a rule, shared words, an example, or the message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from macros import tone
from macros.check import Rendering, context_of, judge, part_of
from macros.diff.rows import Half, Row, reach_of
from macros.diff.rules import Rules
from macros.diff.shape import FindingChange, Place
from macros.diff.side import Side
from macros.memo import Memo
from macros.message import BODY_SECTIONS, SECTIONS, SHARED_SECTIONS

Cause = tuple[str, tuple[str, ...]]
_MOST_WORDS, _LONGEST = 5, 160


@dataclass
class _Change:
    """What one rule finds or no longer finds for one reason."""

    say: str
    words: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)


class Tally:
    """Findings gained and lost, by cause and then by rule, level and language."""

    def __init__(self) -> None:
        self._found: dict[Cause, dict[tuple[str, str, str, str], _Change]] = {}

    def add(self, cause: Cause, change: str, finding: tone.Finding, place: Place) -> None:
        """Note one finding at one place."""
        entry = self._found.setdefault(cause, {}).setdefault((change, finding.level, finding.rule, place.lang), _Change(finding.say.en))
        entry.words[_shown(finding.match)] += 1
        entry.places.append(place)

    def of(self, cause: Cause) -> tuple[FindingChange, ...]:
        """What one cause brought and took: gained before lost, errors before warnings."""
        return tuple(
            FindingChange(
                change=change, rule=rule, level=level, lang=lang, say=found.say, example=found.places[0], reach=reach_of(found.places),
                words=tuple(word for word, _ in found.words.most_common(_MOST_WORDS) if word),
                scenarios=tuple(dict.fromkeys(place.scenario for place in found.places)),
            )
            for (change, level, rule, lang), found in sorted(self._found.get(cause, {}).items())
        )  # fmt: skip


class Judge:
    """Judges what changed, and only that: changed parts under the head's rules, and unchanged ones under the rules that changed."""

    def __init__(self, before: Side, after: Side, rules: Rules, memo: Memo | None, tally: Tally) -> None:
        self.before, self.after, self.rules, self.memo, self.tally = before, after, rules, memo, tally
        self._subsets: dict[str, tuple[tone.Ruleset, tone.Ruleset] | None] = {}
        self._views: dict[tuple[str, frozenset[str]], tuple[tone.Ruleset, tone.Ruleset]] = {}

    def look(self, row: Row) -> None:
        """Note what came and went in one combination."""
        if row.old and row.new:
            self._waivers(row, row.old, row.new)
            self._rules(row, row.old, row.new)
            self._words(row, row.old, row.new)
            return
        for half, side, change in ((row.new, self.after, "gained"), (row.old, self.before, "lost")):
            for finding in judge(side.catalog, half.rendering, self.memo) if half else ():
                if half and not _waived(half, half.rendering, finding):
                    self.tally.add(("message", (row.place.scenario, row.place.lang)), change, finding, row.place)

    def _waivers(self, row: Row, old: Half, new: Half) -> None:
        if old.message.waivers == new.message.waivers and old.shared.waivers == new.shared.waivers:
            return
        for finding in judge(self.before.catalog, old.rendering, self.memo):
            first, last = (_waived(half, old.rendering, finding) for half in (old, new))
            if first != last:
                self.tally.add(("message", (row.place.scenario, row.place.lang)), "lost" if last else "gained", finding, row.place)

    def _rules(self, row: Row, old: Half, new: Half) -> None:
        """The changed rules on the earlier words: rules do not look at one another, so the others find there what they found."""
        lang = row.place.lang
        if lang not in self._subsets:
            self._subsets[lang] = self.rules.subsets(lang)
        pair = self._subsets[lang]
        if pair is None:
            return
        renderings = old.rendering, _as(old.rendering, row.place.scenario)
        found = [tone.check(one.assembled.text, rules, context_of(one), one.assembled.spans) for one, rules in zip(renderings, pair, strict=True)]
        for change, finding in _difference(old.rendering, found[0], old.rendering, found[1]):
            if not _waived(new, old.rendering, finding) and (cause := self.rules.cause(lang, finding.rule)):
                self.tally.add((cause[0], cause[1]), change, finding, row.place)

    def _words(self, row: Row, old: Half, new: Half) -> None:
        """Both texts under the head's rules, as far as these can see what changed."""
        earlier = _as(old.rendering, row.place.scenario)
        different = _parts(earlier).items() ^ _parts(new.rendering).items()
        changed = frozenset(name for name, _ in different) if context_of(earlier) == context_of(new.rendering) else frozenset(SECTIONS)
        if not changed:
            return
        found = [[finding for finding in self._seen(one, changed) if not _waived(new, one, finding)] for one in (earlier, new.rendering)]
        for change, finding in _difference(earlier, found[0], new.rendering, found[1]):
            part = part_of(new.rendering if change == "gained" else earlier, finding).name
            self.tally.add(self._cause(row, part), change, finding, row.place)

    def _seen(self, rendering: Rendering, changed: frozenset[str]) -> Iterator[tone.Finding]:
        """What the head's rules find that can depend on the changed parts: what looks at single lines finds it in these alone."""
        lines, wider = self._narrowed(rendering.lang, changed)
        done, context = rendering.assembled, context_of(rendering)
        yield from tone.check(done.text, wider, context, done.spans)
        for part in done.parts:
            if part.name in changed:
                text = done.text[part.start : part.end]
                for finding in tone.check(text, lines, context, [(part.name, 0, len(text))]):
                    yield replace(finding, start=finding.start + part.start, end=finding.end + part.start)

    def _narrowed(self, lang: str, changed: frozenset[str]) -> tuple[tone.Ruleset, tone.Ruleset]:
        """The rules that look at single lines, and those that look at more and at a changed part."""
        if (lang, changed) not in self._views:
            full = self.after.catalog.ruleset(lang)
            some = ((one for one in full.rules if one.by_line), (one for one in full.rules if not one.by_line and _looks_at(one.rule.where, changed)))
            lines, wider = (tone.Ruleset(lang, tuple(rules), full.masks, full.macros) for rules in some)
            self._views[lang, changed] = lines, wider
        return self._views[lang, changed]

    def _cause(self, row: Row, part: str) -> Cause:
        """What brought or took a finding in a part: the words of the part, else its examples, else whatever else changed."""
        place = row.place
        message = ("message", (place.scenario, place.lang))
        shared = sorted(row.reworded & set(SHARED_SECTIONS), reverse=True)  # greeting before closing
        if part in row.own:
            return message
        if part in shared:
            return _shared(part, place)
        if changed := changed_examples(self.before, self.after, place.lang, row, part):
            return "example", (place.lang, changed[0])
        if row.own:
            return message
        if shared:
            return _shared(shared[0], place)
        changed = changed_examples(self.before, self.after, place.lang, row)
        return ("example", (place.lang, changed[0])) if changed else message


def changed_examples(before: Side, after: Side, lang: str, row: Row, part: str | None = None) -> list[str]:
    """The blanks of a row (of one of its parts) of which the example reads differently in the two states."""
    if row.old is None or row.new is None:
        return []
    old, new = before.values[lang], after.values[lang]
    parts = [one for one in row.new.rendering.assembled.parts if part in (None, one.name)]
    names = dict.fromkeys(name for one in parts for name in one.section.placeholders)
    return [name for name in names if name in old and name in new and old[name] != new[name] and name in row.old.rendering.assembled.placeholders]


def _shared(part: str, place: Place) -> Cause:
    return "shared", (place.lang, part, place.greeting if part == "greeting" else "")


def _parts(rendering: Rendering) -> dict[str, str]:
    done = rendering.assembled
    return {part.name: done.text[part.start : part.end] for part in done.parts}


def _looks_at(where: str, changed: frozenset[str]) -> bool:
    """Whether a rule that looks at `where` sees any of the changed parts; the same groups of parts as in tone.py."""
    groups = {"whole": SECTIONS, "body": BODY_SECTIONS, "opening": ("greeting", "acknowledge")}
    return not changed.isdisjoint(groups.get(where, (where,)))


def _as(rendering: Rendering, name: str) -> Rendering:
    """A rendering under the scenario's present id, by which the present rules know it."""
    if rendering.scenario.id == name:
        return rendering
    return replace(rendering, scenario=rendering.scenario.model_copy(update={"id": name}))


def _waived(half: Half, rendering: Rendering, finding: tone.Finding) -> bool:
    owner = half.shared if part_of(rendering, finding).name in SHARED_SECTIONS else half.message
    return any(waiver.rule == finding.rule for waiver in owner.waivers)


def _difference(first: Rendering, old: Sequence[tone.Finding], last: Rendering, new: Sequence[tone.Finding]) -> Iterable[tuple[str, tone.Finding]]:
    """Findings that only one of two texts has; the same words in the same part are the same finding, wherever they stand."""
    counted = [Counter(_identity(one, finding) for finding in some) for one, some in ((first, old), (last, new))]
    for change, rendering, some, missing in (("gained", last, new, counted[1] - counted[0]), ("lost", first, old, counted[0] - counted[1])):
        for finding in some:
            if missing[_identity(rendering, finding)] > 0:
                missing[_identity(rendering, finding)] -= 1
                yield change, finding


def _identity(rendering: Rendering, finding: tone.Finding) -> tuple[str, str, str, str]:
    part = part_of(rendering, finding).name
    return finding.rule, finding.level, _shown(finding.match), part


def _shown(match: str) -> str:
    """The words of a finding; none for a limit, which finds a whole part, so that a change in it would be a finding lost and another gained."""
    return "" if "\n" in match or len(match) > _LONGEST else match
