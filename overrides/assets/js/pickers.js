// What staff pick rather than type: who ships, the scenario's choice, message language, greeting, the buyer's store.

import { el } from "./dom.js";
import { memory } from "./memory.js";

/** The picks of the composer; `rebuilt` is called after each. `state` and `memory` are kept up to date. */
export function pickers(data, state, view, rebuilt) {
  const { words } = data;
  const set = (key) => (value) => { state[key] = value; rebuilt(); };
  const out = el("div", { class: "hb-picks" });
  if (data.fulfilment.length > 1) {
    out.append(radios("fulfilment", words.fulfilment, data.fulfilment.map((value) => [value, words[value]]), state.fulfilment,
      (value) => { memory.picks.fulfilment = value; set("fulfilment")(value); }));
  }
  if (data.choice) out.append(radios("choice", data.choice.title, Object.entries(data.choice.values), state.choice, set("choice")));
  const languages = Object.entries(data.languages).map(([lang, { name }]) => [lang, name]);
  out.append(radios("language", words.language, languages, state.language, (value) => chooseLanguage(data, state, view, value, rebuilt)));
  out.append(radios("greeting", words.greeting, ["named", "nameless"].map((value) => [value, words[value]]), state.greeting,
    (value) => { memory.greeting = value; set("greeting")(value); }));
  view.store = el("select", { id: "hb-store", onchange: (event) => {
    memory.store = state.store = event.target.value; state.storeChosen = true; rebuilt();
  } }, ...Object.keys(data.stores).map((store) => el("option", { value: store }, store)));
  view.store.value = state.store;
  out.append(el("div", { class: "hb-pick" }, el("label", { for: "hb-store" }, words.store), view.store));
  return out;
}

function chooseLanguage(data, state, view, language, rebuilt) {
  memory.language = state.language = language;
  memory.spoken = ""; // picked by hand: the language of the buyer's message decides no more
  if (!state.storeChosen) view.store.value = state.store = data.languages[language].home[0];
  rebuilt();
}

function radios(name, title, options, chosen, pick) {
  const labels = options.map(([value, label]) => el("label", { class: value === chosen ? "hb-chosen" : null },
    el("input", { type: "radio", name: `hb-${name}`, value, checked: value === chosen, onchange: (event) => {
      for (const other of labels) other.classList.toggle("hb-chosen", other.contains(event.target));
      pick(value);
    } }), label));
  return el("fieldset", { class: "hb-pick" }, el("legend", {}, title), el("div", { class: "hb-options" }, ...labels));
}
