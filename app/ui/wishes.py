"""What the person asks for inside a conversation; widgets emit it, their page answers."""

from dataclasses import dataclass

from app.core.feedback import Feedback
from app.core.types import Where


@dataclass(frozen=True, slots=True)
class Again:
    """Answer the last question once more."""

    where: Where = Where.AUTO
    mechanism: str = ""
    """How the two models are to work together; empty: as the settings say."""


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Show a group of the settings panel."""

    group: str


@dataclass(frozen=True, slots=True)
class ShowLeft:
    """Show what left for one answer, or everything where `ledger` is None."""

    ledger: int | None = None


@dataclass(frozen=True, slots=True)
class EditQuestion:
    """Put a question back into the composer."""

    text: str


@dataclass(frozen=True, slots=True)
class LoadAnyway:
    """Load a model although the program ended while it was loading it, and answer."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Show where a link leads, and open it if the person says so."""

    address: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Say what became of an answer, or how it was."""

    answer: int
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """Go to a message, maybe of another conversation."""

    conversation: str
    message: int


Wish = Judge | OpenMessage | Again | LoadAnyway | OpenSettings | ShowLeft | EditQuestion | OpenLink
