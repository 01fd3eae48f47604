"""A document as a chip: its name, how far it is read, or why it cannot be."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from app.ui.buttons import IconButton
from app.ui.shelves import Attached
from app.ui.theme import Theme

_NAME = 220
"""Pixels of a name; the middle of a longer one is left out."""


class DocumentChip(QFrame):
    """Follows one `Attached`.

    Signals:
        ended(object): the person does not want this one: it is to be stopped, or removed.
    """

    ended = Signal(object)

    def __init__(self, theme: Theme, attached: Attached) -> None:
        super().__init__()
        self._theme = theme
        self.attached = attached
        self.setObjectName("document_chip")
        self._icon = QLabel()
        self._name = QLabel()
        self._name.setProperty("type", "small")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._detail = QLabel()
        self._detail.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Reading {name}").format(name=attached.name))
        self._end = IconButton(theme, "close", self.tr("Remove"))
        self._end.clicked.connect(self._on_end)
        self._lay_out()
        self.refresh()

    @property
    def told(self) -> str:
        """What the chip says beside the name."""
        return self._detail.text()

    def refresh(self) -> None:
        """Show how it stands now."""
        attached = self.attached
        px = self._theme.px
        name = self._name.fontMetrics().elidedText(
            attached.name, Qt.TextElideMode.ElideMiddle, px(_NAME)
        )  # fmt: skip
        self._name.setText(name)
        self.setToolTip(attached.name if name != attached.name else "")
        told = self._told()
        self._detail.setText(told)
        is_bad = bool(attached.fault)
        self.setProperty("surface", "danger" if is_bad else "document")
        self._detail.setProperty("type", "note" if is_bad else "caption")
        self._detail.setWordWrap(is_bad)
        ratio = self.devicePixelRatioF()
        icon = ("warning", "danger") if is_bad else ("file", "muted")
        self._icon.setPixmap(self._theme.pixmap(*icon, 16, ratio))
        self._bar.setVisible(attached.run is not None)
        room = self._bar.sizePolicy()
        room.setRetainSizeWhenHidden(not is_bad)  # chips in a line are of one height
        self._bar.setSizePolicy(room)
        self._bar.setRange(0, max(0, attached.pages))
        self._bar.setValue(attached.done)
        ends = self.tr("Stop reading {name}") if attached.is_reading else self.tr("Remove {name}")
        self._end.set_icon("stop" if attached.is_reading else "close")
        self._end.set_name(ends.format(name=attached.name))
        self.setAccessibleName(f"{attached.name}, {told}")

    def focus(self) -> None:
        """Give the focus to its button."""
        self._end.setFocus()

    def _told(self) -> str:
        attached = self.attached
        if attached.fault:
            return attached.fault
        if attached.document is not None:
            pages = attached.document.pages
            return self.tr("1 page") if pages == 1 else self.tr("{n} pages").format(n=f"{pages:,}")
        if attached.run is None:
            return self.tr("waits its turn")
        if not attached.pages:
            return self.tr("opening it")
        return self.tr("page {done} of {all}").format(done=f"{attached.done:,}", all=f"{attached.pages:,}")

    def _lay_out(self) -> None:
        px = self._theme.px
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(px(1))
        for widget in (self._name, self._detail, self._bar):
            words.addWidget(widget)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(4), px(2), px(4))
        line.setSpacing(px(8))
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        line.addWidget(self._end, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _on_end(self) -> None:
        self.ended.emit(self.attached)
