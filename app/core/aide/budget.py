"""How much of a conversation goes to the cloud with each question: whole turns, within a budget of tokens."""

import re
from collections.abc import Sequence
from typing import Final

HISTORY: Final = 12_000
"""Tokens of earlier turns, of which each question pays for all."""
_TOKEN: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u9fff\uac00-\ud7af]{1,6}|[^\w\s]|_"
)


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


def tokens(text: str) -> int:
    """Return about how many tokens a text has for a model; for English it is within a tenth or so."""
    return sum(1 for _ in _TOKEN.finditer(text))
