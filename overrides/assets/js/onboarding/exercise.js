// An exercise of a lesson: one question at a time, as many tries as one likes, each answer with its reason. Nothing of it is kept.

import { el, fill } from "../dom.js";

/** `data.rounds` are [{ask, quote, options: [[text, why, right]]}], `data.lang` the language of quotes and options. */
export function mount(host, data) {
  const { words, rounds, lang } = data;
  const show = (at, focus) => {
    const asked = question(rounds[at], words, lang, { number: at + 1, all: rounds.length }, () => (at + 1 < rounds.length ? show(at + 1, true) : show(0, true)));
    host.replaceChildren(asked);
    if (focus) asked.querySelector(".hb-ask").focus();
  };
  show(0, false);
}

function question(round, words, lang, place, onward) {
  const last = place.number === place.all;
  const said = el("div", { class: "hb-told", role: "status" });
  const buttons = round.options.map(([text, why, right]) => {
    const mark = el("span", { class: "hb-mark" });
    const button = el("button", { type: "button", class: "hb-option", onclick: () => answer(button, mark, why, right) }, mark, el("span", { class: "hb-option-text", lang }, text));
    return button;
  });
  const answer = (button, mark, why, right) => {
    if (button.getAttribute("aria-disabled")) return;
    button.classList.add(right ? "hb-is-right" : "hb-is-wrong");
    button.setAttribute("aria-disabled", "true");
    mark.textContent = `${right ? words.chosen_right : words.chosen_wrong} `;
    said.replaceChildren(el("p", {}, el("strong", {}, right ? words.right : words.wrong), " ", why, last && right ? ` ${words.finished}` : ""));
    if (!right) return;
    for (const other of buttons) other.setAttribute("aria-disabled", "true");
    foot.replaceChildren(el("button", { type: "button", class: "hb-plain-button", onclick: onward }, last ? words.once_more : words.next_question));
  };
  const foot = el("p", { class: "hb-exercise-foot" });
  return el("div", { role: "group", "aria-labelledby": "hb-ask" },
    place.all > 1 ? el("p", { class: "hb-number" }, fill(words.number, place)) : null,
    el("p", { class: "hb-ask", id: "hb-ask", tabindex: "-1" }, round.ask),
    round.quote ? el("blockquote", { lang }, round.quote) : null,
    el("div", { class: "hb-answers" }, ...buttons), said, foot);
}
