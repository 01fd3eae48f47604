"""A larger model that a person may add to the filter: what it is comes before any download."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QProgressBar, QVBoxLayout

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.privacy.errors import PrivacyError
from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.runner import Run
from app.ui.settings.row import Line, caption
from app.ui.settings.strong_filter import StrongStatus
from app.ui.settings.tools import Tools

_LANE = "strong"
"""Apart from the other calls: files are read whole, and the model is tried."""


class StrongCard(QFrame):
    """Tells, gets, tries, uses and removes the stronger filter."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._door = tools.strong
        self._run: Run | None = None
        self._size = 1
        self.setObjectName("strong_card")
        self.setProperty("surface", "card")
        self._title = QLabel(self.tr("A stronger filter"))
        self._title.setProperty("type", "strong")
        self._says = caption(
            self.tr(
                "A larger model that reads each question, too. It finds more names, numbers and secrets, "
                "though not all either, and each check takes about a second more. It runs on this computer, "
                "and no word of yours is sent to get it."
            )
        )
        self._facts = caption()
        self._facts.setObjectName("strong_facts")
        self._address = QLineEdit()
        self._address.setObjectName("strong_address")
        self._address.setReadOnly(True)
        self._address.setProperty("look", "hash")
        self._address.setAccessibleName(self.tr("Address of the stronger filter"))
        self._checked = caption()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._told = caption()
        self._told.setObjectName("strong_told")
        self._told.hide()
        theme = tools.theme
        self._get = Button(theme, self.tr("Download"), "plain", "download")
        self._stop = Button(theme, self.tr("Stop"), "plain", "stop")
        self._use = Button(theme, self.tr("Use it"), "plain")
        self._rest = Button(theme, self.tr("Use the built-in filter alone"), "plain")
        self._remove = Button(theme, self.tr("Delete it"), "quiet", "trash")
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Look again what is here."""
        if self._run is None:
            self._tools.runner.call(self._door.status, self._show, self._say, lane=_LANE)

    def _connect(self) -> None:
        for button, name, slot in (
            (self._get, "strong_get", self._on_get),
            (self._stop, "strong_stop", self._on_stop),
            (self._use, "strong_use", self._on_use),
            (self._rest, "strong_rest", self._on_rest),
            (self._remove, "strong_remove", self._on_remove),
        ):
            button.setObjectName(name)
            button.clicked.connect(slot)
            button.hide()
        self._stop.setAccessibleName(self.tr("Stop the download"))
        self._remove.setAccessibleName(self.tr("Delete the stronger filter"))

    def _lay_out(self) -> None:
        buttons = Line(self._get, self._stop, self._use, self._rest, self._remove)
        buttons.line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (
            self._title,
            self._says,
            self._facts,
            self._address,
            self._checked,
            self._bar,
            self._told,
            buttons,
        ):
            column.addWidget(widget)

    def _show(self, status: StrongStatus) -> None:
        is_here = not status.missing
        self._size = max(1, status.size)
        size = _megabytes(status.size)
        self._facts.setText(f"{status.title} · {status.licence} · {size}")
        self._address.setText(status.address)
        self._address.setCursorPosition(0)
        self._checked.setText(status.fingerprints)
        self._bar.hide()
        self._stop.hide()
        self._get.setText(self.tr("Download {size}").format(size=size))
        self._get.setVisible(not is_here)
        self._use.setVisible(is_here and not status.is_used)
        self._use.setEnabled(not status.why_not)
        self._rest.setVisible(is_here and status.is_used)
        self._remove.setVisible(status.missing < status.size)
        if is_here and status.is_used:
            self._say(self.tr("It is in use."))
        else:
            self._say(status.why_not)

    def _say(self, told: str) -> None:
        self._told.setText(told)
        self._told.setVisible(bool(told))
        if told:
            announce(self, told)

    @Slot()
    def _on_get(self) -> None:
        self._get.hide()
        self._remove.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._stop.show()
        self._stop.setFocus()
        self._say(self.tr("Asking for it…"))
        self._run = self._tools.runner.start(self._fetch, self._on_percent, self._on_fetched)

    def _fetch(self, cancel: Cancel, tell: Callable[[object], None]) -> None:
        """Runs on a worker."""
        shown = -1
        for done in self._door.get(cancel):
            percent = 100 * done // self._size
            if percent != shown:
                shown = percent
                tell(percent)

    def _on_percent(self, percent: object) -> None:
        if isinstance(percent, int):
            done, size = _megabytes(self._size * percent // 100), _megabytes(self._size)
            self._bar.setRange(0, 100)
            self._bar.setValue(percent)
            words = self.tr("Downloading the stronger filter, {done} of {size}").format(done=done, size=size)
            self._bar.setAccessibleName(words)
            self._told.setText(words)
            if percent % 25 == 0:
                announce(self, words)

    def _on_fetched(self, error: BaseException | None) -> None:
        self._run = None
        match error:
            case None:
                told = self.tr("It is here, byte for byte as published.")
            case Cancelled():
                told = self.tr("Stopped. It goes on from there next time.")
            case ConfidantError() | PrivacyError():
                told = error.told
            case _:
                told = self.tr("Something went wrong inside Confidant. Try again.")
        then: Callable[[StrongStatus], None] = partial(self._show_after, told)
        self._tools.runner.call(self._door.status, then, self._say, lane=_LANE)

    def _show_after(self, told: str, status: StrongStatus) -> None:
        self._show(status)
        self._say(f"{told} {status.why_not}".strip())

    @Slot()
    def _on_stop(self) -> None:
        if self._run is not None:
            self._stop.hide()
            self._say(self.tr("Stopping…"))
            self._run.stop()

    @Slot()
    def _on_use(self) -> None:
        self._say(self.tr("Trying it on sentences whose details are known…"))
        self._tools.runner.call(self._door.use, self._show, self._say, lane=_LANE)

    @Slot()
    def _on_rest(self) -> None:
        self._tools.runner.call(self._door.rest, self._show, self._say, lane=_LANE)

    @Slot()
    def _on_remove(self) -> None:
        self._tools.runner.call(self._door.remove, self._show, self._say, lane=_LANE)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
