// Proposing an edited wording: what would be sent is shown first, with placeholders in place of everything typed about a buyer.

import { ask } from "./dialog.js";
import { el, fill } from "./dom.js";
import { template } from "./edited.js";

const LONGEST = 6000; // characters of an address that hosts take

/**
 * The proposal as plain text: [{heading, path, text}] for each edited part. `cuts` are the cuts by part name; `done` has the values shown,
 * `typed` are those as staff wrote them.
 */
export function proposal(data, language, headings, cuts, done, typed) {
  return Object.entries(cuts).map(([name, cut]) => ({
    heading: headings[name],
    path: ["greeting", "closing"].includes(name) ? data.languages[language].shared : data.languages[language].path,
    text: template(cut, done.values, typed),
  }));
}

/** The text of an issue: what file, which section, the words. */
export function body(data, language, parts) {
  const blocks = parts.map(({ heading, path, text }) => `\`${path}\`\n\n\`\`\`markdown\n# ${heading}\n\n${text}\n\`\`\``);
  return [`Scenario: ${data.scenario} (${language})`, ...blocks].join("\n\n");
}

/** Show what would be sent, then open the host's pre-filled page or copy the text. `copy(text)` copies. */
export async function suggest(data, language, parts, copy) {
  const { words } = data;
  const text = body(data, language, parts);
  const address = data.repository ? `${data.repository}/issues/new?${new URLSearchParams({ template: "wording.yml", title: `Wording: ${data.scenario} (${language})`, words: text })}` : "";
  const tooLong = address.length > LONGEST;
  const host = data.repository ? new URL(data.repository).host : "";
  const content = [
    el("p", {}, words.suggest_text),
    el("pre", { class: "hb-proposal", tabindex: "0", "aria-label": words.suggest_shown }, text),
    address && !tooLong ? el("p", {}, el("a", { class: "md-button md-button--primary", href: address, target: "_blank", rel: "noopener noreferrer" }, fill(words.suggest_open, { host }))) : el("p", { class: "hb-hint" }, words[tooLong ? "suggest_too_long" : "suggest_no_host"]),
  ];
  const answer = await ask(words.suggest, content, [[words.close, ""], [words.suggest_copy, "copy"]]);
  if (answer === "copy") await copy(text);
}
