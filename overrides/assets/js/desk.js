// Scenarios used of late and those pinned: their ids only, kept in this browser; the home page shows them.

import { el, fill } from "./dom.js";
import { read, write } from "./storage.js";

const KEY = "hb-desk";
const MOST = { recent: 8, pinned: 12 };

// Whatever lies in the storage: only what looks like ids of scenarios is taken, each once.
function kept() {
  const found = read(KEY);
  const ids = (list, most) => [...new Set(Array.isArray(list) ? list.filter((id) => typeof id === "string" && /^[a-z0-9-]{1,60}$/.test(id)) : [])].slice(0, most);
  return { recent: ids(found?.recent, MOST.recent), pinned: ids(found?.pinned, MOST.pinned) };
}

const keep = (desk) => write(KEY, desk.recent.length || desk.pinned.length ? desk : null);

/** A scenario was opened: it is the most recent one. */
export function visited(id) {
  const desk = kept();
  keep({ ...desk, recent: [id, ...desk.recent.filter((other) => other !== id)].slice(0, MOST.recent) });
}

export const isPinned = (id) => kept().pinned.includes(id);

/** Pin a scenario or unpin it; tells whether it is pinned now. None is pushed out: when all places are taken, it stays unpinned. */
export function togglePin(id) {
  const desk = kept();
  if (desk.pinned.includes(id)) desk.pinned = desk.pinned.filter((other) => other !== id);
  else if (desk.pinned.length < MOST.pinned) desk.pinned.push(id);
  keep(desk);
  return isPinned(id);
}

export const forgetDesk = () => write(KEY, null);

/** The toggle of a scenario's page. */
export function pinButton(id, words) {
  const button = el("button", { type: "button", class: "hb-plain-button hb-pin", "aria-pressed": String(isPinned(id)) }, words.pin);
  button.addEventListener("click", () => {
    const full = !isPinned(id) && kept().pinned.length >= MOST.pinned;
    button.setAttribute("aria-pressed", String(togglePin(id)));
    button.textContent = full ? words.pins_full : words.pin;
  });
  return button;
}

/** The links of the home page's cards by scenario: titles and addresses stand there, and nowhere else. */
export const cardLinks = () => new Map([...document.querySelectorAll(".hb-families li a[href]")].map((link) => [link.pathname.split("/").at(-2), link]));

/** Show both lists on the home page, with the links of its cards: titles are not stored. Does nothing on other pages. */
export function drawDesk() {
  const box = document.querySelector(".hb-mine");
  if (!box) return;
  const words = JSON.parse(box.dataset.hb);
  const cards = cardLinks();
  const desk = kept();
  const known = { recent: desk.recent.filter((id) => cards.has(id)), pinned: desk.pinned.filter((id) => cards.has(id)) };
  // A scenario that is gone would hold its place for ever.
  if (known.pinned.length < desk.pinned.length || known.recent.length < desk.recent.length) keep(known);
  const recent = known.recent.filter((id) => !known.pinned.includes(id));
  box.replaceChildren(
    card("pinned", words.mine_pinned, known.pinned.map((id) => row(id, cards.get(id), words.mine_unpin, "★"))),
    card("recent", words.mine_recent, recent.map((id) => row(id, cards.get(id), words.mine_pin, "☆"))),
    known.pinned.length || recent.length ? foot(words) : "");
}

const card = (name, title, rows) =>
  rows.length ? el("section", { class: "hb-family", "aria-labelledby": `hb-${name}` }, el("h2", { id: `hb-${name}` }, title), el("ul", {}, ...rows)) : "";

function row(id, link, phrase, sign) {
  const name = fill(phrase, { title: link.textContent });
  const toggle = () => {
    togglePin(id);
    drawDesk();
    (document.querySelector(`.hb-star[data-id="${id}"]`) ?? nearby()).focus();
  };
  return el("li", {}, el("a", { href: link.href }, link.textContent),
    el("button", { type: "button", class: "hb-star", "data-id": id, "aria-label": name, title: name, onclick: toggle }, sign));
}

function foot(words) {
  const forget = () => { forgetDesk(); drawDesk(); nearby().focus(); };
  return el("p", { class: "hb-mine-foot" }, words.mine_note, " ", el("button", { type: "button", class: "hb-plain-button", onclick: forget }, words.mine_forget));
}

// Where the focus goes when the button that had it is gone.
const nearby = () => document.querySelector(".hb-star") ?? document.querySelector("[data-hb-search]");

// Another tab, or the way back to a page the browser had kept as it was.
addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) drawDesk(); });
addEventListener("pageshow", (event) => { if (event.persisted) drawDesk(); });
