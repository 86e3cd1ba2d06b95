"""The command line does what the handbook promises: every sentence, every format, every exit code, and nothing written by halves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from macros.__main__ import main
from macros.catalog import Catalog, combinations, load
from macros.scaffold import begin
from tests.conftest import record_all

ROOT = Path(__file__).resolve().parent.parent
LATE = "templates/delivery/late/en.md"
FAMILIES = [family["id"] for family in yaml.safe_load((ROOT / "templates/_scenarios.yml").read_text(encoding="utf-8"))["families"]]


@pytest.fixture
def handbook(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small handbook, with the command line standing in it."""
    monkeypatch.chdir(small_handbook)
    return small_handbook


def _run(*arguments: str, typed: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, arguments, input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{arguments} stopped with a traceback: {result.exception!r}"
    return result


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}: tests/broken/_base was changed, change this test with it."
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _blame(root: Path) -> None:
    _edit(root / LATE, "I am tracing", "You should have waited. I am tracing")
    record_all(root)


def _thankless(root: Path) -> None:
    _edit(root / LATE, "Thank you for writing about", "Your message is about")
    record_all(root)


def _odd_names(root: Path) -> None:
    _edit(root / LATE, "# Next step", "# 100%, next")
    (root / "templates" / "a,b:c.txt").write_text("x", encoding="utf-8")


# check ---------------------------------------------------------------------------------------------------------------

MISSPELT = "Unknown heading '# 100%, next'. Use one of: # Acknowledge, # Resolve, # Next step."
STRANGER = "This file belongs to no scenario or language of the map. Add it to the map, or remove it."
# what is done to the handbook: (exit code, rows of `--format json`, lines of `--format github`)
CHECKED: dict[str, tuple[Callable[[Path], object], int, list[dict[str, Any]], list[str]]] = {
    "nothing wrong": (lambda root: None, 0, [], []),
    "a warning": (
        _thankless,
        0,
        [{"path": LATE, "line": 3, "level": "warning", "rule": "thanks", "text": "Thank the buyer first."}],
        [f"::warning file={LATE},line=3::[thanks] Thank the buyer first."],
    ),
    "a warning and an error": (
        lambda root: (_thankless(root), _blame(root)),
        1,
        [
            {"path": LATE, "line": 3, "level": "warning", "rule": "thanks", "text": "Thank the buyer first."},
            {"path": LATE, "line": 7, "level": "error", "rule": "no-blame", "text": "'You should have': Say what you will do next."},
        ],
        [
            f"::warning file={LATE},line=3::[thanks] Thank the buyer first.",
            f"::error file={LATE},line=7::[no-blame] 'You should have': Say what you will do next.",
        ],
    ),
    "templates that do not load": (
        _odd_names,
        1,
        [
            {"path": "templates/a,b:c.txt", "line": 1, "level": "error", "rule": None, "text": STRANGER},
            {"path": LATE, "line": 13, "level": "error", "rule": None, "text": MISSPELT},
        ],
        [
            f"::error file=templates/a%2Cb%3Ac.txt,line=1::{STRANGER}",
            f"::error file={LATE},line=13::{MISSPELT.replace('%', '%25')}",
        ],
    ),
}


@pytest.mark.parametrize(("change", "code", "rows", "annotations"), CHECKED.values(), ids=CHECKED)
def test_check_says_the_same_in_every_format(
    change: Callable[[Path], object], code: int, rows: list[dict[str, Any]], annotations: list[str], handbook: Path
) -> None:
    change(handbook)
    as_json, as_github, as_text = (_run("check", "--format", form) for form in ("json", "github", "text"))
    assert json.loads(as_json.stdout) == rows
    assert as_github.stdout.splitlines() == annotations
    levels = {"error": "", "warning": "warning: "}
    lines = [f"{row['path']}:{row['line']}: {levels[row['level']]}{'[' + row['rule'] + '] ' if row['rule'] else ''}{row['text']}" for row in rows]
    assert as_text.stdout.splitlines()[:-1] == lines
    assert {as_json.exit_code, as_github.exit_code, as_text.exit_code} == {code}


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        (lambda root: None, "16 messages checked: 0 errors, 0 warnings."),
        (_thankless, "16 messages checked: 0 errors, 1 warnings."),
        (_blame, "16 messages checked: 1 errors, 0 warnings."),
        (_odd_names, "0 messages checked: 2 errors, 0 warnings."),
    ],
    ids=["whole", "warning", "error", "not loaded"],
)
def test_check_ends_with_what_it_counted(change: Callable[[Path], object], counted: str, handbook: Path) -> None:
    change(handbook)
    assert _run("check").stdout.splitlines()[-1] == counted


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ((), [LATE, "templates/returns/send-back/en.md"]),
        ((LATE,), [LATE]),
        (("templates/delivery",), [LATE]),
        (("templates/returns/", "templates/delivery/late"), [LATE, "templates/returns/send-back/en.md"]),
        (("templates/returns/../delivery",), [LATE]),
        (("docs",), []),
        (("templates/delivery/late/zh.md",), []),
        (("templates/_tone/en.yml",), []),
    ],
    ids=["everything", "a file", "a family", "two folders", "a roundabout way", "the pages", "another language", "the rules"],
)
def test_check_can_be_narrowed_to_paths(paths: tuple[str, ...], found: list[str], handbook: Path) -> None:
    _blame(handbook)
    _edit(handbook / "templates/returns/send-back/en.md", "We then", "You should have known. We then")
    record_all(handbook)
    result = _run("check", "--format", "json", *paths)
    assert [row["path"] for row in json.loads(result.stdout)] == found
    assert result.exit_code == (1 if found else 0)


def test_check_understands_paths_from_within_a_folder(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _blame(handbook)
    monkeypatch.chdir(handbook / "templates/delivery")
    assert [row["path"] for row in json.loads(_run("check", "--format", "json", "late").stdout)] == [LATE]


def test_check_does_not_pass_a_path_that_is_not_there(handbook: Path) -> None:
    result = _run("check", "templates/delivry")
    assert result.exit_code == 2, "A misspelt path finds nothing wrong because it looks at nothing."
    assert "templates/delivry" in result.stderr


def test_check_passes_the_repository_and_counts_every_message() -> None:
    """The one test that starts the command as people do."""
    done = subprocess.run([sys.executable, "-m", "macros", "check"], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
    found = load(ROOT)
    messages = sum(2 * len(combinations(scenario)) * len(found.languages_of(scenario.id)) for scenario in found.scenarios.values())
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith(f"{messages} messages checked: 0 errors")
    assert done.stderr == ""


WAIVER = "---\nwaive:\n  - rule: {rule}\n    reason: A test.\n---\n"
UNNEEDED = "No combination of this message breaks the rule any more. Remove the waiver."
BLAMED = "[no-blame] 'You should have': Say what you will do next."


@pytest.mark.parametrize(
    ("file", "rule", "expected"),
    [
        (LATE, "no-blame", []),
        (LATE, "length", [f"{LATE}:3: [length] {UNNEEDED}", f"{LATE}:12: {BLAMED}"]),
        ("templates/_shared/en.md", "no-blame", [f"templates/_shared/en.md:3: [no-blame] {UNNEEDED}", f"{LATE}:7: {BLAMED}"]),
    ],
    ids=["waived", "another rule waived", "waived in another file"],
)
def test_a_waiver_holds_for_its_rule_in_its_file(file: str, rule: str, expected: list[str], handbook: Path) -> None:
    _blame(handbook)
    (handbook / file).write_text(WAIVER.format(rule=rule) + (handbook / file).read_text(encoding="utf-8"), encoding="utf-8")
    result = _run("check")
    assert result.stdout.splitlines()[:-1] == sorted(expected, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    assert result.exit_code == (1 if expected else 0)


@pytest.mark.parametrize(("old", "line"), [("Hello {{ buyer_name }},", 3), ("Hello,", 7), ("Kind regards,\n", 11)])
def test_words_shared_by_all_messages_are_found_once_in_their_own_file(old: str, line: int, handbook: Path) -> None:
    _edit(handbook / "templates/_shared/en.md", old, f"You should have, {old}")
    assert _run("check").stdout.splitlines()[:-1] == [f"templates/_shared/en.md:{line}: {BLAMED}"]


# check --jsonl -------------------------------------------------------------------------------------------------------


def _rows(*rows: object) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def _replies(handbook: Path, raw: bytes, *options: str) -> Result:
    (handbook / "replies.jsonl").write_bytes(raw)
    return _run("check", "--jsonl", "replies.jsonl", *options)


def _blamed(result: Result) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Each row answered, as its id and the findings of the rule no-blame: what tone.py takes for the thanks of a free text is not asked here."""
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(set(row) == {"id", "findings"} for row in rows)
    return [(row["id"], [finding for finding in row["findings"] if finding["rule"] == "no-blame"]) for row in rows]


def test_finished_replies_come_back_row_for_row_with_offsets_in_code_points(handbook: Path) -> None:
    texts = ["Thank you. 😀👍🏽 You should have asked.", "Thank you. It is on its way.", "感谢您。😀"]
    known = [{"id": 7, "lang": "en"}, {"id": "b", "lang": "en", "note": "not ours"}, {"id": None, "lang": "zh"}]
    raw = _rows(*({**row, "text": text} for row, text in zip(known, texts, strict=True)))
    result = _replies(handbook, raw.replace(b"\n", b"\n\n", 1))
    assert result.exit_code == 0
    assert result.stderr == ""
    say = "Say what you will do next."
    assert _blamed(result) == [
        (7, [{"rule": "no-blame", "level": "error", "start": 15, "end": 30, "match": "You should have", "say": say}]),
        ("b", []),
        (None, []),
    ]
    assert texts[0][15:30] == "You should have"


@pytest.mark.parametrize(("lang", "say"), [("en", "Say what you will do next."), ("zh", "写下一步。")])
def test_advice_on_finished_replies_comes_in_either_handbook_language(lang: str, say: str, handbook: Path) -> None:
    result = _replies(handbook, _rows({"id": 1, "lang": "en", "text": "Thank you. You should have asked."}), "--say-in", lang)
    assert [[finding["say"] for finding in findings] for _, findings in _blamed(result)] == [[say]]


@pytest.mark.parametrize(
    ("narrowed", "known", "found"),
    [
        ("choices: [fba]", {"fulfilment": "fba"}, 1),
        ("choices: [fba]", {"fulfilment": "fbm"}, 0),
        ("choices: [fba]", {}, 0),
        ("scenarios: [late]", {"scenario": "late"}, 1),
        ("scenarios: [late]", {"scenario": "send-back"}, 0),
        ("kinds: [reply]", {"scenario": "send-back"}, 1),
        ("kinds: [proactive]", {"scenario": "send-back"}, 0),
        ("scenarios: [late]", {"scenario": None}, 0),
    ],
)
def test_a_finished_reply_is_held_against_the_rules_for_what_is_known_of_it(
    narrowed: str, known: dict[str, str | None], found: int, handbook: Path
) -> None:
    _edit(handbook / "templates/_tone/en.yml", "phrases: [you should have]", f"{narrowed}\n    phrases: [you should have]")
    result = _replies(handbook, _rows({"id": 1, "lang": "en", "text": "Thank you. You should have asked.", **known}))
    assert [len(findings) for _, findings in _blamed(result)] == [found]


BAD_ROWS = [
    ('{"id": 1, "lang": "en"', "This is not JSON: Expecting ',' delimiter at column 23. Write one object a line."),
    ('["en", "Hello"]', 'The line is not an object. Write {"id": ..., "lang": ..., "text": ...}.'),
    ('{"lang": "en", "text": "Hello"}', "'id' is missing. Add it."),
    ('{"id": 1, "text": "Hello"}', "'lang' is missing or not text. Add it."),
    ('{"id": 1, "lang": "en", "text": 5}', "'text' is missing or not text. Add it."),
    ('{"id": 1, "lang": "xx", "text": "Hello"}', "Unknown lang 'xx'. Use one of: en, zh."),
    ('{"id": 1, "lang": "en", "text": "", "fulfilment": "fbx"}', "Unknown fulfilment 'fbx'. Use one of: fbm, fba."),
    ('{"id": 1, "lang": "en", "text": "", "scenario": "lost"}', "Unknown scenario 'lost'. Use one of: late, send-back."),
    ('{"id": 1, "lang": "en", "text": "", "scenario": ["late"]}', "'scenario' is not text. Mend or remove it."),
    ("[" * 100_000, "This JSON is too deep or too long to read. Write one flat object a line."),
    ('{"id": ' + "1" * 5000 + "}", "This JSON is too deep or too long to read. Write one flat object a line."),
]


@pytest.mark.parametrize(("row", "sentence"), BAD_ROWS, ids=[sentence.partition(".")[0][:40] for _, sentence in BAD_ROWS])
def test_a_bad_row_is_named_and_no_row_is_answered(row: str, sentence: str, handbook: Path) -> None:
    result = _replies(handbook, _rows({"id": 0, "lang": "en", "text": "You should have asked."}) + row.encode())
    assert result.stdout.splitlines() == [f"replies.jsonl:2: {sentence}"]
    assert result.exit_code == 1


def test_all_bad_rows_are_named_at_once(handbook: Path) -> None:
    result = _replies(handbook, "\n\n".join(row for row, _ in BAD_ROWS).encode())
    assert result.stdout.splitlines() == [f"replies.jsonl:{2 * at + 1}: {sentence}" for at, (_, sentence) in enumerate(BAD_ROWS)]
    assert result.exit_code == 1


def test_everything_wrong_with_a_row_is_said(handbook: Path) -> None:
    result = _replies(handbook, _rows({"lang": "xx", "fulfilment": 3}))
    assert result.stdout.splitlines() == [
        "replies.jsonl:1: 'text' is missing or not text. Add it.",
        "replies.jsonl:1: 'id' is missing. Add it.",
        "replies.jsonl:1: Unknown lang 'xx'. Use one of: en, zh.",
        "replies.jsonl:1: 'fulfilment' is not text. Mend or remove it.",
    ]


def test_replies_in_another_encoding_are_refused_at_their_line(handbook: Path) -> None:
    result = _replies(handbook, _rows({"id": 0, "lang": "en", "text": "Thank you."}) + '{"id": 1, "lang": "en", "text": "Zoë"}'.encode("latin-1"))
    assert result.stdout.splitlines() == ["replies.jsonl:2: The file is not UTF-8. Save it in the encoding UTF-8."]
    assert result.exit_code == 1


def test_half_an_emoji_in_a_reply_does_not_stop_the_others(handbook: Path) -> None:
    raw = (
        rb'{"id": "\ud83d", "lang": "en", "text": "Thank you. \ud83d You should have"}' + b"\n" + _rows({"id": 2, "lang": "en", "text": "Thank you."})
    )
    result = _replies(handbook, raw)
    assert [(name, len(findings)) for name, findings in _blamed(result)] == [("\ud83d", 1), (2, 0)]
    assert result.exit_code == 0


def test_replies_are_read_from_standard_input_too(handbook: Path) -> None:
    result = _run("check", "--jsonl", "-", typed=_rows({"id": 1, "lang": "en", "text": "You should have asked."}))
    assert [(name, len(findings)) for name, findings in _blamed(result)] == [(1, 1)]


def test_replies_are_not_checked_by_rules_that_do_not_load(handbook: Path) -> None:
    _odd_names(handbook)
    result = _replies(handbook, _rows({"id": 1, "lang": "en", "text": "Hello"}))
    assert result.stdout.splitlines() == [f"templates/a,b:c.txt:1: {STRANGER}", f"{LATE}:13: {MISSPELT}"]
    assert result.exit_code == 1


# render --------------------------------------------------------------------------------------------------------------

FILLED = ("--set", "order_id=111-2222222-3333333", "--set", "answer_date=2026-12-02", "--set", "agent_name=Emma")
SENT_BACK = ("--set", "order_id=111-2222222-3333333", "--set", "agent_name=Emma", "--set", "refund_amount=1234.5")
HELLO = "Hello,\n\nThank you for writing about order 111-2222222-3333333.\n\n"
SIGNED = "I will write to you by December 2, 2026.\n\nKind regards,\nEmma\n"
RENDERED = {
    "fbm": (("late", "--choose", "fbm", *FILLED), f"{HELLO}I am tracing the parcel now.\n\n{SIGNED}"),
    "fba": (("late", "--choose", "fba", *FILLED), f"{HELLO}Amazon delivers this order and sees where it is.\n\n{SIGNED}"),
    "named": (
        ("late", "--choose", "fba", *FILLED, "--set", "buyer_name=Ada = {{ order_id }}"),
        f"{HELLO.replace('Hello,', 'Hello Ada = {{ order_id }},')}Amazon delivers this order and sees where it is.\n\n{SIGNED}",
    ),
    "steps, and an amount in the language's first store": (
        ("send-back", "--choose", "ready", *SENT_BACK, "--set", r"steps=Print it.\nSend it."),
        "Hello,\n\nThank you for telling us about order 111-2222222-3333333.\n\nThese steps bring it back:\n\n1. Print it.\n2. Send it.\n\n"
        "We then refund $1,234.50.\n\nKind regards,\nEmma\n",
    ),
    "another language and store": (
        ("send-back", "--lang", "zh", "--store", "amazon.co.jp", "--choose", "coming", "--set", "order_id=111-2222222-3333333",
         "--set", "agent_name=李晓", "--set", "refund_amount=3500", "--set", "answer_date=2026-12-02", "--set", "buyer_name=王女士"),
        "王女士，您好：\n\n感谢您告知订单 111-2222222-3333333 的情况。\n\n退货标签会在 2026年12月2日 之前发给您。\n\n"
        "随后我们退款 JP¥3,500。\n\n顺祝安好\n李晓\n",
    ),
    "examples": (
        ("send-back", "--choose", "ready", "--examples", "--set", "agent_name=Max"),
        "Hello Sarah Evans,\n\nThank you for telling us about order 111-2222222-3333333.\n\nThese steps bring it back:\n\n1. Print the label.\n"
        "2. Send the parcel.\n\nWe then refund $34.99.\n\nKind regards,\nMax\n",
    ),
    "examples without a name": (
        ("late", "--choose", "fbm", "--examples", "--greeting", "nameless"),
        f"{HELLO}I am tracing the parcel now.\n\n{SIGNED}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "text"), RENDERED.values(), ids=RENDERED)
def test_render_prints_one_message_and_nothing_else(arguments: tuple[str, ...], text: str, handbook: Path) -> None:
    result = _run("render", *arguments)
    assert (result.stdout, result.stderr, result.exit_code) == (text, "", 0)


WAYS = "Use one of: --choose fbm; --choose fba."
REFUSED = {
    "unknown scenario": (("lost",), ["lost: unknown scenario. Use one of: late, send-back."]),
    "unknown language": (("late", "--lang", "fr", "--choose", "fbm"), ["late is not there in 'fr'. Use one of: en, zh."]),
    "unknown store": (("late", "--store", "amazon.xx", "--choose", "fbm"), ["amazon.xx: unknown store. Use one of: amazon.com, amazon.co.jp."]),
    "no pick": (("late",), [f"late: no pick is no combination of it. {WAYS}"]),
    "wrong pick": (("late", "--choose", "ready"), [f"late: ready is no combination of it. {WAYS}"]),
    "one pick too many": (("late", "--choose", "fbm", "--choose", "fba"), [f"late: fba, fbm is no combination of it. {WAYS}"]),
    "no equals sign": (("late", "--choose", "fbm", "--set", "order_id"), ["--set order_id: there is no '='. Write --set name=value."]),
    "missing": (
        ("late", "--choose", "fbm", *FILLED[:2]),
        ["answer_date: is missing. Add --set answer_date=...", "agent_name: is missing. Add --set agent_name=..."],
    ),
    "blank": (("late", "--choose", "fbm", *FILLED, "--set", "agent_name= "), ["agent_name: is missing. Add --set agent_name=..."]),
    "a name left blank": (
        ("late", "--choose", "fbm", *FILLED, "--set", "buyer_name=", "--greeting", "named"),
        ["buyer_name: is missing. Add --set buyer_name=..."],
    ),
    "not of this message": (
        ("late", "--choose", "fbm", *FILLED, "--set", "refund_amount=5"),
        ["refund_amount: no blank of this message has that name. Remove it."],
    ),
    "no variable at all": (("late", "--choose", "fbm", *FILLED, "--set", "x=5"), ["x: no blank of this message has that name. Remove it."]),
    "a name without a named greeting": (
        ("late", "--choose", "fbm", *FILLED, "--set", "buyer_name=Ada", "--greeting", "nameless"),
        ["buyer_name: no blank of this message has that name. Remove it."],
    ),
    "bad date": (("late", "--choose", "fbm", *FILLED, "--set", "answer_date=2.12."), ["answer_date: Write the day as year-month-day."]),
    "bad amount": (
        ("send-back", "--choose", "coming", *SENT_BACK, *FILLED[2:4], "--set", "refund_amount=$5"),
        ["refund_amount: Write a plain number."],
    ),
    "decimals of yen": (
        ("send-back", "--choose", "coming", "--store", "amazon.co.jp", *SENT_BACK, *FILLED[2:4]),
        ["refund_amount: JPY has no decimals."],
    ),
    "too many steps": (("send-back", "--choose", "ready", *SENT_BACK, "--set", r"steps=a\nb\nc"), ["steps: More than 2 steps."]),
    "several at once": (
        ("late", "--choose", "fbm", "--set", "answer_date=soon", "--set", "x=1", "--set", "order_id=111-2222222-3333333"),
        [
            "answer_date: Write the day as year-month-day.",
            "agent_name: is missing. Add --set agent_name=...",
            "x: no blank of this message has that name. Remove it.",
        ],
    ),
    "several before anything is put together": (
        ("late", "--lang", "fr", "--store", "amazon.xx", "--set", "order_id"),
        [
            "--set order_id: there is no '='. Write --set name=value.",
            "late is not there in 'fr'. Use one of: en, zh.",
            "amazon.xx: unknown store. Use one of: amazon.com, amazon.co.jp.",
            f"late: no pick is no combination of it. {WAYS}",
        ],
    ),
}


@pytest.mark.parametrize(("arguments", "sentences"), REFUSED.values(), ids=REFUSED)
def test_render_prints_no_message_that_is_not_whole(arguments: tuple[str, ...], sentences: list[str], handbook: Path) -> None:
    result = _run("render", *arguments)
    assert result.stderr.splitlines() == sentences
    assert result.stdout == "", "Nothing that somebody could copy may be printed."
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("pair", "remark"),
    [
        ("order_id=111", "order_id: This does not look right. Three, seven and seven digits."),
        (f"buyer_name={'x' * 61}", "buyer_name: Longer than 60 characters."),
    ],
)
def test_render_remarks_upon_an_odd_value_and_puts_it_in(pair: str, remark: str, handbook: Path) -> None:
    result = _run("render", "late", "--choose", "fbm", *FILLED, "--set", pair)
    assert result.stderr.splitlines() == [remark]
    assert pair.partition("=")[2] in result.stdout
    assert result.exit_code == 0


def test_a_scenario_for_one_fulfilment_needs_no_pick(handbook: Path) -> None:
    _edit(handbook / "templates/_scenarios.yml", "fulfilment: [fbm, fba]", "fulfilment: [fbm]")
    for lang, fba in (("en", "Amazon delivers this order and sees where it is."), ("zh", "这笔订单由亚马逊配送，他们能看到包裹的位置。")):
        _edit(handbook / f"templates/delivery/late/{lang}.md", f"# Resolve (fba)\n\n{fba}\n\n", "")
    result = _run("render", "late", *FILLED)
    assert (result.stdout, result.exit_code) == (f"{HELLO}I am tracing the parcel now.\n\n{SIGNED}", 0)


# nav, tone, assets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "config", "folder"),
    [("en", "mkdocs.yml", ROOT), ("zh", "mkdocs.zh.yml", ROOT / "docs/zh"), ("en", "mkdocs.yml", Path("/"))],
    ids=["the repository", "a folder within it", "outside any handbook, where the program's own is meant"],
)
def test_nav_prints_what_the_configuration_has(lang: str, config: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    text = (ROOT / config).read_text(encoding="utf-8")
    assert _run("nav", lang).stdout == text[text.index("\nnav:\n") + 1 :], f"Put the output of `handbook nav {lang}` in {config}."


def test_tone_prints_the_compiled_rules_of_every_language(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = json.loads(_run("tone", "--json").stdout)
    assert list(printed) == list(catalog.languages)
    for lang, compiled in printed.items():
        own = [rule.id for rule in (*catalog.rules["all"], *catalog.rules[lang]) if not rule.languages or lang in rule.languages]
        assert compiled["lang"] == lang
        assert [rule["id"] for rule in compiled["rules"]] == own
        assert own, f"There are no rules for '{lang}'."
        assert set(compiled["ideas"]) == set(own)


def test_tone_lists_every_rule_once(handbook: Path) -> None:
    listed = [line.split(maxsplit=3) for line in _run("tone").stdout.splitlines()]
    assert listed == [
        ["all", "error", "length", "Keep it short"],
        ["en", "error", "no-blame", "No blame"],
        ["en", "warning", "thanks", "Thank first"],
        ["zh", "warning", "thanks", "Thank first"],
    ]


def test_assets_are_written_once_and_again_only_when_the_rules_change(handbook: Path) -> None:
    data = handbook / "overrides/assets/data"
    assert _run("assets").exit_code == 0
    compiled = json.loads(_run("tone", "--json").stdout)
    written = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in data.glob("tone.*")}
    assert set(written) == {f"tone.{lang}.{handbook_lang}.json" for lang in compiled for handbook_lang in ("en", "zh")}
    for name, rules in written.items():
        assert rules["made"]
        _, lang, handbook_lang, _ = name.split(".")
        whole = compiled[lang]
        assert rules["rules"] == [{**rule, "say": rule["say"][handbook_lang]} for rule in whole["rules"]]
        assert rules["ideas"] == {
            key: [idea["title"][handbook_lang], idea["why"][handbook_lang], idea["fact"], idea["score"]] for key, idea in whole["ideas"].items()
        }
    before = {file.name: file.stat().st_mtime_ns for file in data.iterdir()}
    _run("assets")
    assert {file.name: file.stat().st_mtime_ns for file in data.iterdir()} == before, "A build that watches these files would run in a circle."
    _edit(handbook / "templates/_tone/zh.yml", "phrases: [感谢]", "phrases: [谢谢, 感谢]")
    _run("assets")
    assert "谢谢" in (data / "tone.zh.en.json").read_text(encoding="utf-8")


# new -----------------------------------------------------------------------------------------------------------------

WRITTEN = [
    "templates/_scenarios.yml",
    "templates/delivery/lost/en.md",
    "templates/delivery/lost/zh.md",
    "templates/delivery/lost/buyers-say.yml",
    "docs/en/scenarios/delivery/lost.md",
    "docs/zh/scenarios/delivery/lost.md",
    "mkdocs.yml",
    "mkdocs.zh.yml",
]
SECTIONS = {
    "en": ("Before you send", "Why this works", "Say this, not that", "Facts", "If it is not settled", "Related"),
    "zh": ("发送之前", "理由", "这样说", "规定", "如果没有解决", "相关"),
}
HEADINGS = {
    "both": ("Acknowledge", "Resolve (fbm)", "Resolve (fba)", "Next step (fbm)", "Next step (fba)"),
    "fbm": ("Acknowledge", "Resolve", "Next step"),
    "same": ("Acknowledge", "Resolve", "Next step"),
}
TEXTS = {
    "en": ("Thank you for writing about order {{ order_id }}.", "I am looking for it.", "I will write by {{ answer_date }}."),
    "zh": ("感谢您写信询问订单 {{ order_id }}。", "我正在查找。", "我会在 {{ answer_date }} 之前写信给您。"),
}


def _left_to_write(fulfilment: str) -> list[str]:
    """What check must name after `new lost --family delivery`, in its order."""
    headings = [(1 + 2 * at, heading.partition(" (")[0]) for at, heading in enumerate(HEADINGS[fulfilment])]
    page = {
        lang: [
            f"docs/{lang}/scenarios/delivery/lost.md:1: The title is empty. Write that of the map.",
            *(
                f"docs/{lang}/scenarios/delivery/lost.md:{5 + 2 * at}: '## {title}' is empty. Write it for this scenario."
                for at, title in enumerate(titles)
            ),
        ]
        for lang, titles in SECTIONS.items()
    }
    message = {
        lang: [
            f"templates/delivery/lost/{lang}.md:{line}: The section '# {name}' is empty. Write its text below the heading." for line, name in headings
        ]
        for lang in SECTIONS
    }
    return [
        *page["en"],
        *page["zh"],
        *(f"templates/_scenarios.yml:{line}: '{lang}' is empty. Write its text." for line in (11, 12) for lang in SECTIONS),
        "templates/delivery/lost/buyers-say.yml:1: 'en' has too few entries (at least 3). Add what is missing.",
        "templates/delivery/lost/buyers-say.yml:2: 'zh' has too few entries (at least 3). Add what is missing.",
        *message["en"],
        *message["zh"],
    ]


def _write_the_rest(handbook: Path, fulfilment: str) -> None:
    _edit(handbook / "templates/_scenarios.yml", 'title: {en: "", zh: ""}', "title: {en: Lost, zh: 丢件}")
    _edit(handbook / "templates/_scenarios.yml", 'when: {en: "", zh: ""}', "when: {en: It is lost., zh: 包裹丢失。}")
    (handbook / "templates/delivery/lost/buyers-say.yml").write_text("en: [lost, gone, where]\nzh: [丢了, 不见了, 在哪]\n", encoding="utf-8")
    for lang, (thanks, action, promise) in TEXTS.items():
        words = {"Acknowledge": thanks, "Resolve": action, "Next step": promise}
        message = "\n".join(f"# {heading}\n\n{words[heading.partition(' (')[0]]}\n" for heading in HEADINGS[fulfilment])
        (handbook / f"templates/delivery/lost/{lang}.md").write_text(message, encoding="utf-8")
        page = handbook / f"docs/{lang}/scenarios/delivery/lost.md"
        _edit(page, "# \n", {"en": "# Lost\n", "zh": "# 丢件\n"}[lang])
        for title in SECTIONS[lang]:
            _edit(page, f"## {title}\n", f"## {title}\n\nA line.\n")
    record_all(handbook)


@pytest.mark.parametrize("fulfilment", HEADINGS)
def test_after_new_check_names_exactly_what_is_left_to_write(fulfilment: str, handbook: Path) -> None:
    before = _tree(handbook)
    begun = _run("new", "lost", "--family", "delivery", "--fulfilment", fulfilment)
    assert begun.exit_code == 0
    assert begun.stdout.splitlines()[:-1] == WRITTEN
    after = _tree(handbook)
    assert {path for path in after if before.get(path) != after[path]} == set(WRITTEN)
    for lang, config in CONFIGS.items():
        headings = after[f"templates/delivery/lost/{lang}.md"].decode().split("\n\n")
        assert [heading.strip() for heading in headings] == [f"# {heading}" for heading in HEADINGS[fulfilment]]
        assert after[config].count(b"\nnav:\n") == 1
        assert b"lost: scenarios/delivery/lost.md" in after[config]
    entry = yaml.safe_load(after["templates/_scenarios.yml"])["families"][0]["scenarios"][-1]
    assert entry.get("fulfilment") == {"both": ["fbm", "fba"], "fbm": ["fbm"], "same": None}[fulfilment]
    result = _run("check")
    # The small handbook's map gives 'fulfilment' a line of its own, below the two texts; so the lines are the same for all three.
    assert result.stdout.splitlines()[:-1] == _left_to_write(fulfilment)
    assert result.exit_code == 1


@pytest.mark.parametrize("fulfilment", HEADINGS)
def test_a_scenario_begun_with_new_is_clean_once_it_is_written(fulfilment: str, handbook: Path) -> None:
    _run("new", "lost", "--family", "delivery", "--fulfilment", fulfilment)
    _write_the_rest(handbook, fulfilment)
    left = _run("check").stdout.splitlines()[:-1]
    assert left == [f"{config}:3: 'nav' is not the map's. Put the output of `handbook nav {lang}` in its place." for lang, config in CONFIGS.items()]
    for lang, config in CONFIGS.items():
        nav = _run("nav", lang).stdout
        (handbook / config).write_text((handbook / config).read_text(encoding="utf-8").partition("nav:\n")[0] + nav, encoding="utf-8")
    result = _run("check")
    messages = 16 + 2 * 2 * (2 if fulfilment == "both" else 1)
    assert (result.stdout, result.exit_code) == (f"{messages} messages checked: 0 errors, 0 warnings.\n", 0)
    assert _run("render", "lost", *(("--choose", "fba") if fulfilment == "both" else ()), *FILLED).exit_code == 0


CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
NOT_AN_ID = "is not an id. Use lower-case letters, digits and hyphens."
NOT_BEGUN = {
    "capitals": ("Lost", "delivery", f"'Lost' {NOT_AN_ID}"),
    "underscore": ("lost_parcel", "delivery", f"'lost_parcel' {NOT_AN_ID}"),
    "a way out": ("../lost", "delivery", f"'../lost' {NOT_AN_ID}"),
    "a hyphen at the end": ("lost-", "delivery", f"'lost-' {NOT_AN_ID}"),
    "a line break": ("lost\n", "delivery", f"'lost\n' {NOT_AN_ID}"),
    "nothing": ("", "delivery", f"'' {NOT_AN_ID}"),
    "there already": ("late", "delivery", "'late' is there already. Choose another id."),
    "there in another family": ("send-back", "delivery", "'send-back' is there already. Choose another id."),
    "unknown family": ("lost", "sales", "Unknown family 'sales'. Use one of: delivery, returns."),
}


@pytest.mark.parametrize(("scenario", "family", "sentence"), NOT_BEGUN.values(), ids=NOT_BEGUN)
def test_new_refuses_without_writing(scenario: str, family: str, sentence: str, handbook: Path) -> None:
    before = _tree(handbook)
    result = _run("new", scenario, "--family", family)
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"{sentence}\n", 1)
    assert _tree(handbook) == before


def test_new_writes_over_no_page(handbook: Path) -> None:
    (handbook / "docs/zh/scenarios/delivery/lost.md").write_text("# 已经写好\n", encoding="utf-8")
    before = _tree(handbook)
    result = _run("new", "lost", "--family", "delivery")
    assert result.exit_code == 1
    assert result.stderr == "There are pages already: docs/zh/scenarios/delivery/lost.md. Remove them first, or choose another id.\n"
    assert _tree(handbook) == before


def test_new_leaves_a_comment_above_the_family_it_speaks_of(handbook: Path) -> None:
    _edit(handbook / "templates/_scenarios.yml", "  - id: returns\n", "\n  # What comes back,\n  # and who pays.\n  - id: returns\n")
    assert _run("new", "lost", "--family", "delivery").exit_code == 0
    assert "kind: reply\n        fulfilment: [fbm, fba]\n\n  # What comes back,\n  # and who pays.\n  - id: returns\n" in (
        handbook / "templates/_scenarios.yml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_new_adds_to_the_end_of_any_family_of_the_repository(family: str, catalog: Catalog, copy_of_repository: Callable[[], Path]) -> None:
    root = copy_of_repository()
    before = (root / "templates/_scenarios.yml").read_text(encoding="utf-8")
    begin(replace(catalog, root=root), "made-up-by-a-test", family, ("fbm", "fba"))
    after = (root / "templates/_scenarios.yml").read_text(encoding="utf-8")
    wanted = yaml.safe_load(before)
    entry = {"id": "made-up-by-a-test", "title": {"en": "", "zh": ""}, "when": {"en": "", "zh": ""}, "kind": "reply", "fulfilment": ["fbm", "fba"]}
    next(found for found in wanted["families"] if found["id"] == family)["scenarios"].append(entry)
    assert yaml.safe_load(after) == wanted
    lines = after.splitlines(keepends=True)
    at = lines.index("      - id: made-up-by-a-test\n")
    assert "".join([*lines[:at], *lines[at + 5 :]]) == before, "The rest of the map stays as it was, comments too."


def test_after_new_in_the_repository_check_names_the_new_files_and_no_others(
    copy_of_repository: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_of_repository())
    begun = _run("new", "made-up-by-a-test", "--family", FAMILIES[0])
    named = {row["path"] for row in json.loads(_run("check", "--format", "json").stdout)}
    assert named == set(begun.stdout.splitlines()[:-1]) - set(CONFIGS.values())
