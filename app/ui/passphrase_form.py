"""Asks for a passphrase, once to open something, twice to set a new one; it leaves no trace in the field."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from app.core.data_key import SHORTEST
from app.ui.announce import announce
from app.ui.buttons import Button, IconButton
from app.ui.escaped_field import EscapedField
from app.ui.theme import Theme


class PassphraseForm(QFrame):
    """One field or two, a button that goes on and one that leaves.

    Signals:
        entered(str): the passphrase; the fields are empty again.
        left(): the person thought better of it.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, key: str, name: str, go: str, *, is_new: bool) -> None:
        """Make one.

        Args:
            key: begins the object names.
            name: what the first field asks for.
            go: the words on the button.
            is_new: ask twice, and refuse a short one.
        """
        super().__init__()
        self._is_new = is_new
        self._has_way_out = True
        self._first = self._field(name, f"{key}_first")
        self._second = self._field(self.tr("{0}, once more").format(name), f"{key}_second")
        self._second.setVisible(is_new)
        self._eye = IconButton(theme, "eye", self.tr("Show what is typed"))
        self._eye.setObjectName(f"{key}_eye")
        self._eye.setAccessibleName(self.tr("{0}: show what is typed").format(name))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye)
        self._go = Button(theme, go, "primary")
        self._go.setObjectName(f"{key}_go")
        self._go.clicked.connect(self._on_go)
        self._leave = Button(theme, self.tr("Cancel"), "quiet")
        self._leave.setObjectName(f"{key}_leave")
        self._leave.setAccessibleName(self.tr("{0}: cancel").format(go))
        self._leave.clicked.connect(self._on_leave)
        self._told = QLabel()
        self._told.setObjectName(f"{key}_fault")
        self._told.setProperty("type", "danger")
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.hide()
        self._lay_out(theme)

    def ask(self) -> None:
        """Show it, empty, with the caret in it."""
        self.clear()
        self.show()
        self._first.setFocus()

    def clear(self) -> None:
        """Forget what was typed, and what was said about it."""
        for field in (self._first, self._second):
            field.clear()
        self._eye.setChecked(False)
        self._told.hide()

    def say(self, told: str) -> None:
        """Say what was wrong with it; the caret goes back."""
        self._told.setText(told)
        self._told.show()
        announce(self, told, is_urgent=True)
        self._first.setFocus()

    def lock(self, is_locked: bool) -> None:
        """Take nothing while what was entered is being tried."""
        for widget in (self._first, self._second, self._go):
            widget.setEnabled(not is_locked)

    def stand_alone(self) -> None:
        """Offer no way out, since whoever shows it has one of his own, and make the button wide."""
        self._has_way_out = False
        self._leave.hide()
        self._buttons.setStretch(0, 1)
        self._buttons.setStretch(2, 0)

    def _field(self, name: str, key: str) -> EscapedField:
        field = EscapedField()
        field.setObjectName(key)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.returnPressed.connect(self._on_go)
        field.textEdited.connect(self._on_edited)
        field.left.connect(self._on_leave)
        return field

    def _lay_out(self, theme: Theme) -> None:
        gap = theme.px(8)
        first = QHBoxLayout()
        first.setSpacing(gap)
        first.addWidget(self._first, 1)
        first.addWidget(self._eye)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(gap)
        buttons.addWidget(self._go)
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addLayout(first)
        column.addWidget(self._second)
        column.addWidget(self._told)
        column.addLayout(buttons)

    def _fault(self) -> str:
        first, second = self._first.text(), self._second.text()
        if not first.strip():
            return self.tr("Type a passphrase first.")
        if not self._is_new:
            return ""
        if len(first) < SHORTEST:
            told = self.tr("Use at least {n} characters. Four or five words make a good one.")
            return told.format(n=SHORTEST)
        if not second:
            return self.tr("Type it once more, so that a slip does not lock you out.")
        return "" if first == second else self.tr("The two are not the same. Type it once more.")

    @Slot()
    def _on_go(self) -> None:
        fault = self._fault()
        if not fault:
            text = self._first.text()
            self.clear()
            self.entered.emit(text)
            return
        self.say(fault)
        if len(self._first.text()) >= SHORTEST and self._is_new:
            self._second.setFocus()
            self._second.selectAll()

    @Slot()
    def _on_edited(self) -> None:
        self._told.hide()

    @Slot()
    def _on_leave(self) -> None:
        self.clear()
        if self._has_way_out:
            self.hide()
            self.left.emit()

    @Slot(bool)
    def _on_eye(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for field in (self._first, self._second):
            field.setEchoMode(mode)
