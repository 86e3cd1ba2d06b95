"""templates/ is read whole, frozen, and refused with every problem at once: see tests/broken/ for one folder a problem."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from pydantic import ValidationError

from macros.__main__ import main
from macros.catalog import Catalog, CatalogError, combinations, load, scope
from macros.finder.lines import lines
from macros.practice import cases
from macros.source import LIMIT_KIB
from tests.conftest import record_all

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
BROKEN = ROOT / "tests" / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir() and folder.name != "_base")
MAP = yaml.safe_load((TEMPLATES / "_scenarios.yml").read_text(encoding="utf-8"))
ENTRIES = {entry["id"]: (family["id"], entry) for family in MAP["families"] for entry in family["scenarios"]}


def _late(root: Path) -> Path:
    return root / "templates/delivery/late/en.md"


def _rewrite(file: Path, change: Callable[[bytes], bytes]) -> None:
    file.write_bytes(change(file.read_bytes()))


def _link_outside(root: Path) -> None:
    outside = root.parent / f"{root.name}-outside.md"
    _late(root).rename(outside)
    _late(root).symlink_to(outside)


def _link_to_itself(root: Path) -> None:
    _late(root).unlink()
    _late(root).symlink_to(_late(root).name)


# What git or an editor would spoil, or what no file can show, is made here; the other cases are files in their folder.
MADE: dict[str, Callable[[Path], None]] = {
    "a-file-begins-with-a-byte-order-mark": lambda root: _rewrite(_late(root), lambda raw: b"\xef\xbb\xbf" + raw),
    "a-file-has-windows-line-ends": lambda root: _rewrite(_late(root), lambda raw: raw.replace(b"now.\n", b"now.\r\n")),
    "a-file-is-in-latin-1": lambda root: _rewrite(_late(root), lambda raw: raw.replace(b"parcel", b"parc\xe9l")),
    "a-file-has-a-tab": lambda root: _rewrite(_late(root), lambda raw: raw.replace(b"parcel now", b"parcel\tnow")),
    "a-line-ends-in-spaces": lambda root: _rewrite(_late(root), lambda raw: raw.replace(b"now.\n", b"now. \n")),
    "a-file-has-an-invisible-line-end": lambda root: _rewrite(_late(root), lambda raw: raw.replace(b" now.", "\u2028now.".encode())),
    "a-file-is-over-256-kib": lambda root: _rewrite(_late(root), lambda raw: raw + b"x" * (LIMIT_KIB * 1024 - len(raw) + 1)),
    "a-file-is-empty": lambda root: _rewrite(_late(root), lambda raw: b"\n"),
    "a-file-is-missing": lambda root: _late(root).unlink(),
    "a-file-is-a-link-out-of-the-tree": _link_outside,
    "a-file-is-a-link-to-itself": _link_to_itself,
    "yaml-is-nested-too-deep": lambda root: _rewrite(root / "templates/_facts.yml", lambda raw: raw + b"more: " + b"[" * 500 + b"]" * 500),
    "buyers-say-is-missing": lambda root: (root / "templates/delivery/late/buyers-say.yml").unlink(),
    "a-page-is-missing": lambda root: (root / "docs/zh/scenarios/delivery/late.md").unlink(),
    "a-page-is-in-latin-1": lambda root: _rewrite(root / "docs/en/scenarios/delivery/late.md", lambda raw: raw.replace(b"A line", b"Une id\xe9e")),
    "the-navigation-is-not-that-of-the-map": lambda root: _rewrite(root / "mkdocs.zh.yml", lambda raw: raw.replace(b"late.md", b"lost.md")),
}


def _check(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """Exit code and the lines of `handbook check`, without the last, which counts."""
    monkeypatch.chdir(root)
    result = CliRunner().invoke(main, ["check"])
    assert result.exception is None or isinstance(result.exception, SystemExit), f"check stopped with a traceback: {result.exception!r}"
    *lines, counted = result.stdout.splitlines()
    assert "messages checked" in counted
    return result.exit_code, lines


def _broken(small_handbook: Path, case: str) -> Path:
    shutil.copytree(BROKEN / case, small_handbook, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    if case in MADE:
        MADE[case](small_handbook)
    return small_handbook


# The files -----------------------------------------------------------------------------------------------------------


def test_the_files_on_disk_are_the_files_loaded(catalog: Catalog) -> None:
    on_disk = {path.relative_to(ROOT).as_posix() for path in TEMPLATES.rglob("*") if not path.is_dir()}
    learned = {line.path for said in lines(catalog).values() for line in said if line.path}
    loaded = {*catalog.loaded, *learned, *(filed.path for filed in cases(catalog))}
    assert on_disk == loaded, f"Never read: {sorted(on_disk - loaded)}. Read, but not there: {sorted(loaded - on_disk)}."
    assert len(catalog.loaded) == len(set(catalog.loaded)), "A file was read twice."


# The broken ones -----------------------------------------------------------------------------------------------------


def test_the_handbook_that_the_broken_ones_differ_from_is_whole(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _check(small_handbook, monkeypatch) == (0, []), "Mend tests/broken/_base first: every case differs from it in one thing."


@pytest.mark.parametrize("case", CASES)
def test_a_broken_source_is_refused_with_exactly_the_expected_sentences(case: str, small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    code, lines = _check(_broken(small_handbook, case), monkeypatch)
    assert lines == expected, f"tests/broken/{case}/expected.txt says what a contributor should read."
    assert code == 1


@pytest.mark.parametrize("case", CASES)
def test_a_broken_case_differs_from_the_base_and_says_what_is_wrong(case: str) -> None:
    files = [path for path in (BROKEN / case).rglob("*") if path.is_file() and path.name != "expected.txt"]
    assert bool(files) != (case in MADE), f"{case}: either files in its folder or an entry in MADE."
    for file in files:
        base = BROKEN / "_base" / file.relative_to(BROKEN / case)
        assert not base.exists() or base.read_bytes() != file.read_bytes(), f"{file} is the same as in _base: remove it."
    for line in (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines():
        where, _, sentence = line.partition(": ")
        assert re.fullmatch(r"[^:]+:[1-9][0-9]*", where), f"{line!r} does not begin with path:line."
        assert re.search(r"[.?:)] [A-Z].*\.$", sentence), f"{sentence!r} does not say how to mend it."


def test_every_made_case_has_a_folder_with_its_sentence() -> None:
    assert set(MADE) <= set(CASES)


def test_problems_of_many_files_come_in_the_order_of_files_and_lines(small_handbook: Path) -> None:
    with pytest.raises(CatalogError) as stopped:
        load(_broken(small_handbook, "several-files-are-wrong-at-once"))
    places = [(problem.path, problem.line) for problem in stopped.value.problems]
    assert places == sorted(places)
    assert len({path for path, _ in places}) > 5
    assert str(stopped.value).splitlines() == [str(problem) for problem in stopped.value.problems]


def test_a_file_of_exactly_256_kib_is_read(small_handbook: Path) -> None:
    file = small_handbook / "templates/_facts.yml"
    _rewrite(file, lambda raw: raw + b"#" * (LIMIT_KIB * 1024 - len(raw)))
    assert file.stat().st_size == LIMIT_KIB * 1024
    assert list(load(small_handbook).facts) == ["reply-clock"]


def test_a_link_that_stays_in_the_tree_is_read(small_handbook: Path) -> None:
    file = small_handbook / "templates/delivery/late/buyers-say.yml"
    (small_handbook / "templates/returns/send-back/buyers-say.yml").unlink()
    (small_handbook / "templates/returns/send-back/buyers-say.yml").symlink_to(file)
    assert load(small_handbook).buyers_say["send-back"]["en"] == ("where is it", "it is late", "still nothing")


def test_a_waiver_is_loaded_with_its_line(small_handbook: Path) -> None:
    _rewrite(_late(small_handbook), lambda raw: b"---\n# why it may\nwaive:\n  - rule: no-blame\n    reason: A test.\n---\n" + raw)
    message = load(small_handbook).messages["late", "en"]
    assert [(waiver.rule, waiver.reason, waiver.line) for waiver in message.waivers] == [("no-blame", "A test.", 4)]
    assert message.sections[0].heading_line == 7, "The front matter's lines count."


@pytest.mark.parametrize(("written", "read"), [("yes", True), ("True", True), ("on", True), ("no", False), ("false", False), ("Off", False)])
def test_a_switch_may_be_written_in_any_way_of_yaml(written: str, read: bool, small_handbook: Path) -> None:
    _rewrite(small_handbook / "templates/_tone/en.yml", lambda raw: raw.replace(b"    phrases:", f"    raw: {written}\n    phrases:".encode(), 1))
    assert load(small_handbook).rules["en"][0].raw is read


def _add_french(root: Path) -> None:
    """A third language, with one of the two scenarios."""
    templates = root / "templates"
    table, variables = templates / "_languages.yml", templates / "_variables.yml"
    entry = "  fr:\n    name: Français\n    label: {en: French, zh: 法语}\n    locale: fr-FR\n    home: [amazon.com]\n"
    table.write_text(table.read_text(encoding="utf-8") + entry, encoding="utf-8")
    variables.write_text(re.sub(r"example: \{en: ([^,]+),", r"example: {fr: \1, en: \1,", variables.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(templates / "_tone/en.yml", templates / "_tone/fr.yml")
    for name in ("_shared", "delivery/late"):
        shutil.copy(templates / name / "en.md", templates / name / "fr.md")
    record_all(root)


def test_a_scenario_may_wait_for_a_language_that_is_not_the_handbooks(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _add_french(small_handbook)
    found = load(small_handbook)
    assert {name: found.languages_of(name) for name in found.scenarios} == {"late": ("en", "zh", "fr"), "send-back": ("en", "zh")}
    assert _check(small_handbook, monkeypatch) == (0, [])


# What is loaded ------------------------------------------------------------------------------------------------------

FROZEN: dict[str, Callable[[Catalog], Any]] = {
    "catalog.root": lambda found: found,
    "store.currency": lambda found: next(iter(found.stores.values())),
    "language.name": lambda found: next(iter(found.languages.values())),
    "variable.kind": lambda found: next(iter(found.variables.values())),
    "family.id": lambda found: found.families[0],
    "scenario.id": lambda found: found.families[0].scenarios[0],
    "choice.title": lambda found: next(choice for scenario in found.scenarios.values() for choice in scenario.choices.values()),
    "fact.source": lambda found: next(iter(found.facts.values())),
    "bilingual.en": lambda found: next(iter(found.interface.values())),
    "idea.group": lambda found: next(iter(found.ideas.values())),
    "rule.level": lambda found: found.rules["all"][0],
    "example.text": lambda found: found.rules["all"][0].bad[0],
    "message.lang": lambda found: next(iter(found.messages.values())),
    "section.text": lambda found: found.shared["en"].sections[0],
}


@pytest.mark.parametrize("name", FROZEN)
def test_what_is_loaded_cannot_be_changed(name: str, catalog: Catalog) -> None:
    record, attribute = FROZEN[name](catalog), name.rpartition(".")[2]
    with pytest.raises((FrozenInstanceError, ValidationError)):
        setattr(record, attribute, getattr(record, attribute))


def _combinations_of(entry: dict[str, Any]) -> list[tuple[str, ...]]:
    """The same as catalog.combinations, straight from the YAML."""
    found: list[tuple[str, ...]] = [(pick,) for pick in entry.get("fulfilment", [])] or [()]
    for choice in entry.get("choices", {}).values():
        found = [(*picks, value) for picks in found for value in choice["values"]]
    return found


def test_the_scenarios_are_those_of_the_map_in_its_order(catalog: Catalog) -> None:
    assert [(catalog.family_of(name).id, name) for name in catalog.scenarios] == [(family, name) for name, (family, _) in ENTRIES.items()]


@pytest.mark.parametrize("scenario", ENTRIES)
def test_a_scenario_has_the_combinations_of_its_map_entry(scenario: str, catalog: Catalog) -> None:
    assert list(combinations(catalog.scenarios[scenario])) == _combinations_of(ENTRIES[scenario][1])


@pytest.mark.parametrize(
    ("scenario", "picks", "expected"),
    [("late", ("fbm",), {"fbm"}), ("send-back", ("ready",), {"ready", "fbm", "fba"})],
    ids=["own fulfilment", "holds for both"],
)
def test_rules_are_narrowed_by_both_fulfilments_where_the_words_must_hold_for_both(
    scenario: str, picks: tuple[str, ...], expected: set[str], small_handbook: Path
) -> None:
    assert scope(load(small_handbook).scenarios[scenario], picks) == expected


def _names_in_file(file: Path, picks: tuple[str, ...]) -> set[str]:
    """The placeholders of the sections that apply, read line by line and not by macros/message.py."""
    names: set[str] = set()
    applies = False
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            values = line.partition("(")[2].rstrip(")")
            applies = all(value.strip() in picks for value in values.split(",")) if values else True
        elif applies:
            names.update(re.findall(r"\{\{\s*(\w+)\s*\}\}", line))
    return names


MESSAGES = sorted(
    (name, lang)
    for name, (family, _) in ENTRIES.items()
    for lang in ("en", *(path.stem for path in (TEMPLATES / family / name).glob("*.md") if path.stem != "en"))
)


@pytest.mark.parametrize(("scenario", "lang"), [pair for pair in MESSAGES if pair[1] != "en"], ids="-".join)
def test_languages_use_the_same_variables(scenario: str, lang: str) -> None:
    family, entry = ENTRIES[scenario]
    for picks in _combinations_of(entry):
        english, other = (_names_in_file(TEMPLATES / family / scenario / f"{each}.md", picks) for each in ("en", lang))
        assert english, f"{scenario} {picks}: no placeholder found in English; this test reads the files wrongly."
        assert other == english, f"{scenario}/{lang}.md {picks}: only one of en and {lang} uses {sorted(other ^ english)}."


def test_the_messages_loaded_are_those_on_disk(catalog: Catalog) -> None:
    assert sorted(catalog.messages) == MESSAGES
    for scenario in catalog.scenarios:
        assert catalog.languages_of(scenario) == tuple(lang for lang in catalog.languages if (scenario, lang) in MESSAGES)


@pytest.mark.parametrize("scenario", ENTRIES)
def test_every_combination_has_exactly_one_variant_of_each_section(scenario: str, catalog: Catalog) -> None:
    picks_of = _combinations_of(ENTRIES[scenario][1])
    for lang, picks, name in product(catalog.languages_of(scenario), picks_of, ("acknowledge", "resolve", "next_step")):
        fitting = [section for section in catalog.messages[scenario, lang].sections if section.name == name and section.when.issubset(picks)]
        assert len(fitting) == 1, f"{scenario}/{lang}.md: {len(fitting)} sections '{name}' for {picks or 'the message'}."


def test_a_missing_word_of_the_interface_is_named() -> None:
    """Pages ask for words by name; a missing one is a sentence, not a traceback."""
    from macros.catalog import Words

    with pytest.raises(CatalogError, match=r"templates/_interface.yml:1: 'page_why' is missing. Add it in English and Chinese."):
        Words()["page_why"]
