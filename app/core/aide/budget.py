"""How much of a conversation goes to the cloud with each question: whole turns, within a budget of tokens."""

from collections.abc import Sequence
from typing import Final

HISTORY: Final = 12_000
"""Tokens of earlier turns, of which each question pays for all."""


def first_kept(sizes: Sequence[int], budget: int = HISTORY) -> int:
    """Return from which turn on a history goes along.

    The place moves seldom, by half of the budget at a time: a request that begins as the one before it did
    costs a fraction with most providers, and is answered sooner (finding 10 and pain 15 of the handbook).
    """
    start = held = 0
    for place, size in enumerate(sizes):
        held += size
        if held > budget:
            while start <= place and held > budget // 2:
                held -= sizes[start]
                start += 1
    return start
