// The composer of a scenario page: what staff pick and type on one side, the finished message on the other, checked as it stands.

import { copyText } from "./clipboard.js";
import { ask } from "./dialog.js";
import { el, fill } from "./dom.js";
import { changes, recut, withEdits } from "./edited.js";
import { fields } from "./fields.js";
import { MOST, judge, loadRules, showFindings, showScore, showUnavailable, spansOf } from "./findings.js";
import { cleaned } from "./invisible.js";
import { forgetBuyer, memory } from "./memory.js";
import { assemble, codePoints, isBlank, variant } from "./message.js";
import { paper } from "./paper.js";
import { pickers } from "./pickers.js";
import { scorecard } from "./scorecard.js";
import { proposal, suggest } from "./suggest.js";
import { saidPanel, unspoken } from "./said.js";
import { ValueProblem, example, show } from "./values.js";

// Copy stays a working button while it is held back: pressing it says what is missing and goes there.

/**
 * Build the composer into `host` from the JSON that page.py wrote (see composer_data there).
 * Returns { copy(), clear(), forgotten(why), message(), point(finding) }; forgotten is told when the details were cleared elsewhere,
 * message gives {text, parts, language} as they stand, parts as the rules read them, and point goes to the words of a finding.
 */
export function mountComposer(host, data) {
  const state = startState(data);
  const view = frame(data, state, () => refresh(data, state, view), () => rebuild(data, state, view));
  host.replaceChildren(view.root);
  view.root.addEventListener("focusin", () => fetchRules(data, state, view), { once: true });
  rebuild(data, state, view);
  return {
    copy: () => copy(data, state, view),
    clear: () => { forgetBuyer(); begin(data, state, view, data.words.cleared); },
    forgotten: (why) => { if (why === "idle") begin(data, state, view, data.words.cleared_idle); },
    message: () => ({ text: state.done.text, parts: spansOf(state.done), language: state.language }),
    point: (finding) => point(data, state, view, finding),
  };
}

// Picks made on another page are kept where this scenario has them.
function startState(data) {
  const values = data.choice ? Object.keys(data.choice.values) : [];
  const wanted = memory.spoken || memory.language; // the buyer's language comes before the one picked for another buyer
  const language = wanted in data.languages ? wanted : "en";
  return {
    fulfilment: data.fulfilment.includes(memory.picks.fulfilment) ? memory.picks.fulfilment : (data.fulfilment[0] ?? null),
    choice: values[0] ?? null,
    language,
    store: memory.store ?? data.languages[language].home[0],
    storeChosen: memory.store !== null,
    greeting: memory.greeting,
    rules: {},
    editing: false,
    found: [],
    agreed: null, // the text that was to be copied in spite of its findings
    copied: null, // the text of which it was said that it is copied
  };
}

const picksOf = (state) => [state.fulfilment, state.choice].filter((pick) => pick !== null);

function frame(data, state, refreshed, rebuilt) {
  const words = data.words;
  const view = {
    refreshed,
    form: el("div", { class: "hb-fields" }),
    message: el("div", { class: "hb-message", id: "hb-message" }),
    meaning: el("details", { class: "hb-meaning", open: true }, el("summary", {}, words.meaning), el("div", { class: "hb-message", lang: data.handbook })),
    findings: el("div", { class: "hb-findings", tabindex: "-1" }),
    score: el("div", { class: "hb-score" }),
    status: el("p", { class: "hb-status", id: "hb-status", role: "status", "aria-live": "polite" }),
    count: el("p", { class: "hb-count" }),
    source: el("p", { class: "hb-source" }),
    behind: el("p", { class: "hb-hint hb-behind", lang: data.handbook, hidden: true }),
    unspoken: el("p", { class: "hb-hint hb-unspoken", lang: data.handbook, hidden: true }),
    store: null,
  };
  view.paper = paper(view.message, words, data.handbook, (name, text) => editPart(data, state, view, name, text), (name) => takeBack(data, state, view, name));
  view.inner = paper(view.meaning.lastChild, words, data.handbook, () => {}, () => {});
  view.copy = el("button", { type: "button", class: "md-button md-button--primary hb-copy", "aria-describedby": "hb-status", onclick: () => copy(data, state, view) }, words.copy);
  view.edit = el("button", { type: "button", class: "hb-plain-button hb-edit", "aria-pressed": "false", onclick: () => setEditing(data, state, view, !state.editing) }, words.edit);
  view.suggest = el("button", { type: "button", class: "hb-plain-button", hidden: true, onclick: () => propose(data, state, view) }, words.suggest);
  view.clear = el("button", { type: "button", class: "hb-plain-button hb-clear", onclick: () => { forgetBuyer(); begin(data, state, view, words.cleared); } }, words.new_buyer);
  view.rebuilt = rebuilt;
  view.root = el("div", { class: "hb-desk" }, pickers(data, state, view, rebuilt), el("div", { class: "hb-columns" },
    el("section", { class: "hb-side hb-details", "aria-label": words.details }, el("h3", {}, words.details), el("p", { class: "hb-hint" }, words.details_hint), view.form, view.clear),
    el("section", { class: "hb-side hb-paper", "aria-label": words.message }, el("h3", {}, words.message), view.unspoken, view.message, view.behind,
      el("div", { class: "hb-bar" }, view.copy, view.edit, view.count), view.status, view.meaning, el("div", { class: "hb-bar" }, view.source, view.suggest)),
    el("section", { class: "hb-side hb-checks", "aria-label": words.checks }, el("h3", {}, words.checks), view.findings, view.score)));
  view.said = saidPanel(words, view.root);
  return view;
}

/** What the message needs now: texts for the buyer by name, problems by name, and the message put together, edits included. */
export function compose(data, picks, language, store, greeting, typed, edits = {}) {
  const spoken = data.languages[language];
  const locale = spoken.locales[store] ?? spoken.locale;
  const values = {};
  const problems = {};
  for (const [name, variable] of Object.entries(data.variables)) {
    if (isBlank(typed[name])) continue;
    try {
      values[name] = show(variable, typed[name], locale, data.stores[store]);
    } catch (problem) {
      if (!(problem instanceof ValueProblem)) throw problem;
      problems[name] = problem;
    }
  }
  const blank = (name) => `[${data.variables[name].label}]`;
  const done = assemble(spoken.sections, picks, greeting, values, blank);
  const cuts = {};
  for (const part of done.parts) {
    const key = editKey(data, language, picks, greeting, part.name);
    if (edits[key]) cuts[part.name] = edits[key];
  }
  return { ...withEdits(done, cuts, values, blank), own: done, cuts, values, problems, locale };
}

// An edit belongs to the very words it was made on: another choice or language has its own, and going back finds it again.
function editKey(data, language, picks, greeting, name) {
  const [, when, text] = variant(data.languages[language].sections, name, name === "greeting" ? [greeting] : picks);
  return JSON.stringify([data.scenario, language, name, when, text]);
}

const composed = (data, state, typed = memory.values) => compose(data, picksOf(state), state.language, state.store, state.greeting, typed, memory.edits);

// After a pick: other blanks may be needed, so the fields are laid anew (what was typed stays in memory).
function rebuild(data, state, view) {
  const { language } = state;
  const blanks = compose(data, picksOf(state), language, state.store, state.greeting, {}).missing;
  view.say = fields(view.form, data, language, blanks, view.refreshed);
  view.message.lang = language;
  view.said.show();
  view.unspoken.textContent = unspoken(data, language);
  view.unspoken.hidden = !view.unspoken.textContent;
  showSource(data, state, view);
  refresh(data, state, view);
  if (state.begun) fetchRules(data, state, view);
}

// The rules are the heaviest thing here, so they come when somebody begins to write, not with the page.
function fetchRules(data, state, view) {
  const { language } = state;
  state.begun = true;
  loadRules(language, data.handbook).then((rules) => {
    state.rules[language] = rules;
    if (state.language === language) refresh(data, state, view);
  });
}

// After a keystroke: the message, what the rules say of it, and its state.
function refresh(data, state, view) {
  const done = composed(data, state);
  state.done = done;
  view.say(done.problems);
  review(data, state, view, done);
  view.paper.show(done.parts, marksOf(data, state, done), state.editing, state.language);
  view.count.textContent = fill(data.words.characters, { count: codePoints(done.text), limit: data.limit });
  const errors = errorsOf(state);
  view.copy.classList.toggle("hb-held", done.missing.length > 0 || errors.length > 0);
  view.suggest.hidden = !Object.keys(done.cuts).length;
  // What was said of a copy stays until the text changes; the rules, for instance, may arrive after it.
  if (state.copied !== done.text) announce(view, done.missing.length ? stillNeeded(data, done) : errors.length ? fill(data.words.held_back, { count: String(errors.length) }) : data.words.complete);
  showMeaning(data, state, view);
}

const errorsOf = (state) => state.found.filter((finding) => finding.level === "error");

// A blank is checked with its example in its place: the template's own words are what can be judged then.
function review(data, state, view, done) {
  const rules = state.rules[state.language];
  state.found = [];
  if (rules === undefined) return;
  if (rules === null) {
    showUnavailable(view.findings, data);
    return;
  }
  const whole = done.missing.length ? composed(data, state, withExamples(data, state, done)) : done;
  const context = {
    lang: state.language,
    choices: data.fulfilment.length ? picksOf(state) : [...picksOf(state), "fbm", "fba"],
    scenario: data.scenario,
    kind: data.kind,
  };
  state.found = inMessage(judge(rules, whole, context, data.languages[state.language].waived), whole, done);
  showFindings(view.findings, data, rules, state.found, done.missing.length === 0, {
    replace: (finding, put) => replace(data, state, view, finding, put),
    point: (finding) => point(data, state, view, finding),
  });
  if (whole.text.length <= MOST) showScore(view.score, data.words, scorecard(whole.text, rules, context, spansOf(whole), state.found));
}

function withExamples(data, state, done) {
  const typed = { ...memory.values };
  for (const name of done.missing) typed[name] = example(data.variables[name], state.language);
  return typed;
}

// Findings on the message with examples, as places in the message with its blanks; one that lies in an example itself is moved to the blank.
function inMessage(found, whole, done) {
  if (whole === done) return found;
  const place = (offset) => {
    const index = whole.parts.findIndex((part) => part.shown && offset <= part.end);
    if (index < 0) return codePoints(done.text);
    let [left, at] = [offset - whole.parts[index].start, done.parts[index].start];
    for (const [number, piece] of whole.parts[index].pieces.entries()) {
      const [size, shown] = [codePoints(piece.text), codePoints(done.parts[index].pieces[number].text)];
      if (left <= size) return at + (size === shown ? left : Math.min(left, shown));
      left -= size;
      at += shown;
    }
    return at;
  };
  return found.map((finding) => ({ ...finding, start: place(finding.start), end: Math.max(place(finding.start), place(finding.end)) }));
}

function marksOf(data, state, done) {
  const marks = state.found.map(({ start, end, level }) => ({ start, end, kind: level }));
  for (const [index, part] of done.parts.entries()) {
    if (!part.edited) continue;
    const textOf = (one) => one.pieces.map((piece) => piece.text).join("");
    for (const [start, end] of changes(textOf(done.own.parts[index]), textOf(part))) marks.push({ start: part.start + start, end: part.start + end, kind: "changed" });
  }
  return marks;
}

// Editing by hand ----------------------------------------------------------------------------------------------------

function setEditing(data, state, view, editing) {
  state.editing = editing;
  view.edit.textContent = editing ? data.words.edit_done : data.words.edit;
  view.edit.setAttribute("aria-pressed", String(editing));
  fetchRules(data, state, view);
  refresh(data, state, view);
  if (editing) view.message.querySelector('[data-part="acknowledge"] textarea')?.focus();
}

function editPart(data, state, view, name, text) {
  const part = state.done.parts.find((one) => one.name === name);
  const own = state.done.own.parts.find((one) => one.name === name);
  const cut = recut(part.pieces, text);
  const key = editKey(data, state.language, picksOf(state), state.greeting, name);
  if (sameAs(cut, own.pieces)) delete memory.edits[key];
  else memory.edits[key] = cut;
  refresh(data, state, view);
}

// Typed back to what the template has: no edit any more.
const sameAs = (cut, pieces) => JSON.stringify(cut.map(({ name, text }) => name ? { name } : { text })) === JSON.stringify(pieces.map(({ name, text }) => name ? { name } : { text }));

function takeBack(data, state, view, name) {
  delete memory.edits[editKey(data, state.language, picksOf(state), state.greeting, name)];
  refresh(data, state, view);
  announce(view, fill(data.words.taken_back, { part: data.words[`part_${name}`] }));
  (view.message.querySelector(`[data-part="${name}"] textarea`) ?? view.edit).focus();
}

function replace(data, state, view, finding, put) {
  const part = state.done.parts.find((one) => one.shown && one.start <= finding.start && finding.end <= one.end);
  if (!part) return;
  const letters = [...part.pieces.map((piece) => piece.text).join("")];
  letters.splice(finding.start - part.start, finding.end - finding.start, put);
  editPart(data, state, view, part.name, letters.join(""));
  announce(view, fill(data.words.replaced, { words: put.trim() || "–" }));
}

function point(data, state, view, finding) {
  if (!state.editing) setEditing(data, state, view, true);
  view.paper.select(state.done.parts, finding.start, finding.end);
}

// State and copying ---------------------------------------------------------------------------------------------------

const stillNeeded = (data, done) => fill(data.words.still_needed, { names: done.missing.map((name) => data.variables[name].label).join(", ") });

function announce(view, text) {
  if (view.status.textContent !== text) view.status.textContent = text;
}

function showMeaning(data, state, view) {
  view.meaning.hidden = state.language === data.handbook;
  if (view.meaning.hidden) return;
  const done = compose(data, picksOf(state), data.handbook, state.store, state.greeting, memory.values);
  view.inner.show(done.parts.filter((part) => !["greeting", "closing"].includes(part.name)), [], false, data.handbook);
}

function showSource(data, state, view) {
  const { path, edit, behind } = data.languages[state.language];
  const link = edit ? el("a", { href: edit }, data.words.propose) : null;
  view.behind.hidden = !behind;
  view.behind.textContent = behind ?? "";
  view.source.replaceChildren(`${data.words.source_file}: `, el("code", {}, path), link ? " · " : "", ...(link ? [link] : []));
}

// After the details were forgotten.
function begin(data, state, view, said) {
  state.agreed = state.copied = null;
  if (state.editing) setEditing(data, state, view, false);
  view.rebuilt();
  state.copied = state.done.text; // the words stay until something is typed
  announce(view, said);
}

function propose(data, state, view) {
  const { done, language } = state;
  const headings = Object.fromEntries(Object.keys(done.cuts).map((name) => [name, headingOf(data, state, name)]));
  suggest(data, language, proposal(data, language, headings, done.cuts, done, memory.values), async (text) => {
    announce(view, (await copyText(text)) ? data.words.suggest_copied : data.words.copy_failed);
  });
}

function headingOf(data, state, name) {
  const [, when] = variant(data.languages[state.language].sections, name, name === "greeting" ? [state.greeting] : picksOf(state));
  return `${data.headings[name]}${when.length ? ` (${when.join(", ")})` : ""}`;
}

async function copy(data, state, view) {
  if (state.done.missing.length) {
    announce(view, "");
    announce(view, stillNeeded(data, state.done));
    view.form.querySelector(`[data-name="${state.done.missing[0]}"]`)?.focus();
    return;
  }
  const errors = errorsOf(state);
  const text = cleaned(state.done.text);
  if (errors.length && state.agreed !== text && !(await agree(data, state, errors))) return;
  if (errors.length) state.agreed = text;
  const worked = await copyText(text);
  if (!worked) getSelection().selectAllChildren(view.message);
  state.copied = state.done.text;
  announce(view, worked ? data.words.copied : data.words.copy_failed);
}

// Copying in spite of errors: asked once for a text, with what is wrong by name, and going back is what the Enter key does.
async function agree(data, state, errors) {
  const { ideas } = state.rules[state.language];
  const lines = errors.map((finding) => el("li", {}, el("strong", {}, ideas[finding.rule][0]), finding.match.trim() ? ": " : "", finding.match.trim() ? el("q", {}, finding.match) : null));
  const answer = await ask(data.words.copy_anyway_title, [el("p", {}, data.words.copy_anyway_text), el("ul", {}, ...lines)], [[data.words.copy_back, "", true], [data.words.copy_anyway, "copy"]]);
  return answer === "copy";
}
