"""The file under a key: nothing of it can be read, nothing of it is lost, and its form changes safely."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from store_processes import ROOT, Start, line

from app.core.cancel import Cancel
from app.core.errors import Cancelled, StoreError
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.driver import connect, salt
from app.core.store.encryption import PLAIN, FileKey, Fixed
from app.core.store.file_copy import Watch
from app.core.store.migrations import STEPS

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
CANARY = "unmistakable"


class Wish:
    """A key that may be wanted now and not wanted then."""

    def __init__(self, is_wanted: bool) -> None:
        self.is_wanted = is_wanted

    def value(self) -> bytes:
        return KEY


def _fill(path: Path, key: FileKey, rows: int = 20) -> Database:
    database = Database(path, key=key)
    kept = Conversations(database)
    conversation = kept.create(CANARY)
    for number in range(rows):
        kept.ask(conversation.id, f"{CANARY} {number} " + "word " * 200)
    return database


def _readable(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if CANARY.encode() in each.read_bytes())


def _dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, and how the tables were made."""
    with database.reading() as connection:
        made = connection.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [row["name"] for row in made if row["type"] == "table"]
        rows = {
            name: sorted((tuple(row) for row in connection.execute(f'SELECT * FROM "{name}"')), key=repr)
            for name in tables
        }
    return {"": [tuple(row) for row in made], **rows}


def _watch() -> Watch:
    return Watch.nobody()


def test_no_byte_of_an_encrypted_file_or_its_journal_can_be_read(path: Path) -> None:
    database = _fill(path, Fixed(KEY))
    assert path.with_name("confidant.db-wal").stat().st_size
    assert _readable(path) == []
    assert len(Conversations(database).search(CANARY)) == 20
    database.close()
    assert _readable(path) == []
    assert path.read_bytes()[:16] == salt(KEY)


def test_a_wrong_key_is_told_and_loses_nothing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _fill(path, Fixed(KEY)).close()
    before = path.read_bytes()
    for wrong in (Fixed(OTHER), Fixed(OTHER)):
        with pytest.raises(StoreError, match="not written with the key of this profile"):
            Database(path, key=wrong).open()
    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")  # SQLCipher would write into the terminal


@pytest.mark.parametrize("begin", [0, 16, 4096])
def test_a_damaged_file_is_not_taken_for_a_wrong_key(begin: int, path: Path) -> None:
    _fill(path, Fixed(KEY)).close()
    spoiled = bytearray(path.read_bytes())
    spoiled[begin : begin + 3000] = b"\xa5" * 3000
    path.write_bytes(spoiled)
    # Where the first bytes are gone, nobody can know.
    told = "not written with the key" if begin == 0 else "damaged"
    database = Database(path, key=Fixed(KEY))
    with pytest.raises(StoreError, match=told):
        _dump(database)
    database.close()
    assert path.read_bytes() == spoiled


def test_a_journal_survives_a_start_with_a_wrong_key(path: Path, start: Start) -> None:
    """As after a crash: the rows are in the journal alone, and somebody tries another key first."""
    database = _fill(path, Fixed(KEY), rows=5)
    copy = path.parent / "crashed"
    copy.mkdir()
    for name in ("confidant.db", "confidant.db-wal"):
        (copy / name).write_bytes(path.with_name(name).read_bytes())
    database.close()
    with pytest.raises(StoreError):
        Database(copy / "confidant.db", key=Fixed(OTHER)).open()
    again = Database(copy / "confidant.db", key=Fixed(KEY))
    assert sum(len(Conversations(again).messages(each.id)) for each in Conversations(again).list()) == 5
    again.close()


def test_an_older_encrypted_file_is_copied_under_the_same_key(path: Path) -> None:
    older = Database(path, key=Fixed(KEY), steps=STEPS[:1])
    with older.writing() as connection:
        connection.execute(
            "INSERT INTO conversation (id, title, created, updated, level) VALUES ('a', ?, 1, 1, 'strict')",
            (CANARY,),
        )
    older.close()
    database = Database(path, key=Fixed(KEY))
    assert [each.title for each in Conversations(database).list()] == [CANARY]
    database.close()
    (copy,) = path.parent.glob("*.before-*")
    assert _readable(path) == []
    restored = Database(copy, key=Fixed(KEY), steps=STEPS[:1])
    assert [each.title for each in Conversations(restored).list()] == [CANARY]
    restored.close()


@pytest.mark.parametrize("key", [b"", KEY, OTHER], ids=["plain", "same", "other"])
def test_a_copy_holds_everything_under_any_key(key: bytes, path: Path, tmp_path: Path) -> None:
    database = _fill(path, Fixed(KEY))
    target = tmp_path / "copy.db"
    shares: list[int] = []
    database.copy_to(target, key, Watch(Cancel(), lambda done, _whole: shares.append(done)))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (CANARY.encode() in target.read_bytes()) is not bool(key)
    copy = Database(target, key=Fixed(key) if key else PLAIN)
    assert _dump(copy) == _dump(database)
    assert len(Conversations(copy).search(CANARY)) == 20
    assert shares == sorted(shares)
    assert shares[-1] == 100
    copy.close()
    database.close()


def test_a_copy_that_is_stopped_leaves_no_file(path: Path, tmp_path: Path) -> None:
    database = _fill(path, Fixed(KEY))
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        database.copy_to(tmp_path / "copy.db", b"", Watch(stop, lambda _done, _whole: None))
    assert not (tmp_path / "copy.db").exists()
    database.close()


def test_encryption_goes_on_and_off_without_losing_a_row(path: Path) -> None:
    wish = Wish(False)
    database = _fill(path, wish)
    before = _dump(database)
    assert _readable(path)
    for is_wanted in (True, False, True):
        wish.is_wanted = is_wanted
        database.change(_watch())
        assert database.is_encrypted() == is_wanted
        assert _dump(database) == before
        assert bool(_readable(path)) != is_wanted
    database.close()
    assert sorted(each.name for each in path.parent.iterdir()) == [".confidant.db.lock", "confidant.db"]


def test_a_change_that_is_stopped_changes_nothing(path: Path) -> None:
    wish = Wish(False)
    database = _fill(path, wish)
    before = _dump(database)
    wish.is_wanted = True
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        database.change(Watch(stop, lambda _done, _whole: None))
    wish.is_wanted = False
    assert _dump(database) == before
    assert not database.is_encrypted()
    database.close()


@pytest.mark.parametrize("job", ["look_on", "read"])
def test_a_file_that_another_program_has_open_is_not_changed_but_used(
    path: Path, start: Start, job: str
) -> None:
    """One that is Confidant too, and one that knows nothing of its lock."""
    _fill(path, PLAIN).close()
    child = start(job)
    assert line(child) in ("1", "reading")
    database = Database(path, key=Wish(True), patience=0.1)
    with pytest.raises(StoreError, match="open elsewhere"):
        database.change(_watch())
    assert [each.title for each in Conversations(database).list()] == [CANARY]
    assert not database.is_encrypted()
    database.close()
    child.communicate()
    assert database.is_encrypted()  # the next opening does what could not be done
    database.close()
    assert _readable(path) == []


def test_a_file_of_another_program_is_not_encrypted(path: Path) -> None:
    other = connect(path)
    other.execute("CREATE TABLE bookmarks (address TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not one that Confidant can read"):
        Database(path, key=Wish(True)).open()
    assert path.read_bytes() == before


def test_two_programs_that_make_an_encrypted_file_at_once_agree(path: Path) -> None:
    """Both write the same first bytes, since they follow from the key."""
    code = (
        "import sys; from pathlib import Path; from app.core.store.database import Database\n"
        "from app.core.store.encryption import Fixed\n"
        "Database(Path(sys.argv[1]), key=Fixed(bytes(range(32)))).open()"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], env={**os.environ, "PYTHONPATH": str(ROOT)})
        for _ in range(3)
    ]
    assert [child.wait() for child in children] == [0, 0, 0]
    database = Database(path, key=Fixed(KEY))
    assert database.is_encrypted()
    assert Conversations(database).list() == []
    database.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system does not fork.")
@pytest.mark.parametrize("form", ["encrypt", "decrypt"])
def test_a_change_that_is_killed_anywhere_loses_no_row(form: str, tmp_path: Path) -> None:
    child = Path(__file__).with_name("killed_child.py")
    done = subprocess.run(
        [sys.executable, str(child), str(tmp_path), form, "25"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    tries = [json.loads(text) for text in done.stdout.splitlines()]
    assert len(tries) == 25
    files = ["confidant.before-3.db", "confidant.db"]
    wanted = {
        "killed": True, "rows": 60, "found": 60, "whole": "ok", "encrypted": form == "encrypt",
        "readable": [] if form == "encrypt" else files, "files": files,
    }  # fmt: skip
    assert [each for each in tries if {**each, **wanted} != each] == []
