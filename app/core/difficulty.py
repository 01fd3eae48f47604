"""How hard a question is for a small model: rules for talk, weights where there was data to learn from."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from app.core import verify
from app.core.difficulty_features import Kind, draft_features, kind_of, question_features
from app.resources import RESOURCES

WEIGHTS: Final = RESOURCES / "router" / "difficulty.json"
LONGEST: Final = 320
"""Characters that are embedded, from both ends of a question: more would take more than 20 ms."""
_LEVEL: Final = {Kind.CHOICE: 0.2, Kind.PROBLEM: 0.4}
"""Where the middle question of a kind lies, in log-odds: half of them are beyond a model of 1.5 billion."""
_SPREAD: Final = 0.9
_TOPIC: Final = 0.35
"""What one standard deviation of the topic is worth in ordinary talk."""
_WORK = re.compile(
    r"\b(prove|proof|theorem|derive|derivation|integral|derivative|eigen\w+|recurrence|algorithm|implement"
    r"|refactor|debug|segfault\w*|stack trace|regex|sql|python|javascript|typescript|rust|c\+\+|compile)\b",
    re.IGNORECASE,
)
"""What a small model fails at: it has to be right at every step."""
_THINK = re.compile(
    r"\b(equations?|optimi[sz]e|complexity|compare|contrast|evaluate|critique|analy[sz]e|explain why"
    r"|step by step|trade-?offs?|strategy|contract|clause|diagnos\w*|calculate|probability|interest|design"
    r"|itinerary|budget|alternatives)\b",
    re.IGNORECASE,
)
_EASY = re.compile(
    r"^\W*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening|afternoon|night)|ok(?:ay)?|yes|no|bye)"
    r"\b[^\n]{0,40}$",
    re.IGNORECASE,
)
_EDIT = re.compile(
    r"^\W*(?:please |can you |could you )?(?:rewrite|rephrase|shorten|reword|proofread|correct"
    r"|fix the (?:spelling|grammar)|make (?:this|it) (?:shorter|longer|politer|friendlier|nicer)|translate"
    r"|turn this into|summari[sz]e)\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"^\W*(?:what|who|when|where|which|how (?:old|tall|far|long|many)|is|are|was|does|do|did)\b"
    r"[^\n]{0,70}\?\s*$",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|except|false|incorrect|never|least|most|unless|without)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:my|mine|me|our)\b", re.IGNORECASE)
_CODE = re.compile(r"```|[{};]\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one counted feature is worth: `weight` for each standard deviation above the mean."""

    mean: float
    deviation: float
    weight: float


@dataclass(frozen=True, slots=True)
class Head:
    """A linear estimate of how much better the strong model does, in standard deviations."""

    counted: Mapping[str, Weight]
    meaning: tuple[float, ...]
    """One weight for each number of the embedding."""
    middle: float
    """What the embedding of a middling question comes to."""

    def score(self, counted: Mapping[str, float], vector: Sequence[float] | None) -> float:
        """Return 0 for a middling question; without a vector its meaning counts as middling."""
        total = 0.0
        for name, weight in self.counted.items():
            away = (counted[name] - weight.mean) / weight.deviation
            total += weight.weight * max(-3.0, min(3.0, away))
        if vector is not None:
            total += sum(a * b for a, b in zip(self.meaning, vector, strict=True)) - self.middle
        return total


class Difficulty:
    """Estimates difficulty; the weights are read when they are first needed."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self._path = path

    def estimate(self, text: str, draft: str = "", vector: Sequence[float] | None = None) -> float:
        """Return from 0 to 1 how unlikely a small local model is to answer well.

        Args:
            draft: the local model's answer, where there is one; what can be checked by rule counts.
            vector: the embedding of `excerpt(text)`, where there is one.
        """
        kind = kind_of(text)
        faults = list(verify.check(text, draft)) if draft else []
        if kind is Kind.CHAT:
            return _share(self._chat(text, vector) + _doubts(faults, draft))
        counted, head = question_features(text), kind.value
        if draft and kind is Kind.PROBLEM:
            counted |= draft_features(text, draft, faults)
            faults, head = [fault for fault in faults if fault.kind is not verify.Kind.SUMS], "draft"
        score = _LEVEL[kind] + _SPREAD * self._heads[head].score(counted, vector)
        return _share(score + _doubts(faults, draft))

    def _chat(self, text: str, vector: Sequence[float] | None) -> float:
        score = _talk(text)
        if vector is not None and not _EASY.match(text):
            score += _TOPIC * max(-2.0, min(2.0, self._heads["topic"].score({}, vector)))
        return score

    @cached_property
    def _heads(self) -> Mapping[str, Head]:
        read = json.loads(self._path.read_text(encoding="utf-8"))["heads"]
        return {
            name: Head(
                {feature: Weight(*weight) for feature, weight in head["counted"].items()},
                tuple(head["meaning"]),
                head["middle"],
            )
            for name, head in read.items()
        }


def excerpt(text: str) -> str:
    """Return what of a question is embedded: a long one's beginning and end."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"


def _talk(text: str) -> float:
    """Judge ordinary talk by rule, in log-odds."""
    if _EASY.match(text):
        return -5.0
    words = len(text.split())
    if _EDIT.match(text):
        return -1.6 + 0.4 * math.log2(1 + words / 60)
    work, think = (len({hit.lower() for hit in each.findall(text)}) for each in (_WORK, _THINK))
    # Length tells most (measured on RouteLLM's data); how many numbers there are tells nothing.
    score = -1.7 + 0.9 * math.log2(1 + words / 12) + 1.7 * min(work, 2) + 0.8 * min(think, 3)
    score += 0.9 * bool(_CODE.search(text)) + 0.3 * math.log2(1 + len(_NEGATION.findall(text)))
    score -= 0.25 * bool(_PERSONAL.search(text))
    if not work and not think and _FACT.match(text):
        score -= 0.8
    return score


def _doubts(faults: Sequence[verify.Fault], draft: str) -> float:
    """Judge a draft by what is wrong with it, in log-odds; one without faults is a little trusted."""
    return 1.6 * min(sum(fault.weight for fault in faults), 4.0) - 0.4 if draft else 0.0


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
