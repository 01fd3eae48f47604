"""A profile's folder with real files, and real other processes that use them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.store.conversations import Conversations
from app.core.store.database import Database

Start = Callable[..., "subprocess.Popen[str]"]
_CHILD = Path(__file__).with_name("store_child.py")
_ROOT = Path(__file__).resolve().parents[3]


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
    children: list[subprocess.Popen[str]] = []

    def start(job: str, conversation: str = "") -> "subprocess.Popen[str]":
        child = subprocess.Popen(
            [sys.executable, str(_CHILD), job, str(path), conversation],
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()
