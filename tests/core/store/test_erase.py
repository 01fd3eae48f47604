"""Erasing everything leaves an empty profile that works."""

from pathlib import Path

from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.erase import erase
from app.core.store.settings import DatabaseSettings
from app.core.store.vault import SqliteVaultStore


def test_everything_is_gone_to_the_last_byte(database: Database, path: Path) -> None:
    kept, settings = Conversations(database), DatabaseSettings(database)
    conversation = kept.create()
    kept.ask(conversation.id, "an unmistakable question")
    settings.write("privacy.own_words", ("unmistakable",))
    SqliteVaultStore(database).put(conversation.id, "1", b"unmistakable")
    erase(database)
    assert kept.list() == []
    assert dict(settings.read()) == {}
    assert kept.search("question") == []
    assert not [each for each in path.parent.iterdir() if b"unmistak" in each.read_bytes()]
    kept.ask(kept.create().id, "a new question")
    assert len(kept.search("question")) == 1
