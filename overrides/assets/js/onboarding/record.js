// The record for the lead: what this browser kept, and what somebody types for the print and nobody stores.

import { el, fill } from "../dom.js";
import { progress } from "../progress.js";

const FIELDS = ["name", "from", "to", "lead"];

/** `data.lessons` and `data.cases` {id: title} in order, `data.groups` {id: title}. */
export function mount(host, data) {
  const tables = el("div", { class: "hb-record-tables" });
  const draw = () => {
    if (!host.isConnected) return document.removeEventListener("hb-progress", draw);
    tables.replaceChildren(...sheet(data, progress()));
  };
  document.addEventListener("hb-progress", draw);
  host.replaceChildren(form(data.words), tables, signatures(data.words));
  draw();
}

function form(words) {
  const fields = FIELDS.map((name) => el("label", {}, el("span", {}, words[name]), el("input", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: 80, "data-field": name })));
  const print = el("button", { type: "button", class: "md-button md-button--primary", onclick: () => window.print() }, words.print);
  return el("fieldset", { class: "hb-record-form" }, el("legend", {}, words.form), ...fields, print);
}

function sheet(data, now) {
  const { words } = data;
  return [
    heading("lessons", words.lessons), lessonTable(data, now),
    heading("drills", words.drills), Object.keys(now.drills).length ? drillTable(data, now) : el("p", {}, words.no_drills),
    heading("practice", words.practice), Object.keys(now.practice).length ? practiceTable(data, now) : el("p", {}, words.no_practice),
    el("p", { class: "hb-record-note" }, words.note),
  ];
}

const heading = (id, text) => el("h2", { id: `record-${id}` }, text);

function lessonTable({ words, lessons }, now) {
  const rows = Object.entries(lessons).map(([id, title], at) => [`${at + 1}. ${title}`, now.lessons.includes(id) ? `✓ ${words.done}` : words.open]);
  return table("lessons", [words.lesson, words.state], rows);
}

function drillTable({ words, groups }, now) {
  const rows = Object.entries(now.drills).map(([id, { right, wrong }]) => {
    const all = right + wrong;
    return [groups[id] ?? id, right, all, all ? `${Math.round((100 * right) / all)} %` : ""];
  });
  return table("drills", [words.group, words.right, words.answered, words.share], rows);
}

function practiceTable({ words, cases }, now) {
  const order = Object.keys(cases);
  const place = (id) => (order.includes(id) ? order.indexOf(id) : order.length); // what is no case any more stands last
  const rows = Object.entries(now.practice).sort(([one], [other]) => place(one) - place(other) || one.localeCompare(other, "en", { numeric: true })).map(([id, score]) =>
    [cases[id] ?? id, score.scenario ? words.scenario_right : words.scenario_other, `${score.covered} / ${score.points}`, score.errors, score.warnings, score.tries]);
  return table("practice", [words.case, words.scenario, words.points, words.errors, words.warnings, words.tries], rows);
}

// Beyond words and marks, the columns are numbers; the first names its row.
function table(id, heads, rows) {
  const cell = (value, at) => (at ? el("td", {}, String(value)) : el("th", { scope: "row" }, value));
  return el("table", { "aria-labelledby": `record-${id}`, class: "hb-record-table" },
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))));
}

const signatures = (words) => el("div", { class: "hb-signatures" }, ...[words.name, words.lead].map((who) => el("p", {}, fill(words.signed, { who }))));
