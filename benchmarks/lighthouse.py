"""Lighthouse for our scenario page and for plain Material's page of the same text: `make bench-lighthouse` prints the README's table.

Both are served on this machine and looked at in turn, three times each, with the system's Chromium; the medians count.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.common import ROOT, served
from benchmarks.outside import npm
from benchmarks.plain import plain_project
from macros import offline
from macros.catalog import load
from macros.page import page_of
from tests.conftest import CHROMIUM_FLAGS, chromium_path

VERSION, ROUNDS, SCENARIO = "12.2.3", 3, "authenticity-doubt"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def build(config: str, site: Path, cwd: Path = ROOT) -> None:
    """One handbook into a folder."""
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet", "--config-file", config, "--site-dir", str(site)]
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


def built(folder: Path) -> tuple[Path, Path]:
    """Both sites: ours whole, as it is published, and plain Material's."""
    ours, plain = folder / "ours", folder / "plain"
    build("mkdocs.yml", ours)
    build("mkdocs.zh.yml", ours / "zh")
    offline.write(ours)
    build("mkdocs.yml", plain, plain_project(load(ROOT), "en", folder / "project"))
    return ours, plain


def scores(folder: Path, address: str) -> list[int]:
    """The four categories of one look, in hundredths."""
    report = folder / "report.json"
    command = [str(folder / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json", f"--output-path={report}"]
    flags = f"--chrome-flags=--headless=new {' '.join(CHROMIUM_FLAGS)}"
    only = f"--only-categories={','.join(CATEGORIES)}"
    environment = {**os.environ, "CHROME_PATH": chromium_path()}
    subprocess.run([*command, flags, only], check=True, capture_output=True, text=True, timeout=180, env=environment)
    found = json.loads(report.read_text(encoding="utf-8"))
    if "runtimeError" in found:
        raise RuntimeError(found["runtimeError"]["message"])
    return [round(100 * found["categories"][name]["score"]) for name in CATEGORIES]


def main() -> None:
    """Print the table, or why there is none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if wrong := npm(folder, f"lighthouse@{VERSION}"):
            print(f"Lighthouse {VERSION} could not be installed here: {wrong}")
            return
        path = page_of(load(ROOT), SCENARIO).removesuffix(".md")
        ours, plain = built(folder)
        looks: dict[str, list[list[int]]] = {"this handbook": [], "plain Material, same text": []}
        with served(ours) as mine, served(plain) as other:
            for _ in range(ROUNDS):
                for who, address in zip(looks, (mine, other), strict=True):
                    try:
                        looks[who].append(scores(folder, f"{address}/{path}/"))
                    except (subprocess.SubprocessError, OSError, RuntimeError, TypeError) as wrong:
                        said = (getattr(wrong, "stderr", "") or str(wrong)).strip().splitlines()
                        print(f"Lighthouse {VERSION} could not look at {who}: {said[-1] if said else 'it failed'}")
                        return
        print(f"Lighthouse {VERSION}, {SCENARIO}, median of {ROUNDS} looks in turn.\n")
        print(f"| page | {' | '.join(CATEGORIES)} |\n|---|{'---|' * len(CATEGORIES)}")
        for who, rows in looks.items():
            print(f"| {who} | {' | '.join(str(statistics.median(column)) for column in zip(*rows, strict=True))} |")


if __name__ == "__main__":
    main()
