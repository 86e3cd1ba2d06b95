"""axe on every kind of page, in both languages and both colour schemes."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PATHS = [
    "",
    "overview/",
    "onboarding/drills/",
    "policy/",
    "policy/due/",
    "principles/anatomy/",
    "scenarios/delivery/delivered-not-received/",
    "tone/",
    "variables/",
    "contributing/",
    "message-format/",
    "exports/",
    "onboarding/",
    "onboarding/buyer-and-clock/",
    "onboarding/record/",
    "onboarding/practice/",
    "glossary/",
    "sheets/say-this-german/",
    "sheets/amazon-forbids/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [f"{prefix}{path}" for prefix in ("", "zh/") for path in PATHS])
def test_axe_finds_nothing_serious(browser: Any, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_timeout(400)
    found = [
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    context.close()
    assert not found, "\n".join(found)
