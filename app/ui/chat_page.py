"""One conversation on screen: transcript, review, notices and composer, and what happens between them."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, SignalInstance, Slot

from app.core.approval import Refuse
from app.core.errors import Fix
from app.core.session import Session
from app.core.types import Piece, Role, State, StoredMessage, Where
from app.ui.announce import announce
from app.ui.chat_column import ChatColumn
from app.ui.look_ahead import LookAhead
from app.ui.progress import progress
from app.ui.runner import Runner
from app.ui.talk import Live, Talk
from app.ui.theme import Theme
from app.ui.wish_desk import WishDesk


class ChatPage(ChatColumn):
    """Shows one `Talk` at a time; the others go on in the background.

    Signals:
        settings_wanted(str): a group of the settings.
        left_wanted(object): the ledger row of an answer, or None for everything.
        message_wanted(str, int): a conversation, and a message in it to go to.
        changed(): something was asked or answered; the list should be read again.
        shown(str): another conversation is on screen.
    """

    settings_wanted = Signal(str)
    left_wanted = Signal(object)
    message_wanted = Signal(str, int)
    changed = Signal()
    shown = Signal(str)

    def __init__(self, session: Session, runner: Runner, theme: Theme) -> None:
        super().__init__(theme)
        self._session = session
        self._runner = runner
        self._talk: Talk | None = None
        self._sent_early: Where | None = None
        """Enter was pressed before the first conversation was there."""
        self._is_loaded = False
        self._look = LookAhead(session, runner, self.composer)
        self._desk = WishDesk(session, runner, self.notices, self)
        self._clock = QTimer(self, interval=200)
        self._connect()

    @property
    def talk(self) -> Talk | None:
        return self._talk

    def show_talk(self, talk: Talk, message: int | None = None) -> None:
        """Put a conversation on screen, at a message or at its end."""
        typed_early = self.composer.text if self._talk is None else ""
        self._leave()
        self.finder.hide()
        self._talk = talk
        self._desk.conversation = talk.conversation.id
        for signal, slot in self._wires(talk):
            signal.connect(slot)
        self.notices.clear()
        self.setProperty("temporary", talk.conversation.temporary)
        self.welcome.set_temporary(talk.conversation.temporary)
        self.composer.set_frame_dashed(talk.conversation.temporary)
        self.composer.set_text(talk.draft or typed_early)
        self._look.set_conversation(talk.conversation.id)
        self.composer.editor.setFocus()
        self._show_phase()
        self._load(talk, message)
        self.shown.emit(talk.conversation.id)
        sent_early, self._sent_early = self._sent_early, None
        if typed_early and sent_early is not None:
            self._on_submitted(typed_early, sent_early)

    def look_again(self) -> None:
        """A level or a setting changed; name the destination anew."""
        self._look.refresh()

    def again(self, where: Where = Where.AUTO, mechanism: str = "") -> None:
        """Answer the last question once more."""
        question = self.last_question
        if self._talk is not None and question:
            self._talk.again(question, where, mechanism)

    def escape(self) -> None:
        """Stop, or close what is open."""
        if self.finder.isVisible():
            self.finder.close_find()
        elif self._talk is not None and self._talk.question is not None:
            self._on_verdict(Refuse())
        elif self._talk is not None and self._talk.is_busy:
            self._talk.stop()
        else:
            self.notices.clear()
            self.composer.editor.setFocus()

    def _connect(self) -> None:
        self.composer.submitted.connect(self._on_submitted)
        self.composer.stopped.connect(self._on_stop)
        self.composer.recalled.connect(self._on_recalled)
        self.card.decided.connect(self._on_verdict)
        self.transcript.wished.connect(self._desk.take)
        self._desk.settings_wanted.connect(self.settings_wanted)
        self._desk.left_wanted.connect(self.left_wanted)
        self._desk.message_wanted.connect(self.message_wanted)
        self._desk.again_wanted.connect(self.again)
        self._desk.edit_wanted.connect(self._on_picked)
        self.welcome.picked.connect(self._on_picked)
        self.welcome.left_wanted.connect(self._on_all_left)
        self._clock.timeout.connect(self._show_progress)

    def _wires(self, talk: Talk) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        return (
            (talk.began, self._on_began),
            (talk.grew, self._on_grew),
            (talk.told, self._show_phase),
            (talk.ended, self._on_ended),
            (talk.noted, self.notices.show_notice),
            (talk.offered, self._desk.show_offer),
            (talk.taken_back, self._on_taken_back),
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
        self.show_welcome()
        place = next((i for i, m in enumerate(shown) if m.id == target), None)
        if place is not None:
            self.transcript.row_of(place)

    def _begin_live(self, live: Live) -> None:
        self.transcript.begin(live.message)
        for piece in live.pieces:
            self.transcript.add(piece)

    @Slot(str, object)
    def _on_submitted(self, text: str, where: Where) -> None:
        if self._talk is None:
            self._sent_early = where
        elif not self._talk.is_busy:
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
        self.show_welcome()
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
    def _on_taken_back(self) -> None:
        if self._talk is not None:
            self._load(self._talk)
        announce(self, self.tr("Not sent. Your text is in the composer."))
        self.changed.emit()

    def _give_back(self, question: str) -> None:
        """Put a question into the composer, before what was written meanwhile."""
        written = self.composer.text
        self.composer.set_text(f"{question}\n\n{written}" if written.strip() else question)

    @Slot()
    def _show_phase(self) -> None:
        talk = self._talk
        if talk is None:
            return
        is_busy = talk.is_busy
        self.composer.set_answering(is_busy)
        if talk.question is not None:
            self.card.show_review(talk.question.review)
        elif not self.card.isHidden() and not talk.is_revising:
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
        self.transcript.set_progress(progress(talk.phase, talk.live, elapsed))

    @Slot(object)
    def _on_verdict(self, verdict: object) -> None:
        talk = self._talk
        if talk is None or talk.question is None:
            return
        if isinstance(verdict, Refuse) and talk.live is not None:
            self._give_back(talk.live.question)
        talk.decide(verdict)  # type: ignore[arg-type]  # the card emits verdicts only

    @Slot()
    def _on_stop(self) -> None:
        if self._talk is not None:
            self._talk.stop()

    @Slot()
    def _on_recalled(self) -> None:
        self.composer.set_text(self.last_question)

    @Slot(str)
    def _on_picked(self, text: str) -> None:
        self.composer.set_text(text)
        self.composer.editor.setFocus()

    @Slot()
    def _on_all_left(self) -> None:
        self.left_wanted.emit(None)


def _question(talk: Talk, text: str) -> StoredMessage:
    return StoredMessage(-1, talk.conversation.id, Role.USER, text, time.time())
