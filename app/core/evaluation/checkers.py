"""How good an answer is, by rules alone: no model judges another."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.evaluation.instructions import follows
from app.core.verify import faults

_NUMBER = re.compile(r"(?<!\w)-?\d[\d,]*(?:\.\d+)?|(?<!\w)-?\.\d+")
_MARKED = re.compile(r"\\boxed\{[^\d{}-]*(-?[\d,.]*\d)|####\s*\$?\s*(-?[\d,.]*\d)")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Number:
    """The last number of the answer, or the one that it marks as its result, is this one (GSM8K)."""

    gold: str

    def score(self, question: str, answer: str) -> float:
        """Return 1 where it is, else 0."""
        said = final_number(answer)
        return float(said is not None and abs(said - _value(self.gold)) < 1e-6)


@dataclass(frozen=True, slots=True)
class Option:
    """The answer names the right one of several options and no other."""

    options: tuple[str, ...]
    right: int

    def score(self, question: str, answer: str) -> float:
        """Return 1 where it does; else 0."""
        said = normal(answer)
        letter = re.match(r"\(?([a-z])(?:[).:]|$)", said)
        if letter:
            return float(ord(letter[1]) - ord("a") == self.right)
        named = [number for number, each in enumerate(self.options) if normal(each).rstrip(".") in said]
        return float(named == [self.right])


@dataclass(frozen=True, slots=True)
class Instructions:
    """The answer follows every instruction (IFEval, strict, by prompt)."""

    ids: tuple[str, ...]
    given: tuple[Mapping[str, object], ...]

    def score(self, question: str, answer: str) -> float:
        """Return 1 where it follows all of them, else 0."""
        pairs = zip(self.ids, self.given, strict=True)
        return float(all(follows(name, answer, given) for name, given in pairs))


@dataclass(frozen=True, slots=True)
class Demands:
    """What the answer must hold, must not hold, or must be, letter by letter."""

    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    exact: str = ""

    def score(self, question: str, answer: str) -> float:
        """Return the share of the demands that are met."""
        said = normal(answer)
        met = [stands_in(normal(each), said) for each in self.contains]
        met += [not stands_in(normal(each), said) for each in self.lacks]
        if self.exact:
            met.append(answer == self.exact)
        return sum(met) / len(met)


@dataclass(frozen=True, slots=True)
class Like:
    """The answer says what an earlier one said: how many words they share (F1), figures counted twice."""

    kept: str

    def score(self, question: str, answer: str) -> float:
        """Return from 0, nothing in common, to 1, the same words."""
        one, other = _weights(self.kept), _weights(answer)
        shared = sum((one & other).values())
        total = sum(one.values()) + sum(other.values())
        return 2 * shared / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Plain:
    """Nothing is known about the right answer: has this one a fault that a rule finds?"""

    def score(self, question: str, answer: str) -> float:
        """Return 1 where it has none, else 0."""
        return float(bool(answer.strip()) and not faults(question, answer))


Checker = Number | Option | Instructions | Demands | Like | Plain
PLAIN = Plain()


def final_number(answer: str) -> float | None:
    """Return the number that an answer gives as its result, where it gives one."""
    marked = [one or other for one, other in _MARKED.findall(answer)]
    numbers = marked or _NUMBER.findall(answer)
    try:
        return _value(numbers[-1]) if numbers else None
    except ValueError:
        return None


def readable(private: str, sent: str) -> bool:
    """Say whether a private string can be read in what was sent; both must be `normal`."""
    return bool(private) and stands_in(private, sent)


def normal(text: str) -> str:
    """Return a text so that another spelling of the same words looks the same."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold().split())


def stands_in(words: str, text: str) -> bool:
    """Say whether words stand in a text as whole words."""
    return re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", text) is not None


def _value(number: str) -> float:
    return float(number.replace(",", "").rstrip("."))


def _weights(text: str) -> Counter[str]:
    words = Counter(re.findall(r"\w+", normal(text)))
    return Counter({word: count * (2 if word[0].isdigit() else 1) for word, count in words.items()})
