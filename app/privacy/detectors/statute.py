"""Laws, courts above the states and headings of judgments: written like names, and nobody's."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from app.privacy.detectors.wordlist import WordLists, listed
from app.privacy.types import Finding, Kind

_CAP = r"[A-Z][a-z]{1,20}(?:-[A-Za-z][a-z]{1,20})?"
_LINK = r"(?:of|and|or|on|for|to|the|in|against|with)"
_LAW = (
    r"Act|Acts|Code|Codes|Constitution|Convention|Law|Laws|Regulation|Regulations|Rules|Decree|Ordinance|Protocol"
    r"|Charter|Directive|Treaty|Covenant|Gazette|Statute|Bill"
)
_ANY_LAW = re.compile(rf"(?<!\w)(?:{_LAW})(?!\w)")
_ENDS = re.compile(rf"(?<![\w'’\-])(?:{_CAP} (?:{_LINK} ){{0,2}}){{1,6}}(?:{_LAW})(?!\w)")
_BEGINS = re.compile(
    rf"(?<![\w'’\-])(?:{_LAW}) (?:of|on|for|concerning|against|relating to) (?:the )?{_CAP}"
    rf"(?: (?:{_LINK} ){{0,2}}{_CAP}){{0,6}}"
)
_WORLDWIDE = re.compile(
    r"(?<!\w)(?:European (?:Court|Commission|Convention) (?:of|on|for) (?:the Protection of )?Human Rights"
    r"|(?:European )?Committee for the Prevention of Torture(?: and Inhuman or Degrading Treatment or"
    r" Punishment)?|Council of Europe|Committee of Ministers|House of (?:Lords|Commons|Representatives)"
    r"|Secretary of State(?: for(?: the)? [A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?)?"
    r"|Official (?:Gazette|Journal)|CASE OF|Rules of (?:the )?(?:Supreme )?Court"
    r"|(?:Grand|First|Second|Third|Fourth|Fifth) (?:Chamber|Section))"
    r"(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = listed("of and or on for to the in against with")
_UNSURE = frozenset({Kind.ORG, Kind.PLACE})


class Statutes:
    """Say what of a text is the name of a law or of what every judgment names."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places of such names, in order."""
        found = [match.span() for match in _WORLDWIDE.finditer(text)]
        for pattern in (_ENDS, _BEGINS) if _ANY_LAW.search(text) else ():
            found += [match.span() for match in pattern.finditer(text) if self._is_plain(match.group())]
        return tuple(_joined(sorted(found)))

    def _is_plain(self, value: str) -> bool:
        """Refuse a law that is called after somebody or some place."""
        lists = self._lists
        words = (word.casefold() for word in _WORD.findall(value))
        return all(word in _SMALL or (self._is_word(word) and word not in lists.places) for word in words)

    def _is_word(self, word: str) -> bool:
        return word in self._lists.common or word in self._lists.words


def is_inside(spans: tuple[tuple[int, int], ...], kind: Kind, start: int, end: int) -> bool:
    """Say whether what may be an organization or a place lies in one of these."""
    at = bisect_right(spans, start, key=itemgetter(0)) - 1
    before = spans[at] if at >= 0 else (0, 0)
    return kind in _UNSURE and before[0] <= start and end <= before[1]


def outside(findings: Iterator[Finding], spans: tuple[tuple[int, int], ...]) -> Iterator[Finding]:
    """Leave out what lies in one of these."""
    return (each for each in findings if not is_inside(spans, each.kind, each.start, each.end))


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = (-1, -1)
    for start, end in spans:
        if start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last[0] >= 0:
            yield last
        last = (start, end)
    if last[0] >= 0:
        yield last
