"""Deletion that lasts: of what is deleted or overwritten, no byte stays in any file of the profile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from app.core.errors import StoreError
from app.core.store.database import Database

if TYPE_CHECKING:
    from app.core.store.driver import sqlite


class TracesLeft(StoreError):
    """It is deleted, but traces of it stay in the file for now."""


_WITH_TRACES: Final = 1
"""The file's `user_version` from a deletion on until its traces are gone, so that a later start can go on."""
_KEPT: Final = ("_sqlite_migrations", "turn_change")
"""What version the file is, and a number that only grows."""
_LET_GO: Final = """
UPDATE message SET account = json_set(account, '$.used', (
  SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
  WHERE json_extract(used.value, '$.source') <> 'turn'
    OR EXISTS (SELECT 1 FROM message AS said WHERE said.id = json_extract(used.value, '$.id') / 2.0)
    OR EXISTS (SELECT 1 FROM note WHERE note.id = (json_extract(used.value, '$.id') - 1) / 2.0)
)) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account)
"""
"""Take out of the accounts of answers what was said in a conversation, or noted, that is gone by now."""


@contextmanager
def destroying(database: Database) -> Iterator["sqlite.Connection"]:
    """Lend the connection that writes, for deleting and overwriting words; no trace of them is left then.

    Where nothing was changed, nothing more is done. The file is rewritten at the end, which takes about a
    second for 100 MB: enclose all that belongs together.

    Raises:
        StoreError: as `Database.writing`; nothing was changed then.
        TracesLeft: all was changed as it should be.
    """
    with database.writing() as connection:
        before = connection.total_changes
        yield connection
        has_changed = connection.total_changes != before
        if has_changed:
            connection.execute(_LET_GO)
            for index in _indexes(connection):
                # Deleted words stay in the index until its parts are merged.
                connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            connection.execute(f"PRAGMA user_version = {_WITH_TRACES}")
    if has_changed:
        _scrub(database)


def erase(database: Database) -> None:
    """Empty every table of the person's and leave no byte of it in any file; what version it is stays.

    Raises:
        StoreError: it cannot be done; then nothing was changed.
    """
    with destroying(database) as connection:
        # Rows that follow from others are gone before their turn; so nothing depends on the order.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table in _tables(connection):
            connection.execute(f"DELETE FROM {table}")


def finish(database: Database) -> None:
    """Remove the traces of a deletion that a crash or a busy file cut short; where it cannot be, later."""
    with suppress(StoreError):
        with database.reading() as connection:
            (mark,) = connection.execute("PRAGMA user_version").fetchone()
        if mark == _WITH_TRACES:
            _scrub(database)


def _scrub(database: Database) -> None:
    try:
        database.scrub()
    except StoreError as error:
        raise TracesLeft(error.told) from error
    with database.writing() as connection:
        connection.execute("PRAGMA user_version = 0")


def _tables(connection: "sqlite.Connection") -> list[str]:
    """Return the tables that hold rows of their own: not the ones that a search index is made of."""
    found = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT IN (?, ?)",
        _KEPT,
    ).fetchall()
    return [row[0] for row in found]


def _indexes(connection: "sqlite.Connection") -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING FTS5%'"
    ).fetchall()
    return [row[0] for row in found]
