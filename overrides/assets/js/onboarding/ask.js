// Two ways to answer: choose one of several, or put parts in order. Both by keyboard alone, and said aloud by the page's status lines.

import { el, fill } from "../dom.js";

/** Buttons, one an answer; arrow keys go from one to the next. `answered` is told whether it was right, once. */
export function choose({ right, options }, { words, lang, inMessage, label }, answered) {
  const buttons = options.map((value) => {
    const mark = el("span", { class: "hb-drill-mark" });
    const button = el("button", { type: "button", class: "hb-drill-option", onclick: () => answer(button, mark, value) }, mark, el("span", { lang: inMessage ? lang : null }, label(value)));
    return button;
  });
  const marked = (button, mark, good) => {
    button.classList.add(good ? "hb-is-right" : "hb-is-wrong");
    mark.textContent = `${good ? words.chosen_right : words.chosen_wrong} `;
  };
  const answer = (button, mark, value) => {
    if (button.ariaDisabled === "true") return;
    for (const other of buttons) other.setAttribute("aria-disabled", "true");
    if (value !== right) marked(button, mark, false);
    const good = buttons[options.indexOf(right)];
    marked(good, good.firstChild, true);
    answered(value === right);
  };
  const move = (event) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (!by || at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length].focus();
  };
  return el("div", { class: "hb-drill-options", onkeydown: move }, ...buttons);
}

const PARTS = ["greeting", "acknowledge", "resolve", "next_step", "closing"];

/** The parts of a message in the handbook's words, in their order. */
export const partNames = (words) => PARTS.map((part) => words[`part_${part}`]);

/** Parts with a button up and one down each, and one that checks the order. */
export function order({ right, options }, { words, lang }, answered) {
  const said = el("p", { class: "hb-drill-moved", role: "status" });
  const list = el("ol", { class: "hb-drill-parts" });
  const items = () => [...list.children];
  const move = (item, by, button) => {
    const at = items().indexOf(item);
    const to = at + by;
    if (to < 0 || to >= options.length || list.dataset.done) return;
    if (by < 0) items()[to].before(item);
    else items()[to].after(item);
    button.focus(); // moving it in the page has taken the focus away
    said.textContent = fill(words.moved, { place: String(to + 1), all: String(options.length) });
  };
  for (const part of options) {
    const id = `hb-part-${right.indexOf(part)}`;
    const text = el("span", { id, class: "hb-drill-part", lang }, part);
    const button = (name, sign, by) => el("button", { type: "button", class: "hb-drill-move", "aria-label": name, "aria-describedby": id, title: name, onclick: (event) => move(item, by, event.currentTarget) }, sign);
    const item = el("li", {}, el("span", { class: "hb-drill-moves" }, button(words.up, "↑", -1), button(words.down, "↓", 1)), text);
    list.append(item);
  }
  const check = el("button", { type: "button", class: "md-button", onclick: () => {
    list.dataset.done = "yes";
    const placed = items();
    const given = placed.map((item) => item.lastChild.textContent);
    // Then they stand in the right order, each with its name and where it was put.
    for (const [at, part] of right.entries()) {
      const was = given.indexOf(part);
      const item = placed[was];
      const name = partNames(words)[at];
      item.classList.add(was === at ? "hb-is-right" : "hb-is-wrong");
      item.firstChild.replaceWith(el("span", { class: "hb-drill-mark" }, was === at ? name : fill(words.was_placed, { name, place: String(was + 1) })));
      list.append(item);
    }
    check.remove();
    said.textContent = "";
    answered(given.every((part, at) => part === right[at]));
  } }, words.check);
  return el("div", {}, list, said, check);
}
