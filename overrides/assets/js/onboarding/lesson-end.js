// The end of a lesson: one button notes it and goes on along the link that is there without script too.

import { el } from "../dom.js";
import { noteLesson, progress } from "../progress.js";

export function mount(host, { words, lesson }) {
  const link = document.querySelector(".hb-lesson-next a");
  const label = link.textContent;
  const last = label === words.to_record;
  const said = el("span", { role: "status" });
  const draw = () => {
    const done = progress().lessons.includes(lesson);
    link.textContent = done ? label : last ? words.done_last : words.done_next;
    said.textContent = done ? words.was_done : "";
    again.hidden = !done;
  };
  const again = el("button", { type: "button", class: "hb-plain-button", onclick: () => {
    noteLesson(lesson, false);
    draw();
    said.textContent = words.opened;
    link.focus();
  } }, words.open_again);
  link.classList.add("md-button--primary");
  link.addEventListener("click", () => noteLesson(lesson));
  host.replaceChildren(said, " ", again);
  draw();
}
