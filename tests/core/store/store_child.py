"""Child processes of the store's tests: each is a real second program on the same file."""

import sys
import threading
from pathlib import Path

from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.driver import sqlite
from app.core.types import Origin, Piece, Route, Where


def stream(path: Path, conversation: str) -> None:
    """Let an answer grow for ever, a word every 0.2 s, saying how far it is."""
    kept = Conversations(Database(path))
    answer = kept.begin_answer(conversation, Route(Where.LOCAL, "routing", ()), "small")
    pieces: list[Piece] = []
    while True:
        pieces.append(Piece(f"word{len(pieces)} ", Origin.LOCAL))
        kept.grow(answer, pieces)
        print(answer, len(pieces), flush=True)
        threading.Event().wait(0.2)


def write(path: Path, conversation: str) -> None:
    """Ask fifty questions as fast as it can."""
    kept = Conversations(Database(path))
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(50):
        kept.ask(conversation, f"from the child {number}")


def open_new(path: Path, _: str) -> None:
    """Open a file that may not exist yet, at the same moment as others."""
    print("ready", flush=True)
    sys.stdin.readline()
    Database(path).open()


def look(path: Path, _: str) -> None:
    """Open the file, look at it and close it again."""
    database = Database(path)
    print(len(Conversations(database).list()), flush=True)
    database.close()


def look_on(path: Path, _: str) -> None:
    """Open the file, look at it and keep it open until standard input closes."""
    database = Database(path)
    print(len(Conversations(database).list()), flush=True)
    sys.stdin.read()
    database.close()


def read(path: Path, _: str) -> None:
    """Keep what it read unchanged for itself until standard input closes."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM conversation").fetchall()
    print("reading", flush=True)
    sys.stdin.read()


def hold(path: Path, _: str) -> None:
    """Keep the write lock until standard input closes."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    {each.__name__: each for each in (stream, write, open_new, look, look_on, read, hold)}[sys.argv[1]](
        Path(sys.argv[2]), sys.argv[3]
    )
