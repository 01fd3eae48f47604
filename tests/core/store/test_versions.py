"""A database of every earlier version opens, with all that was in it; what was shipped never changes."""

import sqlite3
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.encryption import Fixed
from app.core.store.ledger import SqliteLedgerStore
from app.core.store.migrations import STEPS
from app.core.store.turns import SqliteTurns

SCHEMAS = Path(__file__).with_name("schemas")
DROPPED = {"style": "manner"}
"""Tables that a later step empties on purpose, and that step."""
VALUES = {
    "conversation.level": "guarded", "message.role": "user", "message.state": "complete",
    "message.pieces": "[]", "message.route": "", "message.account": '{"requests": [1]}', "message.ledger": 1,
    "message.failure": "", "message.owner": "", "message.fix": "", "ledger.kinds": '{"PERSON": 2}',
    "ledger.conversation": "", "document.conversation": "the-conversation",
    "message.conversation": "the-conversation", "conversation.id": "the-conversation",
    "vault.conversation": "the-conversation", "import.conversation": "the-conversation",
    "import.message": 1, "fact.state": "kept", "fact.source": 1, "fact.replaced_by": None,
    "fact.vector": None, "example.state": "accepted", "vector.turn": 2, "passage.document": 1, "style.message": 1,
}  # fmt: skip


def schema(path):
    """Return the schema as text, in the order of names, without what SQLite adds itself."""
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE '%_fts_%' AND name NOT LIKE '_sqlite_%' ORDER BY type, name"
    ).fetchall()
    connection.close()
    return "".join(f"-- {kind} {name}\n{sql};\n" for kind, name, sql in found)


def own_tables(connection):
    found = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite%' AND name <> '_sqlite_migrations'"
    )
    return sorted(row[0] for row in found)


def value(table, column, kind):
    """Return something of a column's type that can be told from others."""
    known = VALUES.get(f"{table}.{column}", ...)
    if known is not ...:
        return known
    return {"INTEGER": 1, "REAL": 12.5, "BLOB": b"\x00\x01\x80"}.get(kind, f"a {column} of {table}")


def fill(connection):
    """Put a row into each table; return them by table and column."""
    planted = {}
    tables = own_tables(connection)
    first = [name for name in ("conversation", "message", "document") if name in tables]
    for table in [*first, *(name for name in tables if name not in first)]:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        row = {column["name"]: value(table, column["name"], column["type"]) for column in columns}
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)
        planted[table] = row
    return planted


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1), ids=lambda n: STEPS[n - 1].__name__)
def test_a_step_that_was_shipped_stays_as_it_was(path, number):
    """Add the file for a new step; never change one that is there.

    `python -m tests.core.store.test_versions` writes what is missing.
    """
    database = Database(path, steps=STEPS[:number])
    database.open()
    database.close()
    frozen = SCHEMAS / f"{number:02}-{STEPS[number - 1].__name__}.sql"
    assert frozen.exists(), f"{frozen.name} is missing: python -m tests.core.store.test_versions"
    assert schema(path) == frozen.read_text()


def test_no_step_that_was_shipped_is_missing():
    assert [each.stem.partition("-")[2] for each in sorted(SCHEMAS.glob("*.sql"))] == [
        step.__name__ for step in STEPS
    ]


@pytest.mark.parametrize("key", [b"", bytes(range(32))], ids=["plain", "encrypted"])
@pytest.mark.parametrize("number", range(1, len(STEPS)), ids=lambda n: STEPS[n - 1].__name__)
def test_everything_of_an_earlier_version_is_there_afterwards(path, number, key):
    more = {"key": Fixed(key)} if key else {}
    older = Database(path, steps=STEPS[:number], **more)
    with older.writing() as connection:
        planted = fill(connection)
    older.close()
    database = Database(path, **more)
    with database.reading() as connection:
        for table, row in planted.items():
            if DROPPED.get(table) in {step.__name__ for step in STEPS[number:]}:
                continue
            columns = ", ".join(name for name in row)
            found = [dict(each) for each in connection.execute(f"SELECT {columns} FROM {table}")]
            assert row in found, table
    kept = Conversations(database)
    (conversation,) = kept.list()
    (message,) = kept.messages(conversation.id)
    assert message.text == "a text of message"
    assert [hit.message for hit in kept.search("message")] == [message.id]
    if "ledger" in planted and "conversation" not in planted["ledger"]:
        assert SqliteLedgerStore(database).row(1).conversation == conversation.id
    if "note" in planted:
        assert [note.text for note in SqliteTurns(database).notes(9)] == ["a text of note"]
    kept.ask(conversation.id, "It goes on.")
    database.close()
    (copy,) = path.parent.glob("*.before-*.db")
    restored = Database(copy, steps=STEPS[:number], **more)
    with restored.reading() as connection:
        assert [row["text"] for row in connection.execute("SELECT text FROM message")] == [
            "a text of message"
        ]
    restored.close()


def test_a_newer_version_is_refused_and_left_byte_for_byte(path):
    def later(db):
        db.execute("CREATE TABLE later (word TEXT)")

    newer = Database(path, steps=(*STEPS, later))
    with newer.writing() as connection:
        fill(connection)
    newer.close()
    before = path.read_bytes()
    database = Database(path)
    with pytest.raises(StoreError, match=r"newer Confidant\. Install that version; nothing was changed"):
        database.open()
    database.close()
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.before-*"))


def _freeze():
    import tempfile

    for number, step in enumerate(STEPS, 1):
        frozen = SCHEMAS / f"{number:02}-{step.__name__}.sql"
        if frozen.exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            database = Database(Path(folder) / "confidant.db", steps=STEPS[:number])
            database.open()
            database.close()
            frozen.write_text(schema(Path(folder) / "confidant.db"))


if __name__ == "__main__":
    _freeze()
