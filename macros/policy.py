"""The dated facts as pages of their own: by topic, by store, what changed, and what is due for checking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from macros.library import Catalog
from macros.model import TOPICS, Fact
from macros.page import Desk, fact_entry

TOPIC_PAGE = "policy/index.md"


def fact_link(desk: Desk, name: str) -> str:
    """The address of a fact's entry on the page by topic, as seen from this page."""
    return f"{desk.link(TOPIC_PAGE)}#fact-{name}"


def by_topic(desk: Desk) -> str:
    """Every fact, under its topic; here each has its anchor."""
    out: list[str] = []
    for topic in TOPICS:
        names = [name for name, fact in desk.catalog.facts.items() if fact.topic == topic]
        if names:
            out += [f"## {desk.word('topic_' + topic.replace('-', '_'))} {{ #{topic} }}", "", *(fact_entry(desk, name) for name in names), ""]
    return "\n".join(out)


def by_store(desk: Desk) -> str:
    """The facts that hold for a store alone, store by store; those for all stores come first, as a word of where they are."""
    stores = dict.fromkeys(store for fact in desk.catalog.facts.values() for store in fact.marketplaces if store != "all")
    known = [*(store for store in desk.catalog.stores if store in stores), *(store for store in stores if store not in desk.catalog.stores)]
    out: list[str] = []
    for store in known:
        names = [name for name, fact in desk.catalog.facts.items() if store in fact.marketplaces]
        out += [f"## {store} {{ #{store.replace('.', '-')} }}", "", *(_short(desk, name) for name in names), ""]
    return "\n".join(out)


def changed(desk: Desk) -> str:
    """What changed, the newest first."""
    facts = [(fact.changed.since, name) for name, fact in desk.catalog.facts.items() if fact.changed]
    out = []
    for since, name in sorted(facts, reverse=True):
        fact = desk.catalog.facts[name]
        stores = ", ".join(_stores(desk, fact))
        out.append(f"- **{since.isoformat()}** · {escape(stores)}<br>{desk.own(fact.changed)} [{desk.own(fact.text)}]({fact_link(desk, name)})")
    return "\n".join(out)


def due_table(desk: Desk) -> str:
    """Every fact by the day on which its source is to be looked at again, the earliest first. Which are overdue depends on the reader's day."""
    lines = ["| " + " | ".join(desk.word(head) for head in ("due_by", "due_fact", "due_source")) + " |", "| --- | --- | --- |"]
    for name, fact in sorted(desk.catalog.facts.items(), key=lambda one: (one[1].check_again, one[0])):
        text = f"[{desk.own(fact.text)}]({fact_link(desk, name)})".replace("|", "\\|")
        lines.append(f"| {fact.check_again.isoformat()} | {text} | {escape(fact.source)} ({fact.checked.isoformat()}) |")
    return '<div class="hb-due" markdown>\n\n' + "\n".join(lines) + "\n\n</div>"


def overdue(catalog: Catalog, day: date) -> Iterator[tuple[str, Fact]]:
    """The facts that were to be looked at again before `day` or on it, the longest overdue first."""
    due = ((name, fact) for name, fact in catalog.facts.items() if fact.check_again <= day)
    return iter(sorted(due, key=lambda one: (one[1].check_again, one[0])))


def _short(desk: Desk, name: str) -> str:
    fact = desk.catalog.facts[name]
    return f'- [{desk.own(fact.text)}]({fact_link(desk, name)})<br><small class="hb-fact hb-{fact.certainty}">{desk.word(fact.certainty)}</small>'


def _stores(desk: Desk, fact: Fact) -> list[str]:
    return [desk.word("all_stores") if store == "all" else store for store in fact.marketplaces]
