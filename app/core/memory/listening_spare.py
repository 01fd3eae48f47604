"""The local model while nobody needs it, where it is one that was measured to help."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from app.core.cancel import Cancel
from app.core.engines.holder import LocalState, Phase
from app.core.errors import ConfidantError
from app.core.events import Notice
from app.core.models.catalog import LocalModel
from app.core.models.gguf import read_header
from app.core.types import Chunk, Prompt

DRAWS_FROM: Final = 2_000_000_000
"""Parameters from which on a model draws facts. Up to 1.5 billion, it was measured that more of their guesses
are wrong than right (DECISIONS.md, "A guess of the local model"); larger ones were not measured."""


class Murmurer(Protocol):
    """A model that works while nobody needs it."""

    @property
    def state(self) -> LocalState: ...

    def murmur(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Answer, and stop as soon as a question comes; see `LocalEngine.murmur`."""
        ...


@dataclass(frozen=True, slots=True)
class Spare:
    """Lends the model."""

    engine: Murmurer
    model: Callable[[], LocalModel]
    is_wanted: Callable[[], bool]
    least: int = DRAWS_FROM

    def is_free(self) -> bool:
        """Say whether the model is in memory, nobody asks it anything, and the person wants facts noted."""
        return self.engine.state.phase is Phase.READY and self.is_wanted()

    def is_answering(self) -> bool:
        return self.engine.state.phase is Phase.ANSWERING

    def is_able(self) -> bool:
        """Say whether the chosen model is large enough; reads the head of its file."""
        with suppress(ConfidantError, OSError):
            return read_header(self.model().path).parameters >= self.least
        return False
