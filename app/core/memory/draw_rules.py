"""Makes of a language's words the rules by which its sentences are read."""

import re
from dataclasses import dataclass
from typing import Final

from app.core.memory.draw_languages import LANGUAGES, Language

SURE, LIKELY, UNSURE = 0.9, 0.8, 0.6
Rule = tuple[re.Pattern[str], float]


@dataclass(frozen=True, slots=True)
class Rules:
    """How sentences of one language are read."""

    doubt: re.Pattern[str]
    """Found in a sentence, nothing of it counts."""
    passing: re.Pattern[str]
    """Found in a clause, it holds for the moment only."""
    lasting: tuple[Rule, ...]
    """What a clause must begin with to say something lasting, and how sure that is."""
    single: tuple[tuple[str, re.Pattern[str]], ...]
    """What can hold once only, by names that are the same in all languages."""


_FLAGS: Final = re.IGNORECASE | re.MULTILINE
_PROPER: Final = r"(?:,? (?-i:[A-ZÀ-Þ])[\w'-]+,?)?"


def any_of(field: str) -> str:
    """Return one field of all languages as alternatives."""
    return "|".join(getattr(language, field) for language in LANGUAGES)


def rules(words: Language) -> Rules:
    """Return the rules of a language."""
    return Rules(
        re.compile(rf"(?<!\w)(?:{words.doubt})(?!\w)", _FLAGS),
        re.compile(rf"(?<!\w)(?:{words.passing})(?!\w)|\?", _FLAGS),
        tuple((re.compile(pattern, _FLAGS), confidence) for pattern, confidence in _lasting(words)),
        tuple((kind, re.compile(f"^(?:{pattern})", _FLAGS)) for kind, pattern in _single(words)),
    )


def _lasting(words: Language) -> tuple[tuple[str, float], ...]:
    am = rf"(?:{words.am}|{words.am_not}) ?(?:(?:{words.between}) )*"
    being = f"(?:{words.diet}|{words.married}|{words.being})"
    kin = rf"(?:{words.my}) (?:\w+ )?(?:{words.kin}){_PROPER}"
    return (
        (rf"(?:{words.called}) \S+(?: \S+)?$", SURE),
        (rf"(?:{words.live})(?!\w)|(?:{words.moved})", SURE),
        (rf"(?:{words.work})\b", SURE),
        (rf"(?:{words.aged})", SURE),
        (rf"{am}{being}\b", LIKELY),
        (rf"(?:{words.have}) (?:[\w'-]+ ){{0,3}}(?:[ld]')?(?:{words.having})\b", LIKELY),
        (rf"(?:{words.do})\b (?!(?:das|es|ça|cela|esto|eso)\b)\S+|(?:{words.smoke})", UNSURE),
        (rf"(?:{words.goes})\b.*\b(?:{words.habit})\b", UNSURE),
        (rf"{kin} (?:{words.is_called}|{words.is_aged})\b", SURE),
        (rf"(?:{words.my}) (?:\w+ )?(?:{words.others}) (?:{words.is_called})\b", SURE),
        (rf"{kin} (?:{words.of_kin}|{words.they_are} (?:(?:{words.between}) )*{being})\b", LIKELY),
        (rf"(?:{words.which}) \S+", SURE),
        (rf"(?:{words.always})", LIKELY),
    )


def _single(words: Language) -> tuple[tuple[str, str], ...]:
    am = rf"(?:{words.am}|{words.am_not}) ?(?:(?:{words.between}) )*"
    return (
        ("name", rf"(?:{words.called}) "),
        ("home", rf"(?:{words.live}|{words.moved})(?!\w)"),
        ("work", rf"(?:{words.work})\b"),
        ("age", rf"(?:{words.aged})"),
        ("age", rf"(?:{words.my}) (?:\w+ )?(?P<who>(?:{words.kin}){_PROPER}) (?:{words.is_aged})\b"),
        ("named", rf"(?:{words.my}) (?P<who>{words.kin}|{words.others}) (?:{words.is_called})\b"),
        ("which", rf"(?P<who>{words.which})"),
        ("smoking", rf"(?:{words.smoke})\b"),
        ("diet", rf"{am}(?:{words.diet})\b"),
        ("married", rf"{am}(?:{words.married})\b"),
    )
