"""One conversation on screen: transcript, review, notices and composer, and what happens between them."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, SignalInstance, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.core.approval import Refuse, Revise
from app.core.errors import Fix
from app.core.session import Session
from app.core.types import Piece, Role, State, StoredMessage, Where
from app.ui.announce import announce
from app.ui.composer import Composer
from app.ui.look_ahead import LookAhead
from app.ui.notices import Notices
from app.ui.review_card import ReviewCard
from app.ui.runner import Runner
from app.ui.talk import Live, Phase, Talk
from app.ui.theme import Theme
from app.ui.transcript import Transcript
from app.ui.welcome import Welcome
from app.ui.wishes import Again, EditQuestion, OpenLink, OpenSettings, ShowLeft, Wish

_COLUMN = 760
_MARGIN = 24
_CHECK_SHOWN_AFTER = 0.3
_ELAPSED_SHOWN_AFTER = 3


class ChatPage(QFrame):
    """Shows one `Talk` at a time; the others go on in the background.

    Signals:
        settings_wanted(str): a group of the settings.
        left_wanted(object): the ledger row of an answer, or None for everything.
        changed(): something was asked or answered; the list should be read again.
    """

    settings_wanted = Signal(str)
    left_wanted = Signal(object)
    changed = Signal()

    def __init__(self, session: Session, runner: Runner, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._runner = runner
        self._theme = theme
        self._talk: Talk | None = None
        self._is_loaded = False
        self._is_revising = False
        self.transcript = Transcript(theme)
        self.welcome = Welcome(theme)
        self.notices = Notices(theme)
        self.card = ReviewCard(theme)
        self.composer = Composer(theme)
        self._look = LookAhead(session, runner, self.composer)
        self._clock = QTimer(self)
        self._clock.setInterval(200)
        self._lay_out()
        self._connect()
        self.card.hide()

    @property
    def talk(self) -> Talk | None:
        return self._talk

    def show_talk(self, talk: Talk, message: int | None = None) -> None:
        """Put a conversation on screen, at a message or at its end."""
        self._leave()
        self._talk = talk
        for signal, slot in self._wires(talk):
            signal.connect(slot)
        self.notices.clear()
        self.setProperty("temporary", talk.conversation.temporary)
        self.welcome.set_temporary(talk.conversation.temporary)
        self.composer.set_frame_dashed(talk.conversation.temporary)
        self.composer.set_text(talk.draft)
        self._look.set_conversation(talk.conversation.id)
        self.composer.editor.setFocus()
        self._show_phase()
        self._load(talk, message)

    def look_again(self) -> None:
        """A level or a setting changed; name the destination anew."""
        self._look.refresh()

    def copy_last(self) -> None:
        """Copy the last answer."""
        answers = [m for m in self.transcript.messages if m.role is Role.ASSISTANT and m.text]
        if answers:
            QGuiApplication.clipboard().setText(answers[-1].text)
            self.notices.show_notice(self.tr("Answer copied."), passes=True)

    def step(self, by: int) -> None:
        """Go to the previous or next message."""
        count = len(self.transcript.messages)
        if count:
            index = min(count - 1, max(0, self.transcript.index_at_top() + by))
            self.transcript.row_of(index).view.setFocus()

    def again(self, where: Where = Where.AUTO) -> None:
        """Answer the last question once more."""
        question = self._last_question()
        if self._talk is not None and question:
            self._talk.again(question, where)

    def escape(self) -> None:
        """Stop, or close what is open."""
        if self._talk is not None and self._talk.question is not None:
            self._on_verdict(Refuse())
        elif self._talk is not None and self._talk.is_busy:
            self._talk.stop()
        else:
            self.notices.clear()
            self.composer.editor.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, self._theme.px(16))
        column.setSpacing(self._theme.px(8))
        column.addWidget(self.transcript, 1)
        column.addWidget(self.welcome, 1)
        for widget in (self.notices, self.card, self.composer):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.transcript.hide()

    def _connect(self) -> None:
        self.composer.submitted.connect(self._on_submitted)
        self.composer.stopped.connect(self._on_stop)
        self.composer.refused.connect(self.notices.show_notice)
        self.composer.recalled.connect(self._on_recalled)
        self.card.decided.connect(self._on_verdict)
        self.transcript.wished.connect(self._on_wish)
        self.welcome.picked.connect(self._on_picked)
        self.welcome.left_wanted.connect(self._on_all_left)
        self._clock.timeout.connect(self._show_progress)

    def _wires(self, talk: Talk) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        return (
            (talk.began, self._on_began),
            (talk.grew, self._on_grew),
            (talk.told, self._show_phase),
            (talk.ended, self._on_ended),
        )

    def _leave(self) -> None:
        if self._talk is not None:
            self._talk.draft = self.composer.text
            for signal, slot in self._wires(self._talk):
                signal.disconnect(slot)

    def _load(self, talk: Talk, target: int | None = None) -> None:
        session, key = self._session, talk.conversation.id
        self._is_loaded = False
        self._runner.call(lambda: session.messages(key), lambda found: self._fill(talk, found, target))

    def _fill(self, talk: Talk, messages: list[StoredMessage], target: int | None) -> None:
        if talk is not self._talk:
            return
        self._is_loaded = True
        live = talk.live
        shown = [m for m in messages if live is None or m.id != live.message.id]
        if live is not None and not live.is_again and not (shown and shown[-1].text == live.question):
            shown.append(_question(talk, live.question))  # asked after the messages were read
        self.transcript.show_messages(shown)
        if live is not None:
            self._begin_live(live)
        self._show_welcome()
        place = next((i for i, m in enumerate(shown) if m.id == target), None)
        if place is not None:
            self.transcript.row_of(place)

    def _begin_live(self, live: Live) -> None:
        self.transcript.begin(live.message)
        for piece in live.pieces:
            self.transcript.add(piece)

    def _show_welcome(self) -> None:
        is_empty = not self.transcript.messages
        self.welcome.setVisible(is_empty)
        self.transcript.setVisible(not is_empty)

    def _last_question(self) -> str:
        questions = [m.text for m in self.transcript.messages if m.role is Role.USER]
        return questions[-1] if questions else ""

    @Slot(str, object)
    def _on_submitted(self, text: str, where: Where) -> None:
        if self._talk is not None and not self._talk.is_busy:
            self.composer.set_text("")
            self._talk.send(text, where)

    @Slot()
    def _on_began(self) -> None:
        talk = self._talk
        if talk is None or talk.live is None or not self._is_loaded:
            return
        if talk.live.is_again:
            self.transcript.drop_empty_answer()
        else:
            self.transcript.append(_question(talk, talk.live.question))
        self._begin_live(talk.live)
        self._show_welcome()
        self.transcript.jump_to_latest()
        self.changed.emit()

    @Slot(object)
    def _on_grew(self, piece: Piece) -> None:
        self.transcript.add(piece)

    @Slot(object, object)
    def _on_ended(self, message: StoredMessage, fix: Fix) -> None:
        if self._is_loaded:
            self.transcript.finish(message, fix)
        elif self._talk is not None:
            self._load(self._talk)
        if message.state is State.FAILED:
            announce(self, message.failure, is_urgent=True)
        elif message.state is State.STOPPED:
            announce(self, self.tr("Stopped"))
        else:
            announce(self, message.text)
        self.changed.emit()

    @Slot()
    def _show_phase(self) -> None:
        talk = self._talk
        if talk is None:
            return
        is_busy = talk.is_busy
        self.composer.set_answering(is_busy)
        if talk.question is not None:
            self.card.show_review(talk.question.review)
        elif not self.card.isHidden() and not (talk.phase is Phase.CHECKING and self._is_revising):
            had_focus = self.card.isAncestorOf(self.focusWidget() or self)
            self.card.close_review()
            if had_focus or self.card.hasFocus():
                self.composer.editor.setFocus()
        self.composer.set_read_only(talk.question is not None)
        if is_busy:
            self._clock.start()
        else:
            self._clock.stop()
        self._show_progress()

    @Slot()
    def _show_progress(self) -> None:
        talk = self._talk
        if talk is None or talk.live is None:
            return
        elapsed = time.monotonic() - talk.live.began
        self.transcript.set_progress(self._progress(talk.phase, talk.live, elapsed))

    def _progress(self, phase: Phase, live: Live, elapsed: float) -> str:
        match phase:
            case Phase.CHECKING if elapsed < _CHECK_SHOWN_AFTER:
                told = ""
            case Phase.CHECKING:
                told = live.told or self.tr("Checking for private details")
            case Phase.REVIEW:
                return self.tr("Waiting for your decision below")
            case _:
                told = live.told
        seconds = self.tr("{n} s").format(n=int(elapsed)) if elapsed >= _ELAPSED_SHOWN_AFTER else ""
        return " · ".join(part for part in (told, seconds) if part)

    @Slot(object)
    def _on_verdict(self, verdict: object) -> None:
        talk = self._talk
        if talk is None or talk.question is None:
            return
        self._is_revising = isinstance(verdict, Revise)
        if isinstance(verdict, Refuse) and talk.live is not None:
            self.composer.set_text(talk.live.question)
        talk.decide(verdict)  # type: ignore[arg-type]  # the card emits verdicts only
        self._is_revising = False

    @Slot()
    def _on_stop(self) -> None:
        if self._talk is not None:
            self._talk.stop()

    @Slot()
    def _on_recalled(self) -> None:
        self.composer.set_text(self._last_question())

    @Slot(str)
    def _on_picked(self, text: str) -> None:
        self.composer.set_text(text)
        self.composer.editor.setFocus()

    @Slot()
    def _on_all_left(self) -> None:
        self.left_wanted.emit(None)

    @Slot(object)
    def _on_wish(self, wish: Wish) -> None:
        match wish:
            case Again(where=where):
                self.again(where)
            case OpenSettings(group=group):
                self.settings_wanted.emit(group)
            case ShowLeft(ledger=ledger):
                self.left_wanted.emit(ledger)
            case EditQuestion(text=text):
                self._on_picked(text)
            case OpenLink(address=address):
                self._show_link(address)

    def _show_link(self, address: str) -> None:
        told = self.tr("This link leads to {address}").format(address=address)
        opens = partial(QDesktopServices.openUrl, QUrl(address))
        copies = partial(QGuiApplication.clipboard().setText, address)
        choices = ((self.tr("Open in the browser"), opens), (self.tr("Copy address"), copies))
        self.notices.show_notice(told, "notice", choices)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._theme.px
        width = min(px(_COLUMN), self.width() - 2 * px(_MARGIN))
        for widget in (self.notices, self.card, self.composer):
            widget.setFixedWidth(width)


def _question(talk: Talk, text: str) -> StoredMessage:
    return StoredMessage(-1, talk.conversation.id, Role.USER, text, time.time())
