"""Makes of a coach's answer a plan that a small model can follow: few points, few words."""

import re
from typing import Final

from app.core.sentences import sentences
from app.privacy.prompt import CUT

POINTS: Final = 6
_WORDS: Final = 85
"""About 120 tokens: a longer plan is copied instead of followed."""
_POINT: Final = 20
"""Words of one point."""
_MARK: Final = re.compile(r"\s*(?:[-*\u2022\u2013+>#]+\s*|\(?\d{1,2}[.):]\s*|\(?[a-zA-Z][.)]\s+)+")
_BOLD: Final = re.compile(r"[*_`#]{1,3}")
_BLANK: Final = re.compile(
    r"\s*[\[<{(]\s*(?:your|their|his|her|name|date|address|insert|recipient|somebody|x+)\b[^\])}>]*[\])}>]",
    re.I,
)
"""A gap in a form, which a small model would leave in its text."""
_REFUSES: Final = re.compile(
    r"\b(?:I(?:['\u2019]m| am) (?:sorry|unable|not able|afraid)|I can(?:no|['\u2019])t|as an AI"
    r"|need more (?:information|details)"
    r"|could you (?:please )?(?:provide|tell|share|give)|please (?:provide|share|give))\b",
    re.IGNORECASE,
)
_INTRO: Final = re.compile(
    r"(?:sure|certainly|of course|here(?:['\u2019]s| is| are)|okay|great|outline)\b[^\n]*$|[^\n]*:$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w")


def outline(answer: str) -> tuple[str, ...]:
    """Return the points of a plan in their order; none where the answer is of no use."""
    lines = [line for line in answer.splitlines() if _WORD.search(line)]
    marked = [line for line in lines if _MARK.match(line)]
    raw = marked if len(marked) > 1 else [said.text for line in lines for said in sentences(line)]
    points: list[str] = []
    room = _WORDS
    for line in raw:
        said = _pointed(line)
        room -= len(said.split())
        if room < 0 or len(points) == POINTS:
            break
        if said and not _REFUSES.search(said) and said not in points:
            points.append(said)
    if not points or _REFUSES.search(" ".join(lines[:1])):
        return ()
    return tuple(points)


def _pointed(line: str) -> str:
    mark = _MARK.match(line)
    bare = _BOLD.sub("", line[mark.end() :] if mark else line).replace(CUT, "")
    bare = " ".join(_BLANK.sub("", bare).split())
    if mark is None and _INTRO.match(bare):
        return ""
    words = bare.split()
    if len(words) <= _POINT:
        return bare.rstrip(":")
    whole = [said.text for said in sentences(bare)]
    first = whole[0].split() if whole else words
    return " ".join(first if len(first) <= _POINT else words[:_POINT]).rstrip(",;:")
