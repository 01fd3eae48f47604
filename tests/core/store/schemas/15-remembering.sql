-- index conversation_order
CREATE INDEX conversation_order ON conversation (pinned DESC, updated DESC, number DESC);
-- index document_conversation
CREATE INDEX document_conversation ON document (conversation, id);
-- index example_asked
CREATE INDEX example_asked ON example (asked);
-- index example_fingerprint
CREATE INDEX example_fingerprint ON example (fingerprint);
-- index example_use_answer
CREATE INDEX example_use_answer ON example_use (answer);
-- index fact_source
CREATE INDEX fact_source ON fact (source);
-- index fact_state
CREATE INDEX fact_state ON fact (state, id);
-- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
-- index import_conversation
CREATE INDEX import_conversation ON import (conversation);
-- index import_name
CREATE INDEX import_name ON import (source, name);
-- index ledger_conversation
CREATE INDEX ledger_conversation ON ledger (conversation) WHERE conversation <> '';
-- index ledger_provider
CREATE INDEX ledger_provider ON ledger (provider, id);
-- index message_order
CREATE INDEX message_order ON message (conversation, id);
-- index message_streaming
CREATE INDEX message_streaming ON message (owner) WHERE state = 'streaming';
-- index message_turn
CREATE INDEX message_turn ON message (id, conversation, role, created, state);
-- index message_uses_turn
CREATE INDEX message_uses_turn ON message (id) WHERE instr(account, '"source":"turn"') > 0;
-- index passage_order
CREATE INDEX passage_order ON passage (document, page, start);
-- index vector_turn
CREATE INDEX vector_turn ON vector (turn, model);
-- table choice
CREATE TABLE choice (
          message INTEGER PRIMARY KEY,
          arm TEXT NOT NULL,
          model TEXT NOT NULL,
          features BLOB NOT NULL,
          propensity REAL NOT NULL,
          reward REAL
        );
-- table conversation
CREATE TABLE conversation (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          title TEXT NOT NULL,
          created REAL NOT NULL,
          updated REAL NOT NULL,
          level TEXT NOT NULL,
          pinned INTEGER NOT NULL DEFAULT 0
        , left_out INTEGER NOT NULL DEFAULT 0);
-- table conversation_fts
CREATE VIRTUAL TABLE "conversation_fts" USING FTS5 (
    "title",
    tokenize='porter unicode61 remove_diacritics 2',
    content="conversation"
);
-- table document
CREATE TABLE document (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          pages INTEGER NOT NULL,
          characters INTEGER NOT NULL,
          added REAL NOT NULL
        );
-- table example
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
-- table example_use
CREATE TABLE example_use (
          example INTEGER NOT NULL,
          answer INTEGER NOT NULL,
          good INTEGER NOT NULL,
          PRIMARY KEY (example, answer)
        ) WITHOUT ROWID;
-- table exposure
CREATE TABLE exposure (
          provider TEXT NOT NULL,
          trait TEXT NOT NULL,
          first REAL NOT NULL,
          last REAL NOT NULL,
          times INTEGER NOT NULL,
          PRIMARY KEY (provider, trait)
        ) WITHOUT ROWID;
-- table fact
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
-- table import
CREATE TABLE import (
          source TEXT NOT NULL,
          name TEXT NOT NULL,
          conversation TEXT NOT NULL,
          message INTEGER
        );
-- table learner
CREATE TABLE learner (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
-- table ledger
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
        , conversation TEXT NOT NULL DEFAULT '');
-- table message
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
        , fix TEXT NOT NULL DEFAULT '', account TEXT NOT NULL DEFAULT '');
-- table message_fts
CREATE VIRTUAL TABLE "message_fts" USING FTS5 (
    "text",
    tokenize='porter unicode61 remove_diacritics 2',
    content="message"
);
-- table note
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
-- table note_fts
CREATE VIRTUAL TABLE "note_fts" USING FTS5 (
    "text",
    tokenize='porter unicode61 remove_diacritics 2',
    content="note"
);
-- table passage
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
-- table passage_fts
CREATE VIRTUAL TABLE "passage_fts" USING FTS5 (
    "text",
    tokenize='porter unicode61 remove_diacritics 2',
    content="passage"
);
-- table setting
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- table spending
CREATE TABLE spending (
          month TEXT PRIMARY KEY,
          calls INTEGER NOT NULL,
          prompt_tokens INTEGER NOT NULL,
          answer_tokens INTEGER NOT NULL,
          cost REAL NOT NULL
        ) WITHOUT ROWID;
-- table style
CREATE TABLE style (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- table turn_change
CREATE TABLE turn_change (number INTEGER NOT NULL);
-- table vault
CREATE TABLE vault (
          number INTEGER PRIMARY KEY,
          conversation TEXT NOT NULL,
          entry TEXT NOT NULL,
          ciphertext BLOB NOT NULL,
          UNIQUE (conversation, entry)
        );
-- table vector
CREATE TABLE vector (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          turn INTEGER NOT NULL,
          model TEXT NOT NULL,
          value BLOB NOT NULL
        );
-- trigger conversation_added
CREATE TRIGGER conversation_added AFTER INSERT ON conversation WHEN 1 BEGIN INSERT INTO conversation_fts (rowid, title) VALUES (new.number, new.title); END;
-- trigger conversation_changed
CREATE TRIGGER conversation_changed AFTER UPDATE OF title ON conversation WHEN 1 BEGIN INSERT INTO conversation_fts (rowid, title) VALUES (new.number, new.title); END;
-- trigger conversation_changes
CREATE TRIGGER conversation_changes BEFORE UPDATE OF title ON conversation WHEN 1 BEGIN INSERT INTO conversation_fts (conversation_fts, rowid, title) VALUES ('delete', old.number, old.title); END;
-- trigger conversation_dropped
CREATE TRIGGER conversation_dropped AFTER DELETE ON conversation WHEN 1 BEGIN INSERT INTO conversation_fts (conversation_fts, rowid, title) VALUES ('delete', old.number, old.title); END;
-- trigger conversation_left
CREATE TRIGGER conversation_left AFTER DELETE ON conversation BEGIN
          UPDATE ledger SET body = NULL, digests = NULL, sha256 = '', conversation = ''
          WHERE conversation = old.id;
        END;
-- trigger document_gone
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
-- trigger example_gone
CREATE TRIGGER example_gone AFTER DELETE ON example BEGIN
          DELETE FROM example_use WHERE example = old.id;
        END;
-- trigger example_unused
CREATE TRIGGER example_unused AFTER DELETE ON example BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'example'
              OR json_extract(used.value, '$.id') <> old.id
          )) WHERE account LIKE '%"source":"example"%' AND json_valid(account);
        END;
-- trigger fact_corrected
CREATE TRIGGER fact_corrected AFTER UPDATE OF text ON fact WHEN old.text <> new.text BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'fact' OR json_extract(used.value, '$.id') <> old.id
          )) WHERE account LIKE '%"source":"fact"%' AND json_valid(account);
        END;
-- trigger fact_gone
CREATE TRIGGER fact_gone AFTER DELETE ON fact BEGIN
          UPDATE fact SET replaced_by = NULL WHERE replaced_by = old.id;
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'fact' OR json_extract(used.value, '$.id') <> old.id
          )) WHERE account LIKE '%"source":"fact"%' AND json_valid(account);
        END;
-- trigger import_gone
CREATE TRIGGER import_gone AFTER DELETE ON conversation
          BEGIN DELETE FROM import WHERE conversation = old.id; END;
-- trigger message_added
CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.state <> 'streaming' BEGIN INSERT INTO message_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger message_changed
CREATE TRIGGER message_changed AFTER UPDATE OF text, state ON message WHEN new.state <> 'streaming' BEGIN INSERT INTO message_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger message_changes
CREATE TRIGGER message_changes BEFORE UPDATE OF text, state ON message WHEN old.state <> 'streaming' BEGIN INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger message_dropped
CREATE TRIGGER message_dropped AFTER DELETE ON message WHEN old.state <> 'streaming' BEGIN INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger message_gone
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
          DELETE FROM choice WHERE message = old.id;
        END;
-- trigger message_taught
CREATE TRIGGER message_taught AFTER DELETE ON message BEGIN
          DELETE FROM example WHERE source = old.id OR asked = old.id;
          DELETE FROM example_use WHERE answer = old.id;
        END;
-- trigger message_told
CREATE TRIGGER message_told AFTER DELETE ON message BEGIN
          DELETE FROM fact WHERE source = old.id;
        END;
-- trigger message_vector_gone
CREATE TRIGGER message_vector_gone AFTER DELETE ON message
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id; END;
-- trigger message_vector_old
CREATE TRIGGER message_vector_old AFTER UPDATE OF text ON message
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id; END;
-- trigger note_added
CREATE TRIGGER note_added AFTER INSERT ON note WHEN 1 BEGIN INSERT INTO note_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger note_changed
CREATE TRIGGER note_changed AFTER UPDATE OF text ON note WHEN 1 BEGIN INSERT INTO note_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger note_changes
CREATE TRIGGER note_changes BEFORE UPDATE OF text ON note WHEN 1 BEGIN INSERT INTO note_fts (note_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger note_dropped
CREATE TRIGGER note_dropped AFTER DELETE ON note WHEN 1 BEGIN INSERT INTO note_fts (note_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger note_vector_gone
CREATE TRIGGER note_vector_gone AFTER DELETE ON note
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id + 1; END;
-- trigger note_vector_old
CREATE TRIGGER note_vector_old AFTER UPDATE OF text ON note
          BEGIN DELETE FROM vector WHERE turn = 2 * old.id + 1; END;
-- trigger passage_added
CREATE TRIGGER passage_added AFTER INSERT ON passage WHEN 1 BEGIN INSERT INTO passage_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger passage_changed
CREATE TRIGGER passage_changed AFTER UPDATE OF text ON passage WHEN 1 BEGIN INSERT INTO passage_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger passage_changes
CREATE TRIGGER passage_changes BEFORE UPDATE OF text ON passage WHEN 1 BEGIN INSERT INTO passage_fts (passage_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger passage_dropped
CREATE TRIGGER passage_dropped AFTER DELETE ON passage WHEN 1 BEGIN INSERT INTO passage_fts (passage_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger turn_changed
CREATE TRIGGER turn_changed AFTER UPDATE OF text, state, conversation ON message
          WHEN old.state <> 'streaming'
          BEGIN UPDATE turn_change SET number = number + 1; END;
-- trigger turn_gone
CREATE TRIGGER turn_gone AFTER DELETE ON message WHEN old.state <> 'streaming'
          BEGIN UPDATE turn_change SET number = number + 1; END;
-- trigger turn_note_changed
CREATE TRIGGER turn_note_changed AFTER UPDATE ON note
          BEGIN UPDATE turn_change SET number = number + 1; END;
-- trigger turn_note_gone
CREATE TRIGGER turn_note_gone AFTER DELETE ON note
          BEGIN UPDATE turn_change SET number = number + 1; END;
-- trigger turn_note_unused
CREATE TRIGGER turn_note_unused AFTER DELETE ON note BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id + 1
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
        END;
-- trigger turn_unused
CREATE TRIGGER turn_unused AFTER DELETE ON message BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
        END;
-- trigger turn_vector_gone
CREATE TRIGGER turn_vector_gone AFTER DELETE ON vector
          BEGIN UPDATE turn_change SET number = number + 1; END;
-- view turn
CREATE VIEW turn AS
          SELECT 2 * id AS number, 'message-' || id AS name, conversation, '' AS speaker, role,
                 created AS time, text, id AS row, 0 AS is_note
          FROM message WHERE state IN ('complete', 'stopped', 'interrupted')
          UNION ALL
          SELECT 2 * id + 1, name, conversation, speaker, role, time, text, id, 1 FROM note;
