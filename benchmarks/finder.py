"""Which method finds the scenario best: `make bench-finder` prints the README's table.

Every method learns from the same lines (templates/_finder, buyers-say.yml, and where it says so the map's own words) and is tried on the same
messages by other authors, tests/finder/*.development.jsonl. Sizes are what a browser would have to fetch, gzip. Rivals run in an environment
of their own outside the repository.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT
from benchmarks.outside import pip
from macros.catalog import load
from macros.finder.engine import find
from macros.finder.index import prepared
from macros.finder.lines import NONE, lines

RIVALS = ["scikit-learn==1.9.1", "rapidfuzz==3.14.5"]
SCRIPT = """
import json, sys, numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC
job = json.load(open(sys.argv[1], encoding="utf-8"))
X, y, texts, labels, cjk = job["texts"], np.array(job["labels"]), job["messages"], job["right"], job["cjk"]
classes = sorted(set(y))
def shares(scores, names):
    names = [str(one) for one in names]
    first = three = 0
    for row, right in zip(scores, labels):
        shown = [names[at] for at in np.argsort(-row, kind="stable") if names[at] != "none"][:3]
        first += shown[0] in right
        three += any(one in right for one in shown)
    return [three / len(labels), first / len(labels)]
out = {}
words = dict(analyzer="char", ngram_range=(1, 3)) if cjk else dict(ngram_range=(1, 2))
chars = dict(analyzer="char_wb", ngram_range=(3, 5))
def tried(name, how, model):
    vector = TfidfVectorizer(sublinear_tf=True, **how)
    model.fit(vector.fit_transform(X), y)
    score = model.decision_function if hasattr(model, "decision_function") else model.predict_log_proba
    scores = score(vector.transform(texts))
    out[name] = shares(scores, model.classes_)
map_vector = TfidfVectorizer(**(words if cjk else {}))
known = map_vector.fit_transform(job["map"]["texts"])
out["TF-IDF on the map's words"] = shares((map_vector.transform(texts) @ known.T).toarray(), job["map"]["labels"])
near = TfidfVectorizer(sublinear_tf=True, **words)
known = near.fit_transform(X)
likeness = (near.transform(texts) @ known.T).toarray()
out["nearest line, TF-IDF"] = shares(np.stack([likeness[:, y == one].max(1) for one in classes], 1), classes)
from rapidfuzz import process
from sklearn.feature_extraction.text import CountVectorizer
def bm25(queries, name, k=1.5, b=0.75):
    counter = CountVectorizer(**words)
    counted = counter.fit_transform([" ".join(X[at] for at in np.nonzero(y == one)[0]) for one in classes]).astype(float)
    length = np.asarray(counted.sum(1)).ravel()
    holding = np.asarray((counted > 0).sum(0)).ravel()
    idf = np.log(1 + (len(classes) - holding + 0.5) / (holding + 0.5))
    wide = counted.tocoo()
    wide.data = wide.data * (k + 1) / (wide.data + k * (1 - b + b * length[wide.row] / length.mean())) * idf[wide.col]
    out[name] = shares((counter.transform(queries).astype(bool).astype(float) @ wide.tocsr().T).toarray(), classes)
    return counter
counter = bm25(texts, "BM25, a scenario's lines as one text")
if not cjk:
    known_words = [word for word in counter.vocabulary_ if " " not in word]
    single = CountVectorizer().build_analyzer()
    mend = {}
    for word in {word for text in texts for word in single(text)}:
        best = None if word in counter.vocabulary_ or len(word) < 5 else process.extractOne(word, known_words, score_cutoff=86)
        mend[word] = best[0] if best else word
    bm25([" ".join(mend[word] for word in single(text)) for text in texts], "BM25 with fuzzy terms")
tried("naive Bayes (complement), words", words, ComplementNB(alpha=0.3))
tried("linear SVM, words", words, LinearSVC(C=0.3))
tried("linear SVM, letters", chars if not cjk else words, LinearSVC(C=0.3))
print(json.dumps(out))
"""


def jobs() -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    catalog = load(ROOT)
    out = {}
    for lang, said in lines(catalog).items():
        rows = [json.loads(row) for row in (ROOT / f"tests/finder/{lang}.development.jsonl").read_text(encoding="utf-8").splitlines()]
        fitting = [row for row in rows if row["labels"] != [NONE]]
        words = "zh" if lang == "zh" else "en"
        named = {name: f"{getattr(one.title, words)} {getattr(one.when, words)}" for name, one in catalog.scenarios.items()}
        job = {
            "texts": [line.text for line in said],
            "labels": [line.scenario for line in said],
            "messages": [row["text"] for row in fitting],
            "right": [row["labels"] for row in fitting],
            "map": {"texts": list(named.values()), "labels": list(named)},
            "cjk": lang in ("zh", "ja"),
        }
        out[lang] = job, fitting
    return out


def packed_size(text: str) -> float:
    """kB, gzip."""
    return len(gzip.compress(text.encode(), 9)) / 1000


def ours(index: str, rows: list[dict[str, Any]]) -> list[float]:
    found = find(index, [row["text"] for row in rows])
    shown = [[one["scenario"] for one in got["scenarios"]] for got in found]
    three = sum(any(name in row["labels"] for name in names) for row, names in zip(rows, shown, strict=True))
    return [three / len(rows), sum(names[:1] != [] and names[0] in row["labels"] for row, names in zip(rows, shown, strict=True)) / len(rows)]


def main() -> None:
    table: dict[str, dict[str, list[float]]] = {}
    work = jobs()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        problem = pip(folder / "rivals", *RIVALS)
        for lang, (job, _) in work.items():
            if problem:
                break
            (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
            (folder / "rivals.py").write_text(SCRIPT, encoding="utf-8")
            command = [str(folder / "rivals/bin/python"), str(folder / "rivals.py"), str(folder / "job.json")]
            done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=True)
            for name, figures in json.loads(done.stdout).items():
                table.setdefault(name, {})[lang] = figures
    index = prepared(load(ROOT))
    for lang, (_, rows) in work.items():
        table.setdefault("**this handbook**", {})[lang] = ours(index, rows)
    print("| among three / first | " + " | ".join(work) + " |\n|---|" + "---:|" * len(work))
    for name, row in table.items():
        print(f"| {name} | " + " | ".join("{:.2f} / {:.2f}".format(*row[lang]) if lang in row else "" for lang in work) + " |")
    if problem:
        print(f"\nThe other methods could not be installed: {problem}", file=sys.stderr)
    models = json.loads(index)["models"]
    pressed = [f"{lang} {packed_size(json.dumps(model, ensure_ascii=False)):.0f}" for lang, model in models.items()]
    print(f"\nThe index: {packed_size(index):.0f} kB gzip for all languages ({', '.join(pressed)}).")
    texts = [row["text"] for _, rows in work.values() for row in rows]
    find(index, texts[:50])
    start = time.perf_counter()
    find(index, texts)
    print(f"The command line: {len(texts) / (time.perf_counter() - start):.0f} messages a second, once loaded.")


if __name__ == "__main__":
    main()
