"""A private detail as a switch: hidden or readable."""

from PySide6.QtCore import Signal, Slot

from app.privacy.types import Action, Decided
from app.ui.buttons import Button
from app.ui.theme import Theme
from app.ui.words import action_name, is_hidden, kind_name

_SHOWN = 28


class FindingChip(Button):
    """Shows what is done with a value and turns it round when pressed; a cut secret stays cut.

    Signals:
        flipped(str, object): the value and the `Action` that the person wants.
    """

    flipped = Signal(str, object)

    def __init__(self, theme: Theme, value: str, decided: Decided) -> None:
        is_cut = decided.action is Action.BLOCK
        hidden = is_hidden(decided)
        icon = "lock" if is_cut else "eye-off" if hidden else "eye"
        shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        kind = kind_name(decided.finding.kind)
        super().__init__(theme, f"{shown} · {kind}".replace("\n", " "), "chip", icon)
        self.setObjectName("finding_chip")
        self.setProperty("finding", "hidden" if hidden else "readable")
        self.value = value
        self._wanted = Action.KEEP if hidden else Action.PLACEHOLDER
        self.setEnabled(not is_cut)
        self._name(decided, kind, hidden, is_cut)
        self.clicked.connect(self._on_clicked)

    def _name(self, decided: Decided, kind: str, hidden: bool, is_cut: bool) -> None:
        percent = round(decided.finding.score * 100)
        state = self.tr("{value}, {kind}, {state}, {percent} percent").format(
            value=self.value, kind=kind, state=action_name(decided.action), percent=percent
        )
        if is_cut:
            turn = self.tr("always cut")
        elif hidden:
            turn = self.tr("press Space to keep it readable")
        else:
            turn = self.tr("press Space to hide it")
        self.setAccessibleName(f"{state}; {turn}")
        self.setToolTip(f"{kind}, {action_name(decided.action)}: {decided.finding.why}")

    @Slot()
    def _on_clicked(self) -> None:
        self.flipped.emit(self.value, self._wanted)
