"""Side list and panel: beside the page in a wide window, over it in a small one."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme import Theme

_LIST = 260
_PANEL = 320
_FOLDS_BELOW = 860
_OVERLAYS_BELOW = 1100


class Sides(QObject):
    """Arranges the three parts in the middle of the window."""

    def __init__(self, theme: Theme, middle: QWidget, side: QWidget, page: QWidget, panel: QWidget) -> None:
        super().__init__(middle)
        self._theme = theme
        self._middle = middle
        self._side = side
        self._panel = panel
        self.is_folded = False
        """The list lies over the page, or is away."""
        self._row = QHBoxLayout(middle)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(side)
        self._row.addWidget(page, 1)
        self._row.addWidget(panel)
        panel.hide()
        theme.changed.connect(self.arrange)

    @Slot()
    def arrange(self) -> None:
        """Give each part its room; call it when the window or one of the parts changed."""
        px, width = self._theme.px, self._middle.window().width()
        self._side.setFixedWidth(px(_LIST))
        self._panel.setFixedWidth(px(_PANEL))
        folds = width < px(_FOLDS_BELOW)
        if folds != self.is_folded:
            self.is_folded = folds
            self._side.setVisible(not folds)
        self._float(self._side, folds, at_right=False)
        self._float(self._panel, width < px(_OVERLAYS_BELOW), at_right=True)

    def _float(self, part: QWidget, floats: bool, *, at_right: bool) -> None:
        is_floating = self._row.indexOf(part) < 0
        if floats and not is_floating:
            self._row.removeWidget(part)
        elif not floats and is_floating:
            self._row.insertWidget(self._row.count() if at_right else 0, part)
        if floats:
            left = self._middle.width() - part.width() if at_right else 0
            part.setGeometry(left, 0, part.width(), self._middle.height())
            part.raise_()
