"""The composer in a real browser: type, switch, copy, and what it refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGE = "scenarios/delivery/delivered-not-received/"
DETAILS = {
    "buyer_name": "Sarah Evans",
    "order_id": "111-2222222-3333333",
    "delivery_date": "2026-11-25",
    "carrier": "UPS",
    "answer_date": "2026-12-02",
    "product_name": "desk lamp",
    "agent_name": "Emma",
    "shop_name": "Brightwater",
}
NASTY = {
    "markup": "<script>document.title = 'gone'</script>",
    "quotes": '"it\'s" «so» „sagt“ `he`',
    "placeholder": "{{ order_id }} {{ product_name }}",
    "emoji": "lamp 😀👍🏽",
    "long": "x" * 300,
    "arabic": "مصباح مكتبي",
    "entities": "&lt;b&gt; &amp; \\n $& $1",
}


def field(page: Any, name: str) -> Any:
    return page.locator(f'[data-name="{name}"]')


def fill(page: Any, details: dict[str, str]) -> None:
    for name, value in details.items():
        if field(page, name).count():
            field(page, name).fill(value)


def pick(page: Any, label: str) -> None:
    page.locator(".hb-options").get_by_text(label, exact=True).click()


def open_composer(page: Any, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".hb-copy")


def copied(page: Any) -> str:
    page.evaluate("navigator.clipboard.writeText('(nothing copied)')")
    page.click(".hb-copy")
    anyway = page.locator("dialog button", has_text="Copy anyway")
    if anyway.count():  # these tests are about what is copied; what holds it back has its own
        anyway.click()
    page.wait_for_timeout(50)
    return page.evaluate("navigator.clipboard.readText()")


def shown(page: Any) -> str:
    return "\n\n".join(page.locator("#hb-message .hb-section p").all_text_contents())


def test_what_is_typed_stands_in_the_message_and_is_copied_as_shown(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    text = copied(page)
    assert text == shown(page)
    assert text.startswith("Hello Sarah Evans,\n\n")
    assert "November 25, 2026" in text
    assert text.endswith("Kind regards,\nEmma\nBrightwater Customer Service")
    assert "[" not in text
    assert "Copied" in page.inner_text(".hb-status")


def test_the_message_changes_while_typing(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    field(page, "carrier").press_sequentially("DH")
    assert "DH" in shown(page)
    field(page, "carrier").press_sequentially("L")
    assert "DHL" in shown(page)
    assert re.search(r"\d+ of 2000 characters", page.inner_text(".hb-count"))


def test_copy_is_held_back_while_a_value_is_missing_and_says_which(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, {name: value for name, value in DETAILS.items() if name not in ("carrier", "answer_date")})
    assert copied(page) == "(nothing copied)"
    assert page.inner_text(".hb-status") == "Still needed: Carrier, Day of your next answer"
    assert page.evaluate("document.activeElement.dataset.name") == "carrier"
    field(page, "carrier").fill("   ")
    assert "Carrier" in page.inner_text(".hb-status"), "spaces are not a value"


def test_nothing_typed_is_lost_on_switching_language_choice_greeting_or_store(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    for label in ("Deutsch", "Amazon (FBA)", "Without name", "中文", "Seller (FBM)", "English", "With name"):
        pick(page, label)
    page.select_option("#hb-store", "amazon.co.uk")
    for name, value in DETAILS.items():
        assert field(page, name).input_value() == value, name
    assert "25 November 2026" in copied(page), "the store decides how English dates are written"


def test_language_and_fulfilment_change_the_words(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    pick(page, "Deutsch")
    german = copied(page)
    assert german.startswith("Guten Tag Sarah Evans,\n\nvielen Dank")
    assert "25. November 2026" in german
    assert page.get_attribute("#hb-message", "lang") == "de"
    pick(page, "Amazon (FBA)")
    assert "Kundenservice" in copied(page)
    pick(page, "Without name")
    assert copied(page).startswith("Guten Tag,\n\n")


def test_the_meaning_in_the_handbook_language_follows(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    assert not page.locator(".hb-meaning").is_visible()
    pick(page, "中文")
    meaning = page.inner_text(".hb-meaning")
    assert "November 25, 2026" in meaning
    assert "UPS" in meaning
    open_composer(page, f"{address}zh/{PAGE}")
    assert "您" in page.inner_text(".hb-meaning"), "the Chinese handbook opens with an English message and its Chinese meaning"


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY.keys())
def test_any_text_is_shown_and_copied_as_typed(page: Any, address: str, value: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, {**DETAILS, "product_name": value, "buyer_name": value, "carrier": value, "shop_name": value})
    text = copied(page)
    assert text == shown(page)
    assert text.count(value) == 4
    assert page.title() != "gone"
    assert page.locator("#hb-message script").count() == 0


@pytest.mark.parametrize(
    ("path", "name", "value", "words"),
    [
        (PAGE, "order_id", "123", "does not look right"),
        (PAGE, "delivery_date", "next week", "year-month-day"),
        (PAGE, "delivery_date", "2026-02-30", "year-month-day"),
        ("scenarios/returns-seller-fault/refund-issued/", "refund_amount", "about 20", "plain number"),
        ("scenarios/usage-help/setup/", "setup_steps", "a\nb\nc\nd\ne\nf", "More than 5 steps"),
    ],
)
def test_a_malformed_value_is_said_beside_its_field_in_words(page: Any, address: str, path: str, name: str, value: str, words: str) -> None:
    open_composer(page, address + path)
    field(page, name).fill(value)
    note = page.locator(f"#{field(page, name).get_attribute('aria-describedby').split()[1]}")
    assert words in note.inner_text()
    assert field(page, name).input_value() == value
    field(page, name).fill({"order_id": "111-2222222-3333333", "refund_amount": "20", "setup_steps": "a"}.get(name, "2026-11-25"))
    assert note.inner_text() == ""


def test_yen_amounts_have_no_decimals(page: Any, address: str) -> None:
    open_composer(page, address + "scenarios/returns-seller-fault/refund-issued/")
    page.select_option("#hb-store", "amazon.co.jp")
    field(page, "refund_amount").fill("1980.50")
    assert "JPY has no decimals" in page.inner_text(".hb-fields")
    field(page, "refund_amount").fill("1980")
    assert "¥1,980" in shown(page)


def test_findings_name_the_words_and_link_to_the_rule(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, {**DETAILS, "product_name": "lamp, write to help@example.com"})
    page.wait_for_selector(".hb-finding")
    assert "help@example.com" in page.inner_text(".hb-findings")
    page.click(".hb-finding summary")
    page.click(".hb-finding a")
    page.wait_for_url("**/tone/#no-email")
    page.locator("#no-email").wait_for()


def test_details_stay_while_moving_between_pages_and_are_cleared_at_a_click(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    page.locator("nav.md-nav--primary").get_by_text("Arrived damaged").first.click()
    page.wait_for_url("**/damaged-in-transit/")
    page.wait_for_selector(".hb-copy")
    assert field(page, "order_id").input_value() == DETAILS["order_id"]
    page.click(".hb-clear")
    assert field(page, "order_id").input_value() == ""
    assert field(page, "agent_name").input_value() == "Emma"
    page.reload()
    page.wait_for_selector(".hb-copy")
    assert field(page, "agent_name").input_value() == ""


def test_nothing_about_the_buyer_is_stored_or_put_into_the_address(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    copied(page)
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    for name, value in DETAILS.items():
        assert value not in stored, name
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0


def test_a_message_is_written_and_copied_with_the_keyboard_alone(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    page.focus("input[name=hb-fulfilment]")
    page.keyboard.press("ArrowRight")
    assert page.locator("input[name=hb-fulfilment][value=fba]").is_checked()
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.dataset.name")
        if name:
            page.keyboard.type(DETAILS[name])
        if page.evaluate("document.activeElement.className").find("hb-copy") >= 0:
            break
    page.keyboard.press("Enter")
    page.get_by_text("Copied. Paste it").wait_for()
    assert "Amazon delivers this order" in page.evaluate("navigator.clipboard.readText()")


def test_the_composer_works_after_instant_navigation_and_without_network(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Marked delivered, not received").first.click()
    page.wait_for_selector(".hb-copy")
    field(page, "order_id").focus()  # the rules come with the first touch
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    fill(page, DETAILS)
    assert "desk lamp" in copied(page)
    page.context.set_offline(False)


def test_without_script_every_combination_is_there_to_copy(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    page.locator(".hb-plain summary", has_text="Deutsch").click()
    assert "Guten Tag,\n\nvielen Dank" in page.locator(".hb-plain details", has_text="Deutsch").first.locator("pre code").first.text_content()
    assert "[Order number]" in page.locator(".hb-plain").text_content()
    context.close()


def test_the_language_switch_keeps_the_page(page: Any, address: str) -> None:
    page.goto(address + PAGE)
    link = page.locator(".md-select__link[hreflang=zh]").get_attribute("href")
    page.goto(page.evaluate("(link) => new URL(link, location.href).href", link))
    assert page.url == f"{address}zh/{PAGE}"
    assert page.locator("h1").inner_text().startswith("显示签收但未收到")
    back = page.locator(".md-select__link[hreflang=en]").get_attribute("href")
    page.goto(page.evaluate("(link) => new URL(link, location.href).href", back))
    assert page.url == address + PAGE


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("path", ["", PAGE, "tone/", f"zh/{PAGE}"])
def test_no_page_is_wider_than_the_screen(browser: Any, address: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
