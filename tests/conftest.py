"""What several test files need: the repository, its catalogue, the built site, and a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from macros.catalog import Catalog, load
from macros.export import FILES, FOLDER, contents
from macros.export.files import write as write_files
from macros.export.records import export
from macros.languages import SOURCE, record
from macros.memo import Memo
from macros.offline import write
from macros.pages import CONFIGS, navigation_text

ROOT = Path(__file__).resolve().parent.parent
PYTHON_BIN = Path(sys.executable).parent
# Chromium's own calls home would only be refused or counted as foreign requests.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Takes a line of figures, and the aim beside it: printed when all tests have run, whichever process ran them."""
    return lambda line, *aim: record_property("figures", line + "".join(f" (aim {one})" for one in aim))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures that tests measured."""
    lines = sorted(line for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
                   for name, line in report.user_properties if name == "figures")  # fmt: skip
    if lines:
        terminalreporter.section("figures")
    for line in lines:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The real templates/, loaded once."""
    return load(ROOT)


def run(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command of the virtual environment; its output as text."""
    executable = str(PYTHON_BIN / command[0])
    full_env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(env or {})}
    return subprocess.run([executable, *command[1:]], cwd=cwd, env=full_env, capture_output=True, text=True, timeout=300, check=False)


@dataclass(frozen=True)
class Served:
    """The built site: its folder and the address at which it is served, on this machine only."""

    folder: Path
    address: str


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def serve(folder: Path, **env: str) -> Iterator[Served]:
    """Both handbooks, built strictly for the very address at which they are served: instant navigation heeds it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}/"
    env |= {"SITE_URL": address, "SITE_URL_ZH": f"{address}zh/"}
    for config, target in (("mkdocs.yml", folder), ("mkdocs.zh.yml", folder / "zh")):
        done = run("mkdocs", "build", "--strict", "--config-file", config, "--site-dir", str(target), env=env)
        assert done.returncode == 0, done.stderr + done.stdout
    made = export(load(ROOT), memo=Memo(ROOT))
    write_files(folder / FOLDER, {name: data for form in FILES for name, data in contents(made, form).items()})
    write(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(folder, address)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Both handbooks as they are built on anybody's machine: the repository's host is not known."""
    yield from serve(tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Both handbooks with links to the repository's host, as they are published."""
    yield from serve(tmp_path_factory.mktemp("hosted") / "site", REPO_URL="https://host.example/team/handbook")


@pytest.fixture(scope="session")
def site(served: Served) -> Path:
    """The built site's folder: English at the root, Chinese in zh/."""
    return served.folder


@pytest.fixture(scope="session")
def address(served: Served) -> str:
    """Where the built site is served."""
    return served.address


def chromium_path() -> str:
    """The system's Chromium (`.ci/chromium` installs it); first its windowless build, in which a page opens in a quarter of the time."""
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", mac)
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, "No Chromium found: run .ci/chromium, which installs the system's package."
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests; the handbook's worker only where a test allows it (`service_workers="allow"`)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        chromium.new_context = functools.partial(chromium.new_context, service_workers="block")
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A fresh visitor's page; the test fails on a console error, an uncaught exception or a request to another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    context.set_default_timeout(8000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: complaints.append(f"foreign request: {request.url}") if _foreign(request.url, address) else None)
    yield opened
    context.close()
    assert not complaints, complaints


def _foreign(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:", "about:"))


BASE = ROOT / "tests" / "broken" / "_base"


@pytest.fixture
def copy_of_repository(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a copy of all that the checks read of the repository: templates, pages and navigation."""

    def copy() -> Path:
        folder = tmp_path_factory.mktemp("repository")
        for name in ("templates", "docs"):
            shutil.copytree(ROOT / name, folder / name)
        for name in CONFIGS.values():
            shutil.copy(ROOT / name, folder / name)
        return folder

    return copy


def record_all(root: Path) -> None:
    """Every translation says that it is made from the present English: for tests that change the English and ask something else."""
    found = load(root)
    for lang in found.languages:
        if lang != SOURCE:
            record(found, [scenario for scenario, other in found.messages if other == lang], lang)


@pytest.fixture(scope="session")
def _small_navigation() -> dict[str, str]:
    small = load(BASE)
    return {CONFIGS[lang]: f"# The small handbook's navigation.\n\n{navigation_text(small, lang)}" for lang in CONFIGS}


@pytest.fixture
def small_handbook(tmp_path_factory: pytest.TempPathFactory, _small_navigation: dict[str, str]) -> Path:
    """A copy of tests/broken/_base: two scenarios, two languages, four rules; whole and right, with its navigation."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name, text in _small_navigation.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
