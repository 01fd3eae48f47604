-- index conversation_order
CREATE INDEX conversation_order ON conversation (pinned DESC, updated DESC, number DESC);
-- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
-- index ledger_provider
CREATE INDEX ledger_provider ON ledger (provider, id);
-- index message_order
CREATE INDEX message_order ON message (conversation, id);
-- index message_streaming
CREATE INDEX message_streaming ON message (owner) WHERE state = 'streaming';
-- index message_turn
CREATE INDEX message_turn ON message (id, conversation, role, created, state);
-- index vector_turn
CREATE INDEX vector_turn ON vector (turn, model);
-- table conversation
CREATE TABLE conversation (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          title TEXT NOT NULL,
          created REAL NOT NULL,
          updated REAL NOT NULL,
          level TEXT NOT NULL,
          pinned INTEGER NOT NULL DEFAULT 0
        );
-- table conversation_fts
CREATE VIRTUAL TABLE "conversation_fts" USING FTS5 (
    "title",
    tokenize='porter unicode61 remove_diacritics 2',
    content="conversation"
);
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
        );
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
        , fix TEXT NOT NULL DEFAULT '');
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
-- table setting
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
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
-- trigger message_added
CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.state <> 'streaming' BEGIN INSERT INTO message_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger message_changed
CREATE TRIGGER message_changed AFTER UPDATE OF text, state ON message WHEN new.state <> 'streaming' BEGIN INSERT INTO message_fts (rowid, text) VALUES (new.id, new.text); END;
-- trigger message_changes
CREATE TRIGGER message_changes BEFORE UPDATE OF text, state ON message WHEN old.state <> 'streaming' BEGIN INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
-- trigger message_dropped
CREATE TRIGGER message_dropped AFTER DELETE ON message WHEN old.state <> 'streaming' BEGIN INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
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
-- view turn
CREATE VIEW turn AS
          SELECT 2 * id AS number, 'message-' || id AS name, conversation, '' AS speaker, role,
                 created AS time, text, id AS row, 0 AS is_note
          FROM message WHERE state IN ('complete', 'stopped', 'interrupted')
          UNION ALL
          SELECT 2 * id + 1, name, conversation, speaker, role, time, text, id, 1 FROM note;
