"""Which facts about the person one provider could join up over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.privacy.trait import JOINED, Reveal, Trait
from app.privacy.types import Decided

__all__ = ["JOINED", "Known", "Reveal", "Trait", "reveals", "vaguer"]


@dataclass(frozen=True, slots=True)
class Known:
    """How often, and from when to when, a provider was told one trait; never what was said."""

    first: float
    """Seconds since the epoch, UTC."""
    last: float
    times: int
    """Requests that told it."""


def reveals(text: str, decided: Sequence[Decided] = ()) -> tuple[Reveal, ...]:
    """Say what a text would tell about the person as it stands: in order, not overlapping, nothing hidden.

    Raises:
        PrivacyError: it cannot be said, so nothing may leave.
    """
    # Imported here, since it compiles some eighty patterns, which no start should wait for.
    from app.privacy import telling

    return telling.reveals(text, decided)


def vaguer(trait: Trait, value: str) -> str:
    """Word what tells a trait less exactly; fits into its place in most sentences."""
    from app.privacy import vague

    return vague.vaguer(trait, value)
