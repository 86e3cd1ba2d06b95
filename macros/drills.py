"""Questions made from what is already there: rules with their examples, whole bad replies, messages, and what buyers write.

Each has one right answer, by the rules or by the grammar of messages; what would have two is left out. Which answers are
shown is drawn in the browser (onboarding/draw.js), out of `wrong` and, for "which rule", out of `Pool.others`.
"""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Literal

from macros import tone
from macros.library import Catalog, combinations, scope
from macros.memo import digest
from macros.message import SECTIONS, Assembled, Part, assemble
from macros.model import FULFILMENTS, Example, Reply, Rule, Scenario
from macros.values import shown_examples

Kind = Literal["words", "idea", "reply", "missing", "better", "order", "scenario", "fulfilment", "policy"]
LEAST = 2  # wrong answers that a question needs besides the right one
LONGEST_EXAMPLE = 400  # characters; a longer one is there for its length alone
MOST_WORDS = 4  # words that are asked for; of a longer run nobody can say where it begins
ORDERED = 3  # messages of a family whose parts are put in order: the shortest
NEIGHBOURS = 6  # wrong scenarios kept for a buyer's line
UNLIKE = 0.05  # a likeness that says nothing: an article, a "please"
_AMAZON = re.compile(r"Amazon|亚马逊")
_SHORTENED = re.compile(r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|Hr|Fr|ca|bzw|inkl|z\.B)\.$")
_SENTENCE = re.compile(r"[.?。？！!]$")
_CLAUSE = re.compile(r"[^,.;:!?，。；：！？、“”\"()（）\n]+")


@dataclass(frozen=True)
class Question:
    """One question. `text` is shown, `right` is the answer, every entry of `wrong` is wrong.

    words       which words of `text` break a rule; then: which rule (`idea`)
    idea        which rule `text` breaks; the wrong answers are `Pool.others[idea]`
    reply       which sentence of a whole reply breaks a rule; then: which rule
    missing     which part a whole reply lacks; answers are ideas
    better      which sentence keeps the rule `idea`; there is no `text`
    order       the parts of a message; `right` is the text, `wrong` its parts in their order
    scenario    which scenario a buyer's line belongs to; answers are scenarios
    fulfilment  for which orders a passage is written; answers are fbm and fba
    policy      whether `text` may be written on Amazon; answers are yes and no

    `fulfilment` and `scenario` say in which case a rule speaks, where it is narrowed to one; for kinds made from a scenario, which.
    """

    kind: Kind
    lang: str
    group: str
    source: str
    text: str
    right: str
    wrong: tuple[str, ...] = ()
    idea: str | None = None
    fulfilment: str | None = None
    scenario: str | None = None

    @property
    def id(self) -> str:
        """Stable as long as the words asked about stay."""
        return f"{self.lang}:{self.kind}:{self.source}:{digest(self.text, self.right)[:8]}"


@dataclass(frozen=True)
class Pool:
    """All questions of a message language, and for each idea those that are clearly another."""

    questions: tuple[Question, ...]
    others: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Case:
    """An example of a rule, and what the rules find in it."""

    rule: Rule
    example: Example
    findings: tuple[tone.Finding, ...]

    @property
    def ideas(self) -> set[str]:
        return {finding.rule for finding in self.findings}

    @property
    def setting(self) -> tuple[str | None, str | None]:
        """Fulfilment and scenario to which the rule is narrowed here."""
        choices = self.example.choices or self.rule.choices[:1]
        fulfilment = next((pick for pick in choices if pick in FULFILMENTS), None)
        return fulfilment, self.example.scenario or next(iter(self.rule.scenarios), None)

    @property
    def is_plain(self) -> bool:
        """Whether fulfilment and scenario say all that narrows it, and the text is short enough to be read."""
        choices = self.example.choices or self.rule.choices[:1]
        narrowed = set(choices) - set(FULFILMENTS) or self.example.kind or self.rule.kinds
        return not narrowed and len(self.example.text) <= LONGEST_EXAMPLE


def pool(catalog: Catalog, lang: str) -> Pool:
    """Every question that can be drawn in a message language, in a fixed order."""
    found = _Found(catalog, lang)
    made = chain(
        found.spots(), found.better(), found.policy(), found.replies(), orders(catalog, lang), scenarios(catalog, lang), fulfilments(catalog, lang)
    )
    return Pool(tuple({question.id: question for question in made}.values()), found.others)


class _Found:
    """What the rules of a language find in their own examples and in whole replies, each judged once."""

    def __init__(self, catalog: Catalog, lang: str) -> None:
        self.catalog, self.lang, self.rules = catalog, lang, catalog.ruleset(lang)
        mine = _language_of(catalog)
        own = {id(rule) for rule in catalog.rules[lang]}
        self.bad: list[_Case] = []
        self.good: list[_Case] = []
        self.together: list[set[str]] = []  # what is found side by side, also in examples of other languages
        for rule in (compiled.rule for compiled in self.rules.rules):
            for examples, cases in ((rule.bad, self.bad), (rule.good, self.good)):
                for example in examples:
                    case = _Case(rule, example, tone.check_example(example, rule, self.rules))
                    self.together.append(case.ideas | ({rule.id} if cases is self.bad else set()))
                    if id(rule) in own or mine(example.text) == lang:
                        cases.append(case)
        self.written = {name: (reply, self._judged(reply)) for name, reply in catalog.replies.get(lang, {}).items()}

    def _judged(self, reply: Reply) -> tuple[tone.Finding, ...]:
        return tone.check(reply.text, self.rules, tone.Context(self.lang, frozenset([reply.fulfilment] if reply.fulfilment else [])))

    @cached_property
    def others(self) -> dict[str, tuple[str, ...]]:
        """For each idea those of other groups that are never found beside it, so that nobody can mean both."""
        together = [*self.together, *({hit.rule for hit in hits} for _, hits in self.written.values())]
        offered = [compiled.rule.id for compiled in self.rules.rules if compiled.rule.kind == "avoid" and not _narrowed(compiled.rule)]
        ideas = self.catalog.ideas
        found = {}
        for name in dict.fromkeys(compiled.rule.id for compiled in self.rules.rules):
            near = {idea for some in together if name in some for idea in some}
            found[name] = tuple(dict.fromkeys(other for other in offered if ideas[other].group != ideas[name].group and other not in near))
        return found

    def spots(self) -> Iterator[Question]:
        """Bad examples that only their own rule finds: which words, which rule."""
        for case in self.bad:
            rule, text = case.rule, case.example.text
            if rule.kind != "avoid" or case.ideas != {rule.id} or not case.is_plain or len(self.others[rule.id]) < LEAST:
                continue
            right, wrong = self._words(case) or (rule.id, ())
            kind: Kind = "words" if wrong else "idea"
            yield Question(kind, self.lang, self._group(rule), rule.id, text, right, wrong, rule.id, *case.setting)

    def _words(self, case: _Case) -> tuple[str, tuple[str, ...]] | None:
        """The words without which the rule finds nothing, and runs of others without which it still does; None where they are hard to tell."""
        text, size = case.example.text, len(_tokens(case.findings[0].match, self.lang))
        start, end = _whole_words(text, case.findings[0].start, case.findings[0].end, self.lang)
        words = text[start:end]
        if len(case.findings) != 1 or size > MOST_WORDS or "\n" in text or text.count(words) != 1 or self._finds(case, words):
            return None
        if not tone.check_example(case.example, case.rule, self._by_words):
            return None
        runs = dict.fromkeys(run for side in (text[:start], text[end:]) for run in _runs(side, max(2, size), self.lang))
        wrong = tuple(run for run in runs if len(run) > 2 and text.count(run) == 1 and self._finds(case, run))
        return (words, wrong) if len(wrong) >= LEAST else None

    @cached_property
    def _by_words(self) -> tone.Ruleset:
        """The rules without what they find by roles in a sentence: there no word alone is the wrong one."""
        return replace(self.rules, rules=tuple(replace(compiled, roles=()) for compiled in self.rules.rules), _lines={})

    def _finds(self, case: _Case, without: str) -> bool:
        """Whether the rule still finds something when these words are not there."""
        example = case.example.model_copy(update={"text": case.example.text.replace(without, "")})
        return case.rule.id in {hit.rule for hit in tone.check_example(example, case.rule, self.rules)}

    def better(self) -> Iterator[Question]:
        """A good example, which passes all rules or the catalogue would not load, among bad ones of the same rule."""
        for case in self.good:
            rule = case.rule
            if rule.kind == "limit" or not case.is_plain:
                continue
            bad = [one for one in self.bad if one.rule is rule and one.setting == case.setting and one.is_plain and rule.id in one.ideas]
            wrong = tuple(dict.fromkeys(one.example.text for one in bad))
            if len(wrong) >= LEAST:
                yield Question("better", self.lang, self._group(rule), rule.id, "", case.example.text, wrong, rule.id, *case.setting)

    def policy(self) -> Iterator[Question]:
        """What Amazon forbids, and what looks like it and may be written; each sentence once, though several rules have it for an example."""
        asked = set()
        for case in (*self.bad, *self.good):
            rule = case.rule
            whole = case.is_plain and case.ideas <= {rule.id} and _SENTENCE.search(case.example.text)
            if whole and rule.kind == "avoid" and self._group(rule) == "amazon-policy" and case.example.text not in asked:
                asked.add(case.example.text)
                answers = ("no", "yes") if case.ideas else ("yes", "no")
                yield Question("policy", self.lang, "amazon-policy", rule.id, case.example.text, answers[0], answers[1:], rule.id, *case.setting)

    def replies(self) -> Iterator[Question]:
        """Whole replies in which only one rule finds anything: the sentence, or the part that is not there."""
        parts = [compiled.rule for compiled in self.rules.rules if compiled.rule.kind == "require" and not _narrowed(compiled.rule)]
        for name, (reply, hits) in self.written.items():
            if len({hit.rule for hit in hits}) != 1:
                continue
            rule = next(compiled.rule for compiled in self.rules.rules if compiled.rule.id == hits[0].rule)
            fulfilment = reply.fulfilment if rule.choices else None
            if rule in parts:
                wrong = tuple(dict.fromkeys(part.id for part in parts if part.id != rule.id))
                yield Question("missing", self.lang, self._group(rule), name, reply.text, rule.id, wrong, rule.id)
            elif rule.kind == "avoid" and len(self.others[rule.id]) >= LEAST and (cut := cut_at(reply.text, hits, self.lang)):
                yield Question("reply", self.lang, self._group(rule), name, reply.text, *cut, rule.id, fulfilment)

    def _group(self, rule: Rule) -> str:
        return self.catalog.ideas[rule.id].group


def _narrowed(rule: Rule) -> bool:
    return bool(rule.choices or rule.scenarios or rule.except_scenarios or rule.kinds)


# What the browser loads ------------------------------------------------------------------------------------------------


def made_from(catalog: Catalog, lang: str) -> str:
    """A fingerprint of all that the questions of a language depend on: what has not changed need not be asked anew."""
    said = {name: lines.get(lang) for name, lines in catalog.buyers_say.items()}
    words = (catalog.ideas, catalog.families, catalog.confused, catalog.replies.get(lang), catalog.variables, catalog.languages[lang], said)
    texts = [section.text for (_, tongue), message in catalog.messages.items() if tongue == lang for section in message.sections]
    shared = [section.text for section in catalog.shared[lang].sections]
    return digest(catalog.rules_fingerprint(lang), *map(repr, words), *texts, *shared, Path(__file__).read_text(encoding="utf-8"))


def to_json(found: Pool) -> dict[str, Any]:
    """The questions as plain data, the same for both handbooks: titles and reasons come with the rules and the page. Empty keys are left out."""
    return {"questions": [_row(question) for question in found.questions], "others": found.others}


def _row(question: Question) -> dict[str, Any]:
    keys = ("id", "kind", "group", "text", "right", "wrong", "idea", "fulfilment", "scenario")
    row = {key: getattr(question, key) for key in keys if getattr(question, key)}
    if question.kind == "order":
        return row | {"right": question.wrong, "wrong": ()}
    if question.kind == "reply":
        return row | {"text": _pieces(question.text, {question.right, *question.wrong}), "wrong": ()}
    return row


def _pieces(text: str, sentences: Iterable[str]) -> list[str]:
    """A text cut into its sentences and what stands between them, in turn, beginning with what stands before the first."""
    spans = sorted((text.index(one), text.index(one) + len(one)) for one in sentences)
    ends = [0, *(end for _, end in spans)]
    between = [text[end:start] for end, (start, _) in zip(ends, [*spans, (len(text), 0)], strict=True)]
    return [between[0], *chain.from_iterable((text[start:end], after) for (start, end), after in zip(spans, between[1:], strict=True))]


# Pieces of a text ----------------------------------------------------------------------------------------------------


def cut_at(text: str, hits: Iterable[tone.Finding], lang: str) -> tuple[str, tuple[str, ...]] | None:
    """The one sentence of a text that holds all findings, and the others; None where there is no such sentence, or one stands twice."""
    pieces = sentences(text, lang)
    guilty = {at for hit in hits for at, (start, end) in enumerate(pieces) if start < hit.end and hit.start < end}
    texts = [text[start:end] for start, end in pieces]
    if len(guilty) != 1 or any(text.count(piece) > 1 for piece in texts):
        return None
    right = texts.pop(guilty.pop())
    return right, tuple(texts)


def sentences(text: str, lang: str) -> list[tone.Span]:
    """The sentences of a reply as a reader sees them: "Mr." alone is none, and goes with what follows it."""
    found: list[tone.Span] = []
    for start, end in tone.sentences(text, lang):
        if found and _SHORTENED.search(text[slice(*found[-1])]) and "\n" not in text[found[-1][1] : start]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _tokens(text: str, lang: str) -> list[str]:
    """Words with the marks and blanks after them; Chinese is cut into words by jieba."""
    if lang != "zh":
        return re.findall(r"\S+\s*", text)
    import jieba  # its dictionary takes a second to read

    jieba.setLogLevel(logging.ERROR)
    return list(jieba.cut(text))


def _whole_words(text: str, start: int, end: int, lang: str) -> tone.Span:
    """A span widened to whole words, without the marks around them."""
    at = 0
    for token in _tokens(text, lang):
        if at < start < at + len(token):
            start = at
        if at < end < at + len(token.rstrip(" \n,.;:!?，。；：！？")):
            end = at + len(token.rstrip(" \n,.;:!?，。；：！？"))
        at += len(token)
    return start, end


def _runs(text: str, size: int, lang: str) -> Iterator[str]:
    """Runs of so many words of each clause; a last single word is none."""
    for clause in _CLAUSE.findall(text):
        tokens = _tokens(clause.strip(), lang)
        yield from ("".join(tokens[at : at + size]).strip() for at in range(0, len(tokens), size) if len(tokens) - at > 1)


def _language_of(catalog: Catalog) -> Callable[[str], str | None]:
    """Tells the message language of an example of a rule for all languages, by the words of the messages; None where two fit alike."""
    heard: dict[str, set[str]] = {lang: set() for lang in catalog.languages}
    for (_, lang), message in catalog.messages.items():
        heard[lang].update(word for part in message.sections for word in _letters(part.text))
    for lang, words in heard.items():
        words.update(word for rule in catalog.rules[lang] for one in (*rule.bad, *rule.good) for word in _letters(one.text))

    def language(text: str) -> str | None:
        known = Counter({lang: sum(word in words for word in _letters(text)) for lang, words in heard.items()})
        (first, most), *rest = known.most_common()
        return first if most and all(count < most for _, count in rest) else None

    return language


def _letters(text: str) -> list[str]:
    """Words in small letters, and each two Chinese characters in a row."""
    plain = re.sub(r"\{\{.*?\}\}", " ", text.lower())
    return re.findall(r"[a-zà-ÿß]+", plain) + ["".join(pair) for run in re.findall(r"[㐀-鿿]+", plain) for pair in pairwise(run)]


# Messages ------------------------------------------------------------------------------------------------------------


def orders(catalog: Catalog, lang: str) -> Iterator[Question]:
    """The shortest messages of each family, part by part."""
    values = shown_examples(catalog.variables, lang, catalog.languages[lang], catalog.stores)
    for family in catalog.families:
        made = []
        for scenario in family.scenarios:
            if (scenario.id, lang) in catalog.messages:
                done = assemble(catalog.messages[scenario.id, lang], catalog.shared[lang], combinations(scenario)[0], "named", values)
                made.append((len(done.text), scenario.id, done))
        for _, name, done in sorted(made, key=lambda one: one[:2])[:ORDERED]:
            parts = tuple(done.text[part.start : part.end] for part in done.parts)
            if len(set(parts)) == len(SECTIONS):
                yield Question("order", lang, "structure", name, "", done.text, parts, scenario=name)


def fulfilments(catalog: Catalog, lang: str) -> Iterator[Question]:
    """What is done for the buyer where it reads differently for FBM and FBA.

    A passage for FBM counts if a rule refuses it for an FBA order, one for FBA if it names Amazon as the one who acts.
    """
    values = shown_examples(catalog.variables, lang, catalog.languages[lang], catalog.stores)
    ruleset = catalog.ruleset(lang)
    for scenario in catalog.scenarios.values():
        if set(scenario.fulfilment) != set(FULFILMENTS) or (scenario.id, lang) not in catalog.messages:
            continue
        for picks in combinations(scenario):
            done = assemble(catalog.messages[scenario.id, lang], catalog.shared[lang], picks, "named", values)
            part = next(part for part in done.parts if part.name == "resolve")
            text, mine = done.text[part.start : part.end], picks[0]
            if mine not in part.section.when:
                continue

            def refused(side: str, part: Part = part, done: Assembled = done, picks: tuple[str, ...] = picks, scenario: Scenario = scenario) -> bool:
                context = tone.Context(lang, scope(scenario, (side, *picks[1:])), scenario.id, scenario.kind)
                found = tone.check(done.text, ruleset, context, done.spans)
                return any(hit.level == "error" and part.start <= hit.start and hit.end <= part.end for hit in found)

            if not refused(mine) and (refused("fba") if mine == "fbm" else _AMAZON.search(text)):
                other = tuple(side for side in FULFILMENTS if side != mine)
                yield Question("fulfilment", lang, "fulfilment", scenario.id, text, mine, other, scenario=scenario.id)


# Scenarios -----------------------------------------------------------------------------------------------------------


def scenarios(catalog: Catalog, lang: str) -> Iterator[Question]:
    """What buyers write, with the scenarios it is often taken for, else others of its family.

    A scenario is left out where one of its own lines reads more like this one than any other line of the right scenario does.
    """
    lines = {name: said[lang] for name, said in catalog.buyers_say.items() if said.get(lang)}
    alike = _likeness(chain.from_iterable(lines.values()))
    once = Counter(line.strip().lower() for some in lines.values() for line in some)
    for name, own in lines.items():
        confused = [other for pair in catalog.confused if name in pair for other in pair if other != name]
        family = [scenario.id for scenario in catalog.family_of(name).scenarios if scenario.id != name]
        offered = [other for other in dict.fromkeys((*confused, *family)) if other in lines]
        for line in own:
            if once[line.strip().lower()] > 1:
                continue
            mine = max((alike(line, one) for one in own if one != line), default=0)
            near = {other: max(alike(line, one) for one in lines[other]) for other in offered}
            ranked = sorted(offered, key=lambda other: (other not in confused, -near[other]))
            wrong = tuple(other for other in ranked if near[other] < max(mine, UNLIKE))[:NEIGHBOURS]
            if len(wrong) >= LEAST:
                yield Question("scenario", lang, "scenario", name, line, name, wrong, scenario=name)


def _likeness(lines: Iterable[str]) -> Callable[[str, str], float]:
    """How alike two lines are, 0 to 1, by their runs of three letters, rare ones counting more."""
    grams = {line: Counter(_grams(line)) for line in lines}
    seen = Counter(gram for counts in grams.values() for gram in counts)
    weights = {line: {gram: n * math.log(len(grams) / seen[gram]) for gram, n in counts.items()} for line, counts in grams.items()}
    norms = {line: math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0 for line, vector in weights.items()}

    def alike(one: str, other: str) -> float:
        shorter, longer = sorted((weights[one], weights[other]), key=len)
        return sum(weight * longer.get(gram, 0.0) for gram, weight in shorter.items()) / (norms[one] * norms[other])

    return alike


def _grams(line: str) -> Iterator[str]:
    text = f" {' '.join(line.lower().split())} "
    size = 2 if re.search(r"[㐀-鿿]", text) else 3
    return (text[at : at + size] for at in range(len(text) - size + 1))
