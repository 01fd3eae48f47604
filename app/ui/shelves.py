"""The documents of conversations: attached one after the other, listed and removed in the background."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.core.types import StoredDocument
from app.ui.runner import Run, Runner

Tell = Callable[[int, int], None]
Read = Callable[[Cancel, Tell], StoredDocument]


class DocumentsDoor(Protocol):
    """Where documents are kept; every method may block."""

    def attach(self, conversation: str, path: Path, cancel: Cancel, tell: Tell) -> StoredDocument: ...

    def keep(self, conversation: str, name: str, text: str, cancel: Cancel, tell: Tell) -> StoredDocument: ...

    def list(self, conversation: str) -> "list[StoredDocument]": ...

    def remove(self, id: int) -> None: ...


class HasDocuments(Protocol):
    """Makes the door when it is first asked for, which loads much: on a worker."""

    @property
    def documents(self) -> DocumentsDoor: ...


@dataclass(eq=False, slots=True)
class Attached:
    """A document on its way, or there."""

    name: str
    document: StoredDocument | None = None
    read: Read | None = None
    """Reads it, where it is not there yet."""
    run: Run | None = None
    kept: StoredDocument | None = None
    """What came of the reading, which nobody is told after a stop."""
    done: int = 0
    pages: int = 0
    fault: str = ""

    @property
    def is_reading(self) -> bool:
        """Whether it is being read, or waits for that."""
        return self.document is None and not self.fault


class Shelves(QObject):
    """One shelf for each conversation; one document is read at a time, so that answers have their turn.

    Signals:
        changed(str): the shelf of this conversation is another one now.
        told(str): something went wrong that belongs to no document.
    """

    changed = Signal(str)
    told = Signal(str)

    def __init__(self, parts: HasDocuments, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._runner = runner
        self._shelves: dict[str, list[Attached]] = {}
        self._waiting: deque[tuple[str, Attached]] = deque()
        self._now: Attached | None = None

    def of(self, conversation: str) -> list[Attached]:
        """Return what a conversation has, as far as it is known."""
        return list(self._shelves.get(conversation, ()))

    def is_reading(self, conversation: str) -> bool:
        """Say whether a document of it is not read yet."""
        return any(each.is_reading for each in self.of(conversation))

    def look(self, conversation: str) -> None:
        """Read which documents a conversation has."""
        self._runner.call(
            lambda: self._parts.documents.list(conversation),
            partial(self._on_listed, conversation),
            self.told.emit,
        )

    def attach(self, conversation: str, path: Path) -> None:
        """Read a file, and keep it with the conversation."""

        def read(cancel: Cancel, tell: Tell) -> StoredDocument:
            return self._parts.documents.attach(conversation, path, cancel, tell)

        self._add(conversation, Attached(path.name, read=read))

    def keep(self, conversation: str, name: str, text: str) -> None:
        """Keep a text with the conversation, as if it had been a file."""

        def read(cancel: Cancel, tell: Tell) -> StoredDocument:
            return self._parts.documents.keep(conversation, name, text, cancel, tell)

        self._add(conversation, Attached(name, read=read))

    def end(self, conversation: str, attached: Attached) -> None:
        """Stop reading it, remove it, or take away what was said about it."""
        if attached.run is not None:
            attached.run.stop()
        if attached.document is not None:
            self._remove(attached.document)
        shelf = self._shelves.get(conversation, [])
        if attached in shelf:
            shelf.remove(attached)
        self._waiting = deque(each for each in self._waiting if each[1] is not attached)
        self.changed.emit(conversation)

    def drop(self, conversation: str) -> None:
        """Stop what is read for a conversation that is gone."""
        for each in self.of(conversation):
            if each.is_reading:
                self.end(conversation, each)
        self._shelves.pop(conversation, None)

    def _remove(self, document: StoredDocument) -> None:
        number = document.id
        self._runner.call(lambda: self._parts.documents.remove(number), _ignore, self.told.emit)

    def _add(self, conversation: str, attached: Attached) -> None:
        self._shelves.setdefault(conversation, []).append(attached)
        self._waiting.append((conversation, attached))
        self._next()
        self.changed.emit(conversation)

    def _next(self) -> None:
        if self._now is not None or not self._waiting:
            return
        conversation, attached = self._waiting.popleft()
        read = attached.read
        if read is None:
            return

        def work(cancel: Cancel, tell: Callable[[object], None]) -> None:
            attached.kept = read(cancel, lambda done, pages: tell((done, pages)))
            tell(attached.kept)

        self._now = attached
        attached.run = self._runner.start(
            work,
            partial(self._on_told, conversation, attached),
            partial(self._on_end, conversation, attached),
        )

    def _on_told(self, conversation: str, attached: Attached, event: object) -> None:
        match event:
            case StoredDocument():
                attached.document, attached.name = event, event.name
            case (int(done), int(pages)):
                attached.done, attached.pages = done, pages
        self.changed.emit(conversation)

    def _on_end(self, conversation: str, attached: Attached, error: BaseException | None) -> None:
        attached.run = attached.read = self._now = None
        if attached.kept is not None and attached.document is None:
            self._remove(attached.kept)  # it was there just before it was told to stop
        match error:
            case None | Cancelled():
                pass
            case ConfidantError():
                attached.fault = error.told
            case _:
                attached.fault = self.tr("Something went wrong inside Confidant. Try again.")
        self._next()
        self.changed.emit(conversation)

    def _on_listed(self, conversation: str, documents: list[StoredDocument]) -> None:
        shelf = self._shelves.get(conversation, [])
        known = {each.document.id: each for each in shelf if each.document is not None}
        kept = [known.get(each.id) or Attached(each.name, each) for each in documents]
        self._shelves[conversation] = kept + [each for each in shelf if each.document is None]
        self.changed.emit(conversation)


def _ignore(_: object) -> None:
    """It is off the shelf already."""
