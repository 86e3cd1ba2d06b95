"""Proposing a change: from every text of the site to its line on the host, the way in described, and who is asked to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from macros import example
from macros.__main__ import main
from macros.catalog import HANDBOOK_LANGUAGES, Catalog, load
from macros.entry import PATH, contributing
from macros.owners import codeowners
from macros.page import Desk, annotated_message, composer, edit_url, page_of, tone_table
from tests.conftest import ROOT, Served

HOST = "https://host.example/team/handbook"
BROKEN = ROOT / "tests" / "broken"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def desk(catalog: Catalog, lang: str = "en", page: str = "tone.md", host: str = HOST) -> Desk:
    return Desk(catalog, lang, page, f"{host}/edit/main" if host else "")


def lines_of(path: str) -> list[str]:
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


# From a text to its file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_every_rule_of_every_language_links_its_own_line(catalog: Catalog, lang: str) -> None:
    html = tone_table(desk(catalog, lang))
    edits = re.findall(rf'href="{HOST}/edit/main/(templates/_tone/\w+\.yml)#L(\d+)" rel="edit"', html)
    shown = re.findall(rf'href="{HOST}/blob/main/(templates/_tone/\w+\.yml)#L(\d+)"', html)
    assert shown == edits
    found = [(path, lines_of(path)[int(line) - 1].strip()) for path, line in edits]
    rules = [(f"templates/_tone/{code}.yml", f"- id: {rule.id}") for code, rules in catalog.rules.items() for rule in rules]
    ideas = [("templates/_tone/all.yml", f"{name}:") for name in catalog.ideas]
    assert sorted(found) == sorted([*rules, *ideas])


@pytest.mark.parametrize("lang", HANDBOOK_LANGUAGES)
def test_every_message_links_its_file_with_and_without_script(catalog: Catalog, lang: str) -> None:
    for (scenario, code), message in catalog.messages.items():
        html = composer(desk(catalog, lang, page_of(catalog, scenario)), scenario)
        assert f'"edit":"{HOST}/edit/main/{message.path}"' in html, (scenario, code)
        assert f'<a href="{HOST}/edit/main/{message.path}" rel="edit">' in html, (scenario, code)
        assert (ROOT / message.path).is_file()


def test_a_message_shown_on_another_page_links_its_file(catalog: Catalog) -> None:
    notes = dict.fromkeys(("greeting", "acknowledge", "resolve", "next_step", "closing"), "A note.")
    html = annotated_message(desk(catalog, page="principles/anatomy.md"), "delivered-not-received", ["fbm"], notes)
    assert f"{HOST}/edit/main/templates/delivery/delivered-not-received/en.md" in html


def test_without_a_host_the_path_stands_there_and_nothing_is_linked(catalog: Catalog) -> None:
    bare = desk(catalog, host="")
    html = tone_table(bare) + composer(bare, "order-status") + contributing(bare)
    assert "/edit/" not in html
    assert 'rel="edit"' not in html
    assert f"<code>templates/_tone/en.yml:{catalog.rule_lines['en', 'no-unfortunately']}</code>" in html
    assert "<code>templates/delivery/order-status/en.md</code>" in html
    assert edit_url(bare, "any") == ""


# Walked in a browser: the host is played here, and answers with the very file that an address names -------------------


@pytest.fixture
def walker(browser: Any, hosted: Served) -> Iterator[Any]:
    """A page of the site that knows its host; the host shows the file of the address, or the form and what it was given."""
    context = browser.new_context(locale="en-US")
    context.set_default_timeout(8000)

    def answer(route: Any) -> None:
        path = unquote(urlsplit(route.request.url).path).removeprefix("/team/handbook/")
        kind, _, rest = path.partition("/main/")
        file = ROOT / rest
        if kind in ("edit", "blob") and rest and file.is_file():
            route.fulfill(status=200, content_type="text/plain; charset=utf-8", body=file.read_text(encoding="utf-8"))
        else:
            route.fulfill(status=404, content_type="text/plain", body="nothing here")

    context.route("https://host.example/**", answer)
    yield context.new_page()
    context.close()


def arrived(page: Any) -> tuple[str, str, str]:
    """The path, the fragment and the text of the host's page."""
    page.wait_for_url("https://host.example/**")
    address = urlsplit(page.url)
    return address.path, address.fragment, page.inner_text("body")


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize(("prefix", "label", "lang"), [("", "Propose a change to this text", "en"), ("zh/", "建议修改这段文字", "zh")])
def test_from_a_message_to_its_file(walker: Any, hosted: Served, prefix: str, label: str, lang: str) -> None:
    walker.goto(f"{hosted.address}{prefix}scenarios/delivery/order-status/")
    walker.get_by_role("radio", name="Deutsch").check(force=True)
    walker.locator(".hb-composer").get_by_role("link", name=label).click()
    path, _, text = arrived(walker)
    assert path == "/team/handbook/edit/main/templates/delivery/order-status/de.md"
    assert "\n# Acknowledge\n" in text


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_from_a_rule_to_its_line(walker: Any, hosted: Served, prefix: str) -> None:
    rule = 'h3#no-unfortunately ~ .hb-rule:has(a[href*="_tone/de.yml"])'
    for kind, link in (("edit", f'{rule} a[rel="edit"]'), ("blob", f"{rule} a:not([rel])")):
        walker.goto(f"{hosted.address}{prefix}tone/")
        walker.locator(link).first.click()
        path, fragment, text = arrived(walker)
        assert path == f"/team/handbook/{kind}/main/templates/_tone/de.yml"
        assert text.split("\n")[int(fragment.removeprefix("L")) - 1].strip() == "- id: no-unfortunately"


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize(("page", "label"), [("privacy/", "Propose a change to this page"), ("zh/privacy/", "建议修改本页")])
def test_from_a_page_to_its_prose(walker: Any, hosted: Served, page: str, label: str) -> None:
    walker.goto(hosted.address + page)
    walker.get_by_role("link", name=label).click()
    path, _, text = arrived(walker)
    assert path == f"/team/handbook/edit/main/docs/{'zh' if 'zh' in page else 'en'}/privacy.md"
    assert "search:" in text


@pytest.mark.browser
@pytest.mark.build
def test_a_wrong_finding_opens_its_form_with_the_rule_and_never_the_words(walker: Any, hosted: Served) -> None:
    walker.goto(f"{hosted.address}scenarios/delivery/order-status/")
    walker.click(".hb-edit")
    walker.locator('[data-part="resolve"] textarea').fill("Unfortunately Sarah Evans has moved.")
    finding = walker.locator('.hb-finding[data-rule="no-unfortunately"]')
    finding.locator("summary").click()
    asked = parse_qs(urlsplit(finding.get_by_role("link", name="Wrong finding?").get_attribute("href")).query)
    assert asked == {"template": ["finding.yml"], "title": ["Wrong finding: no-unfortunately"], "rule": ["no-unfortunately"], "language": ["en"]}
    assert fillable(asked) == {"rule", "language"}


def fillable(asked: dict[str, list[str]]) -> set[str]:
    """Fields of the form that an address fills in; hosts fill text fields, and no others, from it."""
    form = yaml.safe_load((FORMS / asked["template"][0]).read_text(encoding="utf-8"))
    texts = {field["id"] for field in form["body"] if field["type"] in ("input", "textarea")}
    return {name for name in asked if name in texts}


# Described -----------------------------------------------------------------------------------------------------------


def test_the_contributing_page_shows_the_very_text_of_the_host(catalog: Catalog) -> None:
    text = (ROOT / PATH).read_text(encoding="utf-8").partition("page shows what follows. -->\n")[2]
    assert len(text) > 1000
    shown = contributing(desk(catalog, page="contributing.md"))
    assert shown.startswith(text.replace("](docs/en/", "]("))
    assert f"{HOST}/edit/main/CONTRIBUTING.md" in shown
    assert lines_of("docs/en/contributing.md").count("{{ contributing() }}") == 1


def test_every_link_of_contributing_leads_somewhere() -> None:
    text = (ROOT / PATH).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    assert links
    for link in links:
        assert (ROOT / link).is_file(), link


@pytest.mark.parametrize(("old", "new", "words"), [("<!-- The", "<!-- A", "has no line"), ("(docs/en/tone.md)", "(docs/zh/tone.md)", "links to")])
def test_a_contributing_that_no_page_could_show_is_refused(catalog: Catalog, tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / PATH).write_text((ROOT / PATH).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        contributing(desk(replace(catalog, root=tmp_path), page="contributing.md"))


def sections(text: str) -> list[str]:
    return re.findall(r"^## .+", text, re.MULTILINE)


def test_both_languages_describe_the_same_steps(catalog: Catalog) -> None:
    english = (ROOT / "docs/en/contributing.md").read_text(encoding="utf-8").replace("{{ contributing() }}", contributing(desk(catalog)))
    chinese = (ROOT / "docs/zh/contributing.md").read_text(encoding="utf-8")
    assert len(sections(english)) == len(sections(chinese)) >= 7
    for own, word in ((english, "Needed?"), (chinese, "有需要吗？")):
        assert 0 < own.index(word) < own.index("pictures/link.webp") < own.index("make serve"), "criteria, browser, computer"
        assert re.findall(r"^(\d)\. ", own, re.MULTILINE) == [*"1234", *"123456"]
        assert [Path(picture).name for _, picture in PICTURE.findall(own)] == ["link.webp", "rule.webp", "file.webp"]


@pytest.mark.parametrize("file", [PATH, "docs/zh/contributing.md"])
def test_the_pictures_are_there_light_and_described(file: str) -> None:
    pictures = PICTURE.findall((ROOT / file).read_text(encoding="utf-8"))
    assert len(pictures) == 3
    for words, picture in pictures:
        found = (ROOT / file).parent / picture
        assert found.read_bytes()[8:12] == b"WEBP"
        assert found.stat().st_size < 60_000
        assert len(words) > 10


LABELS = {"en": ["propose", "edit", "suggest", "wrong_finding"], "zh": ["propose", "edit", "suggest", "wrong_finding"]}


@pytest.mark.parametrize(("file", "lang"), [(PATH, "en"), ("docs/zh/contributing.md", "zh")])
def test_buttons_are_called_what_they_are_called(catalog: Catalog, file: str, lang: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for key in LABELS[lang]:
        assert f"**{getattr(catalog.interface[key], lang)}**" in text, key


# The message format and its mistakes ---------------------------------------------------------------------------------

ONE_FILE = "templates/delivery/late/en.md"
CASES = sorted(
    folder.name
    for folder in BROKEN.iterdir()
    if [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file() and file.name != "expected.txt"] == [ONE_FILE]
    and "waiver" not in folder.name  # what stands before the first heading is no mistake of the words
)


@pytest.mark.parametrize("case", CASES)
def test_a_shown_mistake_gets_the_sentence_that_the_check_prints(case: str) -> None:
    """Each broken message of the small handbook, once by `handbook check` (expected.txt) and once as a page shows it."""
    small = load(BROKEN / "_base")
    assert example.PATH == ONE_FILE
    right, wrong = ((folder / ONE_FILE).read_text(encoding="utf-8") for folder in (BROKEN / "_base", BROKEN / case))
    expected = [line for line in (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines() if "predates" not in line]
    assert example.sentences(Desk(small, "en", "x.md"), right, wrong) == expected


def test_there_are_mistakes_to_show() -> None:
    assert {"a-heading-is-unknown", "a-combination-has-no-section", "a-message-breaks-a-rule"} <= set(CASES)


def calls(lang: str) -> tuple[str, list[str]]:
    text = (ROOT / f"docs/{lang}/message-format.md").read_text(encoding="utf-8")
    given = re.search(r"\{% raw %\}(.*?)\{% endraw %\}", text, re.DOTALL)
    assert given
    return given[1], re.findall(r"^\{\{ mistake\(.*\) \}\}$", text, re.MULTILINE)


def test_both_pages_show_the_same_five_mistakes(catalog: Catalog) -> None:
    (text, found), chinese = calls("en"), calls("zh")
    assert (text, found) == chinese
    assert len(set(found)) == 5
    assert example.message_file(desk(catalog), text).count("<span") == len(text.strip().splitlines())
    said = []
    for call in found:
        old, new = re.findall(r'"([^"]*)"', call)
        said += re.findall(r"<p lang=\"en\"><code>(.*?)</code>", example.mistake(desk(catalog), text, old, new))
    kinds = ("Unknown placeholder", "Unknown heading", "No &#x27;# Resolve&#x27; for (fba)", "but not in en.md", "[no-unfortunately]")
    assert [kind in sentence for kind, sentence in zip(kinds, said, strict=True)] == [True] * 5, said


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda at, text: example.message_file(at, text.replace("# Next step", "# Next")), "not right itself.*Unknown heading '# Next'"),
        (lambda at, text: example.mistake(at, text, "nowhere", "x"), "stands 0 times"),
        (lambda at, text: example.mistake(at, text, "Resolve", "x"), "stands 2 times"),
        (lambda at, text: example.mistake(at, text, "late, and", "late and"), "is no mistake"),
    ],
)
def test_an_example_that_shows_nothing_is_refused(catalog: Catalog, call: Callable[[Desk, str], str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call(desk(catalog), calls("en")[0])


# Who is asked --------------------------------------------------------------------------------------------------------


def test_code_owners_are_those_of_the_languages() -> None:
    written = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert written == codeowners(load(ROOT)), "Run `handbook owners` and commit .github/CODEOWNERS."


def test_named_owners_get_their_language_and_the_code(copy_of_repository: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_of_repository()
    table = folder / "templates/_languages.yml"
    text = table.read_text(encoding="utf-8").replace("    name: Deutsch\n", '    name: Deutsch\n    owners: ["@anna", "@acme/german"]\n')
    text = text.replace("    name: 中文\n", '    name: 中文\n    owners: ["@li"]\n').replace("owners: {code: []}", 'owners: {code: ["@bo"]}')
    table.write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    assert CliRunner().invoke(main, ["owners"]).output == ".github/CODEOWNERS\n"
    rows = dict(line.split(" ", 1) for line in (folder / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    assert rows["/templates/**/de.md"] == rows["/templates/_tone/de.yml"] == "@anna @acme/german"
    assert rows["/templates/**/zh.md"] == rows["/docs/zh/"] == "@li"
    assert rows["/macros/"] == rows["/.github/"] == "@bo"
    assert not [path for path in rows if "/en" in path or "/docs/de" in path], "nobody is named for English"


def test_every_path_with_owners_exists(catalog: Catalog) -> None:
    named = {lang: language.model_copy(update={"owners": ("@a",)}) for lang, language in catalog.languages.items() if lang in HANDBOOK_LANGUAGES}
    text = codeowners(replace(catalog, languages=named, code_owners=("@b",)))
    paths = [line.split()[0] for line in text.splitlines() if line.startswith("/")]
    assert len(paths) > 15
    for path in paths:
        assert list(ROOT.glob(path.strip("/"))), path


def test_nobody_is_named_by_a_comment_alone(catalog: Catalog) -> None:
    text = codeowners(replace(catalog, code_owners=(), languages={"en": catalog.languages["en"].model_copy(update={"owners": ()})}))
    assert all(line.startswith("#") for line in text.splitlines())
