"""People of whom only initials are written, as judgments, minutes and files do: "M.K.", "Mrs F."."""

import re
from collections.abc import Iterator

from app.privacy.detectors.wordlist import listed

_BIG = r"[^\W\d_a-zß-öø-ÿ]"
_INITIAL = rf"{_BIG}[a-zß-öø-ÿ]?\."
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Messrs|Judge|Justice|Officer|Sergeant|Captain)\.?"
_TITLED = re.compile(
    rf"(?<!\w){_TITLE} (?:{_INITIAL}[ \-]?){{1,4}}"
    rf"(?:{_BIG}[\w'’]{{1,30}}(?:[ \-]{_BIG}[\w'’]{{1,30}}){{0,2}})?"
)
_DOTTED = re.compile(rf"(?<=[\w,;()“\"] )(?:{_BIG}\.[ \-]?){{1,3}}{_BIG}\.(?! ?{_BIG}\w)")
_LISTED = re.compile(
    rf"(?<=[\w,;] ){_INITIAL}(?:, {_INITIAL}){{0,8}},? and {_INITIAL}(?:{_INITIAL})?(?! ?{_BIG}\w)"
)
_PART = re.compile(rf"{_INITIAL}(?:{_INITIAL})?")
_CASE = re.compile(
    r"(?<!\w)(?:applicants?|defendants?|plaintiffs?|claimants?|prosecutors?|victims?|witness(?:es)?|accused"
    r"|convicted|suspects?|custody)(?!\w)",
    re.IGNORECASE,
)
"""Who is written so stands in papers about a case; elsewhere "A.I." and its like are abbreviations."""
_SHORT = listed(
    "us uk un eu usa ussr uae dc am pm ad bc bce ce po ps qc nb ie eg ba ma bs ms md jd it ai hr pr tv ph"
    " llm llb rg no st al cf eds op vs sa spa srl bv nv ag kg ca la ny rc rok prc"
)


def initialed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of people with a title and initials, and in papers about a case of bare initials."""
    for match in _TITLED.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(" -"))
    if _CASE.search(text) is None:
        return
    for match in _DOTTED.finditer(text):
        if _letters(match.group()) not in _SHORT:
            yield match.span()
    for match in _LISTED.finditer(text):
        parts = list(_PART.finditer(text, *match.span()))
        if not any(_letters(part.group()) in _SHORT for part in parts):
            yield from (part.span() for part in parts)


def _letters(value: str) -> str:
    return "".join(filter(str.isalpha, value)).casefold()
