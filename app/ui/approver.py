"""Asks the person in a window whether something may leave."""

import threading
from collections.abc import Callable
from typing import final

from app.core.approval import Refuse, Review, Verdict
from app.core.cancel import Cancel


@final
class Question:
    """A review that waits for its verdict; the first one counts."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._verdict: Verdict | None = None

    def answer(self, verdict: Verdict) -> None:
        """Give the verdict; from the gui thread."""
        with self._lock:
            if self._verdict is None:
                self._verdict = verdict
        self._ready.set()

    def wait(self, cancel: Cancel) -> Verdict:
        """Wait on the worker; raises `Cancelled` when Stop is pressed meanwhile."""
        with cancel.on_set(self._ready.set):
            self._ready.wait()
        cancel.check()
        assert self._verdict is not None
        return self._verdict


class WindowApprover:
    """Sends each review to the window as an event of its run, and waits."""

    def __init__(self, tell: Callable[[object], None]) -> None:
        self._tell = tell
        self.is_refused = False
        """The person closed the last review without an answer."""

    def decide(self, review: Review, cancel: Cancel) -> Verdict:
        """Show the review and return what the person decided; see `Approver`."""
        question = Question(review)
        self._tell(question)
        verdict = question.wait(cancel)
        self.is_refused = isinstance(verdict, Refuse)
        return verdict
