"""Words that carry little, and stems of the others."""

import re
from functools import lru_cache
from typing import Final


def listed(words: str) -> list[str]:
    """Return the words of a list that is written as a text."""
    return words.split()


IDLE: Final = frozenset(
    listed(
        "a an the this that these those it its he she they them his her their you your we our i my me him"
        " us one is are was were be been being am has have had do does did will would can could may might"
        " must shall should of in on at to for from by with as into onto over under about around between"
        " among through during before after since until till up down out off than then there here when"
        " where who whom whose which what how why and or but nor so if because although though while"
        " whereas also too very just only even still already more most less least some any each every all"
        " both either other another such same own per not no never without cannot don't doesn't didn't"
        " isn't aren't wasn't weren't won't can't roughly approximately nearly almost ago old long high"
        " tall deep wide however therefore thus hence example well"
    )
)
_ENDINGS = re.compile(r"(?<=\w{3})(?:ically|ical|ations?|ments?|ings?|edly|ed|ies|ers?|es|ly|s|e|y|d)$")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a rough stem, enough to find "opened" and "opening" alike."""
    return _ENDINGS.sub("", word.lower().removesuffix("'s"))


def content(text: str) -> frozenset[str]:
    """Return the stems of the words that carry something."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.lower() not in IDLE and len(word) > 1)
