// What staff typed and picked, kept while they move between scenarios in one visit: in memory only, never stored or sent.

export const OWN = ["agent_name", "shop_name"];

// The buyer's message in the box of the home page, what was found in it, the order number picked of several, what a composer took of that,
// and the message's language until another is picked.
const MESSAGE = { message: "", found: null, order: "", taken: null, spoken: "" };

/** One object for all composers; a reload of the page empties it. */
export const memory = { values: {}, picks: {}, edits: {}, language: null, store: null, greeting: "named", ...MESSAGE };

const aboutBuyer = () => Object.keys(memory.values).filter((name) => !OWN.includes(name));

const held = () => Boolean(memory.message) || aboutBuyer().some((name) => memory.values[name]) || Object.keys(memory.edits).length > 0;

/** Forget everything about the buyer; the writer's own name and shop stay. `why` is asked or idle, and told in the event hb-forgotten. */
export function forgetBuyer(why = "asked") {
  leaveField();
  forgetDetails();
  Object.assign(memory, MESSAGE);
  document.dispatchEvent(new CustomEvent("hb-forgotten", { detail: { why } }));
}

/** Forget what was typed about the buyer, but not the message itself. */
export function forgetDetails() {
  for (const name of aboutBuyer()) delete memory.values[name];
  memory.edits = {};
}

/** What leaving a field does to the words in it (tidying, say) is done while they are there: later it would bring them back. */
export function leaveField() {
  const field = document.activeElement;
  if (field?.matches("[type=text], textarea")) field.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * Forget the buyer after so many minutes without a key. `alsoHeld` tells of words about the buyer that lie elsewhere on the page.
 * Timers stand still while a computer sleeps or a tab is frozen, so the clock is asked as well, and before a key is taken.
 */
export function watchIdle(minutes = 10, alsoHeld = () => false) {
  let [last, timer] = [now(), null];
  const look = () => {
    const left = minutes * 60_000 - since(last);
    clearTimeout(timer);
    timer = left > 0 ? setTimeout(look, left) : null;
    if (left <= 0 && (held() || alsoHeld())) forgetBuyer("idle");
  };
  const used = () => {
    if (timer === null || since(last) >= minutes * 60_000) look();
    last = now();
    if (timer === null) look();
  };
  // Dictation and the mouse count like keys: somebody is there.
  for (const name of ["keydown", "pointerdown", "input"]) document.addEventListener(name, used, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  look();
}

// Two clocks: the one may be set back while the page is open, the other may stand still while the computer sleeps.
const now = () => [Date.now(), performance.now()];
const since = ([day, page]) => Math.max(Date.now() - day, performance.now() - page);
