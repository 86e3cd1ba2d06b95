// Practice and real work must not mix: what was typed about a real buyer is laid aside while somebody practises, and laid back afterwards.

import { OWN, leaveField, memory } from "./memory.js";

const EMPTY = structuredClone(memory); // before anything was typed
let kept = null;

const own = (values) => Object.fromEntries(Object.entries(values).filter(([name]) => OWN.includes(name)));
const only = (values) => ({ ...structuredClone(EMPTY), values: own(values) });

/** From here on `memory` is that of the practice: empty but for the writer's own name and shop. */
export function layAside() {
  if (kept) return;
  kept = { ...memory };
  Object.assign(memory, only(memory.values));
}

/** The memory is the real one again; nothing of the practice is left in it. Does nothing where nothing was laid aside. */
export function layBack() {
  if (!kept) return;
  Object.assign(memory, kept);
  kept = null;
}

/** Whether something about a real buyer lies aside: it is forgotten after the same time as if it were in use. */
export const liesAside = () => kept !== null && (Object.keys(own(kept.values)).length < Object.keys(kept.values).length || Boolean(kept.message));

/** Forget what was typed in the practice, and what was picked; what lies aside stays there. */
export function anew() {
  leaveField();
  Object.assign(memory, only(memory.values));
}

// Asked for, forgetting concerns what is in use; after a time without a key, all of it.
document.addEventListener("hb-forgotten", (event) => {
  if (kept && event.detail?.why === "idle") kept = { ...kept, ...only(kept.values) };
});
