"""Message files shown on a page: an example with its line numbers, and the mistakes people make, each with the very sentence it gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from html import escape

from macros.catalog import examined
from macros.check import Remark, check
from macros.model import Bilingual, Family, Scenario
from macros.page import Desk

# The scenario that the example would belong to; it is on no map.
_NAME = Bilingual(en="Example", zh="示例")
_SCENARIO = Scenario(id="late", title=_NAME, when=_NAME, kind="reply", fulfilment=("fbm", "fba"))
_FAMILY = Family(id="delivery", title=_NAME, scenarios=(_SCENARIO,))
PATH = f"templates/{_FAMILY.id}/{_SCENARIO.id}/en.md"
_OTHER = PATH.replace("en.md", "zh.md")  # stands for the other languages, as the file that says what the English should


def message_file(desk: Desk, text: str) -> str:
    """The text of a message file with line numbers. Raises ValueError where the check would find something in it."""
    text = _file(text)
    if said := sentences(desk, text, text):
        raise ValueError(f"{desk.page}: the example of a message file is not right itself. {' '.join(said)}")
    return figure(PATH, [("", number, line) for number, line in enumerate(text.splitlines(), 1)])


def mistake(desk: Desk, text: str, old: str, new: str) -> str:
    """The lines of a message file that change when `new` stands in place of `old`, and what the check says of it.

    Raises ValueError where `old` does not stand in the text exactly once, or where nothing is wrong with the new text.
    """
    text = _file(text)
    if text.count(old) != 1:
        raise ValueError(f"{desk.page}: {old!r} stands {text.count(old)} times in the example. Quote words that stand there once.")
    wrong = text.replace(old, new)
    if not (said := sentences(desk, text, wrong)):
        raise ValueError(f"{desk.page}: {new!r} in place of {old!r} is no mistake. Show one.")
    quoted = "".join(f'<p lang="en"><code>{escape(sentence)}</code></p>' for sentence in said)
    return f'{figure(PATH, list(_changed(text.splitlines(), wrong.splitlines())))}\n\n<div class="hb-said">{quoted}</div>'


def sentences(desk: Desk, right: str, text: str) -> list[str]:
    """What `handbook check` prints of `text` as the English message of a scenario whose other languages say `right`."""
    messages, problems = examined(desk.catalog, _SCENARIO, {PATH: text, _OTHER: right})
    if problems:
        return [str(problem) for problem in problems]
    alone = replace(
        desk.catalog,
        families=(_FAMILY,),
        languages={"en": desk.catalog.languages["en"]},
        shared={"en": desk.catalog.shared["en"]},
        messages={(_SCENARIO.id, "en"): messages[PATH]},
    )
    return [_sentence(remark) for remark in check(alone) if remark.path == PATH]


def _sentence(remark: Remark) -> str:
    level, match = ("warning: " if remark.level == "warning" else ""), (f"'{remark.match}': " if remark.match else "")
    return f"{remark.path}:{remark.line}: {level}[{remark.rule}] {match}{remark.say}"


def _file(text: str) -> str:
    return f"{text.strip()}\n"


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """The lines taken out and put in, as (mark, line number, text); the marks are − and +."""
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (("−", number + 1, old[number]) for number in range(start, end))
            yield from (("+", number + 1, new[number]) for number in range(first, last))


def figure(path: str, rows: Sequence[tuple[str, int, str]]) -> str:
    """Numbered lines as HTML; no line of it is blank, because Markdown would end there."""
    kinds = {"": "", "−": ' class="hb-out"', "+": ' class="hb-in"'}
    lines = "".join(f'<span{kinds[mark]} data-line="{number}{mark}">{escape(line)}\n</span>' for mark, number, line in rows)
    return f'<figure class="hb-file" lang="en"><figcaption><code>{path}</code></figcaption><pre><code>{lines}</code></pre></figure>'
