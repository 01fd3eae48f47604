"""Brings conversations in from a file, and gives them away as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.cancel import Cancel
from app.core.errors import TransferFault
from app.core.store.conversations import Conversations
from app.core.store.documents import SqliteDocuments
from app.core.store.imports import SqliteImports
from app.core.transfer.giving import put
from app.core.transfer.reading import Tell, conversations
from app.core.transfer.writing import Written, as_json, as_markdown
from app.core.types import Conversation, StoredDocument, StoredMessage
from app.privacy.policy import Level

_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    conversations: int
    """With at least one new message."""
    messages: int
    known: int
    """Conversations in which nothing was new."""
    unread: int
    """Conversations that made no sense or were empty."""
    fault: str = ""
    """Why it ended early, as a sentence; what came before is kept."""


class Transfer:
    """Import and export of one profile."""

    def __init__(self, kept: Conversations, imports: SqliteImports, documents: SqliteDocuments) -> None:
        self._kept = kept
        self._imports = imports
        self._documents = documents

    def bring(self, path: Path, level: Level, cancel: Cancel, tell: Tell) -> Brought:
        """Import a file; each conversation is kept as soon as it is read, and only what is new of it.

        Args:
            level: how much of the conversations may leave from now on.

        Raises:
            TransferFault: not one conversation could be read.
            StoreError: it cannot be saved; what was saved before stays.
            Cancelled: it was stopped; what was saved before stays.
        """
        new = messages = known = unread = 0
        fault = ""
        try:
            for talk in conversations(path, cancel, tell):
                added = self._imports.put(talk, level) if talk is not None else 0
                new, messages = new + (added > 0), messages + added
                known, unread = known + (talk is not None and not added), unread + (talk is None)
        except TransferFault as error:
            if not (new or known or unread):
                raise
            fault = error.told
        return Brought(new, messages, known, unread, fault)

    def json(self) -> Iterator[str]:
        """Yield every kept conversation as JSON, in pieces."""
        return as_json(self._all())

    def markdown(self) -> Iterator[str]:
        """Yield every kept conversation as Markdown, in pieces."""
        return as_markdown(self._all())

    def give(self, path: Path, form: str, cancel: Cancel, tell: Tell) -> int:
        """Write every kept conversation into a file, whole or not at all; return how many there are.

        Args:
            form: `json` or `md`.
            tell: takes how many conversations of how many are written.

        Raises:
            TransferFault: it cannot be written there.
            StoreError: the conversations cannot be read.
            Cancelled: it was stopped; there is no file then.
        """
        found = list(self._conversations())

        def talks() -> Written:
            for done, conversation in enumerate(found):
                cancel.check()
                tell(done, len(found))
                yield self._whole(conversation)

        put(path, (as_json if form == "json" else as_markdown)(talks()))
        return len(found)

    def _all(self) -> Written:
        for conversation in self._conversations():
            yield self._whole(conversation)

    def _whole(
        self, conversation: Conversation
    ) -> tuple[Conversation, list[StoredMessage], list[StoredDocument]]:
        return conversation, self._kept.messages(conversation.id), self._documents.list(conversation.id)

    def _conversations(self) -> Iterator[Conversation]:
        start = 0
        while page := self._kept.list(_PAGE, start):
            start += len(page)
            yield from page
