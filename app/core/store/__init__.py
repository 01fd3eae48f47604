"""The SQLite file: connection, migrations, conversations, vault and ledger rows."""
