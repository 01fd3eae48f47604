"""Learns what the person says about himself and how he writes, in the background, message by message."""

import logging
import threading
from typing import Final

from app.core.engines.lane import Lane
from app.core.errors import ConfidantError
from app.core.memory.draw import draw
from app.core.memory.facts import Facts
from app.core.memory.style import Style

_BATCH: Final = 50
_log = logging.getLogger(__name__)


class Listener:
    """Draws facts and learns the style on a thread that starts with the first message."""

    def __init__(self, facts: Facts, style: Style) -> None:
        self._facts = facts
        self._style = style
        self._lane = Lane("listening")

    def heard(self, message: int) -> None:
        """Note that there is something up to this message; returns at once."""
        self._lane.put(_Listening(self, message))

    def listen(self, up_to: int, closing: threading.Event) -> None:
        """Read everything up to a message that was not read yet; what is done is not done again.

        Raises:
            StoreError: it goes on from there next time.
        """
        store = self._facts.store
        while not closing.is_set():
            waiting = store.waiting(up_to, _BATCH)
            for message in waiting:
                if closing.is_set():
                    return
                for drawn in draw(message.text):
                    self._facts.propose(drawn, message.id)
                self._style.learn(message.text, message.id)
                store.read_up_to(message.id)
            if len(waiting) < _BATCH:
                return

    def close(self, seconds: float = 1.0) -> bool:
        """Stop after the message in hand; False if that takes longer."""
        return self._lane.close(seconds)


class _Listening:
    """One task of the lane."""

    counts = True
    gives_way = False

    def __init__(self, listener: Listener, message: int) -> None:
        self._listener = listener
        self._message = message
        self._closing = threading.Event()

    def run(self) -> None:
        try:
            self._listener.listen(self._message, self._closing)
        except ConfidantError as error:  # the next message goes on from here
            _log.warning("what was said could not be learned from: %s", error.kind)

    def stop(self) -> None:
        self._closing.set()

    def moved(self, ahead: int) -> None:
        """Nobody waits for it."""
