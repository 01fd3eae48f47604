-- index conversation_order
CREATE INDEX conversation_order ON conversation (pinned DESC, updated DESC, number DESC);
-- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
-- index message_order
CREATE INDEX message_order ON message (conversation, id);
-- index message_streaming
CREATE INDEX message_streaming ON message (owner) WHERE state = 'streaming';
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
        );
