"""What was said in other conversations and bears on a question, for the model on this computer alone."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from app.core.content_words import content_words, stem
from app.core.errors import MemoryFault, StoreError
from app.core.memory.when import span

if TYPE_CHECKING:
    from app.core.memory.recall import Recall, Recalled

STAYS: Final = "This is about what you said before, which stays here."
_SAYING: Final = (
    r"(?:say|said|tell|told|mention(?:ed)?|ask(?:ed)?|wr[io]te|written|talk(?:ed)?|sp(?:ea|o)ke?n?"
    r"|discuss(?:ed)?)"
)
_SAID: Final = r"(?:said|told|mentioned|asked|wrote|talked|spoke|discussed)"
_EARLIER: Final = (
    r"(?:already|before|earlier|once|last|yesterday|previously|recently|the other (?:day|time)|\w+ ago)"
)
_ABOUT_TALK: Final = re.compile(
    rf"\b(?:did|have|had) (?:i|you|we)\b[^.!?]{{0,40}}?\b{_SAYING}\b"
    rf"|\b(?:what|when|where|who|which|how)\b[^.!?]{{0,40}}?\b(?:i|you|we) (?:\w+ )?{_SAID}\b"
    r"|\b(?:do|can) you (?:still )?(?:remember|recall)\b"
    r"|\bwhat do you (?:know|remember) (?:about|of) (?:me|my)\b"
    rf"|\b(?:i|you|we) {_SAID}\b[^.!?]{{0,60}}\b{_EARLIER}\b",
    re.IGNORECASE,
)
"""How a question asks for what was said."""
_POINTS_BACK: Final = re.compile(
    r"\b(?:as|like) (?:i|you|we) (?:already |just )?(?:said|told|mentioned|wrote|discussed|agreed)\b"
    r"|\b(?:i|we) (?:already )?(?:told|mentioned to) you\b"
    r"|\b(?:we|i) (?:talked|spoke) about\b|\bremember (?:that|when|how|my|the)\b"
    r"|\b(?:in|from) (?:our|an|another|the) (?:last|earlier|other|previous) (?:conversation|chat|talk)\b",
    re.IGNORECASE,
)
"""How a question builds on what was said."""
_MOST, _LOOKED_AT, _LENGTH, _ROOM = 4, 12, 400, 1_200
"""Turns that are told, that are looked at, and characters of one and of all: some 300 tokens."""
_RELATED, _CLEARLY, _NEARLY = 0.35, 0.5, 0.7
"""Cosine from which a turn is told: where earlier talk is asked for (a word in common does, too: in few words
MiniLM sees little, "What did I say about my allotment?" has 0.2 with a sentence about it); where it is not,
but two words are the same; and where none need be."""
_TALKING_WORDS: Final = """
tell told ask asked mention mentioned talk talked speak spoke discuss discussed write wrote remember recall
know already earlier once last week month year day yesterday today time recently conversation chat ago
"""
_TALKING: Final = frozenset(_TALKING_WORDS.split())
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn of another conversation, cut to what is worth reading."""

    number: int
    who: str
    when: float
    """Seconds since the epoch; 0 where nobody knows."""
    text: str

    def told(self) -> str:
        """Say who said it, and when, as the model reads it and the person sees it."""
        day = f"On {_day(self.when)} " if self.when else ""
        return f"{day}{self.who} said: {self.text}"


class EarlierTalk(Protocol):
    """Other conversations, as the mechanisms see them; no method raises."""

    def about(self, question: str) -> tuple[Passage, ...]:
        """Return what was said before and bears on a question, most telling first; mostly nothing."""
        ...

    def heard(self) -> None:
        """Note that something new was said; returns at once."""
        ...


class NoTalk:
    """Nothing was said, or it is not to be used."""

    def about(self, question: str) -> tuple[Passage, ...]:
        """Return nothing."""
        return ()

    def heard(self) -> None:
        """Do nothing."""


class OtherTalk:
    """What was said in every kept conversation but this one.

    Args:
        left_out: gives the conversations that the person keeps out of memory.
        heard: called when something new was said.
    """

    def __init__(
        self,
        recall: "Callable[[], Recall]",
        conversation: str,
        left_out: Callable[[], Iterable[str]],
        heard: Callable[[], None],
    ) -> None:
        self._recall = recall
        self._conversation = conversation
        self._left_out = left_out
        self._heard = heard

    def about(self, question: str) -> tuple[Passage, ...]:
        """Return what bears on a question; one search, however long the question."""
        try:
            without = set(self._left_out())
            if self._conversation in without:
                return ()
            without.add(self._conversation)
            found = self._recall().recall(question[:_ROOM], _LOOKED_AT, without=without)
        except (StoreError, MemoryFault) as error:  # an answer without it is better than none
            _log.warning("earlier talk could not be searched: %s", error.kind)
            return ()
        return _chosen(question, found)

    def heard(self) -> None:
        """Let what was said be made searchable."""
        self._heard()


def asks_for_it(question: str) -> bool:
    """Say whether a question asks for what was said before."""
    return bool(_ABOUT_TALK.search(question))


def as_context(passages: Iterable[Passage]) -> str:
    """Lay passages out before a question; empty where there are none."""
    said = "".join(f"- {each.told()}\n" for each in passages)
    return f"From our earlier conversations:\n{said}\n" if said else ""


def _chosen(question: str, found: "Iterable[Recalled]") -> tuple[Passage, ...]:
    """Keep what is near enough, as far as there is room; a question that was asked before tells nothing."""
    is_asked_for = asks_for_it(question) or bool(_POINTS_BACK.search(question))
    when = span(question, time.time())
    asked = _content(question)
    kept: list[Passage] = []
    room = _ROOM
    for each in found:
        turn, text = each.turn, " ".join(each.turn.text.split())
        shared = len(asked & _content(text))
        if is_asked_for:
            dated = when is not None and when[0] <= turn.time < when[1]
            is_near = each.nearness >= _RELATED or shared > 0 or dated
        else:
            is_near = turn.role == "user" and each.nearness >= (_CLEARLY if shared > 1 else _NEARLY)
        text = text if len(text) <= _LENGTH else text[:_LENGTH].rpartition(" ")[0] + " …"
        is_question = text.endswith("?") or asks_for_it(text)
        if not is_near or is_question or len(text) > room or text in (one.text for one in kept):
            continue
        kept.append(Passage(turn.number, _who(turn.speaker, turn.role), turn.time, text))
        room -= len(text)
        if len(kept) == _MOST:
            break
    return tuple(kept)


def _content(text: str) -> set[str]:
    return {stem(word) for word in content_words(text) if word not in _TALKING}


def _who(speaker: str, role: str) -> str:
    return speaker or ("you" if role == "assistant" else "I")


def _day(seconds: float) -> str:
    day = datetime.fromtimestamp(seconds, UTC).astimezone()
    return f"{day.day} {day:%B %Y}"
