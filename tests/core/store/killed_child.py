"""Changes how a file is encrypted, and is killed in the middle: at one line of the program after the other.

Each try is a process of its own, forked here, which kills itself as `kill -9` would. Then another process opens
what is left, as the next start does, and says what it found.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from app.core.store import driver, encryption, file_copy
from app.core.store.conversations import Conversations
from app.core.store.database import Database

KEY = bytes(range(32))
CANARY = "unmistakable"
ROWS = 60
_WATCHED = {encryption.__file__, file_copy.__file__, driver.__file__}


class Key:
    """The same key whether it is wanted or not."""

    def __init__(self, is_wanted: bool) -> None:
        self.is_wanted = is_wanted

    def value(self) -> bytes:
        return KEY


def prepare(path: Path, is_encrypted: bool) -> None:
    """Make a file with rows, an older copy, and a journal that nobody folded into it; end as if killed."""
    path.parent.mkdir()
    database = Database(path, key=Key(is_encrypted))
    kept = Conversations(database)
    conversation = kept.create(CANARY)
    for number in range(ROWS):
        kept.ask(conversation.id, f"{CANARY} {number} " + "word " * 200)
    database.copy_to(path.with_name("confidant.before-3.db"), KEY if is_encrypted else b"")
    os.kill(os.getpid(), signal.SIGKILL)


def change(path: Path, is_wanted: bool, last: int) -> int:
    """Open the file as the next start does, and be killed at this line; return how many lines there are."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename not in _WATCHED:
            return None
        if event == "line":
            lines += 1
            if lines == last:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    database = Database(path, key=Key(is_wanted))
    database.open()
    sys.settrace(None)
    database.close()
    return lines


def look(path: Path, is_wanted: bool) -> dict[str, object]:
    """Open what is left, and say what is in it and around it."""
    database = Database(path, key=Key(is_wanted))
    with database.reading() as connection:
        (rows,) = connection.execute("SELECT count(*) FROM message").fetchone()
        (found,) = connection.execute(
            "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?", (CANARY,)
        ).fetchone()
        (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
    is_encrypted = database.is_encrypted()
    database.close()
    files = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    return {
        "rows": rows,
        "found": found,
        "whole": whole,
        "encrypted": is_encrypted,
        "readable": sorted(name for name, content in files.items() if CANARY.encode() in content),
        "files": sorted(name for name in files if not name.endswith(".lock")),
    }


def forked(job: Any, *arguments: Any) -> Any:
    """Call it in a process of its own; return what it returns, or None where it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w") as answer:
            json.dump(job(*arguments), answer)
            answer.flush()
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    assert os.waitstatus_to_exitcode(status) == 0
    return json.loads(text)


def main(folder: Path, is_wanted: bool, tries: int) -> None:
    """Print a line for each try."""
    template = folder / "template"
    forked(prepare, template / "confidant.db", not is_wanted)
    assert (template / "confidant.db-wal").stat().st_size
    shutil.copytree(template, folder / "whole")
    lines = forked(change, folder / "whole" / "confidant.db", is_wanted, 0)
    for number in range(tries):
        last = 1 + number * (lines - 1) // (tries - 1)
        profile = folder / f"try-{number}"
        shutil.copytree(template, profile)
        killed = forked(change, profile / "confidant.db", is_wanted, last) is None
        print(
            json.dumps({"line": last, "killed": killed, **forked(look, profile / "confidant.db", is_wanted)}),
            flush=True,
        )
        shutil.rmtree(profile)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "encrypt", int(sys.argv[3]))
