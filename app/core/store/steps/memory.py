"""Steps of what is remembered and learned; a step that was shipped never changes."""

from typing import TYPE_CHECKING

from app.core.store.steps.searching import make_searchable

if TYPE_CHECKING:
    from sqlite_utils import Database


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
    make_searchable(db, "note", "text", ready="1")


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


def remembering(db: "Database") -> None:
    """Say cheaply whether what memory holds is still so, and let a turn go out of answers that used it.

    New turns and vectors show in their numbers; `turn_change` counts whatever else happens to them.
    """
    db.executescript(
        """
        CREATE TABLE turn_change (number INTEGER NOT NULL);
        INSERT INTO turn_change VALUES (0);
        CREATE TRIGGER turn_gone AFTER DELETE ON message WHEN old.state <> 'streaming'
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_changed AFTER UPDATE OF text, state, conversation ON message
          WHEN old.state <> 'streaming'
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_note_gone AFTER DELETE ON note
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_note_changed AFTER UPDATE ON note
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_vector_gone AFTER DELETE ON vector
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE INDEX message_uses_turn ON message (id) WHERE instr(account, '"source":"turn"') > 0;
        CREATE TRIGGER turn_unused AFTER DELETE ON message BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
        END;
        CREATE TRIGGER turn_note_unused AFTER DELETE ON note BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id + 1
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
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
