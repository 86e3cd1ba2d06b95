// The page of all lessons: what is done, where to go on, what is kept, and how to delete it.

import { ask } from "../dialog.js";
import { el, fill } from "../dom.js";
import { forgetProgress, progress } from "../progress.js";

/** `data.lessons` are the ids in the order of the list on the page. */
export function mount(host, data) {
  const items = [...document.querySelectorAll(".hb-lessons li")];
  const record = document.querySelector(".hb-to-record a");
  const kept = document.querySelector(".hb-kept");
  const said = el("p", { role: "status" });
  const text = el("p", {});
  const all = el("pre", {});
  const shown = el("details", {}, el("summary", {}, data.words.show), all);
  const forget = el("button", { type: "button", class: "hb-plain-button", onclick: async () => {
    const { words } = data;
    if ((await ask(words.delete_title, [el("p", {}, words.delete_text)], [[words.delete_no, ""], [words.delete_yes, "delete", true]])) !== "delete") return;
    forgetProgress();
    said.textContent = words.deleted;
  } }, data.words.delete);
  kept?.replaceChildren(text, shown, el("p", {}, forget), said);

  const draw = () => {
    if (!host.isConnected) return stop();
    const now = progress();
    host.replaceChildren(...summary(data, items, record, now.lessons));
    mark(items, data, now.lessons);
    text.textContent = inWords(data.words, now, data.lessons);
    all.textContent = JSON.stringify(now, null, 1);
    shown.hidden = forget.hidden = isEmpty(now);
  };
  const fromOutside = (event) => event.type === "pageshow" ? event.persisted && draw() : draw();
  const stop = () => {
    document.removeEventListener("hb-progress", draw);
    for (const name of ["storage", "pageshow"]) removeEventListener(name, fromOutside);
  };
  document.addEventListener("hb-progress", draw);
  for (const name of ["storage", "pageshow"]) addEventListener(name, fromOutside);
  draw();
}

function summary({ words, lessons }, items, record, done) {
  const count = lessons.filter((id) => done.includes(id)).length;
  const at = lessons.findIndex((id) => !done.includes(id));
  const label = fill(words.progress, { done: count, all: lessons.length });
  const [target, next] = at < 0 ? [record, words.complete] : [items[at].querySelector("a"), fill(count ? words.go_on : words.begin, { number: at + 1 })];
  return [
    el("p", { id: "hb-path-label" }, label),
    el("progress", { max: lessons.length, value: count, "aria-labelledby": "hb-path-label" }),
    el("p", {}, el("a", { class: "md-button md-button--primary", href: target.href }, next)),
  ];
}

function mark(items, { words, lessons }, done) {
  items.forEach((item, at) => {
    item.querySelector(".hb-done")?.remove();
    if (done.includes(lessons[at])) item.querySelector("a").after(el("span", { class: "hb-done" }, words.done));
  });
}

const sum = (group) => Object.values(group).reduce((all, { right, wrong }) => all + right + wrong, 0);
const isEmpty = (now) => !now.lessons.length && ![now.drills, now.boxes, now.practice].some((group) => Object.keys(group).length);

function inWords(words, now, lessons) {
  if (isEmpty(now)) return words.kept_nothing;
  return fill(words.kept, { lessons: lessons.filter((id) => now.lessons.includes(id)).length, drills: sum(now.drills), practice: Object.keys(now.practice).length });
}
