"""One long piece of work at a time: a bar, how far it is in words, Stop, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.privacy.errors import PrivacyError
from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.dress import restyle
from app.ui.runner import Run, Runner
from app.ui.settings.row import Line, caption
from app.ui.theme import Theme

Tell = Callable[[int, int], None]
"""Takes how much of how much is done."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that takes a while."""

    work: Callable[[Cancel, Tell], str]
    """Runs on a worker and returns how it went, as a sentence."""
    doing: str
    """What is going on, as a sentence without its full stop."""
    stopped: str
    """What is to be said after Stop."""


class WorkBar(QWidget):
    """Hidden until something is done or said; the last sentence stays.

    Signals:
        changed(bool): work began or ended; what would begin another should be locked meanwhile.
        done(): it ended well.
    """

    changed = Signal(bool)
    done = Signal()

    def __init__(self, theme: Theme, runner: Runner, key: str, stop: str) -> None:
        """Make one; `stop` is what a screen reader calls the button that ends the work."""
        super().__init__()
        self._runner = runner
        self._run: Run | None = None
        self._job: Job | None = None
        self._ending = ""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._told = caption()
        self._told.setObjectName(f"{key}_told")
        self._told.hide()
        self._stop = Button(theme, self.tr("Stop"), "plain", "stop")
        self._stop.setObjectName(f"{key}_stop")
        self._stop.setAccessibleName(stop)
        self._stop.clicked.connect(self._on_stop)
        self._line = Line(self._told, self._stop)
        self._line.line.setStretch(0, 1)
        self._stop.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addWidget(self._line)
        self.hide()

    @property
    def is_busy(self) -> bool:
        return self._run is not None

    @property
    def told(self) -> QLabel:
        """The sentence."""
        return self._told

    def start(self, job: Job) -> None:
        """Do a job, unless one is being done."""
        if self._run is not None:
            return
        self._job, self._ending = job, ""
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.doing)
        self._bar.show()
        self.say(f"{job.doing}…")
        self._stop.show()
        self.changed.emit(True)
        self._stop.setFocus()
        self._run = self._runner.start(self._work, self._on_told, self._on_end)

    def say(self, told: str, *, is_bad: bool = False) -> None:
        """Say a sentence in place; an empty one takes the last away."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._told.setProperty("type", "danger" if is_bad else "caption")
        restyle(self._told)
        self.setVisible(bool(told) or self._run is not None)
        if told:
            announce(self, told, is_urgent=is_bad)

    def _work(self, cancel: Cancel, tell: Callable[[object], None]) -> None:
        """Runs on a worker."""
        shown = -1

        def told(done: int, size: int) -> None:
            nonlocal shown
            percent = min(100, 100 * done // max(size, 1))
            if percent != shown:
                shown = percent
                tell(percent)

        assert self._job is not None
        ending = self._job.work(cancel, told)
        tell(ending)

    def _on_told(self, event: object) -> None:
        if isinstance(event, str):
            self._ending = event
        elif isinstance(event, int) and self._job is not None:
            words = f"{self._job.doing}, {event} %"
            self._bar.setRange(0, 100)
            self._bar.setValue(event)
            self._bar.setAccessibleName(words)
            self._told.setText(words)
            if event and event % 25 == 0:
                announce(self, words)

    def _on_end(self, error: BaseException | None) -> None:
        job, self._run, self._job = self._job, None, None
        self._bar.hide()
        had_focus = self._stop.hasFocus()
        self._stop.hide()
        self.changed.emit(False)
        match error:
            case None:
                self.say(self._ending)
            case Cancelled():
                self.say(job.stopped if job is not None else "")
            case ConfidantError() | PrivacyError():
                self.say(error.told, is_bad=True)
            case _:
                self.say(self.tr("Something went wrong inside Confidant. Try again."), is_bad=True)
        if had_focus:
            self.focusNextChild()
        if error is None:
            self.done.emit()

    @Slot()
    def _on_stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._told.setText(self.tr("Stopping…"))
