"""Draws the SVG icons in a colour of the theme."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import RESOURCES

_RATIOS = (1.0, 2.0, 3.0)


class Icons:
    """Icons by file name, drawn once for each colour and size."""

    def __init__(self, folder: Path = RESOURCES / "icons") -> None:
        self._folder = folder
        self._drawn: dict[tuple[str, str, int, int], QIcon] = {}

    def icon(self, name: str, colour: str, size: int, gap: int = 0) -> QIcon:
        """Return the icon in this colour; greyed out where its button is disabled.

        Args:
            size: logical pixels; it is crisp on screens of up to three times the density.
            gap: empty pixels on its right, or on its left where negative: what a button leaves between
                icon and words is too little.
        """
        key = (name, colour, size, gap)
        if key not in self._drawn:
            icon = QIcon()
            for ratio in _RATIOS:
                icon.addPixmap(_apart(self.pixmap(name, colour, size, ratio), gap))
            self._drawn[key] = icon
        return self._drawn[key]

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Draw the icon for a screen of this density."""
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(
            painter, QRectF(0, 0, pixmap.width(), pixmap.height())
        )
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _apart(pixmap: QPixmap, gap: int) -> QPixmap:
    """Widen a pixmap by a gap on its right, or on its left where it is negative."""
    if not gap:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(abs(gap) * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(max(0, -gap), 0, pixmap)
    painter.end()
    return wide
