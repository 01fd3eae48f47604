"""Conversations that come along from elsewhere, and those that go along."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot

from app.ui.buttons import Button
from app.ui.files import ask_open, ask_save
from app.ui.settings.card import Card
from app.ui.settings.keeping import KeepingDoor
from app.ui.settings.row import Line
from app.ui.settings.tools import Tools
from app.ui.settings.work_bar import Job, WorkBar


class ImportCard(Card):
    """Reads the exports of ChatGPT, Claude and Confidant.

    Signals:
        brought(): conversations came, or some of them.
    """

    brought = Signal()

    def __init__(self, tools: Tools, door: KeepingDoor) -> None:
        super().__init__(
            _tr("Bring conversations along"),
            _tr(
                "From ChatGPT, Claude or another Confidant: the ZIP as it came, or the conversations.json in "
                "it. It is read on this computer, and what is here already is not added twice."
            ),
            "import_card",
        )
        self._door = door
        self._choose = Button(tools.theme, self.tr("Choose a file…"), icon="download")
        self._choose.setObjectName("import")
        self._choose.setAccessibleName(self.tr("Choose a file with conversations to bring along"))
        self._choose.clicked.connect(self._on_choose)
        self.work = WorkBar(tools.theme, tools.runner, "import", self.tr("Stop the import"))
        self.work.changed.connect(self._choose.setDisabled)
        self.work.changed.connect(self._on_changed)
        line = Line(self._choose)
        line.line.addStretch(1)
        self.add(self.work, line)

    @Slot()
    def _on_choose(self) -> None:
        filters = self.tr("Conversations (*.zip *.json)") + ";;" + self.tr("All files (*)")
        ask_open(self, self.tr("Bring conversations along"), filters, self.bring)

    def bring(self, path: Path) -> None:
        """Import a file."""
        self.work.start(
            Job(
                partial(self._door.bring, path),
                self.tr("Reading {file}").format(file=path.name),
                self.tr("Stopped. What was read before that is here."),
            )
        )

    @Slot(bool)
    def _on_changed(self, is_busy: bool) -> None:
        if not is_busy:
            self.brought.emit()  # after Stop, too: what came before it stays


class ExportCard(Card):
    """Writes every conversation into one file."""

    def __init__(self, tools: Tools, door: KeepingDoor) -> None:
        super().__init__(
            _tr("Take your conversations along"),
            _tr(
                "Every conversation in one file that anybody can read who gets it: Markdown for people, "
                "JSON for other programs. Temporary ones are not in it."
            ),
            "export_card",
        )
        self._door = door
        self._buttons = {
            Button(tools.theme, self.tr("Markdown…"), icon="upload"): "md",
            Button(tools.theme, self.tr("JSON…"), icon="upload"): "json",
        }
        self.work = WorkBar(tools.theme, tools.runner, "export", self.tr("Stop the export"))
        for button, form in self._buttons.items():
            button.setObjectName(f"export_{form}")
            name = button.text().removesuffix("…")
            button.setAccessibleName(self.tr("Export every conversation as {form}").format(form=name))
            button.clicked.connect(self._on_choose)
            self.work.changed.connect(button.setDisabled)
        line = Line(*self._buttons)
        line.line.addStretch(1)
        self.add(self.work, line)

    @Slot()
    def _on_choose(self) -> None:
        button = self.sender()
        if not isinstance(button, Button):
            return
        form = self._buttons[button]
        filters = self.tr("Markdown (*.md)") if form == "md" else self.tr("JSON (*.json)")
        then = partial(self.give, form)
        ask_save(self, self.tr("Take your conversations along"), f"conversations.{form}", filters, then)

    def give(self, form: str, path: Path) -> None:
        """Export into a file."""
        self.work.start(
            Job(
                partial(self._door.give, path, form),
                self.tr("Writing {file}").format(file=path.name),
                self.tr("Stopped. No file was written."),
            )
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TransferCards", text)
