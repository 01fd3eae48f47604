"""The question and the answers of quick-ask, without any widget."""

import time
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.approval import Review, Verdict
from app.core.errors import Fix
from app.core.feedback import Feedback
from app.core.types import Conversation, Role, StoredMessage, Where
from app.privacy.policy import Level
from app.ui.progress import progress
from app.ui.runner import Runner
from app.ui.talk import Asking, Live, Phase, Talk

_TICK = 250
"""Milliseconds between two looks at how long it takes."""


class QuickDoor(Asking, Protocol):
    """The session, as far as quick-ask uses it. Every method may block."""

    def new_conversation(self, temporary: bool = False, level: Level | None = None) -> Conversation: ...

    def set_level(self, conversation: str, level: Level) -> None: ...

    def judge(self, conversation: str, answer: int, feedback: Feedback) -> None: ...

    def delete(self, conversation: str) -> None: ...


class QuickThread(QObject):
    """One conversation, begun with the first question; answered here unless the cloud is asked for.

    Signals:
        asked(object): the question, as a message.
        refused(str, str): a question that could not be asked, and why.
        told(str): a sentence about something that went wrong.
        changed(): `live`, `review` or `is_busy` changed.
        ticked(str): time goes by; what the line under the growing answer says now.
        began(), grew(object), ended(object, object), noted(str), offered(object), taken_back(): as
            those of `Talk`.
    """

    asked = Signal(object)
    refused = Signal(str, str)
    told = Signal(str)
    changed = Signal()
    ticked = Signal(str)
    began = Signal()
    grew = Signal(object)
    ended = Signal(object, object)
    noted = Signal(str)
    offered = Signal(object)
    taken_back = Signal()

    def __init__(self, session: QuickDoor, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._talk: Talk | None = None
        self._is_starting = False
        self._next: tuple[Where, str] | None = None
        self._clock = QTimer(self, interval=_TICK)
        self._clock.timeout.connect(self._on_tick)
        self.question = ""
        self.answer = ""

    @property
    def conversation(self) -> Conversation | None:
        return self._talk.conversation if self._talk is not None else None

    @property
    def is_busy(self) -> bool:
        return self._is_starting or (self._talk is not None and self._talk.is_busy)

    @property
    def may_stop(self) -> bool:
        return self._talk is not None and self._talk.phase is not Phase.STOPPING

    @property
    def live(self) -> Live | None:
        return self._talk.live if self._talk is not None else None

    @property
    def progress(self) -> str:
        """What the line under the growing answer says."""
        if self._talk is None or self._talk.live is None:
            return ""
        return progress(self._talk.phase, self._talk.live, time.monotonic() - self._talk.live.began)

    @property
    def is_revising(self) -> bool:
        """See `Talk`."""
        return self._talk is not None and self._talk.is_revising

    @property
    def review(self) -> Review | None:
        question = self._talk.question if self._talk is not None else None
        return question.review if question is not None else None

    def ask(self, text: str, level: Level | None, *, temporary: bool) -> None:
        """Ask on this computer; level and temporary count for a thread that begins with this."""
        if self._talk is not None:
            self._send(text)
            return
        self._is_starting = True
        start = partial(self._session.new_conversation, temporary, level)
        self._runner.call(start, partial(self._on_made, text), partial(self._on_not_made, text))
        self.changed.emit()

    def again(self, where: Where, mechanism: str = "") -> None:
        """Answer the last question once more, after stopping what is still being answered."""
        if self._talk is None:
            return
        if self._talk.is_busy:
            self._next = (where, mechanism)
            self._talk.stop()
        else:
            self._talk.again(self.question, where, mechanism)

    def judge(self, answer: int, feedback: Feedback) -> None:
        """Say how an answer was."""
        if self._talk is not None:
            judge = partial(self._session.judge, self._talk.conversation.id, answer, feedback)
            self._runner.call(judge, self._ignore, self.told.emit)

    def decide(self, verdict: Verdict) -> None:
        """Answer the review."""
        if self._talk is not None:
            self._talk.decide(verdict)

    def stop(self) -> None:
        """Stop the answer; what came stays."""
        if self._talk is not None:
            self._talk.stop()

    def set_level(self, level: Level) -> None:
        """Change the level of the thread, if it has begun."""
        if self._talk is not None:
            change = partial(self._session.set_level, self._talk.conversation.id, level)
            self._runner.call(change, self._ignore, self.told.emit)

    def forget(self, *, keep: bool = False) -> None:
        """Begin afresh; a temporary conversation is gone then, unless `keep`."""
        talk, self._talk = self._talk, None
        if talk is not None:
            if talk.conversation.temporary and not keep:
                delete = partial(self._session.delete, talk.conversation.id)
                self._runner.call(delete, self._ignore, self.told.emit)
            talk.deleteLater()
        self.question = self.answer = ""

    def _on_made(self, text: str, conversation: Conversation) -> None:
        self._is_starting = False
        self._talk = Talk(conversation, self._session, self._runner, self)
        self._talk.began.connect(self._clock.start)
        self._talk.began.connect(self.began)
        self._talk.grew.connect(self.grew)
        self._talk.told.connect(self.changed)
        self._talk.ended.connect(self._on_ended)
        self._talk.noted.connect(self.noted)
        self._talk.offered.connect(self.offered)
        self._talk.taken_back.connect(self.taken_back)
        self._talk.freed.connect(self._on_freed)
        self._send(text)

    def _on_not_made(self, text: str, told: str) -> None:
        self._is_starting = False
        self.refused.emit(text, told)

    def _send(self, text: str) -> None:
        assert self._talk is not None
        self.question = text
        self.asked.emit(StoredMessage(-1, self._talk.conversation.id, Role.USER, text, time.time()))
        self._talk.send(text, Where.LOCAL)

    def _ignore(self, _: None) -> None:
        """What the call did shows already."""

    @Slot(object, object)
    def _on_ended(self, message: StoredMessage, fix: Fix) -> None:
        self.answer = message.text or self.answer
        self.ended.emit(message, fix)

    @Slot()
    def _on_tick(self) -> None:
        self.ticked.emit(self.progress)

    @Slot()
    def _on_freed(self) -> None:
        self._clock.stop()
        following, self._next = self._next, None
        if following is not None:
            self.again(*following)
        else:
            self.changed.emit()
