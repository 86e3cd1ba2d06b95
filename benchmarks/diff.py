"""`handbook diff` over a change of the shared greeting in every language, beside `handbook check`: whole processes, in turn."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import ROOT, show

ROUNDS = 5
_GIT = ("git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")


def diff_speed(folder: Path) -> None:
    """The ratio to a check that has judged the same files before, the quickest there is; a small repository is made in `folder`."""
    folder = folder / "diff"
    folder.mkdir()
    for name in ("templates", "docs", "mkdocs.yml", "mkdocs.zh.yml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "As it is")):
        subprocess.run([*_GIT, *command], cwd=folder, check=True, capture_output=True)
    for file in (folder / "templates/_shared").glob("*.md"):
        lines = [f"* {line}" if before.startswith("# Greeting") else line for before, line in _with_heading(file.read_text(encoding="utf-8"))]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _timed(folder, "check")
    pairs = [(_timed(folder, "diff", "HEAD"), _timed(folder, "check")) for _ in range(ROUNDS)]
    ratio, seconds = (statistics.median(found) for found in ([diff / check for diff, check in pairs], [diff for diff, _ in pairs]))
    show("handbook diff, every greeting changed / handbook check", f"{ratio:.1f} ({seconds:.2f} s)", "under 10", ratio >= 10)


def _with_heading(text: str) -> list[tuple[str, str]]:
    """Every line with the nearest heading above it, but only for a line of text right after it."""
    found, heading = [], ""
    for line in text.splitlines():
        found.append((heading if line and not line.startswith("#") else "", line))
        heading = line if line.startswith("#") else heading
    return found


def _timed(folder: Path, *arguments: str) -> float:
    """Wall seconds of a whole process of the command line; a check may find something in the changed greeting."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "macros", *arguments], cwd=folder, check=False, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return time.perf_counter() - start


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        diff_speed(Path(name))
