"""What every model behind Confidant looks like."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from app.core.cancel import Cancel
from app.core.events import Notice
from app.core.types import Chunk, Prompt
from app.privacy.prompt import SanitizedPrompt

P_contra = TypeVar("P_contra", Prompt, SanitizedPrompt, contravariant=True)


class Engine(Protocol[P_contra]):
    """A model that answers a prompt piece by piece.

    The local engine takes a `Prompt`. A cloud engine takes only a `SanitizedPrompt`, which nothing but
    the privacy filter can make.
    """

    @property
    def name(self) -> str:
        """The model's name as it is stamped on answers."""
        ...

    def stream(self, prompt: P_contra, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Yield the answer as it is made, with notices about waiting, retrying or trimming.

        The last chunk carries `usage` where it is known. Closing the iterator stops the work.

        Raises:
            EngineError: one of its kinds, with a sentence for the person.
            Cancelled: `cancel` was set; within 500 ms, whatever the model or server is doing.
        """
        ...


class LocalModel(Engine[Prompt], Protocol):
    """The model on this side of the border, as mechanisms see it."""

    def prime(self, prompt: Prompt, cancel: Cancel) -> None:
        """Begin to read a prompt that may be asked soon, where that helps; returns at once, never raises.

        It gives way to every question.
        """
        ...
