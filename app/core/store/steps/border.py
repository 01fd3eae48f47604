"""Steps of what leaves and what stands for it; a step that was shipped never changes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


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
