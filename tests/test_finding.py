"""Finding one's way: the search understands what buyers write, the home page shows every scenario, the overview fits one sheet."""

from __future__ import annotations

import re
from typing import Any

import pytest

from macros.catalog import Catalog
from macros.page import page_of

pytestmark = pytest.mark.browser

ENGLISH = {
    "package never came": ["delivery-delayed", "lost-in-transit", "delivered-not-received", "order-status"],
    "says delivered but nothing here": ["delivered-not-received"],
    "tracking has not updated": ["tracking-not-moving"],
    "customs fee": ["customs-hold"],
    "wrong address": ["address-change", "returned-to-sender"],
    "arrived broken": ["damaged-in-transit", "defective-on-arrival"],
    "smoke": ["safety-incident"],
    "rash": ["skin-reaction"],
    "is this fake": ["authenticity-doubt"],
    "wrong size": ["size-or-colour", "wrong-item", "not-as-described"],
    "screws missing": ["missing-parts", "partial-delivery"],
    "invoice": ["invoice"],
    "cancel my order": ["cancel", "order-cancelled"],
    "charged twice": ["payment-question"],
    "cheaper now": ["price-drop"],
    "still waiting for my refund": ["refund-status", "refund-issued"],
    "refund is too low": ["refund-amount", "return-disputed"],
    "instructions": ["manual", "setup"],
    "cleaning": ["care"],
    "whatsapp": ["off-amazon-request"],
    "broke after months": ["failed-within-warranty", "warranty-terms"],
    "chargeback": ["chargeback"],
    "where is my parcel?": ["order-status", "delivery-delayed", "lost-in-transit"],
    "invoice?": ["invoice"],
}
CHINESE = {
    "没收到": ["delivered-not-received", "lost-in-transit", "delivery-delayed", "partial-delivery", "order-status"],
    "海关": ["customs-hold"],
    "改地址": ["address-change"],
    "冒烟": ["safety-incident"],
    "过敏": ["skin-reaction"],
    "假货": ["authenticity-doubt"],
    "发票": ["invoice"],
    "退款": ["refund-status", "refund-issued", "refund-amount", "refund-without-return"],
    "说明书": ["manual", "setup"],
    "取消订单": ["cancel", "order-cancelled"],
    "降价": ["price-drop"],
    "微信": ["off-amazon-request"],
    "少了配件": ["missing-parts", "partial-delivery"],
    "保修": ["warranty-terms", "failed-within-warranty"],
}
CASES = [*(("", text, wanted) for text, wanted in ENGLISH.items()), *(("zh/", text, wanted) for text, wanted in CHINESE.items())]
# An English message lies before somebody who reads Chinese: the Chinese handbook's search knows the buyers' English lines as well.
CASES += [("zh/", text, ENGLISH[text]) for text in ("smoke", "says delivered but nothing here", "invoice", "chargeback")]
FIRST = 5  # results that are seen without scrolling


def hits(page: Any, text: str) -> list[str]:
    """The addresses of the first pages found, without anchors and repetitions."""
    box = page.locator("[data-md-component=search-query]")
    for words, state in (("", "detached"), (text, "attached")):  # first until what the last words found is gone
        box.fill(words)
        box.press("End")  # the search listens for keys
        page.wait_for_selector(".md-search-result__item", state=state)
    page.wait_for_timeout(200)
    links = page.eval_on_selector_all(".md-search-result__item > a", "links => links.map(link => link.pathname)")
    return list(dict.fromkeys(links))[:FIRST]


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_the_search_finds_a_page_by_what_buyers_write(page: Any, address: str, catalog: Catalog, prefix: str) -> None:
    page.goto(address + prefix)
    page.click("[data-hb-search]")
    lost = []
    for where, text, wanted in CASES:
        if where == prefix:
            found = hits(page, text)
            folders = [f"/{prefix}{page_of(catalog, name).removesuffix('.md')}/" for name in wanted]
            if not set(folders) & set(found):
                lost.append(f"{text!r} should find {wanted}, and finds {found}")
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_the_home_page_and_the_overview_link_every_scenario(page: Any, address: str, catalog: Catalog, prefix: str) -> None:
    for path, box in (("", ".hb-families"), ("overview/", ".hb-overview")):
        page.goto(f"{address}{prefix}{path}")
        links = page.eval_on_selector_all(f"{box} li a:not(.headerlink)", "links => links.map(link => link.pathname)")
        assert links == [f"/{prefix}{page_of(catalog, name).removesuffix('.md')}/" for name in catalog.scenarios]
        assert page.locator(f"{box} .hb-typical").count() == len(catalog.scenarios)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_the_overview_prints_on_one_sheet(page: Any, address: str, prefix: str, paper: str) -> None:
    page.goto(f"{address}{prefix}overview/")
    printed = page.pdf(format=paper, prefer_css_page_size=False)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_the_home_page_does_not_scroll_sideways_on_a_phone(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("", "overview/", "policy/", "policy/due/", "zh/", "zh/overview/", "zh/policy/due/"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()
