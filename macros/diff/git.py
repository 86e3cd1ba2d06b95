"""A state of templates/ out of git, beside the work tree and without touching it."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

FOLDER = "templates"
# Reading must not write, not even the index that git likes to refresh on the way.
_QUIET = ("--no-optional-locks", "-c", "diff.autoRefreshIndex=false", "-c", "core.quotePath=false")


class GitError(Exception):
    """What git cannot give, as a sentence that says how to mend it."""


def commit(root: Path, name: str) -> str:
    """The full hash of a commit-ish. Raises GitError where there is no repository or no such commit."""
    try:
        _git(root, "rev-parse", "--git-dir")
    except GitError:
        raise GitError(f"{root} is in no git repository, so there is no earlier state to compare with. Clone the handbook with git.") from None
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except GitError:
        mend = "Name a branch, a tag or a commit, such as main or HEAD~1; one that is only on the server has to be fetched first (git fetch)."
        raise GitError(f"'{name}' names no commit here. {mend}") from None


def write(root: Path, found: str, target: Path) -> None:
    """Put templates/ of a commit under `target`, byte for byte. Raises GitError where the commit has none."""
    rows = [row for row in _git(root, "ls-tree", "-r", "-z", found, "--", FOLDER).decode("utf-8", "surrogateescape").split("\0") if row]
    files = [(mode, name, path) for row in rows for (mode, kind, name), path in [_entry(row)] if kind == "blob"]
    if not files:
        raise GitError(f"The commit {found[:12]} has no folder {FOLDER}/ here. Name a commit of the handbook.")
    contents = zip(((mode, path) for mode, _, path in files), _blobs(root, [name for _, name, _ in files]), strict=True)
    links = []
    try:
        for (mode, path), raw in contents:
            place = target / _safe(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            if mode == "120000":
                links.append((place, raw))
            else:
                place.write_bytes(raw)
        for place, raw in links:  # last, so that nothing is ever written through one
            place.symlink_to(os.fsdecode(raw))
    except OSError as error:
        raise GitError(
            f"{FOLDER}/ of the commit {found[:12]} cannot be written to {target}: {error.strerror}. Make room, or name another commit."
        ) from None


def renamed_files(root: Path, base: str, head: str | None) -> dict[str, str]:
    """Files of templates/ that git takes for renamed, old path to new: commit by commit, then between the two ends (`head` None: the work tree)."""
    here = ("--no-ext-diff", "--relative", "-M", "--name-status", "--diff-filter=R")
    steps = _git(root, "log", "--reverse", "--format=", *here, f"{base}..{head or 'HEAD'}", "--", FOLDER)
    ends = _git(root, "diff", *here, base, *([head] if head else []), "--", FOLDER)
    found: dict[str, str] = {}
    for old, new in _pairs(steps):
        first = next((first for first, last in found.items() if last == old), old)
        found[first] = new
    return found | dict(_pairs(ends))


def renamed_folders(files: Mapping[str, str], gone: Mapping[str, str], came: Mapping[str, str]) -> dict[str, str]:
    """Scenarios whose files most often went to one new scenario. `gone` and `came` are folders by scenario id; old id to new."""
    owners = {folder: name for name, folder in came.items()}
    found: dict[str, str] = {}
    for name, folder in gone.items():
        homes = Counter(owners[home] for old, new in files.items() if _folder(old) == folder and (home := _folder(new)) in owners)
        best = next((home for home, _ in homes.most_common() if home not in found.values()), None)
        if best:
            found[name] = best
    return found


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _pairs(lines: bytes) -> Iterator[tuple[str, str]]:
    for line in lines.decode("utf-8", "surrogateescape").splitlines():
        parts = line.split("\t")
        if len(parts) == 3:
            yield parts[1], parts[2]


def _entry(row: str) -> tuple[tuple[str, str, str], str]:
    head, _, path = row.partition("\t")
    mode, kind, name = head.split()
    return (mode, kind, name), path


def _safe(path: str) -> str:
    """A path that stays where it is put; git itself refuses others, but a tree can be made by hand."""
    parts = path.split("/")
    if parts[0] != FOLDER or any(part in ("", ".", "..") for part in parts) or "\\" in path:
        raise GitError(f"The commit holds a file with the impossible path {path!r}. Remove it from the history.")
    return path


def _blobs(root: Path, names: Iterable[str]) -> Iterator[bytes]:
    """The contents of objects, in their order; one process for all."""
    raw, at = _git(root, "cat-file", "--batch", typed="".join(f"{name}\n" for name in names).encode()), 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        size = int(raw[at:end].split()[2])
        yield raw[end + 1 : end + 1 + size]
        at = end + size + 2


def _git(root: Path, *arguments: str, typed: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *_QUIET, *arguments], cwd=root, input=typed, capture_output=True, check=False)
    except OSError:
        raise GitError("git is not there. Install it: earlier states are read with it.") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(f"git {arguments[0]} did not work: {said or 'it said nothing'}. Mend the repository, or name another commit.")
    return done.stdout
