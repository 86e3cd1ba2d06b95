// Characters that nobody sees but that travel along: controls of direction, zero-width marks, soft hyphens, halves of pairs. No DOM.

const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

/** A text cut into [{text}] and [{text, code}] in turn, where a code such as "U+200B" names an invisible character. */
export function revealed(text) {
  const out = [];
  let at = 0;
  for (const found of text.matchAll(INVISIBLE)) {
    if (found.index > at) out.push({ text: text.slice(at, found.index) });
    out.push({ text: found[0], code: `U+${found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` });
    at = found.index + found[0].length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

/** The text without them, as it is copied; a tab becomes a space. */
export const cleaned = (text) => text.replace(INVISIBLE, "").replace(/\t/g, " ");

/** The codes of the invisible characters in a text, each once. */
export const invisible = (text) => [...new Set(revealed(text).flatMap((piece) => piece.code ?? []))];
