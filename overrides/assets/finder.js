// Which after-sales scenario a buyer's message is. Pure: a message and the index in, suggestions out; no DOM, no clock, no network.

import { language } from "./js/extract.js";

export { extract, mood } from "./js/extract.js";

/** How many scenarios are suggested. */
export const SHOWN = 3;

const LONGEST = 20_000; // characters that are read: far more than Amazon lets a message have
const STEM = 4; // letters that tell a word from others in spite of its ending, or of a slip behind them
const RUN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々]+|\p{sc=Latin}+(?:['’]\p{sc=Latin}+)*|\p{Nd}(?:[\p{Nd}.,:/-]*\p{Nd})?/gu;
const WHY = { phrases: 3, share: 0.3 }; // at most so many, and each at least this share of the strongest

/**
 * The scenarios that a message is most likely about, best first: `[{scenario, score, why: [words]}]`, at most three; empty where nothing fits.
 * `index` is what `handbook export finder` writes. A score compares scenarios within one message, not messages.
 */
export function rank(message, index) {
  const model = index.models[language(message)] ?? index.models.en;
  const weights = unpacked(model);
  const { text, tokens, signs } = read(message);
  const known = [...signs].flatMap(([sign, places]) => (weights.has(sign) ? [{ places, ...weights.get(sign) }] : []));
  const values = known.map(({ places, idf }) => (1 + Math.log(places.length)) * idf);
  const length = Math.hypot(...values) || 1;
  const totals = model.bias.slice();
  known.forEach(({ pairs }, at) => {
    for (let i = 0; i < pairs.length; i += 2) totals[pairs[i]] += (pairs[i + 1] * model.scale * values[at]) / length;
  });
  const other = index.scenarios.length; // the last total: messages that fit no scenario
  const order = index.scenarios.map((_, scenario) => scenario).sort((one, two) => totals[two] - totals[one] || one - two);
  if (!known.length || totals[other] - totals[order[0]] > model.none) return [];
  return order.slice(0, SHOWN).map((scenario) => ({
    scenario: index.scenarios[scenario],
    score: Math.round(totals[scenario] * 1e4) / 1e4,
    why: why(text, tokens, known, values, scenario),
  }));
}

/**
 * A message's text, its words (where each begins and ends), and its signs: each with the places where it stands, as runs of words. Latin letters: words, stems,
 * neighbouring stems. Chinese and Japanese: one to three characters. Numbers are one sign, and long ones (orders, parcels) none.
 */
export function read(message) {
  const tokens = [];
  const signs = new Map();
  const add = (sign, from, to) => (signs.has(sign) ? signs.get(sign).push([from, to]) : signs.set(sign, [[from, to]]));
  let before = null; // the stem of the word just before
  const text = message.slice(0, LONGEST).normalize("NFKC");
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const at = tokens.length;
    if (/^\p{Nd}/u.test(run)) {
      if (run.replace(/\P{Nd}/gu, "").length > 6) continue;
      tokens.push([index, index + run.length]);
      add("0", at, at);
      if (before) add(`${before} 0`, at - 1, at);
      before = "0";
    } else if (/^\p{sc=Latin}/u.test(run)) {
      tokens.push([index, index + run.length]);
      const word = folded(run);
      const stem = word.slice(0, STEM);
      add(word, at, at);
      if (stem !== word) add(`${stem}*`, at, at);
      if (before) add(`${before} ${stem}`, at - 1, at);
      before = stem;
    } else {
      const characters = [...run];
      let next = index;
      for (const one of characters) tokens.push([next, (next += one.length)]);
      for (let size = 1; size <= 3; size++) {
        for (let from = 0; from + size <= characters.length; from++) add(characters.slice(from, from + size).join(""), at + from, at + from + size - 1);
      }
      before = null;
    }
  }
  return { text, tokens, signs };
}

// Buyers leave out accents and capitals; ß is written ss as well.
const folded = (word) => word.toLowerCase().replace(/’/g, "'").replace(/ß/g, "ss").replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD").replace(/\p{M}+/gu, "");

// What spoke for a scenario: the strength of each sign is shared by its words, and strong words side by side are one phrase.
function why(text, tokens, known, values, scenario) {
  const strength = new Float64Array(tokens.length);
  known.forEach(({ places, pairs }, at) => {
    for (let i = 0; i < pairs.length; i += 2) {
      if (pairs[i] !== scenario) continue;
      for (const [from, to] of places) for (let token = from; token <= to; token++) strength[token] += (pairs[i + 1] * values[at]) / (to - from + 1) / places.length;
    }
  });
  const least = WHY.share * Math.max(...strength, 0);
  const phrases = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!least || strength[at] < least) continue;
    const from = at;
    while (strength[at + 1] >= least && /^\s?$/u.test(text.slice(tokens[at][1], tokens[at + 1][0]))) at++;
    phrases.push({ text: text.slice(tokens[from][0], tokens[at][1]), strength: strength.slice(from, at + 1).reduce((sum, one) => sum + one) });
  }
  phrases.sort((one, two) => two.strength - one.strength);
  return [...new Set(phrases.map(({ text }) => text))].slice(0, WHY.phrases);
}

const cache = new WeakMap();

// A model as it is sent (see `packed` in macros/finder.py) as Map(sign -> {idf, pairs}); `pairs` is [scenario, weight, ...] with whole weights, to be
// multiplied by `scale`.
function unpacked(model) {
  if (cache.has(model)) return cache.get(model);
  const signs = new Map();
  const places = model.places.split("~");
  let [last, next] = ["", 0];
  model.signs.split("~").forEach((line, at) => {
    last = last.slice(0, code(line, 0)) + line.slice(1);
    const pairs = [];
    for (let i = 0; i < places[at].length; i++) pairs.push(code(places[at], i), code(model.weights, next++) - model.top);
    signs.set(last, { idf: code(model.idf, at) / 2, pairs });
  });
  cache.set(model, signs);
  return signs;
}

const code = (text, at) => text.charCodeAt(at) - 35;
