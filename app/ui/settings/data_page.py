"""The person's data: where it is, how much it is, and how to delete all of it."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout

from app.ui.buttons import Button
from app.ui.ledger_row import size_words
from app.ui.settings.page import Page
from app.ui.settings.row import Line, caption


class DataPage(Page):
    """Folder, size, and the end of everything.

    Signals:
        erased(): all conversations, settings and keys are gone.
    """

    erased = Signal()

    def add_after(self) -> None:
        self.add_widget(self._make_folder())
        self.add_widget(self._make_eraser())

    def came_up(self) -> None:
        folder = self.tools.paths.profile
        self.tools.runner.call(lambda: _weigh(folder), self._size.setText)

    def _make_folder(self) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        title = QLabel(self.tr("Where it is"))
        title.setProperty("type", "strong")
        place = caption(str(self.tools.paths.profile))
        place.setObjectName("profile_folder")
        self._size = caption()
        self._size.setObjectName("profile_size")
        show = Button(self.tools.theme, self.tr("Open folder"), icon="folder")
        show.clicked.connect(self._on_open)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (title, place, self._size):
            words.addWidget(label)
        line = Line()
        line.line.addLayout(words, 1)
        line.line.addWidget(show)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(line)
        return card

    def _make_eraser(self) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        self._word = self.tr("delete")
        title = QLabel(self.tr("Delete everything"))
        title.setProperty("type", "strong")
        says = caption(
            self.tr(
                "All conversations, what left, your settings and the stored key. Models stay. "
                "This cannot be undone. Type “{0}” to go on."
            ).format(self._word)
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
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        for widget in (title, says, line, self._told):
            column.addWidget(widget)
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
