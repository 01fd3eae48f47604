"""A switch: on or off, with the word beside it, since colour alone says nothing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.ui.theme import Theme

_WIDE, _TALL, _KNOB, _GAP = 40, 22, 16, 8


class Switch(QAbstractButton):
    """A checkable button drawn as a sliding knob."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def _word(self) -> str:
        return self.tr("On") if self.isChecked() else self.tr("Off")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(word) for word in (self.tr("On"), self.tr("Off")))
        px = self._theme.px
        return QSize(px(_WIDE + _GAP) + wide + 8, max(px(28), metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, colour, on = self._theme.px, self._theme.colour, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        track = QRectF(self.width() - px(_WIDE) - 4, (self.height() - px(_TALL)) / 2, px(_WIDE), px(_TALL))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent" if on else "control"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        rim = (px(_TALL) - px(_KNOB)) / 2
        x = track.right() - px(_KNOB) - rim if on else track.left() + rim
        painter.setBrush(colour("window"))
        painter.drawEllipse(QRectF(x, track.top() + rim, px(_KNOB), px(_KNOB)))
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = track.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.setPen(colour("muted"))
        words = self.rect().adjusted(0, 0, -px(_WIDE) - px(_GAP) - 4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._word())
