"""Learns what the person says about himself and how he writes, in the background, message by message."""

import logging
import threading
from typing import Final

from app.core.engines.lane import Lane
from app.core.errors import ConfidantError
from app.core.memory.draw import draw
from app.core.memory.facts import Facts
from app.core.memory.listening_edit import version
from app.core.memory.listening_idle import Afterthought
from app.core.memory.style import Style
from app.core.store.facts import Heard

_BATCH: Final = 50
_log = logging.getLogger(__name__)


class Listener:
    """Draws facts and learns the style on a thread that starts with the first message."""

    def __init__(self, facts: Facts, style: Style, afterthought: Afterthought | None = None) -> None:
        self._facts = facts
        self._style = style
        self._afterthought = afterthought
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
        store.begin()
        while not closing.is_set():
            waiting = store.waiting(up_to, _BATCH)
            for message in waiting:
                if closing.is_set():
                    return
                self._read(message)
                store.read_up_to(message.id)
            if len(waiting) < _BATCH:
                break
        if self._afterthought is not None:
            self._afterthought.wake()

    def close(self, seconds: float = 1.0) -> bool:
        """Stop after the message in hand; False if that takes longer."""
        is_done = self._lane.close(seconds)
        return (self._afterthought is None or self._afterthought.close(seconds)) and is_done

    def _read(self, message: Heard) -> None:
        """Take the answer that he changed as a sign of his style, and anything else as his own words."""
        edited = version(message.text, self._facts.store.draft_before(message.id))
        if edited:
            self._style.edited(edited, message.id)
            return
        for drawn in draw(message.text):
            self._facts.propose(drawn, message.id)
        self._style.learn(message.text, message.id)


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
