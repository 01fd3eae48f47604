"""Draws an SVG as a bitmap, also where there is no screen."""

import os
from pathlib import Path

from app.ui.screen import has_screen


def svg_to_png(svg: str, path: Path, scale: float = 2.0) -> bool:
    """Write a picture, without a ground; return whether it could be drawn and written."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # else Qt aborts the process
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])  # noqa: F841 - fonts live as long as it does
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    if not renderer.isValid():
        return False
    image = QImage(renderer.defaultSize() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return bool(image.save(str(path)))
