"""One thing that left, folded to a few words; unfolded it shows the exact bytes."""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout

from app.privacy.ledger import LedgerRow
from app.privacy.types import Kind
from app.ui.buttons import Button, TwicePressed
from app.ui.payload_view import PayloadView
from app.ui.theme import Theme
from app.ui.words import kind_name

_BODY_HEIGHT = 260


class LedgerEntry(QFrame):
    """A row of the panel.

    Signals:
        unfolded(int): the person wants to see the body of this entry; `show_body` gives it.
        copied(str): the person wants this text in the clipboard.
        erase_wanted(int): the person wants what this entry said destroyed here.
    """

    unfolded = Signal(int)
    copied = Signal(str)
    erase_wanted = Signal(int)

    def __init__(self, theme: Theme, row: LedgerRow) -> None:
        super().__init__()
        self._theme = theme
        self.row = row
        self.setObjectName(f"entry_{row.id}")
        self.setProperty("surface", "card")
        when, what = when_words(row.time), purpose_words(row.purpose)
        self._head = QPushButton(f"{what}  ·  {when}")
        self._head.setProperty("look", "row")
        self._head.setCheckable(True)
        self._head.setCursor(Qt.CursorShape.PointingHandCursor)
        self._head.setAccessibleName(
            self.tr("{0} to {1}, {2}, entry {3}").format(what, row.provider, when, row.id)
        )
        self._head.toggled.connect(self._on_toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 6, 6, 8)
        self._column.setSpacing(2)
        self._column.addWidget(self._head)
        for line in (self._where(), self._found(), size_words(row.bytes_sent)):
            if line:
                self._column.addWidget(self._caption(line))
        self._body: QFrame | None = None
        theme.changed.connect(self._draw)
        self._draw()

    def unfold(self) -> None:
        """Show the body, as a click on the head does."""
        self._head.setChecked(True)

    def show_body(self, body: str | None) -> None:
        """Show the exact text, or say that it is no longer kept."""
        if self._body is not None:
            focused = self.window().focusWidget()
            if focused is not None and self._body.isAncestorOf(focused):
                self._head.setFocus()
            self._body.hide()
            self._body.deleteLater()
        self._body = self._make_body(body)
        self._column.addWidget(self._body)
        self._body.setVisible(self._head.isChecked())

    def _make_body(self, body: str | None) -> QFrame:
        frame = QFrame()
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 4, 8, 0)
        column.setSpacing(6)
        if body is None:
            column.addWidget(self._caption(self.tr("The text is no longer kept; counts and date are."), 0))
            return frame
        if not body:
            column.addWidget(self._caption(self.tr("It had no text: nothing you wrote was in it."), 0))
            return frame
        view = PayloadView(self._theme)
        view.setObjectName(f"body_{self.row.id}")
        view.setAccessibleName(self.tr("Exact text that was sent, entry {0}").format(self.row.id))
        view.show_exact(body)
        line = view.fontMetrics().lineSpacing()
        guess = (len(body) // 34 + body.count("\n") + 2) * line + self._theme.px(16)
        view.setFixedHeight(min(guess, self._theme.px(_BODY_HEIGHT)))
        column.addWidget(view)
        digest = QLineEdit(f"sha256 {self.row.sha256}")
        digest.setReadOnly(True)
        digest.setProperty("look", "hash")
        digest.setAccessibleName(self.tr("Fingerprint of entry {0}").format(self.row.id))
        digest.setCursorPosition(0)
        column.addWidget(digest)
        copy = Button(self._theme, self.tr("Copy"), "link", "copy")
        copy.setAccessibleName(self.tr("Copy the text of entry {0}").format(self.row.id))
        copy.clicked.connect(self._on_copy)
        self._text = body
        erase = TwicePressed(
            self._theme,
            self.tr("Erase it here"),
            self.tr("Press again. What was sent stays sent."),
            self.tr("Erase the text of entry {0}").format(self.row.id),
        )
        erase.setObjectName(f"erase_entry_{self.row.id}")
        erase.confirmed.connect(self._on_erase)
        for button in (copy, erase):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _where(self) -> str:
        model = f" · {self.row.model}" if self.row.model else ""
        return self.tr("To {0}{1}").format(self.row.provider, model)

    def _found(self) -> str:
        found = kinds_words(self.row)
        return self.tr("Found in what you wrote: {0}").format(found) if found else ""

    def _caption(self, text: str, indent: int = 30) -> QLabel:
        label = QLabel(text)
        label.setProperty("type", "caption")
        label.setWordWrap(True)
        label.setIndent(0)
        label.setContentsMargins(self._theme.px(indent), 0, 4, 0)
        return label

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self._draw()
        if self._body is not None:
            self._body.setVisible(is_open)
        elif is_open:
            self.unfolded.emit(self.row.id)

    @Slot()
    def _on_copy(self) -> None:
        self.copied.emit(self._text)

    @Slot()
    def _on_erase(self) -> None:
        self.erase_wanted.emit(self.row.id)

    @Slot()
    def _draw(self) -> None:
        name = "chevron-down" if self._head.isChecked() else "chevron-right"
        self._head.setIcon(self._theme.icon(name, "muted", 16))


def when_words(time: float) -> str:
    """Write a time as the person's own clock shows it, with the day where it is not today."""
    at = QDateTime.fromSecsSinceEpoch(int(time))
    locale = QLocale()
    clock = locale.toString(at.time(), QLocale.FormatType.ShortFormat)
    if at.date() == QDateTime.currentDateTime().date():
        return clock
    return f"{locale.toString(at.date(), QLocale.FormatType.ShortFormat)}, {clock}"


def day_words(time: float) -> str:
    """Name a day; the present one in words."""
    day = QDateTime.fromSecsSinceEpoch(int(time)).date()
    if day == QDate.currentDate():
        return QCoreApplication.translate("LedgerRow", "today")
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)


def purpose_words(purpose: str) -> str:
    """Name what something was sent for."""
    known = {
        "chat": "Question",
        "models": "List of models",
        "test": "Connection test",
        "download": "Download",
    }
    return known.get(purpose, purpose.capitalize())


def kinds_words(row: LedgerRow) -> str:
    """Name the kinds that were found, with their counts."""
    known = {kind.value for kind in Kind}
    parts = [
        f"{kind_name(Kind(kind)) if kind in known else kind.lower()}{f' ×{count}' if count > 1 else ''}"
        for kind, count in sorted(row.kinds.items(), key=lambda each: -each[1])
        if count
    ]
    return ", ".join(parts)


def size_words(size: int) -> str:
    """Write a number of bytes."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e3:.1f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"
