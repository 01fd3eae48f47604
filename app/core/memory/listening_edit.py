"""Finds in a message the draft before it as the person changed it: that is how he wants it."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

_SHORTEST: Final = 15
"""Words of a draft; fewer are alike by chance."""
_LONGEST: Final = 1500
_ALIKE: Final = 0.6
"""Share of the words that stay, in their order, in what counts as a version of a draft."""
_INTRODUCTION: Final = re.compile(r"\A[^\n:]{1,120}:\s+|\A[^\n]{1,120}[.?!]\s*\n\s*\n")


def version(message: str, draft: str) -> str:
    """Return what stands in a message as a changed version of a draft; empty where nothing does.

    Said back as it was, a draft is only quoted.
    """
    before = draft.split()
    if not _SHORTEST <= len(before) <= _LONGEST:
        return ""
    likeness, best = max(((_likeness(before, text), text) for text in _parts(message)), default=(0.0, ""))
    return best if _ALIKE <= likeness < 1.0 else ""


def _parts(message: str) -> Iterator[str]:
    """Yield a message, and what stands in it after an introduction, such as "I changed it to:"."""
    message = message.strip()
    yield message
    if found := _INTRODUCTION.match(message):
        yield message[found.end() :].strip(' \n"“”„«»')


def _likeness(before: list[str], text: str) -> float:
    after = text.split()
    if not _SHORTEST <= len(after) <= _LONGEST:
        return 0.0
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
