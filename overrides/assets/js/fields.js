// One field per blank of the message: label, hint, example, and what is wrong with it or worth a second look, in words.

import { el, fill } from "./dom.js";
import { invisible } from "./invisible.js";
import { memory } from "./memory.js";
import { isBlank } from "./message.js";
import { dayOf, second, tidied } from "./sense.js";
import { example, remark } from "./values.js";

// The price is never part of a message; it only tells whether an amount is more than the item cost.
const PRICE = "item_price";

/**
 * Lay a field for each name into `form`; `typed` is called after each change.
 * Returns say(problems): shows the problems by name, and beside every other field what is worth a second look.
 */
export function fields(form, data, language, names, typed) {
  const kept = document.activeElement?.dataset?.name;
  const views = names.map((name) => field(data, language, name, data.variables[name], typed));
  const money = names.some((name) => data.variables[name].kind === "money");
  if (money) views.push(field(data, language, PRICE, { kind: "text", label: data.words.item_price, hint: data.words.item_price_hint, example: "34.99" }, typed));
  form.replaceChildren(textNote(data, language, names), ...views.map((view) => view.root));
  if (kept) form.querySelector(`[data-name="${kept}"]`)?.focus();
  return (problems) => views.forEach((view) => view.say(problems[view.name]));
}

// Free words go into the message as they are, so they must be in its language.
function textNote(data, language, names) {
  const free = language !== data.handbook && names.some((name) => data.variables[name].free);
  return free ? el("p", { class: "hb-hint" }, fill(data.words.details_language, { language: data.languages[language].label })) : "";
}

function field(data, language, name, variable, typed) {
  const id = `hb-${name}`;
  const note = el("p", { class: "hb-note", id: `${id}-note` });
  const tidy = el("p", { class: "hb-tidy", id: `${id}-tidy`, role: "status" });
  const input = el(variable.kind === "steps" ? "textarea" : "input", {
    id, "data-name": name, "aria-describedby": `${id}-hint ${id}-note ${id}-tidy`, autocomplete: "off",
    type: variable.kind === "steps" ? null : "text", rows: variable.kind === "steps" ? 4 : null,
    inputmode: { money: "decimal", date: "numeric" }[variable.kind] ?? (name === PRICE ? "decimal" : null),
    lang: variable.free ? language : null, spellcheck: variable.free ? "true" : "false",
  });
  input.value = memory.values[name] ?? "";
  const put = (value) => { input.value = memory.values[name] = value; typed(); };
  input.addEventListener("input", (event) => {
    memory.values[name] = input.value;
    tidy.replaceChildren();
    if (event.inputType === "insertFromPaste") tidyNow(data, variable, input, tidy, put);
    typed();
  });
  input.addEventListener("change", () => tidyNow(data, variable, input, tidy, put));
  const sample = example(variable, language).split("\n")[0];
  const shown = variable.hint?.includes(sample) ? "" : fill(data.words.example, { example: sample });
  const hint = el("p", { class: "hb-hint", id: `${id}-hint` }, [variable.hint, shown].filter(Boolean).join(" "));
  const control = variable.kind === "date" ? el("div", { class: "hb-date" }, input, calendar(data, variable, input)) : input;
  return {
    name,
    root: el("div", { class: "hb-field" }, el("label", { for: id }, variable.label), control, hint, tidy, note),
    say: (problem) => sayProblem(data, variable, input, note, problem),
  };
}

// A tidied value is put in at once, with what was typed beside it and the way back.
function tidyNow(data, variable, input, box, put) {
  const typed = input.value;
  const tidy = tidied(variable, typed);
  if (tidy === typed || input.dataset.kept === typed) return;
  const undo = el("button", { type: "button", class: "hb-swap", onclick: () => { input.dataset.kept = typed; put(typed); box.replaceChildren(); input.focus(); } }, data.words.tidy_undo);
  put(tidy);
  box.replaceChildren(fill(data.words.tidied, { typed }), " ", undo);
}

// The browser's own calendar fills the text field; typing year-month-day works as well, and nothing typed is lost.
function calendar(data, variable, input) {
  const picker = el("input", { type: "date", tabindex: "-1", "aria-hidden": "true" });
  picker.addEventListener("change", () => { input.value = picker.value; input.dispatchEvent(new Event("input")); input.focus(); });
  const button = el("button", { type: "button", class: "hb-calendar", "aria-label": fill(data.words.calendar, { label: variable.label }), onclick: () => { picker.value = input.value; picker.showPicker?.(); } }, "▾");
  return el("span", { class: "hb-picker" }, button, picker);
}

function sayProblem(data, variable, input, note, problem) {
  const about = { today: data.today ?? dayOf(new Date()), within: data.answer_within, price: memory.values[PRICE] ?? "" };
  const odd = problem ? [problem.code, problem.detail] : remark(variable, input.value) ?? second(variable, input.value, about);
  const hidden = invisible(input.value);
  const texts = [odd && fill(data.words[odd[0]], { detail: odd[1], hint: variable.hint ?? "" }), hidden.length && fill(data.words.invisible, { codes: hidden.join(", ") })];
  const text = texts.filter(Boolean).join(" ");
  if (note.textContent !== text) note.textContent = text;
  note.classList.toggle("hb-error", Boolean(problem));
  if (problem && !isBlank(input.value)) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
