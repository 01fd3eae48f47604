"""What the pages of the settings panel work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.core.cancel import Cancel
from app.core.engines.holder import LocalState
from app.core.paths import Paths
from app.core.settings import Settings
from app.privacy.policy import Level
from app.privacy.types import Decided
from app.ui.runner import Runner
from app.ui.settings.comparing import TogetherDoor
from app.ui.settings.index_line import Index
from app.ui.settings.keeping import KeepingDoor
from app.ui.settings.knowing import KnowingDoor
from app.ui.settings.saver import Saver
from app.ui.settings.strong_filter import StrongFilterDoor
from app.ui.theme import Theme


class Keys(Protocol):
    """The keyring, as the cloud page needs it. Every method may block."""

    @property
    def place(self) -> str:
        """Where the key is, or would be, in words."""
        ...

    @property
    def keeps_key(self) -> bool:
        """Whether the key outlives this run."""
        ...

    def key(self) -> str: ...

    def set_key(self, value: str) -> None:
        """Store the cloud's key; an empty one is forgotten."""
        ...


class Door(Protocol):
    """The session, as far as the panel uses it. Every method may block."""

    def cloud_models(self, cancel: Cancel) -> list[str]: ...

    def test_cloud(self, cancel: Cancel) -> str: ...

    def erase_everything(self) -> None: ...

    def rehearse(self, text: str, level: Level) -> tuple[Decided, ...]:
        """Say what the filter would do with a text; nothing is stored or sent."""
        ...


class LocalModel(Protocol):
    """The local engine, as the model page and the tray show it."""

    @property
    def state(self) -> LocalState: ...

    def on_state(self, listener: Callable[[LocalState], None]) -> None: ...

    def warm(self) -> None: ...

    def unload(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Handed to every page by the panel."""

    settings: Settings
    session: Door
    keys: Keys
    local: LocalModel
    paths: Paths
    runner: Runner
    theme: Theme
    saver: Saver
    strong: StrongFilterDoor
    knowing: KnowingDoor
    together: TogetherDoor
    keeping: KeepingDoor
    index: Index
