"""The built site: complete, strict, of this place only, searchable in Chinese, and safe from a wrong template."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from macros.catalog import Catalog, combinations
from macros.message import assemble
from macros.page import page_of
from tests.conftest import ROOT, Served, run

pytestmark = pytest.mark.build
SOURCES = ("templates", "docs", "macros", "overrides", "mkdocs.yml", "mkdocs.zh.yml", "CONTRIBUTING.md")


def copy_sources(target: Path) -> Path:
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "tone.*.json", "words.*.json"))  # learning takes long
        else:
            shutil.copy(source, target / name)
    return target


MESSAGE_BLOCK = re.compile(
    r'<div class="[^"]*\bmessage\b[^"]*">\s*<pre[^>]*>.*?<code>(.*?)</code>|<pre class="[^"]*\bmessage\b[^"]*"><code>(.*?)</code>', re.DOTALL
)


def messages_of(html: str) -> list[str]:
    """The texts of the message blocks of a page, as a reader would copy them."""
    return [unescape(re.sub(r"<[^>]+>", "", "".join(found))).rstrip("\n") for found in MESSAGE_BLOCK.findall(html)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_is_built(site: Path, lang: str) -> None:
    base = site if lang == "en" else site / "zh"
    sources = sorted((ROOT / "docs" / lang).rglob("*.md"))
    for source in sources:
        relative = source.relative_to(ROOT / "docs" / lang).with_suffix("")
        folder = relative.parent if relative.name == "index" else relative
        assert (base / folder / "index.html").is_file(), relative


def test_the_page_without_script_has_every_combination_exactly(site: Path, catalog: Catalog) -> None:
    blanks = {name: f"[{variable.label.en}]" for name, variable in catalog.variables.items()}
    for scenario in catalog.scenarios.values():
        html = (site / page_of(catalog, scenario.id).removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        wanted = [
            assemble(catalog.messages[scenario.id, lang], catalog.shared[lang], picks, "nameless", {}, blanks).text
            for lang in catalog.languages_of(scenario.id)
            for picks in combinations(scenario)
        ]
        assert messages_of(html) == wanted, scenario.id


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    """Links for people may lead away (licences); what a browser loads by itself may not."""
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        loads = re.findall(r"<(?:script|img|iframe|source|video|audio|embed)[^>]+src=\"(https?:[^\"]+)", html)
        loads += [url for tag in re.findall(r"<link[^>]+>", html) if "canonical" not in tag and "alternate" not in tag and "rel=\"prev" not in tag
                  and "rel=\"next" not in tag for url in re.findall(r"href=\"(https?:[^\"]+)", tag)]  # fmt: skip
        assert not loads, f"{file}: {loads}"
        assert "Content-Security-Policy" in html


def test_without_the_repository_s_address_no_link_leads_to_a_dead_page(site: Path) -> None:
    html = (site / "scenarios/delivery/delivered-not-received/index.html").read_text(encoding="utf-8")
    assert "/edit/main/" not in html
    assert "docs/en/scenarios/delivery/delivered-not-received.md" in html


def test_with_the_repository_s_address_the_links_lead_to_the_very_files(hosted: Served) -> None:
    html = (hosted.folder / "scenarios/usage-help/setup/index.html").read_text(encoding="utf-8")
    assert "https://host.example/team/handbook/edit/main/docs/en/scenarios/usage-help/setup.md" in html
    assert "https://host.example/team/handbook/edit/main/templates/usage-help/setup/de.md" in html
    tone = (hosted.folder / "tone/index.html").read_text(encoding="utf-8")
    assert "https://host.example/team/handbook/edit/main/templates/_tone/de.yml#L" in tone


def test_chinese_search_knows_words(site: Path) -> None:
    """jieba cuts the sentences; without it a whole clause would be one word and nothing would be found."""
    index = json.loads((site / "zh/search/search_index.json").read_text(encoding="utf-8"))
    text = " ".join(entry["title"] + " " + entry["text"] for entry in index["docs"])
    assert "\u200b" in text
    assert "退款" in {word for entry in index["docs"] for word in re.split(r"[\u200b\s。，]", entry["title"] + "\u200b" + entry["text"])}


def test_plain_texts_stay_out_of_the_search(site: Path, catalog: Catalog) -> None:
    """Every combination in every language would bury the pages that speak of them."""
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    scenario_pages = " ".join(entry["text"] for entry in index["docs"] if entry["location"].startswith("scenarios/"))
    assert len(scenario_pages) > 1000
    german = [section.text for (_, lang), message in catalog.messages.items() if lang == "de" for section in message.sections]
    pieces = [piece for text in german for piece in re.split(r"\{\{ [a-z_]+ \}\}|\n", text) if len(piece) > 40]
    assert pieces
    assert not [piece for piece in pieces if piece in scenario_pages]


def test_a_wrong_template_stops_the_build_with_every_sentence_and_leaves_the_site(tmp_path: Path) -> None:
    folder = copy_sources(tmp_path)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("the site of yesterday", encoding="utf-8")
    message = folder / "templates/usage-help/setup/en.md"
    message.write_text(message.read_text(encoding="utf-8").replace("{{ product_name }}", "{{ produkt }}"), encoding="utf-8")
    (folder / "templates/_shared/de.md").write_bytes(b"\xef\xbb\xbf# Greeting (named)\n")
    done = run("mkdocs", "build", "--strict", cwd=folder)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "templates/usage-help/setup/en.md:3: Unknown placeholder {{ produkt }}." in said
    assert "templates/_shared/de.md:1: The file begins with a byte-order mark." in said
    assert (folder / "site" / "index.html").read_text(encoding="utf-8") == "the site of yesterday"


@pytest.mark.parametrize(
    ("written", "said"), [("{{ nobody_defined_this }}", "nobody_defined_this"), ("[rules](tone.md#no-such-rule)", "no-such-rule")]
)
def test_an_unknown_name_or_anchor_on_a_page_stops_the_build(tmp_path: Path, written: str, said: str) -> None:
    folder = copy_sources(tmp_path)
    with (folder / "docs/en/privacy.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{written}\n")
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode != 0
    assert said in done.stdout + done.stderr


def test_zensical_builds_the_same_messages(site: Path, tmp_path: Path) -> None:
    """The successor of Material for MkDocs reads the same sources; the command for the browser's files runs first."""
    folder = copy_sources(tmp_path)
    for config, built in (("mkdocs.yml", site), ("mkdocs.zh.yml", site / "zh")):
        assert run("handbook", "assets", cwd=folder).returncode == 0
        done = run("zensical", "build", "--clean", "--config-file", config, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        successor = folder / built.relative_to(site.parent)
        pages = sorted(page.relative_to(successor) for page in successor.rglob("index.html") if "zh" not in page.relative_to(successor).parts)
        with_messages = 0
        for page in pages:
            mine, theirs = (base.joinpath(page).read_text(encoding="utf-8") for base in (built, successor))
            assert messages_of(theirs) == messages_of(mine), page
            assert _data(theirs) == _data(mine), page
            with_messages += bool(messages_of(mine))
        assert with_messages >= 16, "fifteen scenarios and the anatomy"
        assert (successor / "assets/data/tone.de.en.json").read_bytes() == (built / "assets/data/tone.de.en.json").read_bytes()


def _data(html: str) -> object:
    found = re.search(r"data-hb='([^']*)'|data-hb=\"([^\"]*)\"", html)
    return json.loads(unescape(found.expand(r"\1\2"))) if found else None
