"""What a page may load and send, what is kept, and what hostile text does: nothing."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest

from tests.test_composer import DETAILS, PAGE, field, fill, open_composer, shown

pytestmark = pytest.mark.browser

REFUSED = "document.addEventListener('securitypolicyviolation', () => done('refused'), { once: true }); setTimeout(() => done('let through'), 800);"
ELSEWHERE = "http://127.0.0.1:9/x"
TRIES = {
    "image": f"new Image().src = '{ELSEWHERE}.png';",
    "fetch": f"fetch('{ELSEWHERE}').catch(() => 0);",
    "beacon": f"navigator.sendBeacon('{ELSEWHERE}', 'a');",
    "socket": "try { new WebSocket('ws://127.0.0.1:9/'); } catch { }",
    "script": f"document.head.append(Object.assign(document.createElement('script'), {{ src: '{ELSEWHERE}.js' }}));",
    "style": f"document.head.append(Object.assign(document.createElement('link'), {{ rel: 'stylesheet', href: '{ELSEWHERE}.css' }}));",
    "frame": f"document.body.append(Object.assign(document.createElement('iframe'), {{ src: '{ELSEWHERE}' }}));",
    "form": f"const out = document.createElement('form'); out.action = '{ELSEWHERE}'; document.body.append(out); out.submit();",
    "eval": "setTimeout(() => Function('return 1')());",
}
HOSTILE = {
    "markup": "<img src=x onerror=\"document.title='gone'\"><script>document.title='gone'</script>",
    "direction": "Sarah\u202e snavE\u202c \u2066x",
    "zero width": "Sa\u200brah\u200d\ufeff\u00ad",
    "lone surrogate": "Sarah \ud83d end",
    "controls": "Sarah\u0000\u0007\u0085",
    "tags": "Sarah\U000e0041\U000e007f",
}


@pytest.mark.parametrize("way", TRIES)
def test_the_page_reaches_its_own_site_only(browser: Any, address: str, way: str) -> None:
    """Tried for real; only the policy's own refusal counts, for nobody answers at the other address."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + PAGE)
    assert page.evaluate(f"new Promise((done) => {{ {REFUSED} {TRIES[way]} }})") == "refused"
    assert page.url == address + PAGE
    context.close()


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_does_no_harm_and_what_is_invisible_is_shown_and_left_out(page: Any, address: str, value: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    page.evaluate(
        "([name, value]) => { const f = document.querySelector(`[data-name=${name}]`); f.value = value; f.dispatchEvent(new Event('input')); }",
        ["buyer_name", value],
    )
    assert page.title() != "gone"
    assert page.locator("#hb-message img, #hb-message script").count() == 0
    page.click(".hb-copy")
    anyway = page.locator("dialog button", has_text="Copy anyway")
    if anyway.count():
        anyway.click()
    page.get_by_text("Copied. Paste it").wait_for()
    got = page.evaluate("navigator.clipboard.readText()")
    hidden = [char for char in value if unicodedata.category(char) in ("Cc", "Cf", "Cs")]
    assert not [char for char in hidden if char in got], "an invisible character was copied"
    assert "Sarah" in got or "<img" in got
    codes = page.locator("#hb-message .hb-invisible").evaluate_all("found => found.map((one) => one.dataset.code)")
    if hidden and value != HOSTILE["controls"]:
        assert sorted(codes) == sorted(f"U+{ord(char):04X}" for char in hidden), "each is shown by its code"
        assert "Invisible characters" in page.inner_text("#hb-buyer_name-note")


def test_a_hundred_thousand_characters_are_taken_calmly(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    field(page, "product_name").fill("lamp " * 20_000)
    page.wait_for_selector('.hb-finding[data-rule="length"]')
    field(page, "product_name").fill("lamp")
    assert page.locator('.hb-finding[data-rule="length"]').count() == 0
    page.click(".hb-edit")
    page.locator('[data-part="resolve"] textarea').fill("We send it today. " * 6_000)
    page.wait_for_selector('.hb-finding[data-rule="length"]')
    page.get_by_role("button", name="Take back").first.click()
    assert "We send the lamp again" in "".join(page.locator("textarea").evaluate_all("all => all.map((one) => one.value)"))


def test_after_a_whole_session_nothing_of_the_buyer_is_kept_anywhere(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    page.click(".hb-edit")
    page.locator('[data-part="resolve"] textarea').press_sequentially("For Sarah Evans only: xylophone. ")
    page.click(".hb-copy")
    page.locator("nav.md-nav--primary").get_by_text("Arrived damaged").first.click()
    page.wait_for_url("**/damaged-in-transit/")
    page.wait_for_selector(".hb-copy")
    page.locator("nav.md-nav--primary").get_by_text("Where is my order").first.click()
    page.wait_for_url("**/order-status/")
    kept = json.dumps(
        page.evaluate("""async () => {
      const cached = [];
      for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) cached.push(one.url);
      return [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state, window.name,
        (await indexedDB.databases()).map((one) => one.name), cached];
    }"""),
        ensure_ascii=False,
    )
    for value in (*(value for name, value in DETAILS.items() if name not in ("agent_name", "shop_name")), "xylophone"):
        assert value not in kept, value


def test_text_is_never_read_as_html(page: Any, address: str) -> None:
    """No script of ours uses a way by which text becomes markup."""
    page.goto(address)
    for script in ("composer", "paper", "findings", "fields", "dom", "suggest", "dialog", "handbook"):
        source = page.evaluate("(path) => fetch(path).then((answer) => answer.text())", f"{address}assets/js/{script}.js")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "createContextualFragment"):
            assert way not in source, f"{script}.js uses {way}"


def test_the_message_is_shown_as_it_is_copied(page: Any, address: str) -> None:
    open_composer(page, address + PAGE)
    fill(page, DETAILS)
    page.click(".hb-copy")
    page.get_by_text("Copied. Paste it").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == shown(page)
