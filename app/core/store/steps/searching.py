"""How a column is made searchable by words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def make_searchable(db: "Database", table: str, column: str, *, ready: str) -> None:
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
