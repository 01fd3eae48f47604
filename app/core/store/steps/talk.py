"""Steps of conversations, settings and attached documents; a step that was shipped never changes."""

from typing import TYPE_CHECKING

from app.core.store.steps.searching import make_searchable

if TYPE_CHECKING:
    from sqlite_utils import Database


def conversations(db: "Database") -> None:
    """Make the tables of conversations and their messages.

    `number` is there because a search index needs an integer that VACUUM does not renumber.
    """
    db.executescript(
        """
        CREATE TABLE conversation (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          title TEXT NOT NULL,
          created REAL NOT NULL,
          updated REAL NOT NULL,
          level TEXT NOT NULL,
          pinned INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX conversation_order ON conversation (pinned DESC, updated DESC, number DESC);
        CREATE TABLE message (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          conversation TEXT NOT NULL REFERENCES conversation (id),
          role TEXT NOT NULL,
          text TEXT NOT NULL,
          created REAL NOT NULL,
          state TEXT NOT NULL,
          wire_text TEXT NOT NULL DEFAULT '',
          pieces TEXT NOT NULL DEFAULT '[]',
          route TEXT NOT NULL DEFAULT '',
          model TEXT NOT NULL DEFAULT '',
          hidden INTEGER NOT NULL DEFAULT 0,
          ledger INTEGER,
          failure TEXT NOT NULL DEFAULT '',
          owner TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX message_order ON message (conversation, id);
        CREATE INDEX message_streaming ON message (owner) WHERE state = 'streaming';
        """
    )


def search(db: "Database") -> None:
    """Index titles and messages for searching, but an answer only once it has stopped growing."""
    make_searchable(db, "conversation", "title", ready="1")
    make_searchable(db, "message", "text", ready="{row}.state <> 'streaming'")


def settings(db: "Database") -> None:
    """Make the table of settings; values are JSON."""
    db.execute("CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


def fixes(db: "Database") -> None:
    """Keep with an answer that failed which button helps."""
    db.execute("ALTER TABLE message ADD COLUMN fix TEXT NOT NULL DEFAULT ''")


def imports(db: "Database") -> None:
    """Note where imported conversations and messages come from, so that nothing comes twice.

    In the row of a conversation `message` is NULL. What is deleted may be imported again.
    """
    db.executescript(
        """
        CREATE TABLE import (
          source TEXT NOT NULL,
          name TEXT NOT NULL,
          conversation TEXT NOT NULL,
          message INTEGER
        );
        CREATE INDEX import_name ON import (source, name);
        CREATE INDEX import_conversation ON import (conversation);
        CREATE TRIGGER import_gone AFTER DELETE ON conversation
          BEGIN DELETE FROM import WHERE conversation = old.id; END;
        """
    )


def documents(db: "Database") -> None:
    """Make the tables of attached documents; they go with their conversation.

    `value` is the passage's vector by the embedder `model`. What the full-text index knows of a document is
    merged away as it goes, whoever deletes it.
    """
    db.executescript(
        """
        CREATE TABLE document (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          pages INTEGER NOT NULL,
          characters INTEGER NOT NULL,
          added REAL NOT NULL
        );
        CREATE INDEX document_conversation ON document (conversation, id);
        CREATE TABLE passage (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
          page INTEGER NOT NULL,
          start INTEGER NOT NULL,
          place TEXT NOT NULL,
          text TEXT NOT NULL,
          model TEXT NOT NULL DEFAULT '',
          value BLOB
        );
        CREATE INDEX passage_order ON passage (document, page, start);
        """
    )
    make_searchable(db, "passage", "text", ready="1")
    db.executescript(
        """
        CREATE TRIGGER document_gone AFTER DELETE ON document BEGIN
          INSERT INTO passage_fts (passage_fts) VALUES ('optimize');
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'passage'
              OR json_extract(used.value, '$.id') <> old.id
              OR instr(json_extract(used.value, '$.text'), old.name) <> 1
          )) WHERE conversation = old.conversation AND account LIKE '%"source":"passage"%'
            AND json_valid(account);
        END;
        """
    )
