"""The one model in memory: which it is, how it gets there, and what the window says about it."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.core.engines.chat import ChatFormat
from app.core.engines.llama import LoadedModel
from app.core.engines.marker import LoadMarker
from app.core.errors import ConfidantError, Fix, ModelTooBig, NotReady
from app.core.models.catalog import LocalModel, check_bundled, size_on_disk
from app.core.models.fit import choose_context, wanted_context
from app.core.models.gguf import read_header
from app.core.types import Message, Role


class Phase(StrEnum):
    """How far the local model is."""

    ABSENT = "absent"
    """None is chosen, or its file is not there."""
    IDLE = "idle"
    """Chosen, not in memory."""
    LOADING = "loading"
    READY = "ready"
    ANSWERING = "answering"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LocalState:
    """What the model chip shows."""

    phase: Phase
    model: str
    """Its title; empty where none is chosen."""
    told: str
    """A short sentence for the person."""


@dataclass(frozen=True, slots=True)
class LocalOptions:
    """What the person chose; asked anew at each question, so that a change takes effect at once."""

    model: Callable[[], LocalModel]
    context: Callable[[], int]
    """Tokens; 0 leaves it to the model."""
    threads: Callable[[], int]
    """0 leaves it to the machine."""


class StateBoard:
    """Keeps the state and tells who listens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = LocalState(Phase.IDLE, "", "")
        self._listeners: list[Callable[[LocalState], None]] = []

    @property
    def state(self) -> LocalState:
        return self._state

    def show(self, phase: Phase, model: str, told: str) -> None:
        """Change the state; listeners run on this thread, and only if it is another one."""
        state = LocalState(phase, model, told)
        with self._lock:
            if state == self._state:
                return
            self._state = state
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(state)

    def listen(self, listener: Callable[[LocalState], None]) -> None:
        with self._lock:
            self._listeners.append(listener)


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes a loaded model the right one."""

    path: Path
    size: int
    changed: int
    context: int
    threads: int


@dataclass(frozen=True, slots=True)
class InMemory:
    """A loaded model with what belongs to it."""

    title: str
    key: _Key
    model: LoadedModel
    chat: ChatFormat


class Holder:
    """Loads, swaps and frees the model; used on the engine's own thread only."""

    def __init__(self, options: LocalOptions, marker: LoadMarker, board: StateBoard) -> None:
        self._options = options
        self._marker = marker
        self._board = board
        self._now: InMemory | None = None

    @property
    def now(self) -> InMemory | None:
        """What is in memory, whatever is chosen."""
        return self._now

    def choose(self) -> LocalModel:
        """Return the chosen model.

        Raises:
            EngineError: there is none.
        """
        try:
            return self._options.model()
        except ConfidantError as error:
            self._board.show(Phase.ABSENT, "", error.told)
            raise

    def current(self) -> InMemory | None:
        """Return what is in memory if it is what is chosen."""
        now = self._now
        return now if now and now.key == self._key(self.choose()) else None

    def load(self, may_go_on: Callable[[], bool]) -> tuple[InMemory, str]:
        """Bring the chosen model into memory; what was there before goes first.

        Returns:
            It, and a sentence if its context had to be made smaller.

        Raises:
            EngineError: with a sentence that says what to do.
            Cancelled: `may_go_on` said no.
        """
        model = self.choose()
        self.unload()
        try:
            loaded, told = self._load(model, may_go_on)
        except ConfidantError as error:
            self._board.show(Phase.FAILED, model.title, error.told)
            raise
        except BaseException:
            self._board.show(Phase.IDLE, model.title, IDLE_TOLD)
            raise
        self._now = loaded
        return loaded, told

    def unload(self) -> None:
        """Give the model's memory back."""
        now, self._now = self._now, None
        if now:
            now.model.close()
            self._board.show(Phase.IDLE, now.title, IDLE_TOLD)

    def forgive(self) -> None:
        """Let the chosen model be loaded although it ended the program last time."""
        self._marker.forgive(self.choose().path)

    def _load(self, model: LocalModel, may_go_on: Callable[[], bool]) -> tuple[InMemory, str]:
        self._board.show(Phase.LOADING, model.title, "Loading the model.")
        header = read_header(model.path)
        check_bundled(model)
        self._marker.check(model.path)
        key = self._key(model)
        wanted = wanted_context(header, key.context)
        context = choose_context(header, size_on_disk(model.path), wanted)

        def progress(done: float) -> bool:
            told = f"Loading the model, {int(done * 10) * 10} percent."
            self._board.show(Phase.LOADING, model.title, told)
            return may_go_on()

        with self._marker.loading(model.path), _translated():
            loaded = LoadedModel(model.path, context, key.threads or default_threads(), progress)
            try:
                chat = ChatFormat(loaded)
                # A template is a stranger's program: if it hangs, it does so here, and the mark remembers it.
                chat.encode(_TRIAL)
            except BaseException:
                loaded.close()
                raise
        told = ""
        if context < wanted:
            told = f"Memory is short, so the model sees {context:,} tokens at once instead of {wanted:,}."
        return InMemory(model.title, key, loaded, chat), told

    def _key(self, model: LocalModel) -> _Key:
        try:
            stat = model.path.stat()
            size, changed = stat.st_size, stat.st_mtime_ns
        except OSError:
            size = changed = 0
        return _Key(model.path, size, changed, self._options.context(), self._options.threads())


_TRIAL = (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "Hello."))
IDLE_TOLD = "Loads with your next question."


def default_threads() -> int:
    """Return one less than there are cores; with all of them, any other program slows the model fourfold."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
    return max(1, cores - 1)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what goes wrong around llama.cpp into sentences."""
    try:
        yield
    except MemoryError as error:
        raise ModelTooBig("There is not enough memory for this model. Choose a smaller one.") from error
    except (ImportError, OSError, RuntimeError) as error:
        raise NotReady(
            "The local engine does not start on this computer. Install Confidant again.", Fix.NONE
        ) from error
