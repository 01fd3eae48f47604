"""Draws from a good answer how to solve questions of its kind, by rule."""

import re
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 80
"""Tokens of a strategy, as the local model reads them."""

_STEP: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•]|Step \d{1,2}[:.])\s+(.+)$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])|\n+")
_MARKS: Final = re.compile(r"\*\*|__|`+|^#+\s*|\\[()\[\]]|\$\$?", re.MULTILINE)
_HEAD: Final = re.compile(r"^[^:]{12,120}:(?=\s|$)")
_PIECE: Final = re.compile(r"\w+|[^\w\s]")
_FILLER: Final = re.compile(
    r"^(?:sure|certainly|of course|to solve this|let'?s|so,|therefore|here (?:is|are)|great)\b", re.IGNORECASE
)
_FEWEST: Final = 2


def strategy(answer: str) -> str:
    """Return the steps of a masked answer, or its first sentences: whole ones, at most 80 tokens."""
    lines = [_plain(line) for line in answer.splitlines()]
    steps = [_head(found.group(1)) for line in lines if (found := _STEP.match(line))]
    if len(steps) < _FEWEST:
        steps = [each for line in lines for each in _SENTENCE.split(line) if len(each.split()) > 3]
    return " ".join(_fitting(_general(steps)))


def tokens(text: str) -> int:
    """Count tokens from above: figures one by one, words by five letters."""
    return sum(len(each) if each.isdigit() else -(-len(each) // 5) for each in _PIECE.findall(text))


def _general(steps: Sequence[str]) -> Sequence[str]:
    """Leave out what holds the figures of this one question, as far as something is left."""
    told = [each for each in steps if not _FILLER.match(each)]
    general = [each for each in told if not any(map(str.isdigit, each)) and "=" not in each]
    return general if len(general) >= _FEWEST else told or steps


def _fitting(steps: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for each in dict.fromkeys(step if step.endswith((".", "!", "?")) else f"{step}." for step in steps):
        if tokens(" ".join([*kept, each])) > LONGEST:
            break
        kept.append(each)
    return kept


def _head(step: str) -> str:
    found = _HEAD.match(step)
    head = found.group().rstrip(":") if found else _SENTENCE.split(step)[0]
    return head.strip()


def _plain(line: str) -> str:
    return _MARKS.sub("", line).strip()
