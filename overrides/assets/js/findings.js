// What the rules say of the message: loading the rules of a language once, and showing the findings.

import { el } from "./dom.js";
import { check, prepare } from "./tone.js";

const loaded = {};

/** The rules of a message language with their words in the handbook's, or null where they could not be loaded. */
export function loadRules(lang, handbook) {
  loaded[lang] ??= fetch(new URL(`../data/tone.${lang}.${handbook}.json`, import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((json) => ({ ruleset: prepare(json), ideas: json.ideas, facts: json.facts }))
    .catch(() => null);
  return loaded[lang];
}

/** Show the findings on an assembled message in `box`; only a changed list touches the page. That nothing was found is said of a complete one. */
export function findingsView(box, data, rules, done, context, complete) {
  if (rules === null) {
    box.replaceChildren(el("p", { class: "hb-hint" }, data.words.checks_unavailable));
    return;
  }
  const parts = done.parts.map(({ name, start, end }) => [name, start, end]);
  const found = check(done.text, rules.ruleset, { ...context, choices: new Set(context.choices) }, parts);
  const key = JSON.stringify([complete, ...found.map(({ rule, match }) => [rule, match])]);
  if (box.dataset.shown === key) return;
  box.dataset.shown = key;
  const items = found.map((finding) => item(data, rules, finding));
  if (items.length) box.replaceChildren(el("p", { class: "hb-findings-head" }, data.words.findings_some), el("ul", {}, ...items));
  else box.replaceChildren(complete ? el("p", { class: "hb-ok" }, data.words.findings_none) : "");
}

function item(data, rules, finding) {
  const { words } = data;
  const [title, why, fact] = rules.ideas[finding.rule];
  const level = words[finding.level === "error" ? "finding_error" : "finding_warning"];
  const link = (folder, anchor, text) => el("a", { href: new URL(`${folder}#${anchor}`, pageFolder()).href }, text);
  return el("li", { class: `hb-finding hb-${finding.level}` },
    el("strong", {}, level), " ", finding.match ? el("q", {}, finding.match) : null, finding.match ? " " : "", finding.say,
    el("details", {}, el("summary", {}, words.finding_why), why, " ", link(`${data.tone}/`, finding.rule, title),
      fact ? factLine(words, rules.facts[fact], (text) => link(data.policy, `fact-${fact}`, text)) : null));
}

// The policy or law behind a rule, with its certainty and date.
function factLine(words, [text, certainty, checked], link) {
  return el("p", { class: "hb-hint" }, link(words.finding_fact), " ", text, " ", `(${words[certainty]}, ${checked})`);
}

// data.tone is relative to the page's Markdown file; the page itself is a folder deeper.
const pageFolder = () => new URL("../", document.baseURI);
