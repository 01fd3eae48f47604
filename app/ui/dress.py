"""Gives a window the rules of `panels.qss` on top of the theme's own."""

import re
from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.resources import RESOURCES
from app.ui.palette import Palette
from app.ui.theme import Theme

_TOKEN = re.compile(r"@([a-z_]+)")
_CIRCLE = re.compile(r"circle\((\d+)\+(\d+)\)")
_LENGTH = re.compile(r"(?<![\w#])(\d+)px")


class Dress(QObject):
    """Keeps a widget's style sheet in step with the theme; lives as long as the widget."""

    def __init__(self, theme: Theme, widget: QWidget, sheet: Path = RESOURCES / "styles/panels.qss") -> None:
        super().__init__(widget)
        self._theme = theme
        self._widget = widget
        self._source = sheet.read_text(encoding="utf-8").replace("$styles", sheet.parent.as_posix())
        theme.changed.connect(self._apply)
        self._apply()

    def _scaled(self, match: re.Match[str]) -> str:
        length = int(match[1])
        return f"{length if length <= 1 else max(1, self._theme.px(length))}px"

    def _radius(self, match: re.Match[str]) -> str:
        """Return half of what the scaled size and borders are together; Qt ignores a larger radius."""
        size, border = (self._theme.px(int(part)) for part in match.groups())
        return f"{(size + 2 * border) // 2}PX"

    @Slot()
    def _apply(self) -> None:
        colours = {field.name: getattr(self._theme.palette, field.name) for field in fields(Palette)}
        sheet = _TOKEN.sub(lambda match: colours[match[1]], self._source)
        sheet = _LENGTH.sub(self._scaled, _CIRCLE.sub(self._radius, sheet))
        self._widget.setStyleSheet(sheet.replace("PX", "px"))


def restyle(widget: QWidget) -> None:
    """Let a changed property take effect on the style."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
