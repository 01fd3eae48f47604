"""Routing: this computer drafts, the draft is judged, the cloud is asked where it is likely to help."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.core.aide.asked import request
from app.core.cancel import Cancel
from app.core.draft import Heard, Stakes, judge, needs_help
from app.core.events import Delta, Event, Notice, Recalled, Routed
from app.core.mechanism_settings import SHARE
from app.core.mechanisms.base import Kit, ask_cloud, cloud_answer, local_answer
from app.core.memory.lessons import Lesson
from app.core.router import is_follow_up
from app.core.settings import AnySetting
from app.core.types import Origin, Role, Route, Turn, Where
from app.core.verify import examine

HOPELESS: Final = 0.85
"""Difficulty from which on no draft is written."""
EASY: Final = 0.3
"""Difficulty below which an answer streams at once."""
_TELL_EVERY: Final = 20
"""Words of a draft between two notices about it."""


class Routing:
    """Policy decides first, then how hard the question is, then what became of the draft.

    Easy questions stream to the person at once and stay. Hopeless ones go to the cloud at once. In between
    nothing of the draft is shown before it is judged: a text that was read is never taken back, and two
    answers below each other would leave it to the person which one counts.
    """

    name = "routing"
    title = "Routing"
    help = "This computer answers what it can; what it cannot answer well goes, sanitized, to the cloud."
    options: tuple[AnySetting, ...] = (SHARE,)

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the answer of the model that the question needs."""
        route = kit.router.route(turn.text, turn.level, turn.where, kit.facts, before=_before(turn))
        if route.where is Where.CLOUD and (route.is_policy or _is_hopeless(route, turn, kit)):
            yield Routed(Where.CLOUD, self.name, route.reasons, kit.cloud_model, route.difficulty)
            yield from cloud_answer(turn, kit, cancel, self.name)
            return
        yield Routed(Where.LOCAL, self.name, route.reasons, kit.local.name, route.difficulty)
        if route.is_policy or (route.where is Where.LOCAL and route.difficulty < _easy(kit)):
            yield from local_answer(turn, kit, cancel)
        else:
            yield from cascade(route, turn, kit, cancel)


def cascade(
    route: Route, turn: Turn, kit: Kit, cancel: Cancel, lessons: Sequence[Lesson] = ()
) -> Iterator[Event]:
    """Yield a local draft where it is good, or else the cloud's answer, in the name of the route."""
    draft = _Draft(kit)
    yield from draft.write(turn, cancel, lessons)
    with kit.tally.step("check", Where.LOCAL):
        written = draft.ear.written
        examined = examine(turn.text, written.text, written.truncated)
        judgement = judge(written, examined, route.difficulty, kit.usual)
        facts, bar = kit.facts, kit.pace.bar(judgement.gain)
    if not needs_help(judgement, Stakes(facts.price, facts.hidden, facts.wait, bar)):
        reasons = (*route.reasons, *judgement.reasons)
        yield Routed(Where.LOCAL, route.mechanism, reasons, kit.local.name, route.difficulty)
        yield from draft.events()
        return
    reasons = (*judgement.reasons, "The cloud is likely to do better.")
    yield Routed(Where.CLOUD, route.mechanism, reasons, kit.cloud_model, route.difficulty)
    draft.put_by()
    over = yield from ask_cloud(request(turn), turn, kit, cancel)
    if over:
        yield from over.events(route.mechanism, kit.local.name, draft.events())


class _Draft:
    """A local answer that is held back until somebody wants it."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.ear = Heard(kit.local)
        self._recalled: list[Recalled] = []
        self._lasting: list[Notice] = []
        self._truncated = kit.tally.truncated

    def write(self, turn: Turn, cancel: Cancel, lessons: Sequence[Lesson]) -> Iterator[Event]:
        """Let the local model write, and tell how far it is."""
        wish = replace(self._kit.generation, logprobs=True)
        kit = replace(self._kit, local=self.ear, generation=wish)
        yield Notice("This computer writes a draft.")
        pieces = 0
        for event in local_answer(turn, kit, cancel, lessons, step="draft"):
            match event:
                case Delta():
                    pieces += 1
                    if pieces % _TELL_EVERY == 0:
                        words = len(self.ear.written.text.split())
                        yield Notice(f"This computer writes a draft, {words} words so far.")
                case Recalled():
                    self._recalled.append(event)
                case Notice(lasting=True):
                    self._lasting.append(event)
                case _:
                    yield event
        yield Notice("Checking this computer's draft.")

    def put_by(self) -> None:
        """Take out of the account that the draft was cut; `events` puts it back."""
        self._kit.tally.truncated = self._truncated

    def events(self) -> Iterator[Event]:
        """Yield the draft as an answer, with what went into it."""
        self._kit.tally.truncated = self.ear.written.truncated
        yield from self._recalled
        yield from self._lasting
        if self.ear.written.text:
            yield Delta(self.ear.written.text, Origin.LOCAL)


def _before(turn: Turn) -> str:
    """Return the question before this one."""
    return next((said.text for said in reversed(turn.history) if said.role is Role.USER), "")


def _is_hopeless(route: Route, turn: Turn, kit: Kit) -> bool:
    """Say whether a draft would only cost time: too hard, or it goes on with what the cloud said."""
    if kit.facts.bundled or route.difficulty >= HOPELESS:
        return True
    return kit.facts.last is Where.CLOUD and is_follow_up(turn.text)


def _easy(kit: Kit) -> float:
    return 0.15 if kit.facts.bundled else EASY
