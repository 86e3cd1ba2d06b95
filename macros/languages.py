"""The message languages kept together: which English text each message was made from, what is behind it, and what a language still lacks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

import yaml

from macros.library import Catalog
from macros.message import HEADINGS, PLACEHOLDER, Message
from macros.model import Level, Scenario
from macros.source import UNWRITTEN, YAML_LOADER, Problem, split_front_matter

SOURCE = "en"  # the language that all others are made from
State = Literal["source", "current", "behind", "unrecorded", "missing", "waived"]
STATES: tuple[State, ...] = get_args(State)


class RecordError(Exception):
    """Why a record cannot be written; nothing has been."""


def english_hash(message: Message) -> str:
    """Eight hexadecimal digits for the words of a message: its sections and what each is used for.

    The order of variants, spaces at the ends of lines, waivers and the record itself do not count.
    """
    parts = sorted([section.name, sorted(section.when), [line.rstrip() for line in section.text.split("\n")]] for section in message.sections)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]


def state(catalog: Catalog, scenario: Scenario, lang: str) -> State:
    """How a scenario stands in a language; `waived` means that the map leaves the language out on purpose."""
    if lang == SOURCE:
        return "source"
    message = catalog.messages.get((scenario.id, lang))
    if message is None:
        return "waived" if lang in scenario.not_in else "missing"
    if message.translated_from is None:
        return "unrecorded"
    return "current" if message.translated_from == english_hash(catalog.messages[scenario.id, SOURCE]) else "behind"


def matrix(catalog: Catalog) -> dict[str, dict[str, State]]:
    """The state of every scenario in every language, in the order of the map and of _languages.yml."""
    return {scenario.id: {lang: state(catalog, scenario, lang) for lang in catalog.languages} for scenario in catalog.scenarios.values()}


def counts(states: Mapping[str, Mapping[str, State]], lang: str) -> dict[State, int]:
    """How many scenarios stand in each state in a language."""
    column = [row[lang] for row in states.values()]
    return {one: column.count(one) for one in STATES}


def behind(catalog: Catalog) -> list[tuple[str, str]]:
    """(scenario, language) of every message made from an English text that has changed since."""
    return [(scenario, lang) for scenario, row in matrix(catalog).items() for lang, found in row.items() if found == "behind"]


def record_warnings(catalog: Catalog) -> Iterator[Problem]:
    """What to say of each message that is behind, or of which nobody knows whether it is."""
    for scenario, row in matrix(catalog).items():
        english = Path(catalog.messages[scenario, SOURCE].path).name
        for lang, found in row.items():
            if found not in ("behind", "unrecorded"):
                continue
            message, label = catalog.messages[scenario, lang], catalog.languages[lang].label.en
            what = {
                "behind": f"The {label} text predates the latest English change. Read {english}, bring this text in line",
                "unrecorded": f"It is not recorded from which English text the {label} one was made. Compare it with {english}",
            }[found]
            yield Problem(message.path, message.record_line, f"{what}, then run `handbook translated {scenario} {lang}`.")


def unready(catalog: Catalog) -> Iterator[tuple[Level, Problem]]:
    """What a language lacks to be used: a warning while it has no message, an error once it has one."""
    spoken = {lang for _, lang in catalog.messages}
    for lang in catalog.languages:
        level: Level = "error" if lang in spoken else "warning"
        yield from ((level, problem) for problem in (*_unwritten(catalog.shared[lang]), *_ruleless(catalog, lang), *_exampleless(catalog, lang)))


def _unwritten(message: Message) -> Iterator[Problem]:
    for section in message.sections:
        if any(PLACEHOLDER.sub("", line).strip() == UNWRITTEN for line in section.text.split("\n")):
            text = f"'# {HEADINGS[section.name]}' is still to be written. Put the words of the language in place of {UNWRITTEN}."
            yield Problem(message.path, section.heading_line, text)


def _ruleless(catalog: Catalog, lang: str) -> Iterator[Problem]:
    if not catalog.rules[lang]:
        ideas = dict.fromkeys(rule.id for rule in catalog.rules[SOURCE])
        text = f"There are no rules for '{lang}' yet, so nothing checks its words. Write those that English has: {', '.join(ideas)}."
        yield Problem(f"templates/_tone/{lang}.yml", 1, text)


def _exampleless(catalog: Catalog, lang: str) -> Iterator[Problem]:
    path = "templates/_variables.yml"
    for name, variable in catalog.variables.items():
        if isinstance(variable.example, Mapping) and lang not in variable.example:
            text = f"'{name}' has no example for '{lang}' yet; the English one stands in. Add one before the first message."
            yield Problem(path, catalog.lines[path][name,], text)


def with_record(text: str, made_from: str) -> str:
    """The text of a message file with its record set; every other character stays. Raises RecordError where the front matter has another form."""
    head, body, first = split_front_matter(text)
    line = f'translated_from: "{made_from}"'
    if first == 1:
        return f"---\n{line}\n---\n{text}"
    lines = head.split("\n")
    at = next((index for index, one in enumerate(lines) if one.startswith("translated_from:")), None)
    lines = [line, *lines] if at is None else [*lines[:at], line, *lines[at + 1 :]]
    written = "\n".join(lines)
    try:
        read = yaml.load(written, YAML_LOADER)
    except yaml.YAMLError:
        read = None
    if not isinstance(read, dict) or read.get("translated_from") != made_from:
        raise RecordError(f"The front matter has a form of its own. Write by hand, on a line of its own: {line}")
    return f"---\n{written}\n---\n{body}"


def record(catalog: Catalog, scenarios: list[str], lang: str) -> list[str]:
    """Write into the messages of a language that they are made from the present English. Returns the paths of those that changed.

    Raises RecordError, with a line for everything that is wrong, before anything is written.
    """
    wrong = []
    if lang == SOURCE or lang not in catalog.languages:
        others = ", ".join(one for one in catalog.languages if one != SOURCE)
        raise RecordError(f"'{lang}' is not a language that messages are translated into. Use one of: {others}.")
    changed: dict[str, str] = {}
    for scenario in scenarios:
        if scenario not in catalog.scenarios:
            wrong.append(f"Unknown scenario '{scenario}'. Use one of: {', '.join(catalog.scenarios)}.")
        elif (scenario, lang) not in catalog.messages:
            wrong.append(f"'{scenario}' has no message in '{lang}'. Write templates/{catalog.family_of(scenario).id}/{scenario}/{lang}.md first.")
        else:
            path = catalog.messages[scenario, lang].path
            text = (catalog.root / path).read_bytes().decode("utf-8")
            try:
                new = with_record(text, english_hash(catalog.messages[scenario, SOURCE]))
            except RecordError as error:
                wrong.append(f"{path}:2: {error}")
                continue
            if new != text:
                changed[path] = new
    if wrong:
        raise RecordError("\n".join(wrong))
    for path, text in changed.items():
        (catalog.root / path).write_bytes(text.encode("utf-8"))
    return list(changed)
