"""Measures the chosen local model once, while nobody needs it."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.core.calibration import Calibration, Murmurer
from app.core.cancel import Cancel
from app.core.draft import Levels
from app.core.errors import ConfidantError
from app.core.models.catalog import LocalModel

AFTER: Final = 60.0
"""Seconds after the start, and between two tries."""
_TRIES: Final = 30
"""A question ends a measurement; somebody who asks all the time is not measured for."""


class Calibrator:
    """Knows how sure the chosen model usually is of itself; the bundled one was measured before it shipped.

    Args:
        model: the chosen model; asked again for each question, since it may change.
        ready: the model is in memory, so that measuring loads nothing.
    """

    def __init__(
        self,
        calibration: Calibration,
        engine: Murmurer,
        model: Callable[[], LocalModel],
        ready: Callable[[], bool],
        after: float = AFTER,
    ) -> None:
        self._calibration = calibration
        self._engine = engine
        self._model = model
        self._ready = ready
        self._after = after
        self._cancel = Cancel()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def levels(self) -> Levels | None:
        """Return the model's levels; None where it was not measured."""
        key = self._key()
        return self._calibration.levels(key) if key else None

    def begin(self) -> None:
        """Measure the model some time after now, in the background."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="confidant-calibrator", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop measuring; returns at once."""
        self._closed.set()
        self._cancel.set()

    def _run(self) -> None:
        for _ in range(_TRIES):
            if self._closed.wait(self._after):
                return
            key = self._key()
            if key and self._ready() and self._calibration.measure(key, self._engine, self._cancel):
                return

    def _key(self) -> str:
        """Name the model and its file; empty for the bundled one, and where none can be chosen."""
        with suppress(ConfidantError, OSError):
            model = self._model()
            if not model.bundled:
                state = model.path.stat()
                return f"{model.path.name}:{state.st_size}:{state.st_mtime_ns}"
        return ""
