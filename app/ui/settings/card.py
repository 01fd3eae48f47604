"""A card of a settings page: a title, a quiet sentence, and what belongs to them."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.ui.settings.row import caption


class Card(QFrame):
    """Takes widgets one below the other; `says` can be changed."""

    def __init__(self, title: str, says: str = "", key: str = "") -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setObjectName(key)
        heading = QLabel(title)
        heading.setProperty("type", "strong")
        self.says = caption(says)
        self.says.setVisible(bool(says))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(heading)
        self.column.addWidget(self.says)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets below what is there."""
        for widget in widgets:
            self.column.addWidget(widget)
