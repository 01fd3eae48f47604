"""Learn the router's weights from questions that a weak and a strong model have answered.

    nice python packaging/router/train.py DATA [--check]

DATA holds RouteLLM's `mmlu.jsonl` and `gsm8k_drafts.jsonl` (Apache-2.0). What is learned is the gap: strong
right minus weak right. `--check` writes nothing and says how well it does on subjects and questions that it
did not learn from; the strength of the penalties is chosen inside each fold.
"""

import argparse
import hashlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from app.core import verify
from app.core.difficulty import WEIGHTS, excerpt
from app.core.difficulty_features import draft_features, question_features
from app.core.embeddings import MiniLm

Array = NDArray[np.float64]
Record = dict[str, str]
FAULTY = "high_school_mathematics"
"""The strong model's answers to it were misread when the data were made."""
MOST = 160
"""Questions of one subject: or two subjects would outweigh the others."""
PENALTIES = ((300.0, 0.2), (1000.0, 0.2), (3000.0, 0.2), (1000.0, 0.4))
CHOICE = (
    "negations", "option length", "option spread", "statements", "numeric options", "formulas", "open end",
    "long words",
)  # fmt: skip
PROBLEM = (
    "length", "words", "sentences", "numbers", "decimals", "large", "relations", "conditions", "names",
    "variety", "long words", "negations", "formulas",
)  # fmt: skip
DRAFT = tuple(draft_features("", "", ()))
AXES = 16
WORKED_OUT = (
    "Solve the equation for x.",
    "Prove a theorem about groups, rings and fields.",
    "Find the derivative, the integral or the limit of a function.",
    "Compute a probability or the standard deviation of a sample.",
    "A physics problem about force, velocity and energy.",
    "Find the current and the voltage in an electric circuit.",
    "Balance a chemical reaction and compute its energy.",
    "What does this program print? Analyze the algorithm.",
    "Train a neural network and estimate the error of a classifier.",
    "Which conclusion follows from the premises in symbolic logic?",
    "Estimate a regression model of a time series.",
    "Calculate the taxable income and the depreciation of an asset.",
    "Does the defendant have a valid defense in this lawsuit?",
    "A patient comes with symptoms; choose the next step of treatment.",
)
LOOKED_UP = (
    "What is the capital of the country?",
    "Who won the election and became president?",
    "In which year did the war begin?",
    "Name an actor, a film, a song or a sport.",
    "What does this word mean?",
    "How do people learn, remember and feel?",
    "How do society, family and class shape people?",
    "How do firms advertise and sell their products?",
    "What do believers of this religion worship?",
    "Which foods and vitamins are healthy?",
    "What did this philosopher write about?",
    "How do managers lead an organization?",
    "Which organ of the body does this?",
    "Relationships, sex and growing old.",
)
"""Topics in which a small model knows nearly what a large one knows; above: those in which it must think."""


class Cached:
    """An embedder that keeps its vectors in a file between runs: all of them take some minutes."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._inner = MiniLm()
        self._known: dict[str, NDArray[np.float32]] = {}
        if path and path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    def embed(self, texts: Sequence[str]) -> Array:
        """Return a row for each text."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        self._known |= zip(new, self._inner.embed(list(new.values())), strict=True)
        if self._path and new:
            np.savez(self._path, keys=list(self._known), rows=np.array(list(self._known.values())))
        return np.array([self._known[key] for key in keys], np.float64)


@dataclass(frozen=True)
class Table:
    """Questions as numbers."""

    counted: Array
    vectors: Array
    gap: Array
    groups: NDArray[np.str_]

    def take(self, rows: NDArray[np.intp]) -> "Table":
        return Table(self.counted[rows], self.vectors[rows], self.gap[rows], self.groups[rows])


@dataclass(frozen=True)
class Fit:
    """A ridge regression whose embedding block is held tighter than what is counted."""

    mean: Array
    deviation: Array
    weights: Array
    meaning: Array
    middle: float

    def score(self, table: Table) -> Array:
        counted = np.clip((table.counted - self.mean) / self.deviation, -3, 3) @ self.weights
        return counted + table.vectors @ self.meaning - self.middle


def fit(table: Table, topic: Array, penalty: float, share: float) -> Fit:
    """Regress the gap; the topic is one feature, the rest of the embedding is shrunk to `share`."""
    mean, deviation = table.counted.mean(0), np.maximum(table.counted.std(0), 0.05)
    counted = np.clip((table.counted - mean) / deviation, -3, 3)
    centre = table.vectors.mean(0)
    away = table.vectors - centre
    along = away @ topic
    scale, wide = along.std() + 1e-9, away.std() + 1e-9
    columns = np.hstack([counted, (along / scale)[:, None], away / wide * share])
    gap = table.gap - table.gap.mean()
    found = np.linalg.solve(columns.T @ columns + penalty * np.eye(columns.shape[1]), columns.T @ gap)
    many = counted.shape[1]
    meaning = topic * found[many] / scale + found[many + 1 :] * share / wide
    raw = Fit(mean, deviation, found[:many], meaning, float(centre @ meaning))
    spread = raw.score(table).std() + 1e-9
    return Fit(mean, deviation, raw.weights / spread, raw.meaning / spread, raw.middle / spread)


def apgr(score: Array, gap: Array) -> float:
    """Return the share of the gap that is recovered on average when the hardest go to the strong model."""
    ordered = gap[np.argsort(-score, kind="stable")]
    gained = np.cumsum(ordered)
    return float((gained - ordered / 2).sum() / gap.sum() / len(gap))


def folds(
    groups: NDArray[np.str_], count: int, seed: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield rows to learn from and rows of groups that are kept back."""
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    for start in range(count):
        kept = np.isin(groups, names[start::count])
        yield np.flatnonzero(~kept), np.flatnonzero(kept)


def chosen(table: Table, topic: Array, seed: int) -> tuple[float, float]:
    """Choose the penalties by folds of their own."""

    def quality(penalties: tuple[float, float]) -> float:
        return float(np.mean([
            apgr(fit(table.take(learn), topic, *penalties).score(table.take(kept)), table.gap[kept])
            for learn, kept in folds(table.groups, 4, seed)
        ]))  # fmt: skip

    return max(PENALTIES, key=quality)


def check(name: str, table: Table, topic: Array, judged: Callable[[str], bool] = lambda _: True) -> None:
    """Print how well groups that were kept back are ordered, with a bootstrap interval over questions."""
    values, draws = [], []
    for seed in range(5):
        for learn, kept in folds(table.groups, 3, seed):
            rows = np.array([row for row in kept if judged(str(table.groups[row]))])
            inside = table.take(learn)
            score = fit(inside, topic, *chosen(inside, topic, seed)).score(table.take(rows))
            gap = table.gap[rows]
            values.append(apgr(score, gap))
            some = np.random.default_rng(seed).integers(0, len(gap), (100, len(gap)))
            draws.append([apgr(score[pick], gap[pick]) for pick in some])
    low, high = np.percentile(np.mean(draws, axis=0), [2.5, 97.5])
    one = np.percentile(np.concatenate(draws), [2.5, 97.5])
    print(
        f"{name}: APGR {np.mean(values):.3f} on what was kept back (mean of folds {low:.3f} to {high:.3f}; "
        f"one fold of {len(rows)} {one[0]:.3f} to {one[1]:.3f})",
        flush=True,
    )


def exported(found: Fit, names: Sequence[str]) -> dict[str, object]:
    columns = zip(names, found.mean, found.deviation, found.weights, strict=True)
    return {
        "counted": {name: [round(float(each), 4) for each in numbers] for name, *numbers in columns},
        "meaning": [round(float(each), 3) for each in found.meaning],
        "middle": round(found.middle, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--vectors", type=Path, help="an .npz file that keeps the embeddings between runs")
    options = parser.parse_args()
    embedder = Cached(options.vectors)
    topic = embedder.embed(WORKED_OUT).mean(0) - embedder.embed(LOOKED_UP).mean(0)
    choice = choices(subjects(options.data), embedder)
    problem, drafted = _sums(options.data, embedder)
    if options.check:
        check("choice, with moral_scenarios", choice, topic)
        check("choice, without", choice, topic, lambda group: group != "moral_scenarios")
        check(
            "choice, without it and professional_law",
            choice,
            topic,
            lambda group: group not in {"moral_scenarios", "professional_law"},
        )
        check("problem, no draft", problem, topic)
        check("problem, with draft", drafted, topic)
        return
    heads = {
        "choice": exported(fit(choice, topic, *chosen(choice, topic, 0)), CHOICE),
        "problem": exported(fit(problem, topic, *chosen(problem, topic, 0)), PROBLEM),
        "draft": exported(fit(drafted, topic, *chosen(drafted, topic, 0)), PROBLEM + DRAFT),
        "topic": _topic(topic, choice, problem),
    }
    _write(WEIGHTS, {"heads": heads})
    _write(WEIGHTS.with_name("meanings.json"), _meanings(choice, problem))


def _write(path: Path, content: dict[str, object]) -> None:
    made = "python packaging/router/train.py DATA, from RouteLLM's answers (Apache-2.0)"
    text = json.dumps({"made": made} | content, indent=0, separators=(",", ":"))
    path.write_text(text.replace(",\n", ",").replace("[\n", "[").replace("\n]", "]") + "\n", encoding="utf-8")


def _topic(topic: Array, *tables: Table) -> dict[str, object]:
    along = np.concatenate([table.vectors @ topic for table in tables])
    meaning, middle = topic / along.std(), float(along.mean() / along.std())
    return {"counted": {}, "meaning": [round(float(each), 3) for each in meaning], "middle": round(middle, 4)}


def subjects(folder: Path, most: int = MOST) -> list[Record]:
    """Return questions with options: so many of each subject, drawn by chance, without the faulty one."""
    groups: dict[str, list[Record]] = {}
    for row in _read(folder / "mmlu.jsonl"):
        groups.setdefault(row["id"].partition(":")[0], []).append(row)
    groups.pop(FAULTY, None)
    for group in groups.values():
        random.Random(1).shuffle(group)
    return [row for group in groups.values() for row in group[:most]]


def choices(rows: Sequence[Record], embedder: Cached) -> Table:
    """Lay questions with options out as numbers, grouped by subject."""
    return Table(
        _columns([question_features(row["text"]) for row in rows], CHOICE),
        embedder.embed([excerpt(row["text"]) for row in rows]),
        _gaps(rows),
        np.array([row["id"].partition(":")[0] for row in rows]),
    )


def _sums(folder: Path, embedder: Cached) -> tuple[Table, Table]:
    """Lay sums out without and with their drafts; each is a group of its own."""
    rows = _read(folder / "gsm8k_drafts.jsonl")
    vectors = embedder.embed([excerpt(row["text"]) for row in rows])
    counted = [question_features(row["text"]) for row in rows]
    both = [
        each | draft_features(row["text"], row["draft"], verify.check(row["text"], row["draft"]))
        for each, row in zip(counted, rows, strict=True)
    ]
    names = np.array([row["id"] for row in rows])
    return (
        Table(_columns(counted, PROBLEM), vectors, _gaps(rows), names),
        Table(_columns(both, (*PROBLEM, *DRAFT)), vectors, _gaps(rows), names),
    )


def _meanings(*tables: Table) -> dict[str, object]:
    """Return the directions in which questions differ most, each scaled to a deviation of 1."""
    vectors = np.vstack([table.vectors for table in tables])
    centre = vectors.mean(0)
    _, scales, axes = np.linalg.svd(vectors - centre, full_matrices=False)
    unit = axes[:AXES] / (scales[:AXES] / len(vectors) ** 0.5)[:, None]
    return {
        "centre": [round(float(each), 4) for each in centre],
        "axes": [[round(float(each), 3) for each in row] for row in unit],
    }


def _read(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _columns(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Array:
    return np.array([[row[name] for name in names] for row in rows])


def _gaps(rows: Sequence[Record]) -> Array:
    return np.array([float(row["strong"]) - float(row["weak"]) for row in rows])


if __name__ == "__main__":
    main()
