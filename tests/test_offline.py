"""The handbook without a network: whole after one visit, one version at a time, and nothing typed in any cache."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from macros.__main__ import main
from macros.export import FILES, FOLDER
from macros.offline import SOURCE, WORKER, OfflineError, address, contents, listed, write
from tests.conftest import ROOT, Quiet, Served, run
from tests.test_composer import DETAILS, PAGE, copied, field, fill

SMALL = {"index.html": "home", "404.html": "none", "a b/index.html": "page", "assets/x.js": "one", "zh/assets/x.js": "one", "zh/index.html": "家"}
NOT_KEPT = ("sw.js", "zh/sw.js", "sitemap.xml.gz", "assets/x.js.map", "assets/javascripts/lunr/wordcut.js")


def small_site(folder: Path) -> Path:
    for name, text in {**SMALL, **dict.fromkeys(NOT_KEPT, "not kept")}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def rows_of(site: Path) -> list[list[str]]:
    """The list in a written worker."""
    found = re.search(r"^const FILES = (\[.*?^\]);$", (site / WORKER).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return json.loads(found[1])


# The list


def test_the_list_has_each_content_once_under_the_addresses_browsers_ask_for(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    done = write(site)
    rows = rows_of(site)
    assert sorted(name for _, *names in rows for name in names) == ["./", "404.html", "a%20b/", "assets/x.js", "zh/", "zh/assets/x.js"]
    assert ["assets/x.js", "zh/assets/x.js"] in [names for _, *names in rows]
    assert (done.files, done.size) == (6, sum(len(text.encode()) for text in SMALL.values()))


def test_the_version_changes_with_any_byte_and_only_then(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    first = write(site)
    text = (site / WORKER).read_bytes()
    (site / "sitemap.xml.gz").write_text("another", encoding="utf-8")
    assert write(site) == first
    assert (site / WORKER).read_bytes() == text
    versions = {first.version}
    for name in SMALL:
        (site / name).write_text(f"{SMALL[name]} ", encoding="utf-8")
        versions.add(write(site).version)
    (site / "zh/404.html").write_text("none", encoding="utf-8")
    versions.add(write(site).version)
    assert len(versions) == len(SMALL) + 2


def test_a_folder_without_a_site_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(OfflineError, match="there is no built site here"):
        write(tmp_path)
    done = CliRunner().invoke(main, ["offline", str(tmp_path)])
    assert done.exit_code == 1
    assert "Build it first." in done.output
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["offline", str(small_site(tmp_path))])
    assert done.exit_code == 0
    assert re.search(r"sw\.js: version [0-9a-f]{16}, 6 files, 0 kB\.$", done.output.strip())


def test_the_worker_s_source_has_its_two_marked_places_once() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    assert (source.count('"@version@"'), source.count('["@files@"]')) == (1, 1)


@pytest.mark.build
def test_the_list_holds_exactly_the_files_of_the_site(site: Path) -> None:
    left_out = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()} - set(listed(site))
    assert {name for name in left_out if not name.endswith((".map", ".gz"))} == {
        WORKER,
        f"zh/{WORKER}",
        *(f"{zh}assets/javascripts/lunr/{name}.js" for zh in ("", "zh/") for name in ("tinyseg", "wordcut")),
        *(f"{FOLDER}/{name}" for names in FILES.values() for name in names),
    }
    names = [name for _, *names in rows_of(site) for name in names]
    assert sorted(names) == sorted(map(address, listed(site)))
    assert len(names) == len(set(names))
    for prefix in ("", "zh/"):
        assert {f"{prefix}{PAGE}", f"{prefix}sitemap.xml", f"{prefix}search/search_index.json", f"{prefix}assets/data/tone.de.zh.json"} <= set(names)


@pytest.mark.build
def test_no_search_uses_the_word_cutters_that_are_left_out(site: Path) -> None:
    for prefix in ("", "zh/"):
        index = json.loads((site / f"{prefix}search/search_index.json").read_text(encoding="utf-8"))
        assert not {"ja", "hi", "th"} & set(index["config"]["lang"])


@pytest.mark.build
def test_the_sitemap_names_every_page_and_no_day(site: Path) -> None:
    for prefix in ("", "zh/"):
        sitemap = (site / f"{prefix}sitemap.xml").read_text(encoding="utf-8")
        pages = [path for path in listed(site) if path.endswith("index.html") and path.startswith("zh/") == bool(prefix)]
        assert sitemap.count("<loc>") == len(pages)
        assert "lastmod" not in sitemap


# The app


@pytest.mark.build
def test_the_manifest_is_whole_and_its_icons_are_what_it_says(site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert {"name", "short_name", "description", "lang", "start_url", "scope", "display", "theme_color", "background_color", "icons"} == set(manifest)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (".", ".", "standalone")
    assert manifest["theme_color"] in (site / "assets/handbook.css").read_text(encoding="utf-8")
    sizes = {}
    for icon in manifest["icons"]:
        data = (site / icon["src"]).read_bytes()
        sizes[icon["src"].rpartition("/")[2]] = icon["sizes"]
        if icon["type"] == "image/png":
            assert data[:8] == b"\x89PNG\r\n\x1a\n"
            assert "x".join(map(str, struct.unpack(">II", data[16:24]))) == icon["sizes"]
        else:
            assert icon["type"] == "image/svg+xml"
            assert data.startswith(b"<svg ")
    assert sizes == {"icon.svg": "any", "icon-192.png": "192x192", "icon-512.png": "512x512", "maskable.svg": "any"}


@pytest.mark.build
@pytest.mark.parametrize("path", ["index.html", f"{PAGE}index.html", "404.html", "zh/index.html", f"zh/{PAGE}index.html", "zh/404.html"])
def test_every_page_links_the_one_manifest(browser: Any, served: Served, path: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address + path)
    assert page.evaluate("document.querySelector('link[rel=manifest]').href") == f"{served.address}manifest.webmanifest"
    assert page.locator("meta[name=theme-color][media]").count() == 2
    context.close()


@pytest.mark.browser
def test_chromium_would_install_it(visitor: Callable[..., Any], served: Served) -> None:
    page = visitor(served.address)
    errors = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert errors["errors"] == []
    assert errors["url"] == f"{served.address}manifest.webmanifest"
    problems = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [problem["errorId"] for problem in problems if problem["errorId"] != "in-incognito"] == []


# Without a network


@pytest.fixture
def visitor(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page for a fresh visitor whose browser has the worker; the test fails on an error in the console or an uncaught exception."""
    complaints: list[str] = []
    contexts = []

    def visit(url: str, whole: bool = True) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", service_workers="allow")
        contexts.append(context)
        context.set_default_timeout(30000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.goto(url)
        page.wait_for_load_state("load")
        page.mouse.move(5, 5)  # somebody is there: the worker waits for that
        if whole:
            wait(page, "navigator.serviceWorker.controller")
        return page

    visit.complaints = complaints
    yield visit
    for context in contexts:
        context.close()
    assert not complaints, complaints


def wait(page: Any, condition: str) -> None:
    """Until the expression holds. (Playwright's own waiting needs `eval`, which the pages' security policy forbids.)"""
    script = f"""async () => {{
      for (let left = 300; left > 0; left -= 1) {{
        if ({condition}) return true;
        await new Promise((next) => setTimeout(next, 100));
      }}
      return false;
    }}"""
    assert page.evaluate(script), condition


def all_cached(page: Any) -> list[tuple[str, str, str]]:
    """Everything in every cache: the cache's name, the address, the text."""
    return page.evaluate("""async () => {
      const out = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) out.push([name, request.url, await (await cache.match(request)).text()]);
      }
      return out;
    }""")


@pytest.mark.browser
def test_after_one_visit_both_handbooks_work_without_a_network(visitor: Callable[..., Any], served: Served) -> None:
    page = visitor(served.address)
    page.context.set_offline(True)
    for path in (f"{PAGE}?from=chat#message", f"zh/{PAGE}", "zh/policy/", "tone/index.html", "zh/overview"):
        assert page.goto(served.address + path).status == 200
        assert page.locator("h1").is_visible()
    assert page.url == f"{served.address}zh/overview/", "a folder's address without its slash"
    page.goto(served.address + PAGE)
    fill(page, {**DETAILS, "product_name": "lamp, write to help@example.com"})
    page.locator(".hb-finding", has_text="help@example.com").wait_for()
    fill(page, DETAILS)
    page.get_by_text("Checked; nothing to fix.").wait_for()
    assert "desk lamp" in copied(page)


@pytest.mark.browser
def test_the_tab_of_the_first_visit_goes_on_without_a_network(visitor: Callable[..., Any], served: Served) -> None:
    """Instant navigation keeps what was typed; it asks the sitemap which links are pages."""
    page = visitor(served.address + PAGE)
    fill(page, {"order_id": DETAILS["order_id"]})
    page.context.set_offline(True)
    page.locator("nav.md-nav--primary").get_by_text("Arrived damaged").first.click()
    page.wait_for_url("**/damaged-in-transit/")
    page.wait_for_selector(".hb-copy")
    assert field(page, "order_id").input_value() == DETAILS["order_id"]


@pytest.mark.browser
def test_details_typed_without_a_network_survive_moving_on(visitor: Callable[..., Any], served: Served) -> None:
    page = visitor(served.address)
    page.context.set_offline(True)
    page.goto(served.address + PAGE)
    fill(page, {"order_id": DETAILS["order_id"]})
    page.locator("nav.md-nav--primary").get_by_text("Arrived damaged").first.click()
    page.wait_for_url("**/damaged-in-transit/")
    page.wait_for_selector(".hb-copy")
    assert field(page, "order_id").input_value() == DETAILS["order_id"]


@pytest.mark.browser
@pytest.mark.parametrize(("prefix", "query", "found"), [("", "lost parcel", "Lost in transit"), ("zh/", "退款", "退款")])
def test_the_search_works_without_a_network(visitor: Callable[..., Any], served: Served, prefix: str, query: str, found: str) -> None:
    page = visitor(served.address)
    page.context.set_offline(True)
    page.goto(f"{served.address}{prefix}tone/")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially(query)
    page.locator(".md-search-result__link", has_text=found).locator("visible=true").first.wait_for()


@pytest.mark.browser
def test_an_unknown_address_gives_the_handbook_s_own_page(visitor: Callable[..., Any], served: Served) -> None:
    page = visitor(served.address)
    page.context.set_offline(True)
    for path, lang in (("no/such/page/", "en"), ("zh/scenarios/none/", "zh")):
        assert page.goto(served.address + path).status == 404
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("h1").inner_text().startswith("404")
        assert page.locator(".md-header").is_visible()
    told = [text for text in visitor.complaints if "404" in text]
    assert len(told) == 2, "Chromium says so of every page that is not found"
    visitor.complaints[:] = [text for text in visitor.complaints if text not in told]


@pytest.mark.browser
def test_nothing_typed_is_in_any_cache(visitor: Callable[..., Any], served: Served) -> None:
    page = visitor(f"{served.address}{PAGE}?buyer=Sarah%20Evans")
    fill(page, DETAILS)
    copied(page)
    page.goto(f"{served.address}zh/{PAGE}?order={DETAILS['order_id']}")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially("Brightwater 111-2222222")
    page.wait_for_timeout(300)
    cached = all_cached(page)
    assert {url for _, url, _ in cached} == {f"{served.address}{address(path)}".removesuffix("./") for path in listed(served.folder)}
    files = {f"{served.address}{address(path)}".removesuffix("./"): path for path in listed(served.folder)}
    for _, url, text in cached:
        if not url.endswith((".png", ".webp")):
            assert text == (served.folder / files[url]).read_text(encoding="utf-8"), url


@pytest.mark.browser
def test_requests_that_are_not_for_a_file_of_the_list_are_left_alone(visitor: Callable[..., Any], served: Served) -> None:
    page = visitor(served.address)
    ask = "async ([address, method]) => (await fetch(address, { method }).catch(() => ({ status: 0 }))).status"
    assert page.evaluate(ask, [f"{served.address}sitemap.xml.gz", "GET"]) == 200
    page.context.set_offline(True)
    assert page.evaluate(ask, [f"{served.address}tone/", "GET"]) == 200
    assert page.evaluate(ask, [f"{served.address}sitemap.xml.gz?never-asked-for", "GET"]) == 0
    assert page.evaluate(ask, [f"{served.address}tone/?never-asked-for", "POST"]) == 0
    assert page.evaluate(ask, [f"{served.address}tone/?never-asked-for", "HEAD"]) == 0
    visitor.complaints[:] = [text for text in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in text]


# A new version


@pytest.fixture
def own_site(served: Served, tmp_path: Path) -> Iterator[Served]:
    """A copy of the built site at an address of its own, free to change."""
    folder = tmp_path / "site"
    shutil.copytree(served.folder, folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(folder, f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()
    thread.join()


def publish(site: Path, whole: bool = True) -> None:
    """A new version: the page's title and the sentence of a rule are others. `whole` is false where a file came out different from the list."""
    for name, old, new in (
        (f"{PAGE}index.html", ">Marked delivered", ">NEW Marked delivered"),
        ("assets/data/tone.en.en.json", '"say":"', '"say":"NEW '),
    ):
        text = (site / name).read_text(encoding="utf-8")
        assert old in text
        (site / name).write_text(text.replace(old, new), encoding="utf-8")
    write(site)
    if not whole:
        (site / "assets/data/tone.en.en.json").write_text("{}", encoding="utf-8")


def rule_words(page: Any) -> str:
    """What a rule says of a mistake, read in the composer."""
    fill(page, {**DETAILS, "product_name": "lamp, write to help@example.com"})
    return page.locator(".hb-finding").first.inner_text()


def title(page: Any) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.browser
def test_a_new_version_waits_for_the_notice_and_then_comes_whole(visitor: Callable[..., Any], own_site: Served) -> None:
    page = visitor(own_site.address + PAGE)
    old_caches = page.evaluate("caches.keys()")
    assert len(old_caches) == 1
    publish(own_site.folder)
    page.reload()
    notice = page.locator(".hb-notice[role=status]")
    notice.get_by_text("A new version of the handbook is ready.").wait_for()
    assert not title(page).startswith("NEW")
    assert "NEW" not in rule_words(page), "the old page goes on with its old rules"
    notice.get_by_text("Later").click()
    assert notice.inner_text() == ""
    page.goto(f"{own_site.address}zh/tone/")
    page.get_by_role("button", name="载入新版本").wait_for()
    page.goto(own_site.address + PAGE)
    assert not title(page).startswith("NEW")
    notice.get_by_role("button", name="Load the new version").click()
    page.locator("h1", has_text="NEW").wait_for()
    page.wait_for_load_state("networkidle")  # the worker's claim may load a page once more in its first moments, when nothing is typed yet
    page.wait_for_timeout(500)
    assert "NEW" in rule_words(page)
    names = page.evaluate("caches.keys()")
    assert len(names) == 1
    assert names != old_caches
    assert notice.inner_text() == ""


@pytest.mark.browser
def test_only_what_has_changed_is_fetched_for_a_new_version(visitor: Callable[..., Any], own_site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visitor(own_site.address + PAGE)
    publish(own_site.folder)
    asked: list[str] = []
    monkeypatch.setattr(Quiet, "log_message", lambda handler, *_: asked.append(handler.path))
    page.reload()
    page.get_by_role("button", name="Load the new version").wait_for()
    assert sorted(set(asked)) == ["/assets/data/tone.en.en.json", f"/{PAGE}", "/sw.js"]


@pytest.mark.browser
def test_closing_every_tab_also_brings_the_new_version(visitor: Callable[..., Any], own_site: Served) -> None:
    page = visitor(own_site.address + PAGE)
    publish(own_site.folder)
    page.reload()
    page.get_by_role("button", name="Load the new version").wait_for()
    context = page.context
    page.close()
    again = context.new_page()
    again.wait_for_timeout(500)
    again.goto(own_site.address + PAGE)
    again.locator("h1", has_text="NEW").wait_for()


@pytest.mark.browser
def test_a_version_that_does_not_come_whole_is_not_used(visitor: Callable[..., Any], own_site: Served) -> None:
    """As while a site is being published: the list is new, a file is not."""
    page = visitor(own_site.address + PAGE)
    old_caches = page.evaluate("caches.keys()")
    publish(own_site.folder, whole=False)
    became = page.evaluate("""() => new Promise(async (done) => {
      const registration = await navigator.serviceWorker.getRegistration();
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker.addEventListener("statechange", () => done(worker.state), { once: true });
      });
      registration.update();
    })""")
    assert became == "redundant", "it would be used"
    assert page.evaluate("caches.keys()") == old_caches
    assert page.locator(".hb-notice").inner_text() == ""
    page.reload()
    assert not title(page).startswith("NEW")
    assert "NEW" not in rule_words(page)


@pytest.mark.browser
def test_another_tab_is_never_emptied_and_follows_when_nothing_is_typed(visitor: Callable[..., Any], own_site: Served) -> None:
    page = visitor(own_site.address + PAGE)
    other = page.context.new_page()
    other.goto(own_site.address + PAGE)
    other.wait_for_selector(".hb-copy")
    fill(other, DETAILS)
    publish(own_site.folder)
    page.reload()
    button = page.get_by_role("button", name="Load the new version")
    button.click()
    page.get_by_text("Another tab holds details that are not copied yet.").wait_for()
    page.wait_for_timeout(300)
    assert not title(page).startswith("NEW")
    assert field(other, "order_id").input_value() == DETAILS["order_id"]
    assert "desk lamp" in copied(other)
    page.bring_to_front()
    button.click()
    page.locator("h1", has_text="NEW").wait_for()
    other.locator("h1", has_text="NEW").wait_for()
    assert field(other, "order_id").input_value() == ""


@pytest.mark.browser
def test_a_site_without_the_worker_s_list_is_not_hidden_behind_old_pages(visitor: Callable[..., Any], own_site: Served) -> None:
    """As when plain `mkdocs serve` follows `make serve` at the same address."""
    page = visitor(own_site.address + PAGE)
    publish(own_site.folder)
    shutil.copy(ROOT / "overrides" / WORKER, own_site.folder / WORKER)
    page.reload()
    page.get_by_role("button", name="Load the new version").click()
    page.locator("h1", has_text="NEW").wait_for()
    wait(page, "!(await caches.keys()).length")
    page.reload()
    assert title(page).startswith("NEW")
    assert page.locator(".hb-notice").inner_text() == ""


@pytest.mark.browser
def test_the_page_comes_before_the_worker_which_waits_for_somebody_or_some_seconds(browser: Any, own_site: Served) -> None:
    context = browser.new_context(service_workers="allow")
    page = context.new_page()
    page.clock.install()
    page.goto(own_site.address + PAGE)
    page.wait_for_selector(".hb-copy")
    page.clock.run_for(9_000)
    assert page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found === undefined)")
    page.clock.run_for(2_000)
    page.wait_for_timeout(1_000)
    assert page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found !== undefined)")
    context.close()


@pytest.mark.browser
def test_plain_pages_have_no_worker_and_say_nothing_of_it(visitor: Callable[..., Any], own_site: Served) -> None:
    shutil.copy(ROOT / "overrides" / WORKER, own_site.folder / WORKER)
    page = visitor(own_site.address + PAGE, whole=False)
    page.wait_for_selector(".hb-copy")
    page.wait_for_timeout(500)
    wait(page, "!(await navigator.serviceWorker.getRegistration())")
    page.reload()
    page.wait_for_selector(".hb-copy")
    assert page.evaluate("caches.keys()") == []


# Elsewhere


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Both handbooks below /handbook/ of a host that has another site beside them and one further below."""
    host = tmp_path_factory.mktemp("host")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(host)))
    address = f"http://127.0.0.1:{server.server_port}/handbook/"
    env = {"SITE_URL": address, "SITE_URL_ZH": f"{address}zh/"}
    for config, target in (("mkdocs.yml", host / "handbook"), ("mkdocs.zh.yml", host / "handbook/zh")):
        assert run("mkdocs", "build", "--strict", "--config-file", config, "--site-dir", str(target), env=env).returncode == 0
    write(host / "handbook")
    for folder in ("beside", "handbook/further"):
        (host / folder).mkdir()
        (host / folder / "index.html").write_text("<title>another site</title>", encoding="utf-8")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(host / "handbook", address)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.browser
def test_it_works_below_a_path_and_leaves_other_sites_alone(visitor: Callable[..., Any], below: Served) -> None:
    page = visitor(f"{below.address}zh/{PAGE}")
    assert page.evaluate("navigator.serviceWorker.ready.then((found) => found.scope)") == below.address
    page.evaluate("caches.open('handbook of somebody else')")
    for other in (below.address.replace("handbook", "beside"), f"{below.address}further/"):
        page.goto(other)
        assert page.title() == "another site"
    page.context.set_offline(True)
    page.goto(below.address + PAGE)
    fill(page, {**DETAILS, "product_name": "lamp, write to help@example.com"})
    page.locator(".hb-finding", has_text="help@example.com").wait_for()
    page.goto(f"{below.address}zh/none/")
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.locator(".md-header").is_visible()
    assert "handbook of somebody else" in page.evaluate("caches.keys()")
    visitor.complaints[:] = [text for text in visitor.complaints if "404" not in text and "favicon" not in text]


def test_contents_of_one_hash_and_two_kinds_are_kept_apart(tmp_path: Path) -> None:
    """A browser refuses an empty style sheet that came as a script."""
    for name in ("empty.css", "empty.js"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [names for _, *names in contents(tmp_path, listed(tmp_path))] == [["empty.css"], ["empty.js"]]
