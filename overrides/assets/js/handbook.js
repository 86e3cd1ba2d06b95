// Starts the browser side of every page, also after instant navigation.

import { mountComposer } from "./composer.js";
import { offline } from "./offline.js";

let composer = null; // that of the open page

document.addEventListener("hb-copy", () => composer?.copy());
document.addEventListener("hb-new-buyer", () => composer?.clear());
document.addEventListener("hb-forgotten", (event) => composer?.forgotten(event.detail?.why));

function start() {
  const host = document.querySelector(".hb-composer");
  if (!host) composer = null;
  else if (!host.firstChild) composer = mountComposer(host, JSON.parse(host.dataset.hb));
  nameSearchDialog();
  for (const button of document.querySelectorAll("[data-hb-search]")) button.onclick = openSearch;
}

// Material's search is a dialog without a name; screen readers need one.
function nameSearchDialog() {
  const name = document.querySelector("[data-md-component=search-query]")?.placeholder;
  if (name) document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", name);
}

function openSearch() {
  const toggle = document.querySelector("#__search");
  if (toggle && !toggle.checked) toggle.click();
  document.querySelector("[data-md-component=search-query]")?.focus();
}

// Material announces every page, the first and those after instant navigation, through this stream.
if (window.document$) window.document$.subscribe(start);
else start();
offline();
