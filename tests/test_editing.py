"""Writing in the composer: edits by hand, the live check, what holds copying back, and the sense in the fields."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.conftest import ROOT
from tests.test_composer import DETAILS, PAGE, field, fill, open_composer, pick, shown

pytestmark = pytest.mark.browser


def area(page: Any, part: str) -> Any:
    return page.locator(f'[data-part="{part}"] textarea')


def start(page: Any, address: str, editing: bool = True) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    if editing:
        page.click(".hb-edit")
        area(page, "greeting").wait_for()


def add(page: Any, part: str, words: str) -> None:
    area(page, part).press("Control+End")
    area(page, part).press_sequentially(words)


def clipboard(page: Any) -> str:
    return page.evaluate("navigator.clipboard.readText()")


# Editing by hand -----------------------------------------------------------------------------------------------------


def test_an_edit_stays_in_its_part_and_the_fields_still_reach_the_rest(page: Any, address: str) -> None:
    start(page, address)
    assert page.locator(".hb-editing").count() == 5, "the sections stay recognisable"
    add(page, "resolve", " I have put it at the top of my list.")
    field(page, "carrier").fill("Royal Mail")
    field(page, "product_name").fill("floor lamp")
    text = area(page, "resolve").input_value()
    assert "I have asked Royal Mail to check" in text
    assert "floor lamp" in text
    assert text.endswith("at the top of my list.")


def test_words_written_over_a_value_are_kept_when_its_field_changes(page: Any, address: str) -> None:
    start(page, address)
    box = area(page, "resolve")
    box.fill(box.input_value().replace("asked UPS to", "asked the UPS depot in Leeds to"))
    box.fill(box.input_value().replace("UPS", "parcel"))
    field(page, "carrier").fill("DHL")
    assert "the parcel depot in Leeds" in area(page, "resolve").input_value()
    assert "DHL" not in area(page, "resolve").input_value()


def test_what_was_edited_is_marked_and_can_be_taken_back(page: Any, address: str) -> None:
    start(page, address, editing=False)
    before = shown(page)
    page.click(".hb-edit")
    add(page, "acknowledge", " Truly.")
    page.click(".hb-edit")
    part = page.locator('[data-part="acknowledge"]')
    assert part.locator(".hb-edited").is_visible()
    assert part.locator(".hb-is-changed").all_text_contents() == [" Truly."]
    assert page.locator('[data-part="resolve"] .hb-edited').is_hidden()
    part.get_by_role("button", name="Take back").click()
    assert shown(page) == before
    assert page.locator(".hb-edited:visible").count() == 0


def test_typing_the_old_words_again_is_no_edit_any_more(page: Any, address: str) -> None:
    start(page, address)
    add(page, "closing", "!")
    assert page.locator('[data-part="closing"] .hb-edited').is_visible()
    area(page, "closing").press("Backspace")
    assert page.locator('[data-part="closing"] .hb-edited').is_hidden()


def test_each_choice_and_language_has_edits_of_its_own(page: Any, address: str) -> None:
    start(page, address)
    add(page, "resolve", " Mine.")
    for label in ("Amazon (FBA)", "Seller (FBM)", "Deutsch", "English"):
        pick(page, label)
        assert area(page, "resolve").input_value().endswith(" Mine.") == (label in ("Seller (FBM)", "English")), label


def test_edits_go_with_the_buyer(page: Any, address: str) -> None:
    start(page, address)
    add(page, "resolve", " Mine.")
    page.click(".hb-clear")
    assert "Mine." not in shown(page)


def test_an_emptied_part_leaves_no_gap(page: Any, address: str) -> None:
    start(page, address)
    area(page, "next_step").fill("")
    add(page, "resolve", " Please write to me by Friday.")
    page.click(".hb-edit")
    page.click(".hb-copy")
    page.wait_for_timeout(100)
    assert "\n\n\n" not in clipboard(page)
    assert "by Friday.\n\nKind regards" in clipboard(page)


def test_the_spelling_check_of_the_browser_knows_the_language(page: Any, address: str) -> None:
    start(page, address)
    pick(page, "Deutsch")
    assert area(page, "resolve").get_attribute("lang") == "de"
    assert area(page, "resolve").get_attribute("spellcheck") == "true"


def test_an_input_method_is_not_disturbed_while_it_composes(page: Any, address: str) -> None:
    """While a word is composed its text must stay as the input method left it, and no key may be taken from it."""
    start(page, address)
    pick(page, "中文")
    result = page.evaluate("""() => {
      const area = document.querySelector('[data-part="resolve"] textarea');
      area.focus();
      area.setSelectionRange(0, 0);
      const writes = [];
      const native = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
      const set = (text) => { writes.push(text); native.set.call(area, text); };
      Object.defineProperty(area, 'value', { get: () => native.get.call(area), set, configurable: true });
      area.dispatchEvent(new CompositionEvent('compositionstart'));
      for (const text of ['n', 'ni', 'ni h', '你好']) {
        native.set.call(area, text + native.get.call(area).replace(/^[a-z ]*/, ''));
        area.dispatchEvent(new CompositionEvent('compositionupdate', { data: text }));
        area.dispatchEvent(new InputEvent('input', { isComposing: true, data: text, inputType: 'insertCompositionText' }));
      }
      const enter = { key: 'Enter', isComposing: true, keyCode: 229, bubbles: true, cancelable: true };
      const taken = !area.dispatchEvent(new KeyboardEvent('keydown', enter));
      area.dispatchEvent(new CompositionEvent('compositionend', { data: '你好' }));
      return [writes, taken, native.get.call(area).slice(0, 2)];
    }""")
    assert result == [[], False, "你好"]


def test_any_edit_reads_back_as_typed_and_keeps_untouched_values(page: Any, address: str) -> None:
    """Thousands of random replacements in random pieces: the cut filled again is the text, whatever was replaced."""
    page.goto(address)
    chance = random.Random(4)
    alphabet = "ab .😀é\n您{}[]\ud83d\u200b"
    cases = []
    for _ in range(3000):
        pieces = []
        for index in range(chance.randint(1, 6)):
            text = "".join(chance.choices(alphabet.replace("\ud83d", ""), k=chance.randint(0, 6)))
            pieces.append({"text": text, **({"name": f"v{index}"} if index % 2 else {})})
        whole = "".join(piece["text"] for piece in pieces)
        first, last = sorted(chance.choices(range(len(whole) + 1), k=2))
        cases.append([pieces, whole[:first] + "".join(chance.choices(alphabet.replace("\ud83d", ""), k=chance.randint(0, 4))) + whole[last:]])
    wrong = page.evaluate(
        """async (cases) => {
          const { recut, filled } = await import(new URL('assets/js/edited.js', location.href));
          return cases.filter(([pieces, after]) => {
            const values = Object.fromEntries(pieces.filter((piece) => piece.name).map((piece) => [piece.name, piece.text]));
            const back = filled(recut(pieces, after), values, (name) => values[name]).map((piece) => piece.text).join('');
            return back !== after;
          }).slice(0, 3);
        }""",
        cases,
    )
    assert wrong == []


# The live check ------------------------------------------------------------------------------------------------------


def test_findings_appear_while_typing_with_reason_fact_and_better_words(page: Any, address: str) -> None:
    start(page, address)
    add(page, "resolve", " Write to me at help@brightwater.com.")
    mark = page.locator('[data-part="resolve"] .hb-is-error')
    assert "help@brightwater.com" in mark.all_text_contents(), "the words are underlined"
    item = page.locator('.hb-finding[data-rule="no-email"]')
    assert "help@brightwater.com" in item.inner_text()
    assert "Ask the buyer to reply to this message." in item.inner_text()
    item.locator("summary").click()
    assert "The fact behind it" in item.inner_text()
    assert "2026-" in item.inner_text(), "the fact is dated"
    area(page, "resolve").press("Control+a")
    area(page, "resolve").press_sequentially("I have asked UPS where it is and write to you by Friday.")
    assert page.locator(".hb-finding").count() == 0
    assert mark.count() == 0


def test_a_rule_that_knows_the_words_puts_them_in_at_a_click(page: Any, address: str) -> None:
    start(page, address)
    add(page, "acknowledge", " Thank you!")
    button = page.locator('.hb-finding[data-rule="no-exclamation"] .hb-swap')
    assert button.inner_text() == "Replace with “.”"
    button.focus()
    page.keyboard.press("Enter")
    assert area(page, "acknowledge").input_value().endswith(" Thank you.")
    assert page.locator('.hb-finding[data-rule="no-exclamation"]').count() == 0
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost"


def test_a_finding_leads_to_its_words(page: Any, address: str) -> None:
    start(page, address, editing=False)
    page.click(".hb-edit")
    add(page, "resolve", " Call 5551234567 now.")
    page.click(".hb-edit")
    page.locator('.hb-finding[data-rule="no-phone"] .hb-quote').click()
    chosen = page.evaluate("(() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); })()")
    assert "5551234567" in chosen


def test_copy_is_held_back_by_an_error_and_asks_once(page: Any, address: str) -> None:
    start(page, address)
    page.evaluate("navigator.clipboard.writeText('(nothing copied)')")
    add(page, "resolve", " Write to help@brightwater.com.")
    assert "held back: 1 to fix" in page.inner_text(".hb-status")
    page.click(".hb-copy")
    dialog = page.get_by_role("dialog", name="Copy with these problems?")
    assert "No e-mail address" in dialog.inner_text()
    assert "help@brightwater.com" in dialog.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Back to the message"
    page.keyboard.press("Enter")
    assert clipboard(page) == "(nothing copied)", "Enter goes back: copying anyway is never the default"
    page.click(".hb-copy")
    page.keyboard.press("Escape")
    assert clipboard(page) == "(nothing copied)"
    page.click(".hb-copy")
    dialog.get_by_role("button", name="Copy anyway").click()
    page.get_by_text("Copied. Paste it").wait_for()
    assert "help@brightwater.com" in clipboard(page)
    page.click(".hb-copy")
    assert dialog.count() == 0, "the same text is asked about once"
    add(page, "resolve", " Or call 5551234567.")
    page.click(".hb-copy")
    assert dialog.is_visible(), "another text is another question"


def test_a_warning_does_not_hold_copying_back(page: Any, address: str) -> None:
    start(page, address)
    add(page, "resolve", " You will hear from us soon.")
    assert page.locator(".hb-finding.hb-warning").count() >= 1
    page.click(".hb-copy")
    page.get_by_text("Copied. Paste it").wait_for()


def test_what_the_template_waives_is_no_finding_in_its_composer(page: Any, address: str) -> None:
    open_composer(page, f"{address}scenarios/product-quality/failed-within-warranty/")
    field(page, "order_id").fill("111-2222222-3333333")
    page.wait_for_selector(".hb-score-row")
    assert page.locator('.hb-finding[data-rule="fba-promise"]').count() == 0


def test_the_scorecard_shows_the_sentence_or_what_is_missing(page: Any, address: str) -> None:
    start(page, address)
    rows = page.locator(".hb-score-row")
    assert rows.count() == 8
    assert page.locator(".hb-score-good").count() == 8, page.inner_text(".hb-score")
    texts = rows.all_inner_texts()
    assert "Hello Sarah Evans" in texts[0]
    assert "Thank you for letting us know." in texts[1]
    assert "December 2, 2026" in texts[3]
    assert "Kind regards" in texts[4]
    area(page, "acknowledge").fill("Your parcel is marked as delivered.")
    area(page, "next_step").fill("The case is closed.")
    bad = page.locator(".hb-score-bad").all_inner_texts()
    assert any("Empathy" in text and "Thank you for telling us" in text for text in bad), bad
    assert page.get_by_text("Scorecard: ").inner_text() != "Scorecard: 8 of 8"


# Sense in the fields -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("# 111 2222222 3333333", "111-2222222-3333333"),
        ("１１１－２２２２２２２－３３３３３３３", "111-2222222-3333333"),
        ("order no. 111-2222222-3333333, thank you", "111-2222222-3333333"),
        ("11122222223333333", "111-2222222-3333333"),
        ("d01 2222222 3333333", "D01-2222222-3333333"),
        ("111-2222222", "111-2222222"),
        ("9111-2222222-3333333", "9111-2222222-3333333"),
    ],
)
def test_an_order_number_is_read_however_it_is_pasted(page: Any, address: str, typed: str, read: str) -> None:
    open_composer(page, address + PAGE)
    field(page, "order_id").fill(typed)
    field(page, "order_id").blur()
    assert field(page, "order_id").input_value() == read
    tidy = page.locator("#hb-order_id-tidy")
    assert (typed in tidy.inner_text()) == (typed != read), "what was typed is shown where it was changed"
    if typed != read:
        tidy.get_by_role("button").click()
        assert field(page, "order_id").input_value() == typed
        field(page, "order_id").blur()
        assert field(page, "order_id").input_value() == typed, "what staff want to keep is kept"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("SARAH  EVANS", "Sarah Evans"),
        (" anna\u3000 MÜLLER ", "anna MÜLLER"),
        ("JEAN-LUC O'BRIEN", "Jean-Luc O'Brien"),
        ("URSULA VON DER HEIDE", "Ursula von der Heide"),
        ("王小明", "王小明"),
        ("Mia McDonald", "Mia McDonald"),
        ("JB", "JB"),
    ],
)
def test_a_name_is_tidied_and_the_change_shown(page: Any, address: str, typed: str, read: str) -> None:
    open_composer(page, address + PAGE)
    field(page, "buyer_name").fill(typed)
    field(page, "buyer_name").blur()
    assert field(page, "buyer_name").input_value() == read
    assert bool(page.locator("#hb-buyer_name-tidy").inner_text()) == (typed != read)


def test_days_and_amounts_that_look_odd_are_said_kindly(page: Any, address: str) -> None:
    page.clock.set_fixed_time("2026-11-25T10:00:00")
    open_composer(page, address + PAGE)
    for name, day, words in (
        ("answer_date", "2026-11-24", "over already"),
        ("answer_date", "2027-01-31", "a long wait"),
        ("answer_date", "2026-11-27", ""),
        ("delivery_date", "2026-11-30", "still to come"),
        ("delivery_date", "2026-11-20", ""),
    ):
        field(page, name).fill(day)
        note = page.inner_text(f"#hb-{name}-note")
        assert words in note if words else note == "", (name, day, note)
    open_composer(page, f"{address}scenarios/returns-seller-fault/refund-issued/")
    field(page, "refund_amount").fill("49.90")
    assert page.inner_text("#hb-refund_amount-note") == ""
    page.fill("#hb-item_price", "34.99")
    assert "More than the item's price" in page.inner_text("#hb-refund_amount-note")
    assert "34.99" not in shown(page), "the price is never part of the message"
    assert page.get_attribute('[data-name="refund_amount"]', "aria-invalid") is None, "it is a question, not a refusal"


# Proposing a wording -------------------------------------------------------------------------------------------------


def test_a_proposal_carries_placeholders_and_nothing_of_the_buyer(page: Any, address: str) -> None:
    start(page, address, editing=False)
    suggest = page.get_by_role("button", name="Suggest this wording")
    assert suggest.is_hidden(), "there is nothing to suggest before an edit"
    page.click(".hb-edit")
    add(page, "resolve", " Sarah, we at Brightwater look for the DESK LAMP of 111 2222222 3333333; call 0301234567.")
    suggest.click()
    sent = page.inner_text(".hb-proposal")
    assert "templates/delivery/delivered-not-received/en.md" in sent
    assert "# Resolve (fbm)" in sent
    assert "I have asked {{ carrier }} to check" in sent
    assert "{{ buyer_name }}, we at {{ shop_name }} look for the {{ product_name }} of {{ order_id }}; call [number]." in sent
    for value in (*DETAILS.values(), "Sarah", "Evans", "0301234567"):
        assert value.lower() not in sent.lower().replace("carrier", ""), value
    page.get_by_role("button", name="Copy this text").click()
    page.get_by_text("Copied. Paste it into a proposal.").wait_for()
    assert clipboard(page) == sent


def test_a_proposal_opens_prefilled_on_the_host_where_one_is_known(page: Any, address: str) -> None:
    start(page, address)
    add(page, "resolve", " I keep looking.")
    host = page.locator(".hb-composer")
    page.evaluate(
        """async () => {
          const { suggest } = await import(new URL('../../../assets/js/suggest.js', location.href));
          const data = JSON.parse(document.querySelector('.hb-composer').dataset.hb);
          data.repository = 'https://example.org/team/handbook';
          suggest(data, 'en', [{ heading: 'Resolve', path: 'templates/x/en.md', text: 'Hello {{ carrier }} & more' }], () => {});
        }"""
    )
    assert host.count() == 1
    link = page.locator("dialog a")
    target = link.get_attribute("href")
    assert target.startswith("https://example.org/team/handbook/issues/new?")
    assert "Hello+%7B%7B+carrier+%7D%7D+%26+more" in target
    asked = parse_qs(urlsplit(target).query)
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / asked["template"][0]).read_text(encoding="utf-8"))
    assert set(asked) - {"template", "title"} <= {field["id"] for field in form["body"] if field["type"] == "textarea"}
    assert link.get_attribute("rel") == "noopener noreferrer"
