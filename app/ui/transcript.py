"""The conversation as it scrolls: rows are built when they come near the screen, and freed far from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.core.errors import Fix
from app.core.types import Piece, Role, StoredMessage
from app.ui.buttons import Button
from app.ui.theme import Theme
from app.ui.turn_row import TurnRow

_COLUMN = 760
_MARGIN = 24
_BETWEEN = 24
_FOLLOW_WITHIN = 100
_FLUSH = 33
"""Milliseconds between two drawings of what streamed in."""


@dataclass(slots=True)
class _Entry:
    """A message with its place on the page; `row` only near the screen."""

    message: StoredMessage
    height: int
    row: TurnRow | None = None
    top: int = 0
    fix: Fix = Fix.RETRY


class Transcript(QScrollArea):
    """All messages of one conversation.

    Signals:
        wished(object): a `Wish` of one of the messages.
    """

    wished = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Conversation"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.px(72))
        self._theme = theme
        self._entries: list[_Entry] = []
        self._live: _Entry | None = None
        self._is_following, self._is_arranging = True, False
        self._page = QWidget()
        self.setWidget(self._page)
        self._latest = Button(theme, self.tr("Jump to latest"), "chip", "arrow-down")
        self._latest.setObjectName("latest")
        self._latest.setParent(self)
        self._latest.setProperty("floating", True)
        self._latest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._latest.clicked.connect(self.jump_to_latest)
        self._latest.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(_FLUSH)
        self._timer.timeout.connect(self._flush)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self._on_theme)

    @property
    def messages(self) -> list[StoredMessage]:
        return [entry.message for entry in self._entries]

    def show_messages(self, messages: Sequence[StoredMessage]) -> None:
        """Replace everything, and show the end."""
        self._timer.stop()
        self._live = None
        for entry in self._entries:
            _release(entry)
        self._entries = [_stored(message, self._theme) for message in messages]
        self._is_following = True
        self._arrange()

    def append(self, message: StoredMessage) -> None:
        """Add a whole message at the end and go there."""
        self._entries.append(_stored(message, self._theme))
        self._refresh_last()
        self.jump_to_latest()

    def begin(self, message: StoredMessage) -> None:
        """Add an answer that will grow; `add` and `finish` are about it."""
        self._live = _Entry(message, self._theme.px(24))
        self._entries.append(self._live)
        self._refresh_last()
        self._build(self._live)
        self._timer.start()
        self._arrange()

    def drop_empty_answer(self) -> None:
        """Take away a last answer without a word, since another one takes its place."""
        last = self._entries[-1].message if self._entries else None
        if last is not None and last.role is Role.ASSISTANT and not last.text:
            _release(self._entries.pop())

    def drop_live(self) -> None:
        """Take away the growing answer: nothing will come of it."""
        entry, self._live = self._live, None
        self._timer.stop()
        if entry is not None:
            self._entries.remove(entry)
            _release(entry)
            self._refresh_last()
            self._arrange()

    def add(self, piece: Piece) -> None:
        """Take a further piece of the growing answer."""
        if self._live is not None and self._live.row is not None:
            self._live.row.add(piece)

    def set_progress(self, told: str) -> None:
        """Show a line under the growing answer."""
        if self._live is not None and self._live.row is not None:
            self._live.row.set_progress(told)
            self._arrange()

    def finish(self, message: StoredMessage, fix: Fix = Fix.RETRY) -> None:
        """Show how the growing answer ended."""
        entry, self._live = self._live, None
        self._timer.stop()
        if entry is None or entry.row is None:
            return
        entry.message, entry.fix = message, fix
        entry.row.flush()
        self._end(entry)
        self._arrange()

    def row_of(self, index: int) -> TurnRow:
        """Scroll to a message and return its row."""
        entry = self._entries[index]
        self._is_following = False
        self.verticalScrollBar().setValue(entry.top - self._theme.px(_MARGIN))
        self._arrange()
        self._build(entry)
        assert entry.row is not None
        return entry.row

    def show_place(self, view: QWidget, place: QRect) -> None:
        """Scroll so that a place of a row is well in view."""
        y = view.mapTo(self._page, place.center()).y()
        self.ensureVisible(0, y, 0, self.viewport().height() // 3)

    def index_at_top(self) -> int:
        """Return the index of the first message on screen."""
        top = self.verticalScrollBar().value() + self._theme.px(_MARGIN)
        return next((i for i, e in enumerate(self._entries) if e.top + e.height > top), 0)

    @Slot()
    def jump_to_latest(self) -> None:
        """Go to the end, and follow it from now on."""
        self._is_following = True
        self._arrange()

    def _flush(self) -> None:
        if self._live is not None and self._live.row is not None and self._live.row.flush():
            self._arrange()

    def _arrange(self) -> None:
        """Give every row its place; what is in view stays where it is, or the end stays in view."""
        if self._is_arranging:
            return
        self._is_arranging = True
        bar = self.verticalScrollBar()
        anchor = self.index_at_top() if self._entries and not self._is_following else None
        offset = self._entries[anchor].top - bar.value() if anchor is not None else 0
        for _ in range(4):
            self._place()
            if anchor is not None:
                bar.setValue(self._entries[anchor].top - offset)
            elif self._is_following:
                bar.setValue(bar.maximum())
            if not self._build_visible():
                break
        self._is_arranging = False
        self._place_pill()

    def _place(self) -> None:
        theme = self._theme
        width = self._column()
        left = (self.width() - width) // 2
        y = theme.px(_MARGIN)
        for entry in self._entries:
            entry.top = y
            if entry.row is not None:
                entry.height = entry.row.fit(width) if entry is self._live else entry.height
                entry.row.move(left, y)
            y += entry.height + theme.px(_BETWEEN)
        self._page.resize(self.viewport().width(), max(y, self.viewport().height()))

    def _build_visible(self) -> bool:
        """Build what is within a screen of the view; say whether a height turned out otherwise."""
        screen = self.viewport().height()
        top = self.verticalScrollBar().value()
        changed = False
        for entry in self._entries:
            bottom = entry.top + entry.height
            if bottom > top - screen and entry.top < top + 2 * screen:
                changed |= self._build(entry)
            elif entry.row is not None and entry is not self._live and not _is_near(entry, top, screen):
                _release(entry)
        return changed

    def _build(self, entry: _Entry) -> bool:
        if entry.row is not None:
            return False
        before = entry.height
        entry.row = TurnRow(self._theme, entry.message, self._page)
        entry.row.wished.connect(self.wished)
        entry.row.resized.connect(self._on_row_resized)
        if entry is not self._live:
            self._end(entry)
        entry.row.show()
        entry.height = entry.row.fit(self._column())
        return before != entry.height

    def _end(self, entry: _Entry) -> None:
        index = self._entries.index(entry)
        question = self._entries[index - 1].message.text if index else ""
        assert entry.row is not None
        entry.row.finish(entry.message, entry.fix, question, entry is self._entries[-1])
        _order_keys(self, [each.row for each in self._entries if each.row is not None])
        entry.height = entry.row.fit(self._column())

    def _refresh_last(self) -> None:
        """Give the buttons of the last answer to it, and take them from one that is no longer the last."""
        for entry in self._entries[-3:]:
            if entry.row is not None and entry is not self._live and entry.message.role is Role.ASSISTANT:
                self._end(entry)

    def _column(self) -> int:
        theme = self._theme
        return min(theme.px(_COLUMN), self.width() - 2 * theme.px(_MARGIN))

    def _place_pill(self) -> None:
        bar = self.verticalScrollBar()
        self._latest.setVisible(bar.maximum() - bar.value() > self._theme.px(_FOLLOW_WITHIN))
        self._latest.adjustSize()
        x = (self.viewport().width() - self._latest.width()) // 2
        self._latest.move(x, self.viewport().height() - self._latest.height() - self._theme.px(8))
        self._latest.raise_()

    def _refit(self) -> None:
        for entry in self._entries:
            if entry.row is not None:
                entry.height = entry.row.fit(self._column())
        self._arrange()

    @Slot()
    def _on_row_resized(self) -> None:
        self._is_following = False
        self._refit()

    @Slot()
    def _on_theme(self) -> None:
        """Build the rows anew, with the sizes and colours of now."""
        for entry in self._entries:
            if entry is self._live and entry.row is not None:
                entry.row.redraw()
            else:
                _release(entry)
        self._refit()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self._is_arranging:
            return
        self._is_following = self.verticalScrollBar().maximum() - value <= self._theme.px(_FOLLOW_WITHIN)
        follows, self._is_following = self._is_following, False
        self._arrange()
        self._is_following = follows
        self._place_pill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()


def _release(entry: _Entry) -> None:
    if entry.row is not None:
        entry.row.hide()
        entry.row.deleteLater()
        entry.row = None


def _order_keys(first: QWidget, rows: Sequence[TurnRow]) -> None:
    """Let Tab go from row to row as one reads, whenever each was built."""
    for row in rows:
        for widget in row.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(first, widget)
                first = widget


def _is_near(entry: _Entry, top: int, screen: int) -> bool:
    return entry.top + entry.height > top - 4 * screen and entry.top < top + 5 * screen


def _stored(message: StoredMessage, theme: Theme) -> _Entry:
    return _Entry(message, theme.px(_guess(message)), fix=message.fix or Fix.RETRY)


def _guess(message: StoredMessage) -> int:
    """Estimate the height of a row before it is built."""
    return 24 * (len(message.text) // 84 + message.text.count("\n") + 1) + 40
