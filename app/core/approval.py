"""May this leave? The seam between the guarded cloud and whoever can say so."""

from dataclasses import dataclass
from typing import Final, Protocol

from app.core.cancel import Cancel
from app.privacy.exposure import JOINED, Reveal, Trait
from app.privacy.policy import Level
from app.privacy.types import Action, Decided


@dataclass(frozen=True, slots=True)
class Review:
    """What the person sees before anything leaves."""

    conversation: str
    provider: str
    """Host (and port) of the address."""
    model: str
    original: str
    """The question as typed; offsets in `decided` refer to it."""
    sanitized: str
    decided: tuple[Decided, ...]
    body: str
    """The whole request, byte for byte as it will go on the wire (UTF-8)."""
    level: Level
    rewritten: int = 0
    """Earlier turns that go out otherwise than before, since a later decision hides more."""
    reveals: tuple[Reveal, ...] = ()
    """What the question would tell about the person, as it stands now."""
    exposed: frozenset[Trait] = frozenset()
    """What this provider was told in earlier requests."""

    @property
    def joined(self) -> tuple[Trait, ...]:
        """Return the traits that the provider could join up after this, where that is worth a warning."""
        new = {reveal.trait for reveal in self.reveals}
        together = new | self.exposed
        return tuple(sorted(together)) if new and len(together) >= JOINED else ()


@dataclass(frozen=True, slots=True)
class Approve:
    """Send exactly these bytes."""


@dataclass(frozen=True, slots=True)
class Revise:
    """Decide otherwise about one value, and show the review again."""

    value: str
    action: Action
    wording: str = ""
    """With `GENERALIZE`: what stands in its place; empty: a rule words it."""


@dataclass(frozen=True, slots=True)
class ReviseAll:
    """Decide about several values at once, and show the review again."""

    changes: tuple[Revise, ...]


CHOSE_HERE: Final = "You chose an answer from this computer."
"""Why an answer is from here after `AnswerLocally`."""


@dataclass(frozen=True, slots=True)
class AnswerLocally:
    """Send nothing; let the model on this computer answer."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Send nothing and answer nothing; the question goes back to the composer."""

    told: str = "You chose not to send it."


Verdict = Approve | Revise | ReviseAll | AnswerLocally | Refuse


class Approver(Protocol):
    """Asks whoever may decide; called on a worker thread and may wait for minutes."""

    def decide(self, review: Review, cancel: Cancel) -> Verdict:
        """Return what to do.

        Raises:
            Cancelled: Stop was pressed while the review was open.
        """
        ...
