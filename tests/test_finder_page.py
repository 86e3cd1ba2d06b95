"""The box for the buyer's message in a real browser: paste, choose, reply beside the message, next buyer. And nothing leaves the page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from macros.offline import listed
from tests.test_composer import PAGE, field, pick
from tests.test_working_day import STORED

pytestmark = pytest.mark.browser

BOX = ".hb-finder textarea"
FIRST = ".hb-suggestions a >> nth=0"
ORDER, OTHER_ORDER = "302-1234567-7654321", "302-9999999-1111111"
PLAIN = f"Hello, tracking says delivered yesterday but I never received the parcel. My order is {ORDER}.\n\nRegards,\nSusan Whitfield"
TWO = (
    f"Tracking says delivered but I never received the parcel. This is about order {ORDER}. "
    f"My earlier order {OTHER_ORDER} was fine.\n\nSusan Whitfield"
)
# The same matter in the languages that buyers write, with the language's name in both handbooks.
DELIVERED = {
    ("English", "英语"): "Tracking says delivered but I never received the parcel.",
    ("German", "德语"): "Laut Sendungsverfolgung zugestellt, aber ich habe das Paket nie erhalten.",
    ("French", "法语"): "Le suivi indique que le colis est livré mais je n'ai rien reçu.",
    ("Italian", "意大利语"): "Il tracking dice consegnato ma non ho ricevuto il pacco.",
    ("Spanish", "西班牙语"): "El seguimiento dice entregado pero no he recibido el paquete.",
    ("Japanese", "日语"): "配達完了になっていますが、荷物を受け取っていません。",
    ("Chinese", "中文"): "物流显示已签收，但是我没有收到包裹。",
}
GERMAN = f"Laut Sendungsverfolgung zugestellt, aber ich habe das Paket nie erhalten. Bestellung {ORDER}\n\nMit freundlichen Grüßen\nFamilie Schneider"
FRENCH = "Bonjour, le suivi indique que le colis est livré hier mais je n'ai jamais rien reçu.\n\nCordialement,\nMarie Dupont"
NASTY = "<img src=x onerror=\"document.title = 'gone'\"> {{ order_id }} $& never received </textarea><b>parcel</b>"
NOTHING_FITS = 'export { extract, mood } from "./js/extract.js"; export const rank = () => [];'


def paste(page: Any, text: str) -> None:
    """As somebody does it: from the clipboard, over what is in the box."""
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.focus(BOX)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")


def pasted(page: Any, url: str, text: str = PLAIN) -> None:
    page.goto(url)
    page.wait_for_selector(".hb-found", state="attached")
    paste(page, text)
    page.wait_for_selector(FIRST)


def choose(page: Any) -> None:
    """The first suggestion, whichever it is."""
    page.click(FIRST)
    page.wait_for_selector(".hb-copy")


def back(page: Any) -> None:
    page.go_back()
    page.wait_for_selector(BOX)


def said(page: Any) -> str:
    return page.inner_text(".hb-finder [role=status]")


def suggested(page: Any) -> list[str]:
    return page.eval_on_selector_all(".hb-suggestions a", "links => links.map((link) => link.pathname.split('/').at(-2))")


# The way through it ------------------------------------------------------------------------------------------------------


def test_from_the_pasted_message_to_the_filled_composer_and_back_to_the_next_buyer(page: Any, address: str) -> None:
    pasted(page, address)
    assert "delivered-not-received" in suggested(page)
    assert len(suggested(page)) <= 3
    title = page.inner_text(FIRST)
    assert page.get_by_role("link", name=title, exact=True).count() >= 2, "the title is that of the card below"
    assert page.locator(".hb-suggestions li >> nth=0").locator("strong").count() > 0, "the words that spoke for it"
    for word in " ".join(page.locator(".hb-why strong").all_text_contents()).split():
        assert word.lower() in PLAIN.lower(), word
    assert page.inner_text(".hb-taken").split("\n")[:3] == ["Language: English", f"Order: {ORDER}", "Signed: Susan Whitfield"]
    assert said(page) == f"Suggestions: {len(suggested(page))}. First: {title}."
    choose(page)
    assert page.inner_text(".md-content h1").startswith(title)
    assert field(page, "order_id").input_value() == ORDER
    assert field(page, "buyer_name").input_value() == "Susan Whitfield"
    assert "Hello Susan Whitfield," in page.inner_text("#hb-message")
    assert page.inner_text(".hb-said-text") == PLAIN
    back(page)
    assert page.input_value(BOX) == PLAIN
    page.wait_for_selector(FIRST)
    page.get_by_role("button", name="New buyer").click()
    assert page.input_value(BOX) == ""
    assert page.evaluate("document.activeElement.id") == "hb-finder"
    assert "Cleared" in said(page)
    assert "Susan" not in page.content()
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_selector(".hb-copy")
    assert field(page, "order_id").input_value() == ""
    assert not page.locator(".hb-said").is_visible()


@pytest.mark.parametrize(("prefix", "number"), [("", 0), ("zh/", 1)])
def test_each_language_is_named_and_understood_in_both_handbooks(page: Any, address: str, prefix: str, number: int) -> None:
    page.goto(address + prefix)
    page.wait_for_selector(".hb-found", state="attached")
    lost = []
    for names, text in DELIVERED.items():
        page.fill(BOX, text)
        page.locator(".hb-taken", has_text=names[number]).wait_for()
        if "delivered-not-received" not in suggested(page):
            lost.append(f"{names[0]}: {suggested(page)}")
        links = page.eval_on_selector_all(".hb-suggestions a", "links => links.map((link) => link.pathname)")
        assert all(link.startswith(f"/{prefix}scenarios/") for link in links)
    assert not lost, lost


def test_of_several_order_numbers_another_can_be_taken(page: Any, address: str) -> None:
    pasted(page, address, TWO)
    picker = page.get_by_label("Order:")
    assert picker.locator("option").all_text_contents() == [ORDER, OTHER_ORDER]
    assert picker.input_value() == ORDER
    picker.select_option(OTHER_ORDER)
    choose(page)
    assert field(page, "order_id").input_value() == OTHER_ORDER
    back(page)
    page.wait_for_selector(FIRST)
    assert picker.input_value() == OTHER_ORDER
    picker.select_option(ORDER)
    choose(page)
    assert field(page, "order_id").input_value() == ORDER


def test_a_card_below_takes_the_message_along_as_well_even_at_once(page: Any, address: str) -> None:
    pasted(page, address)
    page.fill(BOX, PLAIN.replace("Susan Whitfield", "Peter Lang"))
    page.evaluate("document.querySelector('.hb-families a[href*=damaged-in-transit]').click()")  # before any pause is over
    page.wait_for_selector(".hb-copy")
    assert field(page, "buyer_name").input_value() == "Peter Lang"
    assert "Peter Lang" in page.inner_text(".hb-said-text")


def test_the_message_decides_its_language_until_another_is_picked(page: Any, address: str) -> None:
    pasted(page, address, GERMAN)
    page.evaluate("document.querySelector('.hb-families a[href*=delivered-not-received]').click()")
    page.wait_for_selector(".hb-copy")
    assert page.locator("input[name=hb-language]:checked").input_value() == "de"
    assert "Familie Schneider" in page.inner_text("#hb-message")
    assert page.get_attribute(".hb-said-text", "lang") == "de"
    assert not page.locator(".hb-unspoken").is_visible()
    pick(page, "English")
    page.locator(".md-content a[href*='lost-in-transit']").first.click()
    page.wait_for_url("**/lost-in-transit/")
    page.wait_for_selector(".hb-copy")
    assert page.locator("input[name=hb-language]:checked").input_value() == "en"


def test_a_language_without_messages_is_said_and_english_taken(page: Any, address: str) -> None:
    pasted(page, address, FRENCH)
    choose(page)
    assert page.locator("input[name=hb-language]:checked").input_value() == "en"
    assert page.inner_text(".hb-unspoken") == "The buyer writes French. This scenario has no message in that language yet, so here it is in English."
    pick(page, "Deutsch")
    assert not page.locator(".hb-unspoken").is_visible(), "whoever picks another knows"


def test_what_was_mended_by_hand_stays_with_the_message_and_goes_with_it(page: Any, address: str) -> None:
    pasted(page, address)
    page.evaluate("document.querySelector('.hb-families a[href*=delivered-not-received]').click()")
    page.wait_for_selector(".hb-copy")
    field(page, "buyer_name").fill("Mrs Whitfield")
    field(page, "carrier").fill("Hermes")
    back(page)
    page.fill(BOX, PLAIN + "\n\nPS: please hurry")
    page.locator(".hb-families a[href*='delivered-not-received']").click()
    page.wait_for_selector(".hb-copy")
    assert field(page, "buyer_name").input_value() == "Mrs Whitfield", "the same message, continued"
    assert field(page, "carrier").input_value() == "Hermes"
    assert "please hurry" in page.inner_text(".hb-said-text")
    back(page)
    paste(page, "Package marked as delivered, nothing here! What now?")
    page.locator(".hb-families a[href*='delivered-not-received']").click()
    page.wait_for_selector(".hb-copy")
    assert {field(page, name).input_value() for name in ("buyer_name", "order_id", "carrier")} == {""}, "another message is another buyer's"


@pytest.mark.parametrize(
    ("before", "now", "other"),
    [
        ({"message": "Never came. Help!"}, {"message": "Never came. Please help!"}, False),
        ({"message": "Never came."}, {"message": "Never came. I waited all day, and the day before."}, False),
        ({"message": "Never came."}, {"message": "Forwarded from my wife: Never came."}, False),
        ({"message": "It never came."}, {"message": "Where is my refund?"}, True),
        ({"message": "Never came", "orderId": ORDER}, {"message": "Any news?", "orderId": ORDER, "orderIds": [ORDER]}, False),
        ({"message": "Never came", "orderId": ORDER}, {"message": "Never came", "orderId": OTHER_ORDER, "orderIds": [OTHER_ORDER]}, True),
        ({"message": "Never came", "orderId": ORDER}, {"message": "Any news", "orderId": OTHER_ORDER, "orderIds": [OTHER_ORDER, ORDER]}, False),
    ],
)
def test_another_message_is_told_from_the_same_one_mended(page: Any, address: str, before: Any, now: Any, other: bool) -> None:
    page.goto(f"{address}404.html")
    assert page.evaluate("async ([before, now]) => (await import('/assets/js/matter.js')).another(before, now)", [before, now]) is other


# The keyboard, and being told -------------------------------------------------------------------------------------------


def test_with_the_keyboard_alone(page: Any, address: str) -> None:
    pasted(page, address)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "hb-finder", "arrows move in the text"
    assert page.evaluate("document.activeElement.selectionStart") > 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.hb-suggestions a')")
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hb-copy")
    assert page.inner_text(".md-content h1").startswith(title)
    assert page.evaluate("document.activeElement.tagName") == "H1", "the focus follows"


def test_ctrl_enter_opens_the_first_at_once_and_alt_n_begins_anew(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".hb-keys")
    paste(page, PLAIN)
    page.keyboard.press("Control+Enter")  # neither the pause is over nor is the finder there
    page.wait_for_selector(".hb-copy")
    assert field(page, "order_id").input_value() == ORDER
    back(page)
    page.wait_for_selector(FIRST)
    page.focus(BOX)
    page.keyboard.press("Alt+n")
    assert page.input_value(BOX) == ""
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    assert page.url == address, "an empty box opens nothing"
    page.focus(".md-footer a")
    page.keyboard.press("?")
    assert "open the first suggestion" in page.inner_text("dialog")


def test_what_is_pasted_beside_the_box_goes_into_it(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".hb-keys")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", PLAIN)
    page.click(".md-content h1")
    page.keyboard.press("Control+v")
    page.wait_for_selector(FIRST)
    assert page.input_value(BOX) == PLAIN
    page.focus(".md-footer a")
    page.keyboard.press("/")
    page.keyboard.press("Control+v")
    assert page.locator("[data-md-component=search-query]").input_value().startswith("Hello, tracking")


# Nothing fits, moods, a network that fails ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "words"), [("", "None of the scenarios fits"), ("zh/", "没有哪个场景")])
def test_where_nothing_fits_it_says_so_and_where_to_go(page: Any, address: str, prefix: str, words: str) -> None:
    page.route("**/assets/finder.js", lambda route: route.fulfill(body=NOTHING_FITS, content_type="text/javascript"))
    page.goto(address + prefix)
    page.wait_for_selector(".hb-found", state="attached")
    page.fill(BOX, f"Do you also sell gift cards? I had {ORDER} before.")
    page.wait_for_selector(".hb-nothing")
    assert words in page.inner_text(".hb-nothing")
    assert said(page)
    assert ORDER in page.inner_text(".hb-taken"), "what was found is still taken along"
    links = page.eval_on_selector_all(".hb-nothing a", "links => links.map((link) => link.href)")
    assert links == [f"{address}{prefix}scenarios/first-response/request-details/", f"{address}{prefix}overview/"]
    assert all(page.request.get(link).ok for link in links)
    page.click(".hb-nothing button")
    assert page.evaluate("document.activeElement.name") == "query"


@pytest.mark.parametrize(
    ("text", "kind", "scenario", "anchor"),
    [
        ("The charger caught fire and burned my hand, I am in hospital.", "danger", "safety-incident", "when-somebody-may-be-hurt"),
        ("The cream gave me a terrible rash, my skin is red and itching.", "skin", "skin-reaction", "when-somebody-may-be-hurt"),
        ("The lamp is broken. You will hear from my lawyer.", "law", "investigating", None),
        ("You are liars and thieves!!! This is a scam, I am furious!!!", "angry", None, "when-the-buyer-is-upset"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_a_mood_that_changes_the_reply_is_said_first(page: Any, address: str, prefix: str, text: str, kind: str, scenario: str, anchor: str) -> None:
    page.goto(address + prefix)
    page.wait_for_selector(".hb-found", state="attached")
    page.fill(BOX, text)
    line = page.locator(f".hb-mood-{kind}")
    line.wait_for()
    assert line.inner_text() in said(page)
    top = page.locator(".hb-suggestions, .hb-nothing").first.bounding_box()["y"]
    assert line.bounding_box()["y"] < top
    links = line.locator("a").evaluate_all("links => links.map((link) => link.pathname + link.hash)")
    if scenario:
        assert any(f"/{scenario}/" in link for link in links)
    if anchor:
        assert f"/{prefix}principles/empathy-first/#{anchor}" in links
        assert f'id="{anchor}"' in page.request.get(f"{address}{prefix}principles/empathy-first/").text()


def test_the_scenario_that_cannot_wait_comes_before_the_others(page: Any, address: str) -> None:
    ranked = [{"scenario": name, "score": 1, "why": ["lamp"]} for name in ("defective-on-arrival", "refund-status", "safety-incident")]
    body = f'export {{ extract, mood }} from "./js/extract.js"; export const rank = () => {json.dumps(ranked)};'
    page.route("**/assets/finder.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    pasted(page, address, "The lamp went up in flames, my lamp caught fire.")
    assert suggested(page) == ["safety-incident", "defective-on-arrival", "refund-status"]
    page.fill(BOX, "The lamp does not work.")
    page.wait_for_selector(".hb-mood", state="detached")
    assert suggested(page) == ["defective-on-arrival", "refund-status", "safety-incident"]


def test_where_somebody_may_be_hurt_it_is_never_said_that_nothing_fits(page: Any, address: str) -> None:
    page.route("**/assets/finder.js", lambda route: route.fulfill(body=NOTHING_FITS, content_type="text/javascript"))
    pasted(page, address, "The lamp went up in flames, my lamp caught fire.")
    assert suggested(page) == ["safety-incident"]
    assert page.locator(".hb-nothing, .hb-why").count() == 0


def test_a_plain_message_has_no_line_above(page: Any, address: str) -> None:
    pasted(page, address)
    assert page.locator(".hb-mood").count() == 0


@pytest.mark.parametrize("file", ["finder.js", "data/finder.json"])
def test_without_the_finder_the_page_says_so_and_a_later_try_works(browser: Any, address: str, file: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(f"**/assets/{file}", lambda route: route.abort())
    page.goto(address)
    page.wait_for_selector(".hb-found", state="attached")
    page.fill(BOX, PLAIN)
    page.get_by_text("could not be loaded").first.wait_for()
    assert page.locator(".hb-suggestions").count() == 0
    page.locator(".hb-families a[href*='delivered-not-received']").click()
    page.wait_for_selector(".hb-said-text")
    assert page.text_content(".hb-said-text") == PLAIN, "the message stands beside the reply all the same"
    back(page)
    page.unroute_all()
    page.focus(BOX)
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.wait_for_selector(FIRST)
    context.close()


def test_the_finder_is_fetched_when_the_box_is_first_used_and_says_that_it_comes(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    held: list[Any] = []
    page.route("**/assets/data/finder.json", lambda route: held.append(route))
    page.goto(address)
    page.wait_for_selector(".hb-keys")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "finder.js" in url]
    page.focus(BOX)
    page.wait_for_timeout(300)
    assert len([url for url in asked if "finder.js" in url]) == 2
    page.fill(BOX, PLAIN)
    page.locator(".hb-quiet").wait_for()
    assert "Reading" in page.inner_text(".hb-quiet")
    held[0].continue_()
    page.wait_for_selector(FIRST)


def test_the_finder_works_without_a_network_too(site: Any) -> None:
    files = listed(site)
    for prefix in ("", "zh/"):
        assert f"{prefix}assets/finder.js" in files
        assert f"{prefix}assets/data/finder.json" in files


# Privacy ------------------------------------------------------------------------------------------------------------------

PIECES = ("Susan", "Whitfield", ORDER, "never received", "1234567")


def test_nothing_of_the_message_reaches_storage_address_or_network(page: Any, address: str) -> None:
    sent: list[str] = []
    page.on("request", lambda one: sent.append(f"{unquote(one.url)} {one.method} {one.post_data or ''} {json.dumps(one.headers)}"))
    pasted(page, address)
    visited = [page.url]
    choose(page)
    visited.append(page.url)
    field(page, "order_id").focus()
    back(page)
    page.wait_for_selector(FIRST)
    visited += [page.url, page.evaluate("JSON.stringify(history.state)")]
    everything = json.dumps(page.evaluate(STORED)) + page.evaluate("document.cookie + document.title + (window.name || '')") + "".join(visited + sent)
    for piece in PIECES:
        assert piece not in everything, piece
    assert all(" GET " in one and one.startswith(address) for one in sent)
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0
    assert page.evaluate("caches.keys().then((names) => names.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
    page.reload()
    page.wait_for_selector(".hb-found", state="attached")
    assert page.input_value(BOX) == "", "a reload clears it"
    assert page.get_attribute(BOX, "autocomplete") == "off", "browsers keep other fields for the next visit"
    assert page.get_attribute(BOX, "spellcheck") == "false", "some browsers send what they check"


@pytest.mark.parametrize("where", ["home", "composer"])
def test_ten_idle_minutes_clear_the_message(page: Any, address: str, where: str) -> None:
    page.clock.install(time="2026-11-25T09:00:00")
    page.goto(address)
    page.wait_for_selector(".hb-keys")
    page.fill(BOX, PLAIN)
    page.clock.run_for(1000)
    page.wait_for_selector(FIRST)
    if where == "composer":
        choose(page)
        assert page.locator(".hb-said").is_visible()
    page.clock.run_for("09:50")
    assert "Susan Whitfield" in (page.input_value(BOX) if where == "home" else page.inner_text(".hb-said-text"))
    page.clock.run_for("00:30")
    assert "Susan" not in page.content()
    if where == "home":
        assert page.input_value(BOX) == ""
        assert "ten minutes" in said(page)
    else:
        assert not page.locator(".hb-said").is_visible()
        assert field(page, "order_id").input_value() == ""


def test_new_buyer_on_a_scenario_clears_the_message_there_and_in_the_box(page: Any, address: str) -> None:
    pasted(page, address, GERMAN)
    choose(page)
    page.keyboard.press("Alt+n")
    assert not page.locator(".hb-said").is_visible()
    assert "Schneider" not in page.content()
    back(page)
    assert page.input_value(BOX) == ""
    assert page.locator(".hb-suggestions").count() == 0
    page.locator(".hb-families a[href*='lost-in-transit']").click()
    page.wait_for_selector(".hb-copy")
    assert page.locator("input[name=hb-language]:checked").input_value() == "en", "the language was that buyer's"


def test_markup_in_a_message_stays_text(page: Any, address: str) -> None:
    pasted(page, address, NASTY)
    assert page.locator(".hb-finder img, .hb-finder b").count() == 0
    choose(page)
    assert page.inner_text(".hb-said-text") == NASTY
    assert page.locator(".hb-desk img, .hb-desk b").count() == 0
    assert page.title() != "gone"


# Looks -------------------------------------------------------------------------------------------------------------------


COVERED = """() => {
  const one = document.activeElement;
  const field = one.getBoundingClientRect();
  const panel = document.querySelector('.hb-said').getBoundingClientRect();
  return [one.dataset.name ?? '', field.top < panel.bottom && field.bottom > panel.top, panel.top >= 40 && panel.bottom <= innerHeight];
}"""


def test_the_message_stays_in_view_and_covers_no_field_that_has_the_focus(page: Any, address: str) -> None:
    pasted(page, address, PLAIN + "\n" + "I waited all day. " * 60)
    page.evaluate("document.querySelector('.hb-families a[href*=delivered-not-received]').click()")
    page.wait_for_selector(".hb-copy")
    names = page.eval_on_selector_all(".hb-fields [data-name]", "fields => fields.map((field) => field.dataset.name)")
    seen: list[str] = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(40):
            page.keyboard.press(key)
            name, covered, in_view = page.evaluate(COVERED)
            if name:
                seen.append(name)
                assert not covered, f"{key} to {name}: under the buyer's message"
                assert in_view, f"{key} to {name}: the buyer's message is out of view"
            if name == names[-1 if key == "Tab" else 0]:
                break
    assert set(seen) == set(names)
    assert len(seen) == 2 * len(names) - 1
    assert page.evaluate("document.querySelector('.hb-desk').getBoundingClientRect().height") > 900, "the fields go below the first screen"


def test_what_follows_the_box_moves_once_and_then_stands_still(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".hb-found", state="attached")
    below = "document.querySelector('.hb-search').getBoundingClientRect().top + scrollY"
    page.focus(BOX)
    page.fill(BOX, "never received")
    page.wait_for_selector(FIRST)
    at = page.evaluate(below)
    for text in ("never received, tracking says delivered", "where is my parcel, it never came", "refund please for the broken lamp", "qwrtz zxcvb"):
        page.fill(BOX, text)
        page.wait_for_timeout(250)
        assert abs(page.evaluate(below) - at) < 24, text


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_on_a_phone_all_fits_and_the_message_is_folded_to_its_first_line(browser: Any, address: str, prefix: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + prefix)
    page.wait_for_selector(".hb-found", state="attached")
    page.fill(BOX, TWO.replace("parcel", "parcel" + "x" * 80) + "\nThis is a scam!!! I am furious!!!")
    page.wait_for_selector(FIRST)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
      .map((one) => [one.className || one.tagName, one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24 || box.right > 320).map(([name, box]) => [name, box.width, box.height, box.right])"""
    assert page.evaluate(sizes, ".hb-finder :is(button, select, textarea, li)") == []
    page.tap(FIRST)
    page.wait_for_selector(".hb-copy")
    panel = page.locator(".hb-said")
    assert panel.get_attribute("open") is None
    assert TWO[:20] in panel.inner_text()
    assert page.evaluate("document.querySelector('.hb-desk').firstElementChild.className") == "hb-said"
    assert panel.bounding_box()["height"] < 60
    panel.locator("summary").click()
    assert page.locator(".hb-said-text").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_axe_finds_nothing_with_suggestions_and_beside_the_reply(browser: Any, address: str, prefix: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + prefix)
    page.wait_for_selector(".hb-found", state="attached")
    page.fill(BOX, f"{TWO}\nThe charger caught fire!!! My lawyer will write to you, this is a scam!!!")
    page.wait_for_selector(FIRST)
    found = problems(page)
    choose(page)
    page.wait_for_timeout(300)
    found += problems(page)
    context.close()
    assert not found, "\n".join(found)


def problems(page: Any) -> list[str]:
    return [f"{one['id']} ({one['impact']}): {[node['target'] for node in one['nodes']][:3]}" for one in Axe().run(page).response["violations"]]


def test_the_message_is_not_printed_with_the_page(page: Any, address: str) -> None:
    pasted(page, address)
    page.emulate_media(media="print")
    assert not page.locator(".hb-finder").is_visible()
    page.emulate_media(media="screen")
    choose(page)
    page.emulate_media(media="print")
    assert not page.locator(".hb-said").is_visible()


def test_without_script_there_is_no_box_that_does_nothing(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(BOX).count() == 1
    assert not page.locator(BOX).is_visible()
    assert "Marked delivered" in page.inner_text(".hb-families")
    context.close()


def test_a_scenario_opened_without_a_message_looks_as_ever(page: Any, address: str) -> None:
    page.goto(address + PAGE)
    page.wait_for_selector(".hb-copy")
    assert not page.locator(".hb-said").is_visible()
    assert not page.locator(".hb-unspoken").is_visible()
