"""The first day: lessons whose examples are live, exercises with one right answer, progress that can be deleted, and a record on paper."""

from __future__ import annotations

import dataclasses
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
import pytest

from macros import exercises, lessons, macros_of
from macros.catalog import HANDBOOK_LANGUAGES, Catalog
from macros.page import Desk
from macros.pages import LESSONS
from tests.conftest import ROOT

EVERY = [(lang, name) for lang in HANDBOOK_LANGUAGES for name in LESSONS]
MOST = {"en": 350, "zh": 600}  # words, characters: two minutes


def source(lang: str, name: str) -> str:
    return (ROOT / "docs" / lang / "onboarding" / f"{name}.md").read_text(encoding="utf-8")


def rendered(catalog: Catalog, lang: str, name: str) -> str:
    """The page with its macros carried out, as either builder does it."""
    desk = Desk(catalog, lang, f"onboarding/{name}.md")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals.update(macros_of(lambda: desk))
    return environment.from_string(source(lang, name)).render()


def desk(catalog: Catalog, lang: str = "en") -> Desk:
    return Desk(catalog, lang, "onboarding/empathy.md")


def rounds(page: str) -> list[dict[str, Any]]:
    """The questions of a page's exercise, as the browser gets them."""
    found = re.search(r'<div class="hb-exercise" data-hb="([^"]*)"', page)
    assert found
    return json.loads(unescape(found[1]))["rounds"]


def prose(page: str) -> str:
    """What a lesson says itself: all but the macros' names, ids and what they draw from elsewhere."""
    page = re.sub(r"\A---\ndescription: (.*)\n---", r"\1", page)
    page = re.sub(r"\{\{ (?:facts|scenario|lesson_\w+)\(.*?\) \}\}", " ", page, flags=re.DOTALL)
    page = re.sub(r"\{\{ exercise_(?:choose|scenario)\(\[.*?\](,.*?)?\) \}\}", r"\1", page, flags=re.DOTALL)
    page = re.sub(r"\{\{ (?:message|before_after|exercise_\w+)\(\"[a-z-]+\"|(?:choose|scenario)=(?:\[.*?\]|\"[a-z-]+\")|notes=", " ", page)
    return re.sub(r"\"(?:greeting|acknowledge|resolve|next_step|closing)\":|\]\([^)]*\)|\\n", " ", page)


def long(text: str, lang: str) -> int:
    return len(re.findall(r"[\w'’-]+", text)) if lang == "en" else len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+", text))


# What a lesson is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_lesson_has_one_message_one_turn_and_one_exercise(catalog: Catalog, lang: str, name: str) -> None:
    page = source(lang, name)
    for macro in ("lesson_head", "message", "before_after", r"exercise_\w+", "lesson_end"):
        assert len(re.findall(rf"\{{\{{ {macro}\(", page)) == 1, macro
    made = rendered(catalog, lang, name)
    assert "<mark>" in made
    asked = rounds(made)
    assert asked
    for one in asked:
        assert len(one["options"]) >= 2
        assert [right for _, _, right in one["options"]].count(True) == 1
        assert all(text.strip() and why.strip() for text, why, _ in one["options"])


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_lesson_takes_two_minutes(lang: str, name: str) -> None:
    assert 120 < long(prose(source(lang, name)), lang) <= MOST[lang]


def test_the_notes_and_reasons_count_as_prose() -> None:
    page = '---\ndescription: one two\n---\n{{ message("x", choose=["fbm"], notes={\n  "resolve": "three four"\n}) }} {{ facts("no") }} [five](x.md)'
    assert long(prose(page), "en") == 5


@pytest.mark.parametrize("name", LESSONS)
def test_both_languages_teach_with_the_same_messages_and_rules(name: str) -> None:
    english, chinese = (
        re.findall(r"(?:message|before_after|exercise_order|exercise_find)\(\"([a-z-]+)\"", source(lang, name)) for lang in ("en", "zh")
    )
    assert english == chinese
    rules = [re.findall(r"^  \[\"([a-z-]+)\"", source(lang, name), re.MULTILINE) for lang in ("en", "zh")]
    assert rules[0] == rules[1]


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_message_that_is_renamed_breaks_the_build(catalog: Catalog, lang: str, name: str) -> None:
    used = re.findall(r"\{\{ message\(\"([a-z-]+)\"", source(lang, name))[0]
    families = tuple(family.model_copy(update={"scenarios": tuple(one for one in family.scenarios if one.id != used)}) for family in catalog.families)
    with pytest.raises(ValueError, match=f"unknown scenario '{used}'"):
        rendered(dataclasses.replace(catalog, families=families), lang, name)


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_rule_that_is_renamed_breaks_the_build(catalog: Catalog, lang: str, name: str) -> None:
    used = re.findall(r"\{\{ before_after\(\"([a-z-]+)\"", source(lang, name))[0]
    ideas = {key: idea for key, idea in catalog.ideas.items() if key != used}
    with pytest.raises(ValueError, match=f"unknown rule '{used}'"):
        rendered(dataclasses.replace(catalog, ideas=ideas), lang, name)


def test_the_right_answer_has_no_fixed_place(catalog: Catalog) -> None:
    pairs = [one for lang, name in EVERY for one in rounds(rendered(catalog, lang, name)) if len(one["options"]) == 2]
    first = sum(one["options"][0][2] for one in pairs)
    assert 0.25 < first / len(pairs) < 0.75


# What the macros refuse ----------------------------------------------------------------------------------------------


def test_before_and_after_are_held_against_the_rules(catalog: Catalog) -> None:
    made = lessons.before_after(desk(catalog), "no-duty", "You must send it <first>.", "Please send it first.")
    assert '<p lang="en"><mark>You must</mark> send it &lt;first&gt;.</p>' in made
    with pytest.raises(ValueError, match="is not found by the rule 'no-duty' but by: none") as error:
        lessons.before_after(desk(catalog), "no-duty", "Please send it first.", "We cannot refund it.")
    assert "'We cannot refund it.' is found by: no-refusal" in str(error.value)
    assert str(error.value).count("onboarding/empathy.md: ") == 2


def test_before_is_found_by_the_named_rule_and_not_by_some_other(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="'no-duty' but by: no-refusal"):
        lessons.before_after(desk(catalog), "no-duty", "We cannot refund it.", "Please send it first.")


def test_before_and_after_heed_who_ships(catalog: Catalog) -> None:
    given = ("fba-promise", "We will refund you today.", "I will look at this conversation again on Friday.")
    assert "<mark>" in lessons.before_after(desk(catalog), *given, choose=["fba"])
    with pytest.raises(ValueError, match="not found by the rule 'fba-promise'"):
        lessons.before_after(desk(catalog), *given, choose=["fbm"])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda at: exercises.exercise_choose(at, [["nope", "a", "b"]]), "unknown rule 'nope'"),
        (lambda at: exercises.exercise_choose(at, [["no-duty", "You ", "Please keep"]]), "'You ' begins 3 bad examples of the rule, not one"),
        (lambda at: exercises.exercise_choose(at, [["no-duty", "You just", "Nobody"]]), "'Nobody' begins 0 good examples"),
        (lambda at: exercises.exercise_scenario(at, [["nope", "cancel"]]), "unknown scenario 'nope'"),
        (lambda at: exercises.exercise_find(at, "order-status", ["fbm"], "?", "a", "b"), "choose one of"),
        (lambda at: exercises.exercise_find(at, "upset-buyer", [], "?", "nowhere in it", "b"), "does not stand in exactly one sentence"),
        (lambda at: exercises.exercise_order(at, "upset-buyer", [], {"greeting": "a"}), "write a reason for each part"),
        (lambda at: lessons.scorecard_guide(at, {"greeting": "a"}), "write a row for each line of the scorecard"),
        (lambda at: lessons.lesson_end(dataclasses.replace(at, page="onboarding/lead.md")), "none of the lessons"),
    ],
)
def test_a_wrong_exercise_is_said_with_what_there_is(catalog: Catalog, call: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        call(desk(catalog))
    assert re.match(r"onboarding/\w+\.md: ", str(error.value))


def test_the_parts_of_a_message_are_asked_in_their_order(catalog: Catalog) -> None:
    reasons = {name: f"because {name}" for name in ("greeting", "acknowledge", "resolve", "next_step", "closing")}
    asked = rounds(exercises.exercise_order(desk(catalog), "upset-buyer", [], reasons))
    assert [len(one["options"]) for one in asked] == [5, 4, 3, 2]
    said = [next(why for _, why, right in one["options"] if right) for one in asked]
    assert said == ["Greeting: because greeting", "Acknowledge: because acknowledge", "Resolve: because resolve", "Next step: because next_step"]


def test_numbered_options_are_no_ends_of_sentences(catalog: Catalog) -> None:
    made = exercises.exercise_find(desk(catalog), "damaged-in-transit", ["fbm"], "?", "A photo is welcome", "b")
    assert [text for text, *_ in rounds(made)[0]["options"]][3:5] == [
        "1. We send you a replacement at our expense.",
        "2. You get your money back in full, delivery charge included.",
    ]


def test_lessons_without_title_or_idea_are_all_named(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "en" / "onboarding"
    folder.mkdir(parents=True)
    for name in LESSONS[1:]:
        (folder / f"{name}.md").write_text("---\ndescription: An idea.\n---\n\n# Title\n", encoding="utf-8")
    (folder / f"{LESSONS[2]}.md").write_text("# Title\n", encoding="utf-8")
    with pytest.raises(ValueError, match="is missing") as error:
        lessons.lessons(tmp_path, "en")
    assert [line.split(":1: ")[0] for line in str(error.value).split("\n")] == [str(folder / f"{name}.md") for name in (LESSONS[0], LESSONS[2])]


# In the browser ------------------------------------------------------------------------------------------------------

KEY = "hb-onboarding"
FULL = {
    "lessons": list(LESSONS),
    "drills": {group: {"right": 18, "wrong": 7} for group in ("tone", "structure", "amazon-policy", "promises")},
    "boxes": {"no-duty.1": 3},
    "practice": {
        f"{number:02}-example-of-a-case": {"scenario": number % 2 == 0, "covered": 3, "points": 5, "errors": 0, "warnings": 1, "tries": 2}
        for number in range(1, 13)
    },
}  # fmt: skip


def with_progress(page: Any, kept: Any = FULL) -> Any:
    page.add_init_script(f"if (!sessionStorage.begun) {{ sessionStorage.begun = 1; localStorage.setItem('{KEY}', {json.dumps(json.dumps(kept))}) }}")
    return page


def sheets(page: Any, paper: str = "A4") -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper)))


def tab_to(page: Any, selector: str) -> None:
    """Tab on until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The Tab key does not reach {selector}.")


def answer(page: Any, right: bool) -> str:
    """By keyboard, the right answer or the first wrong one to the question shown; what is announced then."""
    asked = json.loads(page.get_attribute(".hb-exercise", "data-hb"))["rounds"]
    number = re.search(r"[0-9]+", page.inner_text(".hb-number"))
    options = asked[int(number[0]) - 1]["options"] if number else asked[0]["options"]
    at = next(index for index, (_, _, good) in enumerate(options) if good is right)
    tab_to(page, f".hb-option:nth-of-type({at + 1})")
    page.keyboard.press("Enter")
    return str(page.inner_text(".hb-told[role=status]"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("prefix", "right", "wrong", "done"),
    [("", "Right.", "Not this one.", "✓ done"), ("zh/", "对。", "不是这个。", "✓ 已学")],
)
def test_the_first_lesson_to_the_record_and_its_print_by_keyboard(page: Any, address: str, prefix: str, right: str, wrong: str, done: str) -> None:
    page.goto(f"{address}{prefix}onboarding/")
    page.wait_for_selector(".hb-path a")
    tab_to(page, ".hb-path a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{LESSONS[0]}/")
    page.wait_for_selector(".hb-option")
    assert answer(page, False).startswith(wrong)
    for number in range(4):
        assert answer(page, True).startswith(right)
        tab_to(page, ".hb-exercise-foot button")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "hb-ask", "the next question has the focus"
        assert page.locator(".hb-option").count() == (4 - number if number < 3 else 5)
    tab_to(page, ".hb-lesson-next a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{LESSONS[1]}/")
    page.goto(f"{address}{prefix}onboarding/record/")
    page.wait_for_selector(".hb-record-table")
    tab_to(page, "[data-field=name]")
    page.keyboard.type("Example Person")
    tab_to(page, "[data-field=from]")
    page.keyboard.type("2026-12-01")
    printed = []
    page.expose_function("printing", lambda: printed.append(1))
    page.evaluate("() => { window.print = () => window.printing() }")
    tab_to(page, ".hb-record-form button")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert printed == [1]
    assert page.locator(".hb-record-table").first.locator("td").all_inner_texts()[0] == done
    assert page.locator(".hb-record-table td", has_text=done).count() == 1
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert LESSONS[0] in kept
    assert "Example" not in kept
    assert "2026" not in kept
    page.emulate_media(media="print")
    assert page.input_value("[data-field=name]") == "Example Person"
    assert page.locator("[data-field=name]").is_visible()
    assert not page.locator(".hb-record-form button").is_visible()
    assert page.locator(".hb-signatures p").count() == 2
    assert sheets(page) == 1
    page.reload()
    page.wait_for_selector("[data-field=name]")
    assert page.input_value("[data-field=name]") == ""


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_the_fullest_record_is_two_sheets_at_most(page: Any, address: str, prefix: str) -> None:
    with_progress(page).goto(f"{address}{prefix}onboarding/record/")
    page.wait_for_selector(".hb-record-table")
    rows = [table.locator("tbody tr").count() for table in page.locator(".hb-record-table").all()]
    assert rows == [8, 4, 12]
    assert page.locator(".hb-record-table").nth(1).locator("td").all_inner_texts()[:3] == ["18", "25", "72 %"]
    assert page.locator(".hb-record-table").nth(2).locator("td").all_inner_texts()[1:5] == ["3 / 5", "0", "1", "2"]
    for paper in ("A4", "Letter"):
        assert sheets(page, paper) <= 2


@pytest.mark.browser
@pytest.mark.parametrize("kept", ["no JSON", {"lessons": 7, "drills": ["x"], "practice": {"<b>": 1, "one": None}}, {"lessons": ["gone-lesson"]}])
def test_whatever_lies_in_the_storage_the_pages_stand(page: Any, address: str, kept: Any) -> None:
    for path in ("onboarding/", "onboarding/record/"):
        with_progress(page, kept).goto(address + path)
        page.wait_for_selector(".hb-path progress, .hb-record-table")
    assert page.locator(".hb-record-table").first.locator("tbody tr").count() == len(LESSONS)


@pytest.mark.browser
def test_progress_is_shown_and_deleted_after_a_question(page: Any, address: str) -> None:
    with_progress(page, {**FULL, "lessons": list(LESSONS[:2])}).goto(f"{address}onboarding/")
    page.wait_for_selector(".hb-done")
    assert page.locator(".hb-done").count() == 2
    assert page.inner_text("#hb-path-label") == "2 of 8 lessons done"
    assert page.locator(".hb-path a").get_attribute("href").endswith(f"{LESSONS[2]}/")
    assert "Answers in drills: 100." in page.inner_text(".hb-kept")
    assert "12-example-of-a-case" in page.text_content(".hb-kept pre")
    page.click(".hb-kept button")
    page.keyboard.press("Enter")  # the safe answer has the focus
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate(f"localStorage.getItem('{KEY}')")
    page.click(".hb-kept button")
    page.click("dialog .md-button--primary")
    page.wait_for_selector(".hb-done", state="detached")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None
    assert page.inner_text(".hb-kept [role=status]") == "Deleted. Nothing is kept."
    assert page.inner_text("#hb-path-label") == "0 of 8 lessons done"


@pytest.mark.browser
def test_a_lesson_can_be_opened_again_and_the_last_leads_to_the_record(page: Any, address: str) -> None:
    with_progress(page).goto(f"{address}onboarding/{LESSONS[-1]}/")
    page.click(".hb-lesson-end button")
    assert LESSONS[-1] not in json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))["lessons"]
    assert page.inner_text(".hb-lesson-next a") == "Done, to your record"
    page.click(".hb-lesson-next a")
    page.wait_for_url("**/onboarding/record/")
    page.wait_for_selector(".hb-record-table")
    assert page.locator(".hb-record-table td", has_text="✓ done").count() == len(LESSONS)


@pytest.mark.browser
def test_only_pages_of_the_first_day_load_its_code(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}scenarios/delivery/order-status/")
    page.wait_for_selector(".hb-copy")
    assert not [url for url in asked if "/js/onboarding/" in url]
    page.goto(f"{address}onboarding/{LESSONS[0]}/")
    page.wait_for_selector(".hb-option")
    assert sorted(url.rsplit("/", 1)[1] for url in asked if "/js/onboarding/" in url) == ["exercise.js", "lesson-end.js"]


@pytest.mark.browser
def test_without_script_an_exercise_has_its_answer_folded(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}onboarding/empathy/")
    assert opened.locator(".hb-exercise details").count() == 4
    assert not opened.locator(".hb-exercise details p").first.is_visible()
    opened.locator(".hb-exercise summary").first.click()
    assert "I can see why you are upset." in opened.locator(".hb-exercise details").first.inner_text()
    assert opened.locator(".hb-lesson-next a").get_attribute("href").endswith("options/")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["onboarding/", "onboarding/buyer-and-clock/", "zh/onboarding/forbidden/", "onboarding/record/", "zh/onboarding/lead/"]
)
def test_a_telephone_shows_them_without_scrolling_sideways(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = with_progress(context.new_page())
    opened.goto(address + path)
    opened.wait_for_timeout(400)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
