"""What templates/ may say: the closed schema of the six nouns, as frozen objects."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
Owner = Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Owners = Annotated[tuple[Owner, ...], Field(strict=False)]

FULFILMENTS = ("fbm", "fba")
Fulfilment = Literal["fbm", "fba"]
MessageKind = Literal["reply", "proactive"]
Level = Literal["error", "warning"]
RuleKind = Literal["avoid", "require", "limit"]
Group = Literal["tone", "structure", "amazon-policy", "promises"]
Where = Literal["whole", "greeting", "acknowledge", "resolve", "next_step", "closing", "opening", "body"]
Metric = Literal["characters", "words", "sentence_words", "sentence_chars"]


class Frozen(BaseModel):
    """Base of all records: unknown keys refused, no change after loading, no silent conversion of types."""

    # Built when first used: most of these are only parts of others, and starting up is what takes the time of a check.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Bilingual(Frozen):
    """One text in the two handbook languages."""

    en: Text
    zh: Text


class Store(Frozen):
    """An Amazon store; `currency` is an ISO 4217 code."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Language(Frozen):
    """A message language; locales are BCP 47 tags such as en-GB. `owners` are asked to read what is proposed in it."""

    name: Text
    label: Bilingual
    locale: Text
    locales: dict[str, Text] = {}
    home: Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
    owners: Owners = ()


def _form(given: object) -> str:
    """Which form of an example was meant, so that a mistake is said once."""
    return "each" if isinstance(given, dict) else "day" if isinstance(given, date) else "one"


Typed = Annotated[Annotated[dict[str, str], Tag("each")] | Annotated[date, Tag("day")] | Annotated[str, Tag("one")], Discriminator(_form)]


class Variable(Frozen):
    """A placeholder. `max` counts characters of a text or lines of steps; `pattern` is for the whole text.

    `free` marks words of one's own, which must be in the language of the message. `tidy` is how a pasted text is read (an order
    number, a name), `when` on which side of today a date lies, `promise` that the buyer waits for that day.
    """

    label: Bilingual
    hint: Bilingual | None = None
    kind: Literal["text", "date", "money", "steps"]
    free: bool = False
    tidy: Literal["order", "name"] | None = None
    when: Literal["ahead", "past"] | None = None
    promise: bool = False
    pattern: str | None = None
    max: Annotated[int, Field(gt=0)] | None = None
    example: Typed


class Choice(Frozen):
    """What staff pick besides fulfilment: a title, and the values with their labels."""

    title: Bilingual
    values: Annotated[dict[Name, Bilingual], Field(min_length=2)]


class Scenario(Frozen):
    """One entry of the map.

    `also` are the words by which people ask for it, separated by commas; `answer_within` is in days how far off a promised answer may lie;
    `not_in` are the message languages that deliberately do without it.
    """

    id: Slug
    title: Bilingual
    when: Bilingual
    also: Bilingual | None = None
    kind: MessageKind
    fulfilment: Annotated[tuple[Fulfilment, ...], Field(strict=False)] = ()
    choices: dict[Name, Choice] = {}
    answer_within: Annotated[int, Field(gt=0)] = 7
    not_in: Annotated[tuple[Text, ...], Field(strict=False)] = ()


class Family(Frozen):
    """A family of scenarios, in reading order."""

    id: Slug
    title: Bilingual
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1, strict=False)]


class Reply(Frozen):
    """A whole bad reply, as somebody might write it: its kind of slip, and who ships the order where that matters."""

    kind: Slug
    fulfilment: Fulfilment | None = None
    text: Text


Topic = Literal[
    "reply-clock", "messages", "what-is-forbidden", "fba-and-fbm", "returns", "refunds", "claims", "reviews", "consumer-law", "safety", "formats"
]
TOPICS: tuple[Topic, ...] = get_args(Topic)  # in reading order


class Change(Bilingual):
    """What changed in a fact, and since when that holds."""

    since: date


class Fact(Frozen):
    """A dated, sourced statement. `checked` and `check_again` are calendar dates."""

    topic: Topic
    text: Bilingual
    marketplaces: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    certainty: Literal["official", "secondary", "unverified"]
    source: Text
    checked: date
    check_again: date
    changed: Change | None = None


class Example(Frozen):
    """A bad or good example of a rule, with what was picked where the rule is narrowed to it."""

    text: Text
    choices: Annotated[tuple[str, ...], Field(strict=False)] = ()
    scenario: Slug | None = None
    kind: MessageKind | None = None


Score = Literal["greeting", "empathy", "solution", "next_step", "closing", "wording", "policy", "length"]


class Idea(Frozen):
    """What a rule is about, once for all languages; `fact` is the id of the policy or law behind it, `score` its line of the scorecard."""

    title: Bilingual
    group: Group
    score: Score | None = None
    why: Bilingual
    fact: str | None = None


def _example(given: object) -> object:
    """An example may be written as its bare text."""
    return {"text": given} if isinstance(given, str) else given


Examples = Annotated[tuple[Annotated[Example, BeforeValidator(_example)], ...], Field(min_length=1, strict=False)]
Strings = Annotated[tuple[Text, ...], Field(strict=False)]


class Sentence(Frozen):
    """A sentence that holds a match of each pattern of `has`, in any order, and none of `lacks`; ^ and $ are its two ends."""

    has: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    lacks: Strings = ()


class Swap(Frozen):
    """Better words that a rule knows: `find` in what it has found becomes `to`; $1 is the first group of `find`."""

    find: Text
    to: str


class Rule(Frozen):
    """A rule of one language file; its id is that of its idea, the same in every language.

    `where` is the part of the message it looks at; `choices`, `scenarios`, `except_scenarios` and `kinds` narrow it;
    `languages` narrows a rule of all.yml. `phrases` and `patterns` are joined, `sentences` find whole roles (who does what,
    denied or not) however they are ordered; what `unless` covers is none. `raw` leaves out word ends, `case` heeds
    capitals, `mask` hides order numbers, tracking numbers, dates and prices first. `swap` are better words that can be put
    in at once; the first that changes what was found counts. A limit has `metric` and `max`.
    """

    id: Slug
    kind: RuleKind
    level: Level
    where: Where = "whole"
    languages: Strings = ()
    choices: Strings = ()
    scenarios: Strings = ()
    except_scenarios: Strings = ()
    kinds: Annotated[tuple[MessageKind, ...], Field(strict=False)] = ()
    phrases: Strings = ()
    patterns: Strings = ()
    sentences: Annotated[tuple[Sentence, ...], Field(strict=False)] = ()
    unless: Strings = ()
    swap: Annotated[tuple[Swap, ...], Field(strict=False)] = ()
    raw: bool = False
    case: bool = False
    mask: bool = False
    metric: Metric | None = None
    max: Annotated[int, Field(gt=0)] | None = None
    say: Bilingual
    bad: Examples
    good: Examples


class Pair(Frozen):
    """A row of a cheat sheet: a rule, and the first words by which one of its bad and one of its good examples are found."""

    rule: Slug
    bad: Text
    good: Text


TermGroup = Literal["fulfilment", "numbers", "delivery", "messages", "measures", "returns", "claims", "reviews", "rights", "papers"]
TERM_GROUPS: tuple[TermGroup, ...] = get_args(TermGroup)  # in reading order


class Names(Frozen):
    """Other names of a word, by which pages are found too."""

    en: Strings = ()
    zh: Strings = ()


class Term(Frozen):
    """A word of the glossary. `short` is its abbreviation in both languages; `facts` are behind every rule or number in it."""

    term: Bilingual
    short: Text | None = None
    also: Names = Names()
    group: TermGroup
    means: Bilingual
    facts: Strings = ()
