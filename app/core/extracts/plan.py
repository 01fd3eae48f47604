"""The plan of a search: four verbs as data. Whoever wrote it, nothing in it is ever run."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verb(StrEnum):
    """What a step may do; all of it is reading."""

    FIND = "find"
    """The passages that bear on the words."""
    EXTRACT = "extract"
    """The sentences that hold what is asked for: a number, a date, a name."""
    COUNT = "count"
    """How often the words stand in the document, and where."""
    QUOTE = "quote"
    """The one sentence that says it, word for word."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan."""

    verb: Verb
    what: str


STEPS: Final = 4
WORDS: Final = 200
"""Characters of what a step looks for."""
LONGEST: Final = 2_000
"""Characters of a plan; whatever is longer is none."""
_FENCE: Final = re.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*\Z", re.DOTALL)
_COUNT: Final = re.compile(
    r"\bhow (?:often|many times)\b|\b(?:count|number of (?:times|mentions|occurrences))\b", re.IGNORECASE
)
_QUOTE: Final = re.compile(
    r"\b(?:quote|verbatim|word for word|exact (?:words?|wording|sentence))\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"[\"“'‘]([^\"”'’\n]{2,60})[\"”'’]")
_COUNTED: Final = re.compile(
    r"\bhow often (?:does|do|is|are|was|were) (?:the (?:word|term|phrase|name) )?(.+?)\s+"
    r"(?:mentioned|named|appear|occur|come up|used|stand)",
    re.IGNORECASE,
)


def parse(text: str) -> tuple[Step, ...]:
    """Read a plan strictly; what is anything but a plan gives none."""
    fenced = _FENCE.match(text)
    inside = fenced["inside"] if fenced else text
    if len(inside) > LONGEST:
        return ()
    try:
        found = json.loads(inside, object_pairs_hook=_step)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list) or not 1 <= len(found) <= STEPS:
        return ()
    steps = tuple(step for step in found if isinstance(step, Step))
    return steps if len(steps) == len(found) else ()


def plan_for(question: str) -> tuple[Step, ...]:
    """Plan by rule what to look for."""
    plain = "".join(letter for letter in question if letter.isprintable() or letter.isspace())
    what = " ".join(plain.split())[-WORDS:].strip()
    if not what:
        return ()
    steps = [Step(Verb.FIND, what), Step(Verb.EXTRACT, what)]
    if _COUNT.search(question):
        quoted = _QUOTED.search(question) or _COUNTED.search(question)
        steps.insert(0, Step(Verb.COUNT, quoted[1][:WORDS] if quoted else what))
    elif _QUOTE.search(question):
        steps.insert(0, Step(Verb.QUOTE, what))
    return tuple(steps)


def _step(pairs: list[tuple[str, object]]) -> Step:
    """Make a step of a JSON object.

    Raises:
        ValueError: it is not exactly a step.
    """
    given = dict(pairs)
    verb, what = given.get("do"), given.get("what")
    if len(pairs) != 2 or not isinstance(verb, str) or not isinstance(what, str):
        raise ValueError("not a step")
    if not what.strip() or len(what) > WORDS or not what.isprintable():
        raise ValueError("not words to look for")
    return Step(Verb(verb), what)
