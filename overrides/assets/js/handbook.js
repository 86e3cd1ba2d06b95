// Starts the browser side of every page, also after instant navigation.

import { layBack, liesAside } from "./aside.js";
import { mountComposer } from "./composer.js";
import { offline } from "./offline.js";
import { drawDesk, pinButton, visited } from "./desk.js";
import { finderForgotten, mountFinder, newBuyer, openFirst, pasted, readMessage, unmountFinder } from "./finderbox.js";
import { listen, offerKeys } from "./keys.js";
import { takeMessage } from "./matter.js";
import { watchIdle } from "./memory.js";
import { keepOwn, ownControls, ownNow, recallOwn } from "./own.js";

// Pages of the first day bring code of their own; other pages load none of it.
const FIRST_DAY = { ".hb-exercise": "exercise", ".hb-lesson-end": "lesson-end", ".hb-path": "path", ".hb-record": "record", ".hb-drills": "drills", ".hb-practice": "practice" };

let composer = null; // that of the open page
let first = true;

document.addEventListener("hb-copy", () => composer?.copy());
document.addEventListener("hb-open-first", openFirst);
document.addEventListener("paste", pasted);
document.addEventListener("hb-new-buyer", () => {
  if (!composer) return newBuyer();
  composer.clear();
  document.querySelector(".hb-composer [data-name]")?.focus();
});
document.addEventListener("hb-forgotten", (event) => {
  clearSearch();
  document.querySelector("dialog[open]")?.close(); // it may quote the buyer
  composer?.forgotten(event.detail?.why);
  finderForgotten(event.detail?.why);
});
listen();
watchIdle(10, () => Boolean(searchField()?.value) || liesAside() || Boolean(document.querySelector("#hb-practice-text")?.value));

function start() {
  if (!document.querySelector(".hb-practice")) layBack();
  const host = document.querySelector(".hb-composer[data-hb]");
  if (!host) composer = null;
  else if (!host.firstChild) composer = open(host, JSON.parse(host.dataset.hb));
  const box = document.querySelector(".hb-finder");
  if (!box) unmountFinder();
  else if (!box.querySelector(".hb-found")) mountFinder(box, openSearch);
  drawDesk();
  offerKeys();
  nameSearchDialog();
  for (const [selector, part] of Object.entries(FIRST_DAY)) for (const node of document.querySelectorAll(selector)) mountPart(node, part);
  for (const button of document.querySelectorAll("[data-hb-search]")) button.onclick = openSearch;
  if (!first) goToContent();
  first = false;
}

// Once for each host: the stream may announce a page twice.
async function mountPart(node, part) {
  if (node.dataset.mounted) return;
  node.dataset.mounted = "yes";
  const { mount } = await import(`./onboarding/${part}.js`);
  mount(node, JSON.parse(node.dataset.hb));
}

function open(host, data) {
  recallOwn(data.stores);
  readMessage();
  takeMessage();
  const mounted = mountComposer(host, data);
  visited(data.scenario);
  host.querySelector(".hb-picks").append(pinButton(data.scenario, data.words));
  host.querySelector(".hb-details").append(ownControls(data.words, ownNow));
  host.addEventListener("change", () => keepOwn(ownNow()));
  return mounted;
}

// Instant navigation leaves the focus in what is no longer there, and the Tab key would begin at the top of the page's frame.
function goToContent() {
  const target = document.getElementById(location.hash.slice(1)) ?? document.querySelector(".md-content h1");
  if (!target) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

const searchField = () => document.querySelector("[data-md-component=search-query]");

// Material's search is a dialog without a name; screen readers need one.
function nameSearchDialog() {
  const name = searchField()?.placeholder;
  if (name) document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", name);
}

function openSearch() {
  const toggle = document.querySelector("#__search");
  if (toggle && !toggle.checked) toggle.click();
  searchField()?.focus();
}

// The words of a search are the buyer's own; the search listens for keys. Its reset would open it.
function clearSearch() {
  const field = searchField();
  if (!field?.value) return;
  field.value = "";
  field.dispatchEvent(new Event("keyup"));
}

// Material announces every page, the first and those after instant navigation, through this stream.
if (window.document$) window.document$.subscribe(start);
else start();
offline();
