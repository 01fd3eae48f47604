"""The documents of conversations: attached, listed, removed, and searched."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.core.border import TEMPORARY
from app.core.cancel import Cancel
from app.core.documents.binder import Binder
from app.core.documents.kind import Kind
from app.core.documents.page import Page
from app.core.documents.plain_text import parts
from app.core.documents.reading import Read, opened, read
from app.core.documents.unreadable import LONGEST, TOLD, Unreadable, Why
from app.core.errors import DocumentFault, MemoryFault
from app.core.extracts.document import Document, passages
from app.core.store.documents import NewPassage, SqliteDocuments
from app.core.types import StoredDocument

if TYPE_CHECKING:
    from app.core.embeddings import Embedder

PASSING: Final = 1 << 40
"""From here on count the documents of temporary conversations."""
_BATCH: Final = 16
_NAME: Final = 120
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

# The class has a method `list`, which hides the type inside it.
_Documents = list[StoredDocument]


class Documents:
    """Every method may block, and raise `StoreError`."""

    def __init__(
        self, kept: SqliteDocuments, passing: SqliteDocuments, embedder: "Callable[[], Embedder]"
    ) -> None:
        """Keep documents beside their conversations.

        Args:
            passing: those of temporary conversations, in memory.
        """
        self._kept = kept
        self._passing = passing
        self._embedder = embedder

    def attach(
        self,
        conversation: str,
        path: Path,
        cancel: Cancel,
        tell: Callable[[int, int], None] = lambda done, all: None,
    ) -> StoredDocument:
        """Read a file, index it and keep it: all of it, or nothing.

        Args:
            tell: takes how many pages of how many are searchable.

        Raises:
            DocumentFault: it cannot be read.
            Cancelled: it was stopped; nothing was kept.
        """
        store = self._of(conversation)
        store.check(conversation)
        try:
            with opened(path) as file:
                found = read(file, path.suffix[:10], cancel)
        except Unreadable as fault:
            raise DocumentFault(TOLD[fault.why]) from fault
        cut = self._indexed(found, cancel, tell)
        cancel.check()
        return store.add(conversation, _name(path), found.kind.value, len(found.pages), cut)

    def keep(
        self, conversation: str, name: str, text: str, cancel: Cancel, tell: Callable[[int, int], None]
    ) -> StoredDocument:
        """Keep a text that was pasted, as `attach` keeps a file; it is written into no file on the way."""
        store = self._of(conversation)
        store.check(conversation)
        if len(text) > LONGEST:
            raise DocumentFault(TOLD[Why.TOO_LONG])
        found = Read(Kind.TEXT, tuple(parts(text.encode("utf-8", "replace").decode())))
        cut = self._indexed(found, cancel, tell)
        cancel.check()
        return store.add(conversation, name, found.kind.value, len(found.pages), cut)

    def list(self, conversation: str) -> _Documents:
        """Return the documents of a conversation in the order in which they came."""
        return self._of(conversation).list(conversation)

    def remove(self, id: int) -> None:
        """Destroy a document, down to the bytes in the files; does nothing where there is none.

        Answers that quote it stay, as what was said stays.
        """
        (self._passing if id >= PASSING else self._kept).remove(id)

    def binder(self, conversation: str) -> Binder | None:
        """Return the documents of a conversation as a question sees them; nothing where there are none."""
        if not conversation:
            return None
        store = self._of(conversation)
        found = store.list(conversation)
        return Binder(store, found, self._embedder()) if found else None

    def _of(self, conversation: str) -> SqliteDocuments:
        return self._passing if conversation.startswith(TEMPORARY) else self._kept

    def _indexed(self, found: Read, cancel: Cancel, tell: Callable[[int, int], None]) -> Sequence[NewPassage]:
        cut = list(_cut(found.pages))
        count = len(found.pages)
        tell(0, count)
        with suppress(MemoryFault):  # then it is searched by words
            return list(self._read(cut, count, cancel, tell))
        tell(count, count)
        return cut

    def _read(
        self, cut: Sequence[NewPassage], count: int, cancel: Cancel, tell: Callable[[int, int], None]
    ) -> Iterator[NewPassage]:
        from app.core.documents.vectors import packed  # NumPy, which no start should wait for

        embedder = self._embedder()
        for start in range(0, len(cut), _BATCH):
            cancel.check()
            some = cut[start : start + _BATCH]
            rows = embedder.embed([each.text for each in some])
            for each, vector in zip(some, packed(rows), strict=True):
                yield NewPassage(each.page, each.start, each.place, each.text, embedder.name, vector)
            is_last = start + _BATCH >= len(cut)
            tell(count if is_last else some[-1].page, count)


def _cut(pages: Sequence[Page]) -> Iterator[NewPassage]:
    for each in passages(Document("", tuple(page.text for page in pages))):
        yield NewPassage(each.page, each.start, pages[each.page].place(each.start), each.text)


def _name(path: Path) -> str:
    """Return a file's name on one line, without what could not be seen in it."""
    name = " ".join(_UNSEEN.sub(" ", path.name).split()) or "document"
    return name if len(name) <= _NAME else f"{name[: _NAME // 2]}…{name[-_NAME // 2 :]}"
