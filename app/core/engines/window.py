"""Choose which messages a model sees when a conversation outgrows its context."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.errors import TooLong
from app.core.types import Message, Role

_BLOCK: Final = 4
"""Messages are left out in blocks of two turns, so that most follow-ups begin like the last one and the
model need not evaluate everything again."""


@dataclass(frozen=True, slots=True)
class Windowed:
    """What fits, encoded, and how many earlier messages do not."""

    tokens: list[int]
    left_out: int


def fit_window(
    messages: Sequence[Message],
    room: int,
    encode: Callable[[Sequence[Message]], list[int]],
    size: Callable[[str], int],
) -> Windowed:
    """Leave out whole turns from the oldest until the rest fits into `room` tokens.

    System messages and the last question always stay.

    Args:
        encode: the tokens of a conversation.
        size: about how many tokens a message's text has.

    Raises:
        TooLong: the last question alone does not fit.
    """
    system = [message for message in messages if message.role is Role.SYSTEM]
    spoken = [message for message in messages if message.role is not Role.SYSTEM]
    starts = _turn_starts(spoken)
    first = _first_guess(spoken, starts, room, size)
    while True:
        tokens = encode([*system, *spoken[first:]])
        if len(tokens) <= room:
            return Windowed(tokens, first)
        later = [start for start in starts if start > first]
        if not later:
            raise TooLong(
                f"This question is too long for the local model: about {len(tokens):,} tokens, and it takes "
                f"{room:,}. Shorten it, or give the model more context in the settings."
            )
        whole_block = [start for start in later if start - first >= _BLOCK]
        first = (whole_block or later)[0]


def _turn_starts(spoken: Sequence[Message]) -> list[int]:
    """Return where a turn begins: at each question that does not follow another question."""
    return [
        index
        for index, message in enumerate(spoken)
        if message.role is Role.USER and (index == 0 or spoken[index - 1].role is not Role.USER)
    ]


def _first_guess(
    spoken: Sequence[Message], starts: Sequence[int], room: int, size: Callable[[str], int]
) -> int:
    """Return a start before which nothing can fit, without encoding the whole history."""
    total, reached = 0, len(spoken)
    for index in range(len(spoken) - 1, -1, -1):
        total += size(spoken[index].text)
        if total > room:
            break
        reached = index
    if reached == 0:
        return 0
    later = [start for start in starts if start >= reached and start % _BLOCK == 0]
    fallback = [start for start in starts if start >= reached] or list(starts[-1:]) or [0]
    return later[0] if later else fallback[0]
