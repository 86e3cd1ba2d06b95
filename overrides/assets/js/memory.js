// What staff typed and picked, kept while they move between scenarios in one visit: in memory only, never stored or sent.

const OWN = ["agent_name", "shop_name"];

/** One object for all composers; a reload of the page empties it. */
export const memory = { values: {}, picks: {}, edits: {}, language: null, store: null, greeting: "named" };

/** Forget everything about the buyer; the writer's own name and shop stay. */
export function forgetBuyer() {
  for (const name of Object.keys(memory.values)) if (!OWN.includes(name)) delete memory.values[name];
  memory.edits = {};
}
