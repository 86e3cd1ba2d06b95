"""The exercises of the lessons: questions whose sentences are live (rules' examples, messages, buyers' lines), answered in the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from macros import message as grammar
from macros.catalog import combinations
from macros.lessons import browser_data, lines, scenario_of
from macros.message import assemble
from macros.model import Rule, Scenario
from macros.page import Desk, rule_link
from macros.values import shown_examples

# The end of a sentence: not after the number of an option, not within a date such as "4. Dezember".
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])(?<![0-9]\.) |\n+")


@dataclass(frozen=True)
class Option:
    """An answer to choose, what is said once it is chosen, and whether it is right."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Round:
    """One question of an exercise; `quote` is what a buyer wrote, where the question is about that."""

    ask: str
    options: tuple[Option, ...]
    quote: str = ""


def exercise_choose(desk: Desk, rows: Iterable[Sequence[str]], ask: str = "") -> str:
    """Which of two would you send? A row is a rule, and how a bad and a good example of it in the handbook's language begin.

    Raises ValueError where a beginning fits none of the rule's examples, or several.
    """
    return _exercise(desk, [_pair(desk, row, ask or desk.word("lesson_ask_choose")) for row in rows])


def _pair(desk: Desk, row: Sequence[str], ask: str) -> Round:
    rule_id, bad, good = row
    rule_link(desk, rule_id)
    rules = [rule for rule in (*desk.catalog.rules[desk.lang], *desk.catalog.rules["all"]) if rule.id == rule_id]
    idea = desk.catalog.ideas[rule_id]
    rule, text = _example(desk, rules, "bad", bad)
    _, better = _example(desk, rules, "good", good)
    why = f"{desk.own(idea.title)}{desk.word('colon')}{desk.own(idea.why)}"
    return Round(ask, (Option(text, f"{why} {desk.own(rule.say)}"), Option(better, why, right=True)))


def _example(desk: Desk, rules: Sequence[Rule], kind: str, begins: str) -> tuple[Rule, str]:
    known = [(rule, one.text) for rule in rules for one in getattr(rule, kind)]
    fitting = [pair for pair in known if pair[1].startswith(begins)]
    if len({text for _, text in fitting}) != 1:
        there = "; ".join(text for _, text in known)
        raise ValueError(f"{desk.page}: '{begins}' begins {len(fitting)} {kind} examples of the rule, not one. Take one of: {there}.")
    return fitting[0]


def exercise_order(desk: Desk, scenario_id: str, choose: Sequence[str], reasons: Mapping[str, str]) -> str:
    """The parts of a message to be put in order, with a reason for the place of each. Raises ValueError where a part has none."""
    if tuple(reasons) != grammar.SECTIONS:
        raise ValueError(f"{desk.page}: write a reason for each part, in this order: {', '.join(grammar.SECTIONS)}.")
    parts = _parts(desk, scenario_of(desk, scenario_id), choose)
    rounds = []
    for at, name in enumerate(grammar.SECTIONS[:-1]):  # the last would be the only one left
        later = (Option(parts[other], desk.word("lesson_later", part=desk.word(f"part_{other}"))) for other in grammar.SECTIONS[at + 1 :])
        right = f"{desk.word('part_' + name)}{desk.word('colon')}{reasons[name]}"
        rounds.append(Round(desk.word(f"lesson_ask_order_{min(at, 1)}"), (Option(parts[name], right, right=True), *later)))
    return _exercise(desk, rounds)


def exercise_find(desk: Desk, scenario_id: str, choose: Sequence[str], ask: str, answer: str, why: str) -> str:
    """The sentence of a message that does something: `answer` are words that stand in it alone. Raises ValueError where they do not."""
    parts = _parts(desk, scenario_of(desk, scenario_id), choose)
    sentences = [piece.strip() for name in grammar.BODY_SECTIONS for piece in _END.split(parts[name]) if piece.strip()]
    if sum(answer in sentence for sentence in sentences) != 1:
        raise ValueError(f"{desk.page}: '{answer}' does not stand in exactly one sentence of {scenario_id}: {' | '.join(sentences)}.")
    options = [Option(one, why, right=True) if answer in one else Option(one, desk.word("lesson_not_this")) for one in sentences]
    return _exercise(desk, [Round(ask, tuple(options))], mixed=False)


def exercise_scenario(desk: Desk, rows: Iterable[Sequence[str]]) -> str:
    """Which scenario is meant? A row is the right one and those it is taken for; the question is the first line that its buyers write."""
    rounds = []
    for right, *others in rows:
        scenarios = [scenario_of(desk, name) for name in (right, *others)]
        options = tuple(
            Option(desk.own(one.title), f"{desk.own(one.title)}{desk.word('colon')}{desk.own(one.when)}", one.id == right) for one in scenarios
        )
        rounds.append(Round(desk.word("lesson_ask_scenario"), options, desk.catalog.buyers_say[right][desk.lang][0]))
    return _exercise(desk, rounds)


def _exercise(desk: Desk, rounds: Sequence[Round], mixed: bool = True) -> str:
    """The questions as text with folded answers; the browser makes buttons of them, each with what it says when chosen."""
    shown = [Round(one.ask, _mixed(one.options), one.quote) for one in rounds] if mixed else list(rounds)
    data = [{"ask": one.ask, "quote": one.quote, "options": [[option.text, option.why, option.right] for option in one.options]} for one in shown]
    plain = "".join(_plain(desk, one) for one in shown)
    return f'<div class="hb-exercise"{browser_data(desk, "lesson_", rounds=data, lang=desk.lang)}>{plain}</div>'


def _plain(desk: Desk, one: Round) -> str:
    quote = f"<blockquote>{escape(one.quote)}</blockquote>" if one.quote else ""
    items = "".join(f"<li>{lines(escape(option.text))}</li>" for option in one.options)
    answer = next(option for option in one.options if option.right)
    folded = (
        f"<details><summary>{escape(desk.word('lesson_answer'))}</summary><p>{lines(escape(answer.text))}</p><p>{escape(answer.why)}</p></details>"
    )
    return f"<p><strong>{escape(one.ask)}</strong></p>{quote}<ul>{items}</ul>{folded}"


def _mixed(options: Sequence[Option]) -> tuple[Option, ...]:
    """The same order in every build, and none that tells which is right."""
    return tuple(sorted(options, key=lambda one: hashlib.sha256(one.text.encode()).hexdigest()))


def _parts(desk: Desk, scenario: Scenario, choose: Sequence[str]) -> dict[str, str]:
    """The parts of a message in the handbook's language, filled with its examples. Raises ValueError where the picks fit no combination."""
    if tuple(choose) not in combinations(scenario):
        raise ValueError(f"{desk.page}: choose one of {combinations(scenario)} for {scenario.id}.")
    lang, catalog = desk.lang, desk.catalog
    values = shown_examples(catalog.variables, lang, catalog.languages[lang], catalog.stores)
    done = assemble(catalog.messages[scenario.id, lang], catalog.shared[lang], choose, "named", values)
    return {part.name: done.text[part.start : part.end].strip() for part in done.parts}
