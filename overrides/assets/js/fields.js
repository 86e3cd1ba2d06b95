// One field per blank of the message: label, hint, example, and what is wrong with it in words.

import { el, fill } from "./dom.js";
import { memory } from "./memory.js";
import { isBlank } from "./message.js";
import { example, remark } from "./values.js";

/** Lay a field for each name into `form`; `typed` is called after each change. Problems come as the event hb-problems. */
export function fields(form, data, language, names, typed) {
  const kept = document.activeElement?.dataset?.name;
  const views = names.map((name) => field(data, language, name, typed));
  form.replaceChildren(textNote(data, language, names), ...views.map((view) => view.root));
  form.onproblems && form.removeEventListener("hb-problems", form.onproblems);
  form.onproblems = (event) => views.forEach((view) => view.say(event.detail[view.name]));
  form.addEventListener("hb-problems", form.onproblems);
  if (kept) form.querySelector(`[data-name="${kept}"]`)?.focus();
}

// Free words go into the message as they are, so they must be in its language.
function textNote(data, language, names) {
  const free = language !== data.handbook && names.some((name) => data.variables[name].free);
  return free ? el("p", { class: "hb-hint" }, fill(data.words.details_language, { language: data.languages[language].label })) : "";
}

function field(data, language, name, typed) {
  const variable = data.variables[name];
  const id = `hb-${name}`;
  const note = el("p", { class: "hb-note", id: `${id}-note` });
  const input = el(variable.kind === "steps" ? "textarea" : "input", {
    id, "data-name": name, "aria-describedby": `${id}-hint ${id}-note`, autocomplete: "off",
    type: variable.kind === "steps" ? null : "text", rows: variable.kind === "steps" ? 4 : null,
    inputmode: { money: "decimal", date: "numeric" }[variable.kind] ?? null,
    lang: variable.free ? language : null, spellcheck: variable.free ? "true" : "false",
  });
  input.value = memory.values[name] ?? "";
  input.addEventListener("input", () => { memory.values[name] = input.value; typed(); });
  const sample = example(variable, language).split("\n")[0];
  const shown = variable.hint?.includes(sample) ? "" : fill(data.words.example, { example: sample });
  const hint = el("p", { class: "hb-hint", id: `${id}-hint` }, [variable.hint, shown].filter(Boolean).join(" "));
  const control = variable.kind === "date" ? el("div", { class: "hb-date" }, input, calendar(data, variable, input)) : input;
  return {
    name,
    root: el("div", { class: "hb-field" }, el("label", { for: id }, variable.label), control, hint, note),
    say: (problem) => sayProblem(data, variable, input, note, problem),
  };
}

// The browser's own calendar fills the text field; typing year-month-day works as well, and nothing typed is lost.
function calendar(data, variable, input) {
  const picker = el("input", { type: "date", tabindex: "-1", "aria-hidden": "true" });
  picker.addEventListener("change", () => { input.value = picker.value; input.dispatchEvent(new Event("input")); input.focus(); });
  const button = el("button", { type: "button", class: "hb-calendar", "aria-label": fill(data.words.calendar, { label: variable.label }), onclick: () => { picker.value = input.value; picker.showPicker?.(); } }, "▾");
  return el("span", { class: "hb-picker" }, button, picker);
}

function sayProblem(data, variable, input, note, problem) {
  const odd = problem ? [problem.code, problem.detail] : remark(variable, input.value);
  const text = odd ? fill(data.words[odd[0]], { detail: odd[1], hint: variable.hint ?? "" }) : "";
  if (note.textContent !== text) note.textContent = text;
  note.classList.toggle("hb-error", Boolean(problem));
  if (problem && !isBlank(input.value)) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
