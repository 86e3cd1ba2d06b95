"""The catalogue as records, one for each message and combination. This is the contract: every export is made from these and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from macros.catalog import Catalog
from macros.check import context_of, examples, judged, remark_on
from macros.export import FILES, ExportError
from macros.memo import Memo
from macros.message import GREETINGS, assemble
from macros.model import Bilingual, Frozen, Fulfilment, MessageKind, Name, Scenario, Slug, Text
from macros.values import example

# Major: a field went, or means something else. Minor: a field came.
CONTRACT = "1.0"
LICENCE = "CC0-1.0"
_COMMIT = r"^[0-9a-f]{7,64}$"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z][a-z0-9_]*)*\.[A-Za-z0-9_-]+$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class ExportedVariable(Frozen):
    """A blank of a text: whoever fills it puts a value in place of `{{ name }}` everywhere it stands, once, and does not read the result again."""

    name: Name
    label: Bilingual
    hint: Bilingual | None
    kind: Annotated[Literal["text", "date", "money", "steps"], Field(
        description="text: put in as typed. date: written out in the language's locale. money: with the store's currency. steps: lines, numbered."
    )]  # fmt: skip
    pattern: Annotated[str | None, Field(
        description="A regular expression that the whole value should match, read alike by Python and JavaScript; null where any will do."
    )]  # fmt: skip
    max_characters: Annotated[int, Field(gt=0, description="So many characters still read well.")] | None
    max_lines: Annotated[int, Field(gt=0, description="So many steps at most.")] | None
    example: Annotated[Text, Field(description="As staff type it: a date as year-month-day, money as a plain number, steps one a line. Made up.")]
    example_shown: Annotated[Text, Field(description="The same as a buyer reads it in the first store of the language.")]


class ExportedChoice(Frozen):
    """What staff pick besides fulfilment, and what is picked in this record."""

    name: Name
    title: Bilingual
    value: Name
    label: Bilingual


class SearchWords(Frozen):
    """The words by which people ask for the scenario, in the two handbook languages."""

    en: tuple[Text, ...]
    zh: tuple[Text, ...]


class Waived(Frozen):
    """A rule that the message may break, and why."""

    rule: Slug
    reason: Text


class Warned(Frozen):
    """A warning of a rule: the words concerned, in the text filled with its examples (none where something is missing), and what to write instead."""

    rule: Slug
    words: str
    say: Bilingual


class Record(Frozen):
    """One message in one combination of what staff pick. `{{ name }}` in a text is a blank; nothing else in it has a meaning."""

    id: Annotated[Id, Field(description="Scenario, picks and language joined by dots. Stable: use it as the key for updates.")]
    version: Annotated[Digest, Field(description="Changes exactly when something else in this record does.")]
    scenario: Slug
    family: Slug
    language: Annotated[str, Field(description="The language of the text: a `code` of `languages`.")]
    kind: Annotated[MessageKind, Field(description="reply: the buyer wrote. proactive: we write first.")]
    fulfilment: Annotated[Fulfilment | None, Field(description="fbm: the seller ships. fba: Amazon ships. null: the words hold for both.")]
    choice: ExportedChoice | None
    title: Bilingual
    when: Annotated[Bilingual, Field(description="When to use it, in one line.")]
    search_words: SearchWords
    buyers_say: Annotated[tuple[Text, ...], Field(description="What buyers write when this is meant, in the language of the text.")]
    text: Annotated[Text, Field(description="The whole message with its blanks, greeting the buyer by name. Plain text, lines end in LF.")]
    text_without_name: Annotated[Text, Field(description="The same for a buyer whose name is not known: without the blank `buyer_name`.")]
    variables: Annotated[tuple[ExportedVariable, ...], Field(description="The blanks of `text`, in order of first use.")]
    rules_passed: Annotated[tuple[Slug, ...], Field(
        description="The rules that looked at this message, filled with its examples, with and without a name, and found nothing."
    )]  # fmt: skip
    rules_waived: tuple[Waived, ...]
    warnings: tuple[Warned, ...]


class ExportedLanguage(Frozen):
    """A language of the texts, and the BCP 47 locales in which it writes dates and amounts: one, and others in the stores named."""

    code: Text
    name: Text
    label: Bilingual
    locale: Text
    locales: dict[str, Text]


class Version(Frozen):
    """Which contract the file keeps, and which words it holds. No time: the same words give the same file."""

    contract: Literal["1.0"]
    content: Annotated[Digest, Field(description="Changes exactly when something else in the file does, the commit excepted.")]
    commit: Annotated[
        Annotated[str, Field(pattern=_COMMIT)] | SkipJsonSchema[None],
        Field(
            description="The repository's commit, where the builder was told it.",
            exclude_if=lambda commit: commit is None,
            json_schema_extra=lambda schema: schema.pop("default"),  # absent, not null
        ),
    ] = None


class Export(Frozen):
    """The messages of the After-Sales Handbook."""

    model_config = ConfigDict(title="After-Sales Handbook: messages", validate_by_name=True, serialize_by_alias=True)

    schema_file: Annotated[Literal["messages.schema.json"], Field(alias="$schema")]
    version: Version
    licence: Literal["CC0-1.0"]
    languages: tuple[ExportedLanguage, ...]
    messages: tuple[Record, ...]


def export(catalog: Catalog, langs: Collection[str] = (), memo: Memo | None = None, commit: str | None = None) -> Export:
    """Every message of the languages named (of all, without a name), in the order of _languages.yml and of the map.

    Raises ExportError for an unknown language, a language without messages, a commit that is none, and where a message breaks a rule of the
    level error that it may not break: such words leave the handbook in no file. Texts that `memo` knows are not judged again.
    """
    wanted = [lang for lang in catalog.languages if not langs or lang in langs]
    written = [lang for lang in wanted if any(lang == other for _, other in catalog.messages)]
    problems = [f"Unknown language '{lang}'. Use one of: {', '.join(catalog.languages)}." for lang in dict.fromkeys(langs) if lang not in wanted]
    problems += [f"There is no message in '{lang}' yet. Leave it out." for lang in wanted if langs and lang not in written]
    if commit is not None and not re.fullmatch(_COMMIT, commit):
        problems.append(f"'{commit}' is not a commit. Give its hash, or nothing.")
    refused: dict[str, None] = {}
    messages = tuple(record for lang in written for record in _records(catalog, lang, memo, refused))
    if problems or refused:
        raise ExportError(*problems, *sorted(refused))
    languages = tuple(_language(catalog, lang) for lang in written)
    content = _digest([LICENCE, *(one.model_dump() for one in (*languages, *messages))])
    version = Version(contract=CONTRACT, content=content, commit=commit)
    return Export(schema_file=FILES["json"][1], version=version, licence=LICENCE, languages=languages, messages=messages)


def _records(catalog: Catalog, lang: str, memo: Memo | None, refused: dict[str, None]) -> Iterator[Record]:
    """The records of a language; what forbids them is noted in `refused`."""
    shown, ruleset = examples(catalog, lang), catalog.ruleset(lang)
    variables = {name: _variable(catalog, name, lang, shown) for name in catalog.variables}
    for (name, picks), group in groupby(judged(catalog, lang, shown, memo), key=lambda pair: (pair[0].scenario.id, pair[0].picks)):
        scenario, found, waived, warned = catalog.scenarios[name], set(), {}, {}
        for rendering, findings in group:
            context = context_of(rendering)
            for finding in findings:
                found.add(finding.rule)
                owner, remark = remark_on(catalog, rendering, finding, shown)
                if waiver := next((one for one in owner.waivers if one.rule == finding.rule), None):
                    waived[waiver.rule, waiver.reason] = Waived(rule=waiver.rule, reason=waiver.reason)
                elif finding.level == "error":
                    refused[f"{remark.path}:{remark.line}: [{remark.rule}] {remark.say} `handbook check` says more."] = None
                else:
                    warned[finding.rule, finding.match] = Warned(rule=finding.rule, words=finding.match, say=finding.say)
        applied = dict.fromkeys(rule.rule.id for rule in ruleset.rules if rule.applies(context))
        yield _record(
            catalog, scenario, lang, picks, variables,
            rules_passed=tuple(rule for rule in applied if rule not in found),
            rules_waived=tuple(waived.values()),
            warnings=tuple(warned.values()),
        )  # fmt: skip


def _record(
    catalog: Catalog, scenario: Scenario, lang: str, picks: tuple[str, ...], variables: Mapping[str, ExportedVariable], **judgement: Any
) -> Record:
    message, shared = catalog.messages[scenario.id, lang], catalog.shared[lang]
    named, nameless = (assemble(message, shared, picks, greeting, {}) for greeting in GREETINGS)
    also = {code: tuple(getattr(scenario.also, code).split(", ")) if scenario.also else () for code in Bilingual.model_fields}
    fields = {
        "id": ".".join((scenario.id, *picks, lang)),
        "scenario": scenario.id,
        "family": catalog.family_of(scenario.id).id,
        "language": lang,
        "kind": scenario.kind,
        "fulfilment": picks[0] if scenario.fulfilment else None,
        "choice": _choice(scenario, picks),
        "title": scenario.title,
        "when": scenario.when,
        "search_words": SearchWords(**also),
        "buyers_say": catalog.buyers_say[scenario.id].get(lang, ()),
        "text": named.text,
        "text_without_name": nameless.text,
        "variables": tuple(variables[name] for name in dict.fromkeys((*named.placeholders, *nameless.placeholders))),
        **judgement,
    }
    unsealed = Record(version="0" * 16, **fields)
    return unsealed.model_copy(update={"version": _digest(unsealed.model_dump(exclude={"version"}))})


def _choice(scenario: Scenario, picks: tuple[str, ...]) -> ExportedChoice | None:
    for name, choice in scenario.choices.items():
        return ExportedChoice(name=name, title=choice.title, value=picks[-1], label=choice.values[picks[-1]])
    return None


def _variable(catalog: Catalog, name: str, lang: str, shown: Mapping[str, str]) -> ExportedVariable:
    variable = catalog.variables[name]
    lines = variable.kind == "steps"
    return ExportedVariable(
        name=name, label=variable.label, hint=variable.hint, kind=variable.kind, pattern=variable.pattern,
        max_characters=None if lines else variable.max, max_lines=variable.max if lines else None,
        example=example(variable, lang), example_shown=shown[name],
    )  # fmt: skip


def _language(catalog: Catalog, lang: str) -> ExportedLanguage:
    found = catalog.languages[lang]
    return ExportedLanguage(code=lang, name=found.name, label=found.label, locale=found.locale, locales=dict(found.locales))


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
