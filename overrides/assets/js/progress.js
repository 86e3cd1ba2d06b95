// What somebody learning has done: ids, counts and boxes only, kept in this browser. Nothing typed is ever kept.

import { read, write } from "./storage.js";

const KEY = "hb-onboarding";
const ID = /^[a-z0-9][a-z0-9.:_-]{0,120}$/;
const BOXES = 5;

const whole = (value, most = 100_000) => (Number.isInteger(value) && value >= 0 ? Math.min(value, most) : 0);
const pairs = (group, made) => Object.fromEntries(Object.entries(group && typeof group === "object" ? group : {}).filter(([id]) => ID.test(id)).slice(0, 3000).map(([id, value]) => [id, made(value)]));

/**
 * Whatever lies in the storage, as: `lessons` (ids), `drills` {group: {right, wrong}}, `boxes` {question: 1 to 5},
 * `practice` {case: {scenario: true or false, covered, points, errors, warnings, tries}}.
 */
export function progress() {
  const found = read(KEY) ?? {};
  return {
    lessons: [...new Set(Array.isArray(found.lessons) ? found.lessons.filter((id) => typeof id === "string" && ID.test(id)) : [])].slice(0, 100),
    drills: pairs(found.drills, (one) => ({ right: whole(one?.right), wrong: whole(one?.wrong) })),
    boxes: pairs(found.boxes, (box) => Math.max(1, whole(box, BOXES))),
    practice: pairs(found.practice, (one) => ({
      scenario: one?.scenario === true,
      covered: whole(one?.covered),
      points: whole(one?.points),
      errors: whole(one?.errors),
      warnings: whole(one?.warnings),
      tries: whole(one?.tries),
    })),
  };
}

const change = (how) => {
  const now = progress();
  how(now);
  write(KEY, now);
  document.dispatchEvent(new CustomEvent("hb-progress"));
};

/** A lesson was finished, or is open again. */
export const noteLesson = (id, done = true) => change((now) => (now.lessons = done ? [...new Set([...now.lessons, id])] : now.lessons.filter((one) => one !== id)));

/** A question of a group was answered: it moves up a box, or back to the first (Leitner). */
export function noteAnswer(group, question, right) {
  change((now) => {
    const sum = (now.drills[group] ??= { right: 0, wrong: 0 });
    sum[right ? "right" : "wrong"] += 1;
    now.boxes[question] = right ? Math.min(BOXES, (now.boxes[question] ?? 1) + 1) : 1;
  });
}

/** A practice case was scored; the last score stands. */
export const notePractice = (id, score) => change((now) => (now.practice[id] = { ...score, tries: (now.practice[id]?.tries ?? 0) + 1 }));

/** Nothing of it is kept any more. */
export function forgetProgress() {
  write(KEY, null);
  document.dispatchEvent(new CustomEvent("hb-progress"));
}
