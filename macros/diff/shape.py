"""What `handbook diff` finds, as a closed shape; `--format json` prints it as it is, with `version` 1."""

from __future__ import annotations

from typing import Literal

from macros.model import Frozen, Level

Mark = tuple[Literal["same", "gone", "new"], str]
Marks = tuple[Mark, ...]
Picks = tuple[str, ...]


class Reach(Frozen):
    """How many messages (scenario and language) and how many of their combinations (picks and form of greeting) something reaches."""

    messages: int
    combinations: int


class Place(Frozen):
    """One combination of a message: `picks` are fulfilment and choice, `greeting` is named or nameless. Ids are those of the head, if it has them."""

    scenario: str
    lang: str
    picks: Picks
    greeting: str


class FindingChange(Frozen):
    """Findings of one rule in one language that came or went; `words` are up to five different matches, `example` one place of them."""

    change: Literal["gained", "lost"]
    rule: str
    level: Level
    lang: str
    words: tuple[str, ...]
    say: str
    reach: Reach
    scenarios: tuple[str, ...]
    example: Place


class Passage(Frozen):
    """One changed section of a message, filled with examples, and every set of picks in which it reads so; None where it is not there."""

    section: str
    picks: tuple[Picks, ...]
    before: str | None
    after: str | None
    marks: Marks


class Text(Frozen):
    """The whole message of one combination, filled with examples, with the buyer's name; None where it is not there."""

    picks: Picks
    before: str | None
    after: str | None


class MessageChange(Frozen):
    """A message whose own words changed (or its findings, by its waivers or its entry in the map).

    `was` is its earlier family/scenario, if another; `texts` are the combinations that changed, `passages` the sections of them, each once.
    """

    change: Literal["changed", "added", "removed"]
    scenario: str
    lang: str
    family: str
    was: str | None
    texts: tuple[Text, ...]
    passages: tuple[Passage, ...]
    findings: tuple[FindingChange, ...]


class Example(Frozen):
    """One whole message that a change reaches, marked."""

    place: Place
    marks: Marks


class SharedChange(Frozen):
    """A changed greeting (`form` named or nameless) or closing of one language, with all that it reaches."""

    lang: str
    section: str
    form: str
    before: str
    after: str
    marks: Marks
    reach: Reach
    example: Example | None
    findings: tuple[FindingChange, ...]


class ExampleChange(Frozen):
    """A blank whose example reads differently in a language, by itself or by the language's way to write dates and amounts."""

    variable: str
    lang: str
    before: str
    after: str
    marks: Marks
    reach: Reach
    example: Example | None
    findings: tuple[FindingChange, ...]


class RuleChange(Frozen):
    """A rule, or a piece of patterns (macro) or the masks that rules share, as it stands in its file; None where it is not there."""

    path: str
    kind: Literal["rule", "macro", "masks"]
    name: str
    before: str | None
    after: str | None
    marks: Marks
    findings: tuple[FindingChange, ...]


class LanguageChange(Frozen):
    """A language that came or went as a whole. The messages of one that came are listed under `messages` too."""

    change: Literal["added", "removed"]
    lang: str
    reach: Reach


class Renamed(Frozen):
    """A scenario under another id or family, as family/scenario."""

    was: str
    now: str


class Behind(Frozen):
    """A language whose words stayed while the English words of the scenario changed."""

    scenario: str
    lang: str


class Trouble(Frozen):
    """What does not load in one of the two states."""

    side: Literal["base", "head"]
    path: str
    line: int
    text: str


class Diff(Frozen):
    """Everything that differs.

    `base` and `head` are the names given (`head` None: the work tree); `uncompared` are sentences on what was left out.
    """

    version: Literal[1] = 1
    base: str
    head: str | None
    reads_differently: Reach
    renamed: tuple[Renamed, ...]
    languages: tuple[LanguageChange, ...]
    shared: tuple[SharedChange, ...]
    examples: tuple[ExampleChange, ...]
    rules: tuple[RuleChange, ...]
    messages: tuple[MessageChange, ...]
    behind: tuple[Behind, ...]
    troubles: tuple[Trouble, ...]
    uncompared: tuple[str, ...]
