// Starts the browser side of every page, also after instant navigation.

import { mountComposer } from "./composer.js";

function start() {
  for (const host of document.querySelectorAll(".hb-composer:empty")) {
    const data = document.querySelector("script.hb-data");
    if (data) mountComposer(host, JSON.parse(data.textContent));
  }
  for (const button of document.querySelectorAll("[data-hb-search]")) button.onclick = openSearch;
}

function openSearch() {
  const toggle = document.querySelector("#__search");
  if (toggle && !toggle.checked) toggle.click();
  document.querySelector("[data-md-component=search-query]")?.focus();
}

// Material announces every page, the first and those after instant navigation, through this stream.
if (window.document$) window.document$.subscribe(start);
else start();
