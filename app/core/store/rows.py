"""Between the plain types of the core and the rows of the database."""

import json
import re
import unicodedata
from collections.abc import Iterable

from app.core.errors import Fix
from app.core.store import accounts
from app.core.store.driver import sqlite
from app.core.types import Account, Conversation, Origin, Piece, Role, Route, State, StoredMessage, Where
from app.privacy.policy import Level

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TITLE_LENGTH = 48


def clean(text: str) -> str:
    """Replace lone surrogates, which no file can hold, by U+FFFD; the length stays."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def title_of(text: str) -> str:
    """Return the first whole words of a text, on one line, at most 48 characters."""
    words = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text[:1000]).split()
    if not words:
        return ""
    title = words[0]
    for word in words[1:]:
        if len(title) + 1 + len(word) > _TITLE_LENGTH:
            break
        title += f" {word}"
    return title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1] + "…"


def join(pieces: Iterable[Piece]) -> tuple[str, str]:
    """Return the whole text and its runs as JSON, neighbours of one origin made one."""
    runs: list[tuple[int, Origin]] = []
    texts: list[str] = []
    for piece in pieces:
        if not piece.text:
            continue
        texts.append(piece.text)
        if runs and runs[-1][1] is piece.origin:
            runs[-1] = (runs[-1][0] + len(piece.text), piece.origin)
        else:
            runs.append((len(piece.text), piece.origin))
    return clean("".join(texts)), json.dumps(runs, separators=(",", ":"))


def split(text: str, runs: str) -> tuple[Piece, ...]:
    """Undo `join`."""
    pieces: list[Piece] = []
    start = 0
    for length, origin in json.loads(runs):
        pieces.append(Piece(text[start : start + length], Origin(origin)))
        start += length
    return tuple(pieces)


def route_text(route: Route) -> str:
    """Return the route as JSON."""
    return json.dumps([route.where, route.mechanism, list(route.reasons), route.difficulty])


def account_text(account: Account) -> str:
    """Return the account as JSON; empty where there is nothing in it."""
    return clean(accounts.write(account))


def message(row: sqlite.Row) -> StoredMessage:
    """Return the message of a row that holds every column."""
    return StoredMessage(
        id=row["id"],
        conversation=row["conversation"],
        role=Role(row["role"]),
        text=row["text"],
        created=row["created"],
        state=State(row["state"]),
        wire_text=row["wire_text"],
        pieces=split(row["text"], row["pieces"]),
        route=_route(row["route"]),
        model=row["model"],
        hidden=row["hidden"],
        ledger=row["ledger"],
        failure=row["failure"],
        fix=Fix(row["fix"]),
        account=accounts.read(row["account"]),
    )


def conversation(row: sqlite.Row, temporary: bool) -> Conversation:
    """Return the conversation of a row that holds every column."""
    return Conversation(
        id=row["id"],
        title=row["title"],
        created=row["created"],
        updated=row["updated"],
        level=Level(row["level"]),
        pinned=bool(row["pinned"]),
        temporary=temporary,
    )


def _route(text: str) -> Route | None:
    if not text:
        return None
    where, mechanism, reasons, difficulty = json.loads(text)
    return Route(Where(where), mechanism, tuple(reasons), difficulty)


def one_line(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())
