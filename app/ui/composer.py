"""Where the person writes; its button says where the text would go."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout

from app.core.session import Destination
from app.core.types import Where
from app.ui.buttons import Button, IconButton
from app.ui.file_drop import files_of
from app.ui.highlighter import Highlighter
from app.ui.long_text import SHOWN, wrap_mode
from app.ui.theme import Theme

MOST = 1_100_000
"""Characters that the composer takes; beyond that it belongs into a document."""
_LINES = 8
_NOWHERE = Destination(Where.AUTO, False, "auto", "")


class Editor(QPlainTextEdit):
    """The field itself: grows to eight lines, and knows when an input method is at work.

    Signals:
        entered(object): send, to this `Where`.
        long_pasted(str, bool): a long text was pasted; False where it is too long, and was not taken.
        files_pasted(object): a list of paths.
        recalled(): the arrow up in an empty field.
    """

    entered = Signal(object)
    long_pasted = Signal(str, bool)
    files_pasted = Signal(object)
    recalled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.enter_sends = True
        self._theme = theme
        self._is_composing = False
        self.setObjectName("composer")
        self.setAccessibleName(self.tr("Message"))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme.changed.connect(self._grow)
        self._grow()

    @Slot()
    def _grow(self) -> None:
        """Take the height of the text, of one line to eight."""
        lines = min(_LINES, max(1, round(self.document().size().height())))
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(lines * line + 2 * self._theme.px(2))
        overflow = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines == _LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(overflow)

    def _means_send(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = Qt.KeyboardModifier.ControlModifier
        if held == control | Qt.KeyboardModifier.ShiftModifier:
            return True
        return held == (Qt.KeyboardModifier.NoModifier if self.enter_sends else control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._is_composing:
            event.accept()
        elif is_enter and self._means_send(event):
            is_local = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.entered.emit(Where.LOCAL if is_local else Where.AUTO)
        elif event.key() == Qt.Key.Key_Up and self.document().isEmpty() and not self._is_composing:
            self.recalled.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(files_of(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := files_of(source):
            self.files_pasted.emit(files)
            return
        text = source.text()
        fits = self.document().characterCount() + len(text) <= MOST
        if fits and text:
            self.setWordWrapMode(wrap_mode(text))
            self.insertPlainText(text)
        if len(text) > SHOWN:
            self.long_pasted.emit(text, fits)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.ignore()  # the whole page takes files
        else:
            super().dragEnterEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()


class Composer(QFrame):
    """The field with its buttons and the quiet line that says what would be hidden.

    Signals:
        submitted(str, object): the text and the `Where` that was asked for.
        stopped(): Stop was pressed.
        attach_wanted(): the person wants to attach a document.
        files_pasted(object), long_pasted(str, bool): as those of `Editor`.
        held(): a question was asked that waits until `hold` is taken back.
        paused(str): the person paused after this text.
        recalled(): the last question should come back.
    """

    submitted = Signal(str, object)
    stopped = Signal()
    attach_wanted = Signal()
    files_pasted = Signal(object)
    long_pasted = Signal(str, bool)
    held = Signal()
    paused = Signal(str)
    recalled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "composer")
        self._theme = theme
        self._destination = _NOWHERE
        self._is_busy = self._is_held = False
        self._wish: Where | None = None
        """A question was asked while it was held."""
        self.editor = Editor(theme)
        self.editor.setPlaceholderText(self.tr("Message"))
        self.highlighter = Highlighter(theme, self.editor)
        self._hint = QLabel()
        self._hint.setProperty("type", "caption")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        room = self._hint.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # Stop stays at its end of the line
        self._hint.setSizePolicy(room)
        self._attach = IconButton(theme, "paperclip", self.tr("Attach documents (Ctrl+Shift+A)"))
        self._attach.setObjectName("attach")
        self._send = Button(theme, "", "primary", "send")
        self._send.setObjectName("send")
        self._stop = Button(theme, self.tr("Stop"), "plain", "stop")
        self._stop.setObjectName("stop")
        self._stop.setAccessibleName(self.tr("Stop answering"))
        self._lay_out()
        self._connect()
        self.set_destination(_NOWHERE)
        self.set_answering(False)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(8), px(8))
        column.setSpacing(px(8))
        column.addWidget(self.editor)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._hint, 1)
        line.addWidget(self._attach)
        line.addWidget(self._stop)
        line.addWidget(self._send)
        column.addLayout(line)

    def _connect(self) -> None:
        self.editor.entered.connect(self._on_entered)
        self.editor.long_pasted.connect(self.long_pasted)
        self.editor.files_pasted.connect(self.files_pasted)
        self._attach.clicked.connect(self.attach_wanted)
        self.editor.recalled.connect(self.recalled)
        self.editor.textChanged.connect(self._on_changed)
        self.highlighter.paused.connect(self.paused)
        self._send.clicked.connect(self._on_send)
        self._stop.clicked.connect(self.stopped)
        self.editor.installEventFilter(self)

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    @property
    def hint(self) -> str:
        return self._hint.text()

    def set_text(self, text: str) -> None:
        """Replace the text, with the caret at its end."""
        self.editor.setWordWrapMode(wrap_mode(text))
        self.editor.setPlainText(text)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)

    def set_destination(self, destination: Destination) -> None:
        """Name on the button where the text would go."""
        self._destination = destination
        verb = self.tr("Review") if destination.review else self.tr("Send")
        self._send.setText(f"{verb} ▸ {destination.label}")
        self._send.setToolTip(destination.why)
        match destination:
            case Destination(review=True):
                name = self.tr("Review before sending to {place}")
                says = self.tr("You see exactly what would leave before it does")
            case Destination(where=Where.LOCAL):
                name = self.tr("Send to local model")
                says = self.tr("Will be answered on this computer")
            case _:
                name = self.tr("Send to {place}")
                says = self.tr("Confidant chooses who answers")
        self._send.setAccessibleName(name.format(place=destination.label))
        self.editor.setAccessibleDescription(says)

    def set_answering(self, is_answering: bool) -> None:
        """Show Stop in place of Send, or the other way round."""
        had_focus = self._stop.hasFocus() or self._send.hasFocus()
        self._is_busy = is_answering
        self._hint.setVisible(not is_answering)
        self._stop.setVisible(is_answering)
        self._send.setVisible(not is_answering)
        if had_focus:
            self.editor.setFocus()
        self._on_changed()

    def set_frame_dashed(self, is_dashed: bool) -> None:
        """Show by the frame that nothing of this conversation is kept."""
        self.setProperty("temporary", is_dashed)
        passing = self.tr("Message, not saved and not remembered")
        self.editor.setPlaceholderText(passing if is_dashed else self.tr("Message"))
        self._restyle()

    def set_read_only(self, is_read_only: bool) -> None:
        self.editor.setReadOnly(is_read_only)

    @property
    def is_waiting(self) -> bool:
        """Whether a question was asked that is held."""
        return self._wish is not None

    def hold(self, is_held: bool) -> None:
        """Hold questions, or send the one that was asked meanwhile."""
        self._is_held = is_held
        if not is_held:
            self.release()

    def release(self) -> None:
        """Send the question that waits, if there is one."""
        wish, self._wish = self._wish, None
        if wish is not None:
            self._send_to(wish)

    def forget_wish(self) -> None:
        """Let the question that waits stay in the field."""
        self._wish = None

    def set_hint(self, told: str) -> None:
        """Show a quiet sentence beside the button."""
        self._hint.setText(told)

    @Slot()
    def _on_send(self) -> None:
        self._on_entered(Where.AUTO)

    @Slot(object)
    def _on_entered(self, where: Where) -> None:
        if self._is_held and self.text.strip():
            self._wish = where
            self.held.emit()
        else:
            self._send_to(where)

    def _send_to(self, where: Where) -> None:
        text = self.text.strip()
        if text and not self._is_busy and not self.editor.isReadOnly():
            self.submitted.emit(text, where)

    @Slot()
    def _on_changed(self) -> None:
        self._send.setEnabled(not self.editor.document().isEmpty())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and watched is self.editor:
            self.setProperty("active", event.gotFocus())
            self._restyle()
        return False

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)
