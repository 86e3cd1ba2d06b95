"""How the finder learns: linear support-vector machines over the signs of messages, small enough to send to a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from macros.finder.engine import counts
from macros.finder.lines import NONE, Line

SEEN = 2  # a sign that one line alone has says nothing of other messages
COST = 0.3  # of an error while learning: the smaller, the smoother
ROUNDS = 10
TOP = 15  # weights are whole numbers from -15 to 15
OTHER = 0.05  # by so much a message must look more like those that fit nothing


def learned(own: Sequence[Line], scenarios: Sequence[str], room: int) -> dict[str, Any]:
    """A model of one language from its lines: linear support-vector machines, one against the rest, over weighted signs (TF-IDF).

    Only `room` weights are sent, those that move the suggestions most often; with these alone it is learned once more, so that they make up
    for the rest.
    """
    counted = counts([line.text for line in own])
    seen = Counter(sign for signs in counted for sign in signs)
    kept = sorted(sign for sign, times in seen.items() if times >= SEEN)
    idf = np.array([round(2 * (np.log((1 + len(own)) / (1 + seen[sign])) + 1)) / 2 for sign in kept])
    labels = np.array([[*scenarios, NONE].index(line.scenario) for line in own])
    rows, classes = vectors(counted, kept, idf), len(scenarios) + 1
    weights, _ = separate(rows, labels, np.ones((len(kept), classes), dtype=bool))
    worth = np.abs(weights) * (idf * np.sqrt([seen[sign] for sign in kept]))[:, None]
    sent = worth >= np.sort(worth, axis=None)[-min(room, worth.size)]
    weights, bias = separate(rows, labels, sent)
    top = np.abs(weights).max()
    whole = np.rint(weights / top * TOP).astype(int)
    return {"scale": float(top / TOP), "top": TOP, "bias": [round(float(one), 4) for one in bias], "none": OTHER, **packed(kept, idf, whole)}


Row = tuple[np.ndarray, np.ndarray]


def vectors(counted: Sequence[Mapping[str, int]], kept: Sequence[str], idf: np.ndarray) -> list[Row]:
    """Each text as (places of its signs, their values), of length one."""
    place = {sign: at for at, sign in enumerate(kept)}
    out = []
    for signs in counted:
        pairs = [(place[sign], (1 + np.log(times)) * idf[place[sign]]) for sign, times in signs.items() if sign in place]
        at = np.array([pair[0] for pair in pairs], dtype=int)
        values = np.array([pair[1] for pair in pairs], dtype=float)
        out.append((at, values / (np.linalg.norm(values) or 1.0)))
    return out


def separate(rows: Sequence[Row], labels: np.ndarray, free: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (signs, classes) and bias (classes,) of support-vector machines with squared hinge loss, one class against the rest.

    `free` (signs, classes) says which weights may differ from zero. Dual coordinate descent (Hsieh et al., A dual coordinate descent method for
    large-scale linear SVM, 2008), all classes in one step; the bias is a sign that every text has. The order is mixed by a fixed seed, so the
    same lines give the same weights.
    """
    width, classes = free.shape
    free = np.vstack([free, np.ones((1, classes), dtype=bool)])
    weights = np.zeros((width + 1, classes))
    alpha = np.zeros((len(rows), classes))
    sides = np.where(labels[:, None] == np.arange(classes)[None, :], 1.0, -1.0)
    rows = [(np.append(at, width), np.append(values, 1.0)) for at, values in rows]
    squares = [values**2 @ free[at] + 1 / (2 * COST) for at, values in rows]
    mixed = np.random.Generator(np.random.PCG64(20261125))
    for _ in range(ROUNDS):
        for i in mixed.permutation(len(rows)):
            at, values = rows[i]
            slope = sides[i] * (values @ weights[at]) - 1 + alpha[i] / (2 * COST)
            step = np.maximum(alpha[i] - slope / squares[i], 0) - alpha[i]
            alpha[i] += step
            weights[at] += np.outer(values, step * sides[i]) * free[at]
    return weights[:-1], weights[-1]


def packed(kept: Sequence[str], idf: np.ndarray, whole: np.ndarray) -> dict[str, str]:
    """Signs and weights as texts; the reverse is `unpacked` in finder.js. Signs without a weight are left out.

    `signs`: sorted, parted by ~, each as [letters kept of the one before][rest]; `idf`: a character a sign; `places`: for each sign a
    character for each scenario that it speaks for or against; `weights`: as many characters. Four texts press smaller than one of mixed kinds.
    """
    used = [at for at in range(len(kept)) if whole[at].any()]
    signs, last = [], ""
    for sign in (kept[at] for at in used):
        same = next((i for i, (one, two) in enumerate(zip(sign, last, strict=False)) if one != two), min(len(sign), len(last)))
        signs.append(_char(same) + sign[same:])
        last = sign
    places = [np.nonzero(whole[at])[0] for at in used]
    return {
        "signs": "~".join(signs),
        "idf": "".join(_char(idf[at] * 2) for at in used),
        "places": "~".join("".join(map(_char, row)) for row in places),
        "weights": "".join(_char(whole[at, place] + TOP) for at, row in zip(used, places, strict=True) for place in row),
    }


def _char(number: float) -> str:
    """A small number as a character that JSON need not escape more than once."""
    return chr(35 + int(number))
