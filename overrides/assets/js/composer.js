// The composer of a scenario page: what staff pick and type on one side, the finished message on the other.

import { copyText } from "./clipboard.js";
import { el, fill } from "./dom.js";
import { fields } from "./fields.js";
import { forgetBuyer, memory } from "./memory.js";
import { assemble, codePoints, isBlank } from "./message.js";
import { findingsView, loadRules } from "./findings.js";
import { ValueProblem, example, show } from "./values.js";

// Copy stays a working button while it is held back: pressing it says what is missing and goes there.

/** Build the composer into `host` from the JSON that page.py wrote (see composer_data there). */
export function mountComposer(host, data) {
  const state = startState(data);
  const view = frame(data, state, () => refresh(data, state, view), () => rebuild(data, state, view));
  host.replaceChildren(view.root);
  view.root.addEventListener("focusin", () => fetchRules(data, state, view), { once: true });
  rebuild(data, state, view);
}

// Picks made on another page are kept where this scenario has them.
function startState(data) {
  const values = data.choice ? Object.keys(data.choice.values) : [];
  const language = memory.language in data.languages ? memory.language : "en";
  return {
    fulfilment: data.fulfilment.includes(memory.picks.fulfilment) ? memory.picks.fulfilment : (data.fulfilment[0] ?? null),
    choice: values[0] ?? null,
    language,
    store: memory.store ?? data.languages[language].home[0],
    storeChosen: memory.store !== null,
    greeting: memory.greeting,
    rules: {},
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
    findings: el("div", { class: "hb-findings" }),
    status: el("p", { class: "hb-status", id: "hb-status", role: "status", "aria-live": "polite" }),
    count: el("p", { class: "hb-count" }),
    source: el("p", { class: "hb-source" }),
    store: null,
  };
  view.copy = el("button", { type: "button", class: "md-button md-button--primary hb-copy", "aria-describedby": "hb-status", onclick: () => copy(data, state, view) }, words.copy);
  view.clear = el("button", { type: "button", class: "hb-clear", onclick: () => { forgetBuyer(); rebuilt(); } }, words.new_buyer);
  view.root = el("div", { class: "hb-desk" }, pickers(data, state, view, rebuilt), el("div", { class: "hb-columns" },
    el("section", { class: "hb-side", "aria-label": words.details }, el("h3", {}, words.details), el("p", { class: "hb-hint" }, words.details_hint), view.form, view.clear),
    el("section", { class: "hb-side hb-paper", "aria-label": words.message }, el("h3", {}, words.message), view.message,
      el("div", { class: "hb-bar" }, view.copy, view.count), view.status, view.findings, view.meaning, view.source)));
  return view;
}

function pickers(data, state, view, rebuilt) {
  const { words } = data;
  const set = (key) => (value) => { state[key] = value; rebuilt(); };
  const out = el("div", { class: "hb-picks" });
  if (data.fulfilment.length > 1) {
    out.append(radios("fulfilment", words.fulfilment, data.fulfilment.map((value) => [value, words[value]]), state.fulfilment,
      (value) => { memory.picks.fulfilment = value; set("fulfilment")(value); }));
  }
  if (data.choice) out.append(radios("choice", data.choice.title, Object.entries(data.choice.values), state.choice, set("choice")));
  const languages = Object.entries(data.languages).map(([lang, { name }]) => [lang, name]);
  out.append(radios("language", words.language, languages, state.language, (value) => chooseLanguage(data, state, view, value, rebuilt)));
  out.append(radios("greeting", words.greeting, ["named", "nameless"].map((value) => [value, words[value]]), state.greeting,
    (value) => { memory.greeting = value; set("greeting")(value); }));
  view.store = el("select", { id: "hb-store", onchange: (event) => {
    memory.store = state.store = event.target.value; state.storeChosen = true; rebuilt();
  } }, ...Object.keys(data.stores).map((store) => el("option", { value: store }, store)));
  view.store.value = state.store;
  out.append(el("div", { class: "hb-pick" }, el("label", { for: "hb-store" }, words.store), view.store));
  return out;
}

function chooseLanguage(data, state, view, language, rebuilt) {
  memory.language = state.language = language;
  if (!state.storeChosen) view.store.value = state.store = data.languages[language].home[0];
  rebuilt();
}

function radios(name, title, options, chosen, pick) {
  const labels = options.map(([value, label]) => el("label", { class: value === chosen ? "hb-chosen" : null },
    el("input", { type: "radio", name: `hb-${name}`, value, checked: value === chosen, onchange: (event) => {
      for (const other of labels) other.classList.toggle("hb-chosen", other.contains(event.target));
      pick(value);
    } }), label));
  return el("fieldset", { class: "hb-pick" }, el("legend", {}, title), el("div", { class: "hb-options" }, ...labels));
}

/** What the message needs now: texts for the buyer by name, problems by name, and the message put together. */
export function compose(data, picks, language, store, greeting, typed) {
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
  return { ...assemble(spoken.sections, picks, greeting, values, blank), values, problems, locale };
}

// After a pick: other blanks may be needed, so the fields are laid anew (what was typed stays in memory).
function rebuild(data, state, view) {
  const { language } = state;
  const done = compose(data, picksOf(state), language, state.store, state.greeting, {});
  fields(view.form, data, language, done.missing, view.refreshed);
  view.message.lang = state.language;
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
    if (state.language === language) checkSoon(data, state, view);
  });
}

// After a keystroke: the message and its state at once, the findings when the frame is drawn.
function refresh(data, state, view) {
  const done = compose(data, picksOf(state), state.language, state.store, state.greeting, memory.values);
  state.done = done;
  view.form.dispatchEvent(new CustomEvent("hb-problems", { detail: done.problems }));
  showParts(view.message, data, done.parts);
  view.count.textContent = fill(data.words.characters, { count: codePoints(done.text), limit: data.limit });
  view.copy.classList.toggle("hb-held", done.missing.length > 0);
  announce(view, done.missing.length ? stillNeeded(data, done) : data.words.complete);
  showMeaning(data, state, view);
  checkSoon(data, state, view);
}

function checkSoon(data, state, view) {
  clearTimeout(state.soon);
  state.soon = setTimeout(() => showFindings(data, state, view, state.done), 60);
}

const stillNeeded = (data, done) => fill(data.words.still_needed, { names: done.missing.map((name) => data.variables[name].label).join(", ") });

function announce(view, text) {
  if (view.status.textContent !== text) view.status.textContent = text;
}

// Only a part that reads differently now is drawn anew.
function showParts(box, data, parts) {
  parts.forEach((part, index) => {
    const old = box.children[index];
    const drawn = JSON.stringify([part.name, part.pieces]);
    if (old?.drawn === drawn) return;
    const node = Object.assign(showPart(data, part), { drawn });
    if (old) old.replaceWith(node);
    else box.append(node);
  });
}

function showPart(data, part) {
  const text = part.pieces.map((piece) => (piece.name ? el(piece.missing ? "mark" : "b", { class: piece.missing ? "hb-blank" : "hb-value" }, piece.text) : piece.text));
  return el("div", { class: "hb-section", "data-part": part.name }, el("span", { class: "hb-label", lang: data.handbook }, data.words[`part_${part.name}`]), el("p", {}, ...text));
}

function showMeaning(data, state, view) {
  view.meaning.hidden = state.language === data.handbook;
  if (view.meaning.hidden) return;
  const typed = memory.values;
  const done = compose(data, picksOf(state), data.handbook, state.store, state.greeting, typed);
  showParts(view.meaning.lastChild, data, done.parts.filter((part) => !["greeting", "closing"].includes(part.name)));
}

// A blank is checked with its example in its place: the template's own words are what can be judged then.
function showFindings(data, state, view, done) {
  const rules = state.rules[state.language];
  if (rules === undefined) return;
  const typed = { ...memory.values };
  for (const name of done.missing) typed[name] = example(data.variables[name], state.language);
  const whole = compose(data, picksOf(state), state.language, state.store, state.greeting, typed);
  findingsView(view.findings, data, rules, whole, {
    lang: state.language,
    choices: data.fulfilment.length ? picksOf(state) : [...picksOf(state), "fbm", "fba"],
    scenario: data.scenario,
    kind: data.kind,
  }, done.missing.length === 0);
}

function showSource(data, state, view) {
  const { path, edit } = data.languages[state.language];
  const link = edit ? el("a", { href: edit }, data.words.propose) : null;
  view.source.replaceChildren(`${data.words.source_file}: `, el("code", {}, path), link ? " · " : "", ...(link ? [link] : []));
}

async function copy(data, state, view) {
  if (state.done.missing.length) {
    announce(view, "");
    announce(view, stillNeeded(data, state.done));
    view.form.querySelector(`[data-name="${state.done.missing[0]}"]`)?.focus();
    return;
  }
  const worked = await copyText(state.done.text);
  if (!worked) getSelection().selectAllChildren(view.message);
  announce(view, worked ? data.words.copied : data.words.copy_failed);
}
