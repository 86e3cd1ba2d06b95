"""What the benchmarks share: a line of the table, sizes as sent, a folder served on this machine, and a browser."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conftest import CHROMIUM_FLAGS, Quiet, chromium_path

ROOT = Path(__file__).resolve().parent.parent


def show(what: str, value: str, bound: str, missed: bool = False) -> None:
    """One line of the table."""
    print(f"{what:58} {value:>34}   {bound}{'; MISSED' if missed else ''}", flush=True)


def packed(*files: Path) -> int:
    """Bytes of the files as a server sends them, each gzipped."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, on this machine only."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """The system's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
