"""Distillation: the model on this computer learns from the cloud's answers that were accepted."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Final

from app.core.aide.standalone import is_follow_up
from app.core.cancel import Cancel
from app.core.errors import MemoryFault, StoreError
from app.core.events import Delta, Event, Notice, Offered, Recalled, Routed
from app.core.mechanisms.base import Kit, cloud_answer, local_answer
from app.core.mechanisms.routing import cascade
from app.core.memory.lessons import Lesson, Repeat
from app.core.settings import AnySetting
from app.core.types import Source, Turn, Used, Where

KNOWN = "This computer learned from an earlier answer how to solve it."
ASKED = "You asked nearly the same before."
_TAUGHT: Final = 1.5
"""How much likelier a draft is good, in logits, that an accepted answer of its kind was shown to."""
_MIDDLING: Final = 0.5
"""Difficulty that a question has at most then; one that was answered before is none."""


class Distillation:
    """Answers here what the cloud taught; what is new and hard goes, sanitized, to the cloud."""

    name = "distillation"
    title = "Learning"
    help = (
        "This computer learns from answers of the cloud that you accepted, and answers questions of the same "
        "kind by itself."
    )
    options: tuple[AnySetting, ...] = ()

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the earlier answer where the very same was asked, or else a local one with lessons."""
        repeat = _repeat(turn, kit)
        if repeat is not None and _may_reuse(repeat, turn):
            yield from _reused(repeat, kit, self.name)
            return
        if repeat is not None:
            yield Offered(repeat.answer.id, repeat.answer.conversation, repeat.asked, repeat.question)
        route = kit.router.route(turn.text, turn.level, turn.where, kit.facts)
        lessons = _lessons(turn, kit)
        taught = turn.where is Where.AUTO and route.where is Where.CLOUD and (lessons or repeat)
        if route.where is Where.CLOUD and not taught:
            yield Routed(Where.CLOUD, self.name, route.reasons, kit.cloud_model, route.difficulty)
            yield from cloud_answer(turn, kit, cancel, self.name)
            return
        if not taught:
            yield Routed(Where.LOCAL, self.name, route.reasons, kit.local.name, route.difficulty)
            yield from local_answer(turn, kit, cancel, lessons)
            return
        # What was learned makes it likelier that the draft is good; it is checked like any other.
        hard = 0.0 if repeat else min(route.difficulty, _MIDDLING)
        route = replace(route, mechanism=self.name, reasons=(ASKED if repeat else KNOWN,), difficulty=hard)
        yield Routed(Where.LOCAL, self.name, route.reasons, kit.local.name, hard)
        levels = replace(kit.usual, bias=kit.usual.bias + _TAUGHT)
        yield from cascade(route, turn, replace(kit, levels=levels), cancel, lessons)


def _repeat(turn: Turn, kit: Kit) -> Repeat | None:
    """Return what was asked before, but not in this conversation: there the person sees it."""
    if _is_follow_up(turn):
        return None
    with suppress(StoreError, MemoryFault):  # a memory that fails must not cost the answer
        repeat = kit.lessons.repeat(turn.text)
        if repeat is not None and repeat.answer.conversation != turn.conversation:
            return repeat
    return None


def _lessons(turn: Turn, kit: Kit) -> tuple[Lesson, ...]:
    if _is_follow_up(turn):
        return ()
    with suppress(StoreError, MemoryFault):
        return kit.lessons.like(turn.text, 1)  # two cost twice the reading
    return ()


def _is_follow_up(turn: Turn) -> bool:
    """Say whether a question looks like others only because it leaves out what it is about."""
    return bool(turn.history) and is_follow_up(turn.text)


def _may_reuse(repeat: Repeat, turn: Turn) -> bool:
    """Say whether an answer may be given again: not where the person asks anew, or something came before."""
    return repeat.exact and turn.where is Where.AUTO and not turn.history and not turn.again


def _reused(repeat: Repeat, kit: Kit, mechanism: str) -> Iterator[Event]:
    day = time.strftime("%d %B %Y", time.localtime(repeat.asked)).lstrip("0")
    told = f"You asked this on {day}; this is the same answer."
    yield Routed(Where.LOCAL, mechanism, (told,), repeat.answer.model)
    used = (Used(Source.EXAMPLE, repeat.lesson.question, repeat.lesson.id),)
    yield Recalled(used)
    with kit.tally.step("repeat", Where.LOCAL):
        yield Notice(f"{told} Ask again for a new one.", lasting=True)
        for piece in repeat.answer.pieces:
            yield Delta(piece.text, piece.origin)
