// Text and rules in, findings out; macros/tone.py is its twin and finds the same. No DOM, no network, no clock.

const PLAIN = new Map();
// U+FEFF and the separators count as white space in one engine only, so both look at a space.
for (const code of [0x0d, 0x09, 0xa0, 0x1680, 0x202f, 0x205f, 0x3000, 0x2028, 0x2029, 0x85, 0xfeff]) PLAIN.set(String.fromCharCode(code), " ");
for (let code = 0x2000; code < 0x200b; code += 1) PLAIN.set(String.fromCharCode(code), " ");
PLAIN.set("\u2019", "'").set("\u02bc", "'");
// Letters whose case the two engines fold differently.
PLAIN.set("\u0130", "I").set("\u0131", "i").set("\u017f", "s");

const UNUSUAL = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");
const CLUSTER = /[^\p{M}]\p{M}*|\p{M}+/gu;
const WORD = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
const SENTENCE_END = /\n|[。！？]+|[.!?]+(?=[ \n]|$)/gu;
// In these languages a dot after one or two digits is no end: „am 2. Dezember“.
const ORDINAL_DOT = new Set(["de"]);
const ORDINAL = /(?:^|[^0-9])[0-9]{1,2}\.$/u;
const MACRO = /\{([A-Z][A-Z_]{2,})\}/g;
const [BEFORE, AFTER] = ["(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])"];
const MASK = "\u00b7";
const REMEMBERED = 2000; // lines; a message has some tens

// Letters and digits that messages are made of. Of all others only that they are some matters, so one stands for each: browsers take
// ten times as long to make a pattern with all of Unicode's letters in it, and several times for one that may not heed capitals.
const DIGITS = "0-9²³¹¼-¾０-９";
const LETTERS = "A-Za-zªµºÀ-ÖØ-öø-ɏ一-鿿Ａ-Ｚａ-ｚ";
const NEAR = { L: `${LETTERS}𠀀`, N: `${DIGITS}𝟎` };
const STAND_IN = { L: ["ǀ", "𠀀"], N: ["²", "𝟎"] };
const FAR = new RegExp(`(?![${LETTERS}${DIGITS}])[\\p{L}\\p{N}]`, "gu");
const ANY = /\\p\{([LN])\}/g;
const NUMBER = /\p{N}/u;
const SET = /\\p\{([LN])\}|\\.|\[(?:\\.|[^\]\\])*\]/gu;
// These patterns tell apart what would look the same.
const REPEATS = /\\[1-9]/;
const EXACT = /\\[1-9]|\\p\{(?![LN]\})/;
// Chromium interprets a pattern at its first text and makes a fast one for the next, unless the first is this long; and it makes a pattern
// twice where some texts have only Latin letters, so every text is kept as if it had others.
const OTHER = "\u2028";
const LONG = OTHER.repeat(1000);

/**
 * The JSON of a ruleset, ready to check; regular expressions are made when first needed.
 * Throws SyntaxError, at the first check that needs it, for a pattern this browser cannot read.
 */
export function prepare(json) {
  const made = new Map(); // many rules name the same role
  const pattern = (source, rule) => {
    const key = `${rule.case ?? ""}${rule.ends ?? ""}${source}`;
    if (!made.has(key)) made.set(key, source ? finder(source, rule, json.macros ?? {}) : null);
    return made.get(key);
  };
  const rules = json.rules.map((rule) => ({
    ...rule,
    finder: pattern(rule.find, rule),
    excuse: pattern(rule.unless, rule),
    roles: (rule.sentences ?? []).map((groups) => groups.map((sources) => sources.map((source) => pattern(source, rule)))),
  }));
  return {
    lang: json.lang,
    rules,
    byLine: rules.filter((rule) => rule.line),
    masker: pattern(json.mask, {}),
    day: pattern(json.day, {}),
    lines: new Map(),
    latest: new Map(),
    views: new Map(),
    patterns: [...made.values()].filter(Boolean),
  };
}

/**
 * All findings, by start, end and rule id: { rule, level, start, end, match, say }.
 * Offsets are code points of `text` as given. `context` is { lang, choices, scenario, kind }, all but lang optional.
 * `parts` are [name, start, end] in code points, as a template makes them; without them the text is free.
 */
export function check(text, ruleset, context, parts = null) {
  const look = new Look(text, ruleset, parts);
  const concerned = ruleset.rules.filter((rule) => applies(rule, context));
  const heard = new Set(concerned);
  const hits = [];
  for (const rule of concerned) if (!rule.line) for (const span of spans(rule, look)) hits.push([rule, span]);
  for (const [at, line] of look.lines()) {
    for (const [rule, start, end] of lineOf(ruleset, line).found) if (heard.has(rule)) hits.push([rule, [at + start, at + end]]);
  }
  const found = hits.map(([rule, span]) => {
    const [start, end] = look.original(span);
    return { rule: rule.id, level: rule.level, start, end, match: look.slice(start, end), say: rule.say };
  });
  return found.sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : Number(a.rule > b.rule)));
}

/**
 * What satisfies the rules that require something: { ruleId: [start, end] of the sentence, in code points }, without those that nothing satisfies.
 * Arguments as for check.
 */
export function evidence(text, ruleset, context, parts = null) {
  const look = new Look(text, ruleset, parts);
  const found = {};
  for (const rule of ruleset.rules) {
    if (rule.kind !== "require" || !applies(rule, context)) continue;
    const at = look.part(rule.where);
    const [hit] = at ? matches(rule, look, at) : [];
    if (!hit) continue;
    const around = sentences(look.text, ORDINAL_DOT.has(ruleset.lang)).filter(([start, end]) => start < hit[1] && hit[0] < end);
    found[rule.id] = look.original(around.length ? [around[0][0], around.at(-1)[1]] : hit);
  }
  return found;
}

/** The first sentence of a text that names a day, or null. */
export function sentenceWithDay(text, ruleset) {
  const view = viewOf(ruleset, normal(text));
  const [hit] = ruleset.day?.(view) ?? [];
  const around = hit && view.sentences().find(([start, end]) => start < hit[1] && hit[0] < end);
  return around ? text.slice(...around) : null;
}

/** The better words of a rule that knows them for what it has found, or null; macros/tone.py has the same. */
export function better(rule, match) {
  for (const [find, to] of rule.swap ?? []) {
    const changed = match.replace(new RegExp(find, rule.case ? "gu" : "giu"), to);
    if (changed !== match) return capital(match) ? changed.slice(0, 1).toUpperCase() + changed.slice(1) : changed;
  }
  return null;
}

const capital = (text) => /^\p{Lu}/u.test(text);

// A line masked, and what the rules that see one line at a time find in it; remembered, for a keystroke changes one line.
function lineOf(ruleset, text) {
  let known = ruleset.lines.get(text);
  if (!known) {
    const view = viewOf(ruleset, text);
    const masked = ruleset.masker ? hidden(text, ruleset.masker(view)) : text;
    const other = viewOf(ruleset, masked);
    const found = ruleset.byLine.flatMap((rule) => inText(rule, rule.mask ? other : view).map((span) => [rule, ...span]));
    if (ruleset.lines.size > REMEMBERED) ruleset.lines.clear();
    ruleset.lines.set(text, (known = { masked, found }));
  }
  return known;
}

// A pattern with each {NAME} replaced, also within macros; the build has seen to it that there is no circle.
const expand = (source, macros) => source.replace(MACRO, (_, name) => `(?:${expand(macros[name], macros)})`);
const whole = (source, ends) => (ends ? `${BEFORE}${source}${AFTER}` : source);

// Where a pattern stands in a view of a text, as a function; the regular expression is made when first needed.
function finder(source, rule, macros) {
  const make = () => {
    const full = whole(expand(source, macros), rule.ends);
    const exact = EXACT.test(full) || full.search(FAR) >= 0;
    const capitals = rule.case || REPEATS.test(full);
    const read = capitals ? full : small(full);
    const pattern = new RegExp(exact ? read : near(read), capitals && !rule.case ? "giu" : "gu");
    pattern.exec(LONG);
    return (view) => all(pattern, view.as(exact, capitals));
  };
  let made = null;
  const find = (view) => find.ready()(view);
  find.ready = () => (made ??= make());
  return find;
}

// With the few letters and digits in place of all.
function near(source) {
  return source.replace(SET, (piece, kind) => (kind ? `[${NEAR[kind]}]` : piece[0] === "[" ? piece.replace(ANY, (_, inner) => NEAR[inner]) : piece));
}

const small = (source) => source.replace(/\\p\{.*?\}|\p{Lu}/gu, (piece) => (piece[1] ? piece : piece.toLowerCase()));

const standIn = (char) => STAND_IN[NUMBER.test(char) ? "N" : "L"][char.length > 1 ? 1 : 0];

const hidden = (text, spans) => spans.reduceRight((left, [start, end]) => left.slice(0, start) + MASK.repeat(end - start) + left.slice(end), text);

// Views are remembered with what was looked for in them: a keystroke changes one line, and one sentence of it.
function viewOf(ruleset, text) {
  let view = ruleset.views.get(text);
  if (!view) {
    if (ruleset.views.size > REMEMBERED) ruleset.views.clear();
    ruleset.views.set(text, (view = new View(text, ruleset)));
  }
  return view;
}

// A text as the patterns look at it: as it is, with other letters replaced, and in small letters.
class View {
  constructor(text, ruleset) {
    this.text = (text + OTHER).slice(0, -1);
    this.ruleset = ruleset;
    this.forms = {};
  }

  as(exact, capitals) {
    if (!capitals) return (this.forms[`low ${exact}`] ??= this.as(exact, true).toLowerCase());
    return exact ? this.text : (this.forms.near ??= this.text.replace(FAR, standIn));
  }

  sentences() {
    return (this.spans ??= sentences(this.text, ORDINAL_DOT.has(this.ruleset.lang)));
  }

  // Each sentence and where it begins.
  pieces() {
    return (this.parts ??= this.sentences().map(([start, end]) => [start, viewOf(this.ruleset, this.text.slice(start, end))]));
  }

  // The first place of a pattern that is no mere position.
  first(pattern) {
    this.known ??= new Map();
    if (!this.known.has(pattern)) this.known.set(pattern, pattern(this).find(([start, end]) => end > start) ?? null);
    return this.known.get(pattern);
  }
}

function applies(rule, context) {
  const choices = new Set(context.choices ?? []);
  const scenario = context.scenario ?? null;
  return (
    (!rule.choices || rule.choices.some((choice) => choices.has(choice))) &&
    (!rule.scenarios || rule.scenarios.includes(scenario)) &&
    (!rule.exceptScenarios || (scenario !== null && !rule.exceptScenarios.includes(scenario))) &&
    (!rule.kinds || rule.kinds.includes(context.kind ?? null))
  );
}

// Findings of one rule as spans in UTF-16 units of the normalised text.
function spans(rule, look) {
  const at = look.part(rule.where);
  if (rule.kind === "limit") return at ? over(rule, look, at) : [];
  if (rule.kind === "avoid") return at ? matches(rule, look, at) : [];
  if (!at) return [rule.where === "closing" ? [look.text.length, look.text.length] : [0, 0]];
  return matches(rule, look, at).length ? [] : [[at[0], at[0]]];
}

function matches(rule, look, [from, to]) {
  const text = (rule.mask ? look.masked() : look.text).slice(from, to);
  const { latest } = look.ruleset;
  let known = latest.get(rule);
  if (known?.text !== text) latest.set(rule, (known = { text, found: inText(rule, viewOf(look.ruleset, text)) }));
  return shifted(known.found, from);
}

function inText(rule, view) {
  const found = rule.finder ? rule.finder(view).filter(([start, end]) => end > start) : [];
  if (rule.roles.length) found.push(...inSentences(rule, view, found));
  if (!found.length || !rule.excuse) return found;
  const excused = rule.excuse(view);
  return found.filter(([start, end]) => !excused.some(([first, last]) => first < end && start < last));
}

// One span for each sentence that holds all of one's roles and in which no pattern has found anything already.
function inSentences(rule, view, found) {
  const spans = [];
  for (const [first, sentence] of view.pieces()) {
    const last = first + sentence.text.length;
    if (found.some(([start, end]) => start < last && first < end)) continue;
    for (const [has, lacks] of rule.roles) {
      const span = roleSpan(sentence, has, lacks);
      if (!span) continue;
      spans.push([first + span[0], first + span[1]]);
      break;
    }
  }
  return spans;
}

// From the first word of a role to the last, or null where one is missing or something excuses the sentence.
function roleSpan(sentence, has, lacks) {
  const found = [];
  for (const group of has) {
    const at = sentence.first(group);
    if (!at) return null;
    found.push(at);
  }
  if (lacks.some((group) => sentence.first(group))) return null;
  return [Math.min(...found.map(([start]) => start)), Math.max(...found.map(([, end]) => end))];
}

const all = (pattern, text) => Array.from(text.matchAll(pattern), (found) => [found.index, found.index + found[0].length]);
const shifted = (found, by) => found.map(([start, end]) => [start + by, end + by]);
const count = (text) => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);
const normal = (text) => text.replace(UNUSUAL, (char) => PLAIN.get(char));

// A text as the rules see it: normalised, masked, and divided into parts.
class Look {
  constructor(text, ruleset, parts) {
    this.given = text;
    this.ruleset = ruleset;
    this.givenParts = parts;
    this.starts = null;
    const composed = text.normalize("NFC") === text ? text : this.compose(text);
    this.text = normal(composed);
    this.points = /[\ud800-\udfff]/.test(this.text) ? pointsOf(this.text) : null;
  }

  // NFC for each base character with its marks; keeps where each came from, in code points.
  compose(text) {
    let at = 0;
    let whole = "";
    this.starts = [];
    this.ends = [];
    for (const [cluster] of text.matchAll(CLUSTER)) {
      const piece = cluster.normalize("NFC");
      const end = at + count(cluster);
      for (let index = count(piece); index > 0; index -= 1) {
        this.starts.push(at);
        this.ends.push(end);
      }
      whole += piece;
      at = end;
    }
    return whole;
  }

  masked() {
    return (this.hidden ??= this.text.split("\n").map((line) => (line ? lineOf(this.ruleset, line).masked : "")).join("\n"));
  }

  // Where each line that is not empty begins, and the line.
  lines() {
    let at = 0;
    const found = [];
    for (const line of this.text.split("\n")) {
      if (line) found.push([at, line]);
      at += line.length + 1;
    }
    return found;
  }

  part(where) {
    if (where === "whole") return [0, this.text.length];
    this.parts ??= this.givenParts === null ? freeParts(this.text) : givenParts(this.givenParts, (offset) => this.inner(offset));
    return this.parts[where] ?? null;
  }

  // A code point of the text given as a unit of the normalised text.
  inner(offset) {
    const point = this.starts === null ? offset : lowerBound(this.starts, offset);
    return this.points === null ? point : lowerBound(this.points, point);
  }

  // A span in units of the normalised text as code points of the text given, whole clusters.
  original([from, to]) {
    const start = this.points === null ? from : this.points[from];
    const end = this.points === null ? to : this.points[to];
    if (this.starts === null) return [start, end];
    const first = start < this.starts.length ? this.starts[start] : count(this.given);
    return [first, end > start ? this.ends[end - 1] : first];
  }

  slice(start, end) {
    if (!/[\ud800-\udfff]/.test(this.given)) return this.given.slice(start, end);
    this.letters ??= [...this.given];
    return this.letters.slice(start, end).join("");
  }
}

// For each UTF-16 unit, and for the end, how many code points stand before it.
function pointsOf(text) {
  const points = [];
  let at = 0;
  for (const char of text) {
    for (let unit = 0; unit < char.length; unit += 1) points.push(at);
    at += 1;
  }
  points.push(at);
  return points;
}

function lowerBound(sorted, wanted) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function givenParts(parts, inner) {
  const found = {};
  for (const [name, start, end] of parts) found[name] = [inner(start), inner(end)];
  for (const [name, names] of [["body", ["acknowledge", "resolve", "next_step"]], ["opening", ["greeting", "acknowledge"]]]) {
    const held = names.filter((one) => found[one]).map((one) => found[one]);
    if (held.length) found[name] = [held[0][0], held.at(-1)[1]];
  }
  return found;
}

// The parts of a text without marks, by its form: short lines, blank lines, the marks at line ends.
function freeParts(text) {
  let blocks = blocksOf(text);
  if (!blocks.length) return {};
  const found = {};
  const first = blocks[0][0];
  const lead = leadOf(text, first);
  if (isGreeting(text, first, blocks[0].length === 1 && blocks.length > 1)) {
    found.greeting = first;
    blocks = [blocks[0].slice(1), ...blocks.slice(1)].filter((block) => block.length);
  } else if (lead) {
    found.greeting = lead;
  }
  if (!blocks.length) return found;
  const [closing, body] = splitClosing(text, blocks);
  found.closing = [closing[0][0][0], closing.at(-1).at(-1)[1]];
  if (body.length) {
    // A line such as "Order 111-2222222-3333333" may stand before the thanks.
    const short = body.length > 1 && body[0].length === 1 && size(text, body[0][0]) <= 60;
    const thanks = body[short ? 1 : 0];
    found.acknowledge = [body[0][0][0], thanks.at(-1)[1]];
    found.opening = [(found.greeting ?? body[0][0])[0], thanks.at(-1)[1]];
    found.body = found.resolve = found.next_step = [body[0][0][0], body.at(-1).at(-1)[1]];
  }
  return found;
}

// Lines that are not blank, without spaces at their ends, grouped by the blank lines between.
function blocksOf(text) {
  const blocks = [[]];
  let at = 0;
  for (const line of text.split("\n")) {
    let start = 0;
    let end = line.length;
    while (start < end && line[start] === " ") start += 1;
    while (end > start && line[end - 1] === " ") end -= 1;
    if (end > start) blocks.at(-1).push([at + start, at + end]);
    else if (blocks.at(-1).length) blocks.push([]);
    at += line.length + 1;
  }
  return blocks.filter((block) => block.length);
}

const size = (text, [start, end]) => count(text.slice(start, end));

function isGreeting(text, line, alone) {
  const last = text[line[1] - 1];
  return size(text, line) <= 80 && (",:，：、!！".includes(last) || (alone && !".?;。？；…".includes(last)));
}

// What stands before the first mark of a first line that goes on: "Hi Tom, thank you ...".
function leadOf(text, line) {
  let at = line[0];
  for (const char of [...text.slice(...line)].slice(0, 60)) {
    at += char.length;
    if (",.:!;，。：！；".includes(char)) return [line[0], at];
  }
  return null;
}

// Closing blocks, and body blocks; a last block that holds whole sentences belongs to both.
function splitClosing(text, blocks) {
  const last = blocks.at(-1);
  const signature = last.every((line) => size(text, line) <= 60 && !".?。？".includes(text[line[1] - 1]));
  if (!signature) return [blocks.slice(-1), blocks];
  if (blocks.length > 1 && last.length <= 3 && blocks.at(-2).length === 1) {
    const before = blocks.at(-2)[0];
    if (size(text, before) <= 60 && !".?。？:：".includes(text[before[1] - 1])) return [blocks.slice(-2), blocks.slice(0, -2)];
  }
  return [blocks.slice(-1), blocks.slice(0, -1)];
}

// The spans whose measure is over the rule's maximum.
function over(rule, look, [from, to]) {
  const text = look.text.slice(from, to);
  const words = (piece) => piece.match(WORD)?.length ?? 0;
  if (rule.metric === "characters") return count(text) > rule.max ? [[from, to]] : [];
  if (rule.metric === "words") return words(text) > rule.max ? [[from, to]] : [];
  const measure = rule.metric === "sentence_chars" ? count : words;
  return shifted(
    sentences(text, ORDINAL_DOT.has(look.ruleset.lang)).filter(([start, end]) => measure(text.slice(start, end)) > rule.max),
    from,
  );
}

function sentences(text, ordinals) {
  const found = [];
  let start = 0;
  for (const [, end] of [...all(SENTENCE_END, text), [0, text.length]]) {
    if (ordinals && end < text.length && ORDINAL.test(text.slice(Math.max(0, end - 4), end))) continue;
    let first = start;
    let last = end;
    while (first < last && " \n".includes(text[first])) first += 1;
    while (last > first && " \n".includes(text[last - 1])) last -= 1;
    if (last > first) found.push([first, last]);
    start = end;
  }
  return found;
}
