"""Cheat sheets: words drawn from where they live, every fact with its certainty and day, and each of them one printed page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from macros.catalog import HANDBOOK_LANGUAGES, Catalog
from macros.page import Desk
from macros.pages import SHEETS
from macros.sheets import SIGNS, fact_lines, forbidden, part_of, say_this, sheet, strong
from tests.conftest import ROOT

PRINTED = [name for name in SHEETS if name != "index"]
CALL = re.compile(r"\{\{ (\w+)\((.*?)\) \}\}")


def desk(catalog: Catalog, lang: str = "en") -> Desk:
    return Desk(catalog, lang, "sheets/clocks.md")


def calls(lang: str, name: str) -> list[tuple[str, str]]:
    return CALL.findall((ROOT / "docs" / lang / "sheets" / f"{name}.md").read_text(encoding="utf-8"))


# Say this, not that --------------------------------------------------------------------------------------------------


def test_every_language_with_pairs_has_its_sheet_and_the_other_way_round(catalog: Catalog) -> None:
    for lang in HANDBOOK_LANGUAGES:
        shown = [given.strip('"') for name in PRINTED for macro, given in calls(lang, name) if macro == "say_this"]
        assert sorted(shown) == sorted(catalog.sheets), lang
    assert {"en", "de", "zh"} <= set(catalog.sheets)
    assert all(len(pairs) >= 20 for pairs in catalog.sheets.values())


def test_a_sheet_shows_each_pair_in_the_words_of_its_rule(catalog: Catalog) -> None:
    for lang, pairs in catalog.sheets.items():
        for page in HANDBOOK_LANGUAGES:
            text = say_this(desk(catalog, page), lang)
            rows = [unescape(line) for line in text.split("\n") if line.startswith("| [")]
            assert len(rows) == len(pairs)
            for pair in pairs:
                row = next(row for row in rows if f"#{pair.rule})" in row and f'">{pair.good}'.split("\n")[0] in row)
                assert row.index(pair.bad) < row.rindex(pair.good), f"{pair.rule}: what is not said stands left of what is"
                assert getattr(catalog.ideas[pair.rule].title, page) in row


def test_no_sentence_on_a_sheet_is_recommended_and_refused_at_once(catalog: Catalog) -> None:
    for lang, pairs in catalog.sheets.items():
        said = {catalog.examples(lang, pair.rule, "good", pair.good)[0].text for pair in pairs}
        refused = {catalog.examples(lang, pair.rule, "bad", pair.bad)[0].text for pair in pairs}
        assert not said & refused, lang
        assert len(said) == len(pairs), f"{lang}: a sentence stands twice"


# Facts ---------------------------------------------------------------------------------------------------------------


def test_a_fact_on_a_sheet_says_how_sure_it_is_and_when_somebody_looked(catalog: Catalog) -> None:
    for lang in HANDBOOK_LANGUAGES:
        lines = fact_lines(desk(catalog, lang), *catalog.facts).split("\n")[2:-2]
        for (name, fact), line in zip(catalog.facts.items(), lines, strict=True):
            assert line.replace("**", "").startswith(f"- {getattr(fact.text, lang)} <small"), name
            assert SIGNS[fact.certainty] in line
            assert getattr(catalog.interface[fact.certainty], lang) in line
            assert f"{fact.checked.isoformat()}](../policy/index.md#fact-{name})" in line


def test_the_signs_are_explained_where_facts_stand(catalog: Catalog) -> None:
    assert all(sign in sheet(desk(catalog), signs=True) for sign in SIGNS.values())
    assert not any(sign in sheet(desk(catalog)) for sign in SIGNS.values())
    for lang in HANDBOOK_LANGUAGES:
        for name in PRINTED:
            made = dict(calls(lang, name))
            assert ("signs=True" in made["sheet"]) == bool({"fact_lines", "forbidden"} & set(made)), f"{lang} {name}"


@pytest.mark.parametrize(
    ("lang", "text", "bold"),
    [
        ("en", "Within 48 hours, by 26 January 2026, or 5 to 7 business days.", ["48 hours", "5 to 7 business days"]),
        ("en", "A 30-day window; 20% or more; six months.", ["20%", "six months"]),
        ("zh", "须在 48 小时内、4 个自然日或 2026 年 1 月 26 日之前，最多 20%。", ["48 小时", "4 个自然日", "20%"]),
        ("zh", "法定保障两年，延长六个月。", ["两年", "六个月"]),
    ],
)
def test_numbers_stand_out_and_dates_do_not(lang: str, text: str, bold: list[str]) -> None:
    found = strong(text, lang)
    assert found.replace("**", "") == text
    assert re.findall(r"\*\*(.+?)\*\*", found) == bold


def test_what_amazon_forbids_are_the_rules_of_that_group_that_a_fact_stands_behind(catalog: Catalog) -> None:
    for lang in HANDBOOK_LANGUAGES:
        shown = re.findall(r"tone\.md#([a-z-]+)\)", forbidden(desk(catalog, lang)))
        assert shown == [name for name, idea in catalog.ideas.items() if idea.group == "amazon-policy" and idea.fact]
        assert "no-claim-withdrawal" not in shown, "no official ban of it was found"


def test_nothing_in_an_example_is_read_as_markdown(catalog: Catalog) -> None:
    cells = forbidden(desk(catalog))
    assert "<br>Mia" not in cells
    assert "&lt;br&gt;Mia" in cells
    assert "↵↵↵" in cells
    assert all(line.count("|") == 5 for line in cells.split("\n") if line.startswith("| ["))


# Words of other pages ------------------------------------------------------------------------------------------------


def test_a_table_and_a_part_of_another_page_are_shown_as_they_stand_there(catalog: Catalog) -> None:
    source = (ROOT / "docs/en/principles/fba-or-fbm.md").read_text(encoding="utf-8")
    table = part_of(desk(catalog), "principles/fba-or-fbm.md").split("\n\n")[1]
    part = part_of(desk(catalog), "principles/fba-or-fbm.md", "What an FBA message may promise").split("\n\n")[1]
    assert table in source
    assert table.startswith("| | FBM")
    assert part in source
    assert part.startswith("- **Yes:**")
    assert "{{" not in part_of(desk(catalog), "principles/fba-or-fbm.md", "Pointing to Amazon without walking away")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda desk: say_this(desk, "xx"), "no pairs for 'xx'"),
        (lambda desk: fact_lines(desk, "nope"), "unknown fact 'nope'"),
        (lambda desk: part_of(desk, "principles/nope.md"), "has no table"),
        (lambda desk: part_of(desk, "principles/fba-or-fbm.md", "Nope"), "no words under the heading 'Nope'"),
        (lambda desk: part_of(desk, "principles/fba-or-fbm.md", "Facts that apply"), "no words under the heading"),
        (lambda desk: part_of(desk, "policy/index.md", "Links"), "no words under the heading"),
    ],
)
def test_a_wrong_name_on_a_sheet_is_said(catalog: Catalog, call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words) as error:
        call(desk(catalog))
    assert str(error.value).startswith("sheets/clocks.md: ")


def test_a_part_with_links_is_refused(small_handbook: Path, catalog: Catalog) -> None:
    (small_handbook / "docs/en/other.md").write_text("# Other\n\n## Part\n\nSee [there](there.md).\n", encoding="utf-8")
    from macros.catalog import load

    with pytest.raises(ValueError, match="holds a link"):
        part_of(Desk(load(small_handbook), "en", "sheets/one.md"), "other.md", "Part")


def test_both_handbooks_draw_the_same_onto_each_sheet() -> None:
    for name in PRINTED:
        english, chinese = ([call for call in calls(lang, name) if call[0] != "part_of"] for lang in HANDBOOK_LANGUAGES)
        assert english == chinese, name
        assert len(calls("en", name)) == len(calls("zh", name))


# On paper ------------------------------------------------------------------------------------------------------------

FORMATS = {"A4": 297, "Letter": 279.4}  # heights in mm
MARGINS = 16  # mm, above and below together, as sheets.css says
SPACER = """(height) => {
  const spacer = document.querySelector("#spacer") ?? Object.assign(document.createElement("div"), { id: "spacer" });
  spacer.style = `column-span: all; height: ${height}mm`;
  document.querySelector("article").append(spacer);
}"""


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def printed(page: Any, form: str, spare: float) -> int:
    """How many pages come out with an empty strip of `spare` (a share of the sheet) after the last line."""
    page.evaluate(SPACER, (FORMATS[form] - MARGINS) * spare)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=form)))


WIDTH = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText("汉").width / 100;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_a_sheet_fills_one_page_and_never_runs_over(reader: Any, address: str, prefix: str, name: str) -> None:
    """With a strip to spare for other fonts, and with no more than a third of the paper left empty.

    Without a Chinese font its signs are boxes, and narrower: a Chinese page then has that much less to fill the paper with.
    """
    reader.goto(f"{address}{prefix}sheets/{name}/")
    room = 1 - 0.66 * min(1, reader.evaluate(WIDTH) if prefix else 1)
    for form in FORMATS:
        assert printed(reader, form, 0.04) == 1, f"{form}: too full. Take a line out, or make the print smaller in sheets.css."
        assert printed(reader, form, room) == 2, f"{form}: too empty. Make the print larger in sheets.css."
