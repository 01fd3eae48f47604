"""A contextual bandit: learns from the rewards of what was chosen which choice suits which situation.

For each arm it keeps a Bayesian linear regression of the reward (LinUCB's estimate, Li et al. 2010). A
prior counts as so many rewards seen before; what was learned fades towards it. It tries what is uncertain in
at most one of twenty choices, and only where the arm's upper confidence bound is above the best estimate.
"""

import json
import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.resources import RESOURCES

Row = NDArray[np.float64]

EXPLORE: Final = 0.05
"""The largest share of choices that are made to learn."""
_NOISE: Final = 0.45
"""Standard deviation of one reward about its expectation: a little under that of a coin."""
_CAUTION: Final = 2.0
"""Standard deviations that a lesson must exceed to count, by what exceeds them: chance is no lesson."""
_WIDTH: Final = 1.0
"""Standard deviations of doubt that are added to an estimate before it counts as hopeless."""
_HEAD: Final = struct.Struct("<4sHH")
_MARK: Final = b"CB01"
_NAME: Final = 64
"""Bytes of an arm's name in a state."""
MEANINGS: Final = RESOURCES / "router" / "meanings.json"


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before the first reward."""

    weights: tuple[float, ...] = (0.6,)
    """The expected reward as weights of the first features; those that are not named count nothing."""
    counts: tuple[float, ...] = (20.0,)
    """How many rewards that is worth, for each feature; the last one holds for all further ones."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An arm with what has to be kept until its reward is known."""

    arm: str
    propensity: float
    """How likely this arm was to be chosen."""
    estimates: Mapping[str, float] = field(default_factory=dict)
    """The expected reward of each allowed arm."""


class _Arm:
    """One arm's regression: precision of the weights, and precision times weights."""

    def __init__(self, prior: Prior, dimensions: int) -> None:
        counts = [*prior.counts, *[prior.counts[-1]] * dimensions][:dimensions]
        self.mean = np.array([*prior.weights, *[0.0] * dimensions][:dimensions])
        self.first = np.diag(np.array(counts))
        self.precision = self.first.copy()
        self.moment = self.first @ self.mean
        self.weights = self.mean.copy()

    def learn(self, row: Row, reward: float, weight: float, keep: float) -> None:
        start = self.first @ self.mean
        self.precision = self.first + keep * (self.precision - self.first) + weight * np.outer(row, row)
        self.moment = start + keep * (self.moment - start) + weight * reward * row
        self.settle()

    def settle(self) -> None:
        self.weights = np.linalg.solve(self.precision, self.moment)

    def doubt(self, row: Row) -> float:
        return math.sqrt(max(0.0, float(row @ np.linalg.solve(self.precision, row))))


class Bandit:
    """Chooses among named arms and learns from rewards of 0 to 1; not for several threads at once.

    Args:
        arms: names of at most 64 bytes; others begin with the common prior when they are first met.
        dimensions: numbers in a row of features; the first one is a constant 1.
        priors: of arms about which something is believed; "" is the common one.
        half_life: rewards of an arm after which what it taught counts half.
    """

    def __init__(
        self,
        arms: Sequence[str],
        dimensions: int,
        priors: Mapping[str, Prior] | None = None,
        half_life: float = 1500.0,
    ) -> None:
        self._dimensions = dimensions
        self._priors = dict(priors or {})
        self._keep = 0.5 ** (1 / half_life)
        self._arms: dict[str, _Arm] = {}
        for arm in arms:
            self._arm(arm)

    def choose(self, features: Sequence[float], allowed: Sequence[str], chance: Random) -> Choice:
        """Choose one of the allowed arms; policy has said which these are.

        Raises:
            ValueError: none is allowed, or the features are not those that were announced.
        """
        if not allowed:
            raise ValueError("no arm is allowed")
        row = self._row(features)
        estimates = {arm: self.expect(arm, features) for arm in allowed}
        best = max(allowed, key=estimates.__getitem__)
        hopes = {
            arm: estimates[arm] + _WIDTH * _NOISE * self._arm(arm).doubt(row)
            for arm in allowed
            if arm != best
        }
        rival = max(hopes, key=hopes.__getitem__, default=best)
        if rival == best or hopes[rival] <= estimates[best]:
            return Choice(best, 1.0, estimates)
        if chance.random() < EXPLORE:
            return Choice(rival, EXPLORE, estimates)
        return Choice(best, 1 - EXPLORE, estimates)

    def expect(self, arm: str, features: Sequence[float]) -> float:
        """Return the expected reward of an arm: its prior, and what was learned beyond doubt."""
        return float(self._row(features) @ self._arm(arm).mean) + self.estimate(arm, features)

    def estimate(self, arm: str, features: Sequence[float]) -> float:
        """Return by how much an arm does better here than its prior says; 0 within the doubt."""
        known, row = self._arm(arm), self._row(features)
        learned = float(row @ (known.weights - known.mean))
        sure = max(0.0, abs(learned) - _CAUTION * _NOISE * known.doubt(row))
        return math.copysign(sure, learned)

    def learn(self, arm: str, features: Sequence[float], reward: float, propensity: float = 1.0) -> None:
        """Take the reward of one choice; what was tried against the odds counts double.

        Raises:
            ValueError: a number is not one, or the features are not those that were announced.
        """
        if not (math.isfinite(reward) and 0 < propensity <= 1):
            raise ValueError("a reward or its propensity is no number")
        weight = 2.0 if propensity <= EXPLORE else 1.0
        self._arm(arm).learn(self._row(features), min(1.0, max(0.0, reward)), weight, self._keep)

    def state(self) -> bytes:
        """Return all that was learned; priors are not part of it."""
        parts = [_HEAD.pack(_MARK, len(self._arms), self._dimensions)]
        for name, arm in self._arms.items():
            parts.append(name.encode().ljust(_NAME, b"\0"))
            parts.append(
                np.hstack([arm.precision - arm.first, (arm.moment - arm.first @ arm.mean)[:, None]])
                .astype("<f8")
                .tobytes()
            )
        return b"".join(parts)

    def restore(self, state: bytes) -> None:
        """Take what `state` returned, as learned on today's priors; an error changes nothing.

        Raises:
            ValueError: it is of another form, or of other features.
        """
        if len(state) < _HEAD.size:
            raise ValueError("this is no state of a bandit")
        mark, count, dimensions = _HEAD.unpack_from(state)
        size = _NAME + 8 * dimensions * (dimensions + 1)
        if mark != _MARK or dimensions != self._dimensions or len(state) != _HEAD.size + count * size:
            raise ValueError("this is the state of another bandit")
        found = {}
        for start in range(_HEAD.size, len(state), size):
            name = state[start : start + _NAME].rstrip(b"\0").decode()
            table = np.frombuffer(state[start + _NAME : start + size], "<f8").reshape(
                dimensions, dimensions + 1
            )
            if not np.isfinite(table).all():
                raise ValueError("this state holds what is no number")
            arm = _Arm(self._prior(name), dimensions)
            arm.precision = arm.precision + table[:, :-1]
            arm.moment = arm.moment + table[:, -1]
            arm.settle()
            found[name] = arm
        self._arms |= found

    def _arm(self, name: str) -> _Arm:
        if name not in self._arms:
            if len(name.encode()) > _NAME:
                raise ValueError("an arm's name is too long")
            self._arms[name] = _Arm(self._prior(name), self._dimensions)
        return self._arms[name]

    def _prior(self, name: str) -> Prior:
        return self._priors.get(name) or self._priors.get("") or Prior()

    def _row(self, features: Sequence[float]) -> Row:
        row = np.asarray(features, np.float64)
        if row.shape != (self._dimensions,) or not np.isfinite(row).all():
            raise ValueError("these are not the features that were announced")
        return row


class Meanings:
    """The sixteen directions in which questions differ most, read when they are first needed."""

    def __init__(self, path: Path = MEANINGS) -> None:
        self._path = path

    def of(self, vector: Sequence[float] | None) -> tuple[float, ...]:
        """Return where an embedding lies in them, about -2 to 2 each; zeros where there is none."""
        centre, axes = self._read
        if vector is None:
            return (0.0,) * len(axes)
        return tuple(float(each) for each in axes @ (np.asarray(vector, np.float64) - centre))

    @cached_property
    def _read(self) -> tuple[Row, Row]:
        kept = json.loads(self._path.read_text(encoding="utf-8"))
        return np.array(kept["centre"]), np.array(kept["axes"])


def features_of(
    difficulty: float,
    meanings: Sequence[float] = (),
    signals: Sequence[float] = (),
) -> tuple[float, ...]:
    """Lay the features out: a constant, the difficulty (0 to 1) as -1 to 1, signals, meanings."""
    return (1.0, 2 * difficulty - 1, *signals, *meanings)
