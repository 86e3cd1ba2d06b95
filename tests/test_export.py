"""The exports: one record per message and combination, true to its schema, read back byte for byte, and never a formula."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from macros import source
from macros.__main__ import main
from macros.catalog import HANDBOOK_LANGUAGES, Catalog, combinations, load
from macros.check import examples
from macros.export import FILES, FOLDER, ExportError, contents
from macros.export.cells import guard, unguard
from macros.export.files import write
from macros.export.page import export_file
from macros.export.records import Export, ExportedVariable, Record, export
from macros.export.table import MESSAGES, VARIABLES
from macros.memo import Memo
from macros.message import assemble
from macros.offline import listed
from macros.page import Desk
from tests.conftest import ROOT

NAMES = [name for names in FILES.values() for name in names]
LATE = "templates/delivery/late/en.md"


def files_of(made: Export) -> dict[str, bytes]:
    return {name: data for form in FILES for name, data in contents(made, form).items()}


@pytest.fixture(scope="session")
def files(catalog: Catalog) -> dict[str, bytes]:
    """The real export."""
    return files_of(export(catalog, memo=Memo(ROOT)))


@pytest.fixture(scope="session")
def data(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The real JSON, as any program reads it."""
    return json.loads(files["messages.json"])


def csv_rows(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    head = next(rows)
    return [dict(zip(head, map(unguard, row), strict=True)) for row in rows]


def sheet_rows(raw: bytes, name: str) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(raw))[name]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.value is None or (isinstance(cell.value, str) and cell.data_type == "s"), f"{name} {cell.coordinate}: {cell.data_type}"
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, (value or "" for value in row), strict=True)) for row in rows]


def flat(record: Mapping[str, Any], contract: str) -> dict[str, str]:
    """A record of the JSON as the documented row, written down apart from the exporter."""
    choice = record["choice"]
    row = {"contract": contract, "choice": choice["name"] if choice else "", "choice_value": choice["value"] if choice else ""}
    for name in ("id", "version", "family", "scenario", "language", "kind", "text", "text_without_name"):
        row[name] = record[name]
    row["fulfilment"] = record["fulfilment"] or ""
    for lang in HANDBOOK_LANGUAGES:
        row |= {f"{name}_{lang}": record[name][lang] for name in ("title", "when")}
        row[f"search_words_{lang}"] = ", ".join(record["search_words"][lang])
        row |= {f"choice_{name}_{lang}": choice[name][lang] if choice else "" for name in ("title", "label")}
    row["buyers_say"] = "\n".join(record["buyers_say"])
    row["rules_passed"] = " ".join(record["rules_passed"])
    for name in ("variables", "rules_waived", "warnings"):
        row[name] = json.dumps(record[name], ensure_ascii=False) if record[name] else ""
    return row


# The records ---------------------------------------------------------------------------------------------------------


def test_there_is_one_record_per_message_and_combination_in_the_order_of_the_map(catalog: Catalog, data: Mapping[str, Any]) -> None:
    wanted = [
        ".".join((scenario.id, *picks, lang))
        for lang in catalog.languages
        for scenario in catalog.scenarios.values()
        if (scenario.id, lang) in catalog.messages
        for picks in combinations(scenario)
    ]
    assert [record["id"] for record in data["messages"]] == wanted
    assert len(set(wanted)) == len(wanted) > 200


def test_a_text_filled_as_the_page_explains_is_the_message_that_the_check_has_read(catalog: Catalog, data: Mapping[str, Any]) -> None:
    shown = {lang: examples(catalog, lang) for lang in catalog.languages}
    for record in data["messages"]:
        lang, values = record["language"], {one["name"]: one["example_shown"] for one in record["variables"]}
        picks = [record["fulfilment"], record["choice"] and record["choice"]["value"]]
        for field, greeting in (("text", "named"), ("text_without_name", "nameless")):
            filled = re.sub(r"\{\{ (\w+) \}\}", lambda blank, values=values: values[blank[1]], record[field])
            message, shared = catalog.messages[record["scenario"], lang], catalog.shared[lang]
            assert filled == assemble(message, shared, [pick for pick in picks if pick], greeting, shown[lang]).text, record["id"]
        assert list(values) == list(dict.fromkeys(re.findall(r"\{\{ (\w+) \}\}", record["text"])))
        assert "{{ buyer_name }}" not in record["text_without_name"]


def test_a_record_names_the_rules_that_looked_and_found_nothing(catalog: Catalog, data: Mapping[str, Any]) -> None:
    records = {record["id"]: record for record in data["messages"]}
    for record in records.values():
        known = {rule.id for rule in (*catalog.rules["all"], *catalog.rules[record["language"]])}
        assert set(record["rules_passed"]) <= known
        assert len(record["rules_passed"]) > 20
    narrowed = {rule.id for rule in catalog.rules["en"] if rule.choices == ("fba",)} - {rule.id for rule in catalog.rules["all"]}
    fbm, fba = (set(records[f"order-status.{way}.on_the_way.en"]["rules_passed"]) for way in ("fbm", "fba"))
    assert narrowed & fba
    assert not narrowed & fbm


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _record(made: Export, name: str) -> Record:
    return next(record for record in made.messages if record.id == name)


def test_a_warning_is_told_a_waiver_too_and_an_error_refuses(small_handbook: Path) -> None:
    file = small_handbook / LATE
    _edit(file, "Thank you for writing about", "Your message is about")
    made = export(load(small_handbook))
    warned = _record(made, "late.fbm.en")
    assert [(one.rule, one.say.en) for one in warned.warnings] == [("thanks", "Thank the buyer first.")]
    assert "thanks" not in warned.rules_passed
    assert not _record(made, "late.fbm.zh").warnings

    file.write_text(f'---\nwaive:\n  - rule: thanks\n    reason: "=so it is"\n---\n{file.read_text(encoding="utf-8")}', encoding="utf-8")
    waived = _record(export(load(small_handbook)), "late.fbm.en")
    assert [(one.rule, one.reason) for one in waived.rules_waived] == [("thanks", "=so it is")]
    assert not waived.warnings
    assert "thanks" not in waived.rules_passed

    _edit(file, "I am tracing", "You should have waited. I am tracing")
    with pytest.raises(ExportError) as refused:
        export(load(small_handbook))
    assert refused.value.problems == (f"{LATE}:12: [no-blame] Say what you will do next. `handbook check` says more.",)


def test_versions_change_exactly_with_the_words(small_handbook: Path) -> None:
    before = export(load(small_handbook))
    _edit(small_handbook / LATE, "I am tracing", "I am now tracing")
    after = export(load(small_handbook))
    changed = [new.id for old, new in zip(before.messages, after.messages, strict=True) if old.version != new.version]
    assert changed == [new.id for old, new in zip(before.messages, after.messages, strict=True) if old.text != new.text]
    assert 0 < len(changed) < len(after.messages)
    assert before.version.content != after.version.content
    assert export(load(small_handbook), commit="0123456789abcdef").version.content == after.version.content


# The schema ----------------------------------------------------------------------------------------------------------


def _validator(files: Mapping[str, bytes]) -> jsonschema.Draft202012Validator:
    schema = json.loads(files["messages.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_json_keeps_its_schema(files: Mapping[str, bytes], data: Mapping[str, Any]) -> None:
    validator = _validator(files)
    assert validator.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert validator.schema["$id"] == data["$schema"] == "messages.schema.json"
    assert not list(validator.iter_errors(data))
    validator.validate({**data, "version": {**data["version"], "commit": "0123456789abcdef"}})


def test_the_json_gives_back_the_records_that_it_was_made_from(catalog: Catalog, files: Mapping[str, bytes]) -> None:
    assert Export.model_validate_json(files["messages.json"]) == export(catalog, memo=Memo(ROOT))


SPOILT: dict[str, Callable[[dict[str, Any]], object]] = {
    "an unknown key": lambda data: data.update(more=1),
    "an unknown key in a record": lambda data: data["messages"][0].update(more=1),
    "an unknown key in a variable": lambda data: data["messages"][0]["variables"][0].update(more=1),
    "a key is missing": lambda data: data["messages"][0].pop("choice"),
    "a text is a number": lambda data: data["messages"][0].update(text=1),
    "a text is empty": lambda data: data["messages"][0].update(text=""),
    "another contract": lambda data: data["version"].update(contract="2.0"),
    "no commit": lambda data: data["version"].update(commit=None),
    "a pattern in place of an id": lambda data: data["messages"][0].update(id="Late en"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_schema_is_closed(files: Mapping[str, bytes], data: Mapping[str, Any], spoil: Callable[[dict[str, Any]], object]) -> None:
    spoilt = json.loads(json.dumps({**data, "messages": data["messages"][:1]}))
    validator = _validator(files)
    assert validator.is_valid(spoilt)
    spoil(spoilt)
    assert not validator.is_valid(spoilt)


def test_every_object_of_the_schema_is_closed(files: Mapping[str, bytes]) -> None:
    schema = json.loads(files["messages.schema.json"])
    objects = [one for one in (schema, *schema["$defs"].values()) if one.get("type") == "object"]
    assert len(objects) > 8
    assert all(one["additionalProperties"] is False for one in objects)


# The tables ----------------------------------------------------------------------------------------------------------


def test_the_csv_read_back_is_the_json_byte_for_byte(files: Mapping[str, bytes], data: Mapping[str, Any]) -> None:
    assert csv_rows(files["messages.csv"]) == [flat(record, data["version"]["contract"]) for record in data["messages"]]
    assert re.search(rb"[^\r]\n", files["messages.csv"])  # within a message
    assert files["messages.csv"].count(b"\r\n") == len(data["messages"]) + 1
    assert files["messages.csv"].count(b"\r") == len(data["messages"]) + 1


def test_the_workbook_read_back_is_the_json_byte_for_byte(files: Mapping[str, bytes], data: Mapping[str, Any]) -> None:
    names = [" ".join(one["name"] for one in record["variables"]) for record in data["messages"]]
    wanted = [flat(record, data["version"]["contract"]) | {"variables": name} for record, name in zip(data["messages"], names, strict=True)]
    assert sheet_rows(files["messages.xlsx"], "messages") == wanted
    used = {(record["language"], one["name"]): one for record in data["messages"] for one in record["variables"]}
    rows = [
        {"language": lang, "name": name}
        | {f"{key}_{side}": (one[key] or {side: ""})[side] for key in ("label", "hint") for side in HANDBOOK_LANGUAGES}
        | {key: str(one[key] or "") for key in ("kind", "pattern", "max_characters", "max_lines", "example", "example_shown")}
        for (lang, name), one in used.items()
    ]
    assert sheet_rows(files["messages.xlsx"], "variables") == rows


def test_the_workbook_is_ready_to_read(files: Mapping[str, bytes], data: Mapping[str, Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["messages.xlsx"]))
    assert book.sheetnames == ["messages", "variables"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A2"].alignment.wrap_text
    assert {one.name: one.value for one in book.custom_doc_props.props} == data["version"]


def test_nothing_of_the_day_is_in_the_workbook(files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["messages.xlsx"])) as book:
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = book.read("docProps/core.xml").decode()
    assert set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+", core)) == {"1980-01-01T00:00:00"}


def test_two_runs_give_the_same_bytes(small_handbook: Path, tmp_path: Path) -> None:
    """In processes of their own: what hangs on the order of sets or on the time zone would differ."""
    for number, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        done = subprocess.run(
            [sys.executable, "-m", "macros", "export", *FILES, "--to", str(tmp_path / number)],
            cwd=small_handbook, env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": number, "TZ": zone}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    for name in NAMES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


# Formulas ------------------------------------------------------------------------------------------------------------

SIGNS = "=+-@＝＋－＠"


def _harmless(cell: str) -> bool:
    """Whether nothing in it begins as a formula does, wherever a program may let a cell begin; written apart from the guard."""
    if cell[:1] in ("\t", "\r", "\n"):
        return False
    pieces = re.split(r"[\n\r;\t]", cell)
    return not any(re.sub(r'^[\s"\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+', "", piece)[:1] in tuple(SIGNS) for piece in pieces)


@given(st.text(st.one_of(st.sampled_from(f"{SIGNS}'\"\t\r\n;, \u3000\u200b\ufeff1a中😀"), st.characters(exclude_categories=["Cs"]))))
def test_a_guarded_cell_is_harmless_and_gives_the_very_text_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert _harmless(guard(text))


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_is_marked_wherever_a_cell_may_begin(sign: str) -> None:
    assert [guard(f"{before}{sign}1") for before in ("", " ", "a\n", "a;", "a\t", "a")] == [
        f"'{sign}1", f"' {sign}1", f"a\n'{sign}1", f"a;'{sign}1", f"a\t'{sign}1", f"a{sign}1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  \u3000＝1+1", "'  \u3000＝1+1"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("one\n- two", "one\n'- two"),
        ("one;=HYPERLINK(1)", "one;'=HYPERLINK(1)"),
        ('one;"=1', "one;'\"=1"),
        ("2 + 2 = 4; it's well-known", "2 + 2 = 4; it's well-known"),
        ("Hello {{ buyer_name }},\n\n1. first", "Hello {{ buyer_name }},\n\n1. first"),
        ("", ""),
    ],
)
def test_only_what_could_be_a_formula_is_marked(text: str, cell: str) -> None:
    assert guard(text) == cell


NASTY = {
    "title": "=1+1",
    "when": '+"quoted", and; -more',
    "label": "@SUM(A1)",
    "line": "- so, \"said\"; =2\n'quoted' 😀 𠮷 <r>&amp;",
}


def _nasty(root: Path) -> None:
    """A catalogue whose every text tries to be more than a text."""
    entries = yaml.safe_load((root / "templates/_scenarios.yml").read_text(encoding="utf-8"))
    for family in entries["families"]:
        for scenario in family["scenarios"]:
            scenario |= {"title": dict.fromkeys(HANDBOOK_LANGUAGES, NASTY["title"]), "when": dict.fromkeys(HANDBOOK_LANGUAGES, NASTY["when"])}
            scenario["also"] = {"en": "=a, -b", "zh": "＝甲, ＋乙"}
            for choice in scenario.get("choices", {}).values():
                choice["title"] = dict.fromkeys(HANDBOOK_LANGUAGES, NASTY["label"])
    (root / "templates/_scenarios.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    _edit(root / LATE, "# Next step\n\n", f"# Next step\n\n{NASTY['line']}\n")
    shared = root / "templates/_shared/en.md"
    _edit(shared, "# Greeting (named)\n\n", "# Greeting (named)\n\n=")


def test_nasty_words_come_back_as_they_were_and_act_nowhere(small_handbook: Path) -> None:
    _nasty(small_handbook)
    made = export(load(small_handbook))
    files = files_of(made)
    data = json.loads(files["messages.json"])
    assert _validator(files).is_valid(data)
    record = next(one for one in data["messages"] if one["id"] == "late.fbm.en")
    assert (record["title"]["en"], record["when"]["zh"], record["search_words"]["zh"]) == (NASTY["title"], NASTY["when"], ["＝甲", "＋乙"])
    assert record["text"].startswith("=")
    assert NASTY["line"] in record["text"]
    wanted = [flat(one, data["version"]["contract"]) for one in data["messages"]]
    assert csv_rows(files["messages.csv"]) == wanted
    cells = [cell for row in csv.reader(io.StringIO(files["messages.csv"].decode("utf-8-sig"), newline="")) for cell in row]
    assert all(map(_harmless, cells))
    assert sum(map(_harmless, (cell for row in wanted for cell in row.values()))) < len(cells) - len(wanted[0])  # the test bites
    rows = sheet_rows(files["messages.xlsx"], "messages")
    assert [row | {"variables": ""} for row in rows] == [row | {"variables": ""} for row in wanted]
    sheet = openpyxl.load_workbook(io.BytesIO(files["messages.xlsx"]))["messages"]
    quoted = {cell.value for row in sheet.iter_rows(min_row=2) for cell in row if cell.quotePrefix}
    assert {NASTY["title"], NASTY["when"], NASTY["label"]} <= quoted
    with zipfile.ZipFile(io.BytesIO(files["messages.xlsx"])) as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name) or b"<f " in book.read(name)]


@pytest.mark.parametrize(("words", "said"), [("x" * 40_000, "too long for a cell"), ("<r><t>x</t></r>", "cannot begin with <r>")])
def test_what_no_cell_can_hold_is_refused_with_its_place(catalog: Catalog, words: str, said: str) -> None:
    made = export(catalog, ["zh"], Memo(ROOT))
    spoilt = made.messages[1].model_copy(update={"text": words})
    with pytest.raises(ExportError, match=said) as error:
        contents(made.model_copy(update={"messages": (made.messages[0], spoilt)}), "xlsx")
    assert str(error.value).startswith(f"messages, {spoilt.id}, text: ")


@pytest.mark.parametrize("loader", [yaml.SafeLoader, source.YAML_LOADER])
@pytest.mark.parametrize("escape", [r"\ud800", r"\r", r"\t", r"\0", r"\ufeff"])
def test_what_no_file_can_hold_is_refused_at_loading(escape: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "YAML_LOADER", loader)
    for text in (f'a: "x{escape}y"', f'"x{escape}y": a'):
        problems: list[source.Problem] = []
        source.parse_yaml(f"b: c\n{text}", "some.yml", problems)
        assert [(one.path, one.line) for one in problems] == [("some.yml", 2)]


# The command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def handbook(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small handbook, with the command line standing in it and no commit in the environment."""
    monkeypatch.chdir(small_handbook)
    monkeypatch.delenv("HANDBOOK_COMMIT", raising=False)
    return small_handbook


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{arguments} stopped with a traceback: {result.exception!r}"
    return result


def test_the_command_writes_what_is_asked_for_and_says_so(handbook: Path) -> None:
    done = _run("json", "csv", "xlsx", "--to", "out/files")
    assert done.exit_code == 0
    assert sorted(path.name for path in (handbook / "out/files").iterdir()) == sorted(NAMES)
    assert re.search(r"messages\.json: 8 messages, [0-9]+ kB\.", done.output)
    assert _run("csv", "--to", "only").exit_code == 0
    assert [path.name for path in (handbook / "only").iterdir()] == ["messages.csv"]


def test_languages_are_in_the_order_of_the_handbook_however_they_are_asked_for(handbook: Path) -> None:
    for folder, asked in (("all", ()), ("both", ("zh", "en", "zh")), ("one", ("zh",))):
        assert _run("json", "--to", folder, *(word for lang in asked for word in ("--lang", lang))).exit_code == 0
    read = {folder: json.loads((handbook / folder / "messages.json").read_text(encoding="utf-8")) for folder in ("all", "both", "one")}
    assert read["all"] == read["both"]
    assert [one["code"] for one in read["one"]["languages"]] == ["zh"]
    assert read["one"]["messages"] == [record for record in read["all"]["messages"] if record["language"] == "zh"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("json", "--lang", "xx", "--to", "out"), "Unknown language 'xx'. Use one of: en, zh."),
        (("json", "--to", "taken"), "taken is a file, or lies below one. Name a folder with --to."),
        (("json", "--to", "taken/out"), "taken/out is a file, or lies below one. Name a folder with --to."),
        (("csv", "--to", "full"), "full/messages.csv cannot be written: Is a directory. Name another folder with --to."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_written(handbook: Path, arguments: tuple[str, ...], said: str) -> None:
    (handbook / "taken").write_text("mine", encoding="utf-8")
    (handbook / "full/messages.csv").mkdir(parents=True)
    before = sorted(handbook.rglob("*"))
    done = _run(*arguments)
    assert (done.exit_code, done.output.strip()) == (1, said)
    assert sorted(handbook.rglob("*")) == before
    assert (handbook / "taken").read_text(encoding="utf-8") == "mine"


def test_a_language_without_messages_is_named(catalog: Catalog) -> None:
    from dataclasses import replace

    bare = replace(catalog, messages={key: message for key, message in catalog.messages.items() if key[1] != "de"})
    assert [one.code for one in export(bare, memo=Memo(ROOT)).languages] == [lang for lang in catalog.languages if lang != "de"]
    with pytest.raises(ExportError, match="There is no message in 'de' yet"):
        export(bare, ["de"])


def test_the_commit_is_told_only_where_the_environment_gives_it(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for commit in ("", "0123456789abcdef0123456789abcdef01234567"):
        monkeypatch.setenv("HANDBOOK_COMMIT", commit)
        assert _run("json", "--to", "out").exit_code == 0
        told.append(json.loads((handbook / "out/messages.json").read_text(encoding="utf-8"))["version"].get("commit"))
    assert told == [None, "0123456789abcdef0123456789abcdef01234567"]
    monkeypatch.setenv("HANDBOOK_COMMIT", "yesterday's")
    assert _run("json", "--to", "out").output.strip() == "'yesterday's' is not a commit. Give its hash, or nothing."


def test_a_disk_that_fills_up_leaves_the_old_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": b"old", "b": b"old"})
    real = Path.write_bytes

    def full(path: Path, raw: bytes) -> int:
        if path.name.startswith(".b"):
            real(path, raw[:1])
            raise OSError(28, "No space left on device", str(path))
        return real(path, raw)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match="No space left on device"):
        write(tmp_path, {"a": b"new", "b": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}


# The site ------------------------------------------------------------------------------------------------------------


def test_the_build_makes_the_files_before_it_lists_what_works_offline() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nbuild: ")[1].split("\n\n")[0]
    assert f"handbook export {' '.join(FILES)} --to .build/site/{FOLDER}\n" in recipe
    assert recipe.index("handbook export") < recipe.index("handbook offline")


@pytest.mark.build
@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_the_page_links_to_the_files_at_their_fixed_addresses(site: Path, lang: str) -> None:
    page = (site if lang == "en" else site / lang) / "exports/index.html"
    links = re.findall(r'<a href="([^"]+)" download>([^<]+)</a>', page.read_text(encoding="utf-8"))
    assert sorted(name for _, name in links) == sorted(NAMES)
    for address, name in links:
        assert (page.parent / address).resolve() == (site / FOLDER / name).resolve()
        assert (site / FOLDER / name).is_file()


@pytest.mark.build
def test_the_files_do_not_burden_a_first_visit(site: Path) -> None:
    assert f"{FOLDER}/index.html" in listed(site)
    assert not [path for path in listed(site) if path.endswith(tuple(NAMES))]


def test_an_unknown_file_on_a_page_is_named(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match=r"exports\.md: unknown file 'messages\.pdf'"):
        export_file(Desk(catalog, "en", "exports.md"), "messages.pdf")
    assert 'href="../exports/messages.csv"' in export_file(Desk(catalog, "en", "variables.md"), "messages.csv")


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_the_page_explains_every_field(lang: str) -> None:
    page = (ROOT / "docs" / lang / "exports.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_]+)`", page))
    columns = {re.sub(r"^(choice)_.*|_(en|zh)$", r"\1", column) for column in MESSAGES}
    for name in (*Record.model_fields, *columns):
        assert name in told, f"docs/{lang}/exports.md does not explain `{name}`"
    assert set(VARIABLES) >= {name for name in ExportedVariable.model_fields if name not in ("label", "hint")}
