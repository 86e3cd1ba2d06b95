"""Links from the handbook's pages to the exported files, which `handbook export` puts beside the built pages."""

from __future__ import annotations

import posixpath

from macros.catalog import HANDBOOK_LANGUAGES
from macros.export import FILES, FOLDER
from macros.page import Desk


def export_file(desk: Desk, name: str) -> str:
    """A file as a link to download it. HTML: builders would look for the file among their sources. Raises ValueError for an unknown one."""
    known = [file for files in FILES.values() for file in files]
    if name not in known:
        raise ValueError(f"{desk.page}: unknown file '{name}'. Use one of: {', '.join(known)}.")
    handbook = "" if desk.lang == HANDBOOK_LANGUAGES[0] else desk.lang
    address = desk.page.removesuffix(".md").removesuffix("index")
    return f'<a href="{posixpath.relpath(f"{FOLDER}/{name}", posixpath.join(handbook, address) or ".")}" download>{name}</a>'
