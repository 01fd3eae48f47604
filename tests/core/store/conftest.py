"""A profile's folder with real files, and real other processes that use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_processes import Child, Start, begin

from app.core.store.conversations import Conversations
from app.core.store.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "confidant.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(path)
    yield database
    database.close()


@pytest.fixture
def kept(database: Database) -> Conversations:
    return Conversations(database)


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    """Start a child of `store_child.py` on the same file; every one is gone after the test."""
    children: list[Child] = []

    def start(job: str, conversation: str = "") -> Child:
        children.append(begin(job, path, conversation))
        return children[-1]

    yield start
    for child in children:
        child.kill()
        child.communicate()
