"""Fifty times kill -9 in the middle of writing: the file is whole, and what was acknowledged is there."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from store_processes import ROOT

from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.encryption import PLAIN, Fixed
from app.core.types import State

CHILD = Path(__file__).with_name("writing_child.py")
KEY = bytes(range(32))
TIMES = 25
"""Of each kind: fifty together."""


class Told:
    """What the killed programs had acknowledged."""

    def __init__(self):
        self.said, self.grown, self.finished, self.gone = {}, {}, set(), set()

    def take(self, line):
        """Note a line."""
        kind, name, number = line.split()
        match kind:
            case "said":
                self.said[int(name)] = f"question {number} " * 50
            case "grown":
                self.grown[int(name)] = int(number) + 1
            case "finished":
                self.finished.add(int(name))
            case "deleting" | "deleted":
                self.gone.add(name)


def killed(mother, told, lines):
    """Start a writer, kill it after some lines, and take in what it had told by then."""
    mother.stdin.write("go\n")
    mother.stdin.flush()
    _, pid, _ = mother.stdout.readline().split()
    for _ in range(lines):
        told.take(mother.stdout.readline())
    os.kill(int(pid), signal.SIGKILL)
    while not (line := mother.stdout.readline()).startswith("gone"):
        assert line, "the writer ended by itself"
        told.take(line)


def check(path, key, told):
    """Open the file as the next start does, and look for everything."""
    database = Database(path, key=Fixed(key) if key else PLAIN)
    kept = Conversations(database)
    kept.mark_interrupted()
    with database.writing() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("message_fts", "conversation_fts"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        gone = tuple(told.gone)
        found = {
            row["id"]: row
            for row in connection.execute("SELECT id, conversation, text, state FROM message").fetchall()
        }
    talks = {each.id for each in kept.list(10_000)}
    alive = {number for number, row in found.items() if row["conversation"] in talks}
    assert alive == set(found)
    lost = {number for number in told.said if number not in found}
    assert len(lost) <= len(gone)
    for number, text in told.said.items():
        assert number in lost or found[number]["text"] == text
    answers = {number for number in told.grown if number in found}
    for number in answers:
        words = found[number]["text"].split()
        assert words.count(f"word{told.grown[number] - 1}") == 100
        if number in told.finished:
            assert found[number]["state"] == State.COMPLETE
        else:
            assert found[number]["state"] in (State.COMPLETE, State.INTERRUPTED)
    database.close()
    return len(found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system cannot fork.")
@pytest.mark.parametrize("key", [b"", KEY], ids=["plain", "encrypted"])
def test_whoever_is_killed_while_he_writes_loses_nothing_that_was_acknowledged(path, key):
    told, chance = Told(), random.Random(5)
    mother = subprocess.Popen(
        [sys.executable, str(CHILD), str(path), key.hex()],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with mother:
        for _ in range(TIMES):
            killed(mother, told, chance.randrange(1, 26))
            left = check(path, key, told)
        mother.stdin.close()
        mother.wait()
    assert left > TIMES
    assert told.gone
