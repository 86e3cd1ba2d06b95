// What the rules say of the message: loading the rules of a language once, and showing findings and scorecard.

import { el, fill } from "./dom.js";
import { better, check, prepare } from "./tone.js";

const loaded = {};
export const MOST = 10_000; // characters that are checked; five times what Amazon takes
const STEP = 8; // milliseconds

/** The rules of a message language with their words in the handbook's, or null where they could not be loaded. */
export function loadRules(lang, handbook) {
  loaded[lang] ??= fetch(new URL(`../data/tone.${lang}.${handbook}.json`, import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(async (json) => {
      const ruleset = prepare(json);
      await ready(ruleset.rules.map((rule) => rule.finder));
      setTimeout(() => ready(ruleset.patterns).catch(() => {}), 100);
      return { lang, ruleset, ideas: json.ideas, facts: json.facts };
    })
    .catch(() => {
      delete loaded[lang]; // the network may be back at the next try
      return null;
    });
  return loaded[lang];
}

// Makes regular expressions in small steps, so that whoever writes meanwhile does not wait for all of them.
async function ready(patterns) {
  let begun = performance.now();
  for (const pattern of patterns) {
    pattern?.ready();
    if (performance.now() - begun < STEP) continue;
    await (globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done)));
    begun = performance.now();
  }
}

/** The findings on a message; those of a rule that its template waives are left out. Of a text far too long only the beginning is read. */
export function judge(rules, done, context, waived) {
  const text = done.text.length > MOST ? [...done.text].slice(0, MOST).join("") : done.text;
  return check(text, rules.ruleset, context, spansOf(done)).filter((finding) => !waived.includes(finding.rule));
}

/** The parts of a message as the rules read them. */
export const spansOf = (done) => done.parts.filter((part) => part.shown !== false).map(({ name, start, end }) => [name, start, end]);

/**
 * Show the findings in `box`; only a changed list touches the page. `act` are { replace(finding, words), point(finding) }.
 * That nothing was found is said of a complete message.
 */
export function showFindings(box, data, rules, found, complete, act) {
  const key = JSON.stringify([complete, ...found.map(({ rule, start, end, match }) => [rule, start, end, match])]);
  if (box.dataset.shown === key) return;
  box.dataset.shown = key;
  const held = document.activeElement?.closest?.(".hb-finding")?.dataset.rule;
  const items = found.map((finding) => item(data, rules, finding, act));
  if (items.length) box.replaceChildren(el("h4", {}, data.words.findings_some), el("ul", {}, ...items));
  else box.replaceChildren(complete ? el("p", { class: "hb-ok" }, data.words.findings_none) : "");
  // A replacement takes its own button away; the next finding, or the box, gets the focus.
  if (held) (box.querySelector(`[data-rule="${held}"] button`) ?? box.querySelector("button") ?? box).focus();
}

/** Say that the rules could not be loaded. */
export function showUnavailable(box, data) {
  box.dataset.shown = "unavailable";
  box.replaceChildren(el("p", { class: "hb-hint" }, data.words.checks_unavailable));
}

function item(data, rules, finding, act) {
  const { words } = data;
  const [title, why, fact] = rules.ideas[finding.rule];
  const level = words[finding.level === "error" ? "finding_error" : "finding_warning"];
  const put = better(rules.ruleset.rules.find((rule) => rule.id === finding.rule), finding.match);
  const link = (folder, anchor, text) => el("a", { href: new URL(`${folder}#${anchor}`, pageFolder()).href }, text);
  const quote = finding.match.trim()
    ? el("button", { type: "button", class: "hb-quote", "aria-label": fill(words.show_words, { words: finding.match }), onclick: () => act.point(finding) }, el("q", {}, shortened(finding.match)))
    : null;
  const swap = put === null ? null
    : el("button", { type: "button", class: "hb-swap", onclick: () => act.replace(finding, put) }, put.trim() ? fill(words.replace_with, { words: shortened(put) }) : words.leave_out);
  return el("li", { class: `hb-finding hb-${finding.level}`, "data-rule": finding.rule },
    el("strong", {}, level), " ", quote, quote ? " " : "", finding.say, swap ? " " : "", swap,
    el("details", {}, el("summary", {}, words.finding_why), why, " ", link(`${data.tone}/`, finding.rule, title),
      fact ? factLine(words, rules.facts[fact], (text) => link(data.policy, `fact-${fact}`, text)) : null, wrongLink(data, rules, finding)));
}

// The way to say that a rule is wrong: the rule and the language go into the address, never a word of the message, which may speak of a buyer.
function wrongLink(data, rules, finding) {
  if (!data.repository) return null;
  const asked = new URLSearchParams({ template: "finding.yml", title: `Wrong finding: ${finding.rule}`, rule: finding.rule, language: rules.lang });
  return el("p", { class: "hb-hint" }, el("a", { href: `${data.repository}/issues/new?${asked}`, target: "_blank", rel: "noopener noreferrer" }, data.words.wrong_finding));
}

const shortened = (text) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

// The policy or law behind a rule, with its certainty and date.
function factLine(words, [text, certainty, checked], link) {
  return el("p", { class: "hb-hint" }, link(words.finding_fact), " ", text, " ", `(${words[certainty]}, ${checked})`);
}

/** Show the scorecard in `box`: a line for each row, with the sentence that satisfies it or what is missing. */
export function showScore(box, words, rows) {
  const good = rows.filter((row) => row.state === "good").length;
  const title = fill(words.scorecard, { good: String(good), all: String(rows.length) });
  if (!box.firstChild) box.append(el("details", { open: true }, el("summary", {}), el("ul", {}, ...rows.map(() => el("li")))));
  const [summary, list] = box.firstChild.children;
  if (summary.textContent !== title) summary.textContent = title;
  for (const [index, row] of rows.entries()) {
    const key = JSON.stringify(row);
    if (list.children[index].dataset.shown !== key) list.children[index].replaceWith(scoreLine(words, row, key));
  }
}

function scoreLine(words, row, key) {
  const note = row.quote ? el("q", {}, row.quote) : row.missing.length ? row.missing[0] : row.undated ? words.score_undated : "";
  const also = row.quote && row.undated ? ` ${words.score_undated}` : "";
  return el("li", { class: `hb-score-row hb-score-${row.state}`, "data-shown": key }, el("span", { class: "hb-score-mark", role: "img", "aria-label": words[`score_${row.state}`] }),
    el("span", {}, el("strong", {}, words[`score_${row.id}`]), note ? " " : "", el("span", { class: "hb-score-note" }, note, also)));
}

// data.tone is relative to the page's Markdown file; the page itself is a folder deeper.
const pageFolder = () => new URL("../", document.baseURI);
