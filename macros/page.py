"""Objects of the catalogue -> the Markdown and HTML that pages show."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from macros import message as grammar
from macros.catalog import HANDBOOK_LANGUAGES, Catalog, combinations
from macros.languages import state
from macros.message import assemble
from macros.model import Rule, Scenario
from macros.values import example, shown_examples

LIMIT = 2000  # characters; the fact message-length says why
# Those of the findings, in the composer and wherever else a reply is judged.
FINDING_WORDS = (
    "findings_none",
    "findings_some",
    "finding_error",
    "finding_warning",
    "finding_why",
    "finding_fact",
    "official",
    "secondary",
    "unverified",
    "show_words",
    "replace_with",
    "leave_out",
    "checks_unavailable",
)
_BROWSER_WORDS = [
    *FINDING_WORDS,
    "item_price",
    "item_price_hint",
    "checks",
    "edit",
    "edit_done",
    "edit_part",
    "edited",
    "take_back",
    "take_back_part",
    "taken_back",
    "replaced",
    "held_back",
    "copy_anyway_title",
    "copy_anyway_text",
    "copy_back",
    "copy_anyway",
    "suggest",
    "suggest_text",
    "suggest_shown",
    "suggest_open",
    "suggest_copy",
    "suggest_copied",
    "suggest_no_host",
    "suggest_too_long",
    "close",
    "cleared",
    "cleared_idle",
    "tidied",
    "tidy_undo",
    "day_past",
    "day_ahead",
    "day_far",
    "over_price",
    "invisible",
    "scorecard",
    "score_good",
    "score_look",
    "score_bad",
    "score_greeting",
    "score_empathy",
    "score_solution",
    "score_next_step",
    "score_closing",
    "score_wording",
    "score_policy",
    "score_length",
    "score_undated",
    "fbm",
    "fba",
    "fulfilment",
    "language",
    "store",
    "greeting",
    "named",
    "nameless",
    "details",
    "details_hint",
    "details_language",
    "example",
    "message",
    "meaning",
    "copy",
    "copied",
    "copy_failed",
    "still_needed",
    "complete",
    "characters",
    "bad_date",
    "bad_amount",
    "no_decimals",
    "too_many_steps",
    "odd_pattern",
    "long_text",
    "source_file",
    "propose",
    "new_buyer",
    "calendar",
    "part_greeting",
    "part_acknowledge",
    "part_resolve",
    "part_next_step",
    "part_closing",
    "pin",
    "pins_full",
    "own_remember",
    "own_forget",
    "buyers_message",
    "unspoken",
    "wrong_finding",
]
_FINDER_WORDS = [
    "finder_loading",
    "finder_failed",
    "finder_suggestions",
    "finder_said",
    "finder_why",
    "finder_danger",
    "finder_skin",
    "finder_law",
    "finder_angry",
    "finder_more",
    "finder_nothing",
    "finder_nothing_said",
    "finder_overview",
    "finder_search",
    "finder_language",
    "finder_order",
    "finder_signed",
    "new_buyer",
    "cleared",
    "cleared_idle",
]
_HOME_WORDS = ["mine_pinned", "mine_recent", "mine_pin", "mine_unpin", "mine_forget", "mine_note"]


@dataclass(frozen=True)
class Desk:
    """What every page function needs: the catalogue, the handbook's language, the page's path, the repository's edit address."""

    catalog: Catalog
    lang: str
    page: str
    edit_base: str = ""

    def word(self, key: str, **names: str) -> str:
        """A phrase of _interface.yml in the handbook's language."""
        return self.own(self.catalog.interface[key]).format_map(names) if names else self.own(self.catalog.interface[key])

    def own(self, text: Any) -> str:
        """The handbook-language side of a bilingual text."""
        return getattr(text, self.lang)

    def link(self, target: str) -> str:
        """A page of docs/ as seen from this page; builders check such links."""
        return posixpath.relpath(target, posixpath.dirname(self.page) or ".")


def page_of(catalog: Catalog, scenario_id: str) -> str:
    """Where the page of a scenario stands below docs/<language>/. Raises KeyError."""
    return f"scenarios/{catalog.family_of(scenario_id).id}/{scenario_id}.md"


def scenario_link(desk: Desk, scenario_id: str) -> str:
    """A scenario's title as a link."""
    scenario = _scenario(desk, scenario_id)
    return f"[{desk.own(scenario.title)}]({desk.link(page_of(desk.catalog, scenario_id))})"


def _scenario(desk: Desk, scenario_id: str) -> Scenario:
    try:
        return desk.catalog.scenarios[scenario_id]
    except KeyError:
        raise ValueError(f"{desk.page}: unknown scenario '{scenario_id}'. Use one of: {', '.join(desk.catalog.scenarios)}.") from None


def rule_link(desk: Desk, rule_id: str) -> str:
    """A rule's title as a link to its entry on the tone page. Raises ValueError for an unknown rule."""
    if rule_id not in desk.catalog.ideas:
        raise ValueError(f"{desk.page}: unknown rule '{rule_id}'. Use one of: {', '.join(desk.catalog.ideas)}.")
    return f"[{desk.own(desk.catalog.ideas[rule_id].title)}]({desk.link('tone.md')}#{rule_id})"


def scenario_cards(desk: Desk) -> str:
    """Families as cards; each scenario with one line as a buyer writes it. Above them the browser puts what is pinned and recent."""
    words = json.dumps({key: desk.word(key) for key in _HOME_WORDS}, ensure_ascii=False)
    out = [f"<div class='hb-mine' data-hb='{_attribute(words)}'></div>", "", '<div class="hb-families" markdown>']
    for family in desk.catalog.families:
        out += ["", f'<section class="hb-family" markdown>\n\n## {desk.own(family.title)} {{ #{family.id} }}\n']
        out += [f"- {scenario_link(desk, scenario.id)}<br>{_typical(desk, scenario.id)}" for scenario in family.scenarios]
        out += ["", "</section>"]
    return "\n".join([*out, "", "</div>"])


_SHORT = 60  # characters that stay on one or two lines of a card


def _typical(desk: Desk, scenario_id: str) -> str:
    """The first short line that buyers write, else the shortest."""
    lines = desk.catalog.buyers_say[scenario_id][desk.lang]
    line = next((line for line in lines if len(line) <= _SHORT), min(lines, key=len))
    return f'<span class="hb-typical">{escape(line)}</span>'


def overview(desk: Desk) -> str:
    """All scenarios on one sheet: title, a buyer's line, and what is picked in the composer."""
    out = ['<div class="hb-overview" markdown>']
    for family in desk.catalog.families:
        out += ["", f"<section markdown>\n\n## {desk.own(family.title)} {{ #{family.id} }}\n"]
        for scenario in family.scenarios:
            small = f" <small>{escape(picked)}</small>" if (picked := " · ".join(_axes(desk, scenario))) else ""
            out.append(f"- {scenario_link(desk, scenario.id)}{small}<br>{_typical(desk, scenario.id)}")
        out += ["", "</section>"]
    return "\n".join([*out, "", "</div>"])


def _axes(desk: Desk, scenario: Scenario) -> list[str]:
    return [
        *(["/".join(scenario.fulfilment).upper()] if scenario.fulfilment else []),
        *(desk.own(choice.title) for choice in scenario.choices.values()),
    ]


def related(desk: Desk, scenario_ids: Sequence[str]) -> str:
    """Links to neighbouring scenarios, each with its one line."""
    colon = desk.word("colon")
    return "\n".join(f"- {scenario_link(desk, name)}{colon}{desk.own(_scenario(desk, name).when)}" for name in scenario_ids)


def search_box(desk: Desk) -> str:
    """A button that opens the site's own search."""
    return f'<button type="button" class="hb-search" data-hb-search>{escape(desk.word("search"))}</button>'


def finder_box(desk: Desk) -> str:
    """The box for the buyer's message. What it suggests is made in the browser, see finderbox.js; without script there is no box.

    The browser is to store nothing of it (autocomplete) and to send nothing to a spelling service.
    """
    data = {
        "words": {key: desk.word(key) for key in _FINDER_WORDS},
        "overview": desk.link("overview.md").removesuffix(".md") + "/",
        "principle": desk.link("principles/empathy-first.md").removesuffix(".md") + "/",
    }
    box = '<textarea id="hb-finder" rows="4" autocomplete="off" spellcheck="false" dir="auto" aria-describedby="hb-finder-hint"></textarea>'
    return (
        f"<div class='hb-finder' data-hb='{_attribute(json.dumps(data, ensure_ascii=False))}'>"
        f'<label for="hb-finder">{escape(desk.word("finder_label"))}</label>{box}'
        f'<p class="hb-hint" id="hb-finder-hint">{escape(desk.word("finder_hint"))}</p></div>'
    )


def say_not(desk: Desk, rows: Iterable[Sequence[str]]) -> str:
    """A table: say this, not that, and why. Raises ValueError for a row that has not three texts."""
    lines = [f"| {desk.word('say')} | {desk.word('not')} | {desk.word('reason')} |", "| --- | --- | --- |"]
    for row in rows:
        if len(row) != 3 or not all(isinstance(cell, str) and cell.strip() for cell in row):
            raise ValueError(f"{desk.page}: a say_not row needs three texts (say, not, why), not {row!r}.")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return '<div class="hb-say" markdown>\n\n' + "\n".join(lines) + "\n\n</div>"


def facts(desk: Desk, fact_ids: Sequence[str]) -> str:
    """Facts with certainty, stores, source and dates. Raises ValueError for an unknown one."""
    return "\n".join(fact_entry(desk, name) for name in fact_ids)


def fact_entry(desk: Desk, name: str) -> str:
    """One fact as an entry of a list, with its anchor. Raises ValueError for an unknown one."""
    if name not in desk.catalog.facts:
        raise ValueError(f"{desk.page}: unknown fact '{name}'. Use one of: {', '.join(desk.catalog.facts)}.")
    fact = desk.catalog.facts[name]
    stores = ", ".join(desk.word("all_stores") if store == "all" else store for store in fact.marketplaces)
    dates = desk.word("fact_dates", checked=fact.checked.isoformat(), check_again=fact.check_again.isoformat())
    changed = f" {desk.word('fact_changed', changed=desk.own(fact.changed))}" if fact.changed else ""
    small = f"{desk.word(fact.certainty)} · {escape(stores)} · {escape(fact.source)} · {dates}{changed}"
    return f'- <span id="fact-{name}"></span>{desk.own(fact.text)}<br><small class="hb-fact hb-{fact.certainty}">{small}</small>'


def composer(desk: Desk, scenario_id: str) -> str:
    """When to use the scenario, what buyers write, and the composer: its data, and the plain texts for use without script."""
    scenario = _scenario(desk, scenario_id)
    lines = desk.catalog.buyers_say[scenario_id][desk.lang]
    data = json.dumps(composer_data(desk, scenario), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return "\n\n".join([
        f"{desk.own(scenario.when)}{' ' + desk.word('only_fbm') if scenario.fulfilment == ('fbm',) else ''}",
        _also(desk, scenario),
        f'<div class="hb-buyers"><p>{desk.word("buyers_write")}</p>\n{_said(lines[:3], desk.lang)}\n{_more_said(desk, scenario_id)}</div>',
        f"## {desk.word('message_heading')} {{ #message }}",
        f"<div class='hb-composer' data-scenario='{scenario_id}' data-hb='{_attribute(data)}'></div>",
        _plain_texts(desk, scenario),
    ])  # fmt: skip


def _also(desk: Desk, scenario: Scenario) -> str:
    """The other words by which people ask for the scenario, and its title in the other handbook language: teams speak both."""
    other = next(lang for lang in HANDBOOK_LANGUAGES if lang != desk.lang)
    title = f'<span lang="{other}">{escape(getattr(scenario.title, other))}</span>'
    words = [escape(word) for word in desk.own(scenario.also).split(", ")] if scenario.also else []
    return f'<p class="hb-also">{desk.word("also")}{" · ".join([*words, title])}</p>'


def _more_said(desk: Desk, scenario_id: str) -> str:
    """The other lines, in every language that buyers write: folded, and found by the search."""
    out = [f"<details><summary>{desk.word('buyers_more')}</summary>"]
    also = desk.catalog.scenarios[scenario_id].also
    for lang, lines in desk.catalog.buyers_say[scenario_id].items():
        rest = lines[3:] if lang == desk.lang else (*lines, *(getattr(also, lang).split(", ") if also and lang in HANDBOOK_LANGUAGES else ()))
        if rest:
            out.append(_said(rest, lang))
    return "\n".join([*out, "</details>"])


def _said(lines: Iterable[str], lang: str) -> str:
    return f'<ul lang="{lang}">\n' + "\n".join(f"<li>{escape(line)}</li>" for line in lines) + "\n</ul>"


def _attribute(text: str) -> str:
    """Text as an attribute in single quotes, which JSON does not need.

    Not a script block: Material's instant navigation would run it as a program, its type being lost.
    """
    return text.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;").replace(">", "&gt;")


def composer_data(desk: Desk, scenario: Scenario) -> dict[str, Any]:
    """What the composer in the browser reads: sections, variables and words of one scenario. See composer.js."""
    catalog = desk.catalog
    languages = {lang: _language_data(desk, scenario, lang) for lang in catalog.languages_of(scenario.id)}
    used = dict.fromkeys(
        name for lang in languages for part in (catalog.shared[lang], catalog.messages[scenario.id, lang]) for name in part.placeholders
    )
    return {
        "scenario": scenario.id,
        "kind": scenario.kind,
        "handbook": desk.lang,
        "limit": LIMIT,
        "answer_within": scenario.answer_within,
        "repository": desk.edit_base.removesuffix("/edit/main"),
        "headings": dict(grammar.HEADINGS),
        "fulfilment": list(scenario.fulfilment),
        "choice": next(
            (
                {"title": desk.own(choice.title), "values": {value: desk.own(label) for value, label in choice.values.items()}}
                for choice in scenario.choices.values()
            ),
            None,
        ),
        "stores": {name: store.currency for name, store in catalog.stores.items()},
        "languages": languages,
        "variables": {name: _variable_data(desk, name) for name in catalog.variables if name in used},
        "tone": desk.link("tone.md").removesuffix(".md"),
        "policy": desk.link("policy/index.md").removesuffix("index.md"),
        "words": {key: desk.word(key) for key in _BROWSER_WORDS},
    }


def _language_data(desk: Desk, scenario: Scenario, lang: str) -> dict[str, Any]:
    language, message = desk.catalog.languages[lang], desk.catalog.messages[scenario.id, lang]
    sections = (*desk.catalog.shared[lang].sections, *message.sections)
    note = behind_note(desk, scenario, lang)
    return {
        "name": language.name,
        "label": desk.own(language.label),
        "locale": language.locale,
        "locales": dict(language.locales),
        "home": list(language.home),
        "path": message.path,
        "shared": desk.catalog.shared[lang].path,
        "edit": edit_url(desk, message.path),
        "waived": [waiver.rule for waiver in message.waivers],
        "sections": [[section.name, sorted(section.when), section.text] for section in sections],
        **({"behind": note} if note else {}),
    }


def behind_note(desk: Desk, scenario: Scenario, lang: str) -> str:
    """What staff are told where a message was made from an English text that has changed since; else nothing."""
    if state(desk.catalog, scenario, lang) != "behind":
        return ""
    return desk.word("behind", language=desk.own(desk.catalog.languages[lang].label))


def _variable_data(desk: Desk, name: str) -> dict[str, Any]:
    variable = desk.catalog.variables[name]
    found = {
        "label": desk.own(variable.label),
        "kind": variable.kind,
        "max": variable.max,
        "pattern": variable.pattern,
        "free": variable.free or None,
        "tidy": variable.tidy,
        "when": variable.when,
        "promise": variable.promise or None,
    }
    found["hint"] = desk.own(variable.hint) if variable.hint else None
    examples = {lang: example(variable, lang) for lang in desk.catalog.languages}
    found["example"] = examples if len(set(examples.values())) > 1 else next(iter(examples.values()))
    return {key: value for key, value in found.items() if value is not None}


def edit_url(desk: Desk, path: str, line: int = 0) -> str:
    """Where a file of the repository is edited on its host, at a line if one is given; empty where the repository's address is not known."""
    return f"{desk.edit_base}/{path}{f'#L{line}' if line else ''}" if desk.edit_base else ""


def propose_link(desk: Desk, path: str, line: int = 0) -> str:
    """The file that holds a text, and the way to propose another one, as HTML; without the repository's address the file alone.

    The link opens the host's editor; whether that goes to the line is the host's affair, so the file's name beside it shows the line.
    """
    name = f"{path}:{line}" if line else path
    if not desk.edit_base:
        return f"<code>{name}</code>"
    shown = edit_url(desk, path, line).replace("/edit/main/", "/blob/main/", 1)
    return f'<a href="{escape(shown)}"><code>{name}</code></a> · <a href="{escape(edit_url(desk, path, line))}" rel="edit">{desk.word("propose")}</a>'


def _plain_texts(desk: Desk, scenario: Scenario) -> str:
    """Every combination as a copyable text with its blanks, shown where scripts do not run."""
    blanks = {name: f"[{desk.own(variable.label)}]" for name, variable in desk.catalog.variables.items()}
    # A section, not a div: Material's search leaves the excluded part at the first end of an element of the same name.
    out = ['<section class="hb-plain" data-search-exclude markdown>', "", desk.word("noscript"), ""]
    for lang in desk.catalog.languages_of(scenario.id):
        out += [f'??? note "{desk.catalog.languages[lang].name}"', "", f"    {propose_link(desk, desk.catalog.messages[scenario.id, lang].path)}", ""]
        out += [f"    {note}", ""] if (note := behind_note(desk, scenario, lang)) else []
        for picks in combinations(scenario):
            text = assemble(desk.catalog.messages[scenario.id, lang], desk.catalog.shared[lang], picks, "nameless", {}, blanks).text
            label = " · ".join(pick_labels(desk, scenario, picks))
            block = [*([f"{label}", ""] if label else []), "``` { .text .message }", *text.split("\n"), "```", ""]
            out += [f"    {line}" if line else "" for line in block]
    return "\n".join([*out, "</section>"])


def pick_labels(desk: Desk, scenario: Scenario, picks: Iterable[str]) -> list[str]:
    """Picks in words."""
    labels: Mapping[str, Any] = {value: label for choice in scenario.choices.values() for value, label in choice.values.items()}
    return [desk.own(labels[pick]) if pick in labels else desk.word(pick) for pick in picks]


def annotated_message(desk: Desk, scenario_id: str, choose: Sequence[str], notes: Mapping[str, str], lang: str = "en") -> str:
    """A message filled with its examples, its parts with the notes there are; in another language with its meaning below.

    Raises ValueError where the picks fit no combination, or a note names no part, or there is no note.
    """
    scenario = _scenario(desk, scenario_id)
    if tuple(choose) not in combinations(scenario) or not notes or not set(notes) <= set(grammar.SECTIONS):
        raise ValueError(f"{desk.page}: choose one of {combinations(scenario)} and write notes for some of: {', '.join(grammar.SECTIONS)}.")
    shown, meaning = _example(desk, scenario, choose, lang), _example(desk, scenario, choose, desk.lang)
    out = ['<div class="hb-anatomy" markdown>']
    for name in grammar.SECTIONS:
        out += ["", '<div class="hb-part" markdown>', "", f"**{desk.word('part_' + name)}**", "", "``` { .text .message }", shown[name], "```"]
        if desk.lang != lang:
            out += ["", "\n".join(f"<small>{escape(line)}</small>  " if line else "" for line in meaning[name].split("\n"))]
        out += [*(["", notes[name]] if name in notes else []), "", "</div>"]
    where = propose_link(desk, desk.catalog.messages[scenario_id, lang].path)
    return "\n".join([*out, "", f'<p class="hb-source">{where}</p>', "", "</div>"])


def _example(desk: Desk, scenario: Scenario, picks: Sequence[str], lang: str) -> dict[str, str]:
    values = shown_examples(desk.catalog.variables, lang, desk.catalog.languages[lang], desk.catalog.stores)
    done = assemble(desk.catalog.messages[scenario.id, lang], desk.catalog.shared[lang], picks, "named", values)
    return {part.name: done.text[part.start : part.end] for part in done.parts}


def tone_table(desk: Desk) -> str:
    """Every idea with why, and its rules by language with what to say instead and their examples."""
    out: list[str] = []
    groups = dict.fromkeys(idea.group for idea in desk.catalog.ideas.values())
    for group in groups:
        out += [f"## {desk.word('group_' + group.replace('-', '_'))} {{ #{group} }}", ""]
        for name, idea in desk.catalog.ideas.items():
            if idea.group == group:
                out += _idea(desk, name)
    return "\n".join(out)


def _idea(desk: Desk, name: str) -> list[str]:
    idea = desk.catalog.ideas[name]
    path = "templates/_tone/all.yml"
    where = propose_link(desk, path, desk.catalog.lines[path]["ideas", name])
    out = [f"### {desk.own(idea.title)} {{ #{name} }}", "", desk.own(idea.why), "", f"<small>{where}</small>", ""]
    if idea.fact:
        out += [fact_entry(desk, idea.fact).replace(f' id="fact-{idea.fact}"', ""), ""]
    for lang, rules in desk.catalog.rules.items():
        for rule in rules:
            if rule.id == name:
                label = desk.word("all_languages") if lang == "all" else desk.own(desk.catalog.languages[lang].label)
                out += [f'<div class="hb-rule hb-{rule.level}">', _rule(desk, label, lang, rule), "</div>", ""]
    return out


def _rule(desk: Desk, label: str, lang: str, rule: Rule) -> str:
    tag = "" if lang == "all" else f' lang="{lang}"'
    where = propose_link(desk, f"templates/_tone/{lang}.yml", desk.catalog.rule_lines[lang, rule.id])

    def examples(key: str, found: Iterable[Any]) -> str:
        items = "".join(f"<li{tag}>{escape(item.text).replace(chr(10), '<br>')}</li>" for item in found)
        return f'<div class="hb-{key}"><span>{desk.word("rule_" + key)}</span><ul>{items}</ul></div>'

    return (
        f'<p class="hb-rule-head"><strong>{escape(label)}</strong> <small>{desk.word("level_" + rule.level)} · {where}</small></p>'
        f"<p>{desk.word('rule_say')}: {escape(desk.own(rule.say))}</p>{examples('bad', rule.bad)}{examples('good', rule.good)}"
    )


def variables_table(desk: Desk) -> str:
    """Every placeholder with its field, kind, example and the scenarios that use it."""
    heads = ("variable", "variable_label", "variable_example", "variable_used")
    lines = ["| " + " | ".join(desk.word(head) for head in heads) + " |", "| --- | --- | --- | --- |"]
    shared = {name for message in desk.catalog.shared.values() for name in message.placeholders}
    for name, variable in desk.catalog.variables.items():
        users = [scenario_link(desk, key) for key in desk.catalog.scenarios if name in desk.catalog.messages[key, "en"].placeholders]
        used = desk.word("every_message") if name in shared else ", ".join(users)
        hint = f"<br><small>{escape(desk.own(variable.hint))}</small>" if variable.hint else ""
        shown = escape(example(variable, desk.lang)).replace("\n", "<br>").replace("|", "&#124;")
        label = f"{escape(desk.own(variable.label))} ({desk.word('kind_' + variable.kind)}){hint}"
        lines.append(f"| `{name}` {{ #{name} }} | {label} | {shown} | {used} |")
    return "\n".join(lines)
