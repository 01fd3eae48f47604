"""Finds messages and titles by words, or by any part of a text where the index knows no word of it."""

from app.core.store import rows
from app.core.store.database import Database
from app.core.types import Hit

_COLUMNS = "c.id, c.title, c.created, c.updated, c.level, c.pinned"
_SNIPPET = "snippet({}, 0, char(2), char(3), '…', 16) AS snippet"
_MESSAGES = (
    f"SELECT {_COLUMNS}, m.id AS message, {_SNIPPET.format('message_fts')}"
    " FROM message_fts JOIN message m ON m.id = message_fts.rowid"
    " JOIN conversation c ON c.id = m.conversation"
    " WHERE message_fts MATCH ? ORDER BY rank LIMIT ?"
)
_TITLES = (
    f"SELECT {_COLUMNS}, {_SNIPPET.format('conversation_fts')},"
    " coalesce((SELECT min(id) FROM message WHERE conversation = c.id), 0) AS message"
    " FROM conversation_fts JOIN conversation c ON c.number = conversation_fts.rowid"
    " WHERE conversation_fts MATCH ? ORDER BY rank LIMIT ?"
)
_ANY_PART = (
    f"SELECT {_COLUMNS}, m.id AS message, m.text AS snippet"
    " FROM message m JOIN conversation c ON c.id = m.conversation"
    " WHERE instr(lower(m.text), lower(?)) AND m.state <> 'streaming' ORDER BY m.id DESC LIMIT ?"
)


def find(database: Database, query: str, limit: int, temporary: bool) -> list[Hit]:
    """Return what matches every word of the query; the last may be the beginning of a word.

    Titles come first, unless a message of the same conversation matches too; their `message` is the
    first of the conversation, 0 where it has none. An answer is found once it has stopped growing.
    """
    words = _quoted(query)
    if words:
        messages = _hits(database, _MESSAGES, (words, limit), temporary)
        titles = _hits(database, _TITLES, (words, limit), temporary)
        named = {hit.conversation.id for hit in messages}
        found = [hit for hit in titles if hit.conversation.id not in named] + messages
        if found:
            return found[:limit]
    # Emoji, signs, and the middle of a line without spaces are no words to the index.
    part = rows.clean(query).strip()
    return _hits(database, _ANY_PART, (part, limit), temporary, part) if part else []


def _hits(
    database: Database, query: str, values: tuple[str, int], temporary: bool, needle: str = ""
) -> list[Hit]:
    with database.reading() as connection:
        found = connection.execute(query, values).fetchall()
    return [
        Hit(rows.conversation(row, temporary), row["message"], _shown(row["snippet"], needle))
        for row in found
    ]


def _quoted(query: str) -> str:
    """Quote each word of whatever was typed; the last one may be only the beginning of a word."""
    words = rows.clean(query).replace("\0", " ").split()
    quoted = ['"' + word.replace('"', '""') + '"' for word in words if any(map(str.isalnum, word))]
    return " ".join(quoted) + "*" if quoted else ""


def _shown(snippet: str, needle: str = "") -> str:
    """Return the words around a match on one line, marked as the search index marks it.

    Args:
        needle: what was found, where `snippet` is the whole text and has no marks yet.
    """
    if needle:
        start = max(0, snippet.lower().find(needle.lower()))
        end = start + len(needle)
        head = "…" + snippet[start - 40 : start] if start > 40 else snippet[:start]
        tail = snippet[end : end + 40] + ("…" if len(snippet) > end + 40 else "")
        snippet = f"{head}\x02{snippet[start:end]}\x03{tail}"
    return rows.one_line(snippet)
