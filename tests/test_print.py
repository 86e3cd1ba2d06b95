"""A page on paper: a clean sheet, black on white, with the message and the guidance, and nothing that is only for the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.test_composer import DETAILS, PAGE, fill

pytestmark = pytest.mark.browser

SCREEN_ONLY = (
    *(".md-skip", ".md-header", ".md-tabs", ".md-footer", ".md-sidebar", ".md-search", ".md-top"),
    *(".hb-picks", ".hb-fields", ".hb-bar", ".hb-status", ".hb-findings", ".hb-source"),
    *(".hb-clear", ".hb-plain", ".hb-page-file", ".hb-notice", ".hb-also", ".hb-search", ".headerlink"),
)  # fmt: skip


@pytest.fixture(params=["light", "dark"])
def paper(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Callable[[str], Any]]:
    """Opens a page in the reader's colours, to be printed."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    context.set_default_timeout(8000)

    def opened(path: str) -> Any:
        page = context.new_page()
        page.goto(address + path)
        return page

    yield opened
    context.close()


def on_paper(page: Any) -> str:
    """The words that are printed."""
    page.emulate_media(media="print")
    return page.inner_text("body")


def sheets(page: Any) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ["Marked delivered", "Tracking says delivered", "Hello [Buyer's name],", "[Order number]", "Before you send", "Say this, not that"]),
        ("zh/", ["显示签收但未收到", "Hello [", "发送之前", "这样说，不那样说", "相关依据"]),
    ],
)  # fmt: skip
def test_a_scenario_prints_its_message_with_blanks_and_its_guidance(paper: Callable[[str], Any], prefix: str, words: list[str]) -> None:
    page = paper(prefix + PAGE)
    page.wait_for_selector(".hb-copy")
    printed = on_paper(page)
    for word in words:
        assert word in printed, word
    for name in SCREEN_ONLY:
        assert not [1 for found in page.locator(name).all() if found.is_visible()], name
    assert page.locator(":is(button, input, select, textarea)").locator("visible=true").count() == 0
    assert sheets(page) <= 3


def test_what_staff_filled_in_is_printed_in_the_message(paper: Callable[[str], Any]) -> None:
    page = paper(PAGE)
    page.wait_for_selector(".hb-copy")
    fill(page, DETAILS)
    printed = on_paper(page)
    assert "Hello Sarah Evans," in printed
    assert "[" not in page.inner_text(".hb-paper .hb-message >> nth=0")


@pytest.mark.parametrize("path", [PAGE, "overview/", "policy/", "tone/", "principles/anatomy/", "sheets/amazon-forbids/", "glossary/", f"zh/{PAGE}"])
def test_paper_is_black_on_white(paper: Callable[[str], Any], path: str) -> None:
    """Whatever the colours on the screen; small print may be dark grey."""
    page = paper(path)
    page.wait_for_timeout(300)
    page.emulate_media(media="print")
    odd = page.evaluate("""() => {
      const dark = (colour) => (colour.match(/[\\d.]+/g) ?? []).slice(0, 3).every((part) => Number(part) <= 0x50);
      const light = (colour) => /, 0\\)$/.test(colour) || (colour.match(/[\\d.]+/g) ?? []).slice(0, 3).every((part) => Number(part) >= 0xf0);
      const odd = [];
      for (const node of document.querySelectorAll("body, .md-content, .md-content *")) {
        const box = node.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        const { color, backgroundColor } = getComputedStyle(node);
        const spoken = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        if ((spoken && !dark(color)) || !light(backgroundColor)) odd.push(`${node.tagName}.${node.className}: ${color} on ${backgroundColor}`);
      }
      return [...new Set(odd)];
    }""")
    assert odd == []


def test_links_are_printed_as_words_without_addresses(paper: Callable[[str], Any]) -> None:
    page = paper(PAGE)
    page.emulate_media(media="print")
    link = page.locator("article li a:not(.headerlink)").first
    look = link.evaluate("(node) => [getComputedStyle(node).textDecorationLine, getComputedStyle(node, '::after').content]")
    assert look == ["none", "none"]


def test_rows_and_parts_of_the_message_stay_whole(paper: Callable[[str], Any]) -> None:
    page = paper(PAGE)
    page.wait_for_selector(".hb-copy")
    page.emulate_media(media="print")
    for name in (".hb-say tr", ".hb-section"):
        assert page.locator(name).first.evaluate("(node) => getComputedStyle(node).breakInside") == "avoid"
    assert page.locator("article h2").first.evaluate("(node) => getComputedStyle(node).breakAfter") == "avoid"
    assert page.locator(".hb-section").first.evaluate("(node) => getComputedStyle(node).contain") == "none"
