"""What the assistant knows about the person, as the mechanisms see it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the person said about himself."""

    id: int
    text: str
    """A short sentence: "Is vegetarian." """
    created: float
    """Seconds since the epoch, UTC."""
    confidence: float = 1.0
    source: int | None = None
    """The message that it was drawn from."""


class Person(Protocol):
    """The memory of one person; what cannot be read is as good as not known, and no method raises."""

    def about(self, question: str, k: int = 3) -> tuple[Fact, ...]:
        """Return at most k kept facts that bear on a question, likeliest first; often none."""
        ...

    def style(self) -> str:
        """Return how the person writes, as one short instruction; empty where that is not known."""
        ...

    def heard(self, message: int) -> None:
        """Note that the person said something new; what it tells is drawn from it in idle time."""
        ...


class Nobody:
    """Knows nothing: a conversation that is kept out of the memory, or a memory that is switched off."""

    def about(self, question: str, k: int = 3) -> tuple[Fact, ...]:
        """Return nothing."""
        return ()

    def style(self) -> str:
        """Return nothing."""
        return ""

    def heard(self, message: int) -> None:
        """Do nothing."""
