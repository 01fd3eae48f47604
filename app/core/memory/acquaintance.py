"""The person as the mechanisms see him, made of facts, style and the thread that listens."""

import logging
from typing import Final

from app.core.errors import MemoryFault, StoreError
from app.core.memory.draw import attribute
from app.core.memory.facts import Facts
from app.core.memory.listening import Listener
from app.core.memory.listening_idle import Afterthought
from app.core.memory.listening_spare import Spare
from app.core.memory.person import Fact
from app.core.memory.style import Style

_NAME_WORDS: Final = 5
_log = logging.getLogger(__name__)


class Acquaintance:
    """Knows one person; see `Person`."""

    def __init__(self, facts: Facts, style: Style, spare: Spare) -> None:
        self._facts = facts
        self._style = style
        self._listener = Listener(facts, style, Afterthought(facts, spare))

    def about(self, question: str, k: int = 3) -> tuple[Fact, ...]:
        """Return at most k kept facts that bear on a question, likeliest first; often none."""
        try:
            return self._facts.about(question, k)
        except (MemoryFault, StoreError) as error:  # an answer without them is better than none
            _log.warning("no fact could be looked for: %s", error.kind)
            return ()

    def style(self) -> str:
        """Return how the person writes, as one short instruction; empty where that is not known."""
        try:
            return self._style.sentence(self._name())
        except StoreError:
            return ""

    def heard(self, message: int) -> None:
        """Note that the person said something new; returns at once."""
        self._listener.heard(message)

    def close(self) -> bool:
        """End the threads; False if one is still busy after a second."""
        return self._listener.close()

    def _name(self) -> str:
        """Return the name that the person goes by, where a kept fact says it."""
        for fact in self._facts.kept():
            words = fact.text.rstrip(".").split()
            if attribute(fact.text) == "name:" and len(words) <= _NAME_WORDS:
                return words[-1]
        return ""
