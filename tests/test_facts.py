"""Facts: enough of them, sourced and dated, cited where a number is used, and listed when they are due."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.__main__ import main
from macros.catalog import HANDBOOK_LANGUAGES, Catalog
from macros.model import TOPICS
from macros.policy import overdue
from tests.conftest import ROOT

UNITS = {
    "en": r"([0-9]+)[ -]?(hours?|days?|months?|years?|percent|%)",
    "zh": r"([0-9]+) ?(?:个)?(小时|天|日|工作日|月|年|%)(?!年|月)",
}
PAGES = [(lang, file) for lang in HANDBOOK_LANGUAGES for file in sorted((ROOT / "docs" / lang).rglob("*.md"))]


def quantities(text: str, lang: str) -> set[tuple[str, str]]:
    """Numbers with a unit of time or share, such as ("48", "hour"); calendar dates are none."""
    plain = re.sub(r"[0-9]{4} ?年|[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|[0-9]{4}-[0-9]{2}-[0-9]{2}", " ", text)
    return {(number, unit.rstrip("s")) for number, unit in re.findall(UNITS[lang], plain)}


def cited(page: str) -> set[str]:
    return {name for call in re.findall(r"\{\{ facts\((.*?)\) \}\}", page, re.DOTALL) for name in re.findall(r'"([^"]+)"', call)}


def test_there_are_sixty_facts_and_every_topic_has_some(catalog: Catalog) -> None:
    assert len(catalog.facts) >= 60
    assert {fact.topic for fact in catalog.facts.values()} == set(TOPICS)


def test_every_fact_is_used_on_a_page_or_by_a_rule(catalog: Catalog) -> None:
    """On the pages by topic stand all of them; a fact that no scenario, principle or rule rests on is one nobody needs."""
    used = {name for _, file in PAGES for name in cited(file.read_text(encoding="utf-8"))} | {idea.fact for idea in catalog.ideas.values()}
    assert not set(catalog.facts) - used, f"No page and no rule cites: {', '.join(sorted(set(catalog.facts) - used))}."


@pytest.mark.parametrize(("lang", "file"), PAGES, ids=lambda given: given if isinstance(given, str) else given.relative_to(ROOT / "docs").as_posix())
def test_a_number_in_prose_is_that_of_a_fact_the_page_cites(catalog: Catalog, lang: str, file: Path) -> None:
    page = file.read_text(encoding="utf-8")
    facts = " ".join(getattr(catalog.facts[name].text, lang) for name in cited(page))
    prose = re.sub(r"\{\{.*?\}\}", " ", page, flags=re.DOTALL)
    loose = quantities(prose, lang) - quantities(facts, lang)
    assert not loose, f"{file.name}: {loose} stands in the prose, but in no fact that the page cites. Cite the fact, or leave the number to it."


def test_a_loose_number_is_found() -> None:
    assert quantities("Answer within 48 hours, by 2026-12-02.", "en") == {("48", "hour")}
    assert quantities("请在 48 小时内答复，2026年12月2日之前。", "zh") == {("48", "小时")}


def test_no_message_states_a_number_of_days_or_hours(catalog: Catalog) -> None:
    """A deadline in a message is a date that staff fill in."""
    for (scenario, lang), message in catalog.messages.items():
        found = quantities(" ".join(section.text for section in message.sections), "zh" if lang == "zh" else "en")
        assert not found, f"{scenario} {lang}: {found}"


def test_what_is_due_is_listed_and_fails(catalog: Catalog) -> None:
    day = min(fact.check_again for fact in catalog.facts.values())
    names = [name for name, fact in catalog.facts.items() if fact.check_again == day]
    found = CliRunner().invoke(main, ["facts", "--due", day.isoformat()])
    assert found.exit_code == 1
    assert [line.split()[1].rstrip(":") for line in found.output.splitlines()] == sorted(names)
    marked = CliRunner().invoke(main, ["facts", "--due", day.isoformat(), "--format", "markdown"])
    assert all(f"- [ ] `{name}`" in marked.output for name in names)


def test_nothing_due_is_success() -> None:
    found = CliRunner().invoke(main, ["facts", "--due", "2020-01-01"])
    assert (found.exit_code, found.output) == (0, "")


def test_all_facts_are_listed_without_a_day(catalog: Catalog) -> None:
    found = CliRunner().invoke(main, ["facts"])
    assert found.exit_code == 0
    assert len(found.output.splitlines()) == len(catalog.facts)


def test_a_day_that_is_none_is_refused() -> None:
    assert CliRunner().invoke(main, ["facts", "--due", "31.12.2026"]).exit_code == 2


def test_overdue_is_in_order_and_counts_the_day_itself(catalog: Catalog) -> None:
    days = [fact.check_again for _, fact in overdue(catalog, date.max)]
    assert days == sorted(days)
    assert len(days) == len(catalog.facts)
    assert all(fact.check_again <= days[0] for _, fact in overdue(catalog, days[0]))


def test_a_change_has_a_day_before_its_check(catalog: Catalog) -> None:
    for name, fact in catalog.facts.items():
        assert fact.changed is None or fact.changed.since <= fact.check_again, name
