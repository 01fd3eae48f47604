"""One visual language: colours, type, spacing and zoom, turned into a style sheet."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from app.resources import RESOURCES
from app.ui.icons import Icons
from app.ui.palette import DARK, LIGHT, Palette

BODY: Final = 15
CODE: Final = 13
CAPTION: Final = 12
TITLE: Final = 20
HEADING: Final = 17
"""Sizes of type in pixels at 100 %."""

GAP: Final = 8
"""The grid: every distance is a multiple of it, or half of it."""

ICON: Final = 18

_LENGTH = re.compile(r"(?<![\w#])(\d+)px")
_TOKEN = re.compile(r"@([a-z_]+)")


class Theme(QObject):
    """The look of all windows; lives as long as the application.

    Signals:
        changed(): colours or zoom are different now; redraw what a style sheet does not reach.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, styles: Path = RESOURCES / "styles", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._source = (styles / "confidant.qss").read_text(encoding="utf-8")
        self._icons = Icons()
        self._mode = "system"
        self._zoom = 100
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    @property
    def is_dark(self) -> bool:
        if self._mode == "system":
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def palette(self) -> Palette:
        return DARK if self.is_dark else LIGHT

    @property
    def mode(self) -> str:
        """`system`, `light` or `dark`."""
        return self._mode

    @property
    def zoom(self) -> int:
        """Percent."""
        return self._zoom

    def set_look(self, mode: str, zoom: int) -> None:
        """Apply a mode (`system`, `light`, `dark`) and a zoom of 80 to 200 percent."""
        self._mode = mode
        self._zoom = min(200, max(80, zoom))
        self._apply()

    def px(self, length: float) -> int:
        """Scale a length with the zoom."""
        return round(length * self._zoom / 100)

    def colour(self, token: str) -> QColor:
        return QColor(getattr(self.palette, token))

    def font(self, size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the system's font in a size of the scale."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def mono(self, size: int = CODE) -> QFont:
        """Return the system's fixed font in a size of the scale."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(self.px(size))
        return font

    def icon(self, name: str, token: str = "muted", size: int = ICON, gap: int = 0) -> QIcon:
        """Return an icon in the colour of a token of the palette; see `Icons.icon` for the gap."""
        return self._icons.icon(name, getattr(self.palette, token), self.px(size), self.px(gap))

    def pixmap(self, name: str, token: str = "muted", size: int = ICON, ratio: float = 2.0) -> QPixmap:
        return self._icons.pixmap(name, getattr(self.palette, token), self.px(size), ratio)

    def style_sheet(self) -> str:
        """Return the sheet with its tokens filled in and its lengths scaled; hairlines stay 1 px."""
        colours = {field.name: getattr(self.palette, field.name) for field in fields(Palette)}
        sheet = _TOKEN.sub(lambda match: colours[match[1]], self._source)
        return _LENGTH.sub(lambda match: f"{self._scaled(int(match[1]))}px", sheet)

    def _scaled(self, length: int) -> int:
        return length if length <= 1 else max(1, self.px(length))

    def _apply(self) -> None:
        self._app.setPalette(self._qt_palette())
        self._app.setFont(self.font())
        self._app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def _qt_palette(self) -> QPalette:
        roles = QPalette.ColorRole
        palette = QPalette()
        for role, token in (
            (roles.Window, "window"), (roles.WindowText, "text"), (roles.Base, "raised"),
            (roles.AlternateBase, "sunken"), (roles.Text, "text"), (roles.Button, "raised"),
            (roles.ButtonText, "text"), (roles.ToolTipBase, "raised"), (roles.ToolTipText, "text"),
            (roles.Highlight, "selection"), (roles.HighlightedText, "text"), (roles.Link, "accent"),
            (roles.LinkVisited, "accent"), (roles.PlaceholderText, "muted"), (roles.Accent, "accent"),
        ):  # fmt: skip
            palette.setColor(role, self.colour(token))
        return palette

    @Slot()
    def _on_scheme(self) -> None:
        if self._mode == "system":
            self._apply()
