// The scorecard of a reply: what support teams look at in a quality review, each with the sentence that satisfies it or what is missing. No DOM.

import { evidence, sentenceWithDay } from "./tone.js";

// In reading order; the ids are those of `score` in templates/_tone/all.yml.
const ROWS = ["greeting", "empathy", "solution", "next_step", "closing", "wording", "policy", "length"];

/**
 * The rows: [{id, state: "good" | "look" | "bad", quote?, missing?: [say], count?}]. `found` are the findings of the same text, `rules` the loaded
 * rules with `ideas`; the other arguments are those of tone.check.
 */
export function scorecard(text, rules, context, parts, found) {
  const letters = [...text];
  const satisfied = evidence(text, rules.ruleset, context, parts);
  const scoreOf = (id) => rules.ideas[id][3];
  return ROWS.map((id) => {
    const mine = found.filter((finding) => scoreOf(finding.rule) === id);
    const state = mine.some((finding) => finding.level === "error") ? "bad" : mine.length ? "look" : "good";
    const row = { id, state, missing: mine.map((finding) => finding.say), count: mine.length };
    const span = Object.entries(satisfied).find(([rule]) => scoreOf(rule) === id)?.[1];
    if (span && state !== "bad") row.quote = letters.slice(...span).join("").replaceAll("\n", " ");
    return id === "next_step" ? withDay(row, stretches(letters, parts), rules) : row;
  });
}

// A next step is best with a day: the sentence that names one is the one to show, and where there is none the row says so.
function withDay(row, texts, rules) {
  if (row.state === "bad") return row;
  const dated = texts.map((text) => sentenceWithDay(text, rules.ruleset)).find(Boolean);
  return dated ? { ...row, quote: dated.replaceAll("\n", " ") } : { ...row, state: "look", undated: true };
}

// Where a day may stand, the likeliest part first; the acknowledgement speaks of days that are over.
function stretches(letters, parts) {
  const held = ["next_step", "resolve"].flatMap((wanted) => (parts ?? []).filter(([name]) => name === wanted));
  return held.length ? held.map(([, start, end]) => letters.slice(start, end).join("")) : [letters.join("")];
}
