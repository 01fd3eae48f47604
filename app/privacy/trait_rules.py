"""Rules for what people say about themselves in the first person, in English.

Each pattern is tried at one place only, right after "I am", "I", "my", "me" or "as", and repeats nothing
without a limit, so that no text can make it slow. Group `v` is what tells the trait.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.privacy.trait import Trait
from app.privacy.trait_words import (
    BUSINESSES,
    CARE,
    CONDITIONS,
    DRUGS,
    FIELDS,
    JOBS,
    NATIONS,
    SUBJECTS,
)

Span = tuple[int, int]
Pick = Callable[[re.Match[str]], Span | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows a word for oneself, and which part of it tells which trait."""

    trait: Trait
    pattern: re.Pattern[str]
    pick: Pick


_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[ ']")


def spaced(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a blank stands for one or two of any kind, and ' for either apostrophe."""

    def piece(found: re.Match[str]) -> str:
        match found.group():
            case " ":
                return r"(?:\s{1,2})"
            case "'":
                return "['\u2019]"
            case other:
                return other.replace("'", "'\u2019")

    return re.compile(_PIECE.sub(piece, pattern), re.IGNORECASE)


_STOP_WORDS = (
    "a about afraid against am an and are as at because big but by curious fan fans for friend from had has "
    "have he "
    "her his how huge i if in into is it like little looking lot lover my not of on or our she so than that "
    "the their "
    "they to was we were what when who why with you your"
)
_STOP: Final = frozenset(_STOP_WORDS.split())
_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")
_NO_TRADE: Final = re.compile(
    r"['\u2019]s\b|\s(?:fans?|who|lover|wannabe|joke|simulator|game)\b", re.IGNORECASE
)
_NO_NATION: Final = re.compile(
    r"\s(?:[\w-]{1,12}\s)?(?:class|course|food|history|homework|language|learner|lesson|literature|music"
    r"|recipe"
    r"|restaurant|student|teacher|tutor|translator)",
    re.IGNORECASE,
)


def _whole(match: re.Match[str]) -> Span | None:
    return match.span("v")


def _among(words: Mapping[str, str] | frozenset[str], unless: re.Pattern[str] | None = None) -> Pick:
    """Take group `v` up to the first of these words, if no other kind of word stands before it."""

    def pick(match: re.Match[str]) -> Span | None:
        start = match.start("v")
        for number, found in enumerate(_WORD.finditer(match.string, start, match.end("v"))):
            word = found.group().lower().replace("\u2019", "'")
            if unless is not None and word.endswith("'s"):
                return None
            last = word.rpartition("-")[2]
            if any(each in words for each in (word, last, word.removesuffix("s"))):
                is_other = unless is not None and unless.match(match.string, found.end())
                return None if is_other else (start, found.end())
            if number and word in _STOP:
                return None
        return None

    return pick


def _up_to_a_stop(match: re.Match[str]) -> Span | None:
    """Take group `v` up to the first word that begins something else."""
    end = match.start("w" if "w" in match.re.groupindex else "v")
    for number, found in enumerate(_WORD.finditer(match.string, end, match.end("v"))):
        if number and found.group().lower() in _STOP:
            break
        end = found.end()
    return match.start("v"), end


def _rule(trait: Trait, pattern: str, pick: Pick = _whole) -> Rule:
    return Rule(trait, spaced(pattern), pick)


_DAYS = (
    "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|January|February|March|April|May|June|July|August|September|October"
    "|November"
    "|December|Christmas|Easter|God|Windows|Python|Java"
)
CAPITALIZED: Final = (
    rf"(?-i:(?:the )?(?!(?:I|A|An|The|My"
    rf"|{_DAYS})(?:day)?\b)(?![A-Za-z]+-[2-9B-Z]{{4}}\b)[^\W\d_a-z][\w&.'-]{{0,30}}\b"
    r"(?: (?:of |de |del |la |and |& )?(?![A-Za-z]+-[2-9B-Z]{4}\b)[A-Z][\w&.'-]{0,30}\b){0,4})"
)
_MONEY = (
    r"(?:[$€£¥₹] ?\d[\d,.]{0,12}(?: ?(?:k|m|million)\b)?|\d[\d,.]{0,12} ?(?:k\b|thousand\b|million\b)?"
    r" ?(?:dollars|euros|pounds|usd|eur|gbp|bucks|an hour|per hour|a year|per year|a month|per month|/h\b"
    r"|/hr\b"
    r"|/year\b|/month\b)|\d[\d,.]{0,12}k\b)"
)
_FEW = r"(?: [\w'-]{1,20}){0,3}?"
_COUNT = r"(?:an?|one|two|three|four|five|six|\d|twin)"
_CHILDREN = (
    r"(?:kids?|child(?:ren)?|sons?|daughters?|grandchild(?:ren)?|grandkids?|grandsons?|granddaughters?"
    r"|toddlers?"
    r"|bab(?:y|ies)|twins|triplets|step(?:sons?|daughters?|kids?|children))"
)
_SCHOOL = r"(?:(?:high|middle|grad|graduate|law|medical|med|nursing|business) school|college|university)"
_DEGREE = (
    r"(?:degree|diploma|phd|ph\.d|doctorate|mba|bachelor's|master's|b\.?sc|m\.?sc|associate's|gcses?"
    r"|a-levels|ged)"
)
_FAITHS = (
    r"(?:catholic|christian|muslim|jewish|jew|hindu|buddhist|sikh|atheist|agnostic|mormon|protestant"
    r"|evangelical"
    r"|baptist|quaker|pagan|republican|democrat|conservative|liberal(?! arts)|socialist|communist|libertarian"
    r"|anarchist|feminist|marxist|pro-life|pro-choice)"
)
_BODY = (
    r"(?:diabetic|epileptic|autistic|bipolar|deaf|blind(?! to| spot)|disabled|pregnant|hiv[- ]?positive"
    r"|paraly[sz]ed|anorexic|bulimic|dyslexic|asthmatic|anemic|infertile|immunocompromised|allergic to"
    r" [\w-]{2,20}"
    r"|in remission|in a wheelchair|wheelchair[- ]bound|on (?:medication|dialysis|chemo(?:therapy)?|the pill|"
    + DRUGS
    + r")|(?:recovering|suffering) from (?:[\w-]{2,20} )?[\w-]{2,20}|diagnosed with (?:[\w-]{1,20}"
    r" )?[\w-]{2,20})\b"
)

AM_RULES: Final = (
    _rule(Trait.AGE, r" (?P<v>\d{1,3}(?:[- ]?(?:years?|yrs?)(?:[- ]old\b| of age\b)| ?y/?o\b))"),
    _rule(Trait.AGE, r" (?:an? |the ){0,1}(?:[\w-]{2,20} ){0,2}?(?P<v>\d{1,3}[- ]?years?[- ]old)\b"),
    _rule(Trait.AGE, r" born (?:in|on) (?P<v>(?:[\w,]{1,10} ){0,3}?(?:19|20)\d\d)\b"),
    _rule(Trait.JOB, r" (?P<v>(?:an?|the only|the|one of the) (?:[\w'-]{2,25} ){0,3}[\w'-]{2,25})",
          _among(JOBS, _NO_TRADE)),
    _rule(Trait.JOB, r" (?P<v>self-employed|a freelancer|a civil servant|a social worker|a police"
                     r" officer)\b"),
    _rule(Trait.EMPLOYER, rf" an? (?:[\w-]{{2,25}} ){{0,2}}(?!student|pupil)[\w-]{{2,25}} at"
                          rf" (?P<v>{CAPITALIZED})"),
    _rule(Trait.EMPLOYER, r" (?:working|employed|interning|consulting|contracting|hired|fired|laid off)"
                          rf"(?: [\w-]{{2,20}}){{0,2}}? (?:at|for|by|from) (?P<v>{CAPITALIZED})"),
    _rule(Trait.FAMILY, r" (?P<v>(?:a (?:single |stay-at-home |working |new |first-time |young )?(?:mother"
                        r"|father|mom"
                        r"|mum|dad|parent|grand(?:mother|father|ma|pa)|widow(?:er)?|newlywed|step(?:mother"
                        r"|father)))"
                        r"\b(?: of (?:two|three|four|five|\d)\b)?)"),
    _rule(Trait.FAMILY, r" (?P<v>(?:recently |newly )?(?:married|divorced|widowed)|engaged(?! in| with)"
                        r"|separated(?! from| by| into)|single(?=\s{0,2}(?:[,.;!?)]|and\b|but\b"
                        r"|$)))(?![\w-])"),
    _rule(Trait.ORIGIN, r" (?P<v>(?:an? )?(?:half |part |native |proud |native-born"
                        r" )?[\w-]{3,20})", _among(NATIONS, _NO_NATION)),
    _rule(Trait.ORIGIN, r" (?P<v>an? (?:[\w-]{3,20} )?(?:immigrant|refugee|expat|asylum seeker|permanent"
                        r" resident"
                        r"|foreigner|US citizen|EU citizen|British citizen))\b"),
    _rule(Trait.ORIGIN, rf" (?:from|born in|raised in|born and raised in) (?P<v>{CAPITALIZED})"),
    _rule(Trait.PLACE, r" (?:based|living|located|residing)(?: out of| here)?(?: just)?"
                       rf" (?:in|near|outside) (?:downtown |central )?(?P<v>{CAPITALIZED})"),
    _rule(Trait.EDUCATION, r" (?P<v>an? (?:[\w'-]{1,20} ){0,3}?(?:student|undergrad(?:uate)?|sophomore"
                           r"|freshman|postdoc"
                           r"|phd candidate|alumn(?:us|a)|pupil))\b(?!'s)"),
    _rule(Trait.EDUCATION, rf" in (?P<v>{_SCHOOL})\b"),
    _rule(Trait.EDUCATION, r" in (?:my )?(?P<v>(?:first|second|third|final|last|\d\w\w) (?:year|grade"
                           r"|semester)"
                           rf"(?: (?:of|at) {_SCHOOL})?)\b"),
    _rule(Trait.EDUCATION, r" (?:studying|majoring in) (?P<v>[\w-]{2,20}(?:"
                           r" [\w-]{2,20})?)", _among(SUBJECTS)),
    _rule(Trait.HEALTH, rf" (?P<v>(?:\d{{1,2}} (?:weeks|months) )?{_BODY})"),
    _rule(Trait.BELIEFS, rf" (?P<v>(?:an? )?(?:devout |practi[cs]ing |lapsed |religious )?{_FAITHS})\b"),
    _rule(Trait.FINANCES, r" (?P<v>broke|bankrupt|(?:[\w-]{2,12} )?in debt|unemployed|overdrawn|on"
                          r" (?:benefits|welfare"
                          r"|food stamps|unemployment)|behind on (?:my|the|our) [\w-]{2,20})\b"),
)  # fmt: skip
"""After "I am"."""

DO_RULES: Final = (
    _rule(Trait.AGE, r" (?P<v>(?:turn|turned|turning) \d{2})\b(?![\d%.:])(?! (?:pages?|degrees|times|minutes"
                     r"|knobs))"),
    _rule(Trait.JOB, r" (?:work|worked|working|freelance|serve|served)(?: (?:part|full)[- ]time)? as"
                     r" (?P<v>(?:an?|the) (?:[\w'-]{2,25} ){0,4}[\w'-]{2,25})", _up_to_a_stop),
    _rule(Trait.JOB, r" work(?:ed)? in (?P<v>[\w-]{2,20}(?: [\w-]{2,20})?)", _among(FIELDS)),
    _rule(Trait.JOB, r" (?P<v>teach(?! (?:my|him|her|them|you|me|us|the|that|this|how|a|an)\b) [\w-]{2,20})"),
    _rule(Trait.JOB, rf" (?P<v>(?:run|own|manage)(?: and [a-z]{{2,10}})? (?:an?|my own|the|our)"
                     rf" (?:[\w-]{{2,20}} ){{0,2}}?(?:{BUSINESSES}))\b"),
    _rule(Trait.JOB, r" (?P<v>practi[cs]e (?:law|medicine|dentistry))\b"),
    _rule(Trait.EMPLOYER, r" (?:work|worked|working|intern|interned|consult|contract|got a job|have a job"
                          r"|start a job"
                          r"|got hired|got fired|was hired|was fired|resigned)"
                          rf"{_FEW} (?:at|for|by|from) (?P<v>{CAPITALIZED})"),
    _rule(Trait.PLACE, r" (?:live|lived|living|reside|rent(?: an? [\w-]{2,12})?|own an? (?:house|flat|home"
                       r"|farm)"
                       rf"|bought an? (?:house|flat|home)|settled){_FEW} (?:in|at|near|outside|around)"
                       rf" (?P<v>{CAPITALIZED})"),
    _rule(Trait.ORIGIN, rf" (?:grew up|was raised|was born) (?:in|near|around) (?P<v>{CAPITALIZED})"),
    _rule(Trait.ORIGIN, r" (?:come|came|emigrated|immigrated|migrated|moved here|fled)(?: here)?(?:"
                        r" originally)? from"
                        rf" (?P<v>{CAPITALIZED})"),
    _rule(Trait.ORIGIN, r" (?:have|hold|got) (?P<v>an? (?:[\w-]{2,20} )?(?:passport|citizenship|green card"
                        r"|work visa"
                        r"|student visa|h-?1b))\b"),
    _rule(Trait.EDUCATION, r" (?P<v>(?:graduated|dropped out)(?: [\w-]{2,20}){0,2} (?:from|of|in|with)"
                           r" (?P<w>(?:[\w'&-]{1,25} ){0,3}[\w'&-]{1,25}))", _up_to_a_stop),
    _rule(Trait.EDUCATION, r" (?:have|hold|got|earned|completed|did|finished|received) (?P<v>(?:an?|my|two)"
                           rf" (?:[\w'-]{{1,20}} ){{0,2}}?{_DEGREE}(?: degree)?(?![\w-]| of)(?: in"
                           rf" [\w-]{{2,20}})?)"),
    _rule(Trait.EDUCATION, r" (?:study|studied|major in|majored in|read) (?P<v>[\w-]{2,20}(?: [\w-]{2,20})?)",
          _among(SUBJECTS)),
    _rule(Trait.EDUCATION, rf" (?:attend|attended|went to|go to|study at|studied at) (?P<v>{_SCHOOL}"
                           r"|(?-i:(?:the )?[A-Z][\w'-]{1,20}(?: (?:of )?[A-Z][\w'-]{1,20}){0,3}"
                           r" (?:University|College|School|Academy)|(?:the )?University of"
                           r" [A-Z][\w-]{1,20}))(?!\w)"),
    _rule(Trait.FAMILY, rf" (?:have|had|got|raise|raised|adopted|lost) (?P<v>{_COUNT} (?:[\w-]{{2,20}}"
                        rf" ){{0,2}}?"
                        rf"(?:{_CHILDREN}|wife|husband))\b(?!')"),
    _rule(Trait.FAMILY, r" (?P<v>(?:got|get) (?:married|divorced|engaged))\b"),
    _rule(Trait.HEALTH, r" (?:have|had|got|suffer from|suffered from|live with|struggle with|survived"
                        r"|battled?"
                        r"|was diagnosed with|got diagnosed with) (?P<v>(?:[\w'-]{2,20} ){0,3}[\w'-]{2,20})",
          _among(CONDITIONS)),
    _rule(Trait.HEALTH, rf" (?:take|took|am taking|use|inject) (?P<v>(?:[\w-]{{2,12}} )?(?:{DRUGS}|a"
                        rf" wheelchair))\b"),
    _rule(Trait.BELIEFS, r" (?P<v>voted? for (?:the )?[\w-]{2,20})"),
    _rule(Trait.BELIEFS, r" (?P<v>believe in (?:god|allah|jesus)|(?:go to|attend) (?:church|mass|(?:a |the"
                         r" )?mosque"
                         r"|synagogue|temple))\b"),
    _rule(Trait.FINANCES, r" (?:earn|earned|make|made|owe|owed|saved|inherited|borrowed|bring home|take home"
                          r"|get paid"
                          rf"|am paid|gross|net){_FEW} (?P<v>{_MONEY})"),
    _rule(Trait.FINANCES, r" (?:have|had)(?: about| around| over)? (?P<v>" + _MONEY + r"(?: of)? in (?:debt"
                                                                                      r"|savings"
                          r"|student loans|the bank|my account))"),
    _rule(Trait.FINANCES, r" (?P<v>(?:filed|file) for bankruptcy)\b"),
)  # fmt: skip
"""After "I"."""

_HOME = r"(?:home|house|flat|apartment|home ?town|town|city|village|neighbou?rhood|farm|commute|address)"
_OWN = (
    r"(?:(?:two|three|four|five|six|\d|late|ex|future|new|soon-to-be|lovely|dear|beloved|oldest|eldest"
    r"|youngest|younger"
    r"|older|little|newborn|teenage|adult|own|first|second|only|unborn|\d{1,2}[- ](?:years?|months?)[- ]old)"
    r" ){0,3}"
)
MY_RULES: Final = (
    _rule(Trait.AGE, r" (?P<v>\d{1,2}(?:st|nd|rd|th) birthday)\b"),
    _rule(Trait.AGE, r" age is (?P<v>\d{1,3})\b"),
    _rule(Trait.JOB, r" (?:current |last |old |new |day )?(?:job|role|position|work|career) as"
                     r" (?P<v>(?:an?|the) (?:[\w'-]{2,25} ){0,3}[\w'-]{2,25})", _up_to_a_stop),
    _rule(Trait.JOB, r" (?:job|profession|occupation|job title|trade) is (?P<v>(?:[\w'-]{1,25}"
                     r" ){0,3}[\w'-]{2,25})",
          _among(JOBS)),
    _rule(Trait.EMPLOYER, r" (?:employer|company|firm|workplace)(?:,| is| was)? " rf"(?P<v>{CAPITALIZED})"),
    _rule(Trait.EMPLOYER, r" (?:old |new |current |last )?(?:boss|job|work|manager|internship|shift|office"
                          r"|colleagues"
                          rf"|team|position) at (?P<v>{CAPITALIZED})"),
    _rule(Trait.PLACE, rf" {_HOME}(?: is)? (?:in|near|outside|of|is) (?P<v>{CAPITALIZED})"),
    _rule(Trait.FAMILY, rf" (?P<v>{_OWN}(?:{_CHILDREN}|wife|husband|spouse|hubby|fianc[eé]e?|boyfriend"
                        rf"|girlfriend"
                        r"|(?<!our.)partner(?! in crime| at| company| program)|ex(?:-| )(?:wife|husband"
                        r"|boyfriend"
                        r"|girlfriend)"
                        r"|(?:mother|father)-in-law|in-laws|pregnant wife))(?![\w-])"),
    _rule(Trait.ORIGIN, r" (?P<v>(?:native language|first language|mother tongue|nationality|citizenship"
                        r"|ethnicity) is [\w-]{2,20})"),
    _rule(Trait.ORIGIN, r" (?P<v>(?:[\w-]{2,20} )?(?:green card|h-?1b|work visa|student visa|spouse visa"
                        r"|visa|passport"
                        r"|asylum (?:case|application|claim)|naturali[sz]ation|heritage|ancestry))\b"),
    _rule(Trait.EDUCATION, r" (?P<v>(?:phd |ph\.d\. |master's |bachelor's |college |doctoral |old |high |law"
                           r" |medical )?"
                           r"(?:thesis|dissertation|gpa|alma mater|phd|master's|bachelor's|diploma|a-levels"
                           r"|finals"
                           r"|professor|school|university|college"
                           r"|(?:degree|major)(?=\s{0,2}(?:is|was|in|from|[,.;!?]))))(?![\w-])"),
    _rule(Trait.HEALTH, r" (?P<v>(?:[\w'-]{2,20} ){0,2}[\w'-]{2,20})", _among(CONDITIONS | CARE)),
    _rule(Trait.BELIEFS, r" (?:local |old )?(?P<v>religion|faith|church|mosque|synagogue|parish|pastor|rabbi"
                         r"|imam|priest"
                         r"|congregation|bible study)\b"),
    _rule(Trait.FINANCES, r" (?:[\w'-]{2,15} ){0,2}?(?:salary|income|wages?|pay|rent|mortgage|debts?|savings"
                          r"|loans?"
                          r"|pension|net worth|credit score|bonus|inheritance)(?: [\w'-]{1,15}){0,3}?"
                          rf" (?P<v>{_MONEY}|\d[\d,.]{{2,12}}\b)"),
)  # fmt: skip
"""After "my" and "our"."""

AS_RULES: Final = (
    _rule(Trait.JOB, r" (?P<v>an? (?:[\w'-]{2,25} ){0,2}[\w'-]{2,25}),?(?= (?:i|we|my|our)\b)", _among(JOBS)),
    _rule(Trait.ORIGIN, r" (?P<v>an? [\w-]{3,20}),?(?= (?:i|we|my|our)\b)", _among(NATIONS)),
    _rule(Trait.AGE, r" (?P<v>an? \d{1,2}[- ]years?[- ]old),?(?= (?:[\w-]{1,20},? ){0,2}(?:i|we|my|our)\b)"),
)
"""After "as"."""

BRACKET: Final = _rule(Trait.AGE, r" ?[(\[](?P<v>\d\d ?[mf]|[mf] ?\d\d)[)\]]")
"""After "I" and "me", as forums write it: I (34F)."""
