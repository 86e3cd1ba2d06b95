"""Text and rules in, findings out; overrides/assets/js/tone.js is its twin and finds the same."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import regex

from macros.model import Bilingual, Example, Rule
from macros.pattern import MACRO, Node, Reader, expand, fold, macro_nodes, normal, one_line

Span = tuple[int, int]
Parts = Sequence[tuple[str, int, int]]

_CLUSTER = regex.compile(r"[^\p{M}]\p{M}*|\p{M}+")
_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*")
_SENTENCE_END = regex.compile(r"\n|[。！？]+|[.!?]+(?=[ \n]|$)")
# In these languages a dot after one or two digits is no end: „am 2. Dezember“.
_ORDINAL_DOT = frozenset({"de"})
_ORDINAL = regex.compile(r"(?:^|[^0-9])[0-9]{1,2}\.$")
_BEFORE, _AFTER = r"(?<![\p{L}\p{N}])(?:", r")(?![\p{L}\p{N}])"
_UNSPACED = frozenset({"zh"})
_MASK = "\u00b7"
_REMEMBERED = 20_000  # lines; a handbook has some hundreds


@dataclass(frozen=True)
class Context:
    """What is known of the message: its language, the picks, and scenario and kind where there is one."""

    lang: str
    choices: frozenset[str] = frozenset()
    scenario: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Finding:
    """What a rule found: `start` to `end` in code points of the text given, and `match`, the words there."""

    rule: str
    level: str
    start: int
    end: int
    match: str
    say: Bilingual


@dataclass(frozen=True, eq=False)
class Piece:
    """One alternative of a pattern. A folded text that contains none of `needles` has no match; None if nothing can be said."""

    source: str
    case: bool
    needles: frozenset[str] | None

    @cached_property
    def search(self) -> Callable[[str, int], regex.Match[str] | None]:
        return _compile(self.source, self.case).search


@dataclass(frozen=True, eq=False)
class Group:
    """One pattern of a sentence: its source as the browser reads it (macros by name, no word ends), and its alternatives."""

    source: str
    pieces: tuple[Piece, ...]

    def first(self, text: str, candidates: set[Piece]) -> Span | None:
        """The leftmost match, or None."""
        pieces = [piece for piece in self.pieces if piece in candidates]
        return next((found.span() for found in _leftmost(pieces, text)), None) if pieces else None


@dataclass(frozen=True, eq=False)
class Roles:
    """What a sentence must hold, in any order, and what it must not."""

    has: tuple[Group, ...]
    lacks: tuple[Group, ...]

    def possible(self, candidates: set[Piece]) -> bool:
        """Whether a text with these candidates can hold every role."""
        return all(not candidates.isdisjoint(group.pieces) for group in self.has)

    def span(self, sentence: str, candidates: set[Piece]) -> Span | None:
        """From the first word of a role to the last, or None where one is missing or something excuses the sentence."""
        found = []
        for group in self.has:
            if (at := group.first(sentence, candidates)) is None:
                return None
            found.append(at)
        if any(group.first(sentence, candidates) for group in self.lacks):
            return None
        return min(start for start, _ in found), max(end for _, end in found)


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """A rule and its regular expressions, compiled when first needed; `find` is what the browser reads, with macros by name.

    `ends` says whether words must end where a match does. `pieces` are the alternatives of `find`: only those that may match are ever tried.
    """

    rule: Rule
    find: str
    unless: str
    pieces: tuple[Piece, ...]
    roles: tuple[Roles, ...] = ()
    lang: str = ""
    ends: bool = False

    @cached_property
    def by_line(self) -> bool:
        """Whether a line is all it needs to see: what it finds in a line it finds there in any text."""
        patterns = (*(piece.source for piece in self.pieces), self.unless)
        return self.rule.kind == "avoid" and self.rule.where == "whole" and all(map(one_line, patterns))

    @cached_property
    def excuse(self) -> regex.Pattern[str]:
        return _compile(self.unless, self.rule.case)

    def applies(self, context: Context) -> bool:
        """Whether the rule speaks about such a message at all."""
        rule = self.rule
        return (
            (not rule.choices or not context.choices.isdisjoint(rule.choices))
            and (not rule.scenarios or context.scenario in rule.scenarios)
            and (not rule.except_scenarios or (context.scenario is not None and context.scenario not in rule.except_scenarios))
            and (not rule.kinds or context.kind in rule.kinds)
        )

    def spans(self, look: _Look) -> Iterator[Span]:
        """The findings as spans of the normalised text."""
        at = look.part(self.rule.where)
        if self.rule.kind == "limit":
            yield from _over(self.rule, look, at) if at else ()
        elif self.rule.kind == "avoid":
            yield from self._matches(look, at) if at else ()
        elif at is None:
            yield (len(look.text),) * 2 if self.rule.where == "closing" else (0, 0)
        elif not any(True for _ in self._matches(look, at)):
            yield at[0], at[0]

    def _matches(self, look: _Look, at: Span) -> Iterator[Span]:
        text = (look.masked if self.rule.mask else look.text)[at[0] : at[1]]
        for start, end in self.hits(text, look.candidates):
            yield at[0] + start, at[0] + end

    def hits(self, text: str, candidates: set[Piece]) -> Iterator[Span]:
        """The matches in a text (masked where the rule wants it), less those that `unless` excuses."""
        pieces = [piece for piece in self.pieces if piece in candidates]
        found = [match.span() for match in _leftmost(pieces, text)] if pieces else []
        roles = [one for one in self.roles if one.possible(candidates)]
        if roles:
            found += self._sentences(text, candidates, roles, found)
        if not found:
            return
        excused = [match.span() for match in self.excuse.finditer(text)] if self.unless else []
        for start, end in sorted(found):
            if not any(first < end and start < last for first, last in excused):
                yield start, end

    def _sentences(self, text: str, candidates: set[Piece], roles: Sequence[Roles], found: Sequence[Span]) -> list[Span]:
        """One span for each sentence that holds all of one's roles and in which no pattern has found anything already."""
        spans = []
        for first, last in _sentences(text, self.lang in _ORDINAL_DOT):
            if any(start < last and first < end for start, end in found):
                continue
            hit = next((span for one in roles if (span := one.span(text[first:last], candidates))), None)
            if hit:
                spans.append((first + hit[0], first + hit[1]))
        return spans


@dataclass(frozen=True)
class Ruleset:
    """The rules of one language in file order, and the patterns of what a rule with `mask` does not see."""

    lang: str
    rules: tuple[CompiledRule, ...]
    masks: tuple[Piece, ...]
    macros: Mapping[str, str] = field(default_factory=dict)
    _lines: dict[str, tuple[str, tuple[tuple[CompiledRule, int, int], ...]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def line_rules(self) -> tuple[CompiledRule, ...]:
        """The rules that look at one line at a time."""
        return tuple(rule for rule in self.rules if rule.by_line)

    def line(self, text: str) -> tuple[str, tuple[tuple[CompiledRule, int, int], ...]]:
        """A line masked, and what `line_rules` find in it; remembered, for a line stands in many messages."""
        known = self._lines.get(text)
        if known is None:
            candidates = self.candidates(text)
            masked = self._mask(text, candidates)
            found = ((rule, *span) for rule in self.line_rules for span in rule.hits(masked if rule.rule.mask else text, candidates))
            if len(self._lines) > _REMEMBERED:
                self._lines.clear()
            known = self._lines[text] = (masked, tuple(found))
        return known

    def _mask(self, text: str, candidates: set[Piece]) -> str:
        pieces, at = [], 0
        for found in _leftmost([mask for mask in self.masks if mask in candidates], text):
            pieces += [text[at : found.start()], _MASK * len(found[0])]
            at = found.end()
        return "".join((*pieces, text[at:]))

    def candidates(self, text: str) -> set[Piece]:
        """The pieces of which the text holds a needle. Letters in threes are looked up first, for most rules have none here."""
        folded = fold(text)
        keys = self.index.keys() & set(map("".join, zip(folded, folded[1:], folded[2:], strict=False)))
        keys.update(key for key in self.short_keys if key in folded)
        return {piece for key in keys for needle, piece in self.index[key] if needle in folded}

    @cached_property
    def index(self) -> dict[str, list[tuple[str, Piece]]]:
        """Needles and their pieces by the rarest three letters of the needle; under "" the pieces that any text may match."""
        groups = (group for rule in self.rules for one in rule.roles for group in (*one.has, *one.lacks))
        pieces = (*(piece for rule in self.rules for piece in rule.pieces), *(piece for group in groups for piece in group.pieces), *self.masks)
        needles = [(needle, piece) for piece in pieces for needle in (("",) if piece.needles is None else piece.needles)]
        common = Counter(gram for needle, _ in needles for gram in _grams(needle))
        found: dict[str, list[tuple[str, Piece]]] = {}
        for needle, piece in needles:
            found.setdefault(min(_grams(needle), key=common.__getitem__), []).append((needle, piece))
        return found

    @cached_property
    def short_keys(self) -> tuple[str, ...]:
        """The keys of `index` with fewer than three letters."""
        return tuple(key for key in self.index if len(key) < 3)


def compile_rules(rules: Sequence[Rule], lang: str, macros: Mapping[str, str], masks: Sequence[str]) -> Ruleset:
    """The rules that hold for a language, ready to check. Raises ValueError for a pattern outside the shared subset."""
    nodes = macro_nodes(macros)
    groups: dict[tuple[str, bool, bool], Group] = {}
    mine = tuple(_prepare(rule, lang, macros, nodes, groups) for rule in rules if not rule.languages or lang in rule.languages)
    hidden = [piece for mask in masks for piece in _pieces(mask, macros, nodes, False, False)[0]]
    if wide := [piece.source for piece in hidden if not one_line(piece.source)]:
        raise ValueError(f"The mask '{wide[0]}' can reach over a line break. Leave out ^, $ and \\n, and name \\n in sets such as [^\\n].")
    return Ruleset(lang, mine, tuple(hidden), macros)


def check(text: str, ruleset: Ruleset, context: Context, parts: Parts | None = None) -> tuple[Finding, ...]:
    """All findings, by start, end and rule id; offsets are code points of `text` as given.

    `parts` are (name, start, end) in code points, as a template makes them. Without them the text is free:
    greeting and closing are recognised by their form, and what is between counts as every other part.
    """
    return _run(text, (rule for rule in ruleset.rules if rule.applies(context)), ruleset, parts)


def check_example(example: Example | str, rule: Rule, ruleset: Ruleset) -> tuple[Finding, ...]:
    """What the rule itself and all `avoid` rules of the ruleset find in a fragment that is the part the rule looks at.

    An example that does not say its choices, scenario or kind takes the first that the rule is narrowed to.
    Raises ValueError where the ruleset does not have the rule.
    """
    given = Example(text=example) if isinstance(example, str) else example
    if all(compiled.rule != rule for compiled in ruleset.rules):
        raise ValueError(f"The ruleset '{ruleset.lang}' has no rule '{rule.id}'.")
    context = Context(
        ruleset.lang,
        frozenset(given.choices or rule.choices[:1]),
        given.scenario or next(iter(rule.scenarios), None),
        given.kind or next(iter(rule.kinds), None),
    )
    part = {"whole": None, "opening": "acknowledge", "body": "resolve"}.get(rule.where, rule.where)
    parts = [(part, 0, len(given.text))] if part else []
    concerned = (one for one in ruleset.rules if (one.rule == rule or one.rule.kind == "avoid") and one.applies(context))
    return _run(given.text, concerned, ruleset, parts)


def better(rule: Rule, match: str) -> str | None:
    """The better words of a rule that knows them for what it has found, or None; tone.js has the same."""
    for swap in rule.swap:
        changed = _compile(swap.find, rule.case).sub(swap.to.replace("$1", r"\g<1>"), match)
        if changed != match:
            return changed[:1].upper() + changed[1:] if match[:1].isupper() else changed
    return None


def sentences(text: str, lang: str) -> list[Span]:
    """Where the sentences of a text stand, as the rules count them; each line break ends one."""
    return list(_sentences(text, lang in _ORDINAL_DOT))


def to_json(ruleset: Ruleset) -> dict[str, Any]:
    """The ruleset as plain data for the browser: patterns with the macros they name, no examples; empty keys are left out."""
    mask = "|".join(piece.source for piece in ruleset.masks)
    rules = [_plain(rule) for rule in ruleset.rules]
    return {"lang": ruleset.lang, "mask": mask, "macros": _named(repr(rules), ruleset.macros), "rules": rules}


def _named(text: str, macros: Mapping[str, str]) -> dict[str, str]:
    """The macros that a text names, and those that they name."""
    found: dict[str, str] = {}
    waiting = [text]
    while waiting:
        for match in MACRO.finditer(waiting.pop()):
            if match[1] in macros and match[1] not in found:
                found[match[1]] = macros[match[1]]
                waiting.append(macros[match[1]])
    return dict(sorted(found.items()))


def _plain(compiled: CompiledRule) -> dict[str, Any]:
    rule = compiled.rule
    entry = {
        "id": rule.id,
        "kind": rule.kind,
        "level": rule.level,
        "where": rule.where,
        "choices": list(rule.choices),
        "scenarios": list(rule.scenarios),
        "exceptScenarios": list(rule.except_scenarios),
        "kinds": list(rule.kinds),
        "find": compiled.find,
        "unless": "|".join(rule.unless),
        "ends": compiled.ends,
        "sentences": [[[group.source for group in one.has], [group.source for group in one.lacks]] for one in compiled.roles],
        "case": rule.case,
        "mask": rule.mask,
        "line": compiled.by_line,
        "swap": [[one.find, one.to] for one in rule.swap],
        "metric": rule.metric,
        "max": rule.max,
        "say": {"en": rule.say.en, "zh": rule.say.zh},
    }
    return {key: value for key, value in entry.items() if value}


def _run(text: str, rules: Iterable[CompiledRule], ruleset: Ruleset, parts: Parts | None) -> tuple[Finding, ...]:
    look = _Look(text, ruleset, parts)
    concerned = list(rules)
    heard = set(concerned)
    hits = [(rule, span) for rule in concerned if not rule.by_line for span in rule.spans(look)]
    for at, line in look.lines:
        hits += [(rule, (at + start, at + end)) for rule, start, end in ruleset.line(line)[1] if rule in heard]
    return tuple(sorted((_finding(text, look, *hit) for hit in hits), key=lambda one: (one.start, one.end, one.rule)))


def _finding(text: str, look: _Look, compiled: CompiledRule, span: Span) -> Finding:
    start, end = look.original(span)
    return Finding(compiled.rule.id, compiled.rule.level, start, end, text[start:end], compiled.rule.say)


# Compiling -----------------------------------------------------------------------------------------------------------


def _prepare(
    rule: Rule, lang: str, macros: Mapping[str, str], nodes: Mapping[str, Node], groups: dict[tuple[str, bool, bool], Group]
) -> CompiledRule:
    ends = not rule.raw and lang not in _UNSPACED
    sources = [*map(_literal, rule.phrases), *rule.patterns]
    try:
        read = [_pieces(source, macros, nodes, rule.case, ends) for source in sources]
        for source in (*rule.unless, *(swap.find for swap in rule.swap)):
            Reader(source, rule.case, nodes).read()
        roles = tuple(
            Roles(*(tuple(_group(source, macros, nodes, rule.case, ends, groups) for source in group) for group in (one.has, one.lacks)))
            for one in rule.sentences
        )
        unless = _join([expand(source, macros) for source in rule.unless], ends)
    except ValueError as wrong:
        raise ValueError(f"[{rule.id}] {wrong}") from wrong
    pieces = tuple(piece for some, _ in read for piece in some)
    if len(pieces) > 1 and any(captures for _, captures in read):
        raise ValueError(f"[{rule.id}] A group without ?: among several patterns. Write (?:...), or make it a rule of its own.")
    return CompiledRule(rule, "|".join(sources), unless, pieces, roles, lang, ends)


def _group(
    source: str, macros: Mapping[str, str], nodes: Mapping[str, Node], case: bool, ends: bool, groups: dict[tuple[str, bool, bool], Group]
) -> Group:
    """One pattern of a sentence; many rules name the same role, which is read once."""
    key = source, case, ends
    if key not in groups:
        pieces, captures = _pieces(source, macros, nodes, case, ends)
        if captures:
            raise ValueError(f"A group without ?: in '{source}'. Write (?:...).")
        groups[key] = Group(source, tuple(pieces))
    return groups[key]


def _pieces(source: str, macros: Mapping[str, str], nodes: Mapping[str, Node], case: bool, ends: bool) -> tuple[list[Piece], bool]:
    """The alternatives of a pattern, and whether it has a group that \\1 may name."""
    reader = Reader(source, case, nodes)
    found = []
    for text, node in reader.read():
        if (macro := MACRO.fullmatch(text)) and macro[1] in macros:
            found += _pieces(macros[macro[1]], macros, nodes, case, ends)[0]
        else:
            found.append(Piece(_join([expand(text, macros)], ends), case, node.needles))
    return found, reader.captures > 0


def _grams(text: str) -> list[str]:
    """Each three letters in a row; a shorter text as it is."""
    return [text[at : at + 3] for at in range(max(1, len(text) - 2))]


def _leftmost(pieces: Sequence[Piece], text: str) -> Iterator[regex.Match[str]]:
    """Matches that do not overlap, as the alternatives joined by | would give them; empty ones are left out."""
    waiting = [(found, piece) for piece in pieces if (found := piece.search(text, 0))]
    while waiting:
        first, _ = min(waiting, key=lambda one: one[0].start())
        if first.end() > first.start():
            yield first
        at = max(first.end(), first.start() + 1)
        later = ((found if found.start() >= at else piece.search(text, at), piece) for found, piece in waiting)
        waiting = [(found, piece) for found, piece in later if found]


def _join(sources: Sequence[str], ends: bool) -> str:
    joined = "|".join(sources)
    return f"{_BEFORE}{joined}{_AFTER}" if ends and sources else joined


def _literal(phrase: str) -> str:
    return regex.sub(r"[\\^$.*+?()\[\]{}|/]", lambda found: "\\" + found[0], normal(phrase))


def _compile(source: str, case: bool) -> regex.Pattern[str]:
    # In Python $ also matches before a last line break, in JavaScript only at the very end.
    ended = regex.sub(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", lambda found: r"\Z" if found[0] == "$" else found[0], source)
    return regex.compile(ended, regex.V0 | (0 if case else regex.IGNORECASE))


# Looking at a text ---------------------------------------------------------------------------------------------------


class _Look:
    """A text as the rules see it: normalised, masked, and divided into parts, each made once and only if asked for."""

    def __init__(self, text: str, ruleset: Ruleset, parts: Parts | None) -> None:
        self._ruleset, self._parts, self._given, self.lang = ruleset, parts, len(text), ruleset.lang
        self._starts: list[int] | None = None
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            text = self._compose(text)
        self.text = normal(text)

    def _compose(self, text: str) -> str:
        """NFC for each base character with its marks; keeps where each came from."""
        pieces: list[str] = []
        self._starts, self._ends = [], []
        for cluster in _CLUSTER.finditer(text):
            piece = unicodedata.normalize("NFC", cluster[0])
            pieces.append(piece)
            self._starts += [cluster.start()] * len(piece)
            self._ends += [cluster.end()] * len(piece)
        return "".join(pieces)

    @cached_property
    def candidates(self) -> set[Piece]:
        return self._ruleset.candidates(self.text)

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Where each line that is not empty begins, and the line."""
        found, at = [], 0
        for line in self.text.split("\n"):
            if line:
                found.append((at, line))
            at += len(line) + 1
        return found

    @cached_property
    def masked(self) -> str:
        return "\n".join(self._ruleset.line(line)[0] if line else "" for line in self.text.split("\n"))

    @cached_property
    def _spans(self) -> dict[str, Span]:
        if self._parts is None:
            return _free_parts(self.text)
        return _given_parts([(name, self._inner(start), self._inner(end)) for name, start, end in self._parts])

    def part(self, where: str) -> Span | None:
        """The span of a part in the normalised text; None where the text has no such part."""
        return (0, len(self.text)) if where == "whole" else self._spans.get(where)

    def _inner(self, offset: int) -> int:
        return offset if self._starts is None else bisect_left(self._starts, offset)

    def original(self, span: Span) -> Span:
        """A span of the normalised text as code points of the text given, whole clusters."""
        start, end = span
        if self._starts is None:
            return span
        first = self._starts[start] if start < len(self._starts) else self._given
        return first, self._ends[end - 1] if end > start else first


def _given_parts(parts: Parts) -> dict[str, Span]:
    spans = {name: (start, end) for name, start, end in parts}
    body = [spans[name] for name in ("acknowledge", "resolve", "next_step") if name in spans]
    opening = [spans[name] for name in ("greeting", "acknowledge") if name in spans]
    return spans | {name: (found[0][0], found[-1][1]) for name, found in (("body", body), ("opening", opening)) if found}


def _free_parts(text: str) -> dict[str, Span]:
    """The parts of a text without marks, by its form: short lines, blank lines, the marks at line ends."""
    blocks = _blocks(text)
    if not blocks:
        return {}
    spans: dict[str, Span] = {}
    first = blocks[0][0]
    if _is_greeting(text, first, len(blocks[0]) == 1 < len(blocks)):
        spans["greeting"] = first
        blocks = [block for block in (blocks[0][1:], *blocks[1:]) if block]
    elif lead := _lead(text, first):
        spans["greeting"] = lead
    if not blocks:
        return spans
    closing, body = _split_closing(text, blocks)
    spans["closing"] = (closing[0][0][0], closing[-1][-1][1])
    if body:
        # A line such as "Order 111-2222222-3333333" may stand before the thanks.
        short = len(body) > 1 and len(body[0]) == 1 and _length(body[0][0]) <= 60
        thanks = body[1 if short else 0]
        spans["acknowledge"] = (body[0][0][0], thanks[-1][1])
        spans["opening"] = (spans.get("greeting", body[0][0])[0], thanks[-1][1])
        spans |= dict.fromkeys(("body", "resolve", "next_step"), (body[0][0][0], body[-1][-1][1]))
    return spans


def _blocks(text: str) -> list[list[Span]]:
    """Lines that are not blank, without spaces at their ends, grouped by the blank lines between."""
    blocks: list[list[Span]] = [[]]
    at = 0
    for line in text.split("\n"):
        kept = line.strip(" ")
        if kept:
            start = at + line.index(kept[0])
            blocks[-1].append((start, start + len(kept)))
        elif blocks[-1]:
            blocks.append([])
        at += len(line) + 1
    return [block for block in blocks if block]


def _length(span: Span) -> int:
    return span[1] - span[0]


def _is_greeting(text: str, line: Span, alone: bool) -> bool:
    last = text[line[1] - 1]
    return _length(line) <= 80 and (last in ",:，：、!！" or (alone and last not in ".?;。？；…"))


def _lead(text: str, line: Span) -> Span | None:
    """What stands before the first mark of a first line that goes on: "Hi Tom, thank you ..."."""
    for at in range(line[0], min(line[1], line[0] + 60)):
        if text[at] in ",.:!;，。：！；":
            return line[0], at + 1
    return None


def _split_closing(text: str, blocks: list[list[Span]]) -> tuple[list[list[Span]], list[list[Span]]]:
    """Closing blocks, and body blocks; a last block that holds whole sentences belongs to both."""
    signature = all(_length(line) <= 60 and text[line[1] - 1] not in ".?。？" for line in blocks[-1])
    if not signature:
        return blocks[-1:], blocks
    if len(blocks) > 1 and len(blocks[-1]) <= 3 and len(blocks[-2]) == 1:
        before = blocks[-2][0]
        if _length(before) <= 60 and text[before[1] - 1] not in ".?。？:：":
            return blocks[-2:], blocks[:-2]
    return blocks[-1:], blocks[:-1]


# Limits --------------------------------------------------------------------------------------------------------------


def _over(rule: Rule, look: _Look, at: Span) -> Iterator[Span]:
    """The spans whose measure is over the rule's maximum."""
    part = look.text[at[0] : at[1]]
    if rule.metric in ("characters", "words"):
        size = len(part) if rule.metric == "characters" else len(_WORD.findall(part))
        if size > (rule.max or 0):
            yield at
        return
    least = (rule.max or 0) * (2 if rule.metric == "sentence_words" else 1)
    for start, end in _sentences(part, look.lang in _ORDINAL_DOT):
        if end - start < least:  # too short to hold so many words
            continue
        size = end - start if rule.metric == "sentence_chars" else len(_WORD.findall(part, start, end))
        if size > (rule.max or 0):
            yield at[0] + start, at[0] + end


def _sentences(text: str, ordinals: bool) -> Iterator[Span]:
    start = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)):
        if ordinals and end < len(text) and _ORDINAL.search(text, max(0, end - 4), end):
            continue
        piece = text[start:end].strip(" \n")
        if piece:
            first = start + text[start:end].index(piece[0])
            yield first, first + len(piece)
        start = end
