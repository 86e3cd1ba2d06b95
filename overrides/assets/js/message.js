// The message grammar in the browser; macros/message.py is its twin, and a test compares the two byte for byte.
// A section is [name, [values of its heading], text].

const PLACEHOLDER = /\{\{ ([a-z][a-z0-9_]*) \}\}/g;
const ONLY_SPACE = /^[ \t\r\n\u00a0\u3000]*$/;
const BODY = ["acknowledge", "resolve", "next_step"];

/** Whether nothing that a buyer could read was typed. */
export const isBlank = (value) => value === undefined || ONLY_SPACE.test(value);

/** The one variant of a part for these picks; throws where there is none or more than one. */
export function variant(sections, name, picks) {
  const found = sections.filter(([part, when]) => part === name && when.every((pick) => picks.includes(pick)));
  if (found.length !== 1) throw new Error(`${found.length} variants of ${name} for ${picks.join(", ")}`);
  return found[0];
}

/**
 * Cut a section's text at its placeholders: [{text}] and [{name, text}] in turn, where the text of a name is its value
 * and `missing` is set if there is none. A value is put in once and never read again.
 */
export function pieces(text, values, blank) {
  const out = [];
  let at = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > at) out.push({ text: text.slice(at, match.index) });
    const missing = isBlank(values[match[1]]);
    out.push({ name: match[1], text: missing ? blank(match[1]) : values[match[1]], missing });
    at = match.index + match[0].length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

/**
 * Put a message together. `picks` are the values chosen, `greeting` is named or nameless, `values` are texts as the buyer
 * reads them, `blank(name)` is shown where there is none.
 * Returns {text, parts: [{name, start, end, pieces}], missing: [names]}; start and end count code points.
 */
export function assemble(sections, picks, greeting, values, blank = (name) => `{{ ${name} }}`) {
  const chosen = [
    variant(sections, "greeting", [greeting]),
    ...BODY.map((name) => variant(sections, name, picks)),
    variant(sections, "closing", picks),
  ];
  let at = 0;
  const parts = chosen.map(([name, , text]) => {
    const cut = pieces(text, values, blank);
    const length = cut.reduce((sum, piece) => sum + codePoints(piece.text), 0);
    const part = { name, start: at, end: at + length, pieces: cut };
    at += length + 2;
    return part;
  });
  const missing = [...new Set(parts.flatMap((part) => part.pieces.filter((piece) => piece.missing).map((piece) => piece.name)))];
  const text = parts.map((part) => part.pieces.map((piece) => piece.text).join("")).join("\n\n");
  return { text, parts, missing };
}

/** The length of a text in code points, as Python counts. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
