"""Conversations and their messages, as the person left them."""

import secrets
import time
from collections.abc import Sequence
from contextlib import suppress

from app.core.errors import Fix, StoreError
from app.core.store import owner, rows
from app.core.store.database import GONE, Database
from app.core.store.driver import sqlite
from app.core.store.erase import TracesLeft, destroying
from app.core.store.search import find
from app.core.types import Account, Conversation, Hit, Piece, Role, Route, State, StoredMessage
from app.privacy.policy import Level

_MESSAGE = (
    "id, conversation, role, text, created, state, wire_text, pieces, route, model, hidden, ledger, failure,"
    " fix, account"
)
_CONVERSATION = "id, title, created, updated, level, pinned"
_NEWEST_FIRST = "pinned DESC, updated DESC, number DESC"

# The class has a method `list`, which hides the type inside it.
_Messages = list[StoredMessage]
_Hits = list[Hit]
_Rows = list[sqlite.Row]


class Conversations:
    """Keeps conversations; every method may raise `StoreError` with a sentence for the person."""

    def __init__(self, database: Database, temporary: bool = False) -> None:
        """Keep them in this database.

        Args:
            temporary: it is one in memory, and the conversations say so.
        """
        self._database = database
        self._temporary = temporary
        self._me = ""

    def create(self, title: str = "", level: Level = Level.GUARDED) -> Conversation:
        """Begin a conversation."""
        name = ("tmp-" if self._temporary else "") + secrets.token_hex(6)
        now = time.time()
        title = rows.one_line(rows.clean(title))
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO conversation (id, title, created, updated, level) VALUES (?, ?, ?, ?, ?)",
                (name, title, now, now, level),
            )
        return Conversation(name, title, now, now, level, temporary=self._temporary)

    def get(self, conversation: str) -> Conversation:
        """Return a conversation.

        Raises:
            StoreError: there is none of this name.
        """
        query = f"SELECT {_CONVERSATION} FROM conversation WHERE id = ?"
        return rows.conversation(self._one(query, rows.clean(conversation)), self._temporary)

    def list(self, limit: int = 200, offset: int = 0) -> list[Conversation]:
        """Return conversations, pinned ones first, then by their last message, newest first."""
        query = f"SELECT {_CONVERSATION} FROM conversation ORDER BY {_NEWEST_FIRST} LIMIT ? OFFSET ?"
        return [rows.conversation(row, self._temporary) for row in self._all(query, limit, offset)]

    def rename(self, conversation: str, title: str) -> None:
        """Give it another title, made one line; the old one is destroyed."""
        title = rows.one_line(rows.clean(title))
        # The words of the old title go for good; there are none in a new conversation.
        changing = destroying if self.get(conversation).title not in ("", title) else Database.writing
        with suppress(TracesLeft), changing(self._database) as connection:
            changed = connection.execute(
                "UPDATE conversation SET title = ? WHERE id = ?", (title, conversation)
            )
            if not changed.rowcount:
                raise StoreError(GONE)

    def set_level(self, conversation: str, level: Level) -> None:
        """Choose how much may leave from now on."""
        self._change(conversation, "level = ?", level)

    def pin(self, conversation: str, pinned: bool) -> None:
        """Keep it on top of the list, or not."""
        self._change(conversation, "pinned = ?", int(pinned))

    def delete(self, conversation: str) -> None:
        """Destroy it with its messages, what the search index knows of them, and its vault.

        What left for it goes as well, but for counts and dates, and not a byte of it stays in any file of the
        profile. Does nothing where there is none.

        Raises:
            TracesLeft: it is destroyed, but for traces in the file.
        """
        with destroying(self._database) as connection:
            connection.execute("DELETE FROM vault WHERE conversation = ?", (conversation,))
            connection.execute("DELETE FROM message WHERE conversation = ?", (conversation,))
            connection.execute("DELETE FROM conversation WHERE id = ?", (conversation,))

    def messages(self, conversation: str) -> _Messages:
        """Return all messages, oldest first."""
        query = f"SELECT {_MESSAGE} FROM message WHERE conversation = ? ORDER BY id"
        return [rows.message(row) for row in self._all(query, conversation)]

    def message(self, message: int) -> StoredMessage:
        """Return one message.

        Raises:
            StoreError: it was removed.
        """
        return rows.message(self._one(f"SELECT {_MESSAGE} FROM message WHERE id = ?", message))

    def last_question(self, conversation: str) -> StoredMessage | None:
        """Return what the person asked last."""
        query = f"SELECT {_MESSAGE} FROM message WHERE conversation = ? AND role = ? ORDER BY id DESC LIMIT 1"
        found = self._all(query, conversation, Role.USER)
        return rows.message(found[0]) if found else None

    def ask(self, conversation: str, text: str) -> StoredMessage:
        """Store what the person typed; a conversation without a title is named after it.

        Raises:
            StoreError: also where the conversation is gone.
        """
        text = rows.clean(text)
        now = time.time()
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO message (conversation, role, text, created, state) VALUES (?, ?, ?, ?, ?)",
                (conversation, Role.USER, text, now, State.COMPLETE),
            )
            number = cursor.lastrowid or 0
            connection.execute("UPDATE conversation SET updated = ? WHERE id = ?", (now, conversation))
            connection.execute(
                "UPDATE conversation SET title = ? WHERE id = ? AND title = ''",
                (rows.title_of(text), conversation),
            )
        return StoredMessage(number, conversation, Role.USER, text, now)

    def begin_answer(self, conversation: str, route: Route | None = None, model: str = "") -> int:
        """Make room for an answer that will grow, owned by this process; return its number."""
        self._me = self._me or owner.current()
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO message (conversation, role, text, created, state, route, model, owner)"
                " VALUES (?, ?, '', ?, ?, ?, ?, ?)",
                (conversation, Role.ASSISTANT, time.time(), State.STREAMING,
                 rows.route_text(route) if route else "", model, self._me),
            )  # fmt: skip
            return cursor.lastrowid or 0

    def grow(self, answer: int, pieces: Sequence[Piece]) -> None:
        """Store the answer as far as it is; not searched yet. Does nothing where it was deleted."""
        text, runs = rows.join(pieces)
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE message SET text = ?, pieces = ?, state = ? WHERE id = ?",
                (text, runs, State.STREAMING, answer),
            )

    def finish(  # noqa: PLR0913 - one argument for each column that an answer ends with
        self,
        answer: int,
        state: State,
        pieces: Sequence[Piece],
        *,
        wire_text: str = "",
        hidden: int = 0,
        ledger: int | None = None,
        failure: str = "",
        fix: Fix = Fix.NONE,
        route: Route | None = None,
        model: str = "",
        account: Account | None = None,
    ) -> None:
        """Store the whole answer, how it ended and who gave it. Does nothing where it was deleted."""
        text, runs = rows.join(pieces)
        now, more = time.time(), rows.account_text(account or Account())
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE message SET text = ?, pieces = ?, state = ?, wire_text = ?, hidden = ?, ledger = ?,"
                " failure = ?, fix = ?, route = coalesce(?, route), model = coalesce(?, model), account = ?,"
                " owner = ''"
                " WHERE id = ?",
                (text, runs, state, rows.clean(wire_text), hidden, ledger, rows.clean(failure), fix,
                 rows.route_text(route) if route else None, model or None, more, answer),
            )  # fmt: skip
            connection.execute(
                "UPDATE conversation SET updated = ?"
                " WHERE id = (SELECT conversation FROM message WHERE id = ?)",
                (now, answer),
            )

    def set_wire(self, message: int, wire_text: str) -> None:
        """Note what left, or came back, for this message."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE message SET wire_text = ? WHERE id = ?", (rows.clean(wire_text), message)
            )

    def take_back(self, conversation: str) -> None:
        """Remove the last answer if nothing came of it, and its question if nothing else answered it.

        A conversation that is empty then, and is named after that question, loses the name too.
        """
        messages = self.messages(conversation)
        if not messages or not _is_nothing(messages[-1]):
            return
        gone = [messages[-1]]
        if len(messages) > 1 and messages[-2].role is Role.USER:
            gone.append(messages[-2])
        with destroying(self._database) as connection:
            connection.executemany("DELETE FROM message WHERE id = ?", [(each.id,) for each in gone])
            if len(gone) == len(messages):
                connection.execute(
                    "UPDATE conversation SET title = '' WHERE id = ? AND title = ?",
                    (conversation, rows.title_of(gone[-1].text)),
                )

    def search(self, query: str, limit: int = 50) -> _Hits:
        """Find messages and titles by the beginnings of words, or else by any part of a message.

        Every query is safe; an empty one finds nothing. See `app.core.store.search`.
        """
        return find(self._database, query, limit, self._temporary)

    def mark_interrupted(self) -> int:
        """Mark answers whose process ended while they grew; return how many.

        Answers that another running process is writing are left alone.
        """
        found = self._all("SELECT DISTINCT owner FROM message WHERE state = 'streaming'")
        gone = [row["owner"] for row in found if not owner.is_alive(row["owner"])]
        if not gone:
            return 0
        with self._database.writing() as connection:
            marked = connection.executemany(
                "UPDATE message SET state = ?, owner = '' WHERE state = 'streaming' AND owner = ?",
                [(State.INTERRUPTED, name) for name in gone],
            )
            return marked.rowcount

    def _change(self, conversation: str, assignment: str, value: str | int) -> None:
        with self._database.writing() as connection:
            changed = connection.execute(
                f"UPDATE conversation SET {assignment} WHERE id = ?", (value, conversation)
            )
            if not changed.rowcount:
                raise StoreError(GONE)

    def _all(self, query: str, *values: str | int) -> _Rows:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()

    def _one(self, query: str, value: str | int) -> sqlite.Row:
        found = self._all(query, value)
        if not found:
            raise StoreError(GONE)
        return found[0]


def _is_nothing(message: StoredMessage) -> bool:
    """Say whether it is an answer without a word for which nothing left."""
    is_dead = message.state is State.FAILED and not message.text and message.ledger is None
    return is_dead and message.role is Role.ASSISTANT
