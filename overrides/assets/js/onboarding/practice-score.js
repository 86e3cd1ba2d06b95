// How a reply to a practice case is scored: by the real rules, the scorecard and the points of the case. Pure: no DOM, no network, no clock.

import { scorecard } from "../scorecard.js";
import { check, evidence, prepare } from "../tone.js";

export const MOST = 10_000; // characters that are read; five times what Amazon takes

/**
 * `one` is a case as macros/practice.py writes it, `reply` {text, parts} (parts null for a text written freely), `picked` a scenario,
 * `rules` what loadRules gave. A wrong scenario does not change what the case needs: the reply is judged as an answer of the best one.
 * Returns {right, best, found, rows, points: [{say, quote}], covered, errors, warnings}; quote is null where no words were found.
 */
export function scored(one, reply, picked, rules) {
  const [best] = Object.keys(one.scenarios);
  const right = Object.hasOwn(one.scenarios, picked);
  const scenario = right ? picked : best;
  const { choices, kind, waived } = one.scenarios[scenario];
  const context = { lang: one.replyIn, choices, scenario, kind };
  const text = reply.text.length > MOST ? [...reply.text].slice(0, MOST).join("") : reply.text;
  const parts = text === reply.text ? reply.parts : null;
  const found = check(text, rules.ruleset, context, parts).filter((finding) => !waived.includes(finding.rule));
  const points = pointsIn(one, text);
  const errors = found.filter((finding) => finding.level === "error").length;
  return {
    right, best, found, points, errors,
    rows: scorecard(text, rules, context, parts, found),
    covered: points.filter((point) => point.quote !== null).length,
    warnings: found.length - errors,
  };
}

// Points are rules that require something (see point_rules in macros/practice.py); what satisfies one is the sentence to show.
function pointsIn(one, text) {
  const letters = [...text];
  const spans = evidence(text, prepare(one.pointRules), { lang: one.replyIn });
  return one.points.map((say, index) => {
    const span = spans[`point-${index + 1}`];
    return { say, quote: span ? letters.slice(...span).join("").replaceAll("\n", " ").trim() : null };
  });
}
