"""Every combination of a message in both states, beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.catalog import combinations
from macros.check import Rendering
from macros.diff.shape import Picks, Place, Reach
from macros.diff.side import Side
from macros.message import BODY_SECTIONS, GREETINGS, SHARED_SECTIONS, Message, assemble
from macros.model import Scenario

Values = Mapping[str, str]


@dataclass(frozen=True)
class Half:
    """A combination in one state: the message, what the rules judge, and its parts as shown, with examples that both states share."""

    message: Message
    shared: Message
    rendering: Rendering
    text: str
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A combination in both states; None where a state does not have it."""

    place: Place
    old: Half | None
    new: Half | None

    @property
    def differs(self) -> bool:
        """Whether a buyer reads something else, be it only an example."""
        return self.old is None or self.new is None or self.old.rendering.assembled.text != self.new.rendering.assembled.text

    @cached_property
    def reworded(self) -> frozenset[str]:
        """The parts that read differently by their words, examples aside."""
        if self.old is None or self.new is None:
            return frozenset(BODY_SECTIONS)
        return frozenset(name for name, text in self.new.parts.items() if text != self.old.parts[name])

    @property
    def own(self) -> frozenset[str]:
        """Of these, the message's own."""
        return self.reworded - set(SHARED_SECTIONS)


def rows(before: Side, after: Side, lang: str, was: str, now: str) -> list[Row]:
    """Every combination that a message has in either state, in the head's order; `was` is the base's id of the scenario, `now` the head's."""
    values = {**before.values.get(lang, {}), **after.values.get(lang, {})}
    sides = ((before, was), (after, now))
    ways = [_ways(side.catalog.scenarios.get(name), side.catalog.messages.get((name, lang))) for side, name in sides]
    found = []
    for picks in dict.fromkeys((*ways[1], *ways[0])):
        for greeting in GREETINGS:
            halves = (
                _half(side, name, lang, picks, greeting, values) if picks in mine else None for (side, name), mine in zip(sides, ways, strict=True)
            )
            found.append(Row(Place(scenario=now, lang=lang, picks=picks, greeting=greeting), *halves))
    return found


def reach(some: Iterable[Row]) -> Reach:
    """How many messages and combinations some rows are."""
    return reach_of([row.place for row in some])


def reach_of(places: Iterable[Place]) -> Reach:
    """How many messages and combinations some places are."""
    kept = {(place.scenario, place.lang, place.picks, place.greeting) for place in places}
    return Reach(messages=len({place[:2] for place in kept}), combinations=len(kept))


def _ways(scenario: Scenario | None, message: Message | None) -> tuple[Picks, ...]:
    return combinations(scenario) if scenario and message else ()


def _half(side: Side, name: str, lang: str, picks: Picks, greeting: str, values: Values) -> Half:
    catalog = side.catalog
    message, shared, own = catalog.messages[name, lang], catalog.shared[lang], side.values[lang]
    # An example that one state lacks is taken from the other: its entry may not have loaded, and a blank would be no difference.
    judged = shown = assemble(message, shared, picks, greeting, {**values, **own})
    if any(own.get(blank) != values.get(blank) for blank in judged.placeholders):
        shown = assemble(message, shared, picks, greeting, values)
    parts = {part.name: shown.text[part.start : part.end] for part in shown.parts}
    rendering = Rendering(catalog.scenarios[name], lang, picks, greeting, judged)
    return Half(message, shared, rendering, shown.text, parts)
