"""What was found, as Markdown for a pull request or a job summary.

Every text stands in one line of HTML (or in <pre>), where no Markdown is read, and is escaped: whatever a template says, it stays text.
"""

from __future__ import annotations

from html import escape

from macros.diff.outline import Block, Words
from macros.diff.shape import Marks

_TAGS = {"gone": "del", "new": "ins"}


def head(title: str, lines: list[str]) -> str:
    """The heading and the sentences of the summary."""
    return "\n".join([f"<h2>{_safe(title)}</h2>", "", *(f"<p>{_safe(line)}</p>\n" for line in lines)])


def block(given: Block) -> str:
    """One change."""
    lines = ["", f"<h3>{_safe(given.heading)}</h3>", ""]
    for item in given.items:
        if not isinstance(item, Words):
            lines += [f"<p>{_safe(item.text)}</p>", ""]
            continue
        text = f"<pre>{_marked(item.marks, '&#10;')}</pre>" if item.code else f"<blockquote>{_marked(item.marks, '<br>')}</blockquote>"
        label = _safe(item.label)
        if item.aside:
            lines += [f"<details><summary>{label}</summary>{text}</details>", ""]
        else:
            lines += [*([f"<p><strong>{label}</strong></p>", ""] if label else []), text, ""]
    return "\n".join(lines)


def _marked(given: Marks, line_end: str) -> str:
    pieces = []
    for kind, text in given:
        for at, line in enumerate(text.split("\n")):
            pieces.append(line_end if at else "")
            tag = _TAGS.get(kind)
            pieces.append(f"<{tag}>{_safe(line)}</{tag}>" if tag and line else _safe(line))
    return "".join(pieces)


def _safe(text: str) -> str:
    """Escaped; at signs and hashes stand alone, so that the host links nobody and no issue."""
    plain = escape(" ".join(text.split("\n")))
    return plain.replace("@", "<span>@</span>").replace("#", "<span>#</span>").replace("&<span>#</span>", "&#")
