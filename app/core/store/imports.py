"""Keeps conversations that come from elsewhere, each message once however often it is brought."""

import secrets
import time

from app.core.store.database import Database
from app.core.store.driver import sqlite
from app.core.store.rows import clean, one_line, title_of
from app.core.transfer.talks import Said, Talk
from app.core.types import Role, State
from app.privacy.policy import Level

_OWN = "confidant"


class SqliteImports:
    """The door for conversations into the profile's database; may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, talk: Talk, level: Level) -> int:
        """Keep what is new of a conversation, all or none; return how many messages were.

        Its earlier turns stay on this computer: they have no form that ever left.
        """
        with self._database.writing() as connection:
            conversation = _known(connection, talk)
            if conversation is None and talk.source == _OWN and _is_here(connection, talk.name):
                return 0  # an export of this very profile
            query = "SELECT name FROM import WHERE conversation = ? AND message IS NOT NULL"
            known = {row[0] for row in connection.execute(query, (conversation,))}
            new = [said for said in talk.said if clean(said.name) not in known]
            if not new:
                return 0
            conversation = conversation or _begin(connection, talk, level)
            for said in new:
                cursor = connection.execute(
                    "INSERT INTO message (conversation, role, text, created, state, pieces, model)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    _row(conversation, said, talk),
                )
                _note(connection, talk, said.name, conversation, cursor.lastrowid)
        return len(new)


def _known(connection: sqlite.Connection, talk: Talk) -> str | None:
    """Return the conversation that an earlier import made of this one."""
    found = connection.execute(
        "SELECT conversation FROM import WHERE source = ? AND name = ? AND message IS NULL",
        (talk.source, clean(talk.name)),
    ).fetchone()
    return str(found[0]) if found else None


def _is_here(connection: sqlite.Connection, name: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM conversation WHERE id = ?", (clean(name),)).fetchone())


def _begin(connection: sqlite.Connection, talk: Talk, level: Level) -> str:
    name, now = secrets.token_hex(6), time.time()
    title = one_line(clean(talk.title)) or title_of(clean(talk.said[0].text))
    connection.execute(
        "INSERT INTO conversation (id, title, created, updated, level) VALUES (?, ?, ?, ?, ?)",
        (name, title, talk.created or now, talk.updated or now, level),
    )
    _note(connection, talk, talk.name, name, None)
    return name


def _note(
    connection: sqlite.Connection, talk: Talk, name: str, conversation: str, message: int | None
) -> None:
    connection.execute(
        "INSERT INTO import (source, name, conversation, message) VALUES (?, ?, ?, ?)",
        (talk.source, clean(name), conversation, message),
    )


def _row(conversation: str, said: Said, talk: Talk) -> tuple[str | float, ...]:
    text = clean(said.text)
    runs = f'[[{len(text)},"cloud"]]' if said.role is Role.ASSISTANT else "[]"
    when = said.time or talk.created or time.time()
    return conversation, said.role, text, when, State.COMPLETE, runs, clean(said.model)
