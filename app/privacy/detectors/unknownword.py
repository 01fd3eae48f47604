"""Words that are written like a name and stand in no list: small companies, products, places, rare people."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from app.privacy.detectors.statute import Statutes, outside
from app.privacy.detectors.wordlist import OFFICIAL, SMALL, WordLists, listed
from app.privacy.types import Finding, Kind

NAME = "unknown-name"
_RUN = re.compile(
    r"(?<![\w@/.#$\\\-])(?:[A-Z]|(?:e|i|my)(?=[A-Z][a-z]))[\w&'’]{2,30}"
    r"(?:[ \-][A-Z0-9][\w&'’]{1,30}){0,4}(?![\w@/\\(=]|\.\w)"
)
_PLAIN = re.compile(
    r"(?<!\w)(?P<cue>[\w’']{1,12}) (?P<v>[A-Z][a-zà-ÿ]{2,20})(?![\w’'@/\\(=\-]|\.\w| [A-Z0-9])"
)
_NUMBERED = re.compile(r"(?<![\w@/.#$\\\-])[A-Z][A-Za-z]{2,20}\d{1,4}(?![\w@/\\(=\-.])")
_CAPITALIZED = re.compile(
    r"(?<=[\w,;’')] )[A-Z][\w&]{2,20}(?:(?: (?:of|the|and|&|to|de))? [A-Z][\w&]{1,20}){0,3}"
    r"(?![\w@/\\(=]|\.\w)"
)
_MORE = re.compile(r" (?:and |& )?[A-Z]|[:\n|]")
_CAMEL = re.compile(r"[a-z][A-Z][a-z]")
_OWNER = re.compile(r"['’]s(?!\w)")
_OWNERS = re.compile(r"['’]s?\Z")
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
_NEVER = _NO_NAMES | OFFICIAL
HEADS = listed(
    """account accounts act activities activity admin administration advice agreement analysis analyst and
application applications assessment assistant associate award awards bachelor best board branding
but campaign campaigns center certificate certification chapter chief client clients code
communication compliance contract control controls coordinator copy course customer customers data
day dear degree department description design desk developer development diet director division
document education email employee engineer engineering essay event events exam excellent executive
expense expenses experience expert form framework gift goal goals group guide head health hello
history hopefully hours human id income industry information insights intern internship interview
introduction inventory invoice issue job kind knowledge language lead leader leadership learning
letter level line lines list location machine major management manager market marketing master
material meeting member method model module name network news note notes number office officer
online operations operator order orders page paid paper part partner payable payment permit phone
plan planning platform platforms please policy position post posts presentation president price
principal principles process product production products professional profile program programme
project projects purchased qualifications quality question questions rate receivable received
recruiter regards reminder rent report representative request required requirements research
resources response responsibilities results review role safety sales sample school science score
screen section security segmentation semester seminar senior service services session shift
sincerely site skill skills social software solution solutions specialist staff standard standards
statement status step store strategies strategy student studies study summary supervisor supplier
supplies support survey system systems table target task team teams technology term terms test
testing text thank thanks the they time title tool tools topic tracker training transcription
translation trends type unit update user vehicles video view visa volunteer warehouse website week
work worker workflow workshop year"""
)
"""What ends so in capitals is a title, a subject or a heading far more often than a firm."""
_ENDINGS = listed("'s ’s s es ed d ing er ers ly al n ian ism ist ity ment ness able")
_BEGINNINGS = listed(
    """anti auto bio cardio co counter cross crypto cyber de dis eco electro endo extra fore geo hydro
hyper immuno in inter intra kilo macro mega meta micro mid mini mis mono multi nano neo neuro non
omni out over para peri phono photo physio poly post pre pro proto pseudo psycho radio re semi sub
super sur tele thermo trans tri ultra un under uni up"""
)
_ANY_BEGINNING = tuple(_BEGINNINGS)
_TYPO = 7
"""From so many letters on a word that is almost another one is a slip."""
_LOUD = 5
"""From so many capitals on a word is no abbreviation."""
_LONGEST = 4
_TITLES = OFFICIAL | {"of"}
_INSIDE, _WEAK, _DOUBTFUL = 0.4, 0.3, 0.2


class UnknownNames:
    """Find what is written like a name and is no word; it counts in texts about a person only."""

    name = NAME
    kinds = frozenset({Kind.ORG})

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._statutes = Statutes(lists)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what may be a name, from likely to doubtful."""
        yield from outside(self._guesses(text), self._statutes.spans(text))

    def _guesses(self, text: str) -> Iterator[Finding]:
        loud = _is_loud(text)
        for match in _RUN.finditer(text):
            words = _WORD.findall(match.group())
            unknown = [word for word in words if word.casefold() not in OFFICIAL and not self._is_plain(word)]
            if not unknown or (loud and match.group().isupper()):
                continue
            short = all(word.isupper() and len(word) < _LOUD for word in unknown)
            first = _START.search(text[max(0, match.start() - 4) : match.start()])
            likely = " " in match.group() or not first
            if likely or not short:
                score = _DOUBTFUL if short else _INSIDE if likely else _WEAK
                yield _from_name_on(self._finding(match, 0, score, "a name that no list knows"), match)
        for match in _NUMBERED.finditer(text):
            if not self._is_word(match.group().rstrip("0123456789").casefold()):
                yield self._finding(match, 0, _WEAK, "a name with a number")
        for match in _PLAIN.finditer(text):
            if match["cue"].casefold() in _CUES and match["v"].casefold() not in _NEVER:
                yield self._finding(match, "v", _WEAK, "a word that is written like a name")
        runs = list(_CAPITALIZED.finditer(text))
        counted = Counter(match.group() for match in runs)
        for match in runs:
            if not self._is_no_name(match.group()):
                score = _WEAK if self._is_in_prose(match, repeated=counted[match.group()] > 1) else _DOUBTFUL
                found = self._finding(match, 0, score, "words that are written like a name")
                yield _from_name_on(found, match)

    def _is_no_name(self, value: str) -> bool:
        known = self._lists.organizations
        others = (_NO_NAMES, OFFICIAL, SMALL, known)
        folded = value.casefold()
        return all(any(word in each for each in others) for word in folded.split()) or folded in known

    def _is_in_prose(self, match: re.Match[str], *, repeated: bool) -> bool:
        """Say whether a run of capitalized words stands out of its sentence and is no title or heading."""
        text, words = match.string, match.group().split()
        if _OWNER.match(text, match.end()):
            return True
        before = text[max(0, match.start() - 24) : match.start()].split()
        if match.group().isupper() and len(match.group()) < _LOUD:
            return False
        is_apart = bool(before) and before[-1][0].islower()
        is_apart = repeated or (is_apart and not _MORE.match(text, match.end()))
        return is_apart and len(words) <= _LONGEST and words[-1].casefold() not in HEADS

    def _is_plain(self, word: str) -> bool:
        """Say whether a word is none that somebody made up; capitals inside it count."""
        folded = word.casefold()
        if _CAMEL.search(word) and folded not in self._lists.common:
            return folded in self._lists.organizations
        return self.is_known(folded)

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
        if not word.startswith(_ANY_BEGINNING):
            return False
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


def _from_name_on(finding: Finding, run: re.Match[str]) -> Finding:
    """Leave out titles and headings in front of a name, and behind it what says that something is its own."""
    owner = _OWNERS.search(run.group())
    if owner:
        finding = replace(finding, end=finding.end - len(owner.group()))
    words = _WORD.finditer(run.group())
    start = next((word.start() for word in words if word.group().casefold() not in _TITLES), 0)
    return replace(finding, start=finding.start + start) if start else finding


def _is_loud(text: str) -> bool:
    letters = set(text)
    capitals, others = (sum(map(text.count, filter(case, letters))) for case in (str.isupper, str.islower))
    return capitals > others
