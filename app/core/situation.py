"""What is known of a question before anybody answers it, and which way of working together it calls for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.core.task import Task

_SURE: Final = re.compile(
    r"\b(?:are you (?:really )?sure|make sure|double.?check|cross.?check|verify|fact.?check|second opinion|"
    r"is (?:that|it|this) (?:really )?(?:true|right|correct)|sicher|vérifie|seguro)\b",
    re.IGNORECASE,
)
_BUNDLED: Final = 0.15
"""So much less the bundled model is trusted."""
_ASKING: Final = 0.06
"""What it costs to ask the cloud, beside money: the wait, and that something leaves."""
_HIDDEN: Final = 0.01
"""The same for each hidden detail; hiding is not perfect."""
_DRAFT: Final = 0.03
"""What it costs to wait for a draft that is thrown away."""
_LESSON: Final = 0.1
"""How much of what this computer cannot do a lesson makes up for. Little: with a model of half a billion
parameters and sums for pupils no gain was seen (24 questions: 0.04, from -0.13 to 0.21)."""
_CAUGHT: Final = 0.7
"""How often a bad draft is seen as such."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A question as the chooser sees it: kinds and numbers, never a word."""

    task: Task
    difficulty: float
    hidden: int = 0
    knows: int = 0
    """Facts about the person that bear on it."""
    lesson: float = 0.0
    """How near the nearest lesson is, 0 to 1; 0 where there is none."""
    repeat: float = 0.0
    """1 where the very same question was answered before, else 0."""
    is_bundled: bool = True
    """The local model is the small bundled one."""
    has_document: bool = False
    wants_certainty: bool = False
    price: float = 0.0
    """What a request costs, 0 (nothing) to 1 (all that is left)."""

    def features(self) -> tuple[float, ...]:
        """Return the same as numbers between 0 and 1, with a constant first."""
        tasks = (float(self.task is each) for each in Task)
        return (
            1.0,
            self.difficulty,
            min(self.hidden, 5) / 5,
            min(self.knows, 3) / 3,
            self.lesson,
            float(self.is_bundled),
            float(self.has_document),
            float(self.wants_certainty),
            *tasks,
        )


FEATURES: Final = len(Situation(Task.ASK, 0.5).features()) + 16
"""Numbers about a question: its situation, and sixteen about what it means."""


def wants_certainty(text: str) -> bool:
    """Say whether the person asks to have something checked."""
    return bool(_SURE.search(text))


def expected(now: Situation) -> Mapping[str, float]:
    """Estimate for each way, from about 0 to 1, how well it will do, minus what it costs.

    A prior: how often each model is right at this difficulty, and what each way adds where it fits. What
    this person finds better or worse than that is learned (`app.core.learner`).
    """
    here = max(0.0, 1 - now.difficulty - _BUNDLED * now.is_bundled)
    there = 0.95 - 0.35 * now.difficulty
    cost = _ASKING + _HIDDEN * min(now.hidden, 5) + now.price
    cloud = there - cost
    about_me = 0.3 * (now.task is Task.ABOUT_ME and now.knows > 0) + 0.3 * (now.task is Task.CHAT)
    writes = now.task is Task.WRITE and now.knows > 0 and not now.is_bundled
    return {
        "local": here + about_me,
        "routing": here + (1 - here) * (_CAUGHT * there - cost) - _DRAFT,
        "pipeline": cloud + 0.2 * now.has_document,
        "auxiliary": cloud + (0.2 if writes else -0.25),
        "distillation": now.repeat or here + (_LESSON * (1 - here) if now.lesson else -0.3),
        "fusion": cloud - cost + (0.3 if now.wants_certainty else -0.15),
    }


REASONS: Mapping[str, str] = {
    "local": "It is about you, or easy: this computer answers.",
    "routing": "This computer drafts; the cloud is asked if the draft needs help.",
    "pipeline": "It looks too hard for this computer, so the cloud answers.",
    "auxiliary": "It is about you: the cloud plans, this computer writes.",
    "distillation": "A question of this kind was answered well before.",
    "fusion": "You want to be sure, so both models answer.",
}
"""Why a way was chosen, for the person."""
