"""The languages stay together: records of the English text, what is behind it, the status, and new languages and scenarios made whole."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from macros.__main__ import main
from macros.catalog import HANDBOOK_LANGUAGES, Catalog, CatalogError, combinations, load
from macros.languages import RecordError, behind, english_hash, matrix, unready, with_record
from macros.message import BODY_SECTIONS, Message, parse
from macros.page import Desk, composer
from macros.pages import CONFIGS, page_problems
from macros.status import unused_rules, unused_variables
from tests.conftest import ROOT, run

LATE = "templates/delivery/late"
BODY = "# Acknowledge\n\nThank you.\n\n# Resolve (fbm)\n\nWe look.\n\n# Resolve (fba)\n\nThey look.\n\n# Next step\n\nUntil {{ answer_date }}.\n"


@pytest.fixture
def handbook(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small handbook, with the command line standing in it."""
    monkeypatch.chdir(small_handbook)
    return small_handbook


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{arguments} stopped with a traceback: {result.exception!r}"
    return result


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}."
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "templates").rglob("*") if path.is_file()}


def _hash(body: str) -> str:
    return english_hash(Message("en", "en.md", parse(body, BODY_SECTIONS)[0]))


# The hash and the record ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Thank you.", "Thank you!"),
        ("{{ answer_date }}", "{{ ship_date }}"),
        ("Resolve (fba)", "Resolve (fba, ready)"),
        ("We look.", "We look.\n\nAnd look."),
        ("We look.", "They look."),
    ],
)
def test_every_change_of_meaning_changes_the_hash(old: str, new: str) -> None:
    assert _hash(BODY.replace(old, new, 1)) != _hash(BODY)


def test_spaces_at_line_ends_and_the_order_of_variants_do_not_change_the_hash() -> None:
    assert _hash(BODY.replace("We look.", "We look.  ").replace("\n# Next", "\n\n# Next")) == _hash(BODY)
    one, other = "# Resolve (fbm)\n\nWe look.\n\n", "# Resolve (fba)\n\nThey look.\n\n"
    assert _hash(BODY.replace(one + other, other + one)) == _hash(BODY)
    assert re.fullmatch(r"[0-9a-f]{8}", _hash(BODY))


RECORD = 'translated_from: "0a1b2c3d"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Acknowledge\n\nDanke.\n", f"---\n{RECORD}\n---\n# Acknowledge\n\nDanke.\n"),
        ('---\ntranslated_from: "ffffffff"\n---\n# A\n', f"---\n{RECORD}\n---\n# A\n"),
        (
            '---\n# why\nwaive:\n  - rule: x\n    reason: "y"\ntranslated_from: "ffffffff"\n---\n# A\n\n\n',
            f'---\n# why\nwaive:\n  - rule: x\n    reason: "y"\n{RECORD}\n---\n# A\n\n\n',
        ),
        ("---\nwaive:\n  - rule: x\n    reason: y\n---\n# A", f"---\n{RECORD}\nwaive:\n  - rule: x\n    reason: y\n---\n# A"),
    ],
    ids=["no front matter", "another record", "among other things", "without a record"],
)
def test_a_record_changes_one_line_and_nothing_else(before: str, after: str) -> None:
    assert with_record(before, "0a1b2c3d") == after
    assert with_record(after, "0a1b2c3d") == after


def test_a_front_matter_of_another_form_is_left_to_a_person() -> None:
    with pytest.raises(RecordError, match="Write by hand"):
        with_record("---\n{waive: []}\n---\n# A\n", "0a1b2c3d")


def test_every_message_of_the_repository_says_what_it_was_made_from(catalog: Catalog) -> None:
    states = matrix(catalog)
    assert behind(catalog) == []
    assert {found for row in states.values() for found in row.values()} <= {"source", "current", "missing", "waived"}
    assert list(states) == list(catalog.scenarios)
    assert all(row["en"] == "source" and row["zh"] == "current" for row in states.values())


# translated and check ------------------------------------------------------------------------------------------------

BEHIND = (
    f"{LATE}/zh.md:2: warning: The Chinese text predates the latest English change. Read en.md, bring this text in line, "
    "then run `handbook translated late zh`."
)
UNRECORDED = (
    f"{LATE}/zh.md:1: warning: It is not recorded from which English text the Chinese one was made. Compare it with en.md, "
    "then run `handbook translated late zh`."
)


def test_a_change_of_the_english_is_a_warning_until_it_is_recorded(handbook: Path) -> None:
    _edit(handbook / LATE / "en.md", "tracing the parcel", "looking for the parcel")
    result = _run("check")
    assert (result.stdout.splitlines()[:-1], result.exit_code) == ([BEHIND], 0)
    assert behind(load(handbook)) == [("late", "zh")]
    before = _tree(handbook)
    done = _run("translated", "late", "zh")
    assert (done.stdout, done.exit_code) == (f"{LATE}/zh.md\n1 of 1 records changed.\n", 0)
    after = _tree(handbook)
    assert [path for path in after if after[path] != before[path]] == [f"{LATE}/zh.md"]
    old, new = before[f"{LATE}/zh.md"].splitlines(), after[f"{LATE}/zh.md"].splitlines()
    assert [at for at, line in enumerate(new) if line != old[at]] == [1]
    assert len(old) == len(new)
    assert _run("check").stdout.splitlines()[:-1] == []


def test_a_message_without_a_record_is_a_warning(handbook: Path) -> None:
    file = handbook / LATE / "zh.md"
    file.write_text(file.read_text(encoding="utf-8").partition("---\n# ")[2].join(["# ", ""]), encoding="utf-8")
    assert _run("check").stdout.splitlines()[:-1] == [UNRECORDED]
    assert _run("translated", "zh", "--all").stdout == f"{LATE}/zh.md\n1 of 2 records changed.\n"
    assert _run("check").stdout.splitlines()[:-1] == []


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (("late", "en"), ["'en' is not a language that messages are translated into. Use one of: zh."]),
        (("late", "fr"), ["'fr' is not a language that messages are translated into. Use one of: zh."]),
        (("lost", "late", "gone", "zh"), [f"Unknown scenario '{name}'. Use one of: late, send-back." for name in ("lost", "gone")]),
        (("zh",), ["Name the scenarios, or say --all: handbook translated SCENARIO... LANG"]),
        (("late", "zh", "--all"), ["Name the scenarios, or say --all: handbook translated SCENARIO... LANG"]),
    ],
)
def test_translated_refuses_without_writing(arguments: tuple[str, ...], sentences: list[str], handbook: Path) -> None:
    _edit(handbook / LATE / "en.md", "tracing", "seeking")
    before = _tree(handbook)
    result = _run("translated", *arguments)
    assert (result.stdout, result.stderr.splitlines(), result.exit_code) == ("", sentences, 1)
    assert _tree(handbook) == before


# The page ------------------------------------------------------------------------------------------------------------


def test_the_page_says_so_for_the_language_that_is_behind_and_no_other(
    copy_of_repository: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_of_repository()
    monkeypatch.chdir(root)
    _edit(root / "templates/delivery/order-status/en.md", "Thank you", "Many thanks")
    assert _run("translated", "order-status", "zh").exit_code == 0
    found = load(root)
    for lang, words in (("en", "The German text predates the latest English change."), ("zh", "德语文本早于英文的最近一次修改")):
        _is_said(found, lang, words)


def _is_said(found: Catalog, lang: str, words: str) -> None:
    page = composer(Desk(found, lang, "scenarios/delivery/order-status.md"), "order-status")
    data = json.loads(re.search(r"data-hb='([^']*)'", page)[1].replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&"))
    assert {code for code, one in data["languages"].items() if "behind" in one} == {"de"}
    assert words in data["languages"]["de"]["behind"]
    plain = page.partition('<section class="hb-plain"')[2]
    assert plain.count(words) == 1
    assert plain.index('note "Deutsch"') < plain.index(words) < plain.index('note "中文"')


@pytest.mark.browser
def test_the_composer_shows_the_note_beside_that_language_only(page: Any, address: str) -> None:
    page.goto(f"{address}scenarios/delivery/order-status/")
    page.wait_for_selector(".hb-desk")
    page.evaluate(
        """async (address) => {
          const host = document.querySelector(".hb-composer");
          const data = JSON.parse(host.dataset.hb);
          data.languages.de.behind = "The German text is behind.";
          (await import(`${address}assets/js/composer.js`)).mountComposer(host, data);
        }""",
        address,
    )
    note = page.locator(".hb-behind")
    for language, shown in (("de", True), ("zh", False), ("de", True), ("en", False)):
        page.check(f'input[name="hb-language"][value="{language}"]')
        assert note.is_visible() is shown
    assert note.count() == 1


@pytest.mark.browser
def test_the_state_page_does_not_scroll_sideways_on_a_phone(page: Any, address: str, catalog: Catalog) -> None:
    page.set_viewport_size({"width": 360, "height": 760})
    for lang, prefix in (("en", ""), ("zh", "zh/")):
        page.goto(f"{address}{prefix}status/")
        page.wait_for_selector(".md-typeset__table")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        text = page.locator(".hb-status-page").inner_text()
        for scenario in catalog.scenarios.values():
            assert getattr(scenario.title, lang) in text
        links = page.locator(".hb-status-page td a").evaluate_all("links => links.map((link) => link.href)")
        assert len(set(links)) == len(catalog.scenarios)


# status --------------------------------------------------------------------------------------------------------------


def _leave_lying_about(root: Path) -> None:
    """One of everything that the status speaks of."""
    _edit(root / LATE / "en.md", "tracing the parcel", "looking for the parcel")
    file = root / "templates/returns/send-back/zh.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\nwaive:\n  - rule: length\n    reason: A test.\n", 1), encoding="utf-8")
    variables = root / "templates/_variables.yml"
    variables.write_text(
        variables.read_text(encoding="utf-8") + "nobody:\n  label: {en: Nobody, zh: 无}\n  kind: text\n  example: x\n", encoding="utf-8"
    )
    _edit(root / "templates/_tone/en.yml", "    kind: avoid\n", "    kind: avoid\n    kinds: [proactive]\n")


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_status_names_one_of_everything(form: str, handbook: Path) -> None:
    _leave_lying_about(handbook)
    found = load(handbook)
    fact = next(iter(found.facts))
    result = _run("status", "--format", form, "--due", "2999-01-01")
    assert result.exit_code == 0
    assert result.stderr == ""
    if form == "json":
        read = json.loads(result.stdout)
        assert read["states"] == {"late": {"en": "source", "zh": "behind"}, "send-back": {"en": "source", "zh": "current"}}
        assert read["counts"]["zh"] == {"source": 0, "current": 1, "behind": 1, "unrecorded": 0, "missing": 0, "waived": 0}
        assert read["unused_variables"] == ["nobody"]
        assert read["unused_rules"] == [{"file": "templates/_tone/en.yml", "rule": "no-blame"}]
        assert read["unneeded_waivers"] == [{"path": "templates/returns/send-back/zh.md", "line": 3, "rule": "length"}]
        assert fact in [one["fact"] for one in read["facts_due"]]
    else:
        words = ("behind", "1 current, 1 behind", "nobody", "templates/_tone/en.yml: no-blame", "templates/returns/send-back/zh.md:3: length", fact)
        for word in words:
            assert word in result.stdout
    if form == "markdown":
        assert "| late | source | behind |" in result.stdout.splitlines()


def test_without_a_day_no_fact_is_due(handbook: Path) -> None:
    assert json.loads(_run("status", "--format", "json").stdout)["facts_due"] is None
    assert json.loads(_run("status", "--format", "json", "--due", "2000-01-01").stdout)["facts_due"] == []
    assert "Facts due" not in _run("status").stdout


def test_near_twins_are_in_the_status(handbook: Path) -> None:
    """The small handbook's English pages are twins of one another, until one says something else."""
    (found,) = (one for one in json.loads(_run("status", "--format", "json").stdout)["near_twins"] if one["kind"] == "en pages")
    assert (found["one"], found["other"], found["share"]) == ("late", "send-back", 1.0)
    assert "en pages: late and send-back share 1.00 of their five-word runs, such as: a line a line a" in _run("status").stdout
    page = handbook / "docs/en/scenarios/delivery/late.md"
    page.write_text(page.read_text(encoding="utf-8").replace("A line.", "Quite another thing."), encoding="utf-8")
    assert "en pages" not in _run("status").stdout


def test_the_repository_keeps_nothing_unused(catalog: Catalog) -> None:
    assert unused_variables(catalog) == ()
    assert unused_rules(catalog) == ()


def _french(root: Path, *options: str) -> Result:
    return _run("new-language", "fr", "--locale", "fr-FR", "--home", "amazon.com", *options)


def test_a_language_may_be_left_out_of_a_scenario_on_purpose(handbook: Path) -> None:
    assert _french(handbook).exit_code == 0
    table = handbook / "templates/_scenarios.yml"
    _edit(table, "        kind: reply\n", "        not_in: [fr]\n        kind: reply\n")
    assert matrix(load(handbook)) == {
        "late": {"en": "source", "zh": "current", "fr": "waived"},
        "send-back": {"en": "source", "zh": "current", "fr": "missing"},
    }
    shutil.copy(handbook / LATE / "en.md", handbook / LATE / "fr.md")
    with pytest.raises(CatalogError, match=rf"_scenarios.yml:8: 'late' is left out in 'fr', but {LATE}/fr.md is there. Remove one of the two."):
        load(handbook)


# new-language --------------------------------------------------------------------------------------------------------


def test_a_new_language_loads_and_check_names_what_is_left(handbook: Path) -> None:
    _edit(handbook / "templates/_languages.yml", "languages:\n", "# In reading order.\nlanguages:\n")
    table = handbook / "templates/_languages.yml"
    table.write_text(table.read_text(encoding="utf-8") + "\n# Who writes.\nbuyers: [en, zh, fr]\n", encoding="utf-8")
    before = table.read_text(encoding="utf-8")
    result = _french(handbook)
    assert result.stdout.splitlines()[:-1] == ["templates/_languages.yml", "templates/_shared/fr.md", "templates/_tone/fr.yml"]
    after = table.read_text(encoding="utf-8")
    entry = "  fr:\n    name: Français\n    label: {en: French, zh: 法语}\n    locale: fr-FR\n    home: [amazon.com]\n"
    assert after == before.replace("\n# Who writes.", f"{entry}\n# Who writes.")
    checked = _run("check")
    assert checked.exit_code == 0
    lines = checked.stdout.splitlines()[:-1]
    assert all(": warning: " in line for line in lines)
    counted = {path: sum(line.startswith(f"templates/{path}:") for line in lines) for path in ("_shared/fr.md", "_tone/fr.yml", "_variables.yml")}
    assert counted == {"_shared/fr.md": 3, "_tone/fr.yml": 1, "_variables.yml": 3}
    assert sum(counted.values()) == len(lines)


def test_what_a_language_lacks_is_an_error_once_it_has_a_message(handbook: Path) -> None:
    _french(handbook)
    variables = handbook / "templates/_variables.yml"
    variables.write_text(re.sub(r"example: \{en: ([^,]+),", r"example: {fr: \1, en: \1,", variables.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(handbook / LATE / "en.md", handbook / LATE / "fr.md")
    assert {level for level, _ in unready(load(handbook))} == {"error"}
    assert _run("check").exit_code == 1
    _edit(variables, "example: {fr: Emma, ", "example: {")
    with pytest.raises(CatalogError, match=r"'agent_name' has no example for 'fr'\. Add one\."):
        load(handbook)


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (("FR", "--locale", "fr-FR"), ["'FR' is not a language code. Use two or three lower-case letters, such as fr ('all' is taken)."]),
        (("all", "--locale", "fr-FR"), ["'all' is not a language code. Use two or three lower-case letters, such as fr ('all' is taken)."]),
        (("../x", "--locale", "fr-FR"), ["'../x' is not a language code. Use two or three lower-case letters, such as fr ('all' is taken)."]),
        (("zh", "--locale", "zh-CN"), ["'zh' is there already."]),
        (("fr", "--locale", "no such"), ["Unknown locale 'no such'. Write language and country, such as fr-FR."]),
        (("fr", "--locale", "fr-FR", "--home", "amazon.xx"), ["Unknown store 'amazon.xx'. Use one of: amazon.com, amazon.co.jp."]),
    ],
)
def test_new_language_refuses_without_writing(arguments: tuple[str, ...], sentences: list[str], handbook: Path) -> None:
    before = _tree(handbook)
    options = () if "--home" in arguments else ("--home", "amazon.com")
    result = _run("new-language", *arguments, *options)
    assert (result.stdout, result.stderr.splitlines(), result.exit_code) == ("", sentences, 1)
    assert _tree(handbook) == before


def test_the_home_of_a_language_is_the_store_of_its_country(handbook: Path) -> None:
    assert _run("new-language", "ja", "--locale", "ja-JP", "--name", "Nihongo").exit_code == 0
    language = load(handbook).languages["ja"]
    assert (language.name, language.label.en, language.label.zh, language.home) == ("Nihongo", "Japanese", "日语", ("amazon.co.jp",))
    refused = _run("new-language", "de", "--locale", "de-DE")
    assert refused.stderr.splitlines() == ["No store has the country of 'de-DE'. Name one with --home: amazon.com, amazon.co.jp."]


# Both, from the first file to the page --------------------------------------------------------------------------------

SCENARIO, FAMILY = "gift-lost", "delivery"
WORDS = {
    "title": {"en": "Gift gone astray", "zh": "礼物遗失"},
    "when": {"en": "A gift did not reach the person it was meant for.", "zh": "礼物没有送到收礼人手中。"},
}
TEXTS = {
    "en": (
        "Thank you for telling us that the gift from order {{ order_id }} has not arrived. I am sorry that it was missing on the day.",
        "I am tracing the parcel with the carrier now.",
        "I will write to you by {{ answer_date }} with what I have found.",
    ),
    "zh": (
        "感谢您告知订单 {{ order_id }} 的礼物还没有送到。没能赶上当天，我们很抱歉。",
        "我正在与物流商一起查找这个包裹。",
        "我会在 {{ answer_date }} 之前写信告诉您结果。",
    ),
    "xx": (
        "Dankon ke vi skribis pri la mendo {{ order_id }}. Ni bedaŭras la atendon.",
        "Mi nun serĉas la pakon.",
        "Mi skribos al vi antaŭ {{ answer_date }}.",
    ),
}
XX_RULE = """rules:
  - id: no-filler
    kind: avoid
    level: warning
    phrases: [kiel eble plej baldaŭ]
    say: {en: Name the day., zh: 请写明日期。}
    bad: [Ni respondos kiel eble plej baldaŭ.]
    good: [Ni respondos morgaŭ.]
"""


def _message(lang: str) -> str:
    return "\n\n".join(f"# {name}\n\n{text}" for name, text in zip(("Acknowledge", "Resolve", "Next step"), TEXTS[lang], strict=True)) + "\n"


def _write_the_scenario(root: Path) -> None:
    folder, found = root / "templates" / FAMILY / SCENARIO, yaml.safe_load((root / "templates/_languages.yml").read_text(encoding="utf-8"))
    table = root / "templates/_scenarios.yml"
    for key, texts in WORDS.items():
        _edit(table, f'{key}: {{en: "", zh: ""}}', f"{key}: {{en: {texts['en']}, zh: {texts['zh']}}}")
    said = yaml.safe_load((folder / "buyers-say.yml").read_text(encoding="utf-8"))
    assert list(said) == found["buyers"], "a line for every language that buyers write"
    lines = {lang: [f"the invented {number} ({lang})" for number in ("first", "second", "third")] for lang in said}
    (folder / "buyers-say.yml").write_text(yaml.safe_dump(lines), encoding="utf-8")
    for lang in HANDBOOK_LANGUAGES:
        (folder / f"{lang}.md").write_text(_message(lang), encoding="utf-8")
        page = root / f"docs/{lang}/scenarios/{FAMILY}/{SCENARIO}.md"
        head, *sections = page.read_text(encoding="utf-8").split("\n\n## ")
        assert len(sections) == 6
        body = "".join(f"\n\n## {section.strip()}\n\n{WORDS['when'][lang]}" for section in sections)
        page.write_text(head.replace("# ", f"# {WORDS['title'][lang]}", 1) + body + "\n", encoding="utf-8")


def _write_the_language(root: Path) -> None:
    shared, variables = root / "templates/_shared/xx.md", root / "templates/_variables.yml"
    text = shared.read_text(encoding="utf-8")
    for words in ("Saluton", "Saluton,", "Amike"):
        text = text.replace("…", words, 1)
    shared.write_text(text, encoding="utf-8")
    (root / "templates/_tone/xx.yml").write_text(XX_RULE, encoding="utf-8")
    read = yaml.safe_load(variables.read_text(encoding="utf-8"))
    for variable in read.values():
        if isinstance(variable["example"], dict):
            variable["example"]["xx"] = variable["example"]["en"]
    variables.write_text(yaml.safe_dump(read, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (root / "templates" / FAMILY / SCENARIO / "xx.md").write_text(_message("xx"), encoding="utf-8")


@pytest.mark.build
def test_a_scenario_and_a_language_with_invented_names_go_through_catalogue_check_and_build(
    copy_of_repository: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_of_repository()
    shutil.rmtree(root / "templates/_finder")  # the finder's index is learned anew here; the lines of buyers-say.yml will do
    for name in ("macros", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    monkeypatch.chdir(root)
    assert _run("new", SCENARIO, "--family", FAMILY, "--fulfilment", "same").exit_code == 0
    _write_the_scenario(root)
    for lang, config in CONFIGS.items():
        nav = _run("nav", lang).stdout
        file = root / config
        file.write_text(file.read_text(encoding="utf-8").partition("nav:\n")[0] + nav, encoding="utf-8")
    assert _run("translated", SCENARIO, "zh").exit_code == 0
    assert _run("new-language", "xx", "--locale", "fr-FR", "--name", "Inventa", "--english", "Inventish", "--chinese", "虚构语").exit_code == 0
    prepared = load(root)
    assert prepared.languages_of(SCENARIO) == HANDBOOK_LANGUAGES
    assert page_problems(prepared) == []
    _write_the_language(root)
    assert _run("translated", SCENARIO, "xx").exit_code == 0
    result = _run("check")
    found = load(root)
    written = sum(2 * len(combinations(found.scenarios[name])) for name, _ in found.messages)
    assert result.stdout.splitlines()[-1] == f"{written} messages checked: 0 errors, 0 warnings.", result.stdout
    assert matrix(found)[SCENARIO] == {"en": "source", "de": "missing", "zh": "current", "xx": "current"}
    done = run("mkdocs", "build", "--strict", "--config-file", "mkdocs.zh.yml", "--site-dir", str(root / "built"), cwd=root)
    assert done.returncode == 0, done.stderr + done.stdout
    html = (root / "built/scenarios" / FAMILY / SCENARIO / "index.html").read_text(encoding="utf-8")
    assert WORDS["title"]["zh"] in html
    assert "Inventa" in html
    assert "Mi nun serĉas la pakon." in html
    status = (root / "built/status/index.html").read_text(encoding="utf-8")
    assert "虚构语" in status
    assert WORDS["title"]["zh"] in status
