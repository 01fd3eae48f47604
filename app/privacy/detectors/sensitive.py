"""Statements about the person and his family that need care: health, faith, law, love, debts."""

import re
from collections.abc import Iterator

from app.privacy.detectors.sensitiveword import LEXICON
from app.privacy.types import Finding, Kind

NAME = "sensitive"
_ABOUT = re.compile(
    r"(?<![\w'’])(?:i|i['’](?:m|ve|d|ll)|im|ive|me|my|myself|we|we['’](?:re|ve|d)|us|our"
    r"|ich|mir|mich|meine?[mnrs]?|wir|unsere?[mnr]?|je|j['’]\w{2,10}|mon|ma|mes|nous|notre|yo|mis?|tengo"
    r"|soy|estoy"
    r"|tuve|io|mi[ao]|mie[i]?|sono|ho|ik|mijn|ons|eu|meu|minha|tenho|sou|estou|mam|jestem|mój|moja"
    r"|mojej)(?!\w)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?<![\w'’])(?:i['’]?m|i am|i was|i['’]?ve|i had|i got|i feel|i suffer|i take|i lost|i owe|i have"
    r"(?! (?:an? )?(?:\w{1,12} )?(?:question|project|test|exam|class|paper|presentation|assignment|debate"
    r"|homework))|we are|we['’]re|we have|we were|my (?:\w{1,12} ){0,2}?(?:wife|husband|partner|boyfriend"
    r"|girlfriend|ex|mother"
    r"|mum|mom|father|dad|parents?|son|daughter|child|kids?|brother|sister|grand\w{2,8}|uncle|aunt|cousin"
    r"|family"
    r"|friend|doctor|psychiatrist|therapist))(?!\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?<![\w'’])(?:what|how|why|which|explain|define|definition|difference|history|symptoms|signs|causes"
    r"|treatments?"
    r"|essay|article|paper|novel|story|poem|script|character|movie|book|film|song|lyrics|report"
    r"|statistics|research"
    r"|information|facts|about|lecture"
    r"|course|exam|homework|thesis|blog|quiz|presentation|debate|game|code|function"
    r"|visited|interested|reading|studying|curious)(?!\w)",
    re.IGNORECASE,
)
"""Before the telling words: the sentence asks about a topic, unless it also tells of the person."""
_SENTENCE = re.compile(r"[.!?;](?=\s)|\n")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 84
"""So far before the telling words the person may be named, in the same sentence."""
_LOOK_AHEAD = 36


class SensitiveDetector:
    """Find the telling words of a statement: a word of the lexicon in a sentence about the person."""

    name = NAME
    kinds = frozenset({Kind.SENSITIVE})

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[str, str]]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for reason, phrases in LEXICON.items():
            for phrase in phrases.split(","):
                words = " ".join(phrase.split())
                first = _WORD.match(words)
                self._entries.setdefault(first.group()[:3] if first else "", []).append((words, reason))

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the telling words alone."""
        for word in _WORD.finditer(text):
            key = word.group()[:3].lower()
            if key not in self._entries:
                continue
            found = self._pattern(key).match(text, word.start())
            if found and _is_told(text, found.start(), found.end()):
                _, reason = self._entries[key][(found.lastindex or 1) - 1]
                yield Finding(Kind.SENSITIVE, *found.span(), 0.6, NAME, reason)

    def _pattern(self, key: str) -> re.Pattern[str]:
        """Compile the phrases with this beginning when they are first needed."""
        pattern = self._patterns.get(key)
        if pattern is None:
            self._entries[key].sort(key=lambda entry: -len(entry[0]))
            alternatives = "|".join(f"({_form(words)})" for words, _ in self._entries[key])
            pattern = re.compile(rf"(?<![\w'’])(?:{alternatives})(?!\w)", re.IGNORECASE)
            self._patterns[key] = pattern
        return pattern


def _form(words: str) -> str:
    """Turn a phrase into a pattern: `*` ends a word anyhow, `#` is a number, `+` one to three more words."""
    form = re.escape(words).replace("\\ ", r"[\s\-]{1,2}").replace("'", "['’]?")
    return (
        form.replace(r"\*", r"\w{0,9}")
        .replace(r"\#", r"\S{0,4}\d\S{0,12}")
        .replace(r"\+", r"[\w'’\-]{2,20}(?:[ \t][\w'’\-]{2,20}){0,2}")
    )


def _is_told(text: str, start: int, end: int) -> bool:
    """Say whether the sentence speaks of the person or his family, and does not merely ask."""
    before = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
    after = _SENTENCE.split(text[end : end + _LOOK_AHEAD], maxsplit=1)[0]
    said = before + text[start:end]
    if not _ABOUT.search(said) and not (len(before) < 4 and _ABOUT.search(after)):
        return False
    return not _ASKS.search(before) or bool(_TELLS.search(said))


def detector() -> SensitiveDetector:
    """Make the detector of sensitive statements."""
    return SensitiveDetector()
