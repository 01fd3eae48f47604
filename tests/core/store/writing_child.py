"""Forks, for each line that it reads, a process that writes conversations until it is killed, and tells what it did."""

import os
import sys
from pathlib import Path

from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.encryption import PLAIN, Fixed
from app.core.types import Origin, Piece, State


def tell(*words: object) -> None:
    """Say in one write what is done and on the disk."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(path: Path, key: bytes) -> None:
    """Write for ever; whatever is told has to be there afterwards."""
    kept = Conversations(Database(path, key=Fixed(key) if key else PLAIN))
    number = 0
    while True:
        number += 1
        conversation = kept.create(f"title {number}").id
        question = kept.ask(conversation, f"question {number} " * 50)
        tell("said", question.id, number)
        answer = kept.begin_answer(conversation, None, "small")
        pieces = []
        for word in range(5):
            pieces.append(Piece(f"word{word} " * 100, Origin.LOCAL))
            kept.grow(answer, pieces)
            tell("grown", answer, word)
        kept.finish(answer, State.COMPLETE, pieces)
        tell("finished", answer, number)
        if number % 3 == 0:
            tell("deleting", conversation, number)
            kept.delete(conversation)
            tell("deleted", conversation, number)


def main(path: Path, key: bytes) -> None:
    """Fork, and say the number of the process before it begins."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            tell("pid", os.getpid(), 0)
            work(path, key)
        os.waitpid(child, 0)
        tell("gone", child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
