"""Lets the filter work on a text, but no longer than a person would wait, and says how far it is."""

import time
from collections.abc import Callable, Generator
from typing import TypeVar

from app.core.cancel import Cancel
from app.core.engines.pump import Aside
from app.core.events import Notice
from app.privacy.errors import PrivacyError
from app.privacy.pace import watched

T = TypeVar("T")

LONGEST = 1_100_000
"""Characters of a question that may go to the cloud: more than its models read."""
PATIENCE = 120.0
"""Seconds that the filter gets; beyond them nothing is sent. A long text gets more."""
_USUAL = 300_000
"""Characters up to which that is enough, also on an old and busy computer."""
_TICK = 0.25
_QUIET = 1.0
"""Seconds before it is worth telling how far it is."""


def checked(
    work: Callable[[], T], text: str, cancel: Cancel, tell: Callable[[Notice], None] = lambda _: None
) -> T:
    """Let the filter work on a text, and wait no longer than a person would.

    Args:
        tell: takes how far it is, where it takes a while.

    Raises:
        PrivacyError: the text is too long, or the filter is not done in time; nothing was sent.
        Cancelled: at once, whatever the filter is doing; it ends soon after.
    """
    steps = checking(work, text, cancel)
    while True:
        try:
            tell(next(steps))
        except StopIteration as end:
            result: T = end.value
            return result


def checking(work: Callable[[], T], text: str, cancel: Cancel) -> Generator[Notice, None, T]:
    """Do the same as `checked`, and yield how far it is; the result is the generator's value."""
    if len(text) > LONGEST:
        raise PrivacyError(
            f"This is too long to be checked for private details: at most {LONGEST:,} characters can go "
            "to the cloud. Nothing was sent."
        )
    cancel.check()
    nobody_waits = Cancel()
    share = 0.0

    def watch(done: float) -> None:
        nonlocal share
        nobody_waits.check()
        share = done

    def run() -> T:
        with watched(watch):
            return work()

    began, told = time.monotonic(), 0
    patience = PATIENCE * max(1.0, len(text) / _USUAL)
    job = Aside(run)
    try:
        with cancel.on_set(job.wake):
            while not job.is_done_in(min(_TICK, patience)):
                cancel.check()
                elapsed = time.monotonic() - began
                if elapsed > patience:
                    raise PrivacyError("Checking for private details took too long. Nothing was sent.")
                if elapsed > _QUIET and int(100 * share) > told:
                    told = int(100 * share)
                    yield Notice(f"Checking for private details: {told} %")
        cancel.check()
        return job.result()
    finally:
        nobody_waits.set()
