// A message after edits by hand. A part is kept as a cut: [{text}] and [{name}] in turn, so that a value which nobody touched still follows its field.
// No DOM.

import { codePoints, isBlank } from "./message.js";

/**
 * The cut of a part whose pieces read as `before` did and now read as `after`: one stretch was replaced, what stands outside it stays,
 * and a value that the stretch reaches into becomes plain text. `pieces` are [{text, name?}] as message.js makes them.
 */
export function recut(pieces, after) {
  const before = pieces.map((piece) => piece.text).join("");
  const [from, to, put] = replaced(before, after);
  const out = [];
  let at = 0;
  let done = false;
  const insert = () => {
    if (!done && put) out.push({ text: put });
    done = true;
  };
  for (const piece of pieces) {
    const end = at + piece.text.length;
    if (at >= to && (at > from || end > from || from === to)) insert();
    if (end <= from || at >= to) out.push(piece.name ? { name: piece.name } : { text: piece.text });
    else {
      if (at < from) out.push({ text: piece.text.slice(0, from - at) });
      insert();
      if (end > to) out.push({ text: piece.text.slice(to - at) });
    }
    at = end;
  }
  insert();
  return joined(out);
}

// The stretch [from, to) of `before` in whose place `put` stands in `after`; never half of a pair of surrogates.
function replaced(before, after) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  if (from > 0 && isHigh(before, from - 1)) from -= 1;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (tail > 0 && isHigh(before, before.length - tail - 1)) tail -= 1;
  return [from, before.length - tail, after.slice(from, after.length - tail)];
}

const isHigh = (text, at) => /[\ud800-\udbff]/.test(text[at] ?? "");

// Texts side by side made one, empty ones left out.
function joined(cut) {
  const out = [];
  for (const piece of cut) {
    if (!piece.name && !piece.text) continue;
    if (!piece.name && out.length && !out.at(-1).name) out.at(-1).text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}

/** A cut with its values: pieces as message.js makes them. */
export function filled(cut, values, blank) {
  return cut.map(({ name, text }) => {
    if (!name) return { text };
    const missing = isBlank(values[name]);
    return { name, text: missing ? blank(name) : values[name], missing };
  });
}

/**
 * An assembled message with edited parts in place of its own. `cuts` are the cuts by part name; a part that became empty is left out of the text.
 * Returns the same shape as assemble, each part with `edited`.
 */
export function withEdits(done, cuts, values, blank) {
  let at = 0;
  const parts = [];
  for (const part of done.parts) {
    const cut = cuts[part.name];
    const pieces = cut ? filled(cut, values, blank) : part.pieces;
    const length = pieces.reduce((sum, piece) => sum + codePoints(piece.text), 0);
    const shown = pieces.some((piece) => !isBlank(piece.text));
    parts.push({ name: part.name, start: at, end: at + length, pieces, edited: Boolean(cut), shown });
    if (shown) at += length + 2;
  }
  const kept = parts.filter((part) => part.shown);
  return {
    parts,
    text: kept.map((part) => part.pieces.map((piece) => piece.text).join("")).join("\n\n"),
    missing: [...new Set(parts.flatMap((part) => part.pieces.filter((piece) => piece.missing).map((piece) => piece.name)))],
  };
}

/**
 * A part as a template again, for a proposal: placeholders for its values, for any typed value (and each word of the buyer's name) that
 * stands in its plain text, and for whatever looks like an order number; other long numbers become a mark. Nothing typed of a buyer is left.
 * `values` are the texts as the buyer reads them, `typed` as staff wrote them.
 */
export function template(cut, values, typed) {
  const names = (values.buyer_name ?? "").split(/\s+/u);
  const known = [...Object.entries(values), ...Object.entries(typed), ...names.map((name) => ["buyer_name", name])];
  const wanted = known.map(([name, text]) => [name, text.trim()]).filter(([, text]) => text.length > 1).sort((a, b) => b[1].length - a[1].length);
  return cut.map((piece) => (piece.name ? `{{ ${piece.name} }}` : hidden(piece.text, wanted))).join("");
}

// Longest first, and never inside a placeholder that was just put in.
function hidden(text, wanted) {
  if (!wanted.length) {
    return text.replace(/[0-9]{3}[ -]?[0-9]{7}[ -]?[0-9]{7}/g, "{{ order_id }}").replace(/[0-9](?:[ ./-]?[0-9]){6,}/g, "[number]");
  }
  const [[name, value], ...rest] = wanted;
  const whole = /^[\p{L}\p{N}]+$/u.test(value) && !/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(value);
  const pattern = whole ? `(?<![\\p{L}\\p{N}])${escaped(value)}(?![\\p{L}\\p{N}])` : escaped(value);
  return text.split(new RegExp(pattern, "giu")).map((piece) => hidden(piece, rest)).join(`{{ ${name} }}`);
}

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** The stretches of `after` that do not stand in `before`, word by word: [start, end] in code points. */
export function changes(before, after) {
  const [old, now] = [words(before), words(after)];
  const long = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) long[i][j] = old[i] === now[j] ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
  }
  const out = [];
  let [i, j, at] = [0, 0, 0];
  while (j < now.length) {
    if (i < old.length && old[i] === now[j]) {
      i += 1;
    } else if (i < old.length && long[i + 1][j] >= long[i][j + 1]) {
      i += 1;
      continue;
    } else {
      const end = at + codePoints(now[j]);
      if (out.length && out.at(-1)[1] === at) out.at(-1)[1] = end;
      else out.push([at, end]);
    }
    at += codePoints(now[j]);
    j += 1;
  }
  return out;
}

// Words, and single characters of scripts without spaces.
const words = (text) => text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu) ?? [];
