"""The rules hold what they say, and the engine that runs them finds what it should and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.catalog import load
from macros.model import Example, Rule
from macros.pattern import expand, pattern_problem
from macros.tone import Context, Ruleset, check, check_example, compile_rules, to_json
from tests.conftest import ROOT

CATALOG = load(ROOT)
RULESETS = {lang: CATALOG.ruleset(lang) for lang in CATALOG.languages}
SAY = {"en": "Write it otherwise.", "zh": "请改写。"}

# A rule of all.yml is tried in every language it holds for.
RULES = [
    (lang, rule)
    for file, rules in CATALOG.rules.items()
    for rule in rules
    for lang in (CATALOG.languages if file == "all" else (file,))
    if not rule.languages or lang in rule.languages
]
BAD = [pytest.param(lang, rule, example, id=f"{lang}-{rule.id}-{at}") for lang, rule in RULES for at, example in enumerate(rule.bad)]
GOOD = [pytest.param(lang, rule, example, id=f"{lang}-{rule.id}-{at}") for lang, rule in RULES for at, example in enumerate(rule.good)]


def made(**keys: object) -> Rule:
    """A rule with what a test is not about filled in."""
    given = {"id": "one", "kind": "avoid", "level": "error", "say": SAY, "bad": ["x"], "good": ["y"]}
    return Rule.model_validate({**given, **keys})


def ruleset(*rules: Rule, lang: str = "en", masks: tuple[str, ...] = ()) -> Ruleset:
    return compile_rules(rules, lang, {"GAP": "[^.\\n]{0,9}"}, masks)


def matches(text: str, *rules: Rule, context: Context | None = None, parts: list[tuple[str, int, int]] | None = None) -> list[str]:
    return [found.match for found in check(text, ruleset(*rules), context or Context("en"), parts)]


def flagged(lang: str, rule: str, text: str) -> bool:
    return any(found.rule == rule for found in check(text, RULESETS[lang], Context(lang)))


# The rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "rule", "example"), BAD)
def test_every_bad_example_is_caught_by_its_own_rule(lang: str, rule: Rule, example: Example) -> None:
    found = {finding.rule for finding in check_example(example, rule, RULESETS[lang])}
    assert rule.id in found, f"[{rule.id}] finds nothing in {example.text!r}. Widen the rule or mend the example."


@pytest.mark.parametrize(("lang", "rule", "example"), GOOD)
def test_every_good_example_passes_all_rules(lang: str, rule: Rule, example: Example) -> None:
    found = [(finding.rule, finding.match) for finding in check_example(example, rule, RULESETS[lang])]
    assert not found, f"[{rule.id}] {example.text!r} is said to be good, but {found}. Narrow that rule or mend the example."


@pytest.mark.parametrize(("lang", "rule"), [pytest.param(lang, rule, id=f"{lang}-{rule.id}") for lang, rule in RULES])
def test_every_rule_has_two_examples_of_each_kind(lang: str, rule: Rule) -> None:
    assert min(len(rule.bad), len(rule.good)) >= 2
    texts = [example.text for example in (*rule.bad, *rule.good)]
    assert all(text == text.strip() for text in texts)


@pytest.mark.parametrize("lang", CATALOG.languages)
def test_a_language_has_a_rule_for_every_idea_that_needs_words(lang: str) -> None:
    other = {"polite-capitals", "lower-case-start", "no-comma-after-closing", "dass", "formal-address", "chinese-punctuation", "stray-full-width"}
    missing = set(CATALOG.ideas) - other - {rule.id for rules in (CATALOG.rules["all"], CATALOG.rules[lang]) for rule in rules}
    assert not missing, f"{lang}.yml has no rule for {', '.join(sorted(missing))}."


def test_no_idea_has_a_rule_both_for_all_and_for_one_language() -> None:
    shared = {rule.id for rule in CATALOG.rules["all"]}
    for lang in CATALOG.languages:
        assert not shared & {rule.id for rule in CATALOG.rules[lang]}


NUMBERS = [
    "111-2222222-3333333",
    "111 2222222 3333333",
    "1Z999AA10123456784",
    "AB123456789GB",
    "00340434161094042557",
    "tracking number 1234567890",
    "2026-12-02",
    "02.12.2026",
    "December 2, 2026",
    "2. Dezember 2026",
    "2026年12月2日",
    "08:00",
    "$1,234.56",
    "58,00 €",
]
PHONES = ["5551234567", "+4915112345678", "13812345678", "0049 151 2345678", "030 1234567", "(555) 123-4567", "Tel. 123456", "0044151496012"]


@pytest.mark.parametrize("lang", CATALOG.languages)
@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_of_orders_parcels_days_and_prices_are_no_phone_numbers(number: str, lang: str) -> None:
    assert not flagged(lang, "no-phone", f"ABC {number} ABC")


@pytest.mark.parametrize("lang", CATALOG.languages)
@pytest.mark.parametrize("number", PHONES)
def test_phone_numbers_are_found_also_beside_an_order_number(number: str, lang: str) -> None:
    assert flagged(lang, "no-phone", f"111-2222222-3333333, {number}.")


GREETINGS = {
    "en": ["Hi Tom,", "Hello,", "Dear Ms Okafor,", "Dear Ms. Okafor,", "Good morning Mr Turner", "Hello Sarah!"],
    "de": ["Guten Tag,", "Hallo Herr Weber,", "Sehr geehrte Frau Dr. Yılmaz,", "Liebe Frau Klein,"],
    "zh": ["您好：", "王女士，您好：", "尊敬的李先生：", "下午好，"],
}
CLOSINGS = {
    "en": ["Thanks again,\nMia", "Warm regards,\n\nEmma\nBrightwater", "Best wishes\nTom", "Have a good weekend,\nLaura", "Mia from Brightwater"],
    "de": ["Viele Grüße\nJonas", "Mit freundlichen Grüßen\n\nAnna Berger\nKundenservice Brightwater", "Herzliche Grüße aus Köln\nMia"],
    "zh": ["顺祝安好\n李晓", "祝您生活愉快。\n\n李晓\nBrightwater 客户服务", "此致\n敬礼\n\n王明", "祝好\n小林"],
}
BODY = {
    "en": "Thank you for the photos. A new lamp leaves us today.\n\nPlease reply here if it has not come by Friday.",
    "de": "vielen Dank für die Fotos. Eine neue Lampe geht heute auf die Reise.\n\nBitte antworten Sie hier, falls sie am Freitag fehlt.",
    "zh": "感谢您发来照片。新台灯今天寄出。\n\n如果周五仍未收到，请直接回复我。",
}


@pytest.mark.parametrize(("lang", "greeting"), [(lang, text) for lang, texts in GREETINGS.items() for text in texts])
@pytest.mark.parametrize("closing", range(3))
def test_usual_greetings_and_closings_of_free_replies_are_recognised(lang: str, greeting: str, closing: int) -> None:
    for end in CLOSINGS[lang][closing::3]:
        found = [f.rule for f in check(f"{greeting}\n\n{BODY[lang]}\n\n{end}", RULESETS[lang], Context(lang)) if f.level == "error"]
        assert not found, (greeting, end)


@pytest.mark.parametrize("lang", CATALOG.languages)
def test_a_reply_without_greeting_thanks_and_closing_lacks_all_three(lang: str) -> None:
    bare = {"en": "Your parcel is late. It is in Leeds.", "de": "Ihr Paket ist in Köln. Es kommt später.", "zh": "包裹在芝加哥。会晚到。"}[lang]
    found = {finding.rule for finding in check(bare, RULESETS[lang], Context(lang))}
    assert {"greeting", "thanks-or-empathy", "closing"} <= found


# The shared subset -------------------------------------------------------------------------------------------------

UNSAFE = [
    r"\bword", r"\Bword", r"\w+", r"\d", r"\s", r"[\w]", r"[\s]", "a.b", "(?i)a", "(?s:a)", "(?P<n>a)", "(?<n>a)", "(?>a)", "(?#x)", "a++", "a*+",
    "a{2}+", "a**", r"\Aa", r"a\Z", r"a\z", r"\x41", r"\u0041", r"\N{DASH}", r"\-", r"\'", "a]", "a}", "a{", "a{,3}", "a{3,2}", "{", "*a", "+", "?",
    "(a", "a)", "[a", "[]", "[]a]", "[^]", "[[:alpha:]]", "[a[b]]", "[a&&b]", "[a--b]", "[z-a]", r"[a-\p{L}]", r"[\p{L}-z]", r"\p{Han}", r"\p{Greek}",
    r"\pL", r"\P{L}", r"\1", r"(a)\2", r"[\1]", "(?=a)+", "^*", "a|", "|a", "(?:a||b)", "(?:|a)", "a\\", "it’s", "a\u00a0b",
]  # fmt: skip
SAFE = [
    "plain words", "(?:a|b)c?", "[abc]+", "[^abc]*?", "a{2}", "a{2,}", "a{2,5}?", r"\p{L}\p{N}", r"\p{Script=Han}", r"\p{Extended_Pictographic}",
    r"(?<!\p{L})a(?!\p{L})", "(?<=ab?)c", r"(\p{L}+) \1", "^a$", r"\^\$\.\*\+\?\(\)\[\]\{\}\|\/\\", r"[a-z0-9_.+-]", r"[\-\]\[\\]", r"\n", "a/b-c",
    "{GAP}x", "[😀-🙏]", "您好",
]  # fmt: skip


@pytest.mark.parametrize("pattern", UNSAFE)
def test_a_pattern_that_the_engines_read_differently_is_refused_with_advice(pattern: str) -> None:
    problem = pattern_problem(pattern)
    assert problem is not None
    assert pattern in problem
    assert problem.endswith(".")


@pytest.mark.parametrize("pattern", SAFE)
def test_a_pattern_of_the_shared_subset_is_accepted(pattern: str) -> None:
    assert pattern_problem(pattern) is None


def test_capital_properties_need_a_rule_that_heeds_capitals() -> None:
    with pytest.raises(ValueError, match=r"\[one\].*case: true"):
        ruleset(made(patterns=[r"\p{Lu}x"]))
    assert matches("Ax ax", made(patterns=[r"\p{Lu}x"], case=True)) == ["Ax"]


def test_a_capture_stands_alone_in_its_rule() -> None:
    with pytest.raises(ValueError, match=r"\[one\].*rule of its own"):
        ruleset(made(patterns=[r"(\p{L}+) \1", "b"]))


def test_macros_are_filled_in_also_within_macros_and_unknown_ones_are_refused() -> None:
    assert expand("a{ONE}", {"ONE": "b{TWO}", "TWO": "c"}) == "a(?:b(?:c))"
    with pytest.raises(ValueError, match=r"Unknown macro \{TWO\}"):
        expand("{ONE}", {"ONE": "{TWO}"})
    with pytest.raises(ValueError, match=r"Unknown macro \{ONE\}"):
        expand("{ONE}", {"ONE": "{ONE}"})


# The engine --------------------------------------------------------------------------------------------------------


def test_words_end_where_letters_and_digits_end_but_not_in_chinese_or_raw_rules() -> None:
    assert matches("sad, sadly", made(phrases=["sad"])) == ["sad"]
    assert matches("sad, sadly", made(phrases=["sad"], raw=True)) == ["sad", "sad"]
    zh = compile_rules([made(phrases=["很遗憾"])], "zh", {}, ())
    assert [found.match for found in check("我们很遗憾地", zh, Context("zh"))] == ["很遗憾"]


def test_phrases_are_literal_and_blind_to_capitals_unless_the_rule_heeds_them() -> None:
    assert matches("A.B a.b aXb", made(phrases=["a.b"])) == ["A.B", "a.b"]
    assert matches("A.B a.b", made(phrases=["a.b"], case=True)) == ["a.b"]


def test_what_unless_touches_is_no_finding() -> None:
    rule = made(patterns=["you must"], unless=["you must be tired"])
    assert matches("you must go, you must be tired, You must", rule) == ["you must", "You must"]


def test_caret_and_dollar_mean_the_ends_of_the_part() -> None:
    parts = [("greeting", 0, 3), ("closing", 5, 9)]
    assert matches("abc\n\nabc\n", made(patterns=["^abc$"], where="greeting"), parts=parts) == ["abc"]
    assert matches("abc\n\nabc\n", made(patterns=["^abc$"], where="closing"), parts=parts) == []


def test_typographic_apostrophes_and_spaces_are_looked_at_as_plain_ones() -> None:
    assert matches("We can’t\u00a0go", made(phrases=["can't go"])) == ["can’t\u00a0go"]
    assert matches("İSTANBUL ISTANBUL", made(phrases=["istanbul"])) == ["İSTANBUL", "ISTANBUL"]


def test_offsets_point_into_the_text_as_given_also_where_letters_are_decomposed() -> None:
    text = "\U0001f600 u\u0308ber gru\u0308n e\u0301 leider"
    found = check(text, ruleset(made(phrases=["grün", "leider"])), Context("en"))
    assert [(one.match, text[one.start : one.end]) for one in found] == [("gru\u0308n", "gru\u0308n"), ("leider", "leider")]
    assert found[0].start == 8


def test_parts_are_found_also_in_a_decomposed_text() -> None:
    text = "Gru\u0308e,\n\nu\u0308ber"
    parts = [("greeting", 0, 6), ("resolve", 8, 13)]
    assert matches(text, made(patterns=["^über$"], where="resolve"), parts=parts) == ["u\u0308ber"]


def test_masked_text_is_hidden_only_from_rules_that_ask_for_it() -> None:
    rules = (made(patterns=["[0-9]{4,}"], mask=True), made(id="two", patterns=["[0-9]{4,}"]))
    found = check("2026 12345", ruleset(*rules, masks=("2026",)), Context("en"))
    assert [(one.rule, one.match) for one in found] == [("two", "2026"), ("one", "12345"), ("two", "12345")]


def test_a_required_thing_is_missed_at_the_start_of_its_part_and_a_missing_closing_at_the_end() -> None:
    parts = [("greeting", 0, 2), ("closing", 4, 6)]
    rule = made(kind="require", phrases=["xx"], where="closing")
    assert [(f.start, f.end, f.match) for f in check("ab\n\ncd", ruleset(rule), Context("en"), parts)] == [(4, 4, "")]
    assert [(f.start, f.end) for f in check("ab\n\ncd", ruleset(rule), Context("en"), parts[:1])] == [(6, 6)]
    assert not check("ab\n\nxx", ruleset(rule), Context("en"), parts)


def test_a_limit_points_at_what_is_too_long() -> None:
    words = made(kind="limit", metric="sentence_words", max=3)
    assert matches("One two three. One two three four! Five", words) == ["One two three four!"]
    assert matches("abc", made(kind="limit", metric="characters", max=2)) == ["abc"]
    assert matches("\U0001f600\U0001f600", made(kind="limit", metric="characters", max=2)) == []
    assert matches("a b-c d's", made(kind="limit", metric="words", max=3)) == []
    assert matches("a b c d", made(kind="limit", metric="words", max=3)) == ["a b c d"]
    assert matches("一二三。一二三四。", made(kind="limit", metric="sentence_chars", max=4)) == ["一二三四。"]


def test_a_german_ordinal_does_not_end_a_sentence() -> None:
    rule = made(kind="limit", metric="sentence_words", max=5)
    text = "Das Paket kam am 2. Dezember an."
    assert [found.match for found in check(text, ruleset(rule, lang="de"), Context("de"))] == [text]
    assert not check("It came by December 2. We saw it.", ruleset(rule), Context("en"))


PARTED = [("greeting", 0, 2), ("acknowledge", 4, 6), ("resolve", 8, 10), ("next_step", 12, 14), ("closing", 16, 18)]
WHERE = {
    "whole": ["gg", "aa", "rr", "nn", "cc"],
    "greeting": ["gg"],
    "acknowledge": ["aa"],
    "resolve": ["rr"],
    "next_step": ["nn"],
    "closing": ["cc"],
    "opening": ["gg", "aa"],
    "body": ["aa", "rr", "nn"],
}


@pytest.mark.parametrize("where", WHERE)
def test_a_rule_looks_only_at_its_part(where: str) -> None:
    assert matches("gg\n\naa\n\nrr\n\nnn\n\ncc", made(patterns=["[a-z]{2}"], where=where), parts=PARTED) == WHERE[where]


FREE = [
    ("Hi Tom,\n\nOne.\n\nTwo.\n\nKind regards,\nMia", {"greeting": "Hi Tom,", "acknowledge": "One.\n\nTwo.", "closing": "Kind regards,\nMia"}),
    ("Hi Tom,\nOne and more of it, long enough not to be a mere reference line.\n\nTwo.\n\nKind regards,\n\nMia\nBrightwater",
     {"acknowledge": "One and more of it, long enough not to be a mere reference line.", "closing": "Kind regards,\n\nMia\nBrightwater"}),
    ("您好：\n\n一。\n\n祝好\n李晓", {"greeting": "您好：", "body": "一。", "closing": "祝好\n李晓"}),
    ("Hello Tom\n\nOne.\n\nMia", {"greeting": "Hello Tom", "body": "One.", "closing": "Mia"}),
    ("Hi Tom, one line goes on. And on.", {"greeting": "Hi Tom,", "body": "Hi Tom, one line goes on. And on."}),
    ("Hi,\n\nOne.\nTwo.\nThanks,\nMia", {"body": "One.\nTwo.\nThanks,\nMia", "closing": "One.\nTwo.\nThanks,\nMia"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FREE)
def test_free_text_is_divided_by_its_form(text: str, expected: dict[str, str]) -> None:
    for where, words in expected.items():
        assert matches(text, made(patterns=["^(?:[^\\n]|\\n)+$"], where=where, raw=True)) == [words], where


NARROWED = [
    ({"choices": ["fba"]}, Context("en", frozenset({"fba", "x"})), True),
    ({"choices": ["fba"]}, Context("en", frozenset({"fbm"})), False),
    ({"choices": ["fba"]}, Context("en"), False),
    ({"scenarios": ["setup"]}, Context("en", scenario="setup"), True),
    ({"scenarios": ["setup"]}, Context("en", scenario="other"), False),
    ({"scenarios": ["setup"]}, Context("en"), False),
    ({"except_scenarios": ["setup"]}, Context("en", scenario="other"), True),
    ({"except_scenarios": ["setup"]}, Context("en", scenario="setup"), False),
    ({"except_scenarios": ["setup"]}, Context("en"), False),
    ({"kinds": ["reply"]}, Context("en", kind="reply"), True),
    ({"kinds": ["reply"]}, Context("en", kind="proactive"), False),
    ({"kinds": ["reply"]}, Context("en"), False),
    ({"languages": ["en"]}, Context("en"), True),
    ({"languages": ["de"]}, Context("en"), False),
]


@pytest.mark.parametrize(("narrowing", "context", "applies"), NARROWED)
def test_a_narrowed_rule_speaks_only_where_it_applies(narrowing: dict[str, list[str]], context: Context, applies: bool) -> None:
    assert bool(matches("bad", made(phrases=["bad"], **narrowing), context=context)) is applies


def test_findings_come_in_the_order_of_the_text_then_of_the_rule() -> None:
    rules = (made(id="b", phrases=["two", "one"]), made(id="a", phrases=["two"]), made(id="c", phrases=["one two"]))
    found = check("one two", ruleset(*rules), Context("en"))
    assert [(one.rule, one.match) for one in found] == [("b", "one"), ("c", "one two"), ("a", "two"), ("b", "two")]


def test_an_example_is_looked_at_as_the_part_its_rule_names() -> None:
    rule = made(kind="require", where="greeting", phrases=["hello"], choices=["fba"])
    rules = ruleset(rule, made(id="two", phrases=["bad"], where="greeting"), made(id="three", kind="require", phrases=["never"]))
    assert [found.rule for found in check_example("bad hello", rule, rules)] == ["two"]
    assert [found.rule for found in check_example("good", rule, rules)] == ["one"]
    assert [found.rule for found in check_example(Example(text="good", choices=("fbm",)), rule, rules)] == []
    with pytest.raises(ValueError, match="has no rule 'four'"):
        check_example("good", made(id="four", phrases=["x"]), rules)


def test_what_the_browser_gets_has_no_examples_and_no_macros() -> None:
    for held in RULESETS.values():
        data = to_json(held)
        assert [rule["id"] for rule in data["rules"]] == [one.rule.id for one in held.rules]
        for rule in data["rules"]:
            assert not {"bad", "good"} & set(rule)
            assert all("{GAP}" not in rule.get(key, "") for key in ("find", "unless"))
            assert rule["say"]["en"]
            assert rule["say"]["zh"]


LETTERS = "aeiou bcd.,:!?\n\n\r\t’-0123456789+@()您好，。：！\u0308\u0301\u00a0\u3000İıſ😀"
ODD = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(LETTERS)), max_size=300)


@settings(max_examples=150, deadline=None)
@given(text=ODD, cut=st.integers(0, 300), lang=st.sampled_from(sorted(RULESETS)), marked=st.booleans())
def test_no_text_is_too_odd_and_every_finding_quotes_it(text: str, cut: int, lang: str, marked: bool) -> None:
    cut = min(cut, len(text))
    parts = [("greeting", 0, cut), ("acknowledge", cut, len(text))] if marked else None
    context = Context(lang, frozenset({"fba"}), "keep-item-offer", "reply")
    found = check(text, RULESETS[lang], context, parts)
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end, one.rule))
    for one in found:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.match == text[one.start : one.end]


@settings(max_examples=60, deadline=None)
@given(before=ODD, after=ODD)
def test_what_must_not_occur_is_found_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before} \n unfortunately \n {after}"
    assert any(one.match == "unfortunately" for one in check(text, RULESETS["en"], Context("en")))
