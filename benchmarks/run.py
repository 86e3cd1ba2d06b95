"""Speed and size of the handbook, as ratios within one run: `make bench`.

Prints, each beside its bound: messages checked a second and peak memory of `handbook check`; `handbook diff` beside it
(diff.py); the time to build both handbooks beside plain Material for MkDocs with the same pages and the messages pasted in as text;
what a scenario page weighs beyond plain Material's; what scripts and rules weigh; and the live check (live.py).
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import ROOT, packed, show
from benchmarks.diff import diff_speed
from benchmarks.live import finding, live, shipped
from benchmarks.plain import plain_project
from macros.catalog import Catalog, combinations, load
from macros.message import GREETINGS
from macros.page import page_of

BIN = Path(sys.executable).parent
ROUNDS = 5


def timed(*command: str, cwd: Path = ROOT) -> float:
    """Wall seconds of a whole process."""
    start = time.perf_counter()
    subprocess.run([str(BIN / command[0]), *command[1:]], cwd=cwd, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return time.perf_counter() - start


def check_speed(catalog: Catalog) -> None:
    """Messages a second of `handbook check`, whole process, and its peak memory."""
    messages = sum(len(combinations(catalog.scenarios[name])) * len(GREETINGS) for name, _ in catalog.messages)
    for what, command in (("judged anew", ("handbook", "check", "--fresh")), ("unchanged since the last check", ("handbook", "check"))):
        timed(*command)
        seconds = statistics.median(timed(*command) for _ in range(ROUNDS))
        show(f"handbook check, {messages} messages, {what}", f"{messages / seconds:.0f} a second ({seconds:.2f} s)", "at least 400 a second")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    show("handbook check, peak memory", f"{peak:.0f} MiB", "under 200 MiB")


def build_speed(catalog: Catalog, folder: Path) -> None:
    """Seconds to build both handbooks and their plain counterparts, in turn; the ratio of each pair."""
    plain = {lang: plain_project(catalog, lang, folder / lang) for lang in ("en", "zh")}
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(sum(timed("mkdocs", "build", "-f", config, "-d", str(folder / f"ours-{config}")) for config in ("mkdocs.yml", "mkdocs.zh.yml")))
        theirs.append(sum(timed("mkdocs", "build", "-d", str(folder / f"plain-{lang}"), cwd=plain[lang]) for lang in plain))
    ratio = statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
    show("building both handbooks / plain Material, same pages", f"{ratio:.2f} ({statistics.median(ours):.1f} s)", "at most 1.40")


def page_weight(catalog: Catalog, folder: Path) -> None:
    """What the heaviest scenario page brings beyond plain Material's page with the same prose but no message."""
    site = folder / "ours-mkdocs.yml"
    own = [site / "assets/handbook.css", *sorted((site / "assets/js").glob("*.js"))]
    rules = packed(site / "assets/data/tone.en.en.json")
    extra = {}
    for name in catalog.scenarios:
        path = page_of(catalog, name).removesuffix(".md") + "/index.html"
        extra[name] = packed(site / path) - packed(folder / "plain-en" / path)
    heaviest = max(extra, key=extra.__getitem__)
    show("own scripts and styles, gzip", f"{packed(*own) / 1000:.1f} kB", "")
    show(f"page data beyond plain, gzip (most: {heaviest})", f"{extra[heaviest] / 1000:.1f} kB", "")
    show("scenario page in all beyond plain Material's, gzip", f"{(packed(*own) + extra[heaviest]) / 1000:.1f} kB", "at most 25 kB")
    show("rules of one language, when somebody begins to write", f"{rules / 1000:.1f} kB", "")


def main() -> None:
    """Print the table."""
    catalog = load(ROOT)
    with tempfile.TemporaryDirectory() as name:
        check_speed(catalog)
        diff_speed(Path(name))
        build_speed(catalog, Path(name))
        page_weight(catalog, Path(name))
        shipped(catalog, Path(name) / "ours-mkdocs.yml")
        live(catalog, Path(name) / "ours-mkdocs.yml")
        finding(Path(name) / "ours-mkdocs.yml")


if __name__ == "__main__":
    main()
