"""The live check in a browser slowed four times: what a keystroke costs until findings, underlines and scorecard stand in the page,
and how long the first check takes. A fixed piece of work is timed between the keystrokes; its spread is the machine's, not ours."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT, chromium, packed, served, show
from macros.catalog import Catalog
from macros.check import Rendering, examples, renderings
from macros.javascript import modules
from macros.page import page_of

SLOWDOWN, FRAME, FIRST, SHIPPED, OPENINGS = 4, 16, 50, 40, 5
PICK = """([picks, lang, greeting]) => {
  const wanted = [...picks.flatMap((pick) => [['fulfilment', pick], ['choice', pick]]), ['language', lang], ['greeting', greeting]];
  for (const [name, value] of wanted)
    document.querySelector(`input[name=hb-${name}][value="${value}"]`)?.click();
}"""
KEYSTROKES = """async ([selector, rounds]) => {
  const field = document.querySelector(selector);
  const before = field.value;
  const [spent, fixed] = [[], []];
  const words = ' Unfortunately this is not our fault, kind regards';
  for (let round = 0; round < rounds; round += 1) {
    const at = before.length >> 1;
    field.value = before.slice(0, at) + words.slice(0, round % words.length) + before.slice(at);
    let start = performance.now();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('.hb-desk').getBoundingClientRect();
    spent.push(performance.now() - start);
    start = performance.now();
    for (let count = 0, sum = 0; count < 1e6; count += 1) sum += count % 7;
    fixed.push(performance.now() - start);
    await new Promise((done) => requestAnimationFrame(done));
  }
  return [spent, fixed];
}"""
OPENING = """() => new Promise((done) => {
  const blocks = [0];
  new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  const start = performance.now();
  new MutationObserver(() => {
    const spent = performance.now() - start;
    setTimeout(() => done([spent, Math.max(...blocks)]), 1000);
  }).observe(document.querySelector('.hb-score'), { childList: true });
  document.querySelector('.hb-desk [data-name]').focus();
})"""


def longest(catalog: Catalog) -> Rendering:
    """The longest message the handbook can produce, in any language."""
    values = {lang: examples(catalog, lang) for lang in catalog.languages}
    return max(
        (found for name, lang in catalog.messages for found in renderings(catalog, catalog.scenarios[name], lang, values[lang])),
        key=lambda found: len(found.assembled.text),
    )


def _opened(browser: Any, address: str, message: Rendering) -> Any:
    """A fresh visitor's page with that message picked and nothing begun, slowed."""
    page = browser.new_context(service_workers="block").new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(PICK, [list(message.picks), message.lang, message.greeting])
    page.wait_for_timeout(300)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def _high(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def _keystrokes(page: Any, where: str, selector: str) -> None:
    page.evaluate(KEYSTROKES, [selector, 60])
    spent, fixed = page.evaluate(KEYSTROKES, [selector, 200])
    high = _high(spent)
    show(f"keystroke in {where} to findings", f"{statistics.median(spent):.1f} ms, p99 {high:.1f} ms", f"p99 {FRAME} ms", high > FRAME)
    show("  a fixed piece of work between them", f"{statistics.median(fixed):.1f} ms, p99 {_high(fixed):.1f} ms", "the machine's own spread")


def live(catalog: Catalog, site: Path) -> None:
    """Print the lines on the live check."""
    message = longest(catalog)
    path = page_of(catalog, message.scenario.id).removesuffix(".md")
    print(f"Longest message: {message.scenario.id}, {message.lang}, {len(message.assembled.text)} characters; processor slowed {SLOWDOWN} times.")
    with served(site) as address, chromium() as browser:
        openings = []
        for _ in range(OPENINGS):
            page = _opened(browser, f"{address}/{path}/", message)
            openings.append(page.evaluate(OPENING))
            page.context.close()
        first, block = (statistics.median(some) for some in zip(*openings, strict=True))
        show("first check after opening: fetched, compiled, shown", f"{first:.0f} ms", f"{FIRST} ms", first > FIRST)
        show("  longest block of the page within it", f"{block:.0f} ms", "")
        page = _opened(browser, f"{address}/{path}/", message)
        page.focus(".hb-desk [data-name]")
        page.wait_for_selector(".hb-score li")
        page.wait_for_timeout(2000)
        _keystrokes(page, "a field", ".hb-desk input[type=text][data-name]")
        page.click(".hb-edit")
        _keystrokes(page, "the text area", "[data-part=resolve] textarea")


RANKING = """async (texts) => {
  const { rank, extract, mood } = await import('/assets/finder.js');
  const index = await (await fetch('/assets/data/finder.json')).json();
  const timed = (work) => texts.map((text) => { const start = performance.now(); work(text); return performance.now() - start; });
  timed((text) => rank(text, index));
  const rounds = (work) => [1, 2, 3, 4, 5].flatMap(() => timed(work));
  return [rounds((text) => rank(text, index)), rounds((text) => mood(text, extract(text).language))];
}"""


def finding(site: Path) -> None:
    """Print what ranking a long message costs in a browser slowed four times, once the index is there."""
    rows = [json.loads(row) for row in (ROOT / "tests/finder/en.development.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [" ".join(f"{one['text']} {two['text']}".split()[:120]) for one, two in zip(rows[::8], rows[1::8], strict=False)]
    with served(site) as address, chromium() as browser:
        page = browser.new_context(service_workers="block").new_page()
        page.goto(address)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        ranked, read = page.evaluate(RANKING, texts)
    show("ranking a message of 120 words", f"{statistics.median(ranked):.1f} ms, p99 {_high(ranked):.1f} ms", f"{FRAME} ms", _high(ranked) > FRAME)
    show("  reading order number, name and mood in it", f"{statistics.median(read):.1f} ms, p99 {_high(read):.1f} ms", "")
    index = packed(site / "assets/data/finder.json")
    show("the finder's index, all languages, gzip", f"{index / 1000:.0f} kB", "250 kB", index > 250_000)


def shipped(catalog: Catalog, site: Path) -> None:
    """Print what a visitor who writes in the largest language loads of our scripts and rules, gzip."""
    scripts = packed(*modules(site / "assets/js/handbook.js"))  # what every page loads; finder and first day come when they are used
    rules = {lang: packed(site / f"assets/data/tone.{lang}.en.json") for lang in catalog.languages}
    largest = max(rules, key=rules.__getitem__)
    engine = packed(site / "assets/js/tone.js")
    show("our scripts on every page, gzip", f"{scripts / 1000:.1f} kB", "")
    show(f"rules of the largest language ({largest}), gzip", f"{rules[largest] / 1000:.1f} kB", "")
    whole = (scripts + rules[largest]) / 1000
    show("scripts and rules of one language", f"{whole:.1f} kB", f"{SHIPPED} kB", whole > SHIPPED)
    show("  of it the checking engine and its rules", f"{(engine + rules[largest]) / 1000:.1f} kB", "")
