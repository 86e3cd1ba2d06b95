"""`handbook diff` on a made history: what buyers read differently, once by each cause, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from macros import tone
from macros.__main__ import main
from macros.catalog import Catalog, combinations
from macros.check import examples, findings, renderings
from macros.diff.compare import compare
from macros.diff.findings import _looks_at, _shown
from macros.diff.git import renamed_files
from macros.diff.side import side
from macros.diff.words import changed_lines, marks, tokens
from macros.message import SECTIONS, Message
from macros.model import Where

LATE, BACK = "templates/delivery/late", "templates/returns/send-back"
NOTHING = "No message reads differently."


def git(folder: Path, *command: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "A step")


def edit(file: Path, *swaps: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, f"{old!r} is not in {file}"
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def history(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small handbook with a third language, committed once and tagged `base`; the command line stands in it."""
    templates = small_handbook / "templates"
    german = "  de:\n    name: Deutsch\n    label: {en: German, zh: 德语}\n    locale: de-DE\n    home: [amazon.com]\n"
    edit(templates / "_languages.yml", ("  zh:\n", f"{german}  zh:\n"))
    edit(templates / "_variables.yml", ("Sarah Evans,", "Sarah Evans, de: Frau Adam,"), ("Emma,", "Emma, de: Anna,"))
    edit(templates / "_variables.yml", ('"Print the label.\\nSend the parcel."', '"Print the label.\\nSend the parcel.", de: Drucken'))
    (templates / "_shared/de.md").write_text(
        "# Greeting (named)\n\nGuten Tag {{ buyer_name }},\n\n# Greeting (nameless)\n\nGuten Tag,\n\n# Closing\n\nGruß\n{{ agent_name }}\n",
        encoding="utf-8",
    )
    rule = (templates / "_tone/en.yml").read_text(encoding="utf-8").split("  - id: thanks")[0]
    (templates / "_tone/de.yml").write_text(rule.replace("you should have", "sie hätten").replace("You should have", "Sie hätten"), encoding="utf-8")
    (small_handbook / LATE / "de.md").write_text(
        "# Acknowledge\n\ndanke für Ihre Nachricht zu {{ order_id }}.\n\n# Resolve (fbm)\n\nIch suche das Paket.\n\n"
        "# Resolve (fba)\n\nAmazon liefert es.\n\n# Next step\n\nIch schreibe bis {{ answer_date }}.\n",
        encoding="utf-8",
    )
    git(small_handbook, "init", "-q")
    commit(small_handbook)
    git(small_handbook, "tag", "base")
    monkeypatch.chdir(small_handbook)
    return small_handbook


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def found(*arguments: str) -> dict[str, Any]:
    """The difference as data; it must succeed."""
    result = run(*(arguments or ("base",)), "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def filled(diff: dict[str, Any]) -> set[str]:
    """The groups in which something was found."""
    return {key for key, value in diff.items() if isinstance(value, list) and value}


def short(marked: list[list[str]]) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in marked if kind != "same"]


# What changed --------------------------------------------------------------------------------------------------------


def test_nothing_is_said_where_nothing_changed(history: Path) -> None:
    edit(history / LATE / "buyers-say.yml", ("it is late", "it is so late"))
    assert filled(found()) == set()
    result = run("base")
    assert NOTHING in result.stdout
    assert result.exit_code == 0


def test_a_wording_is_shown_once_with_its_combinations_its_findings_and_the_languages_behind(history: Path) -> None:
    edit(history / LATE / "en.md", ("I will write to you by", "You should have waited; I answer by"))
    diff = found()
    assert filled(diff) == {"messages", "behind"}
    assert diff["reads_differently"] == {"messages": 1, "combinations": 4}
    message = diff["messages"][0]
    assert (message["scenario"], message["lang"], message["change"], message["was"]) == ("late", "en", "changed", None)
    assert [text["picks"] for text in message["texts"]] == [["fbm"], ["fba"]]
    assert message["texts"][0]["before"].startswith("Hello Sarah Evans,\n\nThank you")
    assert "You should have waited; I answer by December 2, 2026." in message["texts"][1]["after"]
    (passage,) = message["passages"]
    assert (passage["section"], passage["picks"]) == ("next_step", [["fbm"], ["fba"]])
    assert short(passage["marks"]) == [("new", "You should have waited; "), ("gone", "will write to you"), ("new", "answer")]
    assert passage["before"] == "".join(text for kind, text in passage["marks"] if kind != "new")
    assert passage["after"] == "".join(text for kind, text in passage["marks"] if kind != "gone")
    (finding,) = message["findings"]
    assert (finding["change"], finding["rule"], finding["level"], finding["words"]) == ("gained", "no-blame", "error", ["You should have"])
    assert finding["reach"] == {"messages": 1, "combinations": 4}
    assert diff["behind"] == [{"scenario": "late", "lang": "de"}, {"scenario": "late", "lang": "zh"}]


def test_only_the_combination_that_changed_is_shown(history: Path) -> None:
    edit(history / BACK / "en.md", ("The label follows", "The label comes"))
    (message,) = found()["messages"]
    assert [passage["picks"] for passage in message["passages"]] == [[["coming"]]]
    assert short(message["passages"][0]["marks"]) == [("gone", "follows"), ("new", "comes")]


def test_a_finding_that_goes_is_told_too_and_a_language_that_follows_is_not_behind(history: Path) -> None:
    edit(history / LATE / "en.md", ("Thank you for writing", "You write"))
    edit(history / LATE / "zh.md", ("感谢您写信询问订单", "您询问订单"))
    commit(history)
    git(history, "tag", "later")
    diff = found("later", "base")
    assert {(change["lang"], finding["change"], finding["rule"]) for change in diff["messages"] for finding in change["findings"]} == {
        ("en", "lost", "thanks"),
        ("zh", "lost", "thanks"),
    }
    assert diff["behind"] == [{"scenario": "late", "lang": "de"}]


def test_shared_words_are_shown_once_with_their_reach(history: Path) -> None:
    edit(history / "templates/_shared/en.md", ("Kind regards", "You should have my best regards"))
    diff = found()
    assert filled(diff) == {"shared"}
    (shared,) = diff["shared"]
    assert (shared["section"], shared["form"], shared["lang"]) == ("closing", "", "en")
    assert shared["reach"] == diff["reads_differently"] == {"messages": 2, "combinations": 8}
    assert shared["after"] == "You should have my best regards,\nEmma"
    assert shared["example"]["place"]["lang"] == "en"
    assert [(one["rule"], one["reach"]["combinations"], one["scenarios"]) for one in shared["findings"]] == [("no-blame", 8, ["late", "send-back"])]
    assert run("base").stdout.count("best regards") == 2, "as itself and in one example"


def test_a_greeting_reaches_only_the_messages_that_begin_with_it(history: Path) -> None:
    edit(history / "templates/_shared/en.md", ("Hello {{", "Good day {{"))
    (shared,) = found()["shared"]
    assert (shared["form"], shared["reach"]) == ("named", {"messages": 2, "combinations": 4})


def test_shared_words_and_own_words_are_told_apart(history: Path) -> None:
    edit(history / "templates/_shared/en.md", ("Kind regards", "Best regards"))
    edit(history / LATE / "en.md", ("I am tracing", "We are tracing"))
    diff = found()
    assert [short(passage["marks"]) for passage in diff["messages"][0]["passages"]] == [[("gone", "I am"), ("new", "We are")]]
    assert diff["shared"][0]["reach"] == {"messages": 2, "combinations": 8}
    place = diff["shared"][0]["example"]["place"]
    assert (place["scenario"], place["picks"]) == ("late", ["fba"]), "the example is one that nothing else reaches"


def test_an_example_is_no_change_of_words(history: Path) -> None:
    edit(history / "templates/_variables.yml", ("Sarah Evans", "You should have Bob"))
    diff = found()
    assert filled(diff) == {"examples"}
    (example,) = diff["examples"]
    assert (example["variable"], example["lang"], example["reach"]) == ("buyer_name", "en", {"messages": 2, "combinations": 4})
    assert [one["rule"] for one in example["findings"]] == ["no-blame"]


def test_a_rule_is_shown_once_as_it_stands_in_its_file_with_what_it_finds_now(history: Path) -> None:
    edit(history / "templates/_tone/en.yml", ("phrases: [thank you]", "phrases: [many thanks]"), ("bad: [It is", "bad: [Oh it is"))
    edit(history / "templates/_tone/en.yml", ("good: [Thank you for", "good: [Many thanks for"))
    diff = found()
    assert filled(diff) == {"rules"}
    (rule,) = diff["rules"]
    assert (rule["path"], rule["kind"], rule["name"]) == ("templates/_tone/en.yml", "rule", "thanks")
    assert rule["after"].startswith("- id: thanks\n  kind: require\n")
    assert ("gone", "thank you") in short(rule["marks"])
    (finding,) = rule["findings"]
    assert (finding["change"], finding["lang"], finding["reach"]) == ("gained", "en", {"messages": 2, "combinations": 8})
    text = run("base").stdout
    assert NOTHING in text
    assert text.count("Finding gained") == 1
    assert "kind: require" not in text, "only the lines that differ"


def test_a_rule_for_all_languages_counts_in_each(history: Path) -> None:
    edit(history / "templates/_tone/all.yml", ("max: 900", "max: 3"))
    (rule,) = found()["rules"]
    assert {(one["lang"], one["reach"]["messages"]) for one in rule["findings"]} == {("en", 2), ("de", 1), ("zh", 2)}


def test_a_piece_of_patterns_is_laid_at_its_own_door(history: Path) -> None:
    file = history / "templates/_tone/en.yml"
    edit(
        file,
        ("rules:\n", "macros:\n  LATE_ONE: nowhere\nrules:\n"),
        ("    phrases: [you should", "    patterns: ['{LATE_ONE}']\n    phrases: [you should"),
    )
    commit(history)
    edit(file, ("nowhere", "tracing"))
    (rule,) = found("HEAD")["rules"]
    assert (rule["kind"], rule["name"], rule["before"], rule["after"]) == ("macro", "LATE_ONE", "nowhere", "tracing")
    assert [(one["rule"], one["words"]) for one in rule["findings"]] == [("no-blame", ["tracing"])]


def test_a_changed_rule_and_a_changed_wording_each_answer_for_their_own_findings(history: Path) -> None:
    edit(history / "templates/_tone/en.yml", ("[you should have]", "[you should have, tracing]"))
    edit(history / BACK / "en.md", ("We then refund", "You should have it; we refund"))
    diff = found()
    assert [one["words"] for one in diff["rules"][0]["findings"]] == [["tracing"]]
    assert [one["words"] for one in diff["messages"][0]["findings"]] == [["You should have"]]


def test_a_waiver_takes_a_finding_without_a_change_of_words(history: Path) -> None:
    edit(history / LATE / "en.md", ("I am tracing", "You should have seen: I am tracing"))
    commit(history)
    edit(history / LATE / "en.md", ("# Acknowledge", "---\nwaive:\n  - {rule: no-blame, reason: A test.}\n---\n# Acknowledge"))
    diff = found("HEAD")
    assert diff["reads_differently"]["messages"] == 0
    assert [(one["change"], one["rule"]) for one in diff["messages"][0]["findings"]] == [("lost", "no-blame")]


def test_a_deleted_message_and_an_added_one(history: Path) -> None:
    (history / LATE / "de.md").unlink()
    removed, added = found()["messages"], None
    commit(history)
    added = found("HEAD", "base")["messages"]
    for (change,), kind, there, missing in ((removed, "removed", "before", "after"), (added, "added", "after", "before")):
        assert (change["scenario"], change["lang"], change["change"]) == ("late", "de", kind)
        assert [text[missing] for text in change["texts"]] == [None, None]
        assert "Ich suche das Paket." in change["texts"][0][there]
        assert len(change["passages"]) == 4, "acknowledge and next step once, resolve twice"


def test_a_deleted_language_is_said_once(history: Path) -> None:
    templates = history / "templates"
    text = (templates / "_languages.yml").read_text(encoding="utf-8")
    (templates / "_languages.yml").write_text(text[: text.index("  de:\n")] + text[text.index("  zh:\n") :], encoding="utf-8")
    edit(templates / "_variables.yml", (" de: Frau Adam,", ""), (" de: Anna,", ""), (", de: Drucken", ""))
    for file in (templates / "_shared/de.md", templates / "_tone/de.yml", history / LATE / "de.md"):
        file.unlink()
    diff = found()
    assert filled(diff) == {"languages"}
    assert diff["languages"] == [{"change": "removed", "lang": "de", "reach": {"messages": 1, "combinations": 4}}]


def test_a_new_choice_shows_only_what_no_other_combination_says(history: Path) -> None:
    more = "              ready: {en: ready, zh: 已准备好}\n"
    edit(history / "templates/_scenarios.yml", (more, f"{more}              none: {{en: none, zh: 无}}\n"))
    for lang, words in (("en", "Keep it until {{ answer_date }}."), ("zh", "请保留到 {{ answer_date }}。")):
        edit(history / BACK / f"{lang}.md", ("# Next step", f"# Resolve (none)\n\n{words}\n\n# Next step"))
    english = found()["messages"][0]
    assert [(text["picks"], text["before"]) for text in english["texts"]] == [(["none"], None)]
    assert [(one["section"], one["after"]) for one in english["passages"]] == [("resolve", "Keep it until December 2, 2026.")]


# Renames -------------------------------------------------------------------------------------------------------------


def rename(history: Path, family: str, name: str) -> None:
    """The scenario late under another id or family."""
    scenarios = (history / "templates/_scenarios.yml").read_text(encoding="utf-8")
    start, end = scenarios.index("      - id: late"), scenarios.index("  - id: returns")
    entry = scenarios[start:end].replace("id: late", f"id: {name}")
    if family == "delivery":
        scenarios = scenarios[:start] + entry + scenarios[end:]
    else:
        head = scenarios[: scenarios.index("families:")] + "families:\n"
        scenarios = head + scenarios[end:] + entry
    (history / "templates/_scenarios.yml").write_text(scenarios, encoding="utf-8")
    (history / "templates" / family).mkdir(exist_ok=True)
    shutil.move(history / LATE, history / "templates" / family / name)


@pytest.mark.parametrize("committed", [True, False], ids=["by git", "by the words"])
def test_a_renamed_scenario_is_followed_and_only_changed_words_are_shown(committed: bool, history: Path) -> None:
    rename(history, "delivery", "overdue")
    edit(history / "templates/delivery/overdue/en.md", ("I am tracing", "I trace"))
    if committed:
        commit(history)
    diff = found()
    assert diff["renamed"] == [{"was": "delivery/late", "now": "delivery/overdue"}]
    (message,) = diff["messages"]
    assert (message["scenario"], message["was"], message["change"]) == ("overdue", "delivery/late", "changed")
    assert short(message["passages"][0]["marks"]) == [("gone", "am tracing"), ("new", "trace")]
    assert diff["reads_differently"] == {"messages": 1, "combinations": 2}


def test_a_scenario_that_was_renamed_and_later_rewritten_is_followed_by_its_history(history: Path) -> None:
    rename(history, "delivery", "overdue")
    commit(history)
    for lang, words in (("en", "Parcels travel slowly: {{ order_id }}."), ("zh", "感谢，快递慢：{{ order_id }}。"), ("de", "Neu: {{ order_id }}.")):
        body = f"# Acknowledge\n\n{words}\n\n# Resolve\n\n{words[:4]}\n\n# Next step\n\n{{{{ answer_date }}}}\n"
        (history / f"templates/delivery/overdue/{lang}.md").write_text(body, encoding="utf-8")
    (history / "templates/delivery/overdue/buyers-say.yml").write_text("en: [a, b, c]\nzh: [d, e, f]\n", encoding="utf-8")
    commit(history)
    assert found("base", "HEAD")["renamed"] == [{"was": "delivery/late", "now": "delivery/overdue"}]


def test_a_scenario_in_another_family_is_the_same(history: Path) -> None:
    rename(history, "returns", "late")
    diff = found()
    assert filled(diff) == {"renamed"}
    assert diff["renamed"] == [{"was": "delivery/late", "now": "returns/late"}]


def test_a_rule_that_names_a_renamed_scenario_has_not_changed(history: Path) -> None:
    edit(history / "templates/_tone/en.yml", ("    phrases: [you should", "    scenarios: [late]\n    phrases: [you should"))
    commit(history)
    git(history, "tag", "narrow")
    rename(history, "delivery", "overdue")
    edit(history / "templates/_tone/en.yml", ("[late]", "[overdue]"))
    assert filled(found("narrow")) == {"renamed"}


# Reading from git ----------------------------------------------------------------------------------------------------


def test_it_touches_nothing(history: Path) -> None:
    rename(history, "delivery", "overdue")
    git(history, "status")
    os.utime(history / BACK / "en.md", (1, 1))  # by its time, though not by its words, another file than the index knows
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in history.rglob("*") if path.is_file()}
    assert run("base").exit_code == 0
    assert run("base", "HEAD").exit_code == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in history.rglob("*") if path.is_file()} == before


def test_head_is_a_commit_and_not_the_work_tree(history: Path) -> None:
    edit(history / LATE / "en.md", ("I am tracing", "I trace"))
    assert found("base", "HEAD")["messages"] == []
    assert len(found("base")["messages"]) == 1


def test_a_handbook_in_a_folder_of_a_repository(history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(history / ".git")
    shutil.copytree(history, tmp_path / "inner")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path / "inner")
    rename(tmp_path / "inner", "delivery", "overdue")
    commit(tmp_path)
    assert filled(found("HEAD~1", "HEAD")) == {"renamed"}
    assert renamed_files(tmp_path / "inner", "HEAD~1", None)[f"{LATE}/en.md"] == "templates/delivery/overdue/en.md"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "'nowhere' names no commit here."),
        (("base", "nowhere"), "'nowhere' names no commit here."),
        (("--", "--output=x"), "'--output=x' names no commit here."),
        (("base", "--format", "json", "--limit", "5000"), "--limit is for text and Markdown"),
        (("base", "--limit", "10"), "2000"),
    ],
)
def test_a_mistake_gets_a_sentence_and_exit_code_2(arguments: tuple[str, ...], said: str, history: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_without_a_repository_it_says_so(small_handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_handbook)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small_handbook.parent))
    result = run("HEAD")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "in no git repository" in result.stderr


def test_a_commit_without_templates_is_refused(history: Path) -> None:
    git(history, "checkout", "-q", "--orphan", "bare")
    git(history, "rm", "-rq", "--cached", ".")
    git(history, "commit", "-q", "--allow-empty", "-m", "Nothing")
    result = run("HEAD")
    assert result.exit_code == 2
    assert "has no folder templates/" in result.stderr


# States that do not load ---------------------------------------------------------------------------------------------


def broken(history: Path, change: Callable[[Path], object]) -> dict[str, Any]:
    """The difference from a base that does not load to one that does."""
    change(history)
    commit(history)
    git(history, "tag", "broken")
    git(history, "checkout", "-q", "base", "--", ".")
    edit(history / BACK / "en.md", ("The label follows", "The label comes"))
    return found("broken")


def test_of_a_broken_message_the_others_are_compared(history: Path) -> None:
    diff = broken(history, lambda root: edit(root / LATE / "en.md", ("# Next step", "# Next")))
    assert [(one["side"], one["path"]) for one in diff["troubles"]] == [("base", f"{LATE}/en.md")]
    assert diff["uncompared"] == ["late in 'en': its file cannot be read in both states."]
    assert [(one["scenario"], one["lang"], one["change"]) for one in diff["messages"]] == [("send-back", "en", "changed")]


def test_of_broken_rules_the_words_are_compared(history: Path) -> None:
    diff = broken(history, lambda root: edit(root / "templates/_tone/en.yml", ("kind: avoid", "kind: forbid")))
    assert diff["uncompared"] == ["Findings in 'en': its rules cannot be used in both states."]
    assert diff["rules"] == []
    assert [one["scenario"] for one in diff["messages"]] == ["send-back"]


def test_of_an_older_schema_of_variables_the_words_are_compared(history: Path) -> None:
    diff = broken(history, lambda root: edit(root / "templates/_variables.yml", ("answer_date:\n", "answer_date:\n  old: true\n")))
    assert [one["path"] for one in diff["troubles"]] == ["templates/_variables.yml"]
    assert [(one["scenario"], one["lang"]) for one in diff["messages"]] == [("send-back", "en")]


def test_of_shared_words_that_cannot_be_read_the_other_languages_are_compared(history: Path) -> None:
    diff = broken(history, lambda root: edit(root / "templates/_shared/zh.md", ("# Closing", "# End")))
    assert diff["uncompared"] == ["Everything in 'zh': its greeting, closing or examples cannot be read in the base."]
    assert [one["lang"] for one in diff["messages"]] == ["en"]


def test_a_map_that_cannot_be_read_leaves_nothing_to_compare(history: Path) -> None:
    edit(history / "templates/_scenarios.yml", ("families:", "groups:"))
    result = run("base")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the work tree does not load" in result.stderr
    assert "templates/_scenarios.yml:1:" in result.stderr


# Writing it out ------------------------------------------------------------------------------------------------------


def test_markdown_leaves_templates_as_text(history: Path) -> None:
    edit(history / LATE / "en.md", ("I am tracing the parcel", "I <b>trace</b> *it* @everyone #12 & |x"))
    text = run("base", "--format", "markdown").stdout
    assert "<ins>" in text
    assert "<b>" not in text
    assert "&lt;b&gt;trace" in text
    assert "@everyone" not in text
    assert "#12" not in text
    (line,) = [line for line in text.splitlines() if "&lt;b&gt;" in line]
    assert line.startswith("<blockquote>")
    assert line.endswith("</blockquote>"), "one line of HTML, in which no Markdown is read"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_limit_is_kept_and_what_is_left_out_is_said(form: str, history: Path) -> None:
    for lang in ("en", "zh"):
        for folder in (LATE, BACK):
            edit(history / folder / f"{lang}.md", ("# Next step\n\n", f"# Next step\n\n{'长' * 200}\n"))
    whole, cut = (run("base", "--format", form, *limit).stdout for limit in ((), ("--limit", "2500")))
    assert len(whole.encode()) > 2500 >= len(cut.encode())
    assert "left out: with them this would be longer than 2500 bytes" in cut
    assert "left out" not in whole
    assert "长" in cut


def test_colours_are_for_a_terminal_that_wants_them(history: Path) -> None:
    from macros.diff.command import compared, written

    edit(history / LATE / "en.md", ("I am tracing", "I trace"))
    diff = compared(history, "base", None)
    assert "\x1b[31;9mam tracing\x1b[0m\x1b[32;4mtrace\x1b[0m" in written(diff, "text", None, True)
    plain = run("base").stdout
    assert "I [-am tracing-]{+trace+} the parcel now." in plain
    assert "\x1b" not in plain


@pytest.mark.parametrize(
    ("before", "after", "lang", "expected"),
    [
        ("I am here now.", "I was here now.", "en", [("same", "I "), ("gone", "am"), ("new", "was"), ("same", " here now.")]),
        ("We do not go out.", "We can never go out.", "en", [("same", "We "), ("gone", "do not"), ("new", "can never"), ("same", " go out.")]),
        ("by 1,200.50 EUR", "by 1,300.50 EUR", "en", [("same", "by "), ("gone", "1,200.50"), ("new", "1,300.50"), ("same", " EUR")]),
        ("我们会联系物流公司。", "我们会联系卖家。", "zh", [("same", "我们会联系"), ("gone", "物流公司"), ("new", "卖家"), ("same", "。")]),
        ("明日ご連絡します。", "後日ご連絡します。", "ja", [("gone", "明"), ("new", "後"), ("same", "日ご連絡します。")]),
        ("One.\nTwo days.", "One.\nTen days.", "en", [("same", "One.\n"), ("gone", "Two"), ("new", "Ten"), ("same", " days.")]),
        ("All of it is gone", "Nobody said so", "en", [("gone", "All of it is gone"), ("new", "Nobody said so")]),
        (None, "New.", "en", [("new", "New.")]),
        ("Same.", "Same.", "en", [("same", "Same.")]),
    ],
)
def test_texts_are_marked_word_by_word(before: str | None, after: str, lang: str, expected: list[tuple[str, str]]) -> None:
    assert list(marks(before, after, lang)) == expected


@pytest.mark.parametrize("text", ["", "Don't — 3.5% off!\n\n物流カタカナ  x", "e\u0301 \U0001f600\n"])
def test_tokens_lose_nothing(text: str) -> None:
    assert "".join(tokens(text, "zh")) == text


def test_only_lines_with_a_change_are_kept() -> None:
    assert changed_lines(marks("a\nb c\nd", "a\nb x\nd", "en")) == [(("same", "b "), ("gone", "c"), ("new", "x"))]


# Judging only what changed -------------------------------------------------------------------------------------------

SOME = ("order-status", "care", "a-to-z-claim", "refund-status")


def few(catalog: Catalog) -> Catalog:
    """The real handbook with four scenarios only."""
    families = (family.model_copy(update={"scenarios": tuple(one for one in family.scenarios if one.id in SOME)}) for family in catalog.families)
    messages = {key: message for key, message in catalog.messages.items() if key[0] in SOME}
    return replace(catalog, families=tuple(family for family in families if family.scenarios), messages=messages)


def with_words(message: Message, section: str, words: str) -> Message:
    """A message with words put before one of its sections."""
    return replace(message, sections=tuple(replace(one, text=words + one.text) if one.name == section else one for one in message.sections))


def test_looking_at_the_changed_parts_finds_what_looking_at_everything_finds(catalog: Catalog) -> None:
    old = few(catalog)
    greetings = {"en": "Unfortunately!! visit www.example.com\n", "de": "leider nein!! www.example.com\n", "zh": "很遗憾！！加我微信\n"}
    shared = {lang: with_words(message, "greeting", greetings[lang]) for lang, message in old.shared.items()}
    key = ("order-status", "en")
    messages = {**old.messages, key: with_words(old.messages[key], "next_step", "We cannot refund you. " * 9)}
    new = replace(old, shared=shared, messages=messages)
    told, reach = set(), 0
    diff = compare(side(old), side(new), {}, None, "old", "new")
    for change in (*diff.shared, *diff.messages):
        for one in change.findings:
            told |= {(one.change, one.lang, one.rule, word) for word in one.words or ("",)}
            reach += one.reach.combinations
    real, places = set(), 0
    for lang in new.languages:
        values = examples(new, lang)
        for name in SOME:
            pairs = zip(*(renderings(one, new.scenarios[name], lang, values) for one in (old, new)), strict=True) if (name, lang) in messages else ()
            for pair in pairs:
                before, after = ({(hit.rule, _shown(hit.match)) for hit in findings(one, new.ruleset(lang))} for one in pair)
                real |= {("gained", lang, *hit) for hit in after - before} | {("lost", lang, *hit) for hit in before - after}
                places += len({rule for rule, _ in after - before}) + len({rule for rule, _ in before - after})
    assert told == real
    assert reach == places
    assert {(lang, rule) for _, lang, rule, _ in told} >= {("en", "no-refusal"), ("en", "no-links"), ("de", "no-links"), ("en", "greeting")}


@pytest.mark.parametrize("where", get_args(Where))
def test_a_rule_looks_again_wherever_its_part_changed(where: str) -> None:
    spans = tone._given_parts([(name, at, at + 1) for at, name in enumerate(SECTIONS)]) | {"whole": (0, len(SECTIONS))}
    for at, name in enumerate(SECTIONS):
        assert _looks_at(where, frozenset({name})) == (spans[where][0] <= at < spans[where][1]), name


def test_unchanged_texts_are_not_judged(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    old, seen = few(catalog), []
    real = tone.check
    monkeypatch.setattr(tone, "check", lambda text, *rest: seen.append(text) or real(text, *rest))
    assert compare(side(old), side(old), {}, None, "old", "new").reads_differently.messages == 0
    assert seen == []
    key = ("care", "en")
    new = replace(old, messages={**old.messages, key: with_words(old.messages[key], "resolve", "So: ")})
    compare(side(old), side(new), {}, None, "old", "new")
    ways = len(combinations(old.scenarios["care"])) * 2
    assert len(seen) == 4 * ways, "before and after, the whole and the changed part"
