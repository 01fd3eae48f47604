"""Which engine answers on this side of the border: this process, the open window, or an own server."""

from collections.abc import Callable, Iterator

from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.holder import LocalState, Phase
from app.core.engines.local import LocalEngine
from app.core.engines.trusted import TrustedServer
from app.core.events import Notice
from app.core.instance import RemoteLocalEngine, living
from app.core.paths import Paths
from app.core.types import Chunk, Prompt


class ChosenLocal:
    """The local engine as the rest of the program sees it; chooses anew for each question."""

    def __init__(
        self,
        own: LocalEngine,
        paths: Paths,
        server: TrustedServer,
        stand_in: Engine[Prompt] | None = None,
    ) -> None:
        self._own = own
        self._stand_in = stand_in
        self._paths = paths
        self._server = server
        self.holds_model = False
        """This process is the window of its profile, so it answers for other processes too."""

    @property
    def name(self) -> str:
        if self._stand_in is not None:
            return self._stand_in.name
        return self._server.name if self._server.is_set else self._own.name

    @property
    def state(self) -> LocalState:
        """What the model chip shows."""
        if self._server.is_set:
            return LocalState(Phase.READY, self._server.name, "Your own server answers.")
        return self._own.state

    def on_state(self, listener: Callable[[LocalState], None]) -> None:
        """Call `listener` after each change, on any thread."""
        self._own.on_state(listener)

    def warm(self) -> None:
        """Begin to load the model, where it is this process that needs it."""
        if self._stand_in is None and not self._server.is_set:
            self._own.warm()

    def prime(self, prompt: Prompt, cancel: Cancel) -> None:
        """Begin to read a prompt that may be asked soon, where this process would answer it; returns."""
        if self._stand_in is None and not self._server.is_set and not self._is_beside:
            self._own.prime(prompt, cancel)

    def load_anyway(self) -> None:
        """Load a model although the program ended while it was loading it; returns at once."""
        self._own.load_anyway()

    def unload(self) -> None:
        """Give the model's memory back."""
        self._own.unload()

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Yield the answer of whoever is to answer now; see `Engine.stream`."""
        if self._stand_in is not None:
            return self._stand_in.stream(prompt, cancel)
        if self._server.is_set:
            return self._server.stream(prompt, cancel)
        if self._is_beside:
            return RemoteLocalEngine(self._paths, self._own.name).stream(prompt, cancel)
        return self._own.stream(prompt, cancel)

    @property
    def _is_beside(self) -> bool:
        """Another process of this profile holds the model."""
        return not self.holds_model and living(self._paths)
