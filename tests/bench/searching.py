"""Search over ten thousand messages, beside SQLite looking at every row."""

import random
import sqlite3
import statistics
import tempfile
from pathlib import Path

from figures import milliseconds, print_table, ratio, seconds

from app.core.store.conversations import Conversations
from app.core.store.database import Database

MESSAGES = 10_000
QUERIES = ("bicycle", "green river", "mount", "letter from the harbour", "no such word at all")

_WORDS = [
    "the",
    "a",
    "of",
    "to",
    "and",
    "in",
    "is",
    "for",
    "on",
    "with",
    "my",
    "your",
    "letter",
    "bicycle",
    "river",
    "green",
    "mountain",
    "harbour",
    "ticket",
    "meeting",
    "question",
    "answer",
    "kitchen",
    "garden",
    "window",
    "table",
    "coffee",
    "winter",
    "summer",
    "doctor",
    "teacher",
    "invoice",
    "number",
    "station",
    "train",
    "airport",
]


def fill(conversations: Conversations) -> float:
    """Store the messages; return the seconds."""
    dice = random.Random(7)
    names = [conversations.create().id for _ in range(100)]
    texts = [" ".join(dice.choices(_WORDS, k=dice.randint(5, 60))) for _ in range(MESSAGES)]
    return seconds(lambda: [conversations.ask(names[i % len(names)], text) for i, text in enumerate(texts)])


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        database = Database(path)
        conversations = Conversations(database)
        filling = fill(conversations)
        plain = sqlite3.connect(path)
        rows = [("store one message", f"{filling / MESSAGES * 1000:.2f} ms", "")]
        for query in QUERIES:
            search = [seconds(conversations.search, query) for _ in range(11)]
            scan = [seconds(_scan, plain, query) for _ in range(11)]
            share = ratio(statistics.median(search), statistics.median(scan))
            rows.append((f"search: {query}", milliseconds(search), share))
        plain.close()
        database.close()
    print_table(
        f"Search over {MESSAGES:,} messages", ("what", "median (range)", "to looking at every row"), rows
    )


def _scan(connection: sqlite3.Connection, query: str) -> list[tuple[int]]:
    found = "SELECT id FROM message WHERE text LIKE ? ORDER BY id DESC"
    return connection.execute(found, (f"%{query}%",)).fetchall()


if __name__ == "__main__":
    main()
