"""Says by rule what kind of work a message asks for, and which of its sentences ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.sentences import Sentence, sentences
from app.core.task_words import (
    ABOUT_ME,
    CLOSING,
    CODE,
    CODE_THING,
    CODE_VERB,
    COUNTED,
    DIGEST,
    DOCUMENT,
    GENRE,
    GIVE,
    GREETING,
    LEAD,
    LETTER,
    MADE,
    OF_GENRE,
    POINTER,
    POLITE,
    QUOTED,
    REASON,
    REWRITE,
    STRONG_REASON,
    SUM,
    VERB,
    WISH,
    WRITE,
)


class Task(StrEnum):
    """A kind of work."""

    WRITE = "write"
    REWRITE = "rewrite"
    ASK = "ask"
    REASON = "reason"
    CODE = "code"
    ABOUT_ME = "about me"
    DOCUMENT = "document"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences of a message by what they are for, each in the order of the message."""

    request: tuple[str, ...]
    """What is wanted: imperatives, questions, and how the result should be."""
    material: tuple[str, ...]
    """What is to be worked on, and what the person tells: pasted text, code, statements."""


_LONG: Final = 4_000
"""Characters at the beginning and half as many at the end: a longer message says there what it wants."""
_SHORT: Final = 80
_PASTED: Final = 90
"""Words of material that make a message one about a document."""


def task_of(text: str, has_document: bool = False) -> Task:
    """Say what kind of work a message asks for.

    Args:
        has_document: documents are at hand that the message may be about.
    """
    text = text.strip()
    if not text or (len(text) <= _SHORT and GREETING.match(text)):
        return Task.CHAT
    if len(text) > _LONG:
        text = f"{text[:_LONG]}\n\n{text[-_LONG // 2 :]}"
    parts = split(text)
    request = " ".join(parts.request) or text[:400]
    material = sum(len(each.split()) for each in parts.material)
    if _is_code(text, request):
        return Task.CODE
    made = _made(parts.request, material, has_document)
    return made or _asked(request, " ".join([*parts.material, request]), has_document, material)


def split(text: str) -> Parts:
    """Tell the sentences that ask for something from those that are worked on or state something."""
    request: list[str] = []
    material: list[str] = []
    is_pasted = False
    said = sentences(text)
    last = said[-1].paragraph if said else 0
    for each in said:
        if is_pasted:
            closes = each.paragraph == last > 0 and not each.is_code and CLOSING.match(each.text)
            (request if closes and len(each.text.split()) <= 30 else material).append(each.text)
            continue
        head, rest = _headed(each)
        if rest and _asks(head):
            request.append(head)
            material.append(rest)
            continue
        if not each.is_code and _asks(each.text):
            request.append(each.text)
            is_pasted = bool(LEAD.search(each.text))
            continue
        is_pasted = is_pasted or bool(LETTER.match(each.text) and request)
        material.append(each.text)
    return Parts(tuple(request), tuple(material))


def _headed(sentence: Sentence) -> tuple[str, str]:
    """Cut "Translate this: …" in two."""
    head, colon, rest = sentence.text.partition(":")
    if sentence.is_code or not colon or not rest[:1].isspace() or len(head.split()) > 25:
        return "", ""
    return f"{head}:", rest.strip()


def _asks(said: str) -> bool:
    if QUOTED.match(said):
        return False
    bare = POLITE.match(said)
    start = bare.end() if bare else 0
    if said.rstrip("\"'\u201d\u2019) ").endswith("?"):
        return True
    return bool(VERB.match(said, start) or WISH.match(said) or (bare and start and GENRE.search(said)))


def _is_code(text: str, request: str) -> bool:
    if "```" in text or "Traceback (most recent call last)" in text:
        return True
    things = CODE_THING.count(request)
    if CODE.search(text) and (things or CODE.count(text) > 2):
        return True
    letter = GENRE.search(request)
    first = CODE_THING.search(request)
    if letter and first and letter.start() < first.start():
        return False  # a letter about a program, not a program
    return bool(first and CODE_VERB.search(request) and (things > 1 or MADE.search(request)))


def _made(request: Sequence[str], material: int, has_document: bool) -> Task | None:
    """Return the task of the first sentence that wants a text made or changed."""
    for said in request:
        polite = POLITE.match(said)
        start = polite.end() if polite else 0
        if DIGEST.search(said) and (has_document or material >= _PASTED):
            return Task.DOCUMENT
        if REWRITE.match(said, start):
            return Task.REWRITE
        if WRITE.match(said, start) or (WISH.match(said) and GENRE.search(said)):
            return Task.WRITE
        if start and OF_GENRE.match(said, start):
            return Task.WRITE  # "Help me with a letter to …"
        if GIVE.match(said, start) and GENRE.search(said):
            return Task.WRITE
    return None


def _asked(request: str, text: str, has_document: bool, material: int) -> Task:
    if has_document and not ABOUT_ME.search(request):
        is_general = STRONG_REASON.search(request) and not DOCUMENT.search(request)
        return Task.REASON if is_general else Task.DOCUMENT
    if material >= _PASTED and (DOCUMENT.search(request) or POINTER.search(request)):
        return Task.DOCUMENT
    counted = COUNTED.count(text)
    if SUM.search(text) or STRONG_REASON.search(request) or (REASON.search(request) and counted >= 2):
        return Task.REASON
    if ABOUT_ME.search(request):
        return Task.ABOUT_ME
    return Task.DOCUMENT if DOCUMENT.search(request) and material >= _PASTED // 3 else Task.ASK
