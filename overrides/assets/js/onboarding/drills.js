// The drills: what to practise, one question at a time, each answer with its reason, and how the round went. Only ids and counts are kept.

import { el, fill } from "../dom.js";
import { noteAnswer, progress } from "../progress.js";
import { draw, drillOf, steps } from "./draw.js";
import { choose, order, partNames } from "./ask.js";

const DRILLS = ["spot", "order", "scenario", "fulfilment", "policy"];
const loaded = {};

/** `data` are handbook, languages {code: name}, scenarios {id: [title, when, family]} and words. A test may set data-seed. */
export function mount(host, data) {
  const chosen = { drills: [...DRILLS], lang: data.handbook };
  const show = (node, focus = null) => {
    host.replaceChildren(node);
    if (focus) host.querySelector(focus).focus();
  };
  const begin = () => show(form(data, chosen, start), "legend");
  const start = async (note) => {
    note.textContent = data.words.loading;
    const material = await load(chosen.lang, data.handbook);
    if (!material) note.textContent = data.words.unavailable;
    else round({ ...data, ...material, lang: chosen.lang, seed: Number(host.dataset.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]) }, chosen, show, begin);
  };
  show(form(data, chosen, start));
}

// The questions of a message language, with the titles, reasons and facts that the rules have in the handbook's. Null where they are not to be had.
function load(lang, handbook) {
  const fetched = (name) => fetch(new URL(`../../data/${name}.json`, import.meta.url)).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  loaded[lang] ??= Promise.all([fetched(`drills.${lang}`), fetched(`tone.${lang}.${handbook}`)])
    .then(([{ questions, others }, { ideas, facts }]) => ({ questions, others, ideas, facts }))
    .catch(() => {
      delete loaded[lang]; // the network may be back at the next try
      return null;
    });
  return loaded[lang];
}

function form(data, chosen, start) {
  const { words } = data;
  const note = el("p", { class: "hb-drill-note", role: "status" });
  const boxes = DRILLS.map((drill) => el("input", { type: "checkbox", value: drill, checked: chosen.drills.includes(drill) }));
  const select = el("select", {}, ...Object.entries(data.languages).map(([code, name]) => el("option", { value: code, selected: code === chosen.lang }, name)));
  const submit = (event) => {
    event.preventDefault();
    chosen.drills = boxes.filter((box) => box.checked).map((box) => box.value);
    chosen.lang = select.value;
    if (chosen.drills.length) start(note);
    else note.textContent = words.pick_one;
  };
  return el("form", { class: "hb-drill-form", onsubmit: submit },
    el("fieldset", {}, el("legend", { tabindex: "-1" }, words.kinds), ...boxes.map((box) => el("label", {}, box, " ", words[`kind_${box.value}`]))),
    el("label", { class: "hb-drill-language" }, el("span", {}, words.language), select),
    el("button", { type: "submit", class: "md-button md-button--primary" }, words.start), note,
    el("p", { class: "hb-drill-kept" }, words.kept));
}

function round(table, chosen, show, begin) {
  const asked = draw(table.questions, progress().boxes, chosen.drills, table.seed);
  const results = [];
  const next = () => {
    if (results.length < asked.length) show(view(table, asked, results, next), ".hb-drill-ask");
    else show(summary(table, results, () => round({ ...table, seed: table.seed + asked.length }, chosen, show, begin), begin), "h2");
  };
  next();
}

// One question: its steps one after the other below each other, then the reason and the way on.
function view(table, asked, results, next) {
  const { words } = table;
  const question = asked[results.length];
  const list = steps(question, table.others, table.seed + results.length);
  const last = results.length + 1 === asked.length;
  const box = el("section", { class: "hb-drill", "aria-label": fill(words.number, { number: String(results.length + 1), all: String(asked.length) }) },
    el("p", { class: "hb-drill-number" }, fill(words.number, { number: String(results.length + 1), all: String(asked.length) }), " · ", words[`kind_${drillOf(question.kind)}`]),
    setting(table, question));
  let all = true;
  const ask = (at) => {
    const step = list[at];
    const said = el("div", { class: "hb-drill-said", role: "status" });
    const foot = el("p", { class: "hb-drill-foot" });
    const answered = (right) => {
      all &&= right;
      const done = at + 1 === list.length;
      const lines = [el("p", {}, el("strong", { class: right ? "hb-drill-good" : "hb-drill-bad" }, right ? words.right : words.wrong), right ? "" : ` ${correct(table, question, step)}`)];
      if (done) {
        noteAnswer(question.group, question.id, all);
        results.push({ question, right: all });
        lines.push(...reason(table, question), ...(all ? [] : [el("p", { class: "hb-drill-hint" }, words.again)]));
      }
      const onward = () => {
        if (done) return next();
        foot.remove();
        ask(at + 1);
        return box.querySelector(".hb-drill-step:last-child .hb-drill-ask").focus();
      };
      const button = el("button", { type: "button", class: "md-button md-button--primary", onclick: onward }, done ? (last ? words.finish : words.next) : words.go_on);
      said.append(...lines);
      foot.append(button);
      button.focus();
    };
    const title = table.ideas[question.idea]?.[0] ?? "";
    const put = step.ask === "order" ? order : choose;
    box.append(el("div", { class: "hb-drill-step" },
      el("p", { class: "hb-drill-ask", tabindex: "-1" }, fill(words[`ask_${step.ask}`], { title })),
      at === 0 ? material(table, question) : null,
      put(step, { words, lang: table.lang, inMessage: IN_MESSAGE.includes(step.ask), label: (value) => label(table, step.ask, value) }, answered), said, foot));
  };
  ask(0);
  return box;
}

// The answers to these are words of the message; to the others, words of the handbook.
const IN_MESSAGE = ["words", "reply", "better", "order"];

function label({ words, ideas, scenarios }, ask, value) {
  if (ask === "idea" || ask === "missing") return ideas[value][0];
  if (ask === "scenario") return scenarios[value][0];
  return IN_MESSAGE.includes(ask) ? value : words[value];
}

function setting({ words, scenarios }, { kind, fulfilment, scenario }) {
  const lines = [
    fulfilment ? `${words.fulfilment}${words.colon}${words[fulfilment]}` : null,
    scenario && kind !== "scenario" ? fill(words.setting, { title: scenarios[scenario][0] }) : null,
  ].filter((line) => line !== null);
  return lines.length ? el("p", { class: "hb-drill-setting" }, lines.join(" · ")) : null;
}

// A reply whose sentences are asked for, and parts to be put in order, are shown by their answers.
const material = ({ lang }, { kind, text }) => (text && kind !== "reply" ? el("blockquote", { class: "hb-drill-text", lang }, text) : null);

function correct(table, question, step) {
  const answer = step.ask === "order" ? partNames(table.words).join(" → ") : label(table, step.ask, step.right);
  return fill(table.words.answer, { answer: IN_MESSAGE.includes(step.ask) && step.ask !== "order" ? `“${answer}”` : answer });
}

// Why it is so, the dated fact behind it, and the page that says more.
function reason({ words, ideas, facts, scenarios }, { kind, right, idea, scenario }) {
  const link = (path, text) => el("a", { href: new URL(`../../${path}`, document.baseURI).href }, text);
  if (kind === "scenario") return [el("p", {}, link(`scenarios/${scenarios[scenario][2]}/${scenario}/`, scenarios[scenario][0]), words.colon, scenarios[scenario][1])];
  if (kind === "order") return [el("p", {}, words.why_order, " ", link("principles/anatomy/", words.more))];
  if (kind === "fulfilment") return [el("p", {}, words[`why_${right}`], " ", link("principles/fba-or-fbm/", words.more))];
  const [title, why, fact] = ideas[idea];
  const allowed = kind === "policy" && right === "yes";
  const lines = [el("p", {}, allowed ? `${words.fine} ` : "", link(`tone/#${idea}`, title), words.colon, why)];
  if (fact) {
    const [text, certainty, checked] = facts[fact];
    lines.push(el("p", { class: "hb-drill-hint" }, link(`policy/#fact-${fact}`, words.finding_fact), " ", text, " ", `(${words[certainty]}, ${checked})`));
  }
  return lines;
}

function summary(table, results, again, begin) {
  const { words, ideas, scenarios } = table;
  const count = (list) => ({ right: String(list.filter((one) => one.right).length), all: String(list.length) });
  const groups = [...new Set(results.map(({ question }) => question.group))];
  const missed = results.filter((one) => !one.right);
  const name = ({ kind, idea, scenario }) => (idea && kind !== "order" ? ideas[idea][0] : scenarios[scenario][0]);
  return el("section", { class: "hb-drill hb-drill-summary" },
    el("h2", { tabindex: "-1" }, fill(words.summary, count(results))),
    el("h3", {}, words.by_group),
    el("dl", {}, ...groups.map((group) => el("div", {}, el("dt", {}, words[`group_${group.replace("-", "_")}`]), el("dd", {}, fill(words.group_line, count(results.filter((one) => one.question.group === group))))))),
    missed.length ? el("h3", {}, words.to_repeat) : el("p", {}, words.all_right),
    missed.length ? el("ul", {}, ...missed.map(({ question }) => el("li", {}, words[`kind_${drillOf(question.kind)}`], " · ", name(question)))) : null,
    el("p", { class: "hb-drill-foot" },
      el("button", { type: "button", class: "md-button md-button--primary", onclick: again }, words.another), " ",
      el("button", { type: "button", class: "md-button", onclick: begin }, words.change)));
}
