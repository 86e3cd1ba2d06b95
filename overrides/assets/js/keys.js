// The keys of the handbook: one listener that takes nothing from the browser, a screen reader, or somebody composing Chinese or Japanese.

import { ask } from "./dialog.js";
import { el } from "./dom.js";
import { leaveField } from "./memory.js";

/** Whether this is an Apple computer, whose keys have other names. */
export const MAC = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

let words = null;

/** Listen, once for the whole visit. */
export function listen() {
  document.addEventListener("keydown", pressed);
}

// Material listens on the window, after this: what is stopped here does not reach its one-letter keys (f s / n p , .), which heed neither Alt,
// nor an open dialog, nor the key that ends a composition in Safari.
function pressed(event) {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) {
    event.stopPropagation();
    return;
  }
  if (event.altKey || straysFromComposer(event)) event.stopPropagation();
  if (event.defaultPrevented || event.repeat) return;
  const command = commandOf(event);
  if (!command) return;
  event.preventDefault();
  event.stopPropagation();
  command();
}

// Somebody who takes a picked button for a field and types on it must not leave the page by a letter.
const straysFromComposer = (event) => event.key.length === 1 && !"/?".includes(event.key) && event.target.closest?.(".hb-composer");

function commandOf(event) {
  const held = ["ctrlKey", "altKey", "metaKey"].filter((name) => event[name]).join(" ");
  const composer = document.querySelector(".hb-composer");
  if (event.key === "Enter" && held === (MAC ? "metaKey" : "ctrlKey") && event.target.matches?.(".hb-finder textarea")) return () => tell("hb-open-first");
  // On a link this key opens a new tab.
  if (composer && event.key === "Enter" && held === (MAC ? "metaKey" : "ctrlKey") && !event.shiftKey && !event.target.closest?.("a[href]")) return copy;
  if ((composer || document.querySelector(".hb-finder")) && held === "altKey" && !event.shiftKey && isN(event)) return () => tell("hb-new-buyer");
  if ((event.key === "?" || event.key === "？") && !held && !inField(event.target) && !document.querySelector("#__search")?.checked) return showKeys;
  return null;
}

// The letter where there are Latin letters, else its place. In a field on a Mac this key begins letters such as ñ, and is left to them.
function isN(event) {
  if (event.getModifierState("AltGraph") || (event.key === "Dead" && inField(event.target))) return false;
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() === "n" : event.code === "KeyN";
}

function inField(node) {
  if (node.matches?.("input")) return !["radio", "checkbox", "button", "submit", "reset"].includes(node.type);
  return node.matches?.("textarea, select") || node.isContentEditable;
}

const tell = (name) => document.dispatchEvent(new CustomEvent(name));

// Pressing Copy leaves the field, and so does its key: what is typed is tidied before.
function copy() {
  leaveField();
  tell("hb-copy");
}

// Help ----------------------------------------------------------------------------------------------------------------

/** The button in the footer that shows the keys. Without its words, which are loaded once, there is none. */
export async function offerKeys() {
  words ??= fetch(new URL(`../data/words.${document.documentElement.lang}.json`, import.meta.url)).then((answer) => (answer.ok ? answer.json() : null), () => null);
  const found = await words;
  if (!found) words = null; // perhaps with the next page
  const foot = document.querySelector(".md-footer-meta__inner");
  if (!found || !foot || foot.querySelector(".hb-keys")) return;
  foot.append(el("button", { type: "button", class: "hb-keys", "aria-haspopup": "dialog", onclick: showKeys }, el("kbd", { "aria-hidden": "true" }, "?"), " ", found.keys_title));
}

async function showKeys() {
  const found = await words;
  if (!found || document.querySelector("dialog[open]")) return;
  const rows = [
    [["/", "s", "f"], found.keys_find],
    [["↑", "↓"], found.keys_arrows],
    [["Enter"], found.keys_open],
    [["Tab"], found.keys_fields],
    [[MAC ? "Command+Enter" : "Ctrl+Enter"], found.keys_copy],
    [[MAC ? "Command+Enter" : "Ctrl+Enter"], found.keys_first],
    [[MAC ? "Option+N" : "Alt+N"], MAC ? found.keys_new_buyer_mac : found.keys_new_buyer],
    [["n", "p"], found.keys_pages],
    [["Esc"], found.keys_escape],
    [["?"], found.keys_help],
  ];
  const list = el("dl", { class: "hb-key-list" }, ...rows.map(([keys, text]) => el("div", {}, el("dt", {}, ...keys.map(keycap)), el("dd", {}, text))));
  ask(found.keys_title, [list, el("p", {}, found.keys_ime)], [[found.keys_close, "", true]]);
  list.closest("dialog").scrollTop = 0; // on a small screen the focus lies at the end of the list
}

const keycap = (keys) => el("span", {}, ...keys.split("+").flatMap((key, index) => [index ? "+" : "", el("kbd", {}, key)]), " ");
