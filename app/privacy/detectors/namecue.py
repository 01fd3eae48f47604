"""Names of people that a phrase announces: "my name is", "my boss", "Dear", "Mr"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.privacy.detectors.pattern import at_starts
from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.wordlist import PARTICLES, WordLists, listed
from app.privacy.letters import in_small, small
from app.privacy.types import Finding, Kind

NAME = "name-phrase"
_RELATION = (
    "boss|manager|supervisor|wife|husband|spouse|partner|girlfriend|boyfriend|fianc[ée]e?|ex"
    "|mother|mom|mum|father|dad|sister|brother|son|daughter|uncle|aunt|cousin|nephew|niece"
    "|grandmother|grandfather|grandma|grandpa|friend|best friend|roommate|flatmate|neighbou?r"
    "|landlord|landlady|tenant|colleague|coworker|co-worker|teacher|professor|doctor|dentist"
    "|therapist|lawyer|client|patient|student|assistant|secretary|employee|kid|child|baby|dog"
    "|cat|stepson|stepdaughter|mentor|coach|advisor|accountant|nurse|in-law|mother-in-law"
    "|father-in-law"
)
_FIELD = (
    "full name|first name|last name|surname|name|nom|prénom|vorname|nachname|nombre"
    "|apellidos?|cognome|author|contact|attn|attention|from|to|cc|sender|recipient|patient"
    "|patient name|client"
    "|customer|employee|assignee|reporter|owner|candidate|applicant|student|holder|cardholder"
    "|signed|signed by|prepared by|reviewed by|approved by|interviewer|attendees|ship to"
    "|bill to|beneficiary"
)
_TITLE = (
    "mr|mrs|ms|mx|miss|dr|prof|professor|sir|madam|lady|lord|herr|herrn|frau|mme|mlle"
    "|monsieur|madame|sr|sra|srta|señor|señora|signor|signora|sig|dott|don|doña|pan|pani"
    "|mevrouw|meneer"
    "|dhr|mw|judge|justice|capt|captain|sgt|officer|detective|rev|reverend|rabbi|imam|nurse"
    "|coach|teacher|engr|eng|hon|fr|bro|sen|gov|pres|lt|col|maj|gen|cpl|pvt|president|senator"
    "|congressman|mayor|minister|chancellor|господин|госпожа|senhor|senhora|shri|smt"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    phrase: str
    pattern: re.Pattern[str]
    why: str
    lower: bool
    """A name in lower case may follow."""
    known: bool = False
    """In lower case only a name from the lists."""
    whole: bool = False
    """The phrase itself is hidden too: a title tells the sex."""


def _cue(pattern: str, why: str, *, lower: bool, known: bool = False, whole: bool = False) -> _Cue:
    return _Cue(pattern, in_small(rf"(?<![^\W_])(?:{pattern})"), why, lower, known, whole)


CUES = (
    _cue(
        r"(?:my|his|her|their) (?:full |real |legal |first |last |maiden |birth )?(?:name is"
        r"|name's|name was)|name is|i am called|people call me|call me|je m'appelle|mein name ist"
        r"|ich hei(?:ß|ss)e|ich bin"
        r"|me llamo|mi nombre es|mi chiamo|il mio nome è|meu nome é|me chamo|mijn naam is|ik heet"
        r"|nazywam się|mam na imię|меня зовут|jag heter|adım|benim adım|signed,?|yours(?:,"
        r"| truly,?)",
        'follows "my name is"',
        lower=True,
    ),
    _cue(
        rf"(?:my|our|his|her|their|your) (?:\w{{1,12}} )?(?:{_RELATION})(?:'s name is| is called"
        rf"| is named| named| called| is|,)?",
        "follows a family or work relation",
        lower=True,
        known=True,
    ),
    _cue(rf"(?:{_TITLE})\.?", "follows a title", lower=True, known=True, whole=True),
    _cue(r"(?:mr|mrs|ms|mx|dr|prof|engr)\.(?!\s\s)", "follows a title", lower=True, whole=True),
    _cue(
        r"dear|hi|hello|hey|hallo|liebe[rs]?|lieber|cher|chère|estimad[oa]|querid[oa]|bonjour|hola"
        r"|ciao|sehr geehrte[rs]? (?:herr|frau)|thanks,?|thank you,?|cheers,?",
        "follows a greeting",
        lower=True,
        known=True,
    ),
    _cue(
        r"(?:kind |best |warm |many )?(?:regards|wishes)[,.]?|sincerely[,.]?|love,"
        r"|mit freundlichen gr(?:ü|ue)(?:ß|ss)en,?|cordialement,?|atentamente,?|saludos,?|xoxo,?",
        "follows a closing",
        lower=True,
        known=True,
    ),
    _cue(
        r"(?:(?:e-?)?mail|letter|message|note|call|gift|reply|invoice|text|love) (?:from|to|for)"
        r"|(?:e-?mail|mail|call|ask|tell|meet|met|contact|message|text|phone|remind|invite|hire"
        r"|hired|fire|fired|cc|ping|visit|visited|marry|married|sue|thank|introduce|know) "
        r"|(?:meeting|lunch|dinner|talk|talked|speak|spoke|chat|interview|date|call|married"
        r"|appointment|session|living|lives?|working) (?:with|to)"
        r"|(?:signed|written|sent|reported|approved|recommended) by|named|on behalf of|works? for"
        r"|reports? to|about",
        "somebody is addressed or met",
        lower=True,
        known=True,
    ),
    _cue(rf"[\"']?(?:{_FIELD})[\"']?\s?[:=]\s?[\"']?", "in a field for names", lower=True, known=True),
    _cue(
        r"patient|client|employee|defendant|plaintiff|applicant|witness|candidate|student|tenant"
        r"|suspect|inmate|nurse",
        "follows a role",
        lower=False,
    ),
    _cue(r"this is|i'm|i am|it's me,?|my friends?|here is", 'follows "I am"', lower=True, known=True),
)
_ANY_CUE = in_small(rf"(?<![^\W_])(?={'|'.join(cue.phrase for cue in CUES)})")
"""Where any of them begins: one look in place of ten."""
_CJK = re.compile(
    r"(?:我叫|我的名字是|我是|姓名[:：]|名字叫|患者|私は|私の名前は|名前は"
    r"|氏名[:：])(?P<v>[\u4e00-\u9fff\u3040-\u30ff]{2,6}?)(?=です|と申|と|，|,|。|、|的|住|在|\s|$|先生|女士"
    r"|[0-9A-Za-z(（])"
    r"|(?P<w>[\u4e00-\u9fff\u30a0-\u30ff]{2,5})(?:さん|様|さま|くん|ちゃん|先生|女士|小姐)"
)
_SHORT = re.compile(r"(?<![\w.@/])[A-Z]\.(?P<v>[A-Z][a-zà-ÿ]{1,20})(?![\w(@./=])")
"""An initial and a last name, without a blank."""
_INVERTED = re.compile(r"(?<!\w)[a-z][A-Z]{2,20}(?: [a-z][A-Z]{2,20}){1,3}(?!\w)")
"""Typed while the capitals were locked."""
_WORD = re.compile(
    r"[\s\"'(.]{0,2}(?P<w>[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_])){0,30})(?P<dot>\.(?=\s?[^\W\d_]))?"
)
_NOT_NAMES = listed(
    """sir madam all team everyone hiring manager customer support colleagues friends folks guys there doctor
professor chatgpt claude assistant ai gpt siri alexa bot not just very so a an the new still now here
sorry sure trying looking using currently happy please write human god mom dad i you we they he she it
monday english french german spanish chinese american british indian european christian muslim jewish"""
)
LONGEST = 4


class NameCues:
    """Find the words after an announcing phrase that can be a name."""

    name = NAME
    kinds = frozenset({Kind.PERSON})

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._publicity = Publicity(lists)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield announced names."""
        lowered = small(text)
        starts = [match.start() for match in _ANY_CUE.finditer(lowered)]
        for cue in CUES:
            for match in at_starts(cue.pattern, lowered, starts):
                span = self._name_at(text, match.end(), cue)
                if span and cue.whole:
                    span = match.start(), span[1]
                if span:
                    public = self._publicity.is_public(Kind.PERSON, text, *span)
                    yield Finding(Kind.PERSON, *span, 0.75, NAME, cue.why, public)
        for match in _SHORT.finditer(text):
            if (
                match["v"].casefold() not in self._lists.common
                and match["v"].casefold() not in self._lists.places
            ):
                yield Finding(Kind.PERSON, *match.span(), 0.6, NAME, "follows an initial")
        for match in _INVERTED.finditer(text):
            yield Finding(Kind.PERSON, *match.span(), 0.6, NAME, "written with locked capitals")
        for match in () if text.isascii() else _CJK.finditer(text):
            group = "v" if match.group("v") else "w"
            yield Finding(Kind.PERSON, *match.span(group), 0.7, NAME, "announced as a name")

    def _name_at(self, text: str, at: int, cue: _Cue) -> tuple[int, int] | None:
        start = end = -1
        for count in range(LONGEST):
            match = _WORD.match(text, at)
            if not match or (count == 0 and match.start("w") == at and text[at - 1].isalnum()):
                break
            word = match.group("w")
            if not self._may_be_name(word, cue, is_first=count == 0):
                break
            start = match.start("w") if start < 0 else start
            if word.casefold() not in PARTICLES:
                end = match.end("w")
            at = match.end()
        return (start, end) if 0 <= start < end else None

    def _is_listed(self, word: str) -> bool:
        return word in self._lists.first or word in self._lists.last

    def _may_be_name(self, word: str, cue: _Cue, *, is_first: bool) -> bool:
        folded, lists = word.casefold(), self._lists
        if folded in PARTICLES:
            return not is_first or word[0].isupper()
        if folded in _NOT_NAMES:
            return False
        known = self._is_listed(folded) or self._is_listed(folded.replace("'", "").replace("’", ""))
        capitalized = word[0].isupper() and (len(word) == 1 or not word.isupper())
        if capitalized:
            return known or folded not in lists.common
        if len(folded) < 3 or folded in lists.common or not (cue.lower or word.isupper()):
            return False
        return known or not cue.known
