"""What each provider was told about the person over time: which facts, how often, never the words."""

from collections.abc import Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.privacy.exposure import JOINED, Known, Trait
from app.ui.announce import announce
from app.ui.buttons import TwicePressed
from app.ui.ledger_row import day_words
from app.ui.runner import Runner
from app.ui.theme import Theme
from app.ui.words import trait_name

_PULSE = 2000
"""Milliseconds between two looks while it is shown."""
Exposure = Mapping[str, Mapping[Trait, Known]]
"""By provider."""


class ExposureDoor(Protocol):
    """The session, as far as this page uses it. Every method may block."""

    def exposure(self) -> Exposure: ...

    def forget_exposure(self, provider: str) -> None: ...


class KnownCard(QFrame):
    """One provider.

    Signals:
        erase_wanted(str): the person wants the list of this provider emptied.
    """

    erase_wanted = Signal(str)

    def __init__(self, theme: Theme, provider: str, known: Mapping[Trait, Known]) -> None:
        super().__init__()
        self._provider = provider
        self.setObjectName(f"known_{provider}")
        self.setProperty("surface", "card")
        self._erase = TwicePressed(
            theme,
            self.tr("Erase this list"),
            self.tr("Press again. What was sent stays sent."),
            self.tr("Erase what is noted about {0}").format(provider),
        )
        self._erase.setObjectName(f"erase_{provider}")
        self._erase.confirmed.connect(self._on_erase)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(8))
        column.setSpacing(theme.px(6))
        title = _label("strong", provider)
        column.addWidget(title)
        column.addLayout(self._make_rows(theme, known))
        if len(known) >= JOINED:
            column.addWidget(_label("caption", self.tr("Together, these can be enough to tell who you are.")))
        column.addWidget(self._erase, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_rows(self, theme: Theme, known: Mapping[Trait, Known]) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for trait, times in sorted(known.items(), key=lambda each: -each[1].last):
            name = trait_name(trait)
            count = self.tr("Once") if times.times == 1 else self.tr("{n} times").format(n=times.times)
            rows.addWidget(_label("way", name[:1].upper() + name[1:]))
            rows.addWidget(_label("caption", f"{count}, {_period(times)}"))
            rows.addSpacing(theme.px(6))
        return rows

    @Slot()
    def _on_erase(self) -> None:
        self.erase_wanted.emit(self._provider)


class KnownPage(QWidget):
    """A card for each provider; it reads the counts whenever it is shown."""

    def __init__(self, session: ExposureDoor, runner: Runner, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._runner = runner
        self._theme = theme
        self._shown: Exposure | None = None
        self._pulse = QTimer(self, interval=_PULSE)
        self._pulse.timeout.connect(self.refresh)
        self._says = _label(
            "caption",
            self.tr("Facts about you that stayed readable in what you sent. Only counts and days are noted."),
        )
        self._empty = _label("large", self.tr("No facts about you are noted here."))
        self._empty.setObjectName("nothing_known")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._empty.hide()
        self._told = _label("caption")
        self._told.setObjectName("known_told")
        self._told.hide()
        inside = QWidget()
        self._cards = QVBoxLayout(inside)
        self._cards.setContentsMargins(0, 0, theme.px(8), 0)
        self._cards.setSpacing(theme.px(8))
        self._cards.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self._says, self._told):
            column.addWidget(widget)
        column.addWidget(self._empty, 1)
        column.addWidget(self._area, 1)

    @Slot()
    def refresh(self) -> None:
        """Read the counts again."""
        self._runner.call(self._session.exposure, self._show, self._say)

    def _show(self, exposure: Exposure) -> None:
        if exposure == self._shown:
            return
        self._shown = exposure
        self._leave_cards()
        while (item := self._cards.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        for provider, known in exposure.items():
            if known:
                card = KnownCard(self._theme, provider, known)
                card.erase_wanted.connect(self._on_erase)
                self._cards.addWidget(card)
        self._cards.addStretch(1)
        is_any = any(exposure.values())
        self._empty.setVisible(not is_any)
        self._says.setVisible(is_any)
        self._area.setVisible(is_any)

    def _leave_cards(self) -> None:
        """Take the focus out of cards that go; the page's proxy has it then."""
        focused = self.window().focusWidget()
        if focused is not None and self._area.isAncestorOf(focused):
            self.setFocus()

    @Slot(str)
    def _on_erase(self, provider: str) -> None:
        erase = partial(self._session.forget_exposure, provider)
        self._runner.call(erase, self._on_erased, self._say)

    def _on_erased(self, _: object) -> None:
        self._say(self.tr("Erased here. What was sent stays sent."))
        self.refresh()

    def _say(self, told: str) -> None:
        self._told.setText(told)
        self._told.show()
        announce(self, told)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._pulse.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pulse.stop()
        self._told.hide()


def _period(known: Known) -> str:
    first, last = day_words(known.first), day_words(known.last)
    return last if first == last else f"{first} – {last}"


def _label(kind: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
