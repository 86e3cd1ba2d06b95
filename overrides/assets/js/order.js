// Amazon's order numbers in a text. No DOM, no clock, no imports.

const ORDER = /(?<![0-9])([0-9]{3}|[DSP]0[0-9])[\s‐‑–—.#-]{0,3}([0-9]{7})[\s‐‑–—.#-]{0,3}([0-9]{7})(?![0-9])/giu;

/** A text with full-width digits, letters and marks made plain and invisible characters taken out, as numbers are looked for in it. */
export const plainWidth = (raw) =>
  raw.replace(/[\u200b-\u200f\u2060\ufeff]/g, "").replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** The order number in a text, with full-width digits, spaces or a # around it; null where there is none. */
export const order = (raw) => orders(plainWidth(raw))[0]?.id ?? null;

/** Every order number of a text from `plainWidth`: [{id, start, end}], `id` as Amazon writes it. */
export const orders = (text) =>
  [...text.matchAll(ORDER)].map((found) => ({
    id: `${found[1].toUpperCase()}-${found[2]}-${found[3]}`,
    start: found.index,
    end: found.index + found[0].length,
  }));
