// Starts the browser side of every page, also after instant navigation.

import { mountComposer } from "./composer.js";
import { offline } from "./offline.js";

function start() {
  for (const host of document.querySelectorAll(".hb-composer:empty")) {
    mountComposer(host, JSON.parse(host.dataset.hb));
  }
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
