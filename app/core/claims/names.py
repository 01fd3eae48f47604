"""Finds the names and codes of a sentence by their capital letters."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.claims.values import Name, fold
from app.core.claims.words import listed

_TITLES: Final = frozenset(
    listed(
        "mr mrs ms miss dr prof professor sir lady lord dame st saint president king queen prince"
        " princess count countess captain general colonel minister senator pope mister doctor mount the"
    )
)
_CAPITAL = r"[^\W\d_a-zà-ÿ][\w]*(?:['.&-]\w+)*(?:(?<=\b\w)\.)?"
_LINK = r"(?:\s(?:of|von|van|de|der|den|la|le|di|da|du|del|and\sthe|&|of\sthe|y|al)(?=\s[^\W\d_a-zà-ÿ]))*"
_SPAN = re.compile(rf"(?<![\w']){_CAPITAL}(?:{_LINK}\s{_CAPITAL})*")
_CODE = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[A-Z0-9]\w*(?:-\w+)*(?!\w)|\b\d+(?:\.\d+){2,}\b")
_GOES_ON = re.compile(r"(?:[\w,;)]|\b(?:Dr|Mr|Mrs|Ms|Prof|St)\.)\s*[\"'“(]*$")
_TIMES: Final = frozenset(
    listed(
        "january february march april may june july august september october november december monday"
        " tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov"
        " dec"
    )
)
_OPENERS: Final = frozenset(
    listed(
        "i i'm i've i'd the a an this that these those it its he she they we you his her their our your"
        " my there here in on at to for from by with as after before since until during while when where"
        " what which who how why if and or but so then thus therefore however also both each every all"
        " some many most more no not yes one two three four five six seven eight nine ten first second"
        " third finally next last overall sure certainly of course about around over under between nearly"
        " almost roughly today now yesterday tomorrow please let note take use make add mix put be do is"
        " are was were can may must should it's that's there's ok okay happy only even although though"
        " because unless once another other such see step total"
    )
)


def names(text: str) -> Iterator[tuple[int, int, Name]]:
    """Yield where each name of a sentence begins and ends, and what it is."""
    codes = [match.span() for match in _CODE.finditer(text)]
    for start, end in codes:
        yield start, end, Name((fold(text[start:end]),))
    for match in _SPAN.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in codes):
            yield from _name(text, match)


def _name(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, Name]]:
    words = [fold(word.strip(".'").removesuffix("'s")) for word in match[0].split()]
    begins = not _GOES_ON.search(text, max(0, match.start() - 8), match.start())
    if begins and words[0] in _OPENERS:
        words = words[1:]
        begins = False
    words = [word for word in words if word not in _TITLES and word not in _TIMES and word]
    if words and not (len(words) == 1 and (words[0] in _OPENERS or len(words[0]) < 2)):
        yield match.start(), match.end(), Name(tuple(words), not (begins and len(words) == 1))
