// The handbook without a network: registers its worker (macros/sw.js), and says quietly when a new version is ready.

import { el } from "./dom.js";

const HOUR = 3600_000;
const LATEST = 10_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "touchstart", "scroll"];

/** Register the worker at the root of both handbooks, where browsers have such. (With plain `mkdocs serve` it is one that only ends an earlier one.) */
export async function offline() {
  const manifest = document.querySelector("link[rel=manifest]");
  if (!navigator.serviceWorker || !manifest || location.protocol === "file:") return;
  const root = new URL(".", manifest.href).href;
  const typing = watchTyping(`handbook ${root} typing`);
  const before = Boolean(navigator.serviceWorker.controller);
  if (!before) await settled();
  try {
    const registration = await navigator.serviceWorker.register(`${root}sw.js`, { scope: root });
    if (!registration) return;
    watchVersions(registration, typing, before);
    keepLooking(registration);
  } catch {
    // No worker here: the handbook works as any site does.
  }
}

// The first visit: the page comes first, and the whole handbook only when it stands and somebody has begun to use it, or some seconds later.
async function settled() {
  if (document.readyState !== "complete") await new Promise((next) => addEventListener("load", next, { once: true }));
  const waiting = new AbortController();
  await new Promise((next) => {
    for (const sign of SIGNS) addEventListener(sign, next, { passive: true, signal: waiting.signal });
    setTimeout(next, LATEST);
  });
  waiting.abort();
}

function watchVersions(registration, typing, before) {
  const notice = noticeBox(async (say, words) => {
    if (await typing.elsewhere()) return say(words.new_version_typing);
    if (!registration.waiting) return location.reload();
    notice.accepted = true;
    return registration.waiting.postMessage("take over");
  });
  let controlled = before;
  // A tab that another one's press has brought under the new version loads it at once, unless something would be lost.
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (notice.accepted || (controlled && !typing.here())) location.reload();
    else if (controlled) notice.show();
    controlled = true;
  });
  if (registration.waiting) notice.show();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && registration.active) notice.show();
    });
  });
}

// A tab stays open all day: look again when somebody comes back to it, at most once an hour. (Browsers themselves look when a page is loaded.)
function keepLooking(registration) {
  let last = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || !navigator.onLine || Date.now() - last < HOUR) return;
    last = Date.now();
    registration.update().catch(() => {});
  });
}

// Whether something is typed and not copied, in this tab and in others: a tab that has such holds a lock, which the browser ends with the tab.
function watchTyping(name) {
  let typed = false;
  let letGo = null;
  const hold = () => {
    if (letGo || !typed) return;
    const ended = new Promise((end) => { letGo = end; });
    navigator.locks?.request(name, { mode: "shared" }, () => ended);
  };
  const release = () => { letGo?.(); letGo = null; };
  document.addEventListener("input", ({ target }) => {
    if (!target.closest(".md-content") || target.matches("[type=radio], [type=checkbox], select")) return;
    typed = true;
    hold();
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest(".hb-clear, .hb-copy:not(.hb-held)")) return;
    typed = false;
    release();
  });
  addEventListener("pagehide", release);
  addEventListener("pageshow", hold);
  const elsewhere = async () => {
    const { held } = (await navigator.locks?.query()) ?? { held: [] };
    return held.filter((lock) => lock.name === name).length > (letGo ? 1 : 0);
  };
  return { here: () => typed, elsewhere };
}

// One line at the foot of the window. The empty box is there before its words, so that they are read out.
function noticeBox(load) {
  const box = el("div", { class: "hb-notice", role: "status" });
  const show = async () => {
    const answer = await fetch(new URL(`../data/words.${document.documentElement.lang}.json`, import.meta.url));
    const words = await answer.json();
    const text = el("span", {}, words.new_version);
    box.replaceChildren(text,
      el("button", { type: "button", onclick: () => load((said) => { text.textContent = said; }, words) }, words.new_version_load),
      el("button", { type: "button", onclick: () => box.replaceChildren() }, words.new_version_later));
  };
  document.body.append(box);
  return { show, accepted: false };
}
