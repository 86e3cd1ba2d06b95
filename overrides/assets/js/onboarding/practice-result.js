// The result of a practice case: scenario, points, rules, scorecard, and the reply beside a model reply.

import { el, fill } from "../dom.js";
import { showFindings, showScore } from "../findings.js";

/** Show a result (see practice-score.js) in `box`. `titles` are those of the scenarios, `point(finding)` shows the words in the reply. */
export function showResult(box, data, one, { result, reply, picked, rules, titles, point, buttons }) {
  const { words } = data;
  const findings = el("div", { class: "hb-findings", tabindex: "-1" });
  const score = el("div", { class: "hb-score" });
  const heading = el("h3", { tabindex: "-1" }, words.practice_result);
  box.replaceChildren(
    heading,
    el("section", {}, ...scenario(words, one, result, picked, titles)),
    el("section", {}, el("h4", {}, fill(words.practice_points, { covered: result.covered, points: result.points.length })), el("ul", { class: "hb-points" }, ...result.points.map((each) => pointLine(words, one.replyIn, each))),
      result.covered < result.points.length ? el("p", { class: "hb-hint" }, words.practice_points_note) : null),
    el("section", {}, el("h4", {}, words.practice_rules), findings, score),
    el("section", {}, el("h4", {}, words.practice_compare),
      el("div", { class: "hb-compare" }, column(words.practice_yours, reply.text, one.replyIn), column(words.practice_model, one.model, one.replyIn, one.modelMeaning ? el("details", { class: "hb-meaning" }, el("summary", {}, words.meaning), el("p", {}, one.modelMeaning)) : null)),
      el("h4", {}, words.practice_explain), el("ul", {}, ...one.explain.map((line) => el("li", {}, line)))),
    el("p", { class: "hb-practice-buttons" }, ...buttons));
  showFindings(findings, data, rules, result.found, true, { point, replace: () => {} });
  showScore(score, words, result.rows);
  box.hidden = false;
  heading.focus();
}

/** The result in one sentence, as it is announced. */
export const summary = (words, result) =>
  fill(words.practice_summary, {
    scenario: result.right ? words.practice_scenario_right : words.practice_scenario_other,
    covered: result.covered, points: result.points.length, errors: result.errors, warnings: result.warnings,
  });

function scenario(words, one, result, picked, titles) {
  const names = { title: titles.get(picked).title, best: titles.get(result.best).title };
  const said = result.right ? (picked === result.best ? words.practice_right : words.practice_also_right) : words.practice_wrong;
  const link = el("a", { href: titles.get(result.best).href }, names.best);
  return [
    el("p", { class: result.right ? "hb-practice-good" : "hb-practice-look" }, el("strong", {}, fill(said, names))),
    el("p", {}, one.because, " ", link),
  ];
}

const pointLine = (words, lang, { say, quote }) =>
  el("li", { class: quote === null ? "hb-practice-look" : "hb-practice-good" },
    el("strong", {}, say), " ", el("span", { class: "hb-practice-mark" }, quote === null ? words.practice_not_found : words.practice_mentioned),
    quote === null ? null : el("q", { lang }, quote.length > 160 ? `${quote.slice(0, 157)}…` : quote));

const column = (title, text, lang, below = null) => el("div", {}, el("h5", {}, title), el("p", { class: "hb-reply", lang }, text), below);
