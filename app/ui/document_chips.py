"""The documents of a conversation as chips in lines, above the field."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from app.ui.document_chip import DocumentChip
from app.ui.flow_layout import FlowLayout
from app.ui.natural_area import NaturalArea
from app.ui.shelves import Attached
from app.ui.theme import Theme

_TALLEST = 190


class DocumentChips(NaturalArea):
    """Shows what a conversation has; many scroll.

    Signals:
        ended(object): an `Attached` that the person does not want.
        emptied(): the last chip went, and it had the focus.
    """

    ended = Signal(object)
    emptied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow = FlowLayout(theme.px(8), self.content)
        self._chips: dict[Attached, DocumentChip] = {}
        self.setObjectName("documents")
        self.setAccessibleName(self.tr("Documents of this conversation"))
        theme.changed.connect(self._on_theme)
        self.hide()

    @property
    def chips(self) -> list[DocumentChip]:
        """In the order in which they are read."""
        return list(self._chips.values())

    def show_all(self, shelf: Sequence[Attached]) -> None:
        """Show these, and take away what is not among them."""
        at = next(
            (n for n, chip in enumerate(self.chips) if chip.isAncestorOf(self.focusWidget() or self)), -1
        )
        for gone in [each for each in self._chips if each not in shelf]:
            self._drop(gone)
        for each in shelf:
            chip = self._chips.get(each)
            if chip is None:
                chip = self._chips[each] = DocumentChip(self._theme, each)
                chip.ended.connect(self.ended)
                self._flow.addWidget(chip)
                chip.show()
            else:
                chip.refresh()
        self.setVisible(bool(shelf))
        self._fit()
        if at >= 0 and self._focused() < 0:
            if self._chips:
                self.chips[min(at, len(self._chips) - 1)].focus()
            else:
                self.emptied.emit()

    def _focused(self) -> int:
        """Return which chip has the focus; -1 where none has."""
        focused = self.window().focusWidget()
        found = (n for n, chip in enumerate(self.chips) if focused is not None and chip.isAncestorOf(focused))
        return next(found, -1)

    def _drop(self, attached: Attached) -> None:
        chip = self._chips.pop(attached)
        for at in range(self._flow.count()):
            item = self._flow.itemAt(at)
            if item is not None and item.widget() is chip:
                self._flow.takeAt(at)
                break
        chip.hide()
        chip.deleteLater()

    def _fit(self) -> None:
        """Give a sentence the whole width, and take the height that all need."""
        width = self.viewport().width()
        for each, chip in self._chips.items():
            if each.fault:
                chip.setFixedWidth(width)
                chip.setFixedHeight(max(chip.sizeHint().height(), chip.heightForWidth(width)))
        self._flow.invalidate()
        height = max(1, self._flow.heightForWidth(width))
        self.setFixedHeight(min(height, self._theme.px(_TALLEST)))

    def _on_theme(self) -> None:
        for attached in list(self._chips):
            self._drop(attached)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
