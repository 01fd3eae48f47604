"""How the database's tables came to be, one small step after the other.

A step that was shipped never changes: the next change is a new step at the end.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.core.store.remembering import remembering

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]

SET = "confidant"
"""Name of our set in the table that sqlite-utils keeps of applied steps."""


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
    _make_searchable(db, "conversation", "title", ready="1")
    _make_searchable(db, "message", "text", ready="{row}.state <> 'streaming'")


def settings(db: "Database") -> None:
    """Make the table of settings; values are JSON."""
    db.execute("CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


def vault(db: "Database") -> None:
    """Make the table of ciphertexts that only the privacy floor can read.

    No reference to `conversation`: scripts sanitize for conversations that have no messages.
    """
    db.executescript(
        """
        CREATE TABLE vault (
          number INTEGER PRIMARY KEY,
          conversation TEXT NOT NULL,
          entry TEXT NOT NULL,
          ciphertext BLOB NOT NULL,
          UNIQUE (conversation, entry)
        );
        """
    )


def ledger(db: "Database") -> None:
    """Make the table of what left; bodies and digests are encrypted, and gone once they are NULL."""
    db.executescript(
        """
        CREATE TABLE ledger (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          time REAL NOT NULL,
          provider TEXT NOT NULL,
          purpose TEXT NOT NULL,
          model TEXT NOT NULL,
          kinds TEXT NOT NULL,
          bytes_sent INTEGER NOT NULL,
          sha256 TEXT NOT NULL,
          body BLOB,
          digests BLOB
        );
        CREATE INDEX ledger_provider ON ledger (provider, id);
        """
    )


def fixes(db: "Database") -> None:
    """Keep with an answer that failed which button helps."""
    db.execute("ALTER TABLE message ADD COLUMN fix TEXT NOT NULL DEFAULT ''")


def memory(db: "Database") -> None:
    """Make what is remembered searchable by meaning.

    `note` is what was told to the memory alone. `turn` shows it together with the conversations' messages,
    under numbers that tell the two apart, and `vector` holds what the embedder makes of each turn.
    """
    db.executescript(
        """
        CREATE TABLE note (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          conversation TEXT NOT NULL,
          speaker TEXT NOT NULL,
          role TEXT NOT NULL,
          time REAL NOT NULL,
          text TEXT NOT NULL,
          UNIQUE (conversation, name)
        );
        CREATE TABLE vector (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          turn INTEGER NOT NULL,
          model TEXT NOT NULL,
          value BLOB NOT NULL
        );
        CREATE INDEX vector_turn ON vector (turn, model);
        CREATE INDEX message_turn ON message (id, conversation, role, created, state);
        CREATE VIEW turn AS
          SELECT 2 * id AS number, 'message-' || id AS name, conversation, '' AS speaker, role,
                 created AS time, text, id AS row, 0 AS is_note
          FROM message WHERE state IN ('complete', 'stopped', 'interrupted')
          UNION ALL
          SELECT 2 * id + 1, name, conversation, speaker, role, time, text, id, 1 FROM note;
        CREATE TRIGGER message_vector_gone AFTER DELETE ON message
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id; END;
        CREATE TRIGGER message_vector_old AFTER UPDATE OF text ON message
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id; END;
        CREATE TRIGGER note_vector_gone AFTER DELETE ON note
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id + 1; END;
        CREATE TRIGGER note_vector_old AFTER UPDATE OF text ON note
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id + 1; END;
        """
    )
    _make_searchable(db, "note", "text", ready="1")


def exposure(db: "Database") -> None:
    """Make the table of which traits each provider was told: times and counts, never a word."""
    db.executescript(
        """
        CREATE TABLE exposure (
          provider TEXT NOT NULL,
          trait TEXT NOT NULL,
          first REAL NOT NULL,
          last REAL NOT NULL,
          times INTEGER NOT NULL,
          PRIMARY KEY (provider, trait)
        ) WITHOUT ROWID;
        """
    )


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


def collaboration(db: "Database") -> None:
    """Make what two models need to work together: accounts of answers, choices, money.

    A `choice` is what the adaptive mechanism saw (numbers alone) and did for an answer, and what the person
    made of it; it goes with its message.
    """
    db.executescript(
        """
        ALTER TABLE message ADD COLUMN account TEXT NOT NULL DEFAULT '';
        CREATE TABLE choice (
          message INTEGER PRIMARY KEY,
          arm TEXT NOT NULL,
          model TEXT NOT NULL,
          features BLOB NOT NULL,
          propensity REAL NOT NULL,
          reward REAL
        );
        CREATE TABLE learner (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE spending (
          month TEXT PRIMARY KEY,
          calls INTEGER NOT NULL,
          prompt_tokens INTEGER NOT NULL,
          answer_tokens INTEGER NOT NULL,
          cost REAL NOT NULL
        ) WITHOUT ROWID;
        CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
          DELETE FROM choice WHERE message = old.id;
        END;
        """
    )


def knowing(db: "Database") -> None:
    """Make what the assistant knows of the person; it goes with its source."""
    db.executescript(
        """
        ALTER TABLE conversation ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE fact (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          text TEXT NOT NULL,
          state TEXT NOT NULL,
          confidence REAL NOT NULL DEFAULT 1,
          created REAL NOT NULL,
          source INTEGER,
          replaced_by INTEGER,
          model TEXT NOT NULL DEFAULT '',
          vector BLOB
        );
        CREATE INDEX fact_state ON fact (state, id);
        CREATE INDEX fact_source ON fact (source);
        CREATE TRIGGER fact_gone AFTER DELETE ON fact BEGIN
          UPDATE fact SET replaced_by = NULL WHERE replaced_by = old.id;
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'fact' OR json_extract(used.value, '$.id') <> old.id
          )) WHERE account LIKE '%"source":"fact"%' AND json_valid(account);
        END;
        CREATE TRIGGER message_told AFTER DELETE ON message BEGIN
          DELETE FROM fact WHERE source = old.id;
        END;
        CREATE TABLE style (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """
    )


def examples(db: "Database") -> None:
    """Make what the local model learned from the cloud; it goes with its source.

    `example` keeps no private detail: what was asked and answered stands in the messages `asked` and `source`
    alone. `example_use` says to which answers it was given, and what the person made of them.
    """
    db.executescript(
        """
        CREATE TABLE example (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          state TEXT NOT NULL,
          fingerprint TEXT NOT NULL,
          masked TEXT NOT NULL,
          strategy TEXT NOT NULL,
          answer TEXT NOT NULL,
          signals TEXT NOT NULL DEFAULT '{}',
          created REAL NOT NULL,
          asked INTEGER NOT NULL,
          source INTEGER NOT NULL UNIQUE,
          model TEXT NOT NULL,
          vector BLOB NOT NULL
        );
        CREATE INDEX example_fingerprint ON example (fingerprint);
        CREATE INDEX example_asked ON example (asked);
        CREATE TABLE example_use (
          example INTEGER NOT NULL,
          answer INTEGER NOT NULL,
          good INTEGER NOT NULL,
          PRIMARY KEY (example, answer)
        ) WITHOUT ROWID;
        CREATE INDEX example_use_answer ON example_use (answer);
        CREATE TRIGGER example_gone AFTER DELETE ON example BEGIN
          DELETE FROM example_use WHERE example = old.id;
        END;
        CREATE TRIGGER message_taught AFTER DELETE ON message BEGIN
          DELETE FROM example WHERE source = old.id OR asked = old.id;
          DELETE FROM example_use WHERE answer = old.id;
        END;
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
    _make_searchable(db, "passage", "text", ready="1")
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


def forgetting(db: "Database") -> None:
    """Let what left for a conversation go with it, and what is forgotten go out of answers that used it.

    A row of the ledger names its conversation from the start: a program that is killed in the middle of an
    answer has noted nowhere else what had left for it.
    """
    db.executescript(
        """
        ALTER TABLE ledger ADD COLUMN conversation TEXT NOT NULL DEFAULT '';
        CREATE INDEX ledger_conversation ON ledger (conversation) WHERE conversation <> '';
        UPDATE ledger SET conversation = said.conversation FROM (
          SELECT ledger AS row, conversation FROM message WHERE ledger IS NOT NULL
          UNION
          SELECT each.value, message.conversation FROM message,
            json_each(CASE WHEN json_valid(account) THEN account ELSE '{}' END, '$.requests') AS each
        ) AS said WHERE said.row = ledger.id;
        CREATE TRIGGER conversation_left AFTER DELETE ON conversation BEGIN
          UPDATE ledger SET body = NULL, digests = NULL, sha256 = '', conversation = ''
          WHERE conversation = old.id;
        END;
        CREATE TRIGGER example_unused AFTER DELETE ON example BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'example'
              OR json_extract(used.value, '$.id') <> old.id
          )) WHERE account LIKE '%"source":"example"%' AND json_valid(account);
        END;
        CREATE TRIGGER fact_corrected AFTER UPDATE OF text ON fact WHEN old.text <> new.text BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'fact' OR json_extract(used.value, '$.id') <> old.id
          )) WHERE account LIKE '%"source":"fact"%' AND json_valid(account);
        END;
        """
    )


def manner(db: "Database") -> None:
    """Keep how the person writes text by text, so that it goes with the message that showed it.

    Sums of before cannot be told apart by message any more: they go.
    """
    db.executescript(
        """
        DROP TABLE style;
        CREATE TABLE style (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          message INTEGER,
          counts TEXT NOT NULL
        );
        CREATE INDEX style_message ON style (message);
        CREATE TRIGGER message_showed AFTER DELETE ON message BEGIN
          DELETE FROM style WHERE message = old.id;
        END;
        CREATE TRIGGER conversation_showed AFTER UPDATE OF left_out ON conversation WHEN new.left_out BEGIN
          DELETE FROM style WHERE message IN (SELECT id FROM message WHERE conversation = new.id);
        END;
        """
    )


def rewording(db: "Database") -> None:
    """Let the old words of a note go out of the answers that they were used for."""
    db.executescript(
        """
        CREATE TRIGGER note_reworded AFTER UPDATE OF text ON note WHEN old.text <> new.text BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id + 1
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
        END;
        """
    )


STEPS: tuple[Step, ...] = (
    conversations, search, settings, vault, ledger, fixes, memory, exposure, imports, collaboration,
    knowing, examples, documents, forgetting, remembering, manner, rewording,
)  # fmt: skip


def apply(db: "Database", steps: Sequence[Step]) -> None:
    """Take the steps that are missing; call it inside a transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations(SET)
    for step in steps:
        migrations(name=step.__name__)(step)
    migrations.apply(db)


def _make_searchable(db: "Database", table: str, column: str, *, ready: str) -> None:
    """Index one column, kept up to date by triggers that ignore changes of other columns."""
    db.table(table).enable_fts([column], tokenize="porter unicode61 remove_diacritics 2")
    key = {"conversation": "number", "message": "id", "note": "id", "passage": "id"}[table]
    watched = column if ready == "1" else f"{column}, state"
    index = f"{table}_fts"
    old, new = ready.format(row="old"), ready.format(row="new")
    add = f"INSERT INTO {index} (rowid, {column}) VALUES (new.{key}, new.{column});"
    drop = f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.{key}, old.{column});"
    db.executescript(
        f"""
        CREATE TRIGGER {table}_added AFTER INSERT ON {table} WHEN {new} BEGIN {add} END;
        CREATE TRIGGER {table}_dropped AFTER DELETE ON {table} WHEN {old} BEGIN {drop} END;
        CREATE TRIGGER {table}_changes BEFORE UPDATE OF {watched} ON {table} WHEN {old} BEGIN {drop} END;
        CREATE TRIGGER {table}_changed AFTER UPDATE OF {watched} ON {table} WHEN {new} BEGIN {add} END;
        """
    )
