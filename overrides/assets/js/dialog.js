// A question in a dialog of the browser's own: it holds the focus, closes with Escape, and gives the focus back.

import { el } from "./dom.js";

/**
 * Ask. `buttons` are [label, value, primary?]; the first is the safe one and has the focus. Resolves to the value of the button, null for Escape.
 * `content` are nodes or strings.
 */
export function ask(title, content, buttons) {
  return new Promise((resolve) => {
    const id = "hb-dialog-title";
    const choices = buttons.map(([label, value, primary]) =>
      el("button", { type: "button", class: `md-button${primary ? " md-button--primary" : ""}`, onclick: () => box.close(value) }, label));
    const box = el("dialog", { class: "hb-dialog md-typeset", "aria-labelledby": id }, el("h2", { id }, title), ...content, el("div", { class: "hb-dialog-buttons" }, ...choices));
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue || null);
    });
    document.body.append(box);
    box.showModal();
    choices[0].focus();
  });
}
