"""The file itself: opening, upgrading, and everything that can be wrong with it."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_processes import Start, go, line

from app.core.errors import StoreError
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.driver import sqlite
from app.core.store.migrations import STEPS


def test_nothing_is_opened_before_the_first_use(path: Path) -> None:
    Database(path)
    assert not path.exists()


def test_opening_twice_and_using_it_after_closing_work(path: Path) -> None:
    database = Database(path)
    database.open()
    database.open()
    conversation = Conversations(database).create("one")
    database.close()
    database.close()
    assert Conversations(database).get(conversation.id) == conversation
    database.close()


def test_the_file_is_set_up_to_be_safe(database: Database, path: Path) -> None:
    with database.writing() as connection:
        wanted = {
            "journal_mode": "wal",
            "secure_delete": 1,
            "foreign_keys": 1,
            "synchronous": 1,
            "busy_timeout": 5000,
            "temp_store": 2,
        }
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_every_file_belongs_to_its_owner_only(kept: Conversations, path: Path) -> None:
    kept.create()
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert set(modes) == {"confidant.db", "confidant.db-wal", "confidant.db-shm", ".confidant.db.lock"}
    assert set(modes.values()) == {0o600}


def test_closing_leaves_one_file(kept: Conversations, database: Database, path: Path) -> None:
    kept.create()
    database.close()
    assert sorted(path.parent.iterdir()) == [path.with_name(".confidant.db.lock"), path]


def test_an_up_to_date_file_opens_without_the_heavy_library(database: Database, path: Path) -> None:
    database.open()
    code = (
        "import sys; from pathlib import Path; from app.core.store.database import Database\n"
        "Database(Path(sys.argv[1])).open(); print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
    )
    assert done.stdout.strip() == "False"


def test_a_database_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database(None)
    kept = Conversations(database, temporary=True)
    conversation = kept.create()
    assert conversation.temporary
    assert conversation.id.startswith("tmp-")
    kept.ask(conversation.id, "hello")
    assert [each.text for each in kept.messages(conversation.id)] == ["hello"]
    kept.delete(conversation.id)
    database.close()
    assert list(tmp_path.iterdir()) == []
    assert kept.list() == []


def test_four_programs_that_make_the_file_at_once_agree(path: Path, start: Start) -> None:
    children = [start("open_new") for _ in range(4)]
    assert [line(child) for child in children] == ["ready"] * 4
    for child in children:
        go(child)
    assert [child.wait() for child in children] == [0] * 4
    database = Database(path)
    with database.reading() as connection:
        names = [row["name"] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    database.close()
    assert names == [step.__name__ for step in STEPS]


def test_another_program_that_closes_leaves_the_journal_in_use(
    kept: Conversations, path: Path, start: Start
) -> None:
    conversation = kept.create("one")
    journal = path.with_name(f"{path.name}-wal")
    before = journal.stat().st_ino
    child = start("look")
    assert line(child) == "1"
    child.wait()
    assert journal.stat().st_ino == before
    assert kept.get(conversation.id) == conversation


def test_traces_that_a_busy_program_kept_go_when_closing(
    kept: Conversations, database: Database, path: Path, start: Start
) -> None:
    impatient = Database(path, patience=0.1)
    conversation = kept.create("unmistakable")
    child = start("read")
    assert line(child) == "reading"
    with pytest.raises(StoreError, match="traces"):
        Conversations(impatient).delete(conversation.id)
    assert kept.list() == []
    child.communicate()
    database.close()
    impatient.close()
    assert not [each for each in path.parent.iterdir() if b"unmistakable" in each.read_bytes()]


def _make_older(path: Path) -> str:
    """Make a file as the first step left it, with a conversation in it."""
    older = Database(path, steps=STEPS[:1])
    with older.writing() as connection:
        connection.execute(
            "INSERT INTO conversation (id, title, created, updated, level) VALUES ('a', 'Old one', 1, 1, 'strict')"
        )
        connection.execute(
            "INSERT INTO message (conversation, role, text, created, state)"
            " VALUES ('a', 'user', 'the oldest question', 1, 'complete')"
        )
    older.close()
    return "a"


def test_an_older_file_is_copied_and_brought_up_to_date(path: Path) -> None:
    _make_older(path)
    before = path.read_bytes()
    database = Database(path)
    kept = Conversations(database)
    assert [each.title for each in kept.list()] == ["Old one"]
    assert [hit.conversation.id for hit in kept.search("oldest")] == ["a"]
    database.close()
    (copy,) = path.parent.glob("*.before-*")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    shutil.copy(copy, path)
    restored = Database(path, steps=STEPS[:1])
    assert [each.title for each in Conversations(restored).list()] == ["Old one"]
    restored.close()
    assert before[:16] == b"SQLite format 3\0"


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    _make_older(path)

    def breaks(db: object) -> None:
        raise sqlite.OperationalError("no")

    database = Database(path, steps=(*STEPS, breaks))
    with pytest.raises(StoreError):
        database.open()
    older = Database(path, steps=STEPS[:1])
    assert Conversations(older).get("a").title == "Old one"
    older.close()


def test_deleting_a_conversation_destroys_older_copies_too(path: Path) -> None:
    _make_older(path)
    database = Database(path)
    Conversations(database).delete("a")
    assert not [each for each in path.parent.iterdir() if b"oldest" in each.read_bytes()]
    database.close()


def test_a_newer_file_is_left_as_it_is(database: Database, path: Path) -> None:
    database.open()
    database.close()
    before = path.read_bytes()
    older = Database(path, steps=STEPS[:2])
    with pytest.raises(StoreError, match="newer Confidant"):
        older.open()
    assert path.read_bytes() == before


def _text_file(path: Path) -> None:
    path.write_text("Dear diary, " * 500)


def _another_program(path: Path) -> None:
    other = sqlite.connect(path)
    other.execute("CREATE TABLE bookmarks (address TEXT)")
    other.close()


def _cut(path: Path) -> None:
    database = Database(path)
    kept = Conversations(database)
    for _ in range(50):
        kept.ask(kept.create().id, "hello " * 100)
    database.close()
    os.truncate(path, path.stat().st_size // 2)


def _scribbled(path: Path) -> None:
    _cut(path)
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xa5" * (len(whole) - 4096)
    path.write_bytes(whole)


@pytest.mark.parametrize("spoil", [_text_file, _another_program, _cut, _scribbled])
def test_a_broken_file_is_told_and_kept(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)
    before = path.read_bytes()
    database = Database(path)
    with pytest.raises(StoreError, match=r"damaged|not one that Confidant can read") as raised:
        Conversations(database).create("hello")
    database.close()
    assert raised.value.told.endswith(".")
    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        Database(path).open()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="data folder"):
        Database(tmp_path / "gone" / "confidant.db").open()


def test_another_program_that_writes_is_waited_for_and_then_told(
    database: Database, path: Path, start: Start
) -> None:
    conversation = Conversations(database).create("one")
    assert line(start("hold")) == "held"
    impatient = Database(path, patience=0.1)
    kept = Conversations(impatient)
    with pytest.raises(StoreError, match="Another program"):
        kept.rename(conversation.id, "two")
    assert [each.title for each in kept.list()] == ["one"]
    impatient.close()


def test_reading_does_not_wait_for_a_writer_of_the_same_program(
    database: Database, path: Path, start: Start
) -> None:
    patient = Database(path, patience=60)
    kept = Conversations(patient)
    conversation = kept.create("one")
    holder = start("hold")
    assert line(holder) == "held"
    writer = threading.Thread(target=kept.rename, args=(conversation.id, "two"))
    writer.start()
    assert [each.title for each in kept.list()] == ["one"]
    assert writer.is_alive()
    holder.communicate()
    writer.join()
    assert [each.title for each in kept.list()] == ["two"]
    patient.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("This machine does not let a test mount a small disk.")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _fill(kept: Conversations, conversation: str) -> None:
    for _ in range(200):
        kept.ask(conversation, os.urandom(8000).hex())


def test_a_full_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    database = Database(small_disk / "confidant.db")
    kept = Conversations(database)
    conversation = kept.create()
    kept.ask(conversation.id, "before")
    with pytest.raises(StoreError, match="disk is full"):
        _fill(kept, conversation.id)
    texts = [each.text for each in kept.messages(conversation.id)]
    assert texts[0] == "before"
    database.close()
    again = Database(small_disk / "confidant.db")
    assert [each.text for each in Conversations(again).messages(conversation.id)] == texts
    again.close()


def test_a_read_only_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "confidant.db"
    database = Database(path)
    conversation = Conversations(database).create("kept")
    database.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreError, match="data folder"):
        Conversations(database).rename(conversation.id, "changed")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert Conversations(database).get(conversation.id).title == "kept"
    database.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="The administrator may write into any folder.")
def test_a_read_only_folder_is_told(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="data folder"):
            Database(path).open()
    finally:
        path.parent.chmod(0o700)
