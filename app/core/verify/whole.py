"""Whether a draft is a whole answer at all: there, not cut, not refused, not repeating, nothing bent."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.verify.fault import Draft, Fault, Kind

_REFUSAL: Final = re.compile(
    r"\bI(?:'m|’m| am) (?:(?:very |so |really )?sorry|unable|not able)\b|"
    r"\bI can(?:no|'|’)t (?:help|answer|assist|provide|fulfil|access|create|write|do)|"
    r"\bAs an AI\b[^.\n]{0,60}\b(?:can(?:no|'|’)t|unable|not able|do(?:n't| not))|"
    r"\b(?:Es tut mir leid|Tut mir leid|Je suis désolé|Lo siento|Mi dispiace|Sinto muito)\b",
    re.IGNORECASE,
)
_BEGINNING: Final = 300
_CODE: Final = re.compile(r"\b[A-Za-z]{2,12}-(?=[2-9A-Z]{0,3}[2-9])[2-9BCDFGHJKMNPQRSTVWXZ]{4}\b")
_ASKS_QUOTES: Final = re.compile(
    r"\b(?:quot(?:e|ing|ation)s?|cit(?:e|ing|ation)|verbatim|zitier\w*|cite[rz]?)\b", re.I
)
_QUOTED: Final = re.compile(r"[\"“„«]([^\"“”„«»\n]{25,400})[\"”“»]")
_RUN = 8
"""Words."""
_SOURCE = 100
"""Words from which on a question holds a text that can be quoted."""


def check(question: str, draft: Draft, truncated: bool) -> Iterator[Fault]:
    """Yield what makes it no whole answer."""
    if not draft.text:
        if len(question.split()) > 3:
            yield Fault(Kind.EMPTY, "The draft is empty.", 4.0)
        return
    if truncated:
        yield Fault(Kind.TRUNCATED, "The draft is cut off at its end.", 0.7)
    if _REFUSAL.search(draft.text[:_BEGINNING]) and len(draft.words) < 120:
        yield Fault(Kind.REFUSAL, "The draft declines to answer.", 2.5)
    if _repeats(draft.lower.split()):
        yield Fault(Kind.REPETITION, "The draft repeats itself.", 0.7)
    codes = set(_CODE.findall(question))
    if codes and set(_CODE.findall(draft.text)) - codes:
        yield Fault(Kind.PLACEHOLDERS, "The draft bends a stand-in for a private detail.", 2.0)
    if _ASKS_QUOTES.search(question) and len(question.split()) > _SOURCE and not _is_quoted(question, draft):
        yield Fault(Kind.QUOTATION, "The draft quotes what is not in your text.", 2.0)


def _is_quoted(question: str, draft: Draft) -> bool:
    source = _letters(question)
    return all(_letters(each) in source for each in _QUOTED.findall(draft.text))


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _repeats(words: list[str]) -> bool:
    """Say whether a run of eight words stands in the text three times or more."""
    runs: dict[tuple[str, ...], int] = {}
    for start in range(len(words) - _RUN + 1):
        run = tuple(words[start : start + _RUN])
        runs[run] = runs.get(run, 0) + 1
        if runs[run] >= 3:
            return True
    return False
