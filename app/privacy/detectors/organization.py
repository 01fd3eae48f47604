"""Names of organizations by the words that such names end or begin with."""

import re
from collections.abc import Iterator

from app.privacy.detectors.pattern import at_starts
from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.statute import Statutes, outside
from app.privacy.detectors.wordlist import WordLists, listed
from app.privacy.letters import in_small, small
from app.privacy.types import Finding, Kind

NAME = "organization"
_CAP = r"(?:[^\W\d_a-zà-ÿ][\w'’&.\-]{0,30}(?<![.])|&|[A-Z]\.)"
_LINK = r"(?:of|and|for|the|de|du|des|la|le|der|die|das|und|für|&|in)"
_LEGAL = (
    r"inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|ug"
    r"|s\.?a\.?s?|sarl|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v"
    r"|oy|ab|pty|pvt|private limited|pte|kft|sp\. z o\.?o|holdings?|group"
)
_BODY = (
    r"university|college|school|academy|institute|hospital|clinic|bank|church|mosque|synagogue"
    r"|foundation|association|society|council"
    r"|ministry|department|committee|union|federation|agency|bureau|authority|technologies"
    r"|technology|solutions|systems|services|industries"
    r"|consulting|consultants|partners|associates|enterprises|ventures|capital|pharma"
    r"|pharmaceuticals|laboratories|labs|logistics|airlines|airways"
    r"|hotel|restaurant|cafe|bakery|store|stores|supermarket|motors|insurance|realty"
    r"|properties|construction|engineering|electronics|software|media"
    r"|studios?|productions|publishing|press|club|trust|centre|center|museum|library|station"
    r"|airport|lyc[ée]e|gymnasium|grundschule"
)
_SUFFIXED = re.compile(rf"(?<![\w&.])(?:{_CAP}[ \-,]{{1,2}}(?:and |of )?){{1,5}}(?i:{_LEGAL})(?![\w])\.?")
_BODIED = re.compile(
    rf"(?<![\w&.])(?:{_CAP} (?:{_LINK} ){{0,2}}){{1,5}}(?i:{_BODY})(?!\w)(?: (?:of|for"
    rf"|in) (?:the )?{_CAP}(?: (?:{_LINK} )?{_CAP}){{0,3}})?"
)
_HEADED = re.compile(
    r"(?<![\w&.])(?:University|College|Institute|Bank|Ministry|Department|Church|Hospital"
    r"|School|Society|Universidad|Universidade|Université|Universität"
    rf"|École|Ecole|Colegio|Escuela|Lycée|Collège|Banco|Banque|Hôpital|Klinik|Krankenhaus"
    rf"|Ospedale|Società|Société)(?: (?:of|for|de|du|des|della|di|do|da|the|la|le|l'"
    rf"|d')){{1,2}} ?{_CAP}(?: (?:{_LINK} )?{_CAP}){{0,4}}"
)
_CALL = (
    r"(?:company|business|startup|start-up|firm|employer|shop|brand|agency"
    r"|organi[sz]ation|restaurant|store|team|project)(?: is)?(?: named| called|,| name is)"
    r"|work(?:s|ed|ing)? (?:for|at)|employed (?:by|at)|interview (?:at|with)|job (?:at|with)"
    r"|ceo of|founder of|intern(?:ship)? (?:at|with)"
)
_CALLED = re.compile(rf"(?<!\w)(?i:{_CALL}) (?:the )?(?P<v>{_CAP}(?: (?:(?:and|&|of) )?{_CAP}){{0,4}})")
_CODENAME = re.compile(
    rf"(?<!\w)(?i:project|operation|code-?named?|code name)(?: is| name[d:]?|:)? (?P<v>{_CAP})(?!\w)"
)
_SMALL = re.compile(
    r"(?<!\w)(?:at|for|with|by|joined|joining|left|is|called|named) (?P<v>[a-z][a-z\-]{2,20}(?: [a-z]{3,20})?"
    r" (?:systems|labs|solutions|technologies|technology|holdings|industries|ventures|consulting|enterprises"
    r"|robotics|pharma|logistics|motors|foods|studios|software|research|energy|bank|group|partners|capital|media|store"
    r"|stores|insurance|hotels?|cafe|bakery))(?!\w)"
)
"""A firm in small letters; counts in texts about a person only."""
_NAME = (
    r"(?:company|firm|brand|startup|start-up|business|shop|store|app|website)(?: name)?"
    r"(?: is called| is named| is| called| named|:)|brand name"
)
_NAMED = re.compile(
    rf"(?<!\w)(?i:{_NAME})"
    r" (?P<v>[a-z][\w\-]{3,30}(?:\.[a-z]{2,10})?)(?![\w.])"
)
_HEADS = {_CALLED: in_small(rf"(?<!\w)(?={_CALL})"), _NAMED: in_small(rf"(?<!\w)(?={_NAME})")}
"""Where a pattern begins: in small letters, since that is quick."""
_WORKING = re.compile(
    r"(?<!\w)(?:work|works|worked|working|job|employed|intern|internship|interning|hired|interview|contractor)"
    r" (?:at|for|with|by) (?P<v>[a-z][a-z\-]{3,20}(?: (?:and |& )?[a-z]{3,20})?)(?![\w@/]|\.\w)"
)
_LIVING = re.compile(
    r"(?<!\w)(?:live|lives|lived|living|study|studied|studying|born|raised|based|grew up|moved|moving|flat"
    r"|apartment) (?:in|to) (?P<v>[a-z]{4,20})(?![\w@/'’\-]|\.\w)"
)
_WORDS = re.compile(r"[a-z\-]+")
_DEGREE = re.compile(r"(?:Bachelor|Master|Doctor|Diploma|Degree|Certificate|PhD)s?\b")
_TAIL = ".,-& "
_LITTLE = listed(
    """operating information computer control management payment legacy immune the a an my our your his her
their its this that these those some any all no one each every another other which what new old big
small large local public private good great best own same several many few more most"""
)


class OrganizationDetector:
    """Find organizations by their form."""

    name = NAME
    kinds = frozenset({Kind.ORG, Kind.PLACE})

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._publicity = Publicity(lists)
        self._statutes = Statutes(lists)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield capitalized names with a telling word."""
        yield from outside(self._formed(text), self._statutes.spans(text))
        yield from self._small(text)

    def _formed(self, text: str) -> Iterator[Finding]:
        for pattern, why in (
            (_SUFFIXED, "ends like a company"),
            (_BODIED, "ends like an organization"),
            (_HEADED, "begins like an organization"),
            (_CALLED, "called a company"),
            (_CODENAME, "called a project"),
        ):
            for match in _matches(pattern, text):
                start, end = match.span("v" if "v" in pattern.groupindex else 0)
                end -= len(text[start:end]) - len(text[start:end].rstrip(_TAIL))
                if self._is_name(text[start:end]):
                    public = self._publicity.is_public(Kind.ORG, text, start, end)
                    yield Finding(Kind.ORG, start, end, 0.65, NAME, why, public)

    def _small(self, text: str) -> Iterator[Finding]:
        """Find names in small letters, where a phrase says that one follows."""
        for match in _SMALL.finditer(text):
            if match["v"].split()[0] not in _LITTLE:
                yield Finding(Kind.ORG, *match.span("v"), 0.4, NAME, "ends like a company", public=True)
        for match in _WORKING.finditer(text):
            unknown = [word for word in _WORDS.finditer(match["v"]) if not self._is_word(word.group())]
            if unknown:
                start, end = match.start("v"), match.start("v") + unknown[-1].end()
                yield Finding(Kind.ORG, start, end, 0.4, NAME, "somebody works there", public=True)
        for match in _LIVING.finditer(text):
            if not self._is_word(match["v"]):
                yield Finding(Kind.PLACE, *match.span("v"), 0.4, NAME, "somebody lives there", public=True)
        for match in _matches(_NAMED, text):
            if not self._is_word(match["v"]):
                yield Finding(Kind.ORG, *match.span("v"), 0.4, NAME, "called a company", public=True)

    def _is_word(self, word: str) -> bool:
        return word in self._lists.common or word in self._lists.words

    def _is_name(self, value: str) -> bool:
        """Refuse degrees, and what is all common words in one or two steps, such as "The School"."""
        if _DEGREE.match(value):
            return False
        words = [word.casefold() for word in re.findall(r"[^\W\d_]+", value)]
        telling = [
            word
            for word in words
            if word not in ("the", "a", "our", "my", "your", "this", "of", "and", "for")
        ]
        rare = any(word not in self._lists.common for word in words)
        return rare or len(telling) >= 3


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    head = _HEADS.get(pattern)
    if head is None:
        return pattern.finditer(text)
    return at_starts(pattern, text, [match.start() for match in head.finditer(small(text))])
