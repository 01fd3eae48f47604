"""One turn from its question to its stored answer: kit, mechanism, recorder, and what is kept afterwards."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from app.core.border import TEMPORARY, Border
from app.core.cancel import Cancel
from app.core.engines.checking import LONGEST as LONGEST_FOR_CLOUD
from app.core.engines.checking import checked
from app.core.engines.tally import Tally
from app.core.errors import Cancelled, ConfidantError, Fix, MemoryFault, StoreError
from app.core.events import Delta, Done, Event, Failed, Notice, Recalled, Routed, Started
from app.core.feedback import GOOD_ENOUGH, REWARDS, Feedback
from app.core.mechanisms import ADAPTIVE
from app.core.mechanisms.adaptive import Adaptive
from app.core.mechanisms.attached import run_with_documents
from app.core.mechanisms.base import Kit, Mechanism
from app.core.memory.earlier_talk import STAYS, asks_for_it
from app.core.minds import Asked, Minds, Tell
from app.core.recorder import Failure, Recorder
from app.core.router import Facts
from app.core.settings import (
    LOCAL_MAX_TOKENS,
    LOCAL_MODEL,
    LOCAL_SERVER,
    MECHANISM,
    MECHANISM_LEARN,
    Settings,
)
from app.core.situation import REASONS
from app.core.types import Generation, Route, State, Where
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level
from app.privacy.types import HIDING, Action

if TYPE_CHECKING:
    pass


class Answering:
    """Answers stored questions; every method may block."""

    def __init__(self, minds: Minds, border: Border, settings: Settings) -> None:
        self._minds = minds
        self._border = border
        self._settings = settings

    def answer(self, asked: Asked, mechanism: Mechanism, cancel: Cancel, tell: Tell) -> Tally:
        """Answer and store the answer as it comes; `tell` gets `Done` or `Failed` last.

        Raises:
            Cancelled: Stop was pressed; what had come is stored.
            StoreError: there is no room for the answer; nothing was asked.
        """
        recorder = Recorder(asked.store, asked.question, asked.store.begin_answer(asked.turn.conversation))
        tell(Started(asked.question, recorder.answer))
        tally = Tally(self._minds.spending.prices)
        state, failure, fix = State.FAILED, "", Fix.NONE
        kind = "bug"
        try:
            kit = self._kit(asked, tally, cancel, tell)
            _follow(run_with_documents(mechanism, asked.turn, kit, cancel), recorder, tally, tell)
            state = State.COMPLETE
        except Cancelled:
            state = State.STOPPED
            raise
        except PrivacyError as error:
            kind, failure, fix = error.kind, error.told, Fix.ANSWER_LOCALLY
        except ConfidantError as error:
            kind, failure, fix = error.kind, error.told, error.fix
        finally:
            unsaved = _finish(recorder, state, tally, Failure(failure, fix))
            with suppress(StoreError, MemoryFault, PrivacyError):  # the answer's own end must not be hidden
                self._keep(recorder, asked, tally, state)
        if unsaved:
            tell(Notice(unsaved, lasting=True))
        if state is State.FAILED:
            tell(Failed(kind, failure, fix))
        else:
            tell(Done(tally.usage, tally.times, tally.bytes_sent, tally.hidden, tally.truncated, tally.steps))
        return tally

    def route(self, asked: Asked, draft: str = "") -> Route:
        """Say who would answer a question, in which way and why; nothing is stored, generated or sent."""
        turn, chosen = asked.turn, self._settings[MECHANISM]
        kit = self._kit(asked, Tally(), Cancel(), lambda _: None)
        route = kit.router.route(turn.text, turn.level, turn.where, kit.facts, draft)
        if route.is_policy or draft:
            return route
        if chosen != Adaptive.name:
            return replace(route, mechanism=chosen)
        arm = ADAPTIVE.choose(turn, kit, route).arm
        way = "routing" if arm == "local" else arm
        where = Where.CLOUD if arm in ("pipeline", "fusion") else route.where
        return replace(route, where=where, mechanism=way, reasons=(REASONS[arm], *route.reasons))

    def judge(self, conversation: str, answer: int, feedback: Feedback) -> None:
        """Learn from what the person made of an answer, if he lets us."""
        if self._settings[MECHANISM_LEARN]:
            self._minds.learner.judged(answer, feedback)
            self._minds.lessons(conversation).judged(answer, REWARDS[feedback] >= GOOD_ENOUGH)

    def _keep(self, recorder: Recorder, asked: Asked, tally: Tally, state: State) -> None:
        """Keep what is learned from a turn later on; of a temporary conversation only what it cost."""
        self._minds.spending.add(tally)
        if state is not State.COMPLETE or asked.turn.conversation.startswith(TEMPORARY):
            return
        self._minds.earlier(asked.turn.conversation).heard()
        self._minds.person(asked.turn.conversation).heard(asked.question)
        if not self._settings[MECHANISM_LEARN]:
            return
        if tally.decision is not None:
            self._minds.learner.note(recorder.answer, tally.decision)
        if tally.wire_question and tally.ledger:
            question, answer = asked.store.message(asked.question), asked.store.message(recorder.answer)
            self._minds.lessons(asked.turn.conversation).learn(question, answer)

    def facts(
        self,
        conversation: str,
        text: str,
        level: Level,
        cancel: Cancel | None = None,
        tell: Tell = lambda _: None,
    ) -> Facts:
        """Gather what the router may know about a question; an empty conversation: without the filter."""
        closed = self._border.closed() or self._minds.spending.too_dear(len(text))
        bundled = not self._settings[LOCAL_MODEL] and not self._settings[LOCAL_SERVER]
        if closed or level is Level.LOCAL or not conversation:
            return Facts(not closed, closed, bundled)
        if len(text) > LONGEST_FOR_CLOUD:
            return Facts(False, "This is too long to be checked for private details.", bundled)
        privacy = self._border.privacy(conversation)
        decided = checked(lambda: privacy.inspect(text, level), text, cancel or Cancel(), tell)
        hidden = sum(each.action in HIDING for each in decided)
        sensitive = sum(each.action is Action.ASK for each in decided)
        spending = self._minds.spending
        return Facts(True, "", bundled, hidden, sensitive, spending.weight(len(text)), spending.wait())

    def stays(self, conversation: str, text: str) -> str:
        """Say why a question stays here although nobody chose that; empty where it need not."""
        return STAYS if asks_for_it(text) and self._minds.earlier(conversation).about(text) else ""

    def _kit(self, asked: Asked, tally: Tally, cancel: Cancel, tell: Tell) -> Kit:
        turn, minds = asked.turn, self._minds
        asks = turn.where is Where.AUTO  # who chose himself gets no reasons, and waits for one check less
        earlier = lru_cache(maxsize=1)(partial(minds.earlier(turn.conversation).about, turn.text))
        return Kit(
            local=minds.local,
            open_cloud=lambda: self._border.guard(
                turn.conversation, turn.level, asked.approver, asked.permit
            ),
            facts=replace(
                self.facts(turn.conversation if asks else "", turn.text, turn.level, cancel, tell),
                last=turn.last,
                stays=STAYS if asks and asks_for_it(turn.text) and earlier() else "",
            ),
            router=minds.router(),
            tally=tally,
            generation=Generation(max_tokens=self._settings[LOCAL_MAX_TOKENS]),
            person=minds.person(turn.conversation),
            lessons=minds.lessons(turn.conversation),
            earlier=earlier,
            embedder=minds.embedder(),
            settings=self._settings,
            learner=minds.learner,
            pace=minds.pace(turn.conversation),
            levels=minds.levels(),
            binder=lambda: minds.documents().binder(turn.conversation),
            cloud_model=self._border.model,
        )


def _follow(events: Iterator[Event], recorder: Recorder, tally: Tally, tell: Tell) -> None:
    start = time.perf_counter()
    for event in events:
        match event:
            case Routed():
                recorder.routed(event)
            case Recalled(used):
                tally.used += used
            case Delta():
                if "first_token" not in tally.times:
                    tally.clock("first_token", start)
                try:
                    recorder.add(event)
                except StoreError as error:
                    tell(Notice(error.told, lasting=True))
        tell(event)
    tally.clock("total", start)


def _finish(recorder: Recorder, state: State, tally: Tally, failure: Failure) -> str:
    """Store the end of an answer; return what went wrong, which must not hide the turn's own error."""
    try:
        recorder.finish(state, tally, failure)
    except StoreError as error:
        return error.told
    return ""
