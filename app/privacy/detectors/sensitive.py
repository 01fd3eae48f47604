"""Statements about the person himself that need care: health, faith, law, sex, debts."""

import re

from app.privacy.detectors.pattern import PatternDetector, Rule
from app.privacy.types import Kind

NAME = "sensitive"
_ME = r"(?:i|i'm|i am|i've|i have|i was|i got|my(?: \w{1,14}){1,2}|we|our \w{1,14})"
_GAP = r"(?: [\w']{1,14}){0,6}? "
_TOPICS = {
    "health": (
        r"diagnosed|cancer|tumou?r|leukemia|hiv|aids|diabetes|diabetic|depress(?:ed|ion)|anxiety"
        r"|bipolar|schizophreni\w{1,3}|adhd|autis(?:m|tic)|ptsd|epilep\w{2,4}|pregnan\w{1,3}"
        r"|miscarriage|abortion|infertil\w{1,4}|ivf|suicid\w{1,4}|self-harm|overdose\w?|rehab"
        r"|addict(?:ed|ion)?|alcoholic|alcoholism|chemo(?:therapy)?|dialysis|transplant"
        r"|multiple sclerosis"
        r"|parkinson'?s|alzheimer'?s|dementia|hepatitis|chlamydia|herpes|syphilis|gonorrh\w{2,4}"
        r"|antidepressants?|insulin|lithium|methadone|anorexi\w|bulimi\w|panic attacks?|stroke"
        r"|heart attack"
        r"|surgery|psychiatrist|therapist|eating disorder|erectile dysfunction|std|sti|lupus"
        r"|crohn'?s|asthma|endometriosis|burnout|sober|disab(?:led|ility)"
    ),
    "faith": (
        r"muslim|islam|jewish|judaism|christian|catholic|protestant|hindu|buddhist|sikh|atheist"
        r"|mormon|jehovah'?s witness|scientolog\w{1,4}|converted to|left the church|pray(?:ed)? at"
        r"|voted for|republican|democrat|communist|trade union|labou?r party|far[- ]right"
    ),
    "law": (
        r"arrest(?:ed)?|convict(?:ed|ion)|prison|jail|probation|parole|felony|misdemeanou?r|dui"
        r"|indict(?:ed|ment)|sued|lawsuit|restraining order|custody|criminal record|undocumented"
        r"|deport(?:ed|ation)"
        r"|asylum|overstayed|stole|shoplift\w{0,5}|fraud|divorc(?:e|ed|ing)|abus(?:ed|ive)|raped?"
        r"|assault(?:ed)?|harass(?:ed|ment)|evict(?:ed|ion)|cheat(?:ed|ing) on my taxes"
    ),
    "sex": (
        r"gay|lesbian|bisexual|transgender|trans|queer|asexual|non-?binary|closeted|came out"
        r"|come out|coming out|affair|sex life|virgin|escort|porn|sexual\w{0,4}|cheat(?:ed|ing) on"
        r"|slept with|mistress|hooking up"
    ),
    "money": (
        r"bankrupt(?:cy)?|insolven(?:t|cy)|in debt|debts?|foreclos\w{1,4}|payday loan|gambl\w{2,4}"
        r"|owe|behind on|overdrawn|food stamps|welfare|unemployed|fired|laid off|salary|earn"
        r"|income|credit score"
    ),
}
_END = r"[^.!?\n;]{0,80}"


def _statement(topic: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w']){_ME}{_GAP}?(?:{topic})(?!\w){_END}", re.IGNORECASE)


def detector() -> PatternDetector:
    """Make the detector of sensitive statements."""
    reasons = {
        "health": "says something about health",
        "faith": "says something about faith or politics",
        "law": "says something about the law or family trouble",
        "sex": "says something about love or sex",
        "money": "says something about debts or income",
    }
    return PatternDetector(
        NAME,
        tuple(Rule(Kind.SENSITIVE, _statement(topic), reasons[name], 0.6) for name, topic in _TOPICS.items()),
    )
