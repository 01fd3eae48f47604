"""Lets files come into a conversation: by button, drop, paste; and shows what is there."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from app.ui.file_drop import FileDrop
from app.ui.files import ask_open_several
from app.ui.main_window import MainWindow
from app.ui.runner import Runner
from app.ui.shelves import Attached, HasDocuments, Shelves
from app.ui.theme import Theme

_KEYS = "Ctrl+Shift+A"


class Attaching(QObject):
    """Wires the page's button, field and chips to the shelves."""

    def __init__(self, documents: HasDocuments, window: MainWindow, runner: Runner, theme: Theme) -> None:
        super().__init__(window)
        self._page = page = window.page
        self.shelves = Shelves(documents, runner, self)
        self._pasted = 0
        drop = FileDrop(theme, page)
        drop.dropped.connect(self.attach)
        composer = page.composer
        composer.attach_wanted.connect(self._on_wanted)
        composer.files_pasted.connect(self.attach)
        composer.long_pasted.connect(self._on_long)
        composer.held.connect(self._on_held)
        page.documents.ended.connect(self._on_ended)
        page.documents.emptied.connect(composer.editor.setFocus)
        page.shown.connect(self._on_shown)
        self.shelves.changed.connect(self._on_changed)
        self.shelves.told.connect(partial(page.notices.show_notice, look="warning"))
        window.list.deleted.connect(self.shelves.drop)
        QShortcut(QKeySequence(_KEYS), window, self._on_wanted)

    @Slot(object)
    def attach(self, paths: list[Path]) -> None:
        """Attach files to the conversation that is on screen."""
        for path in paths:
            if self._conversation:
                self.shelves.attach(self._conversation, path)
        self._page.composer.editor.setFocus()

    @property
    def _conversation(self) -> str:
        talk = self._page.talk
        return talk.conversation.id if talk is not None else ""

    @Slot()
    def _on_wanted(self) -> None:
        kinds = self.tr("Documents (*.pdf *.docx *.md *.txt *.html *.htm *.csv *.tsv)")
        filters = f"{kinds};;{self.tr('All files (*)')}"
        ask_open_several(self._page, self.tr("Attach documents"), filters, self.attach)

    @Slot(str, bool)
    def _on_long(self, text: str, is_in: bool) -> None:
        count = f"{len(text):,}"
        if is_in:
            told = self.tr(
                "That is a long text: {n} characters. As a document it is read once, and only passages that "
                "bear on your question are used."
            )
        else:
            told = self.tr(
                "{n} characters are too much for one message. As a document they can be kept and asked about."
            )
        keep = partial(self._keep, text)
        self._page.notices.show_notice(
            told.format(n=count), "notice", ((self.tr("Keep as a document"), keep),)
        )

    def _keep(self, text: str) -> None:
        composer = self._page.composer
        if text in composer.text:
            composer.set_text(composer.text.replace(text, "", 1).strip())
        self._pasted += 1
        name = self.tr("Pasted text {n}").format(n=self._pasted)
        self.shelves.keep(self._conversation, name, text)
        composer.editor.setFocus()

    @Slot()
    def _on_held(self) -> None:
        reading = [each.name for each in self.shelves.of(self._conversation) if each.is_reading]
        told = self.tr("Your question waits until {name} is read.").format(name=", ".join(reading))
        without = self._page.composer.release
        self._page.notices.show_notice(told, "notice", ((self.tr("Ask without it"), without),))

    @Slot(object)
    def _on_ended(self, attached: Attached) -> None:
        self.shelves.end(self._conversation, attached)

    @Slot(str)
    def _on_shown(self, conversation: str) -> None:
        self._page.composer.forget_wish()  # it belongs to the conversation before
        self._show()
        self.shelves.look(conversation)

    @Slot(str)
    def _on_changed(self, conversation: str) -> None:
        if conversation == self._conversation:
            self._show()

    def _show(self) -> None:
        shelf, composer = self.shelves.of(self._conversation), self._page.composer
        self._page.documents.show_all(shelf)
        is_reading = any(each.is_reading for each in shelf)
        if not is_reading and composer.is_waiting and any(each.fault for each in shelf):
            composer.forget_wish()
            told = self.tr("Your question was not sent, since a document could not be read.")
            self._page.notices.show_notice(told, "warning")
        composer.hold(is_reading)
