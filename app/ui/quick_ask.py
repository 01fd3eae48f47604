"""A small window over everything else: ask, read, go on with what you were doing."""

import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.core.approval import Refuse, Verdict
from app.core.errors import Fix
from app.core.types import Conversation, Piece, Role, StoredMessage, Where
from app.privacy.policy import Level
from app.ui.announce import announce
from app.ui.dress import Dress
from app.ui.quick_frame import QuickFrame
from app.ui.runner import Runner
from app.ui.talk import Asking, Phase, Talk
from app.ui.theme import Theme
from app.ui.wishes import Again, EditQuestion

_WIDTH, _LOW, _HIGH = 640, 88, 480
_KEPT_SECONDS = 600
"""For so long a thread is shown again when the popup is reopened."""


class QuickDoor(Asking, Protocol):
    """The session, as far as quick-ask uses it. Every method may block."""

    def new_conversation(self, temporary: bool = False, level: Level | None = None) -> Conversation: ...

    def set_level(self, conversation: str, level: Level) -> None: ...


class QuickAsk(QWidget):
    """Made hidden when the program starts, so that it is there at once.

    Answers come from this computer unless the person asks for the cloud, which shows the review in place.

    Signals:
        opened(str): the person wants this conversation in the main window.
        wished(object): a `Wish` that only the main window can fulfil.
    """

    opened = Signal(str)
    wished = Signal(object)

    def __init__(
        self, session: QuickDoor, runner: Runner, theme: Theme, usual_level: Callable[[], Level]
    ) -> None:
        """Make it hidden.

        Args:
            usual_level: reads the level of new conversations; called on a worker.
        """
        super().__init__(None, Qt.WindowType.Tool)
        self.setWindowFlags(
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setObjectName("quick_ask")
        self.setWindowTitle(self.tr("Quick ask"))
        self._session = session
        self._runner = runner
        self._theme = theme
        self._usual_level = usual_level
        self._talk: Talk | None = None
        self._left = 0.0
        self._waiting: Where | None = None
        self._question = ""
        self._answer = ""
        self._frame = QuickFrame(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame)
        self._connect()
        Dress(theme, self)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def field(self) -> QWidget:
        """The field, for whoever wants to know whether it has the focus."""
        return self._frame.field

    def popup(self, text: str = "") -> None:
        """Show it on the screen under the pointer, with the caret in the field."""
        if not self.isVisible() and time.monotonic() - self._left > _KEPT_SECONDS:
            self._forget()
        if text:
            self._frame.field.setText(text)
        if self._talk is None and self._frame.level is None:
            self._runner.call(self._usual_level, self._on_usual_level)
        self._fit()
        self._place()
        self.show()
        self.raise_()
        self.activateWindow()
        self._frame.field.setFocus()
        self._frame.field.selectAll()

    @Slot()
    def toggle(self) -> None:
        """Show it, or hide it where it is in front."""
        if self.isVisible() and self.isActiveWindow():
            self.hide()
        else:
            self.popup()

    # Asking

    @Slot()
    def _on_ask(self) -> None:
        text = self._frame.field.text().strip()
        if not text or self._is_busy():
            return
        self._frame.field.clear()
        if self._talk is not None:
            self._send(text)
            return
        self._frame.lock_start(True)
        start = partial(self._session.new_conversation, self._frame.temporary.isChecked(), self._frame.level)
        self._runner.call(start, partial(self._on_made, text), partial(self._on_not_made, text))

    def _on_made(self, text: str, conversation: Conversation) -> None:
        self._talk = Talk(conversation, self._session, self._runner, self)
        self._talk.began.connect(self._on_began)
        self._talk.grew.connect(self._on_grew)
        self._talk.told.connect(self._on_told)
        self._talk.ended.connect(self._on_ended)
        self._talk.freed.connect(self._on_freed)
        self._frame.show_level(conversation.level)
        self._send(text)

    def _on_usual_level(self, level: Level) -> None:
        if self._talk is None and self._frame.level is None:
            self._frame.show_level(level)

    def _on_not_made(self, text: str, told: str) -> None:
        self._frame.lock_start(False)
        self._frame.field.setText(text)
        self._frame.say(told)
        self._fit()

    def _send(self, text: str) -> None:
        assert self._talk is not None
        self._question = text
        question = StoredMessage(-1, self._talk.conversation.id, Role.USER, text, time.time())
        self._frame.transcript.append(question)
        self._talk.send(text, Where.LOCAL)

    @Slot()
    def _on_cloud(self) -> None:
        """Ask the cloud for the last question, after stopping what is still being answered."""
        self._again(Where.CLOUD)

    def _again(self, where: Where) -> None:
        if self._talk is None:
            return
        if self._talk.is_busy:
            self._waiting = where
            self._talk.stop()
        else:
            self._talk.again(self._question, where)

    # What comes of it

    @Slot()
    def _on_began(self) -> None:
        if self._talk is not None and self._talk.live is not None:
            self._frame.begin(self._talk.live.message)
            self._fit()

    @Slot(object)
    def _on_grew(self, piece: Piece) -> None:
        self._frame.transcript.add(piece)
        self._fit()

    @Slot()
    def _on_told(self) -> None:
        talk = self._talk
        if talk is None:
            return
        if talk.live is not None:
            self._frame.transcript.set_progress(talk.live.told)
            if talk.live.message.route is not None:
                self._frame.show_route(talk.live.message.route.where)
        self._frame.show_review(talk.question.review if talk.question is not None else None)
        self._frame.set_busy(talk.is_busy, may_stop=talk.phase is not Phase.STOPPING)
        self._fit()

    @Slot(object, object)
    def _on_ended(self, message: StoredMessage, fix: Fix) -> None:
        self._answer = message.text
        self._frame.show_review(None)
        self._frame.finish(message, fix)
        announce(self, message.failure or self.tr("The answer is there."))
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _on_freed(self) -> None:
        self._frame.set_busy(False)
        where, self._waiting = self._waiting, None
        if where is not None:
            self._again(where)

    @Slot(object)
    def _on_verdict(self, verdict: Verdict) -> None:
        if self._talk is None:
            return
        if isinstance(verdict, Refuse):
            self._frame.field.setText(self._question)
        self._talk.decide(verdict)
        self._frame.show_review(None)
        self._frame.field.setFocus()
        self._fit()

    @Slot(object)
    def _on_level(self, level: Level) -> None:
        if self._talk is not None:
            change = partial(self._session.set_level, self._talk.conversation.id, level)
            self._runner.call(change, self._on_changed, self._frame.say)

    def _on_changed(self, _: None) -> None:
        self._frame.say("")

    @Slot(object)
    def _on_wished(self, wish: object) -> None:
        match wish:
            case Again(where):
                self._again(where)
            case EditQuestion(text):
                self._frame.field.setText(text)
                self._frame.field.setFocus()
            case _:
                self.wished.emit(wish)

    # The window

    @Slot()
    def _on_copy(self) -> None:
        if self._answer:
            QGuiApplication.clipboard().setText(self._answer)
            self._frame.say(self.tr("Copied."))

    @Slot()
    def _on_paste(self) -> None:
        """Read the clipboard now, since the person asked for it."""
        self._frame.field.insert(" ".join(QGuiApplication.clipboard().text().split()))
        self._frame.field.setFocus()

    @Slot()
    def _on_open(self) -> None:
        if self._talk is not None and not self._is_busy():
            conversation = self._talk.conversation.id
            self._forget()
            self.hide()
            self.opened.emit(conversation)

    @Slot()
    def _on_escape(self) -> None:
        """Close the card, else stop, else hide."""
        talk = self._talk
        if talk is not None and talk.question is not None:
            self._on_verdict(Refuse())
        elif talk is not None and talk.is_busy:
            talk.stop()
        else:
            self.hide()

    def _connect(self) -> None:
        frame = self._frame
        frame.field.returnPressed.connect(self._on_ask)
        frame.send.clicked.connect(self._on_ask)
        frame.stop.clicked.connect(self._on_escape)
        frame.paste.clicked.connect(self._on_paste)
        frame.copy.clicked.connect(self._on_copy)
        frame.cloud.clicked.connect(self._on_cloud)
        frame.open.clicked.connect(self._on_open)
        frame.transcript.wished.connect(self._on_wished)
        frame.decided.connect(self._on_verdict)
        frame.level_chosen.connect(self._on_level)
        for keys, slot in (
            ("Esc", self._on_escape),
            ("Ctrl+Shift+C", self._on_copy),
            ("Ctrl+O", self._on_open),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _is_busy(self) -> bool:
        return self._talk is not None and self._talk.is_busy

    def _may_hide(self) -> bool:
        """Nothing is being answered, reviewed or written."""
        return not self._is_busy() and not self._frame.field.text().strip()

    def _forget(self) -> None:
        """Begin afresh; the conversation stays in the list unless it was temporary."""
        if self._is_busy():
            return
        if self._talk is not None:
            self._talk.deleteLater()
            self._talk = None
        self._answer = self._question = ""
        self._frame.clear()

    def _place(self) -> None:
        """Stand on the screen under the pointer; on Wayland the compositor decides."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        self.move(area.topLeft() + QPoint((area.width() - self.width()) // 2, area.height() // 3))

    @Slot()
    def _fit(self) -> None:
        """Take the height of what there is, up to the highest, and stay on the screen."""
        px = self._theme.px
        height = max(px(_LOW), min(px(_HIGH), self._frame.wanted_height()))
        if (self.width(), self.height()) != (px(_WIDTH), height):
            self.setFixedSize(px(_WIDTH), height)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowDeactivate and QApplication.activePopupWidget() is None:
            self._left = time.monotonic()
            if self._may_hide():
                self.hide()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.hide()
