// The buyer's message beside the reply: in view while it is written, and folded to its first line where there is little room.

import { el, fill } from "./dom.js";
import { memory } from "./memory.js";

const wide = matchMedia("(min-width: 60em)");

/** The panel of a composer whose root is `desk`. `show()` brings it in line with the memory; without a message it is not seen. */
export function saidPanel(words, desk) {
  const text = el("p", { class: "hb-said-text", tabindex: "0", role: "group", "aria-label": words.buyers_message, dir: "auto" });
  const first = el("span", { class: "hb-said-first", dir: "auto" });
  const panel = el("details", { class: "hb-said", hidden: true }, el("summary", {}, el("strong", {}, words.buyers_message), " ", first), text);
  // Beside the fields it can stay in view while they are filled in; on a phone the message is what is read first.
  const place = () => {
    panel.open = wide.matches;
    (wide.matches ? desk.querySelector(".hb-details") : desk).prepend(panel);
  };
  wide.onchange = place;
  place();
  return {
    show: () => {
      const message = memory.message.trim();
      panel.hidden = !message;
      text.textContent = message;
      first.textContent = message.split("\n", 1)[0];
      text.lang = first.lang = memory.found?.language ?? "";
    },
  };
}

/** What staff are told where the buyer writes a language in which the scenario has no message; else nothing. */
export function unspoken(data, shown) {
  if (!memory.spoken || memory.spoken in data.languages) return "";
  return fill(data.words.unspoken, { language: languageName(memory.spoken, data.handbook), shown: data.languages[shown].label });
}

/** A language's name in the handbook's language. */
export const languageName = (language, handbook) => new Intl.DisplayNames([handbook], { type: "language" }).of(language);
