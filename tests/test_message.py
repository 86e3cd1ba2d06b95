"""The message grammar: what a file may say, and a text put together exactly as its parts and values stand."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.message import (
    BODY_SECTIONS,
    GREETINGS,
    SHARED_SECTIONS,
    Assembled,
    Flaw,
    Message,
    Waiver,
    assemble,
    is_blank,
    parse,
    source_line,
    variant,
)

BODY = """\
# Acknowledge

Thank you, order {{ order_id }}.

# Resolve (fbm)

We look for {{ order_id }}:

{{ steps }}

It takes until {{ answer_date }}.

# Resolve (fba, eu_uk)

Amazon looks.

# Resolve (fba, us)

Amazon looks for {{ order_id }}.

# Next step

I write on {{ answer_date }}."""
SHARED = """\
# Greeting (named)

Hello {{ buyer_name }},

# Greeting (nameless)

Hello,

# Closing

Kind regards
{{ agent_name }}"""
VALUES = {"buyer_name": "Ada", "agent_name": "Emma", "order_id": "A-1", "answer_date": "May 2", "steps": "1. Look.\n2. Wait."}


def _message(text: str, allowed: tuple[str, ...]) -> Message:
    sections, flaws = parse(text, allowed)
    assert not flaws
    return Message("en", "a.md", sections)


MESSAGE, PARTS = _message(BODY, BODY_SECTIONS), _message(SHARED, SHARED_SECTIONS)


def _assemble(values: dict[str, str], picks: tuple[str, ...] = ("fbm", "us"), greeting: str = "named", **more: Any) -> Assembled:
    return assemble(MESSAGE, PARTS, picks, greeting, values, **more)


# Reading -------------------------------------------------------------------------------------------------------------


def test_a_section_knows_its_name_its_picks_its_text_and_its_lines() -> None:
    found = [(section.name, set(section.when), section.text, section.heading_line, section.line) for section in MESSAGE.sections]
    assert found == [
        ("acknowledge", set(), "Thank you, order {{ order_id }}.", 1, 3),
        ("resolve", {"fbm"}, "We look for {{ order_id }}:\n\n{{ steps }}\n\nIt takes until {{ answer_date }}.", 5, 7),
        ("resolve", {"fba", "eu_uk"}, "Amazon looks.", 13, 15),
        ("resolve", {"fba", "us"}, "Amazon looks for {{ order_id }}.", 17, 19),
        ("next_step", set(), "I write on {{ answer_date }}.", 21, 23),
    ]


ENDS = "\n\n# Resolve\n\nB\n\n# Next step\n\nC\n"
# (text of the file, the flaws expected); one folder a kind of flaw is in tests/broken/.
FLAWS = {
    "two sections empty": ("# Acknowledge\n# Resolve\n# Next step\n\nC\n", [(1, "'# Acknowledge' is empty"), (2, "'# Resolve' is empty")]),
    "only white lines": ("# Acknowledge\n\n\n" + ENDS[1:], [(1, "'# Acknowledge' is empty")]),
    "two flaws in a line": ("# Acknowledge\n\n{{a}} {{ b}}" + ENDS, [(3, "'{{a}}' is not"), (3, "'{{ b}}' is not")]),
    "capital in a name": ("# Acknowledge\n\n{{ Order }}" + ENDS, [(3, "'{{ Order }}' is not")]),
    "a condition": ("# Acknowledge\n\n{% if x %}A" + ENDS, [(3, "'{%' is not"), (3, "'%}' is not")]),
    "a comment": ("# Acknowledge\n\n{# no #}A" + ENDS, [(3, "'{#' is not"), (3, "'#}' is not")]),
    "braces over two lines": ("# Acknowledge\n\n{{ a\n}}" + ENDS, [(3, "'{{' is not"), (4, "'}}' is not")]),
    "a placeholder within braces": ("# Acknowledge\n\n{{ {{ a }} }}" + ENDS, [(3, "'{{' is not"), (3, "'}}' is not")]),
    "no space after the mark": ("#Acknowledge\n\nA" + ENDS, [(1, "Unknown heading '#Acknowledge'")]),
    "a heading of the second level": ("# Acknowledge\n\nA\n## More\n\nB" + ENDS, [(4, "Unknown heading '## More'")]),
    "a heading in small letters": ("# acknowledge\n\nA" + ENDS, [(1, "Unknown heading '# acknowledge'")]),
    "a shared heading": ("# Greeting\n\nHello\n\n# Acknowledge\n\nA" + ENDS, [(1, "Unknown heading '# Greeting'")]),
    "brackets without a value": ("# Acknowledge ()\n\nA" + ENDS, [(1, "Empty value in the brackets")]),
    "nothing at all": (" ", [(1, "Spaces at the end"), (1, "'# Acknowledge' is missing"), (1, "'# Resolve' is"), (1, "'# Next step' is")]),
    "too late and something missing": ("# Resolve\n\nB\n\n# Acknowledge\n\nA\n", [(1, "'# Next step' is missing"), (5, "stands too late")]),
    "two blank lines twice": ("# Acknowledge\n\nA\n\n\nB\n\n\n\nC" + ENDS, [(5, "More than one"), (8, "More than one"), (9, "More than one")]),
    "an ideographic space at the end": ("# Acknowledge\n\nA\u3000" + ENDS, [(3, "Spaces at the end")]),
}


@pytest.mark.parametrize(("text", "expected"), FLAWS.values(), ids=FLAWS)
def test_a_flaw_is_named_at_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    flaws = sorted(parse(text, BODY_SECTIONS)[1], key=lambda flaw: flaw.line)
    assert [flaw.line for flaw in flaws] == [line for line, _ in expected], flaws
    for flaw, (_, words) in zip(flaws, expected, strict=True):
        assert words in flaw.text


def test_lines_are_counted_from_where_the_body_begins_in_its_file() -> None:
    sections, flaws = parse("# Acknowledge\n\nA \n", ("acknowledge",), 5)
    assert [(section.heading_line, section.line) for section in sections] == [(5, 7)]
    assert [flaw.line for flaw in flaws] == [7]


@pytest.mark.parametrize("text", ["{ order_id }", "{}", "a } b { c", "100 %", "#1 is no heading within a line", "a # b"])
def test_ordinary_signs_are_no_flaw(text: str) -> None:
    sections, flaws = parse(f"# Acknowledge\n\nSo: {text}{ENDS}", BODY_SECTIONS)
    assert not flaws
    assert sections[0].text == f"So: {text}"


@pytest.mark.parametrize(
    ("record", "attribute"),
    [
        (MESSAGE, "sections"),
        (MESSAGE.sections[0], "text"),
        (Waiver("no-blame", "because", 3), "reason"),
        (Flaw(1, "Wrong."), "text"),
        (_assemble(VALUES), "text"),
        (_assemble(VALUES).parts[0], "start"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else None,
)
def test_what_is_read_or_put_together_cannot_be_changed(record: object, attribute: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(record, attribute, getattr(record, attribute))


# Choosing ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("picks", "line"), [(("fbm", "us"), 7), (("fbm", "eu_uk"), 7), (("fba", "us"), 19), (("eu_uk", "fba"), 15)])
def test_the_one_variant_that_applies_is_used(picks: tuple[str, ...], line: int) -> None:
    assert variant(MESSAGE.sections, "resolve", picks).line == line


@pytest.mark.parametrize(
    ("name", "picks", "error"),
    [
        ("resolve", ("fba",), "0 variants of 'resolve' for fba"),
        ("resolve", (), "0 variants of 'resolve' for no pick"),
        ("resolve", ("fbm", "fba", "us"), "2 variants of 'resolve' for fba, fbm, us"),
        ("closing", ("fbm",), "0 variants of 'closing' for fbm"),
    ],
)
def test_picks_without_exactly_one_variant_are_refused(name: str, picks: tuple[str, ...], error: str) -> None:
    with pytest.raises(LookupError) as refused:
        variant(MESSAGE.sections, name, picks)
    assert refused.value.args == (error,)


@pytest.mark.parametrize(("picks", "greeting"), [(("fba",), "named"), (("fbm", "us"), "friendly")])
def test_impossible_picks_put_nothing_together(picks: tuple[str, ...], greeting: str) -> None:
    with pytest.raises(LookupError):
        _assemble(VALUES, picks, greeting)


# Putting together ----------------------------------------------------------------------------------------------------


def test_a_message_is_its_parts_with_a_blank_line_between() -> None:
    done = _assemble(VALUES)
    assert done.text == (
        "Hello Ada,\n\nThank you, order A-1.\n\nWe look for A-1:\n\n1. Look.\n2. Wait.\n\nIt takes until May 2.\n\n"
        "I write on May 2.\n\nKind regards\nEmma"
    )
    assert [(part.name, done.text[part.start : part.end]) for part in done.parts] == [
        ("greeting", "Hello Ada,"),
        ("acknowledge", "Thank you, order A-1."),
        ("resolve", "We look for A-1:\n\n1. Look.\n2. Wait.\n\nIt takes until May 2."),
        ("next_step", "I write on May 2."),
        ("closing", "Kind regards\nEmma"),
    ]


@pytest.mark.parametrize(("greeting", "first"), [("named", "Hello Ada,"), ("nameless", "Hello,")])
def test_the_greeting_is_the_one_picked(greeting: str, first: str) -> None:
    assert _assemble(VALUES, greeting=greeting).text.split("\n")[0] == first


ODD = {
    "a placeholder": "{{ order_id }}",
    "its own placeholder": "{{ buyer_name }}",
    "half a placeholder": "{{ order_id",
    "braces": "{}} {%x%} {#y#}",
    "group references": r"\1 \g<1> \\n $1 $& %s {0}",
    "line breaks": "a\nb\n\nc",
    "windows line breaks": "a\r\nb",
    "300 characters": "x" * 300,
    "Arabic": "محمد بن علي",
    "emoji": "👩‍👩‍👧 🇩🇪",
    "markup": "<script>alert('x')</script> & &amp;",
    "Markdown": "# Resolve\n\n**bold** `code`",
    "combining marks": "Zoe\u0308 A\u030a",
    "spaces around": "  Ada  ",
    "null": "\0",
}


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_an_odd_value_is_put_in_as_typed(value: str) -> None:
    done = _assemble({**VALUES, "buyer_name": value})
    assert done.text.startswith(f"Hello {value},\n\nThank you, order A-1.")
    assert done.text[done.parts[0].start : done.parts[0].end] == f"Hello {value},"
    assert done.missing == ()


ANY = st.text() | st.lists(st.sampled_from(["{{ order_id }}", "{{ ", " }}", "{{", "steps", "\n", "é", " "])).map("".join)


@given(st.fixed_dictionaries(dict.fromkeys(VALUES, ANY)), st.sampled_from(GREETINGS))
@settings(deadline=None)
def test_any_text_comes_through_unchanged_and_exactly_where_it_belongs(typed: dict[str, str], greeting: str) -> None:
    done = _assemble(typed, greeting=greeting)
    name, agent, order, day, steps = (typed[key] if not is_blank(typed[key]) else f"{{{{ {key} }}}}" for key in VALUES)
    hello = f"Hello {name}," if greeting == "named" else "Hello,"
    resolve = f"We look for {order}:\n\n{steps}\n\nIt takes until {day}."
    wanted = [hello, f"Thank you, order {order}.", resolve, f"I write on {day}.", f"Kind regards\n{agent}"]
    assert done.text == "\n\n".join(wanted)
    assert [done.text[part.start : part.end] for part in done.parts] == wanted


@pytest.mark.parametrize(
    ("text", "blank"),
    [("", True), (" \t\r\n", True), ("\u00a0\u3000", True), ("0", False), ("\u200b", False), ("\u2003", False), (" . ", False)],
    ids=repr,
)
def test_blank_is_what_python_and_javascript_both_call_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


# What is missing, what is left over ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "greeting", "placeholders", "missing", "unused"),
    [
        (VALUES, "named", ("buyer_name", "order_id", "steps", "answer_date", "agent_name"), (), ()),
        (VALUES, "nameless", ("order_id", "steps", "answer_date", "agent_name"), (), ("buyer_name",)),
        ({}, "nameless", ("order_id", "steps", "answer_date", "agent_name"), ("order_id", "steps", "answer_date", "agent_name"), ()),
        ({**VALUES, "order_id": " "}, "nameless", ("order_id", "steps", "answer_date", "agent_name"), ("order_id",), ("buyer_name",)),
        ({**VALUES, "carrier": "UPS"}, "named", ("buyer_name", "order_id", "steps", "answer_date", "agent_name"), (), ("carrier",)),
    ],
    ids=["all there", "a name for a nameless greeting", "nothing there", "a blank value", "a value no blank has"],
)
def test_blanks_are_held_against_values(
    values: dict[str, str], greeting: str, placeholders: tuple[str, ...], missing: tuple[str, ...], unused: tuple[str, ...]
) -> None:
    done = _assemble(values, greeting=greeting)
    assert (done.placeholders, done.missing, done.unused) == (placeholders, missing, unused)


def test_a_message_names_the_placeholders_of_all_its_variants() -> None:
    assert MESSAGE.placeholders == ("order_id", "steps", "answer_date")
    assert MESSAGE.missing({"order_id": "A-1", "steps": "\n"}) == ("steps", "answer_date")
    assert MESSAGE.unused({"order_id": "A-1", "carrier": "UPS"}) == ("carrier",)


@pytest.mark.parametrize(
    ("values", "blanks", "first"),
    [
        ({}, {}, "Hello {{ buyer_name }},"),
        ({}, {"buyer_name": "[Buyer's name]"}, "Hello [Buyer's name],"),
        ({"buyer_name": " "}, {"buyer_name": "[Buyer's name]"}, "Hello [Buyer's name],"),
        ({"buyer_name": "Ada"}, {"buyer_name": "[Buyer's name]"}, "Hello Ada,"),
    ],
    ids=["the placeholder itself", "its label", "a blank value is no value", "a value"],
)
def test_a_blank_without_a_value_shows_what_belongs_there(values: dict[str, str], blanks: dict[str, str], first: str) -> None:
    assert _assemble(values, blanks=blanks).text.split("\n")[0] == first


# Back to the file ----------------------------------------------------------------------------------------------------

RESOLVE = MESSAGE.sections[1]


@pytest.mark.parametrize(
    ("words", "line"),
    [("We look", 7), ("A-1", 7), (":", 7), ("1. Look", 9), ("2. Wait", 9), ("Wait.", 9), ("It takes", 11), ("May 2", 11)],
)
def test_words_of_a_finished_text_lead_to_their_line_in_the_file(words: str, line: int) -> None:
    done = _assemble(VALUES)
    part = done.parts[2]
    assert source_line(RESOLVE, VALUES, done.text.index(words, part.start) - part.start) == line


@given(st.fixed_dictionaries({name: st.text(alphabet="a\n {}\u3000😀", max_size=6) for name in ("order_id", "answer_date", "steps")}))
@settings(deadline=None)
def test_every_character_of_a_finished_text_leads_to_its_line_in_the_file(typed: dict[str, str]) -> None:
    order, steps, day = (typed[key] if not is_blank(typed[key]) else f"{{{{ {key} }}}}" for key in ("order_id", "steps", "answer_date"))
    pieces = [(f"We look for {order}:\n", 7), ("\n", 8), (f"{steps}\n", 9), ("\n", 10), (f"It takes until {day}.", 11)]
    part = _assemble(typed).parts[2]
    wanted = [line for text, line in pieces for _ in text]
    assert len(wanted) == part.end - part.start
    assert [source_line(RESOLVE, typed, offset) for offset in range(len(wanted))] == wanted


def test_the_end_of_a_finished_text_is_in_its_last_line() -> None:
    part = _assemble(VALUES).parts[2]
    assert source_line(RESOLVE, VALUES, part.end - part.start) == 11
