// The message on its paper: its parts to read, or to edit by hand; blanks, values, hand-made changes, findings and invisible characters marked.

import { el, fill } from "./dom.js";
import { revealed } from "./invisible.js";

/**
 * A paper in `box`. `edit(name, text)` is called with a part's new text, `takeBack(name)` to undo its edits.
 * Returns { show(parts, marks, editing, lang), select(start, end) }: marks are {start, end, kind} in code points of the whole text.
 */
export function paper(box, words, handbook, edit, takeBack) {
  let views = [];
  let mode = null;
  function show(parts, marks, editing, lang) {
    const now = JSON.stringify([editing, lang, parts.map((part) => part.name)]);
    if (mode !== now) {
      views = parts.map((part) => partView(words, handbook, part.name, editing, lang, edit, takeBack));
      box.replaceChildren(...views.map((view) => view.root));
      mode = now;
    }
    parts.forEach((part, index) => views[index].update(part, part.shown === false ? [] : within(part, marks)));
  }
  // Puts the caret on the words concerned.
  function select(parts, start, end) {
    const index = parts.findIndex((part) => part.shown !== false && part.start <= start && start <= part.end);
    if (index >= 0) views[index].select(parts[index], start - parts[index].start, end - parts[index].start);
  }
  return { show, select };
}

// The marks that reach into a part, in code points of the part.
function within(part, marks) {
  const length = part.end - part.start;
  return marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start - part.start), end: Math.min(length, mark.end - part.start) }))
    .filter((mark) => mark.start < mark.end);
}

function partView(words, handbook, name, editing, lang, edit, takeBack) {
  const label = words[`part_${name}`];
  const text = el("p", { "aria-hidden": editing ? "true" : null });
  const back = el("button", { type: "button", class: "hb-back", hidden: true, "aria-label": fill(words.take_back_part, { part: label }), onclick: () => takeBack(name) }, words.take_back);
  const chip = el("span", { class: "hb-edited", hidden: true }, words.edited);
  const area = editing ? el("textarea", { class: "hb-area", "aria-label": fill(words.edit_part, { part: label }), lang, dir: "auto", spellcheck: "true", autocomplete: "off", rows: 1 }) : null;
  area?.addEventListener("input", () => edit(name, area.value));
  const root = el("div", { class: `hb-section${editing ? " hb-editing" : ""}`, "data-part": name },
    el("div", { class: "hb-side-label", lang: handbook }, el("span", { class: "hb-label" }, label), chip, back),
    el("div", { class: "hb-words" }, text, area));
  let drawn = "";
  return {
    root,
    update(part, marks) {
      const now = JSON.stringify([part.pieces, part.edited, marks]);
      if (drawn === now) return;
      drawn = now;
      chip.hidden = back.hidden = !part.edited;
      const whole = part.pieces.map((piece) => piece.text).join("");
      // The area is as high as the text below it, which ends in a space so that a last empty line counts.
      text.replaceChildren(...runs(part, marks), ...(area ? ["\u200b"] : []));
      if (area && area.value !== whole) area.value = whole;
    },
    select(part, start, end) {
      if (!area) return root.scrollIntoView({ block: "nearest" });
      const letters = [...part.pieces.map((piece) => piece.text).join("")];
      const unit = (point) => letters.slice(0, point).join("").length;
      area.focus();
      area.setSelectionRange(unit(start), unit(end));
    },
  };
}

// The text of a part as elements: cut wherever a piece or a mark begins or ends.
function runs(part, marks) {
  const out = [];
  let at = 0;
  for (const piece of part.pieces) {
    const letters = [...piece.text];
    const inside = marks.flatMap((mark) => [mark.start - at, mark.end - at]).filter((point) => point > 0 && point < letters.length);
    const cuts = [...new Set([0, ...inside, letters.length])].sort((a, b) => a - b);
    for (let index = 1; index < cuts.length; index += 1) {
      const [from, to] = [cuts[index - 1], cuts[index]];
      const kinds = marks.filter((mark) => mark.start < at + to && at + from < mark.end).map((mark) => `hb-is-${mark.kind}`);
      out.push(run(piece, letters.slice(from, to).join(""), [...new Set(kinds)]));
    }
    at += letters.length;
  }
  return out;
}

function run(piece, text, kinds) {
  const shown = revealed(text).map((part) => (part.code ? el("span", { class: "hb-invisible", "data-code": part.code }, part.text) : part.text));
  const own = piece.name ? [piece.missing ? "hb-blank" : "hb-value"] : [];
  if (!own.length && !kinds.length && shown.length === 1 && typeof shown[0] === "string") return shown[0];
  const classes = [...own, ...kinds].join(" ") || null;
  return el(piece.name ? (piece.missing ? "mark" : "b") : "span", { class: classes }, ...shown);
}
