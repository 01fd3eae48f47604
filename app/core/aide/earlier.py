"""Says again, in whole sentences, what of a long conversation bears on a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.aide.budget import tokens
from app.core.aide.shrink import shrink
from app.core.exchanges import exchanges
from app.core.types import State, StoredMessage

if TYPE_CHECKING:
    from app.core.embeddings import Embedder

BUDGET: Final = 600
"""Tokens of earlier turns: a small model loses the thread in more, and reads a hundred a second."""
_WHOLE: Final = 1
"""Turns that stay as they are: a follow-up needs the last one (finding 10 in the handbook)."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a model on this computer gets of the turns before a question."""

    history: tuple[StoredMessage, ...]
    text: str = ""
    """Sentences of earlier turns, to stand before the question; empty where all of them fit."""
    told: str = ""
    """What was saved, as a sentence."""


def earlier(history: Sequence[StoredMessage], question: str, embedder: "Embedder") -> Earlier:
    """Keep the last turn, and of those before it what bears on the question, within `BUDGET`.

    For the model on this computer alone: what goes to the cloud goes as it went before.

    Raises:
        MemoryFault: the embedder is missing or broken.
    """
    turns = exchanges(history, lambda said: said.state is not State.FAILED and bool(said.text))
    last = [message for turn in turns[-_WHOLE:] for message in turn]
    before = [message.text for turn in turns[:-_WHOLE] for message in turn]
    room = max(0, BUDGET - sum(tokens(message.text) for message in last))
    if sum(map(tokens, before)) <= room:
        return Earlier(tuple(history))
    shrunk = shrink(before, question, room, embedder)
    kept = "\n".join(f"- {text}" for text in shrunk.kept if text)
    return Earlier(tuple(last), kept and f"Earlier in this conversation:\n{kept}", shrunk.told)
