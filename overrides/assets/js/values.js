// What staff typed -> what the buyer reads; macros/values.py is its twin, and a test compares the two.

import { codePoints, isBlank } from "./message.js";

const SPACE = /^[ \t\r\n\u00a0\u3000]+|[ \t\r\n\u00a0\u3000]+$/g;
const DATE = /^(20[0-9]{2})-([0-9]{2})-([0-9]{2})$/;
const AMOUNT = /^([0-9]{1,9})(?:[.,]([0-9]{1,2}))?$/;

/** A value that cannot be shown; `code` names the sentence of _interface.yml, `detail` fills it. */
export class ValueProblem extends Error {
  constructor(code, detail = "") {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

const tidy = (raw) => raw.normalize("NFKC").replace(SPACE, "");
// Intl sets invisible spaces and a full-width yen sign; buyers' mail programs and searches do better without.
const plain = (text) => text.replace(/[\u00a0\u202f\u2009]/g, " ").replace(/\uffe5/g, "¥");

// Making a formatter takes far longer than using it, so each is made once.
const made = {};
const dateFormat = (locale) => (made[locale] ??= new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" }));
// es and it leave four-digit numbers ungrouped unless told; Babel groups them.
const moneyFormat = (locale, currency) => (made[`${locale} ${currency}`] ??= new Intl.NumberFormat(locale, { style: "currency", currency, useGrouping: "always", numberingSystem: "latn" }));

/** The text a buyer reads for a typed value; text is returned unchanged. Throws ValueProblem for what cannot be read. */
export function show(variable, raw, locale, currency) {
  if (variable.kind === "date") return showDate(raw, locale);
  if (variable.kind === "money") return showMoney(raw, locale, currency);
  if (variable.kind === "steps") return showSteps(raw, variable.max ?? 99);
  return raw;
}

/** A year-month-day of this century as the locale's long date. */
export function showDate(raw, locale) {
  const match = DATE.exec(tidy(raw));
  const day = match && new Date(Date.UTC(+match[1], match[2] - 1, +match[3]));
  if (!day || day.getUTCMonth() !== match[2] - 1 || day.getUTCDate() !== +match[3]) throw new ValueProblem("bad_date", raw);
  return plain(dateFormat(locale).format(day));
}

/** A plain number with at most the currency's decimals as an amount of the locale. */
export function showMoney(raw, locale, currency) {
  const match = AMOUNT.exec(tidy(raw));
  if (!match) throw new ValueProblem("bad_amount", raw);
  const format = moneyFormat(locale, currency);
  const decimals = format.resolvedOptions().maximumFractionDigits;
  if (decimals === 0 && /[1-9]/.test(match[2] ?? "")) throw new ValueProblem("no_decimals", currency);
  return plain(format.format(Number(`${match[1]}.${match[2] ?? "0"}`)));
}

/** Lines as a numbered list, empty lines left out. */
export function showSteps(raw, most) {
  const lines = raw.split("\n").filter((line) => !isBlank(line)).map((line) => line.replace(SPACE, ""));
  if (lines.length > most) throw new ValueProblem("too_many_steps", String(most));
  return lines.map((line, index) => `${index + 1}. ${line}`).join("\n");
}

/** Something odd about a text that is put in all the same: [code, detail], or null. */
export function remark(variable, raw) {
  if (variable.kind !== "text" || isBlank(raw)) return null;
  if (variable.pattern && !new RegExp(`^(?:${variable.pattern})$`, "u").test(raw)) return ["odd_pattern", raw];
  if (variable.max && codePoints(raw) > variable.max) return ["long_text", String(variable.max)];
  return null;
}

/** The example of a variable as staff would type it. */
export const example = (variable, lang) => (typeof variable.example === "string" ? variable.example : variable.example[lang]);
