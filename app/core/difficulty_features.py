"""What can be counted in a question and in a draft of its answer, without any model."""

import math
import re
from collections.abc import Sequence
from enum import StrEnum

from app.core import verify


class Kind(StrEnum):
    """What a question looks like; each kind has weights of its own."""

    CHOICE = "choice"
    """It brings options with letters."""
    PROBLEM = "problem"
    """A story with numbers that asks for an amount."""
    CHAT = "chat"


_OPTION = re.compile(r"^\(?[A-H][.)]\s+(\S.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"[.?!](?:\s|$)")
_AMOUNT = re.compile(
    r"\b(?:how (?:many|much|long|far|old|tall|big|fast|often)|what (?:is|was|are|were|will|fraction)"
    r"|what percent\w*|what['’]s|in total|calculate|compute|find)\b",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"\b(?:twice|thrice|half|third|quarter|double|triple|times|percent|each|per|every|ratio|fraction"
    r"|less than|more than|fewer|as many|as much|remaining|left|total|average)\b|%",
    re.IGNORECASE,
)
_NUMERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand|dozen)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|suppose|assume|given|then|when)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|except|false|incorrect|never|least|most|unless|without|cannot|neither|nor)\b", re.IGNORECASE
)
_FORMULA = re.compile(r"[=^+<>∑∫√π]|\b[a-z]\([a-z]\)|\\\w+")
_HEDGE = re.compile(
    r"\b(?:however|but|assum\w+|impossible|unknown|approximately|about|suppose|would|perhaps|maybe|mistake|unclear"
    r"|cannot|can't|not (?:enough|possible|given|clear|provided|known|sure))\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(r"####|\\boxed|\banswer\b", re.IGNORECASE)
_CLOSING = re.compile(r"(?:so|therefore|thus|hence|in total|finally|overall)\b", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:)\]}\"”'`*>|]$|####")
_WORKED = re.compile(r"<<[^<>]*>>")
"""A sum that some models set apart beside its own result."""


def kind_of(text: str) -> Kind:
    """Say what a question looks like."""
    if len(_OPTION.findall(text)) >= 3:
        return Kind.CHOICE
    words = len(_WORD.findall(text))
    amounts = len(_NUMBER.findall(text)) + len(_NUMERAL.findall(text)) + len(_RELATION.findall(text))
    is_problem = amounts >= 2 and words >= 12 and _AMOUNT.search(text) and "```" not in text
    return Kind.PROBLEM if is_problem else Kind.CHAT


def question_features(text: str) -> dict[str, float]:
    """Count what makes a question hard; amounts grow with their logarithm."""
    options = _OPTION.findall(text)
    first = _OPTION.search(text)
    stem = text[: first.start()] if first and len(options) >= 3 else text
    words = _WORD.findall(stem)
    numbers = _NUMBER.findall(stem)
    lengths = [len(option) for option in options] or [0]
    mean = sum(lengths) / len(lengths)
    return {
        "length": _log(len(text)),
        "words": _log(len(words)),
        "sentences": _log(len(_SENTENCE.findall(stem))),
        "numbers": _log(len(numbers)),
        "decimals": _log(sum("." in number for number in numbers)),
        "large": _log(sum(len(number.replace(",", "")) > 2 for number in numbers)),
        "relations": _log(len(_RELATION.findall(stem))),
        "conditions": _log(len(_CONDITION.findall(stem))),
        "names": sum(word[0].isupper() for word in words[1:]) / (1 + len(words)),
        "variety": len({word.lower() for word in words}) / (1 + len(words)),
        "long words": sum(len(word) > 8 for word in words) / (1 + len(words)),
        "negations": _log(len(_NEGATION.findall(text))),
        "formulas": _log(len(_FORMULA.findall(text))),
        "option length": _log(mean),
        "option spread": _log(math.sqrt(sum((each - mean) ** 2 for each in lengths) / len(lengths))),
        "numeric options": sum(any(sign.isdigit() for sign in option) for option in options)
        / max(1, len(options)),
        "statements": float("Statement 1" in stem or bool(re.search(r"\bI+\. ", stem))),
        "open end": float(not stem.rstrip().endswith("?")),
    }


def draft_features(question: str, draft: str, faults: Sequence[verify.Fault]) -> dict[str, float]:
    """Count what makes a worked sum doubtful.

    Args:
        faults: what `verify.check` says of the draft.
    """
    plain = _WORKED.sub("", draft)
    lines = [line.strip() for line in plain.splitlines() if line.strip()] or [""]
    asked, said = set(_amounts(question)), _amounts(plain)
    concludes = bool(_CONCLUDES.search(plain) or _CLOSING.match(lines[-1]))
    final = abs(said[-1]) if said else 0.0
    return {
        "wrong sums": sum(fault.weight for fault in faults if fault.kind is verify.Kind.SUMS),
        "breaks off": float(
            draft.count("<<") != draft.count(">>")
            or draft.count("```") % 2 == 1
            or not _ENDED.search(lines[-1])
        ),
        "no conclusion": float(not concludes),
        "unused numbers": _log(len(asked - set(said))),
        "fractional result": float(final != int(final)),
        "hedges": _log(len(_HEDGE.findall(plain))),
        "growth": _log(final) - _log(max(asked)) if said and asked else 0.0,
        "draft length": _log(len(draft)) - _log(len(question)),
    }


def _amounts(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in _NUMBER.findall(text)]


def _log(amount: float) -> float:
    return math.log(1 + amount)
