"""The person's data: where it is, what protects it, copies of it, and how to delete all of it."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from app.core.settings import DATA_ENCRYPTED
from app.ui.buttons import Button
from app.ui.ledger_row import size_words
from app.ui.settings.backup_card import BackupCard
from app.ui.settings.card import Card
from app.ui.settings.index_line import IndexLine
from app.ui.settings.page import Page
from app.ui.settings.protection_card import ProtectionCard
from app.ui.settings.row import Line, caption
from app.ui.settings.transfer_cards import ExportCard, ImportCard

_KNOWN_AS = (
    "encryption encrypt passphrase password recovery phrase key back up backup restore import export chatgpt "
    "claude markdown json delete everything folder"
)


class DataPage(Page):
    """Folder, encryption, files that come and go, and the end of everything.

    Signals:
        erased(): all conversations, settings and keys are gone, or others are in their place.
        brought(): conversations came from a file.
    """

    erased = Signal()

    brought = Signal()

    shown_otherwise = frozenset({DATA_ENCRYPTED.key})

    def add_after(self) -> None:
        tools, door = self.tools, self.tools.keeping
        self._protection = ProtectionCard(tools, door)
        backup = BackupCard(tools, door)
        backup.restored.connect(self._on_restored)
        imports = ImportCard(tools, door)
        imports.brought.connect(self.brought)
        cards = (self._protection, backup, imports, ExportCard(tools, door))
        for card in (self._make_folder(), *cards, self._make_eraser()):
            self.add_widget(card)

    def came_up(self) -> None:
        folder = self.tools.paths.profile
        self.tools.runner.call(lambda: _weigh(folder), self._size.setText)
        self._index.refresh()
        self._protection.refresh()

    def search(self, words: list[str]) -> int:
        found = super().search(words)
        return found + int(bool(words) and all(word in _KNOWN_AS for word in words))

    def _make_folder(self) -> Card:
        card = Card(self.tr("Where it is"))
        place = caption(str(self.tools.paths.profile))
        place.setObjectName("profile_folder")
        self._size = caption()
        self._size.setObjectName("profile_size")
        show = Button(self.tools.theme, self.tr("Open folder"), icon="folder")
        show.clicked.connect(self._on_open)
        line = Line(show)
        line.line.addStretch(1)
        self._index = IndexLine(self.tools.index, self.tools.runner)
        card.add(place, self._size, self._index, line)
        return card

    def _make_eraser(self) -> Card:
        self._word = self.tr("delete")
        card = Card(
            self.tr("Delete everything"),
            self.tr(
                "All conversations and documents, what is known about you and what was learned, what left, "
                "your settings and the stored keys, down to the bytes on the disk. Models, and backups that "
                "you made elsewhere, stay. This cannot be undone. Type “{0}” to go on."
            ).format(self._word),
        )
        self._typed = QLineEdit()
        self._typed.setObjectName("erase_word")
        self._typed.setAccessibleName(self.tr("Type “{0}” to delete everything").format(self._word))
        self._typed.textChanged.connect(self._on_typed)
        self._erase = Button(self.tools.theme, self.tr("Delete everything"), "danger")
        self._erase.setObjectName("erase")
        self._erase.setEnabled(False)
        self._erase.clicked.connect(self._on_erase)
        self._told = caption()
        self._told.setObjectName("erase_told")
        self._told.hide()
        line = Line(self._typed, self._erase)
        line.line.setStretch(0, 1)
        card.add(line, self._told)
        return card

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.tools.paths.profile)))

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._erase.setEnabled(text.strip().casefold() == self._word)

    @Slot()
    def _on_erase(self) -> None:
        self._typed.clear()
        self._say(self.tr("Deleting…"))
        self.tools.runner.call(self.tools.session.erase_everything, self._on_erased, self._say)

    def _on_erased(self, _: object) -> None:
        self._say(self.tr("Everything is deleted."))
        self.tools.saver.load_all()
        self.came_up()
        self.erased.emit()

    @Slot()
    def _on_restored(self) -> None:
        self.tools.saver.load_all()
        self.came_up()
        self.erased.emit()

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.show()


def _weigh(folder: Path) -> str:
    """Say how large a folder is; files that go away meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return f"{size_words(total)}, models included"
