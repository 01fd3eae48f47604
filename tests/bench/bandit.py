"""Does the bandit beat a router that learns nothing? A stream of questions with feedback on the chosen model only.

    python tests/bench/bandit.py DATA [--seeds N] [--vectors FILE]

DATA holds RouteLLM's `mmlu.jsonl`. In each seed half of the subjects, drawn by chance, train the static router and
the prior; the questions of the other half arrive in a random order. The reward is 1 for a right answer, minus the
price of a strong call: the mean gap of the subjects that trained, so that neither "always" nor "never" is the
answer. The static router calls the strong model where it expects a gap above the price. Both are compared over the
same questions, so the intervals are those of the difference (bootstrap over seeds).
"""

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging" / "router"))
import train
from figures import print_table

from app.core.bandit import Bandit, Prior, features_of

LENGTH, CHANGE, RECOVERY = 2000, 1000, 300
WEAK, STRONG = "weak", "strong"
AXES = 16
MOST = 10_000
"""Questions of a subject: all, so that the mix is MMLU's own."""


@dataclass(frozen=True)
class World:
    """One draw of subjects: rows in the order in which they arrive, and what the static router thinks of them."""

    rows: np.ndarray
    features: np.ndarray
    hope: np.ndarray
    """Expected reward of strong minus weak by the static router."""
    right: np.ndarray
    """Weak and strong, a row each."""
    price: float
    priors: dict[str, Prior]


def make(data: "Data", seed: int, in_blocks: bool) -> World:
    chance = np.random.default_rng(seed)
    names = chance.permutation(np.unique(data.table.groups))
    known = np.isin(data.table.groups, names[: len(names) // 2])
    found = train.fit(data.table.take(np.flatnonzero(known)), data.topic, 3000.0, 0.2)
    score = np.clip(found.score(data.table), -3, 3)
    centre = data.table.vectors[known].mean(0)
    _, scales, axes = np.linalg.svd(data.table.vectors[known] - centre, full_matrices=False)
    meanings = (data.table.vectors - centre) @ axes[:AXES].T / (scales[:AXES] / known.sum() ** 0.5)
    price = float(data.table.gap[known].mean())
    lines = [np.polyfit(score[known] / 3, right[known], 1)[::-1] for right in data.right]
    lines[0][0] += price  # what is saved
    lines = [line / (1 + price) for line in lines]
    priors = {
        arm: Prior((float(line[0]), float(line[1])), (200.0, 100.0, 400.0))
        for arm, line in zip((WEAK, STRONG), lines, strict=True)
    }
    features = np.array([features_of((s / 3 + 1) / 2, m) for s, m in zip(score, meanings, strict=True)])
    hope = (lines[1][0] - lines[0][0]) + (lines[1][1] - lines[0][1]) * score / 3
    rows = chance.permutation(np.flatnonzero(~known))
    if in_blocks:
        late = np.isin(data.table.groups[rows], names[-(len(names) // 4) :])
        rows = np.concatenate([rows[~late][:CHANGE], rows[late]])
    return World(rows, features, hope, data.right, price, priors)


@dataclass(frozen=True)
class Data:
    table: train.Table
    right: np.ndarray
    topic: np.ndarray


def play(
    world: World, rows: np.ndarray, noise: float, seed: int, bandit: Bandit
) -> tuple[np.ndarray, np.ndarray]:
    """Let the bandit live through the rows; return the true reward and whether it called, for each."""
    chance, rewards, calls = Random(seed), [], []
    for row in rows:
        choice = bandit.choose(world.features[row], (WEAK, STRONG), chance)
        is_strong = choice.arm == STRONG
        right = float(world.right[int(is_strong)][row])
        told = 1 - right if chance.random() < noise else right
        reward = (told + world.price * (not is_strong)) / (1 + world.price)  # the same order, from 0 to 1
        bandit.learn(choice.arm, world.features[row], reward, choice.propensity)
        rewards.append(right - world.price * is_strong)
        calls.append(is_strong)
    return np.array(rewards), np.array(calls)


def static(world: World, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    calls = world.hope[rows] > 0
    return world.right[calls.astype(int), rows] - world.price * calls, calls


def fresh(world: World) -> Bandit:
    return Bandit((WEAK, STRONG), world.features.shape[1], world.priors)


def interval(values: list[float]) -> str:
    found = np.array(values)
    draws = np.random.default_rng(0).choice(found, (2000, len(found))).mean(1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{found.mean():+.4f} ({low:+.4f} to {high:+.4f})"


def same_share(world: World, bandit: Bandit, rows: np.ndarray) -> float:
    """Return how much higher the bandit's APGR is: order against order, whatever share is called."""
    gap = (world.right[1] - world.right[0])[rows]
    learned = [
        bandit.expect(STRONG, world.features[r]) - bandit.expect(WEAK, world.features[r]) for r in rows
    ]
    return train.apgr(np.array(learned), gap) - train.apgr(world.hope[rows], gap)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--vectors", type=Path, help="an .npz file that keeps the embeddings between runs")
    options = parser.parse_args()
    data = _read(options.data, train.Cached(options.vectors))
    seeds = range(options.first, options.first + options.seeds)
    rows = [
        _steady(data, seeds, 0.0),
        _steady(data, seeds, 0.2),
        _changed(data, seeds),
        _steady(data, seeds, 0.0, mistake=0.2),
        _steady(data, seeds, 0.2, mistake=0.2),
    ]
    flat = [row for group in rows for row in group]
    print_table(
        f"The bandit minus the static router, {options.seeds} seeds", ("stream", "what", "difference"), flat
    )


def mistaken(world: World, much: float) -> World:
    """Believe that the weak model is so much better than it is, as where the person has another one."""
    weak = world.priors[WEAK]
    much /= 1 + world.price
    wrong = Prior((weak.weights[0] + much, *weak.weights[1:]), weak.counts)
    return replace(world, priors=world.priors | {WEAK: wrong}, hope=world.hope - much)


def _steady(data: Data, seeds: range, noise: float, mistake: float = 0.0) -> list[tuple[str, ...]]:
    whole, second, order, shares = [], [], [], []
    for seed in seeds:
        world = mistaken(make(data, seed, in_blocks=False), mistake)
        stream, rest = world.rows[:LENGTH], world.rows[LENGTH : LENGTH + 1000]
        bandit = fresh(world)
        mine, called = play(world, stream, noise, seed, bandit)
        theirs, asked = static(world, stream)
        whole.append(float(np.mean(mine - theirs)))
        after, _ = play(world, rest, 0.0, seed, bandit)
        second.append(float(np.mean(after - static(world, rest)[0])))
        order.append(same_share(world, bandit, rest))
        shares.append((called.mean(), asked.mean()))
    name = f"{LENGTH} questions" + (f", {noise:.0%} wrong feedback" if noise else "")
    name += f", prior wrong by {mistake}" if mistake else ""
    mean = np.mean(shares, axis=0)
    return [
        (name, "reward a question, while learning", interval(whole)),
        (name, "reward a question, up to 1000 after it", interval(second)),
        (name, "APGR on those (any share of calls)", interval(order)),
        (name, "share of strong calls: bandit, static", f"{mean[0]:.2f}, {mean[1]:.2f}"),
    ]


def _changed(data: Data, seeds: range) -> list[tuple[str, ...]]:
    early, late, beside = [], [], []
    for seed in seeds:
        world = make(data, seed, in_blocks=True)
        bandit = fresh(world)
        play(world, world.rows[:CHANGE], 0.0, seed, bandit)
        new = world.rows[CHANGE : 2 * CHANGE]
        mine, _ = play(world, new, 0.0, seed, bandit)
        theirs, _ = static(world, new)
        start, _ = play(world, new, 0.0, seed, fresh(world))
        early.append(float(np.mean((mine - theirs)[:RECOVERY])))
        late.append(float(np.mean((mine - theirs)[RECOVERY:])))
        beside.append(float(np.mean((mine - start)[RECOVERY:])))
    name = f"other subjects after {CHANGE}"
    return [
        (name, f"reward a question, the first {RECOVERY}", interval(early)),
        (name, f"reward a question, after {RECOVERY}", interval(late)),
        (name, "the same, against a bandit that knows only the new ones", interval(beside)),
    ]


def _read(folder: Path, embedder: train.Cached) -> Data:
    topic = embedder.embed(train.WORKED_OUT).mean(0) - embedder.embed(train.LOOKED_UP).mean(0)
    rows = train.subjects(folder, MOST)
    return Data(
        train.choices(rows, embedder),
        np.array([[float(row[side]) for row in rows] for side in ("weak", "strong")]),
        topic,
    )


if __name__ == "__main__":
    main()
