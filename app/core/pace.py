"""How many drafts are improved by the cloud: the neediest, up to the share that the person allows.

How sure a model is of itself differs from one to the next, and how strong the cloud is nobody knows, so the
gains that are expected of it are right in their order rather than in their size. A bar that lies at a
quantile of the last ones needs no more than that (as RouteLLM sets its threshold, arXiv 2406.18665).
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final

from app.core.border import TEMPORARY
from app.core.errors import StoreError

if TYPE_CHECKING:
    from app.core.calibration import LevelStore

_NAME: Final = "gains"
_LAST: Final = 64
"""Drafts that are looked back on: a week or so, after which another model has its own bar."""
_FEW: Final = 8
"""With fewer of them there is no bar yet."""


class Pace:
    """Remembers the gains that were expected of the cloud for the last drafts; any thread may call it.

    Args:
        store: where they are kept, as numbers alone; None where nothing of them may stay.
        share: the largest share of questions that goes to the cloud, from 0 to 1.
    """

    def __init__(self, store: "LevelStore | None", share: Callable[[], float]) -> None:
        self._store = store
        self._share = share
        self._gains: list[float] = []
        self._lock = Lock()

    def bar(self, gain: float) -> float:
        """Return what a gain must exceed to be among the neediest; the gain counts from then on."""
        from array import array

        with self._lock:
            if self._store is not None:
                with suppress(StoreError, ValueError):
                    kept = array("d")
                    kept.frombytes(self._store.state(_NAME))
                    self._gains = kept.tolist()
            before = sorted(self._gains)
            self._gains = [*self._gains, gain][-_LAST:]
            if self._store is not None:
                with suppress(StoreError):
                    self._store.keep(_NAME, array("d", self._gains).tobytes())
        share = self._share()
        if share >= 1 or len(before) < _FEW:
            return -1.0
        return before[min(len(before) - 1, int((1 - share) * len(before)))]


class Paces:
    """One pace for the conversations that are kept, and one for those in memory, of which nothing stays."""

    def __init__(self, store: "LevelStore", share: Callable[[], float]) -> None:
        self._kept = Pace(store, share)
        self._passing = Pace(None, share)

    def of(self, conversation: str) -> Pace:
        """Return the pace of a conversation."""
        return self._passing if conversation.startswith(TEMPORARY) else self._kept
