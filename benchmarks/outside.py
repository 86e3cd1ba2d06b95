"""Tools to compare with, by exact version, in a temporary folder outside the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def npm(folder: Path, *packages: str) -> str | None:
    """Install packages of npm into a folder; None, or why that did not work."""
    if not (folder / "package.json").exists():
        (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    return _done("npm", "install", "--prefix", str(folder), "--save-exact", "--no-audit", "--no-fund", *packages)


def pip(folder: Path, *packages: str) -> str | None:
    """Install packages of PyPI into an environment of their own in `folder`; None, or why that did not work."""
    return _done(sys.executable, "-m", "venv", str(folder)) or _done(str(folder / "bin/python"), "-m", "pip", "install", "--quiet", *packages)


def _done(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as wrong:
        return str(wrong).splitlines()[0]
    lines = (done.stderr or done.stdout).strip().splitlines()
    return None if done.returncode == 0 else (lines or ["it failed without a word"])[-1]
