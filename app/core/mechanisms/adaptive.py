"""Adaptive: chooses for each question how the two models work together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.core.cancel import Cancel
from app.core.difficulty import excerpt
from app.core.errors import MemoryFault, StoreError
from app.core.events import Event, Routed
from app.core.extracts.document import inquiry
from app.core.learner import Decision
from app.core.mechanisms.base import Kit, Mechanism
from app.core.settings import AnySetting
from app.core.situation import REASONS, Situation, expected, wants_certainty
from app.core.task import task_of
from app.core.types import Route, Turn, Where

_TRIED: Final = "Tried once in a while, to learn what suits you."


class Adaptive:
    """Delegates to the mechanism that suits the question; policy comes before anything that was learned."""

    name = "adaptive"
    title = "Adaptive"
    help = "For each question the way of working together is chosen that suits it, and the reasons are shown."
    options: tuple[AnySetting, ...] = ()

    def __init__(self, ways: Sequence[Mechanism]) -> None:
        self._ways = {way.name: way for way in ways}

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the events of the way that was chosen, with the reasons for it."""
        route = kit.router.route(turn.text, turn.level, turn.where, kit.facts, before=turn.before)
        if route.is_policy:
            yield from self._ways["routing"].run(turn, kit, cancel)
            return
        decision = self.choose(turn, kit, route)
        kit.tally.decision = decision
        is_local = decision.arm == "local"
        way = self._ways["routing" if is_local else decision.arm]
        asked = replace(turn, where=Where.LOCAL) if is_local else turn
        is_first = True
        for event in way.run(asked, kit, cancel):
            if is_first and isinstance(event, Routed):
                event = _explained(event, decision, route)
                is_first = False
            yield event

    def choose(self, turn: Turn, kit: Kit, route: Route) -> Decision:
        """Choose a way: what does well in general, and what this person found better or worse."""
        now = look(turn, kit, route.difficulty)
        hopes = {arm: hope for arm, hope in expected(now).items() if arm == "local" or arm in self._ways}
        return kit.learner.choose((*now.features(), *meanings(turn, kit)), _worth_a_try(hopes))


def look(turn: Turn, kit: Kit, difficulty: float) -> Situation:
    """Gather what the chooser may know; a memory that cannot be read is no reason not to answer."""
    knows, lesson, repeat = 0, 0.0, 0.0
    try:
        knows = len(kit.person.about(turn.text))
        near = kit.lessons.like(turn.text, 1)
        lesson = near[0].nearness if near else 0.0
        if before := kit.lessons.repeat(turn.text):
            repeat = float(before.exact)  # one nearly like it may want another answer: it is only offered
    except (StoreError, MemoryFault):
        pass
    task = task_of(turn.text)
    return Situation(
        task=task,
        difficulty=difficulty,
        hidden=kit.facts.hidden,
        knows=knows,
        lesson=lesson,
        repeat=repeat,
        is_bundled=kit.facts.bundled,
        has_document=inquiry(turn) is not None,
        wants_certainty=wants_certainty(turn.text),
        price=kit.facts.price,
    )


def meanings(turn: Turn, kit: Kit) -> tuple[float, ...]:
    """Return what the question is about as a few numbers; none where the embedder cannot be had."""
    from app.core.bandit import Meanings  # NumPy, which no start should wait for

    try:
        vector = kit.embedder.embed([excerpt(turn.text)])[0].tolist()
    except MemoryFault:
        vector = None
    return Meanings().of(vector)


_CLOSE: Final = 0.25
"""A way that promises so much less than the best one is not even tried."""


def _worth_a_try(hopes: Mapping[str, float]) -> dict[str, float]:
    best = max(hopes.values())
    return {arm: hope for arm, hope in hopes.items() if hope > best - _CLOSE}


def _explained(event: Routed, decision: Decision, route: Route) -> Routed:
    said = [_TRIED] if decision.explored else []
    said += [REASONS[decision.arm], *route.reasons]
    if decision.arm != "local":
        said += event.reasons
    return replace(event, reasons=tuple(dict.fromkeys(said)), difficulty=route.difficulty)
