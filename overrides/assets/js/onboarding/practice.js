// The practice inbox: a list of buyers' messages; one opened with what Seller Central shows, the real finder and the real composer; and its score.
// What is typed stays in the page's memory like any buyer's details; of a scored case only numbers are kept.

import { rank } from "../../finder.js";
import { anew, layAside } from "../aside.js";
import { mountComposer } from "../composer.js";
import { el, fill } from "../dom.js";
import { extract } from "../extract.js";
import { loadRules } from "../findings.js";
import { forgetBuyer, memory } from "../memory.js";
import { notePractice, progress } from "../progress.js";
import { showResult, summary } from "./practice-result.js";
import { scored } from "./practice-score.js";

const ASSETS = new URL("../../", import.meta.url);
const PREVIEW = 160; // characters of a message in the list; the style sheet shows one or two lines of them
const LEAST = 40; // characters from which the language of a text written by hand is looked at

let listening = new AbortController();

/** `data` is what practice_page.py wrote: {handbook, words, families: [[title, [[id, title, page]]]], tone, policy}. */
export async function mount(host, data) {
  listening.abort();
  listening = new AbortController();
  const [inbox] = await Promise.all([json(`data/practice.${data.handbook}.json`), style()]);
  if (inbox === null) {
    host.replaceChildren(el("p", {}, data.words.practice_not_loaded));
    return;
  }
  layAside();
  const titles = new Map(data.families.flatMap(([, scenarios]) => scenarios.map(([id, title, page]) => [id, { title, href: new URL(page, pageFolder()).href }])));
  const view = { host, data, titles, inbox, open: null, pages: new Map() };
  const on = (name, act) => document.addEventListener(name, act, { signal: listening.signal });
  on("hb-copy", () => view.open?.score());
  on("hb-new-buyer", () => view.open?.clear());
  on("hb-forgotten", (event) => view.open?.forgotten(event.detail?.why));
  on("hb-progress", () => { if (!view.open) showInbox(view); });
  showInbox(view);
}

// Paths of pages are relative to this page's Markdown file; the page itself is a folder deeper.
const pageFolder = () => new URL("../", document.baseURI);

const json = (path) => fetch(new URL(path, ASSETS)).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);

// Other pages need none of it.
function style() {
  const href = new URL("practice.css", ASSETS).href;
  if (document.querySelector(`link[href="${href}"]`)) return null;
  return new Promise((done) => document.head.append(el("link", { rel: "stylesheet", href, onload: done, onerror: done })));
}

// The list ------------------------------------------------------------------------------------------------------------

function showInbox(view, focused = null) {
  const { words } = view.data;
  const done = progress().practice;
  const answered = view.inbox.cases.filter((one) => done[one.id]).length;
  const items = view.inbox.cases.map((one, index) => el("li", {}, mail(view, one, index + 1, done[one.id])));
  view.host.replaceChildren(
    el("p", { class: "hb-practice-count" }, fill(words.practice_answered, { done: answered, all: view.inbox.cases.length })),
    el("ol", { class: "hb-inbox" }, ...items), el("p", { class: "hb-hint" }, words.practice_kept));
  if (focused) view.host.querySelector(`[data-case="${focused}"]`)?.focus();
}

function mail(view, one, level, kept) {
  const { words } = view.data;
  const preview = one.message.replaceAll("\n", " ");
  const state = kept ? fill(words.practice_state, kept) : words.practice_new;
  return el("button", { type: "button", class: `hb-mail${kept ? " hb-mail-done" : ""}`, "data-case": one.id, onclick: () => openCase(view, one) },
    el("span", { class: "hb-mail-level" }, fill(words.practice_level, { level })),
    el("strong", {}, one.title),
    el("span", { class: "hb-mail-preview", lang: one.writtenIn }, preview.length > PREVIEW ? `${preview.slice(0, PREVIEW)}…` : preview),
    el("span", { class: "hb-mail-state" }, `${one.writtenInLabel} · ${state}`));
}

// A case --------------------------------------------------------------------------------------------------------------

function openCase(view, one) {
  const { data, titles } = view;
  const { words } = data;
  anew();
  begin(one);
  const state = { picked: null, byHand: false, composer: null };
  const desk = el("div", { class: "hb-composer" });
  const area = el("textarea", { id: "hb-practice-text", class: "hb-practice-text", lang: one.replyIn, rows: 14, autocomplete: "off", spellcheck: "true" });
  const hand = el("div", { hidden: true }, el("label", { for: "hb-practice-text" }, fill(words.practice_text, { language: one.replyInLabel })), area);
  const status = el("p", { class: "hb-status", role: "status" });
  const box = el("div", { class: "hb-result", hidden: true });
  const say = (text) => { status.textContent = ""; status.textContent = text; };

  async function compose() {
    hand.hidden = !state.byHand;
    desk.hidden = state.byHand;
    if (state.byHand || !state.picked) return;
    const picked = state.picked;
    const found = await pageData(view, picked);
    if (picked !== state.picked || !desk.isConnected) return; // another one was picked meanwhile
    state.composer = found ? mountComposer(desk, { ...found, tone: data.tone, policy: data.policy, today: view.inbox.today }) : null;
    if (!found) desk.replaceChildren(el("p", {}, words.practice_no_composer));
  }
  const pick = (id) => { state.picked = id; box.hidden = true; say(""); compose(); };

  const reply = () => {
    if (state.byHand) return { text: area.value.trim(), parts: null, language: spokenIn(area.value, one) };
    const written = state.composer?.message();
    return written ? { ...written } : { text: "", parts: null, language: one.replyIn };
  };
  async function score() {
    const given = reply();
    if (!state.picked) return say(words.practice_pick_first);
    if (!given.text) return say(words.practice_empty);
    if (given.language !== one.replyIn) return say(fill(words.practice_other_language, { language: one.replyInLabel }));
    const rules = await loadRules(one.replyIn, data.handbook);
    if (!rules) return say(words.checks_unavailable);
    const result = scored(one, given, state.picked, rules);
    notePractice(one.id, { scenario: result.right, covered: result.covered, points: result.points.length, errors: result.errors, warnings: result.warnings });
    say(summary(words, result));
    showResult(box, data, one, { result, reply: given, picked: state.picked, rules, titles, point: (finding) => point(finding), buttons: after() });
  }
  const point = (finding) => {
    if (!state.byHand) return state.composer?.point(finding);
    const letters = [...area.value];
    const lead = area.value.length - area.value.trimStart().length;
    const unit = (at) => lead + letters.slice(lead, lead + at).join("").length;
    area.focus();
    area.setSelectionRange(unit(finding.start), unit(finding.end));
  };
  const after = () => {
    const next = view.inbox.cases[view.inbox.cases.indexOf(one) + 1];
    const again = () => { box.hidden = true; say(""); writing.focus(); };
    return [
      button(words.practice_again, again),
      next ? button(words.practice_next, () => openCase(view, next)) : null,
      button(words.practice_back, back),
    ].filter(Boolean);
  };
  const back = () => { anew(); view.open = null; showInbox(view, one.id); };

  const title = el("h2", { tabindex: "-1" }, one.title);
  const writing = el("h3", { tabindex: "-1" }, words.practice_write);
  view.host.replaceChildren(
    el("p", {}, button(words.practice_back, back)), title,
    el("div", { class: "hb-letter" }, letter(view, one), shows(view, one)),
    el("h3", {}, words.practice_which), scenarioPicker(view, one, pick),
    writing, el("p", { class: "hb-hint" }, fill(words.practice_reply_in, { language: one.replyInLabel })),
    modes(words, (byHand) => { state.byHand = byHand; box.hidden = true; compose(); }), desk, hand,
    el("p", {}, el("button", { type: "button", class: "md-button md-button--primary hb-score-it", onclick: score }, words.practice_score)), status, box);
  desk.replaceChildren(el("p", { class: "hb-hint" }, words.practice_pick_first));
  view.open = {
    score,
    clear: () => (state.composer ? state.composer.clear() : forgetBuyer()),
    forgotten(why) {
      area.value = "";
      box.hidden = true;
      box.replaceChildren();
      begin(one);
      state.composer?.forgotten(why);
    },
  };
  title.focus();
}

const button = (label, act) => el("button", { type: "button", class: "hb-plain-button", onclick: act }, label);

// What the finder's box would read out of the message is in the composer's fields from the start.
function begin(one) {
  const found = extract(one.message);
  if (found.orderId) memory.values.order_id = found.orderId;
  if (found.buyerName) memory.values.buyer_name = found.buyerName;
  memory.spoken = found.language;
}

// The language of a text written by hand, where it is plainly another one that the handbook writes.
function spokenIn(text, one) {
  const found = text.trim().length < LEAST ? "" : extract(text).language;
  return found || one.replyIn;
}

function letter(view, one) {
  const { words, handbook } = view.data;
  const day = (shift) => {
    const date = new Date(`${view.inbox.today}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + shift);
    return new Intl.DateTimeFormat(handbook === "zh" ? "zh-CN" : "en-US", { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" }).format(date);
  };
  return el("section", { class: "hb-letter-buyer", "aria-label": words.practice_from },
    el("h3", {}, words.practice_from), el("p", { class: "hb-hint" }, `${one.writtenInLabel} · `, fill(words.practice_received, { day: day(0), due: day(1), time: one.received })),
    el("blockquote", { lang: one.writtenIn, class: "hb-reply" }, one.message),
    one.meaning ? el("details", { class: "hb-meaning" }, el("summary", {}, words.meaning), el("p", {}, one.meaning)) : null);
}

function shows(view, one) {
  const { words } = view.data;
  const lines = [fill(words.practice_order, { order: one.order, store: one.store }), `${words.fulfilment}${words.colon}${words[one.fulfilment]}`, ...one.shows];
  return el("section", { class: "hb-letter-facts", "aria-label": words.practice_shows }, el("h3", {}, words.practice_shows), el("ul", {}, ...lines.map((line) => el("li", {}, line))));
}

// The scenario: what the real finder suggests, and the list of all.
function scenarioPicker(view, one, pick) {
  const { words, families } = view.data;
  const radios = el("div", { class: "hb-suggested" });
  const list = el("select", { id: "hb-practice-scenario" }, el("option", { value: "" }, words.practice_choose),
    ...families.map(([title, scenarios]) => el("optgroup", { label: title }, ...scenarios.map(([id, name]) => el("option", { value: id }, name)))));
  list.addEventListener("change", () => {
    for (const radio of radios.querySelectorAll("input")) radio.checked = radio.value === list.value;
    if (list.value) pick(list.value);
  });
  const option = ({ scenario, why }) => {
    const radio = el("input", { type: "radio", name: "hb-practice-scenario", value: scenario });
    radio.addEventListener("change", () => { list.value = scenario; pick(scenario); });
    return el("label", {}, radio, el("span", {}, el("strong", {}, view.titles.get(scenario).title), why.length ? el("span", { class: "hb-hint" }, fill(words.practice_because, { words: why.join(" · ") })) : null));
  };
  finderIndex(view).then((index) => {
    const found = index ? rank(one.message, index).filter(({ scenario }) => view.titles.has(scenario)) : [];
    radios.replaceChildren(...(found.length ? found.map(option) : [el("p", { class: "hb-hint" }, words.practice_no_suggestion)]));
  });
  return el("div", { class: "hb-picker-scenario" }, el("fieldset", {}, el("legend", {}, words.practice_suggested), radios),
    el("label", { for: "hb-practice-scenario" }, words.practice_other), list);
}

function modes(words, changed) {
  const option = (value, label, checked) => {
    const radio = el("input", { type: "radio", name: "hb-practice-mode", value, checked });
    radio.addEventListener("change", () => changed(value === "hand"));
    return el("label", {}, radio, " ", label);
  };
  return el("fieldset", { class: "hb-practice-modes" }, el("legend", {}, words.practice_how), option("composer", words.practice_in_composer, true), option("hand", words.practice_by_hand, false));
}

const finderIndex = (view) => (view.index ??= json("data/finder.json").then((index) => { if (!index) view.index = null; return index; }));

// The composer's data has one source, the scenario's own page; null where it could not be had.
async function pageData(view, id) {
  if (!view.pages.has(id)) {
    const page = await fetch(view.titles.get(id).href).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
    const host = new DOMParser().parseFromString(page, "text/html").querySelector(".hb-composer");
    if (!host) return null;
    view.pages.set(id, JSON.parse(host.dataset.hb));
  }
  return view.pages.get(id);
}
