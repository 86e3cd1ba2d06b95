"""The working day: keys that fight nobody, scenarios at hand, one's own details, and nothing of a buyer left behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from macros.catalog import Catalog
from macros.page import page_of
from tests.test_composer import DETAILS, PAGE, copied, field, fill, open_composer, shown

pytestmark = pytest.mark.browser

OWN = ("agent_name", "shop_name")
OTHER = "scenarios/delivery/damaged-in-transit/"
REMEMBER = "Remember my name, shop and store on this computer"
KEYDOWN = """([selector, options]) => {
  const target = selector ? document.querySelector(selector) : document.body;
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...options });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}"""
WATCH = """() => {
  window.heard = [];
  const note = (event) => window.heard.push([event.type, event.detail?.why ?? null]);
  for (const name of ['hb-copy', 'hb-new-buyer', 'hb-forgotten']) window.addEventListener(name, note, { capture: true });
  window.said = [];
  const status = document.querySelector('.hb-status');
  const listen = (all) => all.forEach((one) => one.addedNodes.forEach((node) => window.said.push(node.data)));
  if (status) new MutationObserver(listen).observe(status, { childList: true });
}"""
STORED = "() => ({ local: { ...localStorage }, session: { ...sessionStorage } })"


def heard(page: Any) -> list[str]:
    return [name for name, _ in page.evaluate("window.heard")]


def stored(page: Any, key: str) -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", key) or "null")


def keydown(page: Any, selector: str | None, **options: Any) -> bool:
    """An event as an input method or a foreign keyboard makes it; tells whether the page took it."""
    return page.evaluate(KEYDOWN, [selector, options])


def opened(page: Any, address: str, *paths: str) -> None:
    """The pages one after the other, as somebody at work opens them."""
    for path in paths:
        open_composer(page, address + path)


def titles(page: Any, name: str) -> list[str]:
    return page.locator(f"section[aria-labelledby=hb-{name}] li a").all_text_contents()


def paths_of(catalog: Catalog, count: int) -> list[str]:
    return [page_of(catalog, name).removesuffix(".md") + "/" for name in list(catalog.scenarios)[:count]]


# Details: in memory, for one buyer, for ten minutes --------------------------------------------------------------------


def clocked(page: Any, address: str) -> None:
    page.clock.install(time="2026-11-25T09:00:00")
    open_composer(page, address + PAGE)
    page.evaluate(WATCH)
    page.wait_for_selector(".hb-keys")


def test_after_ten_minutes_without_a_key_the_details_are_gone_and_the_page_says_so(page: Any, address: str) -> None:
    clocked(page, address)
    assert "ten minutes without a key" in page.inner_text(".hb-details .hb-hint >> nth=0")
    fill(page, DETAILS)
    page.clock.run_for("09:59")
    assert field(page, "order_id").input_value() == DETAILS["order_id"]
    page.clock.run_for("00:02")
    assert page.evaluate("window.heard") == [["hb-forgotten", "idle"]]
    for name, value in DETAILS.items():
        assert field(page, name).input_value() == (value if name in OWN else ""), name
    assert "Cleared after ten minutes without a key." in page.evaluate("window.said")
    assert DETAILS["order_id"] not in shown(page)
    page.clock.run_for("30:00")
    assert heard(page) == ["hb-forgotten"], "nothing is left to forget"


@pytest.mark.parametrize("sign", ["key", "mouse", "dictation"])
def test_every_sign_of_life_starts_the_ten_minutes_anew(page: Any, address: str, sign: str) -> None:
    clocked(page, address)
    fill(page, DETAILS)
    for _ in range(3):
        page.clock.run_for("09:00")
        if sign == "key":
            page.keyboard.press("Shift")
        elif sign == "mouse":
            page.mouse.click(5, 300)
        else:
            page.evaluate("document.querySelector('[data-name=carrier]').dispatchEvent(new Event('input', { bubbles: true }))")
    assert field(page, "order_id").input_value() == DETAILS["order_id"]
    page.clock.run_for("10:01")
    assert field(page, "order_id").input_value() == ""


def test_what_was_edited_by_hand_is_forgotten_too(page: Any, address: str) -> None:
    clocked(page, address)
    page.click(".hb-edit")
    area = page.locator('[data-part="acknowledge"] textarea')
    area.fill(area.input_value() + " Best wishes to Mr Quigley.")
    assert "Quigley" in shown(page)
    page.clock.run_for("10:01")
    assert "Quigley" not in page.content()
    page.click(".hb-edit")
    assert "Quigley" not in area.input_value()


def test_a_question_that_quotes_the_buyer_is_closed_and_nothing_copied(page: Any, address: str) -> None:
    clocked(page, address)
    fill(page, {**DETAILS, "product_name": "lamp, write to quigley@example.com"})
    page.wait_for_selector(".hb-finding")
    page.evaluate("navigator.clipboard.writeText('(nothing copied)')")
    page.click(".hb-copy")
    assert "quigley" in page.locator("dialog").inner_text()
    page.clock.run_for("10:01")
    assert "quigley" not in page.content()
    assert page.evaluate("navigator.clipboard.readText()") == "(nothing copied)"


@pytest.mark.parametrize("wake", ["visibility", "key"])
def test_a_tab_that_slept_forgets_when_it_wakes_before_a_key_reaches_it(page: Any, address: str, wake: str) -> None:
    """Timers stand still in a sleeping computer: only the clock has moved on."""
    clocked(page, address)
    fill(page, DETAILS)
    field(page, "carrier").focus()
    page.clock.set_system_time("2026-11-25T09:25:00")
    if wake == "visibility":
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert field(page, "carrier").input_value() == ""
    else:
        page.keyboard.press("x")
        assert field(page, "carrier").input_value() == "x", "the key belongs to the next buyer"
    assert field(page, "order_id").input_value() == ""


def test_a_clock_set_back_does_not_keep_the_details_longer(page: Any, address: str) -> None:
    clocked(page, address)
    fill(page, DETAILS)
    page.clock.set_system_time("2026-11-25T06:00:00")
    page.clock.run_for("10:01")
    assert field(page, "order_id").input_value() == ""


def test_the_words_of_a_search_are_forgotten_with_the_buyer(page: Any, address: str) -> None:
    clocked(page, address)
    box = page.locator("[data-md-component=search-query]")
    page.keyboard.press("/")
    page.keyboard.type("Sarah says never came")
    page.keyboard.press("Escape")
    page.clock.run_for("10:01")
    assert box.input_value() == ""
    assert heard(page) == ["hb-forgotten"]
    assert not page.locator("#__search").is_checked(), "clearing does not open the search"


def test_alt_n_clears_the_buyer_with_one_key_from_a_field_and_stays_on_the_page(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    page.evaluate(WATCH)
    fill(page, DETAILS)
    field(page, "order_id").fill("")
    field(page, "order_id").press_sequentially("111 2222222 3333333")  # would be tidied on leaving the field, and must not come back by that
    page.keyboard.press("Alt+n")
    assert heard(page) == ["hb-new-buyer", "hb-forgotten"]
    for name, value in DETAILS.items():
        assert field(page, name).input_value() == (value if name in OWN else ""), name
    assert page.evaluate("document.activeElement.dataset.name") == "buyer_name", "ready for the next one"
    assert "Cleared. Ready for the next buyer." in page.evaluate("window.said")
    assert DETAILS["order_id"] not in shown(page)
    page.focus(".hb-copy")
    page.keyboard.press("Alt+n")
    page.wait_for_timeout(300)
    assert page.url == address + PAGE, "the theme's own key n would have gone to the next page"


# Own details: remembered only if wished ---------------------------------------------------------------------------------


def test_own_details_are_remembered_only_if_wished_and_deletable(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    box, forget = page.get_by_label(REMEMBER), page.get_by_role("button", name="Forget them")
    assert not box.is_checked()
    assert not forget.is_visible()
    fill(page, DETAILS)
    assert stored(page, "hb-own") is None
    box.check()
    assert stored(page, "hb-own") == {"agent_name": "Emma", "shop_name": "Brightwater", "store": ""}, "a store counts once it was picked"
    page.select_option("#hb-store", "amazon.de")
    field(page, "agent_name").fill("Emma B.")
    field(page, "carrier").focus()
    assert stored(page, "hb-own") == {"agent_name": "Emma B.", "shop_name": "Brightwater", "store": "amazon.de"}
    opened(page, address, OTHER)  # a new visit
    assert field(page, "agent_name").input_value() == "Emma B."
    assert field(page, "shop_name").input_value() == "Brightwater"
    assert page.input_value("#hb-store") == "amazon.de"
    assert box.is_checked()
    forget.click()
    assert stored(page, "hb-own") is None
    assert not box.is_checked()
    assert not forget.is_visible()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.reload()
    page.wait_for_selector(".hb-copy")
    assert field(page, "agent_name").input_value() == ""


HOSTILE = {
    "not JSON": "{",
    "null": "null",
    "a list": '["agent_name"]',
    "a text": '"Emma"',
    "a number": "7",
    "of other kinds": '{"agent_name": {"toString": "x"}, "shop_name": 3, "store": ["amazon.de"]}',
    "a store that is none": '{"agent_name": "", "shop_name": "", "store": "constructor"}',
    "inherited names": '{"__proto__": {"agent_name": "Mallory"}, "constructor": "x", "order_id": "111-2222222-3333333"}',
    "too long": json.dumps({"agent_name": "x" * 5000, "shop_name": "a\nb", "store": ""}),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_somebody_else_wrote_into_the_storage_does_no_harm(page: Any, address: str, text: str) -> None:
    page.add_init_script(f"localStorage.setItem('hb-own', {json.dumps(text)}); localStorage.setItem('hb-desk', {json.dumps(text)})")
    open_composer(page, address + PAGE)
    assert page.input_value("#hb-store") == "amazon.com"
    fill(page, {name: value for name, value in DETAILS.items() if name not in OWN})
    assert {field(page, name).input_value() for name in OWN} == {""}
    assert field(page, "order_id").input_value() == DETAILS["order_id"]
    page.goto(address)
    assert titles(page, "pinned") == []


def test_markup_in_the_storage_stays_text(page: Any, address: str) -> None:
    own = {"agent_name": "<img src=x onerror=alert(1)>", "shop_name": "{{ order_id }}", "store": "amazon.de", "more": "x"}
    page.add_init_script(f"localStorage.setItem('hb-own', {json.dumps(json.dumps(own))})")
    open_composer(page, address + PAGE)
    fill(page, {name: value for name, value in DETAILS.items() if name not in OWN})
    assert own["agent_name"] in copied(page)
    assert page.locator("#hb-message img").count() == 0
    field(page, "agent_name").fill("Emma")
    field(page, "carrier").focus()
    assert sorted(stored(page, "hb-own")) == ["agent_name", "shop_name", "store"]


def test_a_browser_that_refuses_storage_is_no_error(page: Any, address: str) -> None:
    # Only for our keys: the theme itself does not survive a refusal.
    page.add_init_script("""for (const name of ['getItem', 'setItem', 'removeItem']) {
      const own = Storage.prototype[name];
      Storage.prototype[name] = function (key, ...more) {
        if (key.startsWith('hb-')) throw new DOMException('refused', 'SecurityError');
        return own.call(this, key, ...more);
      };
    }""")
    open_composer(page, address + PAGE)
    page.get_by_label(REMEMBER).click()
    assert not page.get_by_label(REMEMBER).is_checked(), "it says that nothing is remembered"
    page.click(".hb-pin")
    assert page.get_attribute(".hb-pin", "aria-pressed") == "false"
    fill(page, DETAILS)
    assert "Sarah Evans" in copied(page)


# Scenarios at hand: ids only ---------------------------------------------------------------------------------------------


def test_the_home_page_shows_what_was_used_last_and_what_is_pinned(page: Any, address: str) -> None:
    page.goto(address)
    assert page.locator(".hb-mine").inner_text() == ""
    assert page.locator(".hb-mine").bounding_box()["height"] == 0
    opened(page, address, PAGE, OTHER, PAGE)
    pin = page.locator(".hb-pin")
    assert pin.get_attribute("aria-pressed") == "false"
    page.goto(address)
    assert titles(page, "recent") == ["Marked delivered, not received", "Arrived damaged"]
    page.get_by_role("link", name="Arrived damaged").first.click()
    page.wait_for_url(f"**/{OTHER}")
    pin.click()
    assert pin.get_attribute("aria-pressed") == "true"
    assert stored(page, "hb-desk") == {"recent": ["damaged-in-transit", "delivered-not-received"], "pinned": ["damaged-in-transit"]}
    page.go_back()
    page.wait_for_url(address)
    page.wait_for_selector("#hb-pinned")
    assert titles(page, "pinned") == ["Arrived damaged"]
    assert titles(page, "recent") == ["Marked delivered, not received"], "none stands there twice"


def test_pins_and_the_whole_are_deleted_on_the_home_page_with_the_focus_kept(page: Any, address: str) -> None:
    opened(page, address, PAGE, OTHER)
    page.goto(address)
    page.get_by_role("button", name="Pin: Arrived damaged", exact=True).press("Enter")
    assert titles(page, "pinned") == ["Arrived damaged"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Unpin: Arrived damaged"
    page.keyboard.press("Enter")
    assert titles(page, "pinned") == []
    assert page.evaluate("document.activeElement.ariaLabel") == "Pin: Arrived damaged"
    page.get_by_role("button", name="Forget these").press("Enter")
    assert page.locator(".hb-mine").inner_text() == ""
    assert stored(page, "hb-desk") is None
    assert page.evaluate("'hbSearch' in document.activeElement.dataset")


def test_eight_recent_and_twelve_pinned_at_most_and_none_is_pushed_out_of_the_pins(page: Any, address: str, catalog: Catalog) -> None:
    names = list(catalog.scenarios)
    page.add_init_script(f"if (!localStorage.getItem('hb-desk')) localStorage.setItem('hb-desk', {json.dumps(json.dumps({'pinned': names[:12]}))})")
    opened(page, address, *paths_of(catalog, 13)[3:])
    assert stored(page, "hb-desk")["recent"] == names[12:4:-1]
    page.click(".hb-pin")
    assert page.get_attribute(".hb-pin", "aria-pressed") == "false"
    assert "Twelve are pinned already" in page.inner_text(".hb-pin")
    assert stored(page, "hb-desk")["pinned"] == names[:12]


def test_ids_that_are_none_or_gone_are_dropped(page: Any, address: str) -> None:
    desk = {
        "recent": ["gone-scenario", "delivered-not-received"],
        "pinned": ["<b>", 7, "../x", "damaged-in-transit", "damaged-in-transit", "also-gone"],
    }
    page.goto(f"{address}tone/")
    page.evaluate("(text) => localStorage.setItem('hb-desk', text)", json.dumps(desk))
    page.goto(address)
    assert titles(page, "pinned") == ["Arrived damaged"]
    assert stored(page, "hb-desk") == {"recent": ["delivered-not-received"], "pinned": ["damaged-in-transit"]}


def test_the_chinese_handbook_shows_the_same_scenarios_by_their_chinese_titles(page: Any, address: str) -> None:
    opened(page, address, PAGE)
    page.goto(f"{address}zh/")
    assert titles(page, "recent") == ["显示签收但未收到"]
    assert page.locator("#hb-recent").inner_text() == "最近使用"


def test_the_cards_are_there_before_the_page_is_seen(page: Any, address: str) -> None:
    opened(page, address, PAGE, OTHER)
    page.add_init_script("""window.moved = 0;
      new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value; })
        .observe({ type: 'layout-shift', buffered: true });""")
    page.goto(address)
    page.wait_for_selector("#hb-recent")
    page.wait_for_timeout(500)
    assert page.evaluate("window.moved") < 0.1


def test_after_a_working_day_the_storage_holds_ids_and_own_details_only(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("Sarah Evans not received")
    page.keyboard.press("Escape")
    open_composer(page, address + PAGE)
    page.get_by_label(REMEMBER).check()
    fill(page, DETAILS)
    page.click(".hb-pin")
    page.select_option("#hb-store", "amazon.co.uk")
    page.click(".hb-edit")
    page.locator('[data-part="next_step"] textarea').fill("Please write to me by Friday, Sarah.")
    copied(page)
    page.keyboard.press("Alt+n")
    open_composer(page, address + OTHER)
    written = page.evaluate("localStorage.getItem('hb-desk')")
    page.goto(address)
    page.wait_for_selector("#hb-pinned")
    found = page.evaluate(STORED)
    keys = {key for key in found["local"] if not key.endswith("__palette")}
    assert keys == {"hb-own", "hb-desk"}
    assert not [key for key in found["session"] if not key.startswith("/") and "__" not in key]
    assert json.loads(written) == {"recent": ["damaged-in-transit", "delivered-not-received"], "pinned": ["delivered-not-received"]}
    assert found["local"]["hb-desk"] == written
    assert json.loads(found["local"]["hb-own"]) == {"agent_name": "Emma", "shop_name": "Brightwater", "store": "amazon.co.uk"}
    everything = json.dumps(found) + page.evaluate("document.cookie + location.href")
    for value in [*(value for name, value in DETAILS.items() if name not in OWN), "Sarah", "Friday"]:
        assert value not in everything, value
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0


# Keys --------------------------------------------------------------------------------------------------------------------


def test_from_the_home_page_to_the_copied_message_with_the_keyboard_alone(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".hb-keys")
    page.keyboard.press("/")
    page.keyboard.type("says delivered but nothing here")
    page.wait_for_selector(".md-search-result__item")
    page.wait_for_timeout(300)
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        if "delivered-not-received" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(PAGE)))
    page.wait_for_selector(".hb-copy")
    page.wait_for_timeout(400)  # until the theme has closed its search
    presses = 0
    while len(DETAILS) > len(shown_values(page)) and presses < 60:
        page.keyboard.press("Tab")
        presses += 1
        name = page.evaluate("document.activeElement.dataset.name")
        if name in DETAILS:
            page.keyboard.type(DETAILS[name])
    assert presses < 40, "the Tab key begins near the composer, not at the top of the page's frame"
    page.keyboard.press("Control+Enter")
    page.get_by_text("Copied. Paste it").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == shown(page)


def shown_values(page: Any) -> list[str]:
    return [name for name, value in DETAILS.items() if field(page, name).input_value() == value]


def test_enter_in_the_search_opens_the_best_and_escape_closes_it(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("chargeback")
    page.wait_for_selector(".md-search-result__item")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chargeback/**")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.closest('.md-content') !== null"), "the focus follows to the new page"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "query"
    # The theme hears of the focus a moment later and opens its search once more: a key pressed faster than any hand can be undone by that.
    page.wait_for_timeout(300)
    for _ in range(5):
        page.keyboard.press("Escape")
        if not page.is_checked("#__search"):
            break
        page.wait_for_timeout(200)
    assert not page.is_checked("#__search")


def test_ctrl_enter_copies_once_from_a_field_or_a_button_but_leaves_links_to_the_browser(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    page.evaluate(WATCH)
    fill(page, DETAILS)
    field(page, "order_id").fill("111 2222222 3333333")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Copied. Paste it").wait_for()
    assert DETAILS["order_id"] in page.evaluate("navigator.clipboard.readText()"), "tidied, as on leaving the field"
    page.focus(".hb-copy")
    page.keyboard.press("Control+Enter")
    assert heard(page) == ["hb-copy", "hb-copy"]
    assert not keydown(page, ".md-footer a", key="Enter", ctrlKey=True)
    assert not keydown(page, ".hb-fields input", key="Enter", ctrlKey=True, repeat=True)
    assert not keydown(page, ".hb-fields input", key="Enter", metaKey=True)
    assert len(heard(page)) == 2


def test_on_a_mac_command_copies_and_option_n_leaves_letters_to_fields(page: Any, address: str) -> None:
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'userAgentData', { get: () => ({ platform: 'macOS' }) })")
    open_composer(page, address + PAGE)
    page.evaluate(WATCH)
    assert keydown(page, ".hb-fields input", key="Enter", metaKey=True)
    assert not keydown(page, ".hb-fields input", key="Enter", ctrlKey=True)
    assert keydown(page, ".hb-copy", key="Dead", code="KeyN", altKey=True)
    assert keydown(page, ".hb-copy", key="˜", code="KeyN", altKey=True)
    assert heard(page) == ["hb-copy", "hb-new-buyer", "hb-forgotten", "hb-new-buyer", "hb-forgotten"]
    assert not keydown(page, ".hb-fields input", key="Dead", code="KeyN", altKey=True), "ñ in a name"
    page.wait_for_selector(".hb-keys")
    page.click(".hb-keys")
    assert "Command+Enter" in page.inner_text("dialog")
    assert "Option+N" in page.inner_text("dialog")


@pytest.mark.parametrize(
    ("options", "taken"),
    [
        ({"key": "N", "code": "KeyN"}, True),
        ({"key": "т", "code": "KeyN"}, True),  # a Russian keyboard
        ({"key": "n", "code": "KeyL"}, True),  # Dvorak
        ({"key": "b", "code": "KeyN"}, False),
        ({"key": "n", "code": "KeyN", "ctrlKey": True}, False),  # AltGr on Windows
        ({"key": "ń", "code": "KeyN", "modifierAltGraph": True}, False),
        ({"key": "n", "code": "KeyN", "shiftKey": True}, False),  # Firefox's access keys
        ({"key": "n", "code": "KeyN", "metaKey": True}, False),
        ({"key": "f", "code": "KeyF"}, False),  # the browser's menu
    ],
)
def test_alt_n_is_that_key_and_no_other(page: Any, address: str, options: dict[str, Any], taken: bool) -> None:
    open_composer(page, address + PAGE)
    page.evaluate(WATCH)
    for selector in (".hb-copy", ".hb-fields input", ".md-content h1"):
        assert keydown(page, selector, altKey=True, **options) is taken
    assert heard(page) == (["hb-new-buyer", "hb-forgotten"] * 3 if taken else [])
    assert not page.locator("#__search").is_checked(), "the theme's f and s do not heed Alt by themselves"
    assert page.url == address + PAGE


def test_without_a_composer_its_keys_are_left_alone(page: Any, address: str) -> None:
    page.goto(f"{address}tone/")
    page.wait_for_selector(".hb-keys")
    page.evaluate(WATCH)
    assert not keydown(page, None, key="Enter", ctrlKey=True)
    assert not keydown(page, None, key="n", code="KeyN", altKey=True)
    assert heard(page) == []


COMPOSED = [
    {"key": "?"},
    {"key": "/"},
    {"key": "n", "altKey": True, "code": "KeyN"},
    {"key": "Enter", "ctrlKey": True},
    {"key": "Enter"},
    {"key": "Process"},
    {"key": "ArrowDown"},
    {"key": "n"},
    {"key": "p"},
    {"key": "."},
]


@pytest.mark.parametrize("sign", [{"isComposing": True, "keyCode": 229}, {"isComposing": True}, {"keyCode": 229}], ids=["both", "composing", "229"])
@pytest.mark.parametrize("selector", [".hb-fields input", ".hb-copy", "[data-md-component=search-query]"])
def test_no_key_is_taken_from_an_input_method(page: Any, address: str, selector: str, sign: dict[str, Any]) -> None:
    """The third is Safari, which ends the composition before it tells of the key that ended it."""
    open_composer(page, address + PAGE)
    page.wait_for_selector(".hb-keys")
    page.evaluate(WATCH)
    if "query" in selector:
        page.keyboard.press("/")
        page.keyboard.type("refund")
        page.wait_for_selector(".md-search-result__item")
    else:
        page.focus(selector)
    page.evaluate("window.at = document.activeElement")
    for options in COMPOSED:
        page.evaluate(
            "(at) => document.querySelector(at).dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, data: 'n' }))", selector
        )
        if "isComposing" not in sign:
            page.evaluate(
                "(at) => document.querySelector(at).dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '你' }))", selector
            )
        assert not keydown(page, selector, **options, **sign), options
        assert page.evaluate("window.at === document.activeElement"), options
    page.evaluate(
        "(at) => document.querySelector(at).dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '你好' }))", selector
    )
    page.wait_for_timeout(300)
    assert heard(page) == []
    assert page.locator("dialog").count() == 0
    assert page.url == address + PAGE


def test_chinese_is_composed_in_a_field_as_if_no_key_were_ours(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    page.evaluate(WATCH)
    field(page, "buyer_name").focus()
    ime = page.context.new_cdp_session(page)
    for text in ("n", "ni", "ni h", "ni hao"):
        ime.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "modifiers": 2})
    assert field(page, "buyer_name").input_value() == "ni hao"
    ime.send("Input.insertText", {"text": "你好"})
    assert field(page, "buyer_name").input_value() == "你好"
    assert "你好" in shown(page)
    assert heard(page) == []
    page.keyboard.press("Control+Enter")
    assert heard(page) == ["hb-copy"], "and afterwards they are"


@pytest.mark.parametrize("name", ["carrier", "steps", "area"])
def test_every_letter_can_be_typed_into_every_field(page: Any, address: str, name: str) -> None:
    path = "scenarios/usage-help/setup/" if name == "steps" else PAGE
    open_composer(page, address + path)
    page.evaluate(WATCH)
    if name == "area":
        page.click(".hb-edit")
    box = page.locator({"carrier": "[data-name=carrier]", "steps": "[data-name=setup_steps]", "area": '[data-part="resolve"] textarea'}[name])
    box.fill("")
    box.press_sequentially("n p , . f s / ?")
    assert box.input_value() == "n p , . f s / ?"
    assert page.locator("dialog").count() == 0
    assert not page.locator("#__search").is_checked()
    assert page.url == address + path


def test_a_letter_on_a_picked_button_does_not_leave_the_page(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    for selector in ("input[name=hb-fulfilment]", ".hb-copy", "#hb-store", ".hb-pin"):
        page.focus(selector)
        for key in ("n", "p", ".", ",", "f", "s"):
            page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == address + PAGE
    assert not page.locator("#__search").is_checked()
    page.focus(".hb-copy")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "query", "the search is one key away there too"


@pytest.mark.parametrize(
    ("path", "name", "close", "line"),
    [
        ("", "Keyboard", "Close", "Copy the message"),
        ("tone/", "Keyboard", "Close", "Alt+N"),
        (f"zh/{PAGE}", "键盘操作", "关闭", "新买家：清空信息"),
    ],
)
def test_the_question_mark_shows_the_keys_on_every_page(page: Any, address: str, path: str, name: str, close: str, line: str) -> None:
    page.goto(address + path)
    button = page.locator("footer").get_by_role("button", name=name, exact=True)
    button.wait_for()
    page.focus(".md-footer a")
    for way in ("Escape", "button"):
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name=name, exact=True)
        dialog.wait_for()
        assert line in dialog.inner_text()
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        for key in ("n", "s", "/", "?", "Alt+n", "Control+Enter"):
            page.keyboard.press(key)
        assert page.locator("dialog").count() == 1
        page.keyboard.press("Escape") if way == "Escape" else dialog.get_by_role("button", name=close).click()
        dialog.wait_for(state="detached")
        assert page.evaluate("document.activeElement.matches('.md-footer a')"), "the focus returns"
    button.click()
    page.get_by_role("dialog", name=name, exact=True).wait_for()
    page.wait_for_timeout(200)
    assert page.url == address + path


def test_the_question_mark_is_a_letter_in_fields_and_in_the_search(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    page.wait_for_selector(".hb-keys")
    field(page, "carrier").press("?")
    page.focus("#hb-store")
    page.keyboard.press("?")
    page.focus(".hb-copy")
    page.keyboard.press("/")
    page.keyboard.type("refund")
    page.wait_for_selector(".md-search-result__item")
    page.keyboard.type("?")
    page.keyboard.press("Backspace")
    page.wait_for_selector(".md-search-result__item")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result a')")
    page.keyboard.press("?")  # the theme goes on with the words of the search
    assert page.locator("[data-md-component=search-query]").input_value() == "refund?"
    assert page.locator("dialog").count() == 0
    assert field(page, "carrier").input_value() == "?"
    page.keyboard.press("Escape")
    page.locator(".md-content h1").click()
    assert not keydown(page, None, key="?", ctrlKey=True)
    assert keydown(page, None, key="？"), "the full-width one of a Chinese keyboard"
    page.locator("dialog").wait_for()


def test_the_button_is_there_after_instant_navigation_and_once(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".hb-keys")
    page.get_by_role("link", name="Marked delivered, not received").first.click()
    page.wait_for_selector(".hb-copy")
    page.wait_for_timeout(100)
    assert page.locator(".hb-keys").count() == 1
    assert page.locator(".hb-pin").count() == 1
    assert page.locator(".hb-own").count() == 1


# Looks -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(browser: Any, address: str, catalog: Catalog) -> Any:
    """Makes pages of somebody who has worked here: both lists filled, own details remembered."""
    contexts = []
    names = list(catalog.scenarios)
    desk = json.dumps({"recent": names[10:18], "pinned": names[:12]})
    own = json.dumps({"agent_name": "Emma", "shop_name": "Brightwater", "store": "amazon.de"})

    def make(**options: Any) -> Any:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        context.add_init_script(f"localStorage.setItem('hb-desk', {json.dumps(desk)}); localStorage.setItem('hb-own', {json.dumps(own)})")
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "zh/", PAGE])
def test_axe_finds_nothing_with_the_cards_and_the_list_of_keys(busy: Callable[..., Any], address: str, path: str, scheme: str) -> None:
    page = busy(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(address + path)
    page.wait_for_selector(".hb-keys")
    page.wait_for_timeout(300)
    found = problems(page)
    page.keyboard.press("?")
    page.locator("dialog").wait_for()
    found += problems(page)
    assert not found, "\n".join(found)


def problems(page: Any) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{one['id']} ({one['impact']}): {[node['target'] for node in one['nodes']][:3]}" for one in violations if _ours(one)]


def _ours(violation: dict[str, Any]) -> bool:
    """Serious ones anywhere; lesser ones where they are about what this file is about (the theme has a few of its own)."""
    ours = any("hb-" in str(node["target"]) or "dialog" in str(node["target"]) for node in violation["nodes"])
    return violation["impact"] in ("serious", "critical") or ours


@pytest.mark.parametrize("path", ["", "zh/", PAGE, f"zh/{PAGE}"])
def test_on_a_small_screen_all_fits_and_is_large_enough_to_press(busy: Callable[..., Any], address: str, path: str) -> None:
    page = busy(viewport={"width": 320, "height": 700})
    page.goto(address + path)
    page.wait_for_selector(".hb-keys")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
      .map((one) => [one.className || one.tagName, one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24).map(([name, box]) => [name, box.width, box.height])"""
    assert page.evaluate(sizes, ".hb-mine button, .hb-keys, .hb-pin, .hb-own label, .hb-own button") == []
    page.click(".hb-keys")
    page.locator("dialog").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("(() => { const box = document.querySelector('dialog'); return box.scrollWidth <= box.clientWidth; })()")
    assert page.evaluate(sizes, "dialog button") == []
