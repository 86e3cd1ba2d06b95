// Which questions come, and which answers stand beside the right one. Nothing here touches the page.

const ROUND = 10;
const WRONG_BEFORE = 4; // of a round, at most, while there is anything new
const KNOWN = 2;
const SHOWN = 4; // answers, where the question does not fix them

/** The drill that a kind of question belongs to. */
export const drillOf = (kind) => (["order", "scenario", "fulfilment", "policy"].includes(kind) ? kind : "spot");

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The list in another order. */
export function shuffled(list, random) {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

/**
 * A round: some that were wrong before (box 1), a few that are known (the higher the box, the seldomer), the rest new, evenly over the kinds.
 * The same `seed` draws the same round. `boxes` is {id: 1 to 5}; a question without a box was never asked. Where one sort is short, the others fill up.
 */
export function draw(questions, boxes, drills, seed, size = ROUND) {
  const random = numbers(seed);
  const mixed = shuffled(questions.filter((one) => drills.includes(drillOf(one.kind))), random);
  const wrong = evenly(mixed.filter((one) => boxes[one.id] === 1));
  const fresh = evenly(mixed.filter((one) => boxes[one.id] === undefined));
  // Drawn with weights that halve from box to box (Efraimidis and Spirakis: the highest of u^(1/weight) come first).
  const known = mixed.filter((one) => boxes[one.id] > 1).map((one) => [random() ** 2 ** (boxes[one.id] - 2), one]).sort(([a], [b]) => b - a).map(([, one]) => one);
  const first = [...wrong.slice(0, WRONG_BEFORE), ...known.slice(0, KNOWN)];
  const rest = [...fresh, ...wrong.slice(WRONG_BEFORE), ...known.slice(KNOWN)];
  return shuffled([...first, ...rest].slice(0, size), random);
}

// One of each kind in turn, so that the kind with the most questions does not fill the round. Which kind comes first is by chance, as the list is.
function evenly(list) {
  const piles = [...new Set(list.map((one) => one.kind))].map((kind) => list.filter((one) => one.kind === kind));
  return Array.from({ length: Math.max(0, ...piles.map((pile) => pile.length)) }, (_, at) => piles.flatMap((pile) => pile.slice(at, at + 1))).flat();
}

/** What is asked, in one step or two: [{ask, right, options}], for `order` with the parts in a wrong order as options. */
export function steps(question, others, seed) {
  const random = numbers(seed);
  const { kind, text, right, idea } = question;
  const wrong = (list) => shuffled(list, random).slice(0, SHOWN - 1);
  const which = () => ({ ask: "idea", right: idea, options: shuffled([idea, ...wrong(others[idea])], random) });
  switch (kind) {
    case "words": return [{ ask: kind, right, options: [right, ...wrong(question.wrong)].sort((a, b) => text.indexOf(a) - text.indexOf(b)) }, which()];
    case "idea": return [which()];
    case "reply": return [{ ask: kind, right, options: text.filter((_, at) => at % 2 === 1) }, which()];
    case "missing": return [{ ask: kind, right, options: shuffled([right, ...question.wrong], random) }];
    case "fulfilment": return [{ ask: kind, right, options: ["fbm", "fba"] }];
    case "policy": return [{ ask: kind, right, options: ["yes", "no"] }];
    case "order": return [{ ask: kind, right, options: mixedUp(right, random) }];
    default: return [{ ask: kind, right, options: shuffled([right, ...wrong(question.wrong)], random) }];
  }
}

function mixedUp(parts, random) {
  const mixed = shuffled(parts, random);
  return mixed.every((part, at) => part === parts[at]) ? [...mixed.slice(1), mixed[0]] : mixed;
}
