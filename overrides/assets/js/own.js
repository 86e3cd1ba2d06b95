// The writer's own name, shop and usual store: remembered on this computer if they wish, and forgotten at a click. Nothing of a buyer.

import { el } from "./dom.js";
import { memory } from "./memory.js";
import { read, write } from "./storage.js";

const KEY = "hb-own";
const NAMES = ["agent_name", "shop_name", "store"];
const LONGEST = 200;

const sound = (text) => typeof text === "string" && text.length <= LONGEST && !/\p{Cc}/u.test(text);

// Exactly the three texts, whatever else is given.
const cleaned = (found) => Object.fromEntries(NAMES.map((name) => [name, Object.hasOwn(found, name) && sound(found[name]) ? found[name].trim() : ""]));

/** What is remembered, as three texts (empty where there is none), or null. */
export function ownDetails() {
  const found = read(KEY);
  return found !== null && typeof found === "object" && !Array.isArray(found) ? cleaned(found) : null;
}

export const rememberOwn = (details) => write(KEY, cleaned(details));

export const forgetOwn = () => write(KEY, null);

/** Put what is remembered where the composers look, unless something else was typed or picked in this visit. */
export function recallOwn(stores) {
  const own = ownDetails();
  if (own === null) return;
  for (const name of ["agent_name", "shop_name"]) if (own[name]) memory.values[name] ??= own[name];
  if (Object.hasOwn(stores, own.store)) memory.store ??= own.store;
}

/** What the composer holds of the writer now; a store counts once it was picked. */
export const ownNow = () => ({ agent_name: memory.values.agent_name ?? "", shop_name: memory.values.shop_name ?? "", store: memory.store ?? "" });

/** If they are remembered: remember how they read now. */
export function keepOwn(details) {
  if (ownDetails() !== null) rememberOwn(details);
}

/** The checkbox and, once something is remembered, the button that forgets it. `getNow` gives the three texts; `applied` is told what is remembered. */
export function ownControls(words, getNow, applied = () => {}) {
  const box = el("input", { type: "checkbox" });
  const forget = el("button", { type: "button", class: "hb-plain-button" }, words.own_forget);
  const show = () => { box.checked = ownDetails() !== null; forget.hidden = !box.checked; };
  const change = (kept) => {
    if (kept) rememberOwn(getNow());
    else forgetOwn();
    show();
    applied(ownDetails());
  };
  box.addEventListener("change", () => change(box.checked));
  forget.addEventListener("click", () => { change(false); box.focus(); });
  show();
  return el("div", { class: "hb-own" }, el("label", {}, box, " ", words.own_remember), forget);
}
