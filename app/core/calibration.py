"""Learn how sure a local model usually is of itself, from a few questions whose answers are known.

The level of a model's log-probabilities is its own (arXiv 2502.04428), so it is measured once for each
model, in idle time: a question of the person ends a measurement at once, and it goes on later.
"""

import json
import math
import re
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from app.core.cancel import Cancel
from app.core.draft import UNKNOWN, Levels, Written, ease
from app.core.errors import Cancelled, EngineError, StoreError
from app.core.events import Notice
from app.core.types import Chunk, Generation, Message, Prompt, Role
from app.resources import RESOURCES

QUESTIONS: Final = RESOURCES / "router" / "calibration.jsonl"
_SYSTEM: Final = "You are a helpful AI assistant."
_LONGEST: Final = 220
"""Tokens; an answer that needs more is wrong for this purpose."""
_ENOUGH: Final = 12
"""Measured questions from which on the levels are worth more than the usual ones."""
_PRIOR: Final = 6.0
"""So many imagined questions with the usual levels stand beside the measured ones."""
_FORM: Final = struct.Struct("<5d")


class Murmurer(Protocol):
    """A local model that does work which nobody waits for."""

    @property
    def name(self) -> str: ...

    def murmur(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """As `Engine.stream`, but raises `Cancelled` as soon as a question comes."""
        ...


class LevelStore(Protocol):
    """Where what was measured is kept; every method may raise `StoreError`."""

    def state(self, name: str) -> bytes:
        """Return what was kept under a name; empty where nothing was."""
        ...

    def keep(self, name: str, state: bytes) -> None:
        """Keep something under a name."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers that are right."""

    text: str
    answers: tuple[str, ...]

    def is_right(self, said: str) -> bool:
        """Say whether an answer holds one of them; of numbers the last one counts."""
        if all(re.fullmatch(r"[\d.]+", each) for each in self.answers):
            numbers = re.findall(r"\d+(?:\.\d+)?", said.replace(",", ""))
            return bool(numbers) and numbers[-1].rstrip(".") in self.answers
        return any(
            re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said, re.IGNORECASE) for each in self.answers
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """How sure the model was of an answer, and whether it was right."""

    mean: float
    right: bool
    difficulty: float = 0.5
    """Of the question, by rules alone; easy ones say less about the model."""


class Calibration:
    """Measures models and remembers their levels; one of these in a profile."""

    def __init__(self, store: LevelStore, questions: Path = QUESTIONS) -> None:
        self._store = store
        self._questions = questions

    def levels(self, key: str) -> Levels | None:
        """Return a model's levels; None where it was not measured, or the store fails.

        Args:
            key: names the model and its file, so that another file of the same name is another model.
        """
        with suppress(StoreError, struct.error):
            if known := self._store.state(_name(key)):
                return Levels(*_FORM.unpack(known))
        return None

    def measure(self, key: str, engine: Murmurer, cancel: Cancel) -> Levels | None:
        """Measure a model unless it was, and return its levels; takes a minute or so, call it when idle.

        Returns:
            None where it could not be measured now: a question came, or the model does not tell.
        """
        if known := self.levels(key):
            return known
        from app.core.difficulty import Difficulty  # many patterns, which reading a level need not compile

        samples, tokens, seconds, difficulty = [], 0, 0.0, Difficulty()
        try:
            for question in read(self._questions):
                start = time.perf_counter()
                written = _answer(engine, question.text, cancel)
                if written.mean is None:
                    return None
                seconds += time.perf_counter() - start
                tokens += len(written.logprobs)
                hard = difficulty.estimate(question.text)
                samples.append(Sample(written.mean, question.is_right(written.text), hard))
        except (Cancelled, EngineError):
            return None
        if len(samples) < _ENOUGH:
            return None
        levels = fit(samples, rate=tokens / max(seconds, 0.001))
        with suppress(StoreError):
            self._store.keep(
                _name(key), _FORM.pack(levels.mean, levels.spread, levels.bias, levels.slope, levels.rate)
            )
        return levels


def read(path: Path) -> tuple[Question, ...]:
    """Read questions with their answers, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Question(str(row["question"]), tuple(map(str, row["answers"]))) for row in rows)


def fit(samples: Sequence[Sample], rate: float = 0.0) -> Levels:
    """Fit a model's levels to samples, drawn towards the usual ones: so few can say anything."""
    mean = sum(each.mean for each in samples) / len(samples)
    variance = sum((each.mean - mean) ** 2 for each in samples) / max(1, len(samples) - 1)
    weight = len(samples) / (len(samples) + _PRIOR)
    spread = max(0.02, math.sqrt(weight * variance + (1 - weight) * UNKNOWN.spread**2))
    points = [((each.mean - mean) / spread, ease(each.difficulty), each.right) for each in samples]
    bias, slope = _logistic(points)
    return Levels(mean, spread, bias, slope, rate)


def _logistic(points: Sequence[tuple[float, float, bool]]) -> tuple[float, float]:
    """Return bias and slope of the likeliest curve by Newton's method, held to the usual ones by a prior."""
    bias, slope = UNKNOWN.bias, UNKNOWN.slope
    for _ in range(25):
        # The prior: normal around the usual values, with variances 1 and 0.1; a slope is hard to learn.
        gradient = [(UNKNOWN.bias - bias) / 1.0, (UNKNOWN.slope - slope) / 0.1]
        a, b, c = 1.0, 0.0, 10.0
        for z, easier, right in points:
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, bias + slope * z + easier))))
            gradient[0] += right - p
            gradient[1] += (right - p) * z
            weight = p * (1 - p)
            a, b, c = a + weight, b + weight * z, c + weight * z * z
        determinant = a * c - b * b
        step = (
            (c * gradient[0] - b * gradient[1]) / determinant,
            (a * gradient[1] - b * gradient[0]) / determinant,
        )
        bias, slope = bias + step[0], slope + step[1]
        if max(map(abs, step)) < 1e-9:
            break
    return bias, max(0.1, slope)


def _answer(engine: Murmurer, question: str, cancel: Cancel) -> Written:
    written = Written()
    prompt = Prompt(
        (Message(Role.SYSTEM, _SYSTEM), Message(Role.USER, question)),
        Generation(max_tokens=_LONGEST, logprobs=True),
    )
    for item in engine.murmur(prompt, cancel):
        if isinstance(item, Chunk):
            written.text += item.text
            written.logprobs += item.logprobs
    return written


def _name(key: str) -> str:
    return f"levels-by-difficulty:{key}"
