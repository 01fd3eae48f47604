"""A disk that is full, read-only, held or damaged: a sentence, nothing lost, and it goes on once that is over."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import ConfidantError, StoreError
from app.core.events import Done
from app.core.paths import Paths
from app.core.settings import DATA_ENCRYPTED, LOOK_THEME, PRIVACY_OWN_WORDS
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.erase import TracesLeft
from app.core.store.migrations import STEPS
from app.core.store.turns import Note
from app.privacy.policy import Level

WORDS = "correct horse battery"
LONG = "The heron stands in the reeds. " * 800
"""Some 25 KB: more than a new journal has room for."""


def silent(*_):
    """Take progress."""


@pytest.fixture
def disk(tmp_path):
    """A disk of 1 MB, which can be filled, emptied and made read-only."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("This machine does not let a test mount a small disk.")
    yield Disk(place)
    subprocess.run(["umount", "-l", str(place)], check=True)


class Disk:
    """A mounted file system."""

    def __init__(self, place):
        self.place = place
        self._filler = place / "filler"

    def fill(self):
        """Leave no byte free."""
        with self._filler.open("wb", buffering=0) as file:
            for size in (4096, 512, 1):
                while True:
                    try:
                        file.write(b"\0" * size)
                    except OSError:
                        break

    def empty(self):
        """Free what was filled."""
        self._filler.unlink()

    def write_protect(self, on):
        """Make it read-only, or writable again."""
        subprocess.run(["mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.place)], check=True)


def opened(place, encrypted=False):
    """Return a started profile in a folder."""
    paths = Paths(place / "profile")
    paths.create()
    confidant = build(paths, local=EchoEngine())
    confidant.settings.set(DATA_ENCRYPTED, encrypted)
    confidant.start()
    return confidant


def ask(confidant, text="Where is the heron?"):
    """Ask something in a new conversation; raise what the answer failed with."""
    conversation = confidant.session.new_conversation().id
    events = []
    confidant.session.send(conversation, text, None, Cancel(), events.append)
    assert isinstance(events[-1], Done)


def seen(confidant):
    """Return everything that must survive."""
    session = confidant.session
    said = {
        each.id: [(one.role, one.text, one.state) for one in session.messages(each.id)]
        for each in session.conversations()
        if session.messages(each.id)
    }
    return said, confidant.settings[PRIVACY_OWN_WORDS], [note.text for note in confidant.turns.notes(99)]


def save_setting(confidant, tmp_path):
    confidant.settings.set(PRIVACY_OWN_WORDS, tuple(f"word{number}" for number in range(3000)))


def save_early_setting(confidant, tmp_path):
    confidant.settings.set(LOOK_THEME, "dark")


def bring(confidant, tmp_path):
    file = tmp_path / "conversations.json"
    message = {"uuid": "m", "sender": "human", "text": LONG, "created_at": "2024-01-01T00:00:00Z"}
    file.write_text(json.dumps([{"uuid": "c", "name": "Heron", "chat_messages": [message]}]))
    confidant.transfer.bring(file, Level.GUARDED, Cancel(), silent)


def index(confidant, tmp_path):
    confidant.recall.index(Cancel(), silent)


def attach(confidant, tmp_path):
    file = tmp_path / "heron.txt"
    file.write_text(LONG[:6000])
    confidant.documents.attach(confidant.session.conversations()[0].id, file, Cancel(), silent)


def note(confidant, tmp_path):
    confidant.turns.add([Note("n", "", "", "user", 0.0, LONG)])


def back_up(confidant, tmp_path):
    confidant.backup.make(confidant.paths.profile.parent / "copy", WORDS, Cancel(), silent)


def export(confidant, tmp_path):
    confidant.transfer.give(confidant.paths.profile.parent / "all.md", "md", Cancel(), silent)


def encrypt(confidant, tmp_path):
    confidant.protection.turn_on(Cancel(), silent)


def restore(confidant, tmp_path):
    confidant.backup.restore(tmp_path / "earlier", WORDS, Cancel(), silent)


DOINGS = {
    "ask": lambda confidant, tmp_path: ask(confidant, LONG),
    "save a setting": save_setting, "save an early setting": save_early_setting, "import": bring,
    "index": index, "attach": attach, "note": note, "back up": back_up, "export": export,
    "encrypt": encrypt, "restore": restore,
}  # fmt: skip


def spread(confidant, count=2):
    """Put something into a profile that takes several pages, with notes to be indexed."""
    for number in range(count):
        ask(confidant, f"Where is heron {number}? " * 60)
    confidant.turns.add([Note(f"t{n}", "", "", "user", 0.0, f"Heron {n} stands there.") for n in range(40)])
    confidant.settings.set(PRIVACY_OWN_WORDS, ("heron",))


@pytest.mark.parametrize("doing", DOINGS)
def test_a_full_disk_is_told_and_loses_nothing(disk, tmp_path, doing):
    confidant = opened(disk.place)
    spread(confidant)
    if doing == "restore":
        confidant.backup.make(tmp_path / "earlier", WORDS, Cancel(), silent)
    confidant.close()  # with an empty journal, so that whatever is written needs new room
    before, names = seen(confidant), {each.name for each in disk.place.rglob("*")}
    disk.fill()
    try:
        with pytest.raises((ConfidantError,)) as raised:
            DOINGS[doing](confidant, tmp_path)
        told = raised.value.told
        assert told.endswith(".")
        assert any(word in told for word in ("disk", "room", "space")), told
        assert seen(confidant) == before
    finally:
        disk.empty()
    left = {each.name for each in disk.place.rglob("*")} - names
    assert {name for name in left if not name.endswith(("-wal", "-shm", ".lock"))} == set()
    assert seen(confidant) == before
    if doing == "ask":
        ask(confidant)
    else:
        DOINGS[doing](confidant, tmp_path)
    said, _, _ = seen(confidant)
    assert before[0].items() <= said.items()
    confidant.close()


def test_what_is_deleted_on_a_full_disk_is_deleted_and_its_traces_go_later(disk):
    confidant = opened(disk.place)
    ask(confidant, "An unmistakable heron. " * 400)
    ask(confidant)
    disk.fill()
    gone = confidant.session.conversations()[1].id
    with pytest.raises(StoreError) as raised:
        confidant.session.delete(gone)
    names = [each.id for each in confidant.session.conversations()]
    assert (gone not in names) is isinstance(raised.value, TracesLeft), raised.value.told
    disk.empty()
    confidant.close()
    confidant.start()
    if gone in names:
        confidant.session.delete(gone)
    confidant.close()
    files = [each for each in confidant.paths.profile.rglob("*") if each.is_file()]
    assert not [each.name for each in files if b"unmistakable" in each.read_bytes()]


def _older(path):
    """Make a profile's database as an earlier version left it."""
    path.parent.mkdir(exist_ok=True)
    older = Database(path, steps=STEPS[:9])
    kept = Database.writing(older)
    with kept as connection:
        connection.execute(
            "INSERT INTO conversation (id, title, created, updated, level) VALUES ('a', 'Old', 1, 1, 'guarded')"
        )
        connection.executemany(
            "INSERT INTO message (conversation, role, text, created, state) VALUES ('a', 'user', ?, 1, 'complete')",
            [(f"heron {number} " * 300,) for number in range(20)],
        )
    older.close()


def test_a_disk_that_is_full_while_it_is_brought_up_to_date_keeps_the_old_version(disk):
    path = disk.place / "profile" / "confidant.db"
    _older(path)
    before = path.read_bytes()
    disk.fill()
    database = Database(path)
    with pytest.raises(StoreError, match=r"disk|room|data folder"):
        database.open()
    database.close()
    assert path.read_bytes() == before
    disk.empty()
    kept = Conversations(database)
    assert len(kept.messages("a")) == 20
    database.close()


@pytest.mark.parametrize("doing", [each for each in DOINGS if each != "restore"])
def test_a_read_only_disk_is_told_and_loses_nothing(disk, tmp_path, doing):
    confidant = opened(disk.place)
    spread(confidant)
    before = seen(confidant)
    confidant.close()
    disk.write_protect(True)
    try:
        with pytest.raises(ConfidantError) as raised:
            DOINGS[doing](confidant, tmp_path)
        assert raised.value.told.endswith(".")
    finally:
        confidant.close()
        disk.write_protect(False)
    assert seen(confidant) == before
    ask(confidant)
    confidant.close()


_STRANGER = """
import os, sys
from pathlib import Path
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
from app.core.errors import StoreError
from app.core.store.conversations import Conversations
from app.core.store.database import Database
kept = Conversations(Database(Path(sys.argv[1]), patience=0.2))
try:
    kept.rename(sys.argv[2], "changed")
except StoreError as error:
    print(error.told)
"""


@pytest.mark.parametrize("what", ["the folder", "the file", "both"])
def test_who_may_not_write_is_told_and_changes_nothing(tmp_path, what):
    """The administrator may write anywhere, so a child becomes somebody else first."""
    folder = tmp_path / "profile"
    folder.mkdir()
    path = folder / "confidant.db"
    database = Database(path)
    conversation = Conversations(database).create("kept")
    database.close()
    before = path.read_bytes()
    for each in [*tmp_path.parents, tmp_path]:
        if each.stat().st_uid == os.geteuid() and each != Path("/tmp"):
            each.chmod(each.stat().st_mode | 0o011)
    for each in folder.iterdir():
        each.chmod(0o444 if what != "the folder" else 0o666)
    folder.chmod(0o555 if what != "the file" else 0o777)
    child = subprocess.run(
        [sys.executable, "-c", _STRANGER, str(path), conversation.id],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    folder.chmod(0o700)
    if child.returncode and ("Permission" in child.stderr or "No module" in child.stderr):
        pytest.skip("Another person may not run Python here.")
    assert child.returncode == 0, child.stderr
    assert "data folder" in child.stdout or "writable" in child.stdout, child.stdout
    assert path.read_bytes() == before
    again = Database(path)
    assert Conversations(again).get(conversation.id).title == "kept"
    again.close()


_HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("doing", ["ask", "save a setting", "import", "index", "attach", "note"])
def test_a_file_that_another_program_holds_is_told_and_loses_nothing(tmp_path, doing):
    confidant = opened(tmp_path)
    spread(confidant)
    before = seen(confidant)
    confidant.close()
    confidant._kept._patience = 0.1
    confidant.start()
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(confidant.paths.database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="Another program"):
            DOINGS[doing](confidant, tmp_path)
        assert seen(confidant) == before
        holder.communicate()
    DOINGS[doing](confidant, tmp_path)
    confidant.close()


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_a_damaged_page_is_told_with_a_way_out_and_nothing_is_overwritten(tmp_path, encrypted):
    confidant = opened(tmp_path, encrypted)
    spread(confidant, 12)
    before = seen(confidant)
    confidant.backup.make(tmp_path / "earlier", WORDS, Cancel(), silent)
    confidant.close()
    path = confidant.paths.database
    whole = bytearray(path.read_bytes())
    for page in range(2, len(whole) // 4096 - 1):
        for at in range(page * 4096, page * 4096 + 4096, 64):
            whole[at] ^= 0xFF
    path.write_bytes(whole)
    broken = build(confidant.paths, local=EchoEngine())
    with pytest.raises(StoreError, match=r"damaged|not one that") as raised:
        seen(broken)
    assert "backup restore" in raised.value.told
    with pytest.raises(StoreError):
        broken.backup.make(tmp_path / "other", WORDS, Cancel(), silent)
    assert not (tmp_path / "other").exists()
    broken.close()
    assert path.read_bytes() == whole
    broken.backup.restore(tmp_path / "earlier", WORDS, Cancel(), silent)
    assert seen(broken) == before
    broken.close()
