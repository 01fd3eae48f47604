"""Finds the final answer of a text that reasons its way to one."""

import re
from dataclasses import dataclass
from typing import Final

from app.core.claims.numbers import numbers
from app.core.claims.sentences import plain

_NUMBER = r"[-−]?\s?(?:US)?[$€£]?\s?\d[\d,]*(?:\.\d+)?(?:/\d+)?"
_BOXED = re.compile(r"\\boxed\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_HASHES = re.compile(r"^####\s*(\S.*)$", re.MULTILINE)
_SAID = re.compile(
    r"\b(?:(?:final|correct|right|best)?\s?(?:answer|result|solution)\s*(?:is|:|=|would be)|answer:)"
    r"\s*[:\s]*([^\n]{1,120})",
    re.IGNORECASE,
)
_HENCE = re.compile(
    r"^\W*(?:therefore|thus|so|hence|in total|altogether|in conclusion|as a result)\b", re.IGNORECASE
)
_CHOICE = re.compile(r"^\W*(?:option|choice|letter)?\s*\(?([A-J])\)?(?=[\s.):,]|$)(?!\s+[a-z])")
_YES = re.compile(r"^\W*(yes|no|true|false|correct|incorrect)\b", re.IGNORECASE)
_ASKS_FOR_A_NUMBER: Final = re.compile(
    r"\b(?:how (?:many|much|long|far|old|tall|fast|often)|calculate|compute|find the"
    r"|what (?:percent|fraction)"
    r"|what (?:\S+ ){0,6}?(?:total|sum|number|amount|cost|price|score|average|difference|profit|value))\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MULTIPLE = re.compile(r"\b(?:twice|double|triple|half|quarter|dozen)\b", re.IGNORECASE)
_WHOLE = re.compile(r"[.!)]\W*$|(?:^|=)\s*[$€£]?\d[\d,.]*(?:\s*[^\W\d]+)?\W*$")
"""A last sentence that was not cut: it ends, or is a number, or a sum with its result."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A final answer."""

    shown: str
    number: float | None = None
    word: str = ""
    """A letter of a choice, or yes or no."""
    is_marked: bool = False
    """The text says that this is its answer; otherwise it is merely the last number."""

    def agrees(self, other: "Answer") -> bool:
        """Say whether both are the same answer; numbers may differ by the rounding to cents."""
        if self.number is not None and other.number is not None:
            return abs(self.number - other.number) <= max(0.005, 1e-6 * abs(self.number))
        return bool(self.word) and self.word == other.word

    def is_like(self, other: "Answer") -> bool:
        """Say whether both are of the same kind."""
        return (self.number is None) is (other.number is None) and bool(self.word) is bool(other.word)


def final(text: str, question: str = "") -> Answer | None:
    """Return the final answer; where none is marked as such, the last number if the question asks for one."""
    text = text[-20_000:]
    for pattern in (_BOXED, _HASHES, _SAID):
        marked = pattern.findall(text)
        if marked and (found := _read(marked[-1], True)):
            return found
    lines = [line for line in plain(text).strip().split("\n") if line.strip()]
    if not lines:
        return None
    last = re.split(r"(?<=[.!?])\s+(?=\S)", lines[-1].strip())[-1]
    if _HENCE.match(last) and (found := _read(last, True)):
        return found
    if len(text) < 200 and len(lines) == 1 and (choice := _CHOICE.match(text)):
        return Answer(text.strip(), word=choice[1], is_marked=True)
    return _read(last, False) if _WHOLE.search(last) and is_a_sum(question) else None


def is_a_sum(question: str) -> bool:
    """Say whether a question asks for a number and gives others to work it out from."""
    given = sum(1 for _ in numbers(question)) + len(_MULTIPLE.findall(question))
    return given > 1 and bool(_ASKS_FOR_A_NUMBER.search(question))


def leaves_out(question: str, *texts: str) -> bool:
    """Say whether texts that show their work use some figures of the question, and one of them in no form."""
    used = {float(each.replace(",", "")) for text in texts for each in _FIGURE.findall(text)}
    found = []
    for _, _, number in numbers(question):
        share, value = number.value / 100, number.value
        forms = {value, share, 1 - share, 1 + share, 100 - value, 100 + value}
        if value > 1 and number.dimension in ("", "share", "usd"):
            found.append(any(abs(one - form) < 1e-6 for one in used for form in forms))
    return any(found) and not all(found)


def verdict(text: str) -> str:
    """Return "yes" or "no" where an answer begins with it."""
    found = _YES.match(plain(text[:200]))
    if not found:
        return ""
    return "yes" if found[1].lower() in ("yes", "true", "correct") else "no"


def _read(said: str, is_marked: bool) -> Answer | None:
    said = plain(said).strip()
    if is_marked and (choice := _CHOICE.match(said)):
        return Answer(said, word=choice[1], is_marked=True)
    if is_marked and (word := verdict(said)):
        return Answer(said, word=word, is_marked=True)
    found = [number for _, _, number in numbers(said)]
    if not found:
        return None
    return Answer(said, found[-1].value, is_marked=is_marked)
