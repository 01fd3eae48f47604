"""Words that are written like a name and stand in no list: small companies, products, places, rare people."""

import re
from collections.abc import Iterator

from app.privacy.detectors.wordlist import WordLists, listed
from app.privacy.types import Finding, Kind

NAME = "unknown-name"
_RUN = re.compile(
    r"(?<![\w@/.#$\\\-])(?:[A-Z]|(?:e|i|my)(?=[A-Z][a-z]))[\w&'’]{2,30}"
    r"(?:[ \-][A-Z0-9][\w&'’]{1,30}){0,4}(?![\w@/\\(=]|\.\w)"
)
_PLAIN = re.compile(
    r"(?<!\w)(?P<cue>[\w’']{1,12}) (?P<v>[A-Z][a-zà-ÿ]{2,20})(?![\w’'@/\\(=\-]|\.\w| [A-Z0-9])"
)
_WORD = re.compile(r"[^\W\d_]+")
_START = re.compile(r"(?:^|[.!?:;\n•\-–—*#>|\"“(\[{])\s*$")
_CUES = listed(
    "at for from with by via join joined joining left leaving chose choose called named against versus vs"
)
"""Before a firm or a person; a place stands after them as often."""
_NO_NAMES = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december christmas easter thanksgiving ramadan halloween god jesus
allah lord internet web english math maths mathematics biology chemistry physics history geography
science art music economics accounting finance marketing sales management engineering customer
customers client clients manager director president mom mum dad mother father grandma grandpa sir
madam team everyone earth world"""
)
_ENDINGS = listed("'s ’s s es ed d ing er ers ly al n ian ism ist ity ment ness able")
_BEGINNINGS = listed(
    """anti auto bio cardio co counter cross crypto cyber de dis eco electro endo extra fore geo hydro
hyper immuno in inter intra kilo macro mega meta micro mid mini mis mono multi nano neo neuro non
omni out over para peri phono photo physio poly post pre pro proto pseudo psycho radio re semi sub
super sur tele thermo trans tri ultra un under uni up"""
)
_TYPO = 7
"""From so many letters on a word that is almost another one is a slip."""
_INSIDE, _FIRST, _CUED = 0.4, 0.3, 0.3


class UnknownNames:
    """Find what is written like a name and is no word; it counts in texts about a person only."""

    name = NAME
    kinds = frozenset({Kind.ORG})

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def find(self, text: str) -> Iterator[Finding]:
        """Yield capitalized words of which no list knows one, and plain words that a firm may bear."""
        for match in _RUN.finditer(text):
            unknown = [word for word in _WORD.findall(match.group()) if not self.is_known(word.casefold())]
            if unknown and not all(map(str.isupper, unknown)):
                first = _START.search(text[max(0, match.start() - 4) : match.start()])
                score = _FIRST if first and " " not in match.group() else _INSIDE
                yield self._finding(match, 0, score, "a name that no list knows")
        for match in _PLAIN.finditer(text):
            if match["cue"].casefold() in _CUES and match["v"].casefold() not in _NO_NAMES:
                yield self._finding(match, "v", _CUED, "a word that is written like a name")

    def is_known(self, word: str) -> bool:
        """Say whether a case-folded word is one of a list, made of one, or a slip for one."""
        lists = self._lists
        if len(word) < 3 or any(word in names for names in (lists.places, lists.organizations, lists.people)):
            return True
        return self._is_word(word) or self._is_derived(word) or (len(word) >= _TYPO and self._is_slip(word))

    def _is_word(self, word: str) -> bool:
        return word in self._lists.common or word in self._lists.words

    def _is_derived(self, word: str) -> bool:
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        stems += [stem + "e" for stem in stems]
        if any(map(self._is_word, stems)):
            return True
        rests = (word.removeprefix(each) for each in _BEGINNINGS if word.startswith(each))
        return any(len(rest) > 3 and self._is_word(rest) for rest in rests)

    def _is_slip(self, word: str) -> bool:
        """Try a letter too many and two letters exchanged."""
        for at in range(len(word)):
            dropped = word[:at] + word[at + 1 :]
            swapped = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
            if dropped in self._lists.common or swapped in self._lists.common:
                return True
        return False

    def _finding(self, match: re.Match[str], group: int | str, score: float, why: str) -> Finding:
        return Finding(Kind.ORG, *match.span(group), score, NAME, why, public=True)
