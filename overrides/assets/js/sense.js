// What a service person would notice in a field: an order number inside a sentence, a name in capitals, a day that is past. No DOM, no clock.

import { isBlank } from "./message.js";
import { order } from "./order.js";

const PARTICLES = new Set(["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "zu", "zur", "ter", "ten", "y", "e", "bin", "al"]);
const DAY = 86_400_000;

/** What was typed, tidied as the variable says (`order` or `name`); the same text where there is nothing to tidy. */
export function tidied(variable, raw) {
  if (variable.tidy === "order") return order(raw) ?? raw;
  if (variable.tidy === "name") return name(raw);
  return raw;
}

/** A name without stray spaces, and not in capitals; particles such as "von" stay small. */
export function name(raw) {
  const plain = raw.replace(/[\s\u3000]+/gu, " ").replace(/^ | $/g, "").replace(/[,;]+$/, "");
  const letters = plain.match(/\p{L}/gu) ?? [];
  if (letters.length < 3 || !letters.every((letter) => letter !== letter.toLowerCase())) return plain;
  return plain.split(" ").map((word, index) => (index && PARTICLES.has(word.toLowerCase()) ? word.toLowerCase() : capital(word))).join(" ");
}

const capital = (word) => word.toLowerCase().replace(/(^|[-'’.])(\p{L})/gu, (_, mark, letter) => mark + letter.toUpperCase());

/**
 * Something to look at again in a value that can be read: [code of the sentence, detail], or null.
 * `today` is year-month-day, `within` the days by which an answer is promised, `price` the item's price as typed (may be empty).
 */
export function second(variable, raw, { today, within, price }) {
  if (isBlank(raw)) return null;
  if (variable.kind === "date") return dated(variable, raw.normalize("NFKC").trim(), today, within);
  if (variable.kind === "money" && !isBlank(price)) return amount(raw) > amount(price) ? ["over_price", price.trim()] : null;
  return null;
}

function dated(variable, day, today, within) {
  const ahead = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY);
  if (!Number.isFinite(ahead)) return null;
  if (variable.when === "ahead" && ahead < 0) return ["day_past", today];
  if (variable.when === "past" && ahead > 0) return ["day_ahead", today];
  if (variable.promise && ahead > within) return ["day_far", String(within)];
  return null;
}

const amount = (raw) => Number(raw.normalize("NFKC").trim().replace(",", "."));

/** Today as year-month-day where the person is; `now` is a Date. */
export const dayOf = (now) => [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
