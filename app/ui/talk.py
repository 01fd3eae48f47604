"""One conversation while the program runs: its draft, its run, and what has come of the answer."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.approval import Approver, Refuse, Revise, ReviseAll, Verdict
from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError, Fix
from app.core.events import (
    Compared,
    Delta,
    Done,
    Failed,
    Findings,
    Notice,
    Offered,
    Recalled,
    Routed,
    Sent,
    Started,
)
from app.core.minds import Tell
from app.core.types import Conversation, Piece, Role, Route, State, StoredMessage, Where
from app.privacy.errors import PrivacyError
from app.privacy.types import HIDING
from app.ui.approver import Question, WindowApprover
from app.ui.runner import Run, Runner, Work


class Asking(Protocol):
    """The part of `Session` that answers; blocking, so for workers only."""

    def send(
        self,
        conversation: str,
        text: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Tell,
        *,
        where: Where = Where.AUTO,
    ) -> None: ...

    def answer_again(
        self,
        conversation: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Tell,
        *,
        where: Where = Where.AUTO,
        mechanism: str = "",
    ) -> None: ...

    def take_back(self, conversation: str) -> None: ...


class Phase(Enum):
    """How far the answer is."""

    IDLE = auto()
    CHECKING = auto()
    REVIEW = auto()
    ROUTING = auto()
    STREAMING = auto()
    STOPPING = auto()


class _TakenBack:
    """The question that was not sent is out of the store again."""


@dataclass(slots=True)
class Live:
    """An answer that is being made."""

    question: str
    message: StoredMessage
    is_again: bool = False
    pieces: list[Piece] = field(default_factory=list)
    told: str = ""
    """What is going on, for the line under the answer."""
    fix: Fix = Fix.RETRY
    began: float = field(default_factory=time.monotonic)

    def finished(self, state: State, failure: str = "") -> StoredMessage:
        text = "".join(piece.text for piece in self.pieces)
        return replace(self.message, text=text, pieces=tuple(self.pieces), state=state, failure=failure)


class Talk(QObject):
    """Runs at most one answer at a time, also while another conversation is on screen.

    Signals:
        began(): a question was asked or asked again; `live` is there.
        grew(object): a further `Piece` of the answer.
        told(): `phase`, `live.told` or `question` changed.
        ended(object, object): the finished `StoredMessage` and its `Fix`.
        noted(str): a sentence about this answer that should stay.
        offered(object): `Offered`, an earlier answer to much the same question.
        taken_back(): the person closed the review without sending; question and answer are gone.
        freed(): the run is over, the next question may be asked.
    """

    began = Signal()
    grew = Signal(object)
    told = Signal()
    ended = Signal(object, object)
    noted = Signal(str)
    offered = Signal(object)
    taken_back = Signal()
    freed = Signal()

    def __init__(
        self, conversation: Conversation, session: Asking, runner: Runner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.conversation = conversation
        self.draft = ""
        self.phase = Phase.IDLE
        self.live: Live | None = None
        self.question: Question | None = None
        self._session = session
        self._runner = runner
        self._run: Run | None = None
        self._is_refused = False
        self._is_changed = False

    @property
    def is_busy(self) -> bool:
        return self._run is not None

    @property
    def is_revising(self) -> bool:
        """Whether a change was asked for, and the review that shows it is still being made."""
        return self._is_changed and self.phase is Phase.CHECKING

    def send(self, text: str, where: Where = Where.AUTO) -> None:
        """Ask a question."""

        def work(cancel: Cancel, tell: Callable[[object], None]) -> None:
            approver = WindowApprover(tell)
            self._session.send(self.conversation.id, text, approver, cancel, tell, where=where)
            self._take_back_if(approver, tell)

        self._begin(Live(text, self._blank()), work)

    def again(self, question: str, where: Where = Where.AUTO, mechanism: str = "") -> None:
        """Answer the last question once more."""

        def work(cancel: Cancel, tell: Callable[[object], None]) -> None:
            approver = WindowApprover(tell)
            self._session.answer_again(
                self.conversation.id, approver, cancel, tell, where=where, mechanism=mechanism
            )
            self._take_back_if(approver, tell)

        self._begin(Live(question, self._blank(), is_again=True), work)

    def decide(self, verdict: Verdict) -> None:
        """Answer the review that waits."""
        question, self.question = self.question, None
        if question is not None:
            self._is_refused = isinstance(verdict, Refuse)
            self._is_changed = isinstance(verdict, Revise | ReviseAll)
            self._set(Phase.CHECKING)
            question.answer(verdict)

    def stop(self) -> None:
        """Stop the answer; what came stays."""
        if self._run is None:
            return
        self._run.stop()
        self.question = None
        self._finish(State.STOPPED)
        self._set(Phase.STOPPING)

    def _take_back_if(self, approver: WindowApprover, tell: Callable[[object], None]) -> None:
        """Runs on the worker, before the next question can be asked."""
        if approver.is_refused:
            self._session.take_back(self.conversation.id)
            tell(_TakenBack())

    def _blank(self) -> StoredMessage:
        return StoredMessage(-1, self.conversation.id, Role.ASSISTANT, "", time.time(), State.STREAMING)

    def _begin(self, live: Live, work: Work) -> None:
        if self._run is not None:
            return
        self.live = live
        self._is_refused = self._is_changed = False
        self.phase = Phase.CHECKING
        self._run = self._runner.start(work, self._on_event, self._on_end)
        self.began.emit()
        self.told.emit()

    def _set(self, phase: Phase, told: str = "") -> None:
        self.phase = phase
        if self.live is not None:
            self.live.told = told
        self.told.emit()

    def _on_event(self, event: object) -> None:
        live = self.live
        if live is None:
            return
        match event:
            case Question():
                self.question = event
                self._set(Phase.REVIEW)
            case Delta():
                self._grow(live, Piece(event.text, event.origin))
            case Done():
                account = replace(live.message.account, steps=event.steps)
                live.message = replace(live.message, hidden=event.hidden, account=account)
                self._finish(State.COMPLETE)
            case Failed(kind="refused") if self._is_refused:
                pass  # his own choice is no failure; `_TakenBack` follows
            case _TakenBack():
                self.live, self.phase = None, Phase.IDLE
                self.taken_back.emit()
            case Failed():
                live.fix = event.fix
                self._finish(State.FAILED, event.told)
            case _:
                self._note(live, event)

    def _note(self, live: Live, event: object) -> None:
        """Take what is told about the answer before and while it comes."""
        match event:
            case Started():
                live.message = replace(live.message, id=event.answer)
            case Routed():
                route = Route(event.where, event.mechanism, event.reasons)
                live.message = replace(live.message, route=route, model=event.model)
                self._set(Phase.ROUTING, _routing(event))
            case Findings():
                hidden = sum(each.action in HIDING for each in event.decided)
                live.message = replace(live.message, hidden=hidden)
            case Sent():
                live.message = replace(live.message, ledger=event.ledger)
                self._set(Phase.ROUTING, _tr("Waiting for {provider}").format(provider=event.provider))
            case Recalled():
                account = live.message.account
                account = replace(account, used=account.used + event.used)
                live.message = replace(live.message, account=account)
            case Compared():
                account = replace(live.message.account, comparison=event.comparison)
                live.message = replace(live.message, account=account)
            case Offered():
                self.offered.emit(event)
            case Notice():
                if event.lasting:
                    self.noted.emit(event.told)
                self._set(self.phase, "" if event.lasting else event.told)

    def _grow(self, live: Live, piece: Piece) -> None:
        live.pieces.append(piece)
        if self.phase is not Phase.STREAMING:
            self._set(Phase.STREAMING)
        self.grew.emit(piece)

    def _finish(self, state: State, failure: str = "") -> None:
        live, self.live = self.live, None
        self.question = None
        if live is not None:
            self.phase = Phase.IDLE
            self.ended.emit(live.finished(state, failure), live.fix)

    def _on_end(self, error: BaseException | None) -> None:
        self._run = None
        if self.live is not None:
            match error:
                case ConfidantError() | PrivacyError():
                    self._finish(State.FAILED, error.told)
                case Cancelled() | None:
                    self._finish(State.STOPPED)
                case _:
                    self._finish(State.FAILED, _tr("Something went wrong inside Confidant. Try again."))
        self._set(Phase.IDLE)
        self.freed.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Talk", text)


def _routing(event: Routed) -> str:
    why = event.reasons[0] if event.reasons else ""
    place = _tr("Asking the cloud") if event.where is Where.CLOUD else _tr("Answering on this computer")
    return f"{place}: {why}" if why else place
