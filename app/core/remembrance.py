"""What a profile remembers: each part is made when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from app.core.border import TEMPORARY
from app.core.chosen_embedder import ChosenEmbedder
from app.core.memory.indexing import Indexer
from app.core.memory.listening_spare import Spare
from app.core.memory.person import Nobody, Person
from app.core.settings import MEMORY_EMBEDDER, MEMORY_ENABLED, MEMORY_FACTS, Settings
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts
from app.core.store.style import SqliteStyle
from app.core.store.turn_index import SqliteTurnIndex
from app.core.store.turns import SqliteTurns

if TYPE_CHECKING:
    from app.core.documents.documents import Documents
    from app.core.embeddings import Embedder
    from app.core.memory.acquaintance import Acquaintance
    from app.core.memory.earlier_talk import EarlierTalk
    from app.core.memory.facts import Facts
    from app.core.memory.recall import Recall
    from app.core.memory.style import Style


class Remembrance:
    """Facts, style, earlier talk and documents of one profile."""

    def __init__(
        self, kept: Database, passing: Database, settings: Settings, spare: Callable[[], Spare]
    ) -> None:
        """Remember where things are kept.

        Args:
            spare: lends the local model while nobody asks it anything; nothing is indexed while it answers.
        """
        self._kept = kept
        self._passing = passing
        self.settings = settings
        self._spare = spare

    @cached_property
    def noted(self) -> SqliteFacts:
        return SqliteFacts(self._kept)

    @cached_property
    def facts(self) -> "Facts":
        from app.core.memory.facts import Facts  # many patterns, which no start should wait for

        return Facts(self.noted, lambda: self.embedder)

    @cached_property
    def style(self) -> "Style":
        from app.core.memory.style import Style

        return Style(SqliteStyle(self._kept))

    @cached_property
    def acquaintance(self) -> "Acquaintance":
        from app.core.memory.acquaintance import Acquaintance

        return Acquaintance(self.facts, self.style, self._spare())

    @cached_property
    def embedder(self) -> "Embedder":
        from app.core.embeddings import MiniLm  # NumPy, which no start should wait for

        return MiniLm()

    @cached_property
    def turns(self) -> SqliteTurns:
        return SqliteTurns(self._kept)

    @cached_property
    def recall(self) -> "Recall":
        from app.core.memory.recall import Recall

        chosen = ChosenEmbedder(self.embedder, lambda: self.settings[MEMORY_EMBEDDER])
        return Recall(self.turns, self.turn_index, chosen)

    @cached_property
    def turn_index(self) -> SqliteTurnIndex:
        return SqliteTurnIndex(self._kept)

    @cached_property
    def indexing(self) -> Indexer:
        return Indexer(lambda: self.recall, lambda: self._spare().is_answering())

    @cached_property
    def documents(self) -> "Documents":
        from app.core.documents.documents import PASSING, Documents
        from app.core.store.documents import SqliteDocuments

        kept, passing = SqliteDocuments(self._kept), SqliteDocuments(self._passing, PASSING)
        return Documents(kept, passing, lambda: self.embedder)

    def _earlier(self, conversation: str) -> "EarlierTalk":
        """Use nothing that was said where the person wants nothing remembered."""
        from app.core.memory.earlier_talk import NoTalk, OtherTalk  # patterns, which no start waits for

        if conversation.startswith(TEMPORARY) or not self.settings[MEMORY_ENABLED]:
            return NoTalk()
        return OtherTalk(lambda: self.recall, conversation, self.turn_index.left_out, self.indexing.wake)

    def _person(self, conversation: str) -> Person:
        """Know nobody where the person wants nothing known, or this conversation is left out."""
        if conversation.startswith(TEMPORARY):
            return Nobody()
        if not self.settings[MEMORY_FACTS]:
            self.noted.skip()  # it is not noted later either
            return Nobody()
        apart = bool(conversation) and self.facts.store.is_left_out(conversation)
        return Nobody() if apart else self.acquaintance

    def _end_background(self) -> None:
        """End what works in the background."""
        for name in ("indexing", "acquaintance"):
            if name in vars(self):
                vars(self)[name].close()
