"""Talking to the child processes of the store's tests."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Child = subprocess.Popen[str]
Start = Callable[..., Child]
_CHILD = Path(__file__).with_name("store_child.py")
ROOT = Path(__file__).resolve().parents[3]


def begin(job: str, path: Path, conversation: str) -> Child:
    """Start a child of `store_child.py` on this file."""
    return subprocess.Popen(
        [sys.executable, str(_CHILD), job, str(path), conversation],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def line(child: Child) -> str:
    """Wait for the next line that the child prints."""
    assert child.stdout is not None
    return child.stdout.readline().strip()


def go(child: Child) -> None:
    """Let a child go on that waits for a line."""
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()
