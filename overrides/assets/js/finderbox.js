// The box on the home page for the buyer's message: the likeliest scenarios with their reason, and what was found in it. Nothing leaves the page.

import { cardLinks } from "./desk.js";
import { el, fill, fillNodes } from "./dom.js";
import { MAC } from "./keys.js";
import { forgetBuyer, memory } from "./memory.js";
import { isBlank } from "./message.js";
import { languageName } from "./said.js";

const INDEX = new URL("../data/finder.json", import.meta.url);
const PAUSE = 120; // milliseconds without a key before the suggestions follow
const LONGEST = 10_000; // characters that are read; a reply to a reply may quote a whole correspondence
const SHORTEST = 4; // characters before "nothing fits" is said
// What the moods of a message change, the most urgent first: [code of the sentence, moods].
const URGENT = [["danger", ["injury", "fire"]], ["skin", ["skin"]], ["law", ["lawyer", "authority"]], ["angry", ["angry"]]];
const FIRST = { danger: "safety-incident", skin: "skin-reaction" };

let coming = null; // the finder and its index, asked for once they are needed
let tools = null; // the same, when they are there
let view = null; // the box of the open page

/** Mount the box that page.py wrote (see finder_box there); `search()` opens the search. A message that is still in memory is shown again. */
export function mountFinder(host, search) {
  const given = JSON.parse(host.dataset.hb);
  const box = host.querySelector("textarea");
  view = { host, box, search, ...given, found: el("div", { class: "hb-found" }), said: el("p", { class: "hb-offscreen", role: "status" }), timer: null };
  host.append(view.found, view.said);
  box.value = memory.message;
  box.addEventListener("focus", load);
  box.addEventListener("input", (event) => typed(event.inputType === "insertFromPaste" ? 0 : PAUSE));
  if (memory.message) update();
}

/** On a page without the box. What was to be shown there is not needed any more. */
export function unmountFinder() {
  clearTimeout(view?.timer);
  view = null;
}

function typed(pause) {
  const { timer, box } = view;
  memory.message = box.value;
  memory.found = null;
  clearTimeout(timer);
  view.timer = setTimeout(update, pause);
}

/** What is pasted on the home page outside any field belongs into the box: there is nothing else to paste it into. */
export function pasted(event) {
  const text = event.clipboardData?.getData("text/plain");
  if (!view || isBlank(text) || event.defaultPrevented || event.target.closest?.("input, textarea, select, dialog, [contenteditable]")) return;
  event.preventDefault();
  view.box.value = text;
  view.box.focus();
  view.box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Open the first suggestion, also if the message was pasted a moment ago. */
export async function openFirst() {
  await update();
  view?.found.querySelector(".hb-suggestions a")?.click();
}

/** Empty the box for the next buyer; the words of the buyer before leave the page with it. */
export function newBuyer() {
  forgetBuyer();
  view?.box.focus();
}

/** The buyer was forgotten: `why` is asked or idle. */
export function finderForgotten(why) {
  if (!view || !view.box.value) return;
  clearTimeout(view.timer);
  view.box.value = "";
  show([]);
  say(view.words[why === "idle" ? "cleared_idle" : "cleared"]);
}

/** What stands in memory.message, read: memory.found is {message, language, orderId, orderIds, buyerName, ...}; null until the finder is there. */
export function readMessage() {
  if (memory.found || !tools || isBlank(memory.message)) return;
  const found = tools.extract(memory.message.slice(0, LONGEST));
  memory.found = { ...found, message: memory.message, orderId: found.orderIds.includes(memory.order) ? memory.order : found.orderId };
}

function load() {
  coming ??= Promise.all([import("../finder.js"), fetch(INDEX).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${INDEX}: ${answer.status}`))))])
    .then(([finder, index]) => {
      tools = { ...finder, index };
      globalThis.requestIdleCallback?.(warmUp);
    })
    .catch(() => { coming = null; }); // asked for again at the next key
  return coming;
}

// The first text costs the compiling of patterns and the unpacking of the index: while somebody still looks for the message, that delays nobody.
function warmUp() {
  const { language } = tools.extract("Hello, where is my order?");
  tools.mood("Hello", language);
  tools.rank("Hello, where is my order?", tools.index);
}

async function update() {
  const here = view;
  clearTimeout(here.timer);
  if (isBlank(memory.message)) return show([]);
  if (!tools) {
    if (!here.found.firstChild) show([el("p", { class: "hb-quiet" }, here.words.finder_loading)]);
    await load();
  }
  if (view !== here || isBlank(memory.message)) return;
  if (!tools) return answer([el("p", {}, here.words.finder_failed)], here.words.finder_failed);
  readMessage();
  answer(...results());
}

// Showing ------------------------------------------------------------------------------------------------------------

const show = (nodes) => view.found.replaceChildren(...nodes);

function answer(nodes, text) {
  show(nodes);
  say(text);
}

function say(text) {
  if (view.said.textContent !== text) view.said.textContent = text;
}

// [nodes, what a screen reader is told]
function results() {
  const { words } = view;
  const message = memory.message.slice(0, LONGEST);
  const cards = cardLinks();
  const moods = tools.mood(message, memory.found.language);
  const lines = URGENT.filter(([, codes]) => codes.some((code) => moods.includes(code))).map(([name]) => name);
  const suggested = safetyFirst(tools.rank(message, tools.index).filter(({ scenario }) => cards.has(scenario)), lines);
  const mood = lines.length ? el("div", { class: "hb-moods" }, ...lines.map((name) => moodLine(name, cards))) : "";
  const urgent = mood ? `${mood.textContent} ` : "";
  if (suggested.length) {
    const list = el("ol", { class: "hb-suggestions", "aria-label": words.finder_suggestions }, ...suggested.map((one, index) => suggestion(one, cards, index === 0)));
    const title = cards.get(suggested[0].scenario).textContent;
    return [[mood, list, taken()], urgent + fill(words.finder_said, { count: String(suggested.length), title })];
  }
  if (message.trim().length < SHORTEST && !mood) return [[], ""];
  return [[mood, nothing(cards), taken()], urgent + words.finder_nothing_said];
}

// The scenario that cannot wait comes before the others where the words speak for it at all; and it is never true then that nothing fits.
function safetyFirst(suggested, lines) {
  const urgent = lines.map((name) => FIRST[name]).filter(Boolean);
  if (!suggested.length) return urgent.map((scenario) => ({ scenario, why: [] }));
  return [...suggested.filter(({ scenario }) => urgent.includes(scenario)), ...suggested.filter(({ scenario }) => !urgent.includes(scenario))];
}

function suggestion({ scenario, why }, cards, first) {
  const { words } = view;
  const link = cards.get(scenario);
  const reasons = why.flatMap((word, index) => [index ? ", " : "", el("strong", { lang: memory.found.language || null, dir: "auto" }, word)]);
  return el("li", {}, el("a", { href: link.href }, link.textContent),
    reasons.length ? el("p", { class: "hb-why" }, words.finder_why, ...reasons) : null,
    first ? el("kbd", { class: "hb-first-key", "aria-hidden": "true" }, MAC ? "⌘ Enter" : "Ctrl+Enter") : null);
}

function moodLine(name, cards) {
  const to = (scenario) => el("a", { href: cards.get(scenario).href }, cards.get(scenario).textContent);
  const nodes = { safety: to("safety-incident"), skin: to("skin-reaction"), holding: to("investigating") };
  const more = name === "law" ? "" : el("a", { href: `${view.principle}#${name === "angry" ? "when-the-buyer-is-upset" : "when-somebody-may-be-hurt"}` }, view.words.finder_more);
  return el("p", { class: `hb-mood hb-mood-${name}` }, ...fillNodes(view.words[`finder_${name}`], nodes), more && " ", more);
}

function nothing(cards) {
  const { words } = view;
  const link = cards.get("request-details");
  const nodes = {
    request: el("a", { href: link.href }, link.textContent),
    overview: el("a", { href: view.overview }, words.finder_overview),
    search: el("button", { type: "button", class: "hb-swap", onclick: view.search }, words.finder_search),
  };
  return el("p", { class: "hb-nothing" }, ...fillNodes(words.finder_nothing, nodes));
}

// Language, order number and name as they will be filled in; a message that names several order numbers lets another be taken.
function taken() {
  const { words } = view;
  const { language, orderId, orderIds, buyerName } = memory.found;
  const row = (label, value) => el("span", {}, label, value);
  return el("div", { class: "hb-taken" },
    language ? row(words.finder_language, el("strong", {}, languageName(language, document.documentElement.lang))) : null,
    orderIds.length > 1 ? el("label", {}, words.finder_order, orderPicker(orderIds, orderId)) : orderId ? row(words.finder_order, el("strong", {}, orderId)) : null,
    buyerName ? row(words.finder_signed, el("strong", { dir: "auto" }, buyerName)) : null,
    el("button", { type: "button", class: "hb-plain-button hb-clear", onclick: newBuyer }, words.new_buyer));
}

function orderPicker(orderIds, chosen) {
  const select = el("select", { onchange: () => { memory.order = memory.found.orderId = select.value; } }, ...orderIds.map((id) => el("option", { value: id }, id)));
  select.value = chosen;
  return select;
}
