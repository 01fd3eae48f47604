"""Says what a message asks for without what it tells: the sheet of paper that a coach in the cloud gets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.content_words import IDLE
from app.core.task import Parts, Task, split, task_of
from app.privacy.prompt import Template

_LONGEST: Final = 60
"""Words of the request; who coaches needs the gist."""
_PROBLEM: Final = 120
"""Words of what a question states."""
_HEADS: Final = {
    Task.WRITE: (Template.COACH, "The task is to write a text. What is asked for:"),
    Task.REWRITE: (Template.STRATEGY, "The task is to change a text that is kept back. What is asked for:"),
    Task.REASON: (Template.STRATEGY, "The task is to solve a problem:"),
    Task.CODE: (Template.STRATEGY, "The task is about a program that is kept back. What is asked for:"),
    Task.ASK: (Template.STRATEGY, "The task is to answer a question:"),
}
"""What a coach can help with; the rest is about what only this computer knows."""
_POLITE: Final = re.compile(
    r"(?:\W*(?:please|hi|hello|hey|thanks|thank\s+you|dear\s+\w+)\b|\W*(?:can|could|would|will)\s+you\b)+[\s,]*",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(
    r"\s*[,;:(\u2013\u2014-]*\s*\b(?:because|since|as\s+(?:i|we|my|he|she|they)|so\s+that|saying|telling|stating"
    r"|explaining|mentioning|announcing|(?:to\s+)?(?:say|tell|explain|inform|let|announce|mention)\s+(?:\w+\s+){0,3}?"
    r"(?:that|i|we|my|she|he|they|why|how|know)|that\s+(?:i|we|my|our|he|she|they|his|her|it)|who|whose|whom|which"
    r"|where\s+(?:i|we)|when\s+(?:i|we)|in\s+which|but\s+(?:i|we|my)|and\s+(?:i|we|my|our|he|she)\s+\w+"
    r"|(?:i|we)\s+(?:am|are|was|were|have|had|live|work|need|want)|i['\u2019]\w+|my\s+\w+\s+(?:is|are|was|were|has|have))\b"
    r"|\s*[;(\u2013\u2014]|:\s|\s-\s",
    re.IGNORECASE,
)  # fmt: skip
"""Where a request turns from what is wanted to what is the case."""
_STATES: Final = re.compile(
    r"\W*(?:my|our)\s+(?:\w+\s+){1,3}(?:is|are|was|were|has|have|had)\b"
    r"|\W*(?:i|we)(?:['\u2019](?:m|ve|re)|\s+(?:am|are|was|were|have|had|live|work))\b(?!\s+(?:looking\s+for|to\s+write)\b)",
    re.IGNORECASE,
)  # fmt: skip
"""A sentence that begins with how things are, whatever it asks in the end."""
_CONTENT: Final = re.compile(
    r"\W*(?:please\s+|also\s+|and\s+)*(?:mention|include|say|tell|state|add|put|note|point\s+out|explain\s+(?:that|why)|sign"
    r"|use\s+(?:my|the\s+fact)|let\s+(?:him|her|them)|remind)\b",
    re.IGNORECASE,
)  # fmt: skip
"""Instructions that say what stands in the text, not how it is to be."""
_FORM: Final = re.compile(
    r"\b(?:short|long|brief|concise|formal|informal|friendly|polite|kind|warm|funny|humou?r\w*|serious|tone|style|words?"
    r"|sentences?|paragraphs?|lines|bullets?|points|rhyme\w*|simple|english|german|french|spanish|italian|confident"
    r"|professional|casual|personal|plain|headings?|list|kurz|freundlich|höflich|förmlich|court|poli|breve|formell?)\b",
    re.IGNORECASE,
)  # fmt: skip
_LOOSE: Final = re.compile(
    r"\s+(?:to\s+(?:ask|say|explain)|whether|and|or|if|so|for|with|about|in)\s*\Z", re.IGNORECASE
)
_FIRST: Final = re.compile(
    r"\b(?:i|me|my|mine|we|us|our|ours|ich|wir|mein\w*|unser\w*|je|nous|mon|ma|mes|yo|mi|mis)\b|\bi['\u2019]",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_WORTH: Final = 3
"""Words that a request has at least; with fewer there is nothing to plan."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A task, as far as it may be told; the filter still looks at it."""

    text: str
    template: Template


def sheet(text: str, task: Task, told: Iterable[str] = ()) -> Sheet | None:
    """Return what a coach may know of a message, or nothing where he could not help.

    Only the person's own words for what he wants are in it, between fixed ones: no statement, no pasted text,
    no clause that says how things are.

    Args:
        told: what is known about the person; of it no name and no number gets in.
    """
    head = _HEADS.get(task)
    if head is None:
        return None
    parts = split(text)
    wanted = [*(_stated(parts) if task is Task.REASON else ()), *_wanted(parts, task)]
    said = _without(" ".join(wanted), told)
    if len(_WORD.findall(said)) < _WORTH:
        return None
    return Sheet(f"{head[1]} {said}", head[0])


def _wanted(parts: Parts, task: Task) -> list[str]:
    """Return the request itself and how the result is to be."""
    asked = [said for said in parts.request if not (_CONTENT.match(said) or _STATES.match(said))]
    main = next((said for said in asked if task_of(said) is task), asked[0] if asked else "")
    kept: list[str] = []
    room = _LONGEST
    for said in asked:
        is_form = bool(_FORM.search(said)) and not _FIRST.search(said)
        if said != main and not is_form:
            continue
        short = _cut(said)
        room -= len(short.split())
        if room < 0:
            break
        if short:
            kept.append(short)
    return kept


def _stated(parts: Parts) -> list[str]:
    """Return what a problem states, as far as that is nothing about the person."""
    stated = [said for said in parts.material if not _FIRST.search(said) and "```" not in said]
    return stated if sum(len(said.split()) for said in stated) <= _PROBLEM else []


def _cut(said: str) -> str:
    """Keep of a sentence what comes before its first clause that tells something."""
    polite = _POLITE.match(said)
    said = said[polite.end() :] if polite else said
    tells = _TELLS.search(said, 1)
    if tells is None:
        return re.sub(r"\s*:\Z", ".", said.strip())
    return _LOOSE.sub("", said[: tells.start()]).rstrip(" ,;:-") + "."


def _without(text: str, told: Iterable[str]) -> str:
    """Put "something" in the place of names and numbers that stand in what is known about the person."""
    known = {word.casefold() for each in told for word in _telling(each)}
    return _WORD.sub(lambda word: "something" if word.group().casefold() in known else word.group(), text)


def _telling(fact: str) -> Sequence[str]:
    words = _WORD.findall(fact)
    return [
        word
        for place, word in enumerate(words)
        if any(map(str.isdigit, word))
        or (place and word[0].isupper() and len(word) > 1 and word.casefold() not in IDLE)
    ]
