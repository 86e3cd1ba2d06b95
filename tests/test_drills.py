"""Drills: each question has exactly one right answer by the rules themselves, is drawn by boxes, and can be answered by keyboard alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from macros import drills, tone
from macros.assets import write
from macros.catalog import combinations, load, scope
from macros.drills import LEAST, Pool, Question, pool, sentences, to_json
from macros.javascript import Module
from macros.message import assemble
from macros.model import FULFILMENTS, Example, Rule
from macros.values import shown_examples
from tests.conftest import ROOT

CATALOG = load(ROOT)
LANGUAGES = tuple(CATALOG.languages)
KINDS: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/replies/kinds.yml").read_text(encoding="utf-8"))
ID = re.compile(r"[a-z0-9][a-z0-9.:_-]{0,120}")  # what progress.js keeps
DRILLS = ["spot", "order", "scenario", "fulfilment", "policy"]


@cache
def questions(lang: str) -> Pool:
    """Everything that can be drawn in a language."""
    return pool(CATALOG, lang)


def of_kind(lang: str, *kinds: str) -> list[Question]:
    found = [question for question in questions(lang).questions if question.kind in kinds]
    assert found, f"no question of {kinds} in {lang}"
    return found


def rules(lang: str) -> list[Rule]:
    return [compiled.rule for compiled in CATALOG.ruleset(lang).rules]


def caught(lang: str, example: Example, rule: Rule) -> set[str]:
    return {hit.rule for hit in tone.check_example(example, rule, CATALOG.ruleset(lang))}


def example_of(question: Question, key: str, text: str) -> tuple[Rule, Example]:
    """The rule of a question and its example with this text."""
    return next((rule, one) for rule in rules(question.lang) if rule.id == question.idea for one in getattr(rule, key) if one.text == text)


def judged(question: Question) -> tuple[tone.Finding, ...]:
    """What the rules find in the whole reply of a question."""
    reply = CATALOG.replies[question.lang][question.source]
    return tone.check(
        reply.text, CATALOG.ruleset(question.lang), tone.Context(question.lang, frozenset([reply.fulfilment] if reply.fulfilment else []))
    )


# One right answer ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_example_that_is_asked_about_is_found_by_its_own_rule_alone(lang: str) -> None:
    for question in of_kind(lang, "words", "idea"):
        rule, example = example_of(question, "bad", question.text)
        assert caught(lang, example, rule) == {rule.id}, question


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_right_words_the_rule_is_silent_and_without_the_others_it_is_not(lang: str) -> None:
    for question in of_kind(lang, "words"):
        rule, example = example_of(question, "bad", question.text)
        for words in (question.right, *question.wrong):
            assert question.text.count(words) == 1, question
            less = example.model_copy(update={"text": question.text.replace(words, "")})
            assert (rule.id in caught(lang, less, rule)) is (words != question.right), f"{question} without {words!r}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_rules_offered_are_of_another_group_and_never_found_beside_it(lang: str) -> None:
    avoided = {rule.id for rule in rules(lang) if rule.kind == "avoid"}
    together = [caught(lang, one, rule) | {rule.id} for rule in rules(lang) for one in rule.bad]
    together += [{hit.rule for hit in judged(question)} for question in of_kind(lang, "reply", "missing")]
    for question in of_kind(lang, "words", "idea", "reply"):
        others = questions(lang).others[question.idea or ""]
        assert len(others) == len(set(others)) >= LEAST
        for other in others:
            assert other in avoided
            assert CATALOG.ideas[other].group != CATALOG.ideas[question.idea or ""].group
    for idea, others in questions(lang).others.items():
        for found in together:
            assert idea not in found or found.isdisjoint(others), f"{idea} is found together with {found & set(others)}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_a_whole_reply_one_rule_finds_something_and_only_in_the_right_sentence(lang: str) -> None:
    for question in of_kind(lang, "reply"):
        hits = judged(question)
        assert {hit.rule for hit in hits} == {question.idea}, question
        assert len(question.wrong) >= LEAST
        for sentence in (question.right, *question.wrong):
            start = question.text.index(sentence)
            touched = [hit for hit in hits if hit.start < start + len(sentence) and start < hit.end]
            assert bool(touched) is (sentence == question.right), f"{question.id}: {sentence!r}"
        pieces = next(row for row in to_json(Pool((question,), {}))["questions"])["text"]
        assert "".join(pieces) == question.text
        assert sorted(pieces[1::2]) == sorted([question.right, *question.wrong])
        assert not any(re.search(r"\w", piece) for piece in pieces[0::2]), f"{question.id}: words between the sentences"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_reply_lacks_is_the_only_thing_the_rules_miss(lang: str) -> None:
    required = {rule.id for rule in rules(lang) if rule.kind == "require"}
    for question in of_kind(lang, "missing"):
        assert {hit.rule for hit in judged(question)} == {question.right}, question
        assert question.right not in question.wrong
        assert {question.right, *question.wrong} <= required
        assert len(question.wrong) >= LEAST


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_better_wording_passes_all_rules_and_each_other_one_breaks_the_rule_asked_for(lang: str) -> None:
    for question in of_kind(lang, "better"):
        rule, good = example_of(question, "good", question.right)
        assert not caught(lang, good, rule), question
        assert len(question.wrong) >= LEAST
        for text in question.wrong:
            assert rule.id in caught(lang, example_of(question, "bad", text)[1], rule), f"{question.id}: {text!r}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_be_written_on_amazon_is_what_no_rule_finds(lang: str) -> None:
    answers = Counter()
    for question in of_kind(lang, "policy"):
        rule, example = example_of(question, "good" if question.right == "yes" else "bad", question.text)
        assert caught(lang, example, rule) == (set() if question.right == "yes" else {rule.id}), question
        assert CATALOG.ideas[rule.id].group == "amazon-policy"
        answers[question.right] += 1
    assert min(answers["yes"], answers["no"]) >= 0.3 * answers.total(), answers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_parts_to_be_put_in_order_are_a_message_and_no_two_are_alike(lang: str) -> None:
    values = shown_examples(CATALOG.variables, lang, CATALOG.languages[lang], CATALOG.stores)
    for question in of_kind(lang, "order"):
        scenario = CATALOG.scenarios[question.scenario or ""]
        done = assemble(CATALOG.messages[scenario.id, lang], CATALOG.shared[lang], combinations(scenario)[0], "named", values)
        assert question.wrong == tuple(done.text[part.start : part.end] for part in done.parts)
        assert len(set(question.wrong)) == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_buyers_line_belongs_to_the_right_scenario_and_to_none_that_is_offered(lang: str) -> None:
    said = {name: [line.lower() for line in lines.get(lang, ())] for name, lines in CATALOG.buyers_say.items()}
    for question in of_kind(lang, "scenario"):
        assert [name for name, lines in said.items() if question.text.lower() in lines] == [question.right]
        assert question.right not in question.wrong
        assert set(question.wrong) <= set(CATALOG.scenarios)
        assert len(set(question.wrong)) == len(question.wrong) >= LEAST


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_passage_is_written_for_one_kind_of_order(lang: str) -> None:
    """The message of the other kind does not hold it; a rule refuses it there, or it says that Amazon acts."""
    values = shown_examples(CATALOG.variables, lang, CATALOG.languages[lang], CATALOG.stores)
    seen = Counter()
    for question in of_kind(lang, "fulfilment"):
        scenario = CATALOG.scenarios[question.scenario or ""]
        texts: dict[str, list[str]] = {side: [] for side in FULFILMENTS}
        refused = []
        for picks in combinations(scenario):
            done = assemble(CATALOG.messages[scenario.id, lang], CATALOG.shared[lang], picks, "named", values)
            texts[picks[0]].append(done.text)
            if question.text in done.text:
                context = tone.Context(lang, scope(scenario, (*question.wrong, *picks[1:])), scenario.id, scenario.kind)
                refused.append(any(hit.rule == "fba-promise" for hit in tone.check(done.text, CATALOG.ruleset(lang), context, done.spans)))
        assert any(question.text in text for text in texts[question.right]), question
        assert not any(question.text in text for text in texts[question.wrong[0]]), question
        assert all(refused) if question.right == "fbm" else re.search("Amazon|亚马逊", question.text), question
        seen[question.right] += 1
    assert min(seen["fbm"], seen["fba"]) >= 4, seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_questions_of_every_kind_group_and_scenario(lang: str) -> None:
    found = questions(lang).questions
    least = {"words": 8, "idea": 80, "reply": 45, "missing": 10, "better": 140, "order": 12, "scenario": 170, "fulfilment": 12, "policy": 50}
    kinds = Counter(question.kind for question in found)
    assert all(kinds[kind] >= number for kind, number in least.items()), kinds
    assert {question.group for question in found} == {*(idea.group for idea in CATALOG.ideas.values()), "scenario", "fulfilment"}
    asked = {question.right for question in of_kind(lang, "scenario")}
    assert len(asked) >= 0.95 * len(CATALOG.scenarios), set(CATALOG.scenarios) - asked


def test_ids_are_kept_by_the_progress_and_name_one_question_each() -> None:
    ids = [question.id for lang in LANGUAGES for question in questions(lang).questions]
    assert len(set(ids)) == len(ids)
    assert all(ID.fullmatch(name) for name in ids)
    asked = Counter((one.lang, one.kind, one.text) for lang in LANGUAGES for one in questions(lang).questions if one.text)
    assert asked.most_common(1)[0][1] == 1, asked.most_common(3)
    assert ID.pattern in (ROOT / "overrides/assets/js/progress.js").read_text(encoding="utf-8").replace("^", "").replace("$", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reply_that_is_asked_about_shows_the_slip_it_was_written_for(lang: str) -> None:
    for question in of_kind(lang, "reply", "missing"):
        assert question.idea in KINDS[CATALOG.replies[lang][question.source].kind], question.id


def test_mister_and_a_day_of_the_month_end_no_sentence() -> None:
    text = "Thank you, Mr. Evans. It left us.\nKind regards"
    assert [text[start:end] for start, end in sentences(text, "en")] == ["Thank you, Mr. Evans.", "It left us.", "Kind regards"]
    text = "Am 2. Dezember kommt sie. Danke, Dr. Weiß!"
    assert [text[start:end] for start, end in sentences(text, "de")] == ["Am 2. Dezember kommt sie.", "Danke, Dr. Weiß!"]


def asked_with(name: str, *lines: str) -> dict[str, Question]:
    """What is asked about the English lines of buyers if a scenario has these lines too, by line."""
    said = {**CATALOG.buyers_say, name: {**CATALOG.buyers_say[name], "en": (*CATALOG.buyers_say[name]["en"], *lines)}}
    return {question.text: question for question in drills.scenarios(replace(CATALOG, buyers_say=said), "en")}


def test_a_scenario_that_a_line_might_mean_as_well_is_not_offered() -> None:
    line = "just curious when it gets here, no rush"
    assert "delivery-delayed" in asked_with("delivery-delayed")[line].wrong
    assert "delivery-delayed" not in asked_with("delivery-delayed", "no rush, just curious when it gets here")[line].wrong
    assert line not in asked_with("delivery-delayed", line.upper()), "said in two scenarios, it means neither"


def test_a_reply_with_two_slips_or_none_is_not_asked_about() -> None:
    name, reply = next((name, reply) for name, reply in CATALOG.replies["en"].items() if reply.kind == "promotion")
    assert name in {question.source for question in of_kind("en", "reply")}
    texts = {"two": f"{reply.text}\nYou should have asked.", "none": "Hello Ms Evans,\n\nThank you.", name: reply.text}
    replies = {key: reply.model_copy(update={"text": text}) for key, text in texts.items()}
    asked = [one.source for one in pool(replace(CATALOG, replies={"en": replies}), "en").questions if one.kind in ("reply", "missing")]
    assert asked == [name]


# What the browser loads ----------------------------------------------------------------------------------------------


def test_the_file_is_written_when_something_it_is_made_from_has_changed(small_handbook: Path) -> None:
    write(load(small_handbook))
    file = small_handbook / "overrides/assets/data/drills.en.json"
    first, written = json.loads(file.read_text(encoding="utf-8")), file.stat().st_mtime_ns
    assert first["questions"]
    assert first["made"]
    write(load(small_handbook))
    assert file.stat().st_mtime_ns == written
    rules_file = small_handbook / "templates/_tone/en.yml"
    text = rules_file.read_text(encoding="utf-8")
    good = re.search(r"good:\n?\s*(?:- |\[)([^\n,\]]+)", text)
    assert good
    rules_file.write_text(text.replace(good[1], "The parcel is with us now.", 1), encoding="utf-8")
    write(load(small_handbook))
    assert json.loads(file.read_text(encoding="utf-8"))["made"] != first["made"]


# Drawing -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawing() -> Iterator[Callable[..., Any]]:
    """Calls a function of onboarding/draw.js."""
    with Module(ROOT / "overrides/assets/js/onboarding/draw.js") as module:
        yield module.call


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    """The English questions as the browser reads them."""
    return json.loads(json.dumps(to_json(questions("en"))))


def short(table: dict[str, Any]) -> list[dict[str, str]]:
    return [{"id": one["id"], "kind": one["kind"]} for one in table["questions"]]


def test_a_seed_draws_the_same_round_and_another_seed_another(drawing: Callable[..., Any], table: dict[str, Any]) -> None:
    rounds = [[one["id"] for one in drawing("draw", short(table), {}, DRILLS, seed)] for seed in (1, 1, 2)]
    assert rounds[0] == rounds[1] != rounds[2]
    assert len(set(rounds[0])) == 10
    kinds = [one["kind"] for one in drawing("draw", short(table), {}, DRILLS, 1)]
    assert set(kinds) == {question.kind for question in questions("en").questions}, "a round of ten has every kind in it"


def test_only_what_was_chosen_is_drawn(drawing: Callable[..., Any], table: dict[str, Any]) -> None:
    for chosen in (["order"], ["scenario", "policy"]):
        assert {one["kind"] for one in drawing("draw", short(table), {}, chosen, 3)} == set(chosen)
    spots = {one["kind"] for one in drawing("draw", short(table), {}, ["spot"], 3)}
    assert spots == {"words", "idea", "reply", "missing", "better"}


def test_what_was_wrong_comes_again_first_and_what_is_known_seldom(drawing: Callable[..., Any], table: dict[str, Any]) -> None:
    some = short(table)[:200]
    wrong, known = [one["id"] for one in some[:6]], [one["id"] for one in some[6:40]]
    boxes = dict.fromkeys(wrong, 1) | dict.fromkeys(known, 5)
    for seed in range(20):
        drawn = [one["id"] for one in drawing("draw", some, boxes, DRILLS, seed)]
        assert len(set(drawn) & set(wrong)) == 4, "at most four of a round, so that something new comes too"
        assert len(set(drawn) & set(known)) == 2
    drawn = [one["id"] for one in drawing("draw", some[:6], boxes, DRILLS, 1)]
    assert sorted(drawn) == sorted(wrong), "where nothing is new, all that were wrong come"


def test_a_lower_box_is_drawn_more_often_than_a_higher(drawing: Callable[..., Any], table: dict[str, Any]) -> None:
    some = short(table)[:80]
    boxes = {one["id"]: 2 + at % 4 for at, one in enumerate(some)}
    drawn = Counter(boxes[one["id"]] for seed in range(150) for one in drawing("draw", some, boxes, DRILLS, seed))
    assert drawn[2] > drawn[3] > drawn[4] > drawn[5] > 0, drawn


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_shows_the_right_answer_once_among_different_ones(drawing: Callable[..., Any], lang: str) -> None:
    data = json.loads(json.dumps(to_json(questions(lang))))
    for at, question in enumerate(data["questions"]):
        others = {question["idea"]: data["others"][question["idea"]]} if question.get("idea") else {}
        steps = drawing("steps", question, others, at)
        assert [step["ask"] for step in steps] == ([question["kind"], "idea"] if question["kind"] in ("words", "reply") else [question["kind"]])
        for step in steps:
            if step["ask"] == "order":
                assert sorted(step["options"]) == sorted(step["right"])
                assert step["options"] != step["right"]
                continue
            assert step["options"].count(step["right"]) == 1, question["id"]
            assert len(set(step["options"])) == len(step["options"]) >= (2 if step["ask"] in ("policy", "fulfilment") else 3), question["id"]


# The page ------------------------------------------------------------------------------------------------------------

WORDS = {"": "en", "zh/": "zh"}


def word(key: str, lang: str) -> str:
    return getattr(CATALOG.interface[key], lang)


def begin(page: Any, address: str, prefix: str, drill: str, seed: int = 5) -> Any:
    """Opens the drills and starts a round of one drill, by keyboard alone. Returns the host."""
    page.goto(f"{address}{prefix}onboarding/drills/")
    host = page.locator(".hb-drills")
    host.locator("form").wait_for()
    host.evaluate(f"host => host.dataset.seed = '{seed}'")
    host.locator("input").first.focus()
    for at in range(len(DRILLS)):
        if DRILLS[at] != drill:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    host.locator(".hb-drill").wait_for()
    return host


def press(page: Any, step: Any, text: str) -> None:
    """Goes by arrow keys to the answer with this text, and takes it."""
    page.keyboard.press("Tab")
    for _ in range(step.locator(".hb-drill-option").count()):
        if page.evaluate("document.activeElement.lastChild.textContent") == text:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no answer {text!r}")


@pytest.mark.browser
@pytest.mark.parametrize("prefix", WORDS)
def test_a_round_with_one_wrong_answer_by_keyboard(page: Any, address: str, prefix: str) -> None:
    lang = WORDS[prefix]
    right_of = {question.text: question for question in of_kind(lang, "policy")}
    host = begin(page, address, prefix, "policy")
    missed = None
    for number in range(10):
        assert "hb-drill-ask" in page.evaluate("document.activeElement.className"), "the question has the focus"
        assert str(number + 1) in host.locator(".hb-drill-number").inner_text()
        question = right_of[host.locator(".hb-drill-text").inner_text()]
        answer = question.right if number != 1 else question.wrong[0]
        press(page, host.locator(".hb-drill-step"), word(f"drill_{answer}", lang))
        said = host.locator(".hb-drill-said[role=status]").inner_text()
        assert word("drill_right" if number != 1 else "drill_wrong", lang) in said
        assert getattr(CATALOG.ideas[question.idea or ""].why, lang) in said
        if number == 1:
            missed = question
            assert word(f"drill_{question.right}", lang) in said
            assert host.locator(".hb-is-right").count() == host.locator(".hb-is-wrong").count() == 1
        link = host.locator(".hb-drill-said a").first
        assert link.evaluate("link => link.href").endswith(f"/{prefix}tone/#{question.idea}")
        assert page.request.get(link.evaluate("link => link.href")).ok
        page.keyboard.press("Enter")  # the way on has the focus
    assert missed
    summary = host.locator(".hb-drill-summary")
    assert summary.locator("h2").inner_text() == word("drill_summary", lang).format(right=9, all=10)
    assert getattr(CATALOG.ideas[missed.idea or ""].title, lang) in summary.locator("li").inner_text()
    kept = page.evaluate("JSON.parse(localStorage.getItem('hb-onboarding'))")
    assert kept["drills"] == {"amazon-policy": {"right": 9, "wrong": 1}}
    assert kept["boxes"][missed.id] == 1
    assert sorted(kept["boxes"].values()) == [1, *[2] * 9]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # another round: what was wrong is in it
    texts = []
    for _ in range(10):
        texts.append(host.locator(".hb-drill-text").inner_text())
        press(page, host.locator(".hb-drill-step"), word("drill_yes", lang))
        page.keyboard.press("Enter")
    assert missed.text in texts


@pytest.mark.browser
def test_parts_are_put_in_order_by_keyboard_and_two_steps_follow_each_other(page: Any, address: str) -> None:
    host = begin(page, address, "", "order")
    right = next(one.wrong for one in of_kind("en", "order") if set(one.wrong) == set(host.locator(".hb-drill-part").all_inner_texts()))
    for place, part in enumerate(right):
        for _ in range(4):
            shown = host.locator(".hb-drill-part").all_inner_texts()
            if (at := shown.index(part)) == place:
                break
            host.locator("li").nth(at).get_by_label(word("drill_up", "en")).focus()
            page.keyboard.press("Enter")
            assert f"place {at} of 5" in host.locator(".hb-drill-moved").inner_text()
            assert "hb-drill-move" in page.evaluate("document.activeElement.className"), "the focus stays on the button"
    host.locator("button", has_text=word("drill_check", "en")).focus()
    page.keyboard.press("Enter")
    assert host.locator(".hb-is-right").count() == 5
    assert word("drill_right", "en") in host.locator(".hb-drill-said").inner_text()
    host = begin(page, address, "", "spot")
    while not host.locator("text=" + word("drill_ask_reply", "en")).count():
        first = host.locator(".hb-drill-step").last.locator(".hb-drill-option").first
        first.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    by_sentence = {one.right: one for one in of_kind("en", "reply")}
    sentence = next(text for text in host.locator(".hb-drill-option").all_inner_texts() if text in by_sentence)
    press(page, host.locator(".hb-drill-step"), sentence)
    assert by_sentence[sentence].id not in (page.evaluate("localStorage.getItem('hb-onboarding')") or ""), "counted before the second step"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == word("drill_ask_idea", "en")
    press(page, host.locator(".hb-drill-step").last, CATALOG.ideas[by_sentence[sentence].idea or ""].title.en)
    kept = page.evaluate("JSON.parse(localStorage.getItem('hb-onboarding'))")
    assert kept["boxes"][by_sentence[sentence].id] == 2


@pytest.mark.browser
@pytest.mark.parametrize("prefix", WORDS)
def test_the_drills_fit_a_phone_and_axe_finds_nothing_serious(browser: Any, address: str, prefix: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce")
    context.set_default_timeout(8000)
    page = context.new_page()
    for drill in ("spot", "order"):
        host = begin(page, address, prefix, drill)
        host.locator(".hb-drill-option, .hb-drill-step .md-button").first.click()
        found = [f"{one['id']}: {one['help']}" for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        assert not found
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.browser
def test_questions_that_cannot_be_loaded_are_said_so(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/drills.en.json", lambda route: route.abort())
    page.goto(f"{address}onboarding/drills/")
    page.locator(".hb-drill-form button").click()
    page.get_by_text(word("drill_unavailable", "en")).wait_for(timeout=8000)
    for box in page.locator(".hb-drill-form input").all():
        box.uncheck()
    page.locator(".hb-drill-form button").click()
    assert page.locator(".hb-drill-note").inner_text() == word("drill_pick_one", "en")
    context.close()


@pytest.mark.browser
def test_other_pages_load_nothing_of_the_drills(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}scenarios/delivery/order-status/", wait_until="networkidle")
    assert not [url for url in asked if "onboarding" in url or ("drills." in url and not url.endswith(".css"))]
