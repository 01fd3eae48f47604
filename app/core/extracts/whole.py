"""What is read of a long document where a request is about the whole of it, such as a summary."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from app.core.extracts.document import Inquiry, Passage
from app.core.extracts.run import MOST, Reading

if TYPE_CHECKING:
    from app.core.extracts.document import Document

_GIST: Final = re.compile(
    r"\b(?:summar\w+|overview|outline|review|tl;?dr|(?:main|key) points|about)\b", re.IGNORECASE
)
_LOOKED: Final = 1_500
"""Passages that are compared with each other at most."""


def read_through(asked: Inquiry) -> Reading:
    """Take all of it if that is not too much; for its gist what stands for most of it; else its beginning."""
    document = asked.document
    known = document.cut
    if document.size > MOST and _GIST.search(asked.question) and len(document.vectors) == len(known):
        taken = _fitting(known[place] for place in _telling(document))
    else:
        taken = _fitting(known, stops=True)
    order = sorted(taken, key=lambda each: (each.page, each.start))
    return Reading(len(known), tuple(order), (), 1.0)


def _fitting(passages: Iterable[Passage], stops: bool = False) -> list[Passage]:
    taken: list[Passage] = []
    room = MOST
    for each in passages:
        if len(each.text) <= room:
            taken.append(each)
            room -= len(each.text)
        elif stops:
            break
    return taken


def _telling(document: "Document") -> list[int]:
    """Order passages so that each adds most to what the ones before it stand for (facility location)."""
    import numpy as np  # which no start should wait for

    step = max(1, len(document.cut) // _LOOKED)
    places = list(range(0, len(document.cut), step))
    rows = np.stack([document.vectors[place] for place in places])
    near = (rows @ rows.T).clip(min=0)
    covered = near[0].copy()  # the beginning says what it is
    chosen = [0]
    while len(chosen) < min(len(places), MOST // 50):
        gains = np.maximum(near, covered).sum(axis=1)
        gains[chosen] = -1
        best = int(gains.argmax())
        chosen.append(best)
        covered = np.maximum(covered, near[best])
    return [places[each] for each in chosen]
