"""What a passage has to be seen with, so that the filter hides in it what the whole document hides."""

import re
from collections import defaultdict
from typing import Final

from app.core.extracts.document import Inquiry, passages
from app.core.extracts.run import Reading

SEEN: Final = 120_000
"""Characters that the filter looks at beside an extract of a document that is longer: some seconds."""
_FIRST: Final = 12
"""Passages with a word that are looked at, first ones first: there a name is introduced."""
_WORD: Final = re.compile(r"\w+")


def around(reading: Reading, asked: Inquiry) -> str:
    """Return all that the extract may have to be seen with.

    What is hidden in the document matters here only where its words stand in the extract too, so of a long
    document those passages are enough that share a word with it: names and numbers first, then rare words.
    """
    document = asked.document
    if document.size <= SEEN or not document.cut:
        return "\n\n".join([*document.pages, asked.question])
    known = passages(document)
    holds: dict[str, list[int]] = defaultdict(list)
    wanted = {word for each in reading.passages for word in _WORD.findall(each.text)}
    folded = {word.casefold() for word in wanted}
    for place, each in enumerate(known):
        for word in {word.casefold() for word in _WORD.findall(each.text)} & folded:
            holds[word].append(place)
    telling = {word.casefold() for word in wanted if not word.islower()}
    taken: set[int] = set()
    room = SEEN
    for word in sorted(holds, key=lambda each: (each not in telling, len(holds[each]), each)):
        for place in holds[word][:_FIRST]:
            if place not in taken and len(known[place].text) <= room:
                taken.add(place)
                room -= len(known[place].text)
    return "\n\n".join([*(known[place].text for place in sorted(taken)), asked.question])
