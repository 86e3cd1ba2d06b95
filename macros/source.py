"""Reading files of templates/: what may be in them at all, and YAML with the line of every value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

LIMIT_KIB = 256
UNWRITTEN = "…"  # stands for a text that is still to be written
# Nothing here is nested deeper than a few steps; without a limit, brackets alone would overflow the reader's stack.
DEEPEST = 20
# Both are safe loaders; the one in C is ten times faster where PyYAML was built with it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Control characters, and what YAML or a mail program takes for a line end though no editor counts it as one.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# In YAML these can also be written as an escape, and with them half a character, which no file can hold.
_ESCAPED = re.compile(f"{_HIDDEN.pattern}|[\t\ud800-\udfff]")
_BRACKETS = re.compile(r"[\[\]{}]")
_INDENTS = re.compile(r"^[ -]+", re.MULTILINE)
M = TypeVar("M", bound=BaseModel)
Where = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing wrong: file (relative to the repository), line, and a sentence that says what and how to mend it."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass
class Sources:
    """Files read so far and what was wrong with them; `root` is the repository, `base` its templates folder."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    said: set[tuple[str, int]] = field(default_factory=set)  # where reading already failed; the schema does not complain there again

    @property
    def base(self) -> Path:
        return self.root / "templates"

    def say(self, path: str, line: int, text: str) -> None:
        """Note a problem and go on."""
        self.problems.append(Problem(path, line, text))

    def text(self, path: str) -> str | None:
        """The text of a file, or None after noting what is wrong with it."""
        raw, wrong = read_bytes(self.root, path)
        if wrong:
            self.problems.append(wrong)
            return None
        self.loaded.append(path)
        text, flaws = decode(raw, path)
        self.problems += flaws
        return text

    def yaml(self, path: str) -> tuple[Any, dict[Where, int]] | None:
        """A YAML file as plain data with the line of every key and entry, or None after noting what is wrong."""
        text, before = self.text(path), len(self.problems)
        read = None if text is None else parse_yaml(text, path, self.problems)
        self.said.update((problem.path, problem.line) for problem in self.problems[before:])
        return read

    def record(self, model: type[M], data: Any, path: str, lines: dict[Where, int], at: Where = ()) -> M | None:
        """One frozen record of a schema, or None after noting every mistake with its line."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            inner = [item["loc"] for item in found]
            # A list whose entries are wrong is not too short on top of it.
            found = [item for item in found if item["type"] != "too_short" or not any(loc[: len(item["loc"])] == item["loc"] != loc for loc in inner)]
            translated = [_translate(model, item, path, lines, at) for item in found]
            self.problems += [problem for problem in translated if (problem.path, problem.line) not in self.said]
            return None


def read_bytes(root: Path, path: str) -> tuple[bytes, Problem | None]:
    """The bytes of a file inside templates/, or the reason why it is not read."""
    file = root / path
    try:
        inside = file.resolve(strict=file.is_symlink()).is_relative_to((root / "templates").resolve())
    except (OSError, RuntimeError):  # a link in a circle, or to nothing
        inside = False
    if not inside:
        return b"", Problem(path, 1, "This is a link to a file outside templates/. Put the file itself here.")
    if not file.is_file():
        return b"", Problem(path, 1, "The file is missing. Add it.")
    if file.stat().st_size > LIMIT_KIB * 1024:
        return b"", Problem(path, 1, f"The file is larger than {LIMIT_KIB} KiB. Split or shorten it.")
    return file.read_bytes(), None


def decode(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """UTF-8 bytes as text with the flaws of its form; None where it cannot be used at all."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return None, [Problem(path, 1, "The file begins with a byte-order mark. Save it as UTF-8 without BOM.")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "The file is not UTF-8. Save it in the encoding UTF-8.")]
    if not text.strip():
        return None, [Problem(path, 1, "The file is empty. Write its content, or delete the file.")]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return None, [Problem(path, line, "The line ends in CR LF. Save the file with LF line ends.")]
    if "\t" in text:
        return None, [Problem(path, text.count("\n", 0, text.index("\t")) + 1, "There is a tab. Use spaces.")]
    if hidden := _HIDDEN.search(text):
        line, code = text.count("\n", 0, hidden.start()) + 1, f"U+{ord(hidden[0]):04X}"
        return None, [Problem(path, line, f"There is the invisible character {code}. Remove it, or use an ordinary line end or space.")]
    return text, []


def parse_yaml(text: str, path: str, problems: list[Problem], first_line: int = 1) -> tuple[Any, dict[Where, int]] | None:
    """YAML text as plain data and lines. Only maps, lists and plain scalars: no tags, no aliases, no duplicate keys."""
    try:
        if _may_be_deep(text) and (line := _too_deep(text)):
            problems.append(Problem(path, line + first_line - 1, f"Nested more than {DEEPEST} deep. Close a bracket, or write it flatter."))
            return None
        node = yaml.compose(text, Loader=YAML_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        problems.append(Problem(path, line, f"This is not YAML: {error.problem}. Check quotes, colons and indentation here."))
        return None
    if node is None:
        problems.append(Problem(path, first_line, "There are only comments here. Write the keys, or remove it."))
        return None
    reader = _Plain(path, problems, first_line)
    return reader.value(node, ()), reader.lines


def split_front_matter(text: str) -> tuple[str, str, int]:
    """The YAML between two `---` lines at the top (or an empty text), the rest, and the line where the rest begins."""
    if not text.startswith("---\n"):
        return "", text, 1
    head, mark, body = text[4:].partition("\n---\n")
    return (head, body, head.count("\n") + 4) if mark else ("", text, 1)


def _may_be_deep(text: str) -> bool:
    """A quick look at brackets and indentation; only where it says yes is the real depth counted."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST or any(len(lead) > DEEPEST for lead in _INDENTS.findall(text))


def _too_deep(text: str) -> int:
    """The line (from 1) where nesting goes beyond the limit, or 0."""
    depth = 0
    for event in yaml.parse(text, Loader=YAML_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark.line + 1
    return 0


class _Plain:
    """Turns YAML nodes into plain data and remembers where everything stood."""

    def __init__(self, path: str, problems: list[Problem], first_line: int) -> None:
        self.path, self.problems, self.first = path, problems, first_line
        self.lines: dict[Where, int] = {}
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, at: Where) -> Any:
        line = node.start_mark.line + self.first
        self.lines.setdefault(at, line)
        if id(node) in self.seen:
            self.problems.append(Problem(self.path, self.lines[at], "An anchor (&) is used again (*). Write the text out."))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
            return self._map(node, at)
        if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
            return [self.value(child, (*at, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, line)

    def _map(self, node: yaml.MappingNode, at: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, child in node.value:
            line = key.start_mark.line + self.first
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            self._escapes(key, line)
            if key.tag == "tag:yaml.org,2002:bool":
                self.problems.append(Problem(self.path, line, f"The key {name} means true or false in YAML. Put it in quotes."))
            if name in found:
                self.problems.append(Problem(self.path, line, f"The key '{name}' stands twice. Keep one."))
            self.lines[(*at, name)] = line
            found[name] = self.value(child, (*at, name))
        return found

    def _escapes(self, node: yaml.Node, line: int) -> None:
        if isinstance(node, yaml.ScalarNode) and node.style == '"' and (hidden := _ESCAPED.search(node.value)):
            text = f"There is the invisible character U+{ord(hidden[0]):04X}, written as an escape. Remove it, or use an ordinary line end or space."
            self.problems.append(Problem(self.path, line, text))

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        kind = node.tag.removeprefix("tag:yaml.org,2002:") if isinstance(node, yaml.ScalarNode) else ""
        try:
            if kind == "str":
                self._escapes(node, line)
                return node.value
            if kind in ("int", "float"):
                return int(node.value) if kind == "int" else float(node.value)
            if kind == "bool":
                return node.value.lower() in ("yes", "true", "on")
            if kind == "null":
                return None
            if kind == "timestamp":
                return date.fromisoformat(node.value)
        except ValueError:
            wanted = "a date" if kind == "timestamp" else "a number"
            text = f"'{node.value}' is read as {wanted}, and is none. Mend it, or put it in quotes if it is text."
            self.problems.append(Problem(self.path, line, text))
            return None
        self.problems.append(Problem(self.path, line, f"The YAML tag {node.tag} is not used here. Write plain text, lists and keys."))
        return None


_KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", date: "a date", list: "a list", dict: "a group of keys"}
_WANTED = {
    "string_type": "not text. Put it in quotes",
    "int_type": "not a whole number. Write digits without quotes",
    "bool_type": "not true or false. Write true or false without quotes",
    "date_type": "not a date. Write year-month-day without quotes",
    "tuple_type": "not a list. Start each entry with '- '",
    "dict_type": "not a group of keys. Write 'key: value' lines below it",
    "model_type": "not a group of keys. Write 'key: value' lines below it",
}
_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case letters, digits and hyphens",
    r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$": "lower-case letters, digits and underscores",
    r"^[A-Z]{3}$": "three capital letters",
    r"^[0-9a-f]{8}$": "eight hexadecimal digits, as `handbook translated` writes them",
    r"^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$": "@name or @organisation/team, as the host writes them, in quotes",
}


def _translate(model: type[BaseModel], item: Any, path: str, lines: dict[Where, int], at: Where) -> Problem:
    """A mistake that pydantic found, as a sentence at its line."""
    where: Where = (*at, *(step for step in item["loc"] if step != "[key]"))
    known = next((where[:size] for size in range(len(where), -1, -1) if where[:size] in lines), ())
    named = where if item["type"] == "missing" else known
    return Problem(path, lines.get(known, 1), _sentence(model, item, _label(named)))


def _label(at: Where) -> str:
    if not at:
        return "file"
    return f"{at[-2]}, entry {at[-1] + 1}" if isinstance(at[-1], int) else at[-1]


def _sentence(model: type[BaseModel], item: Any, key: str) -> str:
    kind, given = item["type"], item["input"]
    if kind == "missing":
        return f"'{key}' is missing. Add it."
    if kind == "extra_forbidden":
        return f"Unknown key '{key}'. Remove it, or use one of: {', '.join(_model_at(model, item['loc'][:-1]).model_fields)}."
    if kind in _WANTED and given is None:
        return f"'{key}' is empty. Write its value, or remove the key."
    if kind in _WANTED:
        return f"'{key}' is {_KINDS.get(type(given), 'something')}, {_WANTED[kind]}."
    if kind == "literal_error":
        return f"'{given}' is not one of: {item['ctx']['expected']}. Use one of them."
    if kind in ("string_too_short", "string_pattern_mismatch") and isinstance(given, str) and not given.strip():
        return f"'{key}' is empty. Write its text."
    if kind == "string_pattern_mismatch":
        return f"'{given}' has a form that is not allowed here. Use {_FORMS.get(item['ctx']['pattern'], item['ctx']['pattern'])}."
    if kind == "too_short":
        return f"'{key}' has too few entries (at least {item['ctx']['min_length']}). Add what is missing."
    return f"'{key}': {item['msg']}. Mend the value."


def _model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel]:
    """The schema that holds the value at `loc`."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = _inner(model.model_fields[step].annotation) or model
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)
