"""An empty conversation: three questions to try, with invented details that will be hidden."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from app.ui.buttons import Button
from app.ui.theme import Theme

_WIDTH = 560
_WITH_LOGO, _WITH_STARTERS = 360, 300
"""Heights from which on there is room for them."""


class Welcome(QFrame):
    """Says what Confidant is for, by example.

    Signals:
        picked(str): a question to put into the composer.
        left_wanted(): what can leave, and what did.
    """

    picked = Signal(str)
    left_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._starters: dict[Button, str] = {}
        self._logo = QLabel()
        self._title = QLabel()
        self._title.setProperty("type", "title")
        self._told = QLabel()
        self._told.setProperty("type", "muted")
        self._told.setWordWrap(True)
        self._lay_out()
        self.set_temporary(False)
        theme.changed.connect(self._redraw)
        self._redraw()

    def set_temporary(self, is_temporary: bool) -> None:
        """Say whether this conversation will be kept."""
        if is_temporary:
            self._title.setText(self.tr("A temporary chat"))
            self._told.setText(self.tr("Not saved, not remembered. It is gone when Confidant closes."))
        else:
            self._title.setText(self.tr("What would you like to know?"))
            self._told.setText(
                self.tr("Answered on this computer, or by the cloud with your private details hidden.")
            )

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(8))
        column.addStretch(2)
        for widget in (self._logo, self._title, self._told):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget)
        column.addSpacing(px(16))
        for name, text in self._examples():
            button = Button(self._theme, name, "starter", "chevron-right")
            button.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            button.setToolTip(text)
            button.clicked.connect(self._on_picked)
            self._starters[button] = text
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        left = Button(self._theme, self.tr("What can leave this computer?"), "quiet", "shield")
        left.clicked.connect(self.left_wanted)
        column.addSpacing(px(4))
        column.addWidget(left, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _examples(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("Write to a landlord about cold radiators"),
                self.tr(
                    "Write a short, friendly e-mail to my landlord, Marta Oyelaran "
                    "(marta.oyelaran@example.com): the heating in my flat has been cold since Monday."
                ),
            ),
            (
                self.tr("Prepare questions for a doctor"),
                self.tr(
                    "My daughter Zoé Lindqvist has had asthma since spring. "
                    "Which five questions should we ask Dr. Haddad next week?"
                ),
            ),
            (
                self.tr("Plan a trip with medicine in the bag"),
                self.tr(
                    "Can Zoé Lindqvist take her asthma spray in hand luggage from Lyon? "
                    "My number for the airline is +1 202 555 0143."
                ),
            ),
        )

    @Slot()
    def _on_picked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.picked.emit(self._starters[button])

    @Slot()
    def _redraw(self) -> None:
        self._logo.setPixmap(self._theme.pixmap("logo", "text", 48, self.devicePixelRatioF()))
        for button in self._starters:
            button.setFixedWidth(self._theme.px(_WIDTH - 80))
        self._fit()

    def _fit(self) -> None:
        """Leave out in a low window what would overlap: the logo, then the examples."""
        self._logo.setVisible(self.height() >= self._theme.px(_WITH_LOGO))
        for button in self._starters:
            button.setVisible(self.height() >= self._theme.px(_WITH_STARTERS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
