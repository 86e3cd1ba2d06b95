"""The practice inbox: cases that are right by the real rules, scored alike here and in the browser, and answered by keyboard in both handbooks."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from macros.assets import tone_json
from macros.catalog import HANDBOOK_LANGUAGES, CatalogError, load
from macros.finder.engine import find
from macros.finder.index import prepared
from macros.javascript import Module
from macros.library import PRACTICE
from macros.memo import Memo
from macros.practice import Filed, cases, inbox, judged, lacking, practice_json, reply_problems
from tests.conftest import ROOT
from tests.test_composer import field, fill, open_composer, pick

CATALOG = load(ROOT)
CASES = {filed.id: filed for filed in cases(CATALOG)}
EACH = pytest.mark.parametrize("filed", CASES.values(), ids=CASES)
OTHER_WORDS: dict[str, str] = yaml.safe_load((ROOT / "tests" / "practice" / "other-words.yml").read_text(encoding="utf-8"))


def test_every_file_is_a_case_and_each_inbox_has_twelve() -> None:
    assert sorted(CASES) == sorted(file.stem for file in (ROOT / PRACTICE).iterdir())
    written = {lang: Counter(filed.case.written_in for filed in inbox(CASES.values(), lang)) for lang in HANDBOOK_LANGUAGES}
    assert written == {"en": {"en": 10, "de": 2}, "zh": {"zh": 4, "en": 6, "de": 2}}


@EACH
def test_the_model_reply_passes_all_rules_and_has_every_point(filed: Filed) -> None:
    assert [f"{one.rule}: {one.match}" for one in judged(CATALOG, filed.case, filed.case.model)] == []
    assert lacking(CATALOG, filed.case, filed.case.model) == ()


@EACH
def test_a_bad_reply_fails_with_the_rules_it_is_meant_for(filed: Filed) -> None:
    for bad in filed.case.demonstrations:
        assert {one.rule for one in judged(CATALOG, filed.case, bad.reply)} == set(bad.rules)
        assert lacking(CATALOG, filed.case, bad.reply) == tuple(bad.lacks)
        assert bad.rules, "a demonstration shows a rule at work"


@EACH
def test_the_points_are_found_in_other_words_too(filed: Filed) -> None:
    assert filed.case.model not in OTHER_WORDS[filed.id]
    assert lacking(CATALOG, filed.case, OTHER_WORDS[filed.id]) == ()


def test_the_finder_shows_a_right_scenario_among_its_three() -> None:
    found = find(prepared(CATALOG), [filed.case.message for filed in CASES.values()])
    missed = [
        f"{filed.id}: {[one['scenario'] for one in got['scenarios']]}"
        for filed, got in zip(CASES.values(), found, strict=True)
        if not {one["scenario"] for one in got["scenarios"]} & set(filed.case.scenarios)
    ]
    assert not missed, missed
    assert [got["language"] for got in found] == [filed.case.written_in for filed in CASES.values()]


# Scored alike by Python and by the browser's own code ------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser_code() -> Iterator[Module]:
    with Module(ROOT / "overrides/assets/js/onboarding/practice-score.js") as module:
        yield module


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_the_browser_scores_as_the_check_judges(browser_code: Module, lang: str) -> None:
    plain = json.loads(practice_json(CATALOG, CASES.values(), lang))["cases"]
    rules = {one: json.loads(tone_json(CATALOG, one, lang)) for one in {row["replyIn"] for row in plain}}
    ask = """given[0].map(([one, text, picked]) => {
        const json = given[1][one.replyIn];
        const { found, ...rest } = own.scored(one, { text, parts: null }, picked, { ruleset: modules["tone.js"].prepare(json), ideas: json.ideas });
        return { ...rest, rules: [...new Set(found.map((finding) => finding.rule))].sort() };
    })"""
    wanted = [(row, case.model, case.scenarios[0]) for row in plain if (case := CASES[row["id"]].case)]
    wanted += [(row, bad.reply, "manual") for row in plain for bad in CASES[row["id"]].case.demonstrations]
    for (row, text, picked), got in zip(wanted, browser_code.ask(ask, wanted, rules), strict=True):
        case = CASES[row["id"]].case
        lacks = lacking(CATALOG, case, text)
        assert [index for index, point in enumerate(got["points"], 1) if point["quote"] is None] == list(lacks), row["id"]
        assert got["covered"] == len(case.points) - len(lacks)
        assert got["rules"] == sorted({one.rule for one in judged(CATALOG, case, text)}), row["id"]
        assert got["right"] == (picked in case.scenarios)
        assert len(got["rows"]) == 8, "the whole scorecard"


def test_the_data_has_the_words_of_its_handbook_only_and_no_bad_replies() -> None:
    chinese = re.compile("[一-鿿]")
    for row in json.loads(practice_json(CATALOG, CASES.values(), "en"))["cases"]:
        assert not chinese.search(json.dumps([row["title"], row["because"], row["shows"], row["points"], row["explain"]], ensure_ascii=False)), row[
            "id"
        ]
        assert not any(bad.reply in json.dumps(row, ensure_ascii=False) for bad in CASES[row["id"]].case.demonstrations)


# What is refused, with the sentence ------------------------------------------------------------------------------------


def broken(folder: Path, change: Any, name: str = "kettle-on-its-way") -> list[str]:
    """What is said of all cases when one of them is changed: `change` gets its text and returns another."""
    shutil.copytree(ROOT / PRACTICE, folder / PRACTICE)
    file = folder / PRACTICE / f"{name}.yml"
    text = file.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    catalog = dataclasses.replace(CATALOG, root=folder)
    try:
        return [str(problem) for problem in reply_problems(catalog, [one for one in cases(catalog) if one.id == name])]
    except CatalogError as error:
        return [str(problem) for problem in error.problems]


BROKEN = {
    "an unknown key": (lambda text: text + "stars: 5\n", r"kettle-on-its-way.yml:\d+: Unknown key 'stars'\. Remove it"),
    "an unknown scenario": (
        lambda text: text.replace("[order-status]", "[order-state]"),
        r":\d+: Unknown scenario 'order-state'\. Use an id of the map\.",
    ),
    "a scenario without the language": (
        lambda text: text.replace("[order-status]\nchoice: on_the_way", "[manual]").replace("reply_in: en", "reply_in: de"),
        r"'manual' is not there in 'de'\. Take another scenario",
    ),
    "an impossible choice": (
        lambda text: text.replace("choice: on_the_way", "choice: lost"),
        r"no combination of 'order-status'\. Use one of: fbm, not",
    ),
    "a level twice": (lambda text: text.replace("{en: 1,", "{en: 2,"), r"Level 2 stands at place 1 of the inbox 'en'\. Number the cases 1, 2, 3"),
    "a text missing in one handbook": (lambda text: re.sub(r"\{en: A kettle before Friday, ", "{", text), r"'title' is missing in 'en'"),
    "a text nobody sees": (lambda text: text.replace("level: {en: 1, zh: 3}", "level: {en: 1}"), r"'title' in 'zh' is shown nowhere\. Remove it"),
    "a short message": (
        lambda text: re.sub(r"message: \|-\n(  .*\n)+", "message: Where is my kettle?\n", text),
        r"has 4 words or characters\. Write 20 to 120",
    ),
    "a pattern of one engine only": (lambda text: text.replace("'UPS', ", "'\\bUPS', "), r"\[point-2\] The pattern .* do not read alike"),
    "a time without quotes": (lambda text: text.replace('"14:05"', "14:05"), r"'received'.*not text\. Put it in quotes|read as a number"),
    "a model reply that breaks a rule": (
        lambda text: text.replace("There is nothing for you to do.", "Unfortunately we cannot do more."),
        r"\[no-unfortunately\] 'Unfortunately' in the model reply",
    ),
    "a bad reply that says too little of itself": (
        lambda text: text.replace("no-exclamation, ", ""),
        r"The rules find in this demonstration: .*no-exclamation",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_case_is_refused_with_its_line(tmp_path: Path, change: Any, sentence: str) -> None:
    said = broken(tmp_path, change)
    assert any(re.search(sentence, one) for one in said), said
    assert all(re.match(r"templates/_practice/[a-z0-9-]+\.yml:\d+: ", one) for one in said), said


def test_a_point_that_the_model_lacks_is_named(tmp_path: Path) -> None:
    said = broken(tmp_path, lambda text: text.replace("'UPS', '1Z999AA10123456784'", "'DHL'"))
    assert any("Point 2 is not found in the model reply." in one for one in said), said


def test_another_file_in_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / PRACTICE).mkdir(parents=True)
    (tmp_path / PRACTICE / "notes.txt").write_text("notes", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"_practice/notes.txt:1: Not a case of the practice inbox. Name it"):
        cases(dataclasses.replace(CATALOG, root=tmp_path))


def test_what_was_found_before_is_said_again_without_judging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filed = CASES["kettle-on-its-way"]
    bad = dataclasses.replace(filed, case=filed.case.model_copy(update={"model": "Hello, we cannot help."}))
    memo = Memo(tmp_path)
    first = reply_problems(CATALOG, [bad], memo)
    assert first
    memo.save()
    monkeypatch.setattr("macros.practice.judged", None)
    assert reply_problems(CATALOG, [bad], Memo(tmp_path)) == first
    with pytest.raises(TypeError):  # another case is judged
        reply_problems(CATALOG, [filed], Memo(tmp_path))


# In the browser --------------------------------------------------------------------------------------------------------


KETTLE = {
    "product_name": "kettle",
    "ship_date": "2026-11-27",
    "carrier": "UPS",
    "tracking_number": "1Z999AA10123456784",
    "latest_date": "2026-12-04",
    "answer_date": "2026-12-03",
    "agent_name": "Emma",
    "shop_name": "Brightwater",
}


def inbox_page(page: Any, address: str, prefix: str = "") -> None:
    page.goto(f"{address}{prefix}onboarding/practice/")
    page.wait_for_selector(".hb-mail")


def open_case(page: Any, name: str) -> None:
    page.click(f'[data-case="{name}"]')
    page.wait_for_selector(".hb-suggested input")


def kept(page: Any) -> dict[str, Any]:
    return json.loads(page.evaluate("localStorage.getItem('hb-onboarding')") or "{}")


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "zh/"], ids=["en", "zh"])
def test_a_case_is_answered_and_scored_by_keyboard_alone(page: Any, address: str, prefix: str) -> None:
    inbox_page(page, address, prefix)
    page.focus('[data-case="kettle-on-its-way"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(".hb-suggested input")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.focus(".hb-suggested input")
    page.keyboard.press("Space")
    page.wait_for_selector(".hb-practice .hb-desk")
    page.focus('.hb-practice [value="on_the_way"]')
    page.keyboard.press("Space")
    assert field(page, "buyer_name").input_value() == "Jane Doe", "read out of the message, as the finder's box does"
    field(page, "order_id").focus()
    page.keyboard.type("111-2222222-3333333")
    for name, value in KETTLE.items():
        field(page, name).focus()
        page.keyboard.type(value)
    assert not page.locator(".hb-note:not(:empty)").count(), "in this inbox it is December 1, 2026, whatever the day is"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".hb-result:not([hidden])")
    assert page.evaluate("document.activeElement.parentElement.className") == "hb-result"
    said = page.inner_text(".hb-practice > .hb-status")
    assert ("scenario is right; 3 of 4 points mentioned; 0 to fix" in said) or ("场景选对了；提到 3/4 个要点；需修改 0 处" in said), said
    assert page.locator(".hb-points .hb-practice-look").count() == 1, "Friday is in no template"
    assert "Jane Doe" in page.inner_text(".hb-compare > :first-child")
    assert CASES["kettle-on-its-way"].case.model in page.inner_text(".hb-compare > :last-child").replace("\xa0", " ")
    score = {"scenario": True, "covered": 3, "points": 4, "errors": 0, "warnings": 0, "tries": 1}
    assert kept(page)["practice"] == {"kettle-on-its-way": score}
    page.locator(".hb-practice-buttons button").last.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.case") == "kettle-on-its-way"
    assert "3" in page.inner_text('[data-case="kettle-on-its-way"] .hb-mail-state')


@pytest.mark.browser
def test_a_reply_by_hand_is_judged_by_the_rules_and_nothing_of_it_is_kept(page: Any, address: str) -> None:
    inbox_page(page, address)
    open_case(page, "says-delivered")
    page.check('[name="hb-practice-mode"][value="hand"]')
    page.click(".hb-score-it")
    assert page.inner_text(".hb-practice > .hb-status").startswith("Choose a scenario first")
    page.select_option("#hb-practice-scenario", "delivery-delayed")
    page.click(".hb-score-it")
    assert page.inner_text(".hb-practice > .hb-status").startswith("There is no reply yet")
    bad = CASES["says-delivered"].case.demonstrations[0]
    page.fill("#hb-practice-text", bad.reply)
    page.click(".hb-score-it")
    page.wait_for_selector(".hb-result:not([hidden])")
    assert "You took “Delivery is late”. Closer is “Marked delivered, not received”." in page.inner_text(".hb-result")
    assert {item.get_attribute("data-rule") for item in page.locator(".hb-result .hb-finding").all()} == set(bad.rules)
    assert page.locator(".hb-points .hb-practice-look").count() == len(bad.lacks)
    page.locator(".hb-result .hb-quote").first.click()
    selected = page.evaluate("(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)")
    assert selected
    assert selected in page.inner_text(".hb-result .hb-quote >> nth=0").strip("“”") or selected.startswith("We will")
    stored = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie])")
    assert "headphones" not in stored
    assert kept(page)["practice"]["says-delivered"]["scenario"] is False
    page.evaluate("import('/assets/js/memory.js').then(({ forgetBuyer }) => forgetBuyer('idle'))")
    page.wait_for_function("document.querySelector('#hb-practice-text').value === ''")
    assert page.locator(".hb-result").is_hidden()
    assert "headphones tomorrow" not in page.inner_text(".hb-practice")


@pytest.mark.browser
def test_a_reply_in_another_language_is_not_scored_but_pointed_out(page: Any, address: str) -> None:
    inbox_page(page, address)
    open_case(page, "widerruf-jacke")
    assert page.locator(".hb-letter details").count() == 1, "what it says in English"
    page.check('.hb-suggested input[value="change-of-mind"]')
    page.wait_for_selector(".hb-practice .hb-desk")
    assert page.evaluate("document.querySelector('#hb-message').lang") == "de", "the language of the message comes first"
    pick(page, "English")
    page.click(".hb-score-it")
    assert "The buyer reads German" in page.inner_text(".hb-practice > .hb-status")
    assert kept(page) == {}


@pytest.mark.browser
def test_a_real_buyer_is_laid_aside_while_somebody_practises(page: Any, address: str) -> None:
    open_composer(page, f"{address}scenarios/delivery/order-status/")
    fill(page, {"buyer_name": "Real Buyer", "order_id": "999-1111111-2222222", "agent_name": "Mia", "shop_name": "Corner"})
    page.locator(".md-tabs a", has_text="First day").click()
    page.wait_for_selector(".hb-path")
    page.locator('.md-sidebar a[href$="practice/"]').first.click()
    page.wait_for_selector(".hb-mail")
    open_case(page, "kettle-on-its-way")
    page.check('.hb-suggested input[value="order-status"]')
    page.wait_for_selector(".hb-practice .hb-desk")
    assert field(page, "buyer_name").input_value() == "Jane Doe"
    assert field(page, "order_id").input_value() == ""
    assert field(page, "agent_name").input_value() == "Mia", "one's own name is the same everywhere"
    field(page, "order_id").fill("111-2222222-3333333")
    page.keyboard.press("Alt+n")
    assert field(page, "order_id").input_value() == "", "the practice is cleared"
    field(page, "order_id").fill("111-2222222-3333333")
    page.go_back()
    page.wait_for_selector(".hb-path")
    page.go_back()
    page.wait_for_selector(".hb-copy:visible")
    assert field(page, "buyer_name").input_value() == "Real Buyer"
    assert field(page, "order_id").input_value() == "999-1111111-2222222"


@pytest.mark.browser
@pytest.mark.parametrize(("prefix", "scheme", "width"), [("", "dark", 360), ("zh/", "light", 360), ("zh/", "dark", 1280)])
def test_a_scored_case_is_accessible_and_fits(browser: Any, address: str, prefix: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    inbox_page(page, address, prefix)
    looks = [Axe().run(page)]
    open_case(page, "hot-charger")
    page.check('[name="hb-practice-mode"][value="hand"]')
    page.select_option("#hb-practice-scenario", "upset-buyer")
    page.fill("#hb-practice-text", CASES["hot-charger"].case.demonstrations[0].reply)
    page.click(".hb-score-it")
    page.wait_for_selector(".hb-result:not([hidden])")
    looks.append(Axe().run(page))
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    serious = [one for look in looks for one in look.response["violations"] if one["impact"] in ("serious", "critical")]
    assert not [f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}" for one in serious]
    assert wide <= width


@pytest.mark.browser
def test_other_pages_load_nothing_of_it(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_composer(page, f"{address}scenarios/delivery/order-status/")
    assert not [url for url in asked if "practice" in url or "finder.js" in url or "finder.json" in url]
