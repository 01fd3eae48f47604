"""Which words of a text carry its content: all but those that stand in every text."""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_IDLE_WORDS: Final = """
a about above after again all also am an and any anything are as at be been before being below between both
but by can cannot could did do does doing done down during each either else ever few for from further get
got had has have having he hence her here hers him his how however i if in into is it its itself just least
let like made make many may me might mine more most much must my near neither nor of off on once one only
onto or other ought our ours out over own per please quite rather really said same say says shall she should
since so some something such than that the their theirs them then there these they thing this those though
through thus to too under until up upon us very was we were what when where whether which while who whom
whose why will with within would yet you your yours
"""
IDLE: Final = frozenset(_IDLE_WORDS.split())

_ENDINGS: Final = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "y",
)  # fmt: skip


def content_words(text: str) -> list[str]:
    """Return the words that carry content, in small letters and their order."""
    return [word for word in words(text) if word not in IDLE]


def words(text: str) -> list[str]:
    """Return all words in small letters and their order, without possessives."""
    found = (match.group().casefold() for match in _WORD.finditer(text))
    return [re.sub(r"['’]s\Z", "", word) for word in found]


def stem(word: str) -> str:
    """Cut the commonest English endings, so that forms of a word meet."""
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "er",
        "ed",
        "es",
        "s",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
