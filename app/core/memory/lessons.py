"""What the local model learned from the cloud's answers, as the mechanisms see it."""

from dataclasses import dataclass
from typing import Protocol

from app.core.types import StoredMessage


@dataclass(frozen=True, slots=True)
class Lesson:
    """An earlier question of a kind, and how the cloud solved it (Inter-Cascade, arXiv 2509.22984)."""

    id: int
    question: str
    """Masked: words such as "somebody" stand in place of details."""
    strategy: str
    """How to solve questions of its kind, at most 80 tokens."""
    answer: str
    """Masked as well."""
    nearness: float
    """Cosine of the two questions' meanings."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A question that was asked before, word for word or nearly."""

    exact: bool
    """It may be given again without asking; otherwise it may only be offered."""
    question: str
    answer: StoredMessage
    asked: float
    """Seconds since the epoch, UTC."""
    lesson: Lesson


class Lessons(Protocol):
    """The exemplar memory; every method may raise `StoreError` or `MemoryFault`."""

    def like(self, question: str, k: int = 2) -> tuple[Lesson, ...]:
        """Return at most k lessons that are near enough to help, nearest first."""
        ...

    def repeat(self, question: str) -> Repeat | None:
        """Return the accepted answer to the same question, or to one that is nearly the same."""
        ...

    def learn(self, question: StoredMessage, answer: StoredMessage) -> None:
        """Take an answer of the cloud as a candidate; it counts once the person accepts it."""
        ...

    def judged(self, answer: int, good: bool) -> None:
        """Take what the person made of an answer: of its lesson, and of the lessons that it was given."""
        ...


class NoLessons:
    """Learned nothing, and learns nothing."""

    def like(self, question: str, k: int = 2) -> tuple[Lesson, ...]:
        """Return nothing."""
        return ()

    def repeat(self, question: str) -> Repeat | None:
        """Return nothing."""
        return None

    def learn(self, question: StoredMessage, answer: StoredMessage) -> None:
        """Do nothing."""

    def judged(self, answer: int, good: bool) -> None:
        """Do nothing."""
