"""Learns which way of working together suits which question, from what the person does anyway.

What was meant to be good in general is a prior; a contextual bandit learns by how much this person finds it
better or worse. It never decides what may leave: policy says which ways are allowed at all.
"""

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.feedback import REWARDS, Feedback

_NAME = "ways"


@dataclass(frozen=True, slots=True)
class Decision:
    """Which way was chosen for a question, as the learner needs it again once the reward is known."""

    arm: str
    features: tuple[float, ...]
    """What was known of the question, as numbers from which no word can be read."""
    propensity: float = 1.0
    """How likely this way was to be chosen."""
    explored: bool = False
    """It was tried in order to learn, not because it seemed best."""


class Bandit(Protocol):
    """Estimates rewards from what it saw."""

    def estimate(self, arm: str, features: Sequence[float]) -> float:
        """Return by how much a way did better than was hoped; 0 where nothing is known."""
        ...

    def learn(self, arm: str, features: Sequence[float], reward: float, propensity: float) -> None:
        """Take the reward of one choice, 0 to 1."""
        ...

    def state(self) -> bytes:
        """Return all that it knows."""
        ...


class ChoiceStore(Protocol):
    """Where choices and what was learned are kept; every method may raise `StoreError`."""

    def put(self, answer: int, decision: Decision) -> None:
        """Keep how an answer was chosen."""
        ...

    def reward(self, answer: int, reward: float) -> tuple[Decision, float | None] | None:
        """Note a reward; return the decision with the reward that it had, or None where there is none."""
        ...

    def state(self, name: str) -> bytes:
        """Return what a learner knew; empty where it knew nothing."""
        ...

    def keep(self, name: str, state: bytes) -> None:
        """Keep what a learner knows."""
        ...

    def forget(self, name: str) -> None:
        """Destroy every choice and what a learner knew."""
        ...


EXPLORE = 0.05
"""Share of questions at which another way is tried, so that a wrong belief can be found out."""


class Learner:
    """Chooses ways, and remembers how that went; any thread may call it.

    Args:
        make: makes the bandit, with what it learned before (empty at first).
        learns: the person lets it learn; otherwise it chooses as it was made to.
    """

    def __init__(
        self,
        store: ChoiceStore,
        make: Callable[[bytes], Bandit],
        learns: Callable[[], bool],
        chance: random.Random | None = None,
    ) -> None:
        self._store = store
        self._make = make
        self._learns = learns
        self._chance = chance or random.Random()
        self._lock = threading.Lock()

    def choose(self, features: Sequence[float], hopes: Mapping[str, float]) -> Decision:
        """Choose one of the ways that are hoped for.

        Args:
            hopes: what each way is expected to be worth in general, about 0 to 1.
        """
        with self._lock:
            worth = dict(hopes)
            if self._learns():
                bandit = self._bandit()
                worth = {arm: hope + bandit.estimate(arm, features) for arm, hope in hopes.items()}
            best = max(worth, key=worth.__getitem__)
            others = [arm for arm in worth if arm != best]
            if others and self._learns() and self._chance.random() < EXPLORE:
                arm = self._chance.choice(others)
                return Decision(arm, tuple(features), EXPLORE / len(others), explored=True)
            return Decision(best, tuple(features), 1 - EXPLORE if others else 1.0)

    def note(self, answer: int, decision: Decision) -> None:
        """Remember how an answer was chosen until it is known how it went."""
        self._store.put(answer, decision)

    def judged(self, answer: int, feedback: Feedback) -> None:
        """Learn from what the person made of an answer; that he went on says little beside anything else."""
        with self._lock:
            found = self._store.reward(answer, REWARDS[feedback])
            if found is None:
                return
            decision, before = found
            if before is not None and feedback is Feedback.WENT_ON:
                self._store.reward(answer, before)
                return
            bandit = self._bandit()
            bandit.learn(decision.arm, decision.features, REWARDS[feedback], decision.propensity)
            self._store.keep(_NAME, bandit.state())

    def forget(self) -> None:
        """Begin anew: nothing of what was learned stays; raises `StoreError`."""
        with self._lock:
            self._store.forget(_NAME)

    def _bandit(self) -> Bandit:
        """Make it anew each time: another process may have learned, or everything was deleted."""
        return self._make(self._store.state(_NAME))
