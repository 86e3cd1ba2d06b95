"""A built site made to work without a network: the list of its files, their version, and the browser's worker that keeps them."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from macros import export

WORKER = "sw.js"
SOURCE = Path(__file__).with_name(WORKER)
# No page asks for these: Material ships cutters of Thai, Hindi and Japanese words with every site. (Its instant navigation reads the sitemap.)
_LEFT_OUT = (
    *(f"/{WORKER}", ".map", ".gz", "/lunr/wordcut.js", "/lunr/tinyseg.js"),
    # Whoever wants these takes them along as files: a first visit need not load them unasked.
    *(f"/{export.FOLDER}/{name}" for names in export.FILES.values() for name in names),
)


class OfflineError(Exception):
    """The folder is not a built site."""


@dataclass(frozen=True)
class Listed:
    """What the worker keeps: the version, how many files, and how many bytes they have in all."""

    version: str
    files: int
    size: int


def write(site: Path) -> Listed:
    """Write the worker with its list into the site's root. Raises OfflineError if there is no site."""
    if not (site / "index.html").is_file() or not (site / "404.html").is_file():
        raise OfflineError(f"{site}: there is no built site here (index.html and 404.html are missing). Build it first.")
    files = listed(site)
    source = SOURCE.read_text(encoding="utf-8")
    rows = contents(site, files)
    version = version_of(rows, source)
    (site / WORKER).write_text(worker(source, version, rows), encoding="utf-8")
    return Listed(version, len(files), sum((site / file).stat().st_size for file in files))


def listed(site: Path) -> list[str]:
    """The files of the site that its pages may ask for, as paths from its root in a fixed order."""
    found = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return sorted(path for path in found if not f"/{path}".endswith(_LEFT_OUT))


def address(path: str) -> str:
    """Where a browser asks for a file, relative to the site's root: an index.html under the name of its folder."""
    folder, _, name = path.rpartition("/")
    return quote(path) if name != "index.html" else f"{quote(folder)}/" if folder else "./"


def contents(site: Path, files: list[str]) -> list[list[str]]:
    """Each content once: its integrity as browsers check it, and the addresses of the files that have it."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in files:
        integrity = f"sha256-{b64encode(hashlib.sha256((site / path).read_bytes()).digest()).decode()}"
        found.setdefault((integrity, Path(path).suffix), []).append(address(path))
    return [[integrity, *addresses] for (integrity, _), addresses in found.items()]


def version_of(rows: list[list[str]], source: str) -> str:
    """A name for exactly these contents at these addresses and this worker."""
    return hashlib.sha256(json.dumps([rows, source]).encode()).hexdigest()[:16]


def worker(source: str, version: str, rows: list[list[str]]) -> str:
    """The worker with its two marked places filled in."""
    files = "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]"
    return source.replace('"@version@"', json.dumps(version)).replace('["@files@"]', files)
