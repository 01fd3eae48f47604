"""What a rule found wrong with a draft, and a draft laid out for the rules."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_FENCE = re.compile(
    r"^[ \t]*```[ \t]*([\w+#.-]*)[^\n]*\n(.*?)(?:^[ \t]*```[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？।])[\"'”’)\]*]*\s+(?=\S)")
_BULLET = re.compile(
    r"^[ \t]{0,3}(?:[-*•+–]\s+(?![-*_ ]*$)|\*\*?\d|\(?\d{1,3}[.)]\s)(?=\S|\s*\S)", re.MULTILINE
)


class Kind(StrEnum):
    """The kinds of faults."""

    SUMS = "sums"
    JSON = "json"
    CODE = "code"
    COUNT = "count"
    LENGTH = "length"
    LANGUAGE = "language"
    FORMAT = "format"
    WORDS = "words"
    QUOTATION = "quotation"
    PLACEHOLDERS = "placeholders"
    REPETITION = "repetition"
    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a draft that can be found by rule."""

    kind: Kind
    told: str
    """A sentence for the person; it holds none of his words."""
    weight: float = 1.0
    """How much it speaks against the draft: 1 as much as a wrong sum, 3 rules it out."""


def wish(is_kept: bool, kind: Kind, told: str, weight: float = 1.0) -> Fault | None:
    """Say what became of something that was asked for: its fault, or None where the draft keeps to it."""
    return None if is_kept else Fault(kind, told, weight)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a draft."""

    language: str
    text: str


class Draft:
    """A draft and its parts, each found once."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def words(self) -> list[str]:
        return self.text.split()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(Block(each[1].lower(), each[2]) for each in _FENCE.finditer(self.text))

    @cached_property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return _FENCE.sub("\n", self.text)

    @cached_property
    def paragraphs(self) -> list[str]:
        return [each for each in re.split(r"\n\s*\n", self.text) if each.strip(" \n*-_")]

    @cached_property
    def sentences(self) -> list[str]:
        lines = [each for each in re.split(r"\n+", self.prose) if each.strip(" *-_#")]
        return [each for line in lines for each in _SENTENCE_END.split(line) if each.strip()]

    @cached_property
    def bullets(self) -> int:
        """How many items its lists have, the numbered ones too."""
        return len(_BULLET.findall(self.prose))
