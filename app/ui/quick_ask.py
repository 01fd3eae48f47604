"""A small window over everything else: ask, read, go on with what you were doing."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.core.approval import Refuse, Verdict
from app.core.errors import Fix
from app.core.types import Piece, StoredMessage, Where
from app.privacy.policy import Level
from app.ui.announce import announce
from app.ui.dress import Dress
from app.ui.front import bring_to_front
from app.ui.quick_frame import QuickFrame
from app.ui.quick_thread import QuickDoor, QuickThread
from app.ui.runner import Runner
from app.ui.theme import Theme
from app.ui.wish_desk import tell_offer
from app.ui.wishes import Again, EditQuestion, Judge, OpenLink

_WIDTH, _LOW, _HIGH = 640, 88, 480
_KEPT_SECONDS = 600
"""For so long a thread is shown again when the popup is reopened."""


class QuickAsk(QWidget):
    """Made hidden when the program starts, so that it is there at once.

    Answers come from this computer unless the person asks for the cloud, which shows the review in place.

    Signals:
        opened(str): the person wants this conversation in the main window.
        wished(object): a `Wish` that only the main window can fulfil.
        hidden(): it went away.
    """

    opened = Signal(str)
    wished = Signal(object)
    hidden = Signal()

    def __init__(
        self,
        session: QuickDoor,
        runner: Runner,
        theme: Theme,
        usual_level: Callable[[], Level],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it hidden; `usual_level` reads the level of new conversations, on a worker."""
        kind = Qt.WindowType
        super().__init__(None, kind.Tool | kind.FramelessWindowHint | kind.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setObjectName("quick_ask")
        self.setWindowTitle(self.tr("Quick ask"))
        self._runner = runner
        self._theme = theme
        self._usual_level = usual_level
        self._clock = clock
        self._left = clock()
        self._thread = QuickThread(session, runner, self)
        self.frame = QuickFrame(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self._connect_thread()
        Dress(theme, self)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def field(self) -> QLineEdit:
        """Where the person writes."""
        return self.frame.field

    @Slot()
    @Slot(str)
    def popup(self, text: str = "") -> None:
        """Show it on the screen under the pointer, with the caret in the field."""
        if not self.isVisible() and self._clock() - self._left > _KEPT_SECONDS:
            self._forget()
        if text:
            self.field.setText(text)
        if self._thread.conversation is None and self.frame.level is None:
            self._runner.call(self._usual_level, self._on_usual_level)
        self._fit()
        self.move(_place(self.width()))
        bring_to_front(self)
        self.field.setFocus()
        self.field.selectAll()

    def say(self, told: str) -> None:
        """Show a short sentence in the last line."""
        self.frame.say(told)
        self._fit()

    @Slot()
    def toggle(self) -> None:
        """Show it, or hide it where it is in front."""
        if self.isVisible() and self.isActiveWindow():
            self.hide()
        else:
            self.popup()

    # What the person does

    @Slot()
    def _on_ask(self) -> None:
        text = self.field.text().strip()
        if not text or self._thread.is_busy:
            return
        self.field.clear()
        self.frame.lock_start(True)
        self._thread.ask(text, self.frame.level, temporary=self.frame.temporary.isChecked())

    @Slot()
    def _on_cloud(self) -> None:
        self._thread.again(Where.CLOUD)

    @Slot(object)
    def _on_verdict(self, verdict: Verdict) -> None:
        if isinstance(verdict, Refuse):
            self.field.setText(self._thread.question)
        self._thread.decide(verdict)
        if not self._thread.is_revising:
            self.field.setFocus()

    @Slot(object)
    def _on_wished(self, wish: object) -> None:
        match wish:
            case Again(where, mechanism):
                self._thread.again(where, mechanism)
            case Judge(answer, feedback):
                self._thread.judge(answer, feedback)
            case EditQuestion(text):
                self.field.setText(text)
                self.field.setFocus()
            case OpenLink(address):
                self.frame.notices.show_link(address)
            case _:
                self.wished.emit(wish)

    @Slot()
    def _on_copy(self) -> None:
        if self._thread.answer:
            QGuiApplication.clipboard().setText(self._thread.answer)
            self.say(self.tr("Copied."))

    @Slot()
    def _on_paste(self) -> None:
        """Read the clipboard now, since the person asked for it."""
        self.field.insert(" ".join(QGuiApplication.clipboard().text().split()))
        self.field.setFocus()

    @Slot()
    def _on_open(self) -> None:
        conversation = self._thread.conversation
        if conversation is not None and not self._thread.is_busy:
            self._forget(keep=True)
            self.hide()
            self.opened.emit(conversation.id)

    @Slot()
    def _on_escape(self) -> None:
        """Close the card, else stop, else hide."""
        if self._thread.review is not None:
            self._on_verdict(Refuse())
        elif self._thread.is_busy:
            self._thread.stop()
        else:
            self.hide()

    @Slot(str, str)
    def _on_refused(self, text: str, told: str) -> None:
        self.frame.lock_start(False)
        self.frame.set_busy(False)
        self.field.setText(text)
        self.say(told)

    @Slot()
    def _on_began(self) -> None:
        live, conversation = self._thread.live, self._thread.conversation
        if live is not None and conversation is not None:
            self.frame.show_level(conversation.level)
            self.frame.begin(live.message)
            self._fit()

    @Slot(object)
    def _on_grew(self, piece: Piece) -> None:
        self.frame.transcript.add(piece)
        self._fit()

    @Slot()
    def _on_changed(self) -> None:
        live = self._thread.live
        if live is not None:
            self.frame.transcript.set_progress(self._thread.progress)
            if live.message.route is not None:
                self.frame.show_route(live.message.route.where)
        self.frame.set_busy(self._thread.is_busy, may_stop=self._thread.may_stop)
        if not self._thread.is_revising:
            self.frame.show_review(self._thread.review)
        self._fit()

    @Slot(object, object)
    def _on_ended(self, message: StoredMessage, fix: Fix) -> None:
        self.frame.show_review(None)
        self.frame.finish(message, fix)
        announce(self, message.failure or self.tr("The answer is there."))
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def _on_usual_level(self, level: Level) -> None:
        if self._thread.conversation is None and self.frame.level is None:
            self.frame.show_level(level)

    def _connect(self) -> None:
        frame = self.frame
        frame.field.returnPressed.connect(self._on_ask)
        frame.send.clicked.connect(self._on_ask)
        frame.stop.clicked.connect(self._thread.stop)
        frame.paste.clicked.connect(self._on_paste)
        frame.copy.clicked.connect(self._on_copy)
        frame.cloud.clicked.connect(self._on_cloud)
        frame.open.clicked.connect(self._on_open)
        frame.transcript.wished.connect(self._on_wished)
        frame.transcript.verticalScrollBar().rangeChanged.connect(self._fit)
        frame.decided.connect(self._on_verdict)
        frame.notices.changed.connect(self._fit)
        frame.level_chosen.connect(self._thread.set_level)
        QShortcut(QKeySequence("Esc"), self, self._on_escape)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self, self._on_copy)
        QShortcut(QKeySequence("Ctrl+O"), self, self._on_open)

    def _connect_thread(self) -> None:
        thread = self._thread
        thread.asked.connect(self.frame.transcript.append)
        thread.refused.connect(self._on_refused)
        thread.told.connect(self.say)
        thread.changed.connect(self._on_changed)
        thread.ticked.connect(self.frame.transcript.set_progress)
        thread.began.connect(self._on_began)
        thread.grew.connect(self._on_grew)
        thread.ended.connect(self._on_ended)
        thread.noted.connect(self.frame.notices.show_notice)
        thread.offered.connect(partial(tell_offer, self.frame.notices, self.wished.emit))
        thread.taken_back.connect(self.frame.take_back)

    def _forget(self, *, keep: bool = False) -> None:
        if not self._thread.is_busy:
            self._thread.forget(keep=keep)
            self.frame.clear()

    @Slot()
    def _fit(self) -> None:
        """Take the height of what there is, up to the highest."""
        px = self._theme.px
        height = max(px(_LOW), min(px(_HIGH), self.frame.wanted_height()))
        if (self.width(), self.height()) != (px(_WIDTH), height):
            self.setFixedSize(px(_WIDTH), height)

    def event(self, event: QEvent) -> bool:
        is_left = event.type() is QEvent.Type.WindowDeactivate and QApplication.activePopupWidget() is None
        if is_left and not self._thread.is_busy and not self.field.text().strip():
            self.hide()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._left = self._clock()
        self.hidden.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.hide()


def _place(width: int) -> QPoint:
    """Return where to stand: on the screen under the pointer; on Wayland the compositor decides."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    area = screen.availableGeometry()
    return area.topLeft() + QPoint((area.width() - width) // 2, area.height() // 3)
