"""What the windows need of the assembly."""

from collections.abc import Iterator
from typing import Protocol

from app.core.cancel import Cancel
from app.core.events import Notice
from app.core.paths import Paths
from app.core.session import Session
from app.core.settings import Settings
from app.core.store.facts import SqliteFacts
from app.core.types import Chunk, Prompt
from app.ui.settings.comparing import Working
from app.ui.settings.index_line import Index
from app.ui.settings.keeping import Keeping
from app.ui.settings.knowing import Memory
from app.ui.settings.strong_filter import Additions as StrongAdditions
from app.ui.settings.tools import Keys, LocalModel
from app.ui.shelves import DocumentsDoor
from app.ui.wordings import Words


class Local(LocalModel, Protocol):
    """The local engine; the window that holds it answers for other processes too."""

    holds_model: bool

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]: ...


class Additions(StrongAdditions, Protocol):
    """What a person may add to the filter."""

    @property
    def vaguer(self) -> Words: ...


class Parts(Memory, Working, Keeping, Protocol):
    """What the assembly builds."""

    @property
    def paths(self) -> Paths: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def session(self) -> Session: ...

    @property
    def secrets(self) -> Keys: ...

    @property
    def local(self) -> Local: ...

    @property
    def additions(self) -> Additions: ...

    @property
    def noted(self) -> SqliteFacts: ...

    @property
    def indexing(self) -> Index: ...

    @property
    def documents(self) -> DocumentsDoor: ...

    def get_strong_filter(self, cancel: Cancel) -> Iterator[int]: ...

    def start(self) -> None: ...

    def warm(self) -> None: ...

    def close(self) -> None: ...
