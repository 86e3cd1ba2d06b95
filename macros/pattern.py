"""Patterns in the subset that Python and JavaScript read alike: refused otherwise, and what every match of one must contain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import regex

# Letters whose case the two engines fold differently (dotless i, dotted I, long s) are looked at as plain ones.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\r\t\u00a0\u1680\u202f\u205f\u3000\u2028\u2029\u0085\ufeff", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\u2019\u02bc", "'"),
        "\u0130": "I",
        "\u0131": "i",
        "\u017f": "s",
    }
)
_ZERO = str.maketrans(dict.fromkeys("123456789０１２３４５６７８９", "0"))
MACRO = regex.compile(r"\{([A-Z][A-Z_]{2,})\}")
_TOKEN = regex.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[^\\\[]")


def normal(text: str) -> str:
    """One code point for one code point: typographic apostrophes and unusual spaces become plain ones."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """Only for needles: what two matching texts have in common. Capitals are small, and every digit is 0."""
    return text.casefold().translate(_ZERO)


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with each {NAME} replaced, also within macros. Raises ValueError for an unknown name or a circle."""

    def put(match: regex.Match[str]) -> str:
        if match[1] not in macros:
            raise ValueError(f"Unknown macro {match[0]} in '{pattern}'. Add it under 'macros', or write it out.")
        others = {name: piece for name, piece in macros.items() if name != match[1]}
        return f"(?:{expand(macros[match[1]], others)})"

    return MACRO.sub(put, pattern)


def pattern_problem(pattern: str) -> str | None:
    """What in a pattern Python and JavaScript would read differently, and what to write instead; None if nothing."""
    try:
        Reader(pattern).read()
    except ValueError as wrong:
        return str(wrong)
    return None


def one_line(source: str) -> bool:
    """Whether a pattern (expanded, within the subset) looks at nothing beyond one line: no line break in it, no end of the text."""
    for token in _TOKEN.findall(source):
        if token.startswith("[^"):
            if "\\n" not in token:
                return False
        elif token in ("^", "$", "\n", "\\n") or (token.startswith("[") and "\\n" in token):
            return False
    return True


def macro_nodes(macros: Mapping[str, str]) -> dict[str, Node]:
    """What is known of each macro, so that it is read once and not wherever it is used."""
    nodes: dict[str, Node] = {}

    def read(name: str, circle: tuple[str, ...]) -> None:
        if name in nodes or name not in macros or name in circle:
            return
        for inner in MACRO.findall(macros[name]):
            read(inner, (*circle, name))
        reader = Reader(macros[name], True, nodes)
        nodes[name] = either([node for _, node in reader.read()])
        if reader.captures:
            raise ValueError(f"The macro {{{name}}} has a group without ?:. Write (?:...).")

    for name in macros:
        read(name, ())
    return nodes


_ESCAPED = frozenset("^$.*+?()[]{}|/\\")
_PROPERTIES = frozenset({"L", "N", "M", "Lu", "Ll", "Script=Han", "Script=Hiragana", "Script=Katakana", "Extended_Pictographic"})
_INSTEAD = {
    "b": "The engine adds word ends; elsewhere write (?<![\\p{L}\\p{N}]) or (?![\\p{L}\\p{N}]).",
    "B": "Write a look-around with \\p{L} and \\p{N}.",
    "w": "Write [\\p{L}\\p{N}].",
    "W": "Write [^\\p{L}\\p{N}].",
    "d": "Write [0-9].",
    "D": "Write [^0-9].",
    "s": "Write [ \\n].",
    "S": "Write [^ \\n].",
    "A": "Write ^.",
    "Z": "Write $.",
    "z": "Write $.",
    "-": "Outside a set write - alone.",
}
_GROUPS = ("(?:", "(?=", "(?!", "(?<=", "(?<!")
_PROPERTY = regex.compile(r"\\p\{([^{}]*)\}")
_TIMES = regex.compile(r"[*+?]|\{([0-9]+)(?:,([0-9]*))?\}")
_MANY = 48
# Letters that stand for themselves; the last one may be repeated by what follows.
_RUN = regex.compile(r"[\p{Script=Latin}\p{Script=Han} ]+(?![*+?{])")


@dataclass(frozen=True)
class Node:
    """What is known of a piece of a pattern: every string it matches (if few), and strings of which any match has one."""

    strings: frozenset[str] | None
    needles: frozenset[str] | None = None


_NOTHING = Node(frozenset({""}))
_ANYTHING = Node(None)


@dataclass
class Reader:
    """One reading of a pattern, from left to right; refuses with ValueError what the two engines read differently."""

    source: str
    case: bool = True
    macros: Mapping[str, Node] = field(default_factory=dict)
    at: int = 0
    captures: int = 0
    marks: list[str] = field(default_factory=list)

    def read(self) -> list[tuple[str, Node]]:
        """The alternatives of the pattern. Raises ValueError with a sentence that says what to write instead."""
        options = self._options()
        if self.at < len(self.source):
            raise self._wrong("a closing bracket without an opening one", "Write \\) for the character.")
        if any(int(mark) > self.captures for mark in self.marks):
            raise self._wrong("a \\1 without its group", "Put what is repeated into (...).")
        return options

    def _wrong(self, what: str, instead: str) -> ValueError:
        return ValueError(f"The pattern '{self.source}' has {what}, which Python and JavaScript do not read alike. {instead}")

    def _starts(self, piece: str) -> bool:
        return self.source.startswith(piece, self.at)

    def _options(self) -> list[tuple[str, Node]]:
        """Alternatives up to a closing bracket or the end, each with its source."""
        options = []
        while True:
            begun, node = self.at, self._sequence()
            options.append((self.source[begun : self.at], node))
            alone = len(options) == 1 and not self._starts("|")
            if begun == self.at and not alone:
                raise self._wrong("an empty choice at |", "Write (?:...)? for what may be absent.")
            if not self._starts("|"):
                return options
            self.at += 1

    def _sequence(self) -> Node:
        items = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            item, fixed = self._atom()
            items.append(self._repeated(item, fixed))
        return _chain(items)

    def _atom(self) -> tuple[Node, bool]:
        """One item, and whether it may not be repeated."""
        char = self.source[self.at]
        if char == "(":
            return self._group()
        if char == "[":
            return self._set(), False
        if char == "\\":
            return self._escape(), False
        if macro := MACRO.match(self.source, self.at):
            self.at = macro.end()
            return self.macros.get(macro[1], _ANYTHING), False
        if (run := _RUN.match(self.source, self.at)) and normal(run[0]) == run[0]:
            self.at = run.end()
            return self._text(run[0]), False
        if char in "^$":
            self.at += 1
            return _NOTHING, True
        if char in ".]{}*+?":
            raise self._lone(char)
        self.at += 1
        return self._char(char), False

    def _lone(self, char: str) -> ValueError:
        if char == ".":
            return self._wrong("a bare dot", "Write [^\\n] for any character, \\. for the dot.")
        if char in "*+?":
            return self._wrong(f"a '{char}' with nothing before it to repeat", f"Write \\{char} for the character, and no possessive form.")
        return self._wrong(f"a lone '{char}'", f"Write \\{char} for the character.")

    def _char(self, char: str) -> Node:
        if normal(char) != char:
            raise self._wrong(f"the character U+{ord(char):04X}, which no looked-at text contains", f"Write {normal(char)!r}.")
        return self._text(char)

    def _text(self, text: str) -> Node:
        one = frozenset({fold(text)})
        return Node(one, one)

    def _group(self) -> tuple[Node, bool]:
        opening = next((form for form in _GROUPS if self._starts(form)), "(")
        if opening == "(" and self._starts("(?"):
            raise self._wrong("a named group, flags or an atomic group", "Write (?:...); flags are keys of the rule ('case').")
        self.captures += opening == "("
        self.at += len(opening)
        inner = either([node for _, node in self._options()])
        if not self._starts(")"):
            raise self._wrong("a bracket that is not closed", "Add the closing bracket, or write \\( for the character.")
        self.at += 1
        return (_NOTHING, True) if opening in _GROUPS[1:] else (inner, False)

    def _escape(self) -> Node:
        char = self.source[self.at + 1 : self.at + 2]
        if char == "p":
            self._property()
            return _ANYTHING
        self.at += 2
        if char == "n":
            return self._char("\n")
        if char in "123456789" and char:
            self.marks.append(char)
            return _ANYTHING
        if char not in _ESCAPED or not char:
            raise self._wrong(f"'\\{char}'", _INSTEAD.get(char, "Write the character itself."))
        return self._char(char)

    def _property(self) -> None:
        found = _PROPERTY.match(self.source, self.at)
        if not found or found[1] not in _PROPERTIES:
            raise self._wrong("an unknown \\p{...}", f"Use one of: {', '.join(sorted(_PROPERTIES))}.")
        if found[1] in ("Lu", "Ll") and not self.case:
            raise self._wrong(f"\\p{{{found[1]}}} in a rule that does not heed capitals", "Add 'case: true' to the rule.")
        self.at = found.end()

    def _set(self) -> Node:
        """A set in square brackets: characters, ranges, \\p{...}; no set within a set."""
        self.at += 1
        negated = self._starts("^")
        self.at += negated
        members: list[frozenset[str] | None] = []
        while not self._starts("]"):
            if self.at >= len(self.source):
                raise self._wrong("a set that is not closed", "Add ], or write \\[ for the character.")
            members.append(self._member(bool(members)))
        self.at += 1
        if not members:
            raise self._wrong("an empty set", "Name its characters.")
        chars = union(members)
        return Node(chars, chars) if chars and not negated and len(chars) <= _MANY // 2 else _ANYTHING

    def _member(self, later: bool) -> frozenset[str] | None:
        """What a character, range or property of a set can be; None where that is much."""
        if any(self._starts(double) for double in ("&&", "--", "||", "~~")) or self._starts("["):
            raise self._wrong(f"'{self.source[self.at]}' within a set as an operator", "Escape it with \\, or name the character once.")
        if self._starts("-") and later and not self._starts("-]"):
            raise self._wrong("a '-' in the middle of a set", "Write \\- or put it last.")
        char = self._set_char()
        if char is None or not self._starts("-") or self._starts("-]"):
            return None if char is None else frozenset({fold(char)})
        self.at += 1
        last = self._set_char()
        if last is None or last < char:
            raise self._wrong("a range without two ends in order", "Write it as [a-z].")
        few = ord(last) - ord(char) < _MANY
        return frozenset(fold(chr(code)) for code in range(ord(char), ord(last) + 1)) if few else None

    def _set_char(self) -> str | None:
        if self._starts("\\p"):
            self._property()
            return None
        if self._starts("\\-"):
            self.at += 2
            return "-"
        if self._starts("\\"):
            if self.source[self.at + 1 : self.at + 2] in tuple("123456789"):
                raise self._wrong("a back-reference within a set", "Name the characters.")
            self._escape()
            return "\n" if self.source[self.at - 1] == "n" else self.source[self.at - 1]
        self.at += 1
        char = self.source[self.at - 1]
        self._char(char)
        return char

    def _repeated(self, item: Node, fixed: bool) -> Node:
        found = _TIMES.match(self.source, self.at)
        if not found:
            return item
        if fixed:
            raise self._wrong("a repeated look-around or anchor", "Repeat what is inside it.")
        low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(found[0]) or _bounds(found)
        if high is not None and high < low:
            raise self._wrong("a repetition whose ends are out of order", "Write {2,5}.")
        self.at = found.end()
        self.at += self._starts("?")
        if self.at < len(self.source) and self.source[self.at] in "*+?":
            raise self._wrong("a possessive or double repetition", "Write one of ? * + {2,5}, with ? after it to take few.")
        return _times(item, low, high)


def _bounds(found: regex.Match[str]) -> tuple[int, int | None]:
    low = int(found[1])
    return low, (low if found[2] is None else int(found[2]) if found[2] else None)


def union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    held = list(sets)
    return None if None in held else frozenset().union(*held)


def either(options: Sequence[Node]) -> Node:
    strings = union(option.strings for option in options)
    needles = union(option.needles for option in options)
    return Node(strings if strings and len(strings) <= _MANY else None, needles)


def _times(item: Node, low: int, high: int | None) -> Node:
    """An item repeated; a known string that stands at least `low` times in a row is a longer needle."""
    strings = item.strings
    if strings is not None and high is not None and high <= 3 and len(strings) ** high <= _MANY:
        every = frozenset("".join(some) for count in range(low, high + 1) for some in product(strings, repeat=count))
        return Node(every, item.needles and _times(item, low, None).needles)
    if low and strings is not None and len(strings) == 1:
        (only,) = strings
        return Node(frozenset({only * low}) if high == low else None, frozenset({only * low}) if only else None)
    return Node(None, item.needles if low else None)


@cache
def _weight(needle: str) -> int:
    """How rare a needle is, in letters; a Chinese character says as much as three."""
    return len(needle) if needle.isascii() else sum(1 if char.isascii() else 3 for char in needle)


def _chain(items: Sequence[Node]) -> Node:
    """Items one after another: runs of known strings are joined, and the best run or item gives the needles."""
    run, whole, candidates = frozenset({""}), True, []
    for item in items:
        if item.strings is not None and len(run) * len(item.strings) <= _MANY:
            run = frozenset(map("".join, product(run, item.strings)))
            continue
        candidates.append(run)
        run, whole = item.strings or frozenset({""}), False
    candidates += [run, *(item.needles for item in items)]
    useful = [needles for needles in candidates if needles and "" not in needles]
    best = max(useful, key=lambda needles: (min(6, *map(_weight, needles)), -len(needles)), default=None)
    return Node(run if whole else None, best)
