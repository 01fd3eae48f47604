"""Lets whoever waits for long work see how far it is, and end it.

The watcher belongs to the context in which the work runs, so nothing between him and the innermost loop
has to hand it on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

Watch = Callable[[float], None]
"""Takes the share that is done, 0 to 1; raises where nobody waits any more."""

_WATCH: Final[ContextVar[Watch | None]] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Let `watch` hear of every step of the work inside."""
    before = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(before)


def step(share: float) -> None:
    """Say that this share of the work is done; raises what the watcher raises."""
    watch = _WATCH.get()
    if watch is not None:
        watch(share)
