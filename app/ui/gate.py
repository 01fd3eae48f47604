"""Stands before the conversations while the database does not open, and says what opens it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.passphrase_form import PassphraseForm
from app.ui.theme import Theme

_WIDTH = 420
_ALWAYS = ("Ctrl+Q",)
"""Keys that also work before the gate."""


class GateCard(QFrame):
    """What is wrong, the field for the passphrase where that opens it, and the ways out.

    Signals:
        entered(str): a passphrase or a recovery phrase.
        again_wanted(): try to open it once more, as it is.
        quit_wanted(): end the program.
    """

    entered = Signal(str)
    again_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("gate")
        self._lock = QLabel()
        self._title = QLabel()
        self._title.setObjectName("gate_title")
        self._title.setProperty("type", "title")
        self._says = QLabel()
        self._says.setObjectName("gate_says")
        self._says.setProperty("type", "muted")
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self.form = PassphraseForm(
            theme, "gate", self.tr("Passphrase or recovery phrase"), self.tr("Unlock"), is_new=False
        )
        self.form.stand_alone()
        self.form.entered.connect(self.entered)
        self._again = Button(theme, self.tr("Try again"), "primary", "refresh")
        self._again.setObjectName("gate_again")
        self._again.clicked.connect(self.again_wanted)
        self._quit = Button(theme, self.tr("Quit"), "quiet", "power")
        self._quit.setObjectName("gate_quit")
        self._quit.clicked.connect(self.quit_wanted)
        for label in (self._lock, self._title, self._says):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._lock)
        self._lay_out()
        theme.changed.connect(self._redraw)
        self._redraw()

    def ask(self) -> None:
        """Ask for the passphrase."""
        self._title.setText(self.tr("Your data is locked"))
        self._says.setText(self.tr("It stays on this computer, and opens with your passphrase."))
        self.form.show()
        self._again.hide()
        self.form.ask()

    def tell(self, told: str) -> None:
        """Say why it does not open; it may be tried again."""
        self._title.setText(self.tr("Your data does not open"))
        self._says.setText(told)
        self.form.hide()
        self._again.setEnabled(True)
        self._again.show()
        self._again.setFocus()
        announce(self, told, is_urgent=True)

    def wait(self) -> None:
        """Take nothing while it is being tried."""
        self.form.lock(True)
        self._again.setEnabled(False)

    def refuse(self, told: str) -> None:
        """Say that the passphrase was not the one."""
        self.form.lock(False)
        self.form.say(told)

    def _lay_out(self) -> None:
        box = QWidget()
        self._box = box
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(self._theme.px(8))
        for widget in (self._lock, self._title, self._says):
            inside.addWidget(widget)
        inside.addSpacing(self._theme.px(12))
        inside.addWidget(self.form)
        inside.addWidget(self._again)
        inside.addWidget(self._quit, 0, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        line = QHBoxLayout()  # an alignment would not hand down how high a wrapped sentence is
        line.addStretch(1)
        line.addWidget(box)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(3)

    @Slot()
    def _redraw(self) -> None:
        self._box.setFixedWidth(self._theme.px(_WIDTH))
        self._lock.setPixmap(self._theme.pixmap("lock", "accent", 40, self.devicePixelRatioF()))


class Gate(QObject):
    """Puts the card in the place of a window's content, and takes it away again.

    Signals:
        quit_wanted(): end the program.
    """

    quit_wanted = Signal()

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._behind: QWidget | None = None
        self._unlock: Callable[[str], None] = _nothing
        self._again: Callable[[], None] = _no_more
        self.card: GateCard | None = None

    @property
    def is_shut(self) -> bool:
        return self.card is not None

    def ask(self, unlock: Callable[[str], None]) -> None:
        """Ask for a passphrase; `unlock` gets it."""
        self._unlock = unlock
        self._shut().ask()

    def tell(self, told: str, again: Callable[[], None]) -> None:
        """Say why it does not open; `again` tries once more."""
        self._again = again
        self._shut().tell(told)

    def refuse(self, told: str) -> None:
        """Say that what was entered does not open it."""
        if self.card is not None:
            self.card.refuse(told)

    def open(self) -> None:
        """Give the way free."""
        if self.card is None:
            return
        card, self.card = self.card, None
        behind, self._behind = self._behind, None
        self._window.takeCentralWidget()
        card.hide()
        card.deleteLater()
        if behind is not None:
            self._window.setCentralWidget(behind)
            behind.show()
        self._allow(is_open=True)

    def _shut(self) -> GateCard:
        if self.card is None:
            self._behind = self._window.takeCentralWidget()
            if self._behind is not None:
                self._behind.setParent(self._window)  # which hides it, and lets it go with the window
            self.card = GateCard(self._theme)
            self.card.entered.connect(self._on_entered)
            self.card.again_wanted.connect(self._on_again)
            self.card.quit_wanted.connect(self.quit_wanted)
            self._window.setCentralWidget(self.card)
            self.card.show()
            self._allow(is_open=False)
        return self.card

    def _allow(self, *, is_open: bool) -> None:
        """Let keys reach what is behind the gate, or not."""
        for shortcut in self._window.findChildren(QShortcut):
            shortcut.setEnabled(is_open or shortcut.key().toString() in _ALWAYS)

    @Slot(str)
    def _on_entered(self, text: str) -> None:
        if self.card is not None:
            self.card.wait()
        self._unlock(text)

    @Slot()
    def _on_again(self) -> None:
        if self.card is not None:
            self.card.wait()
        self._again()


def _nothing(_: str) -> None:
    """Nobody was asked yet."""


def _no_more() -> None:
    """Nothing was told yet."""
