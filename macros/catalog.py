"""templates/ as frozen objects, or every problem of every file at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, RootModel, ValidationError

from macros import message as grammar
from macros.consistency import disagreements
from macros.library import FINDER, HANDBOOK_LANGUAGES, PRACTICE, Catalog, combinations, scope
from macros.memo import Memo
from macros.message import Message, Waiver
from macros.model import (
    Bilingual,
    Fact,
    Family,
    Frozen,
    Hash,
    Idea,
    Language,
    Owners,
    Pair,
    Reply,
    Rule,
    Scenario,
    Slug,
    Store,
    Strings,
    Term,
    Text,
    Variable,
)
from macros.source import UNWRITTEN, Problem, Sources, Where, decode, parse_yaml, split_front_matter

__all__ = ["HANDBOOK_LANGUAGES", "UNWRITTEN", "Catalog", "CatalogError", "combinations", "examined", "load", "scope"]


class CatalogError(Exception):
    """What is wrong with templates/; one `path:line: sentence` a line, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem], catalog: Catalog | None = None) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.catalog = catalog  # what could be read; for finding more problems, never for use
        super().__init__("\n".join(map(str, self.problems)))


class Words(dict[str, Bilingual]):
    """The words of _interface.yml; asking for one that is not there says so."""

    def __missing__(self, key: str) -> Bilingual:
        raise CatalogError([Problem("templates/_interface.yml", 1, f"'{key}' is missing. Add it in English and Chinese.")])


def load(root: Path, memo: Memo | None = None) -> Catalog:
    """Read and check `root`/templates. Raises CatalogError with every problem found; nothing is returned half-read.

    Rules that `memo` knows to compile are compiled only when they are needed.
    """
    sources = Sources(root.resolve())
    loader = _Loader(sources)
    catalog = loader.run()
    if catalog is not None and not sources.problems and (problems := disagreements(catalog, memo)):
        raise CatalogError(problems)
    if sources.problems or catalog is None:
        raise CatalogError(sources.problems, catalog)
    return catalog


def read(root: Path, memo: Memo | None = None) -> tuple[Catalog | None, tuple[Problem, ...]]:
    """What can be read of `root`/templates, with every problem found: for looking at an earlier state, never for publishing."""
    sources = Sources(root.resolve())
    catalog = _Loader(sources).run()
    problems = sources.problems if sources.problems or catalog is None else disagreements(catalog, memo)
    return catalog, tuple(sorted(set(problems)))


def examined(catalog: Catalog, scenario: Scenario, texts: Mapping[str, str]) -> tuple[dict[str, Message], tuple[Problem, ...]]:
    """Messages of a scenario from texts by path, read as `load` would read those files, and what it would say of them. No file is touched.

    The file's name is the language, and the first text is the one that the others are compared with.
    """
    loader = _Loader(Sources(catalog.root))
    loader.lines = dict(catalog.lines)
    messages = {}
    for path, text in texts.items():
        decoded, flaws = decode(text.encode(), path)
        loader.sources.problems += flaws
        if decoded is not None:
            messages[path] = loader._parsed(decoded, path, Path(path).stem, catalog.variables, grammar.BODY_SECTIONS)
            loader._check_combinations(scenario, messages[path])
    loader._check_same(scenario, list(messages.values()))
    return messages, tuple(sorted(set(loader.sources.problems)))


class _Owners(Frozen):
    """Who is asked to read what belongs to no language."""

    code: Owners = ()


class _Table(Frozen):
    """The top level of _languages.yml."""

    stores: dict[str, Store]
    languages: dict[str, Language]
    buyers: Strings = ()
    owners: _Owners = _Owners()


class _Map(Frozen):
    """The top level of _scenarios.yml."""

    families: Annotated[tuple[Family, ...], Field(strict=False)]
    confused: Annotated[tuple[Annotated[tuple[Slug, Slug], Field(strict=False)], ...], Field(strict=False)] = ()


class _Loader:
    """One reading of templates/: every step notes its problems in `sources` and goes on."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.lines: dict[str, dict[Where, int]] = {}
        self.rule_lines: dict[tuple[str, str], int] = {}

    def run(self) -> Catalog | None:
        table = self._top("_languages.yml", _Table)
        variables = self._named("_variables.yml", Variable)
        facts = self._named("_facts.yml", Fact)
        interface = Words(self._named("_interface.yml", Bilingual))
        glossary, sheets = self._optional("_glossary.yml", Term), self._optional("_sheets.yml", _Pairs)
        mapped = self._map()
        families = mapped.families if mapped else None
        if table is None:
            return None
        ideas, masks, macros, rules = self._tone(table.languages)
        shared = self._shared(table.languages, variables)
        if families is None:
            return None
        messages, buyers_say = self._scenarios(families, table.languages, variables, table.buyers or tuple(table.languages))
        replies = self._replies(table.languages)
        self._strangers()
        return Catalog(
            self.sources.root, table.stores, table.languages, variables, families, facts, interface, ideas, rules,
            masks, macros, shared, messages, buyers_say, self.lines, self.rule_lines, tuple(sorted(self.sources.loaded)),
            table.buyers or tuple(table.languages), table.owners.code, self._confused(mapped), replies,
            glossary, {lang: pairs.root for lang, pairs in sheets.items()},
        )  # fmt: skip

    # Reading -----------------------------------------------------------------------------------------------------

    def _yaml(self, name: str) -> Any:
        path = f"templates/{name}"
        read = self.sources.yaml(path)
        if read is None:
            return None
        data, self.lines[path] = read
        if not isinstance(data, dict):
            self.sources.say(path, 1, "The file is not a group of keys. Write 'key: value' lines.")
            return None
        return data

    def _top(self, name: str, model: type[Any]) -> Any:
        data = self._yaml(name)
        path = f"templates/{name}"
        return None if data is None else self.sources.record(model, data, path, self.lines[path])

    def _named(self, name: str, model: type[Any]) -> dict[str, Any]:
        """A file of the form `id: record`."""
        data = self._yaml(name)
        return {} if data is None else self._records(data, model, f"templates/{name}")

    def _optional(self, name: str, model: type[Any]) -> dict[str, Any]:
        """A file that only pages of reference need, which say so where it is missing: earlier states do without."""
        return self._named(name, model) if (self.sources.base / name).is_file() else {}

    def _records(self, data: Mapping[str, Any], model: type[Any], path: str) -> dict[str, Any]:
        found = {key: self.sources.record(model, value, path, self.lines[path], (key,)) for key, value in data.items()}
        return {key: record for key, record in found.items() if record is not None}

    def _map(self) -> _Map | None:
        data, path = self._yaml("_scenarios.yml"), "templates/_scenarios.yml"
        if data is None:
            return None
        found = self.sources.record(_Map, data, path, self.lines[path])
        if found is None:  # a text still to be written must not hide what else is
            try:
                found = _Map.model_validate(_filled(data))
            except ValidationError:
                return None
        return found

    def _confused(self, mapped: _Map) -> tuple[tuple[str, str], ...]:
        """The pairs of the map whose scenarios exist; of the others it is said which do not."""
        path, known = "templates/_scenarios.yml", {scenario.id for family in mapped.families for scenario in family.scenarios}
        for at, pair in enumerate(mapped.confused):
            for name in sorted({*pair} - known):
                self.sources.say(path, self.lines[path]["confused", at], f"Unknown scenario '{name}'. Use an id of the map, or remove the pair.")
            if pair[0] == pair[1]:
                self.sources.say(path, self.lines[path]["confused", at], f"'{pair[0]}' is paired with itself. Name the scenario it is taken for.")
        return tuple(pair for pair in mapped.confused if {*pair} <= known)

    def _replies(self, languages: Mapping[str, Language]) -> dict[str, dict[str, Reply]]:
        """The whole bad replies of each language that has any."""
        there = [lang for lang in languages if (self.sources.root / f"templates/_replies/{lang}.yml").exists()]
        return {lang: self._named(f"_replies/{lang}.yml", Reply) for lang in there}

    def _tone(self, languages: Mapping[str, Language]) -> tuple[dict[str, Idea], tuple[str, ...], dict[str, Any], dict[str, Any]]:
        ideas: dict[str, Idea] = {}
        masks: tuple[str, ...] = ()
        macros: dict[str, dict[str, str]] = {}
        rules: dict[str, tuple[Rule, ...]] = {}
        for lang in ("all", *languages):
            path = f"templates/_tone/{lang}.yml"
            data = self._top(f"_tone/{lang}.yml", _Tone)
            rules[lang], macros[lang] = (), {}
            if data is None:
                continue
            if lang == "all":
                ideas, masks = data.ideas, data.masks
            elif data.ideas or data.masks:
                self.sources.say(path, 1, "'ideas' and 'masks' hold for all languages. Move them to _tone/all.yml.")
            rules[lang], macros[lang] = data.rules, data.macros
            for at, rule in enumerate(data.rules):
                line = self.lines[path]["rules", at]
                if self.rule_lines.setdefault((lang, rule.id), line) != line:
                    self.sources.say(path, line, f"[{rule.id}] The id stands twice in this file. Join the two rules, or rename one.")
        return ideas, masks, macros, rules

    def _shared(self, languages: Mapping[str, Language], variables: Mapping[str, Variable]) -> dict[str, Message]:
        found = {lang: self._message(f"templates/_shared/{lang}.md", lang, variables, grammar.SHARED_SECTIONS) for lang in languages}
        for message in found.values():
            if message:
                self._check_variants(message, "greeting", [(form,) for form in grammar.GREETINGS], set(grammar.GREETINGS))
                self._check_variants(message, "closing", [()], set())
        return {lang: message for lang, message in found.items() if message}

    def _scenarios(
        self, families: Iterable[Family], languages: Mapping[str, Language], variables: Mapping[str, Variable], buyers: Collection[str]
    ) -> tuple[Any, Any]:
        messages, buyers_say = {}, {}
        for family in families:
            for scenario in family.scenarios:
                folder = f"templates/{family.id}/{scenario.id}"
                for lang in languages:
                    if lang not in HANDBOOK_LANGUAGES and not (self.sources.root / folder / f"{lang}.md").exists():
                        continue
                    read = self._message(f"{folder}/{lang}.md", lang, variables, grammar.BODY_SECTIONS)
                    if read:
                        messages[scenario.id, lang] = read
                        self._check_combinations(scenario, read)
                buyers_say[scenario.id] = self._buyers_say(f"{family.id}/{scenario.id}/buyers-say.yml", buyers)
                self._check_same(scenario, [messages[scenario.id, lang] for lang in languages if (scenario.id, lang) in messages])
        return messages, buyers_say

    def _buyers_say(self, name: str, buyers: Collection[str]) -> dict[str, tuple[str, ...]]:
        data, path = self._yaml(name), f"templates/{name}"
        found = {} if data is None else self._records(data, _Lines, path)
        for lang in data or {}:
            if lang not in buyers:
                self.sources.say(path, self.lines[path][lang,], f"Unknown language '{lang}'. Use one of: {', '.join(buyers)}.")
        if data is not None:
            for lang in set(HANDBOOK_LANGUAGES) - set(data):
                self.sources.say(path, 1, f"'{lang}' is missing. Add at least three lines as buyers write them.")
        for lang, lines in found.items():
            twice = {line for line in lines.root if lines.root.count(line) > 1}
            for line in sorted(twice):
                self.sources.say(path, self.lines[path][lang,], f"The line {line!r} stands twice. Keep one.")
        return {lang: lines.root for lang, lines in found.items()}

    def _message(self, path: str, lang: str, variables: Mapping[str, Variable], allowed: tuple[str, ...]) -> Message | None:
        text = self.sources.text(path)
        return None if text is None else self._parsed(text, path, lang, variables, allowed)

    def _parsed(self, text: str, path: str, lang: str, variables: Mapping[str, Variable], allowed: tuple[str, ...]) -> Message:
        head, body, first = split_front_matter(text)
        front, lines = self._front(head, path)
        sections, flaws = grammar.parse(body, allowed, first)
        self.sources.problems += [Problem(path, flaw.line, flaw.text) for flaw in flaws]
        known = self.lines.get("templates/_variables.yml")  # also those whose entry is wrong: that is said there
        for section in sections:
            for name in section.placeholders:
                if known is not None and (name,) not in known:
                    line = section.line + section.text[: section.text.index(f"{{{{ {name} }}}}")].count("\n")
                    self.sources.say(path, line, f"Unknown placeholder {{{{ {name} }}}}. Use one of _variables.yml: {', '.join(variables)}.")
        waivers = tuple(Waiver(item.rule, item.reason, lines["waive", at]) for at, item in enumerate(front.waive))
        return Message(lang, path, sections, waivers, front.translated_from, lines.get(("translated_from",), 1))

    def _front(self, head: str, path: str) -> tuple[_Front, dict[Where, int]]:
        """The front matter and its lines; an empty one after noting what is wrong with it."""
        read = parse_yaml(head, path, self.sources.problems, 2) if head else None
        found = self.sources.record(_Front, read[0], path, read[1]) if read else None
        return (found, read[1]) if read and found else (_Front(), {})

    def _strangers(self) -> None:
        """Files in templates/ that nothing reads would be words that nobody checks."""
        for file in sorted(self.sources.base.rglob("*")):
            path = file.relative_to(self.sources.root).as_posix()
            if file.is_dir() and not file.is_symlink():
                continue
            if path.startswith((f"{FINDER}/", f"{PRACTICE}/")):
                continue  # read, and checked, by the finder and the practice inbox alone
            if path not in self.sources.loaded and not any(problem.path == path for problem in self.sources.problems):
                self.sources.say(path, 1, "This file belongs to no scenario or language of the map. Add it to the map, or remove it.")

    # Checking ----------------------------------------------------------------------------------------------------

    def _check_combinations(self, scenario: Scenario, message: Message) -> None:
        known = {pick for picks in combinations(scenario) for pick in picks}
        for name in grammar.BODY_SECTIONS:
            self._check_variants(message, name, combinations(scenario), known)

    def _check_variants(self, message: Message, name: str, all_picks: Iterable[tuple[str, ...]], known: set[str]) -> None:
        """For every combination exactly one variant of a section applies."""
        variants = [section for section in message.sections if section.name == name]
        for section in variants:
            for pick in sorted(section.when - known):
                mend = f"Use one of: {', '.join(sorted(known))}." if known else "This section has no variants: remove the brackets."
                self.sources.say(message.path, section.heading_line, f"Unknown value '{pick}' in the heading. {mend}")
        if not variants or any(section.when - known for section in variants):
            return
        for picks in all_picks:
            fitting = [section for section in variants if section.when <= set(picks)]
            label, heading = f"({', '.join(picks)})" if picks else "", grammar.HEADINGS[name]
            if not fitting:
                text = f"No '# {heading}' for {label}. Add a section '# {heading} {label}', or widen another one."
                self.sources.say(message.path, variants[-1].heading_line, text)
            elif len(fitting) > 1:
                others = " and ".join(f"line {section.heading_line}" for section in fitting)
                text = f"More than one '# {heading}' applies{' to ' + label if label else ''}: {others}. Narrow the headings so that one is left."
                self.sources.say(message.path, fitting[1].heading_line, text)

    def _check_same(self, scenario: Scenario, messages: list[Message]) -> None:
        """Every language of a scenario needs the same values for the same combination."""
        known, every = self.lines.get("templates/_variables.yml"), combinations(scenario)
        for message in messages[1:]:
            apart: dict[tuple[str, bool], list[tuple[str, ...]]] = {}
            for picks in every:
                try:
                    ours, first = _blanks(message, picks), _blanks(messages[0], picks)
                except LookupError:
                    continue  # said by _check_variants
                for name in sorted(_apart(ours, first, known)):
                    apart.setdefault((name, name in ours), []).append(picks)
            for (name, here), where in apart.items():
                has, lacks = (message, messages[0]) if here else (messages[0], message)
                at = f" ({'; '.join(', '.join(picks) for picks in where)})" if len(where) < len(every) else ""
                text = f"{{{{ {name} }}}} stands in {Path(has.path).name} but not in {Path(lacks.path).name}{at}. Use it in both or in neither."
                self.sources.say(message.path, 1, text)


class _Tone(Frozen):
    """The top level of a file in _tone/; ideas and masks only in all.yml."""

    ideas: dict[str, Idea] = {}
    masks: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    macros: dict[str, str] = {}
    rules: Annotated[tuple[Rule, ...], Field(strict=False)] = ()


def _filled(data: Any) -> Any:
    """The data with a mark in place of every empty text."""
    if isinstance(data, dict):
        return {key: _filled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_filled(value) for value in data]
    return UNWRITTEN if data == "" else data


class _Waive(Frozen):
    rule: Text
    reason: Text


class _Front(Frozen):
    """The front matter of a message file."""

    waive: Annotated[tuple[_Waive, ...], Field(strict=False)] = ()
    translated_from: Hash | None = None


class _Lines(RootModel[Annotated[tuple[Text, ...], Field(min_length=3, strict=False)]]):
    """What buyers write, in one language."""


class _Pairs(RootModel[Annotated[tuple[Pair, ...], Field(min_length=1, strict=False)]]):
    """The pairs of one message language's cheat sheet."""


def _blanks(message: Message, picks: tuple[str, ...]) -> set[str]:
    sections = (grammar.variant(message.sections, name, picks) for name in grammar.BODY_SECTIONS)
    return {name for section in sections for name in section.placeholders}


def _apart(ours: set[str], first: set[str], known: Mapping[Where, int] | None) -> set[str]:
    """The blanks that only one of two languages has.

    A name on no list is said at its own line; that the blank it was meant for is lacking is not said on top of it, language by language.
    """
    strange = {name for name in ours | first if known is not None and (name,) not in known}
    more = set() if strange & first else ours - first
    fewer = set() if strange & ours else first - ours
    return (more | fewer) - strange
