"""Everything in one encrypted file, and back again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel

from app.ui.buttons import Button
from app.ui.files import ask_open, ask_save
from app.ui.passphrase_form import PassphraseForm
from app.ui.settings.card import Card
from app.ui.settings.keeping import KeepingDoor
from app.ui.settings.row import Line
from app.ui.settings.tools import Tools
from app.ui.settings.work_bar import Job, WorkBar

_SUFFIX = "confidant-backup"


class BackupCard(Card):
    """Asks for a place, then for a passphrase, then does it.

    Signals:
        restored(): everything is another one now; whatever is shown should be read again.
    """

    restored = Signal()

    def __init__(self, tools: Tools, door: KeepingDoor) -> None:
        super().__init__(
            _tr("Back up and restore"),
            _tr(
                "One file that opens on any computer with a passphrase of its own. In it: conversations, "
                "documents, what is known about you and what was learned, settings, hidden details, and the "
                "list of what left. Not in it: models, and keys of the cloud, which you enter again."
            ),
            "backup_card",
        )
        self._door = door
        self._path = Path()
        theme = tools.theme
        self._make = Button(theme, self.tr("Back up…"), icon="download")
        self._make.setObjectName("backup_make")
        self._make.clicked.connect(self._on_make)
        self._restore = Button(theme, self.tr("Restore…"), icon="history")
        self._restore.setObjectName("backup_restore")
        self._restore.clicked.connect(self._on_restore)
        self._asks = QLabel()
        self._asks.setObjectName("backup_asks")
        self._asks.setWordWrap(True)
        self._asks.setTextFormat(Qt.TextFormat.PlainText)
        self._asks.hide()
        self._new = PassphraseForm(
            theme, "backup_new", self.tr("Passphrase for the backup"), self.tr("Back up"), is_new=True
        )
        self._new.entered.connect(self._on_new)
        self._old = PassphraseForm(
            theme, "backup_old", self.tr("Passphrase of this backup"), self.tr("Restore"), is_new=False
        )
        self._old.entered.connect(self._on_old)
        self._is_restoring = False
        self.work = WorkBar(theme, tools.runner, "backup", self.tr("Stop the backup or its restoring"))
        self.work.changed.connect(self._on_changed)
        self.work.done.connect(self._on_done)
        self._line = Line(self._make, self._restore)
        self._line.line.addStretch(1)
        for form in (self._new, self._old):
            form.hide()
            form.left.connect(self._on_left)
        self.add(self._asks, self._new, self._old, self.work, self._line)

    @Slot()
    def _on_make(self) -> None:
        filters = self.tr("Backups (*.{suffix})").format(suffix=_SUFFIX)
        ask_save(self, self.tr("Back up"), f"everything.{_SUFFIX}", filters, self.back_up)

    @Slot()
    def _on_restore(self) -> None:
        filters = self.tr("Backups (*.{suffix})").format(suffix=_SUFFIX) + ";;" + self.tr("All files (*)")
        ask_open(self, self.tr("Restore"), filters, self.restore)

    def back_up(self, path: Path) -> None:
        """Ask for a passphrase, then back up into a file."""
        told = self.tr("{file} will open with this passphrase only. Nobody can reset it.")
        self._ask(path, told, self._new)

    def restore(self, path: Path) -> None:
        """Ask for the passphrase, then put what is in a file in the place of what is here."""
        told = self.tr(
            "What is in {file} takes the place of everything that is here now, and that is gone then. "
            "Passphrase and recovery phrase end, too: set them again afterwards."
        )
        self._ask(path, told, self._old)

    def _ask(self, path: Path, told: str, form: PassphraseForm) -> None:
        self._path = path
        self._asks.setText(told.format(file=path.name))
        self._asks.show()
        self.work.say("")
        self._line.hide()
        form.ask()

    @Slot(str)
    def _on_new(self, passphrase: str) -> None:
        self._begin(
            Job(
                partial(self._door.back_up, self._path, passphrase),
                self.tr("Backing up"),
                self.tr("Stopped. No file was written."),
            )
        )

    @Slot(str)
    def _on_old(self, passphrase: str) -> None:
        self._is_restoring = True
        self._begin(
            Job(
                partial(self._door.restore, self._path, passphrase),
                self.tr("Restoring"),
                self.tr("Stopped. Everything is as it was."),
            )
        )

    def _begin(self, job: Job) -> None:
        self._on_left()
        self.work.start(job)

    @Slot()
    def _on_left(self) -> None:
        for widget in (self._asks, self._new, self._old):
            widget.hide()
        self._line.show()
        self._make.setFocus()

    @Slot(bool)
    def _on_changed(self, is_busy: bool) -> None:
        self._line.setDisabled(is_busy)

    @Slot()
    def _on_done(self) -> None:
        if self._is_restoring:
            self.restored.emit()
        self._is_restoring = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("BackupCard", text)
