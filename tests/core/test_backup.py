"""One file holds everything; whatever goes wrong with it, what was there before stays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import BackupFault, Cancelled, ConfidantError, SettingError, StoreError, WrongPassphrase
from app.core.paths import Paths
from app.core.settings import DATA_ENCRYPTED, PRIVACY_OWN_WORDS
from app.core.store.swap import Swap
from app.privacy.ledger import Ledger
from app.privacy.policy import Level

WORDS = "correct horse battery"
HIDDEN = "Write to wombat@quillmail.example."
"""Its code comes out of the vault, the same each time."""
ROOT = Path(__file__).parents[2]


def silent(done, size):
    """Take progress."""


@pytest.fixture
def profile(tmp_path):
    """Make profiles, and close them after the test."""
    made = []

    def make(name, encrypted=True):
        paths = Paths(tmp_path / name)
        paths.create()
        confidant = build(paths, local=EchoEngine())
        made.append(confidant)
        if not encrypted:
            confidant.settings.set(DATA_ENCRYPTED, False)
        confidant.start()
        return confidant

    yield make
    for confidant in made:
        confidant.close()


def fill(confidant, text="The wombat sleeps in the shed."):
    """Put something of each kind into a profile; return the conversation's id."""
    conversation = confidant.session.new_conversation().id
    confidant.session.send(conversation, text, None, Cancel(), lambda _: None)
    confidant.settings.set(PRIVACY_OWN_WORDS, ("wombat",))
    confidant.facts.add("keeps a wombat")
    confidant.border.ledger.note("cloud.example", "chat", "m", b"sent of the wombat", {"PERSON": 1})
    return conversation


def seen(confidant):
    """Return everything that a restore has to bring back, as plain values."""
    session = confidant.session
    talks = [(each.id, each.title) for each in session.conversations()]
    said = [[(one.role, one.text) for one in session.messages(each)] for each, _ in talks]
    ledger: Ledger = confidant.border.ledger
    hidden = [confidant.border.privacy(each).sanitize(HIDDEN, Level.GUARDED).text for each, _ in talks]
    left = [(row.provider, ledger.body(row.id)) for row in ledger.entries(9)]
    facts = [fact.text for fact in confidant.facts.kept()]
    return talks, said, hidden, left, facts, confidant.settings[PRIVACY_OWN_WORDS]


@pytest.mark.parametrize("source", [True, False], ids=["encrypted", "plain"])
@pytest.mark.parametrize("target", [True, False], ids=["into encrypted", "into plain"])
def test_everything_comes_back_on_another_computer(profile, tmp_path, memory_keyring, source, target):
    old = profile("old", source)
    fill(old)
    before, told = seen(old), []
    file = tmp_path / "all.confidant-backup"
    old.backup.make(file, WORDS, Cancel(), lambda done, size: told.append((done, size)))
    assert told[-1] == (100, 100)
    assert file.stat().st_mode & 0o777 == 0o600
    assert not [
        word for word in (b"wombat", "wombat".encode("utf-16-le"), b"shed") if word in file.read_bytes()
    ]
    memory_keyring._passwords.clear()
    new = profile("new", target)
    fill(new, "Something else entirely.")
    new.backup.restore(file, WORDS, Cancel(), silent)
    assert seen(new) == before
    assert new.protection.state().is_encrypted is target
    new.close()
    again = build(new.paths, local=EchoEngine())
    assert seen(again) == before
    again.session.send(again.session.new_conversation().id, "It works.", None, Cancel(), lambda _: None)
    again.close()
    assert not (new.paths.profile / ".restore").exists()


def cut(data):
    return data[: len(data) // 2]


def flipped(data):
    middle = len(data) // 3
    return data[:middle] + bytes(255 - each for each in data[middle : middle + 64]) + data[middle + 64 :]


SPOILED = {
    "half of it": (cut, "no backup"),
    "its last page is gone": (lambda data: data[:-4096], "no backup"),
    "a page is missing": (lambda data: data[4096:], "no backup"),
    "bytes changed": (flipped, "damaged"),
    "a newer version": (lambda data: data.replace(b"confidant-backup 1\n", b"confidant-backup 2\n"), "newer"),
    "a text": (lambda data: b"Dear diary", "no backup"),
    "nothing": (lambda data: b"", "no backup"),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_a_spoiled_file_is_told_and_changes_nothing(profile, tmp_path, kind):
    spoil, told = SPOILED[kind]
    confidant = profile("mine")
    fill(confidant)
    file = tmp_path / "backup"
    confidant.backup.make(file, WORDS, Cancel(), silent)
    file.write_bytes(spoil(file.read_bytes()))
    before = seen(confidant)
    with pytest.raises(ConfidantError, match=told) as raised:
        confidant.backup.restore(file, WORDS, Cancel(), silent)
    assert "othing was changed" in raised.value.told
    assert seen(confidant) == before
    assert not (confidant.paths.profile / ".restore").exists()


def test_wrong_words_short_words_stops_and_bad_places_change_nothing(profile, tmp_path):
    confidant = profile("mine")
    fill(confidant)
    file, before = tmp_path / "backup", seen(confidant)
    stopped = Cancel()
    stopped.set()
    for path, words, cancel, kind in (
        (file, "short", Cancel(), SettingError),
        (file, WORDS, stopped, Cancelled),
        (tmp_path / "gone" / "backup", WORDS, Cancel(), BackupFault),
        (confidant.paths.profile / "backup", WORDS, Cancel(), BackupFault),
    ):
        with pytest.raises(kind):
            confidant.backup.make(path, words, cancel, silent)
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]
    confidant.backup.make(file, WORDS, Cancel(), silent)
    for path, words, cancel, kind in (
        (file, WORDS + "!", Cancel(), WrongPassphrase),
        (tmp_path / "gone", WORDS, Cancel(), BackupFault),
        (file, WORDS, stopped, Cancelled),
    ):
        with pytest.raises(kind):
            confidant.backup.restore(path, words, cancel, silent)
    assert seen(confidant) == before


def test_nothing_is_restored_under_another_process_that_has_it_open(profile, tmp_path):
    confidant = profile("mine")
    fill(confidant)
    file, before = tmp_path / "backup", seen(confidant)
    confidant.backup.make(file, WORDS, Cancel(), silent)
    other = build(confidant.paths, local=EchoEngine())
    other.start()
    with pytest.raises(StoreError, match="open elsewhere"):
        confidant.backup.restore(file, WORDS, Cancel(), silent)
    assert seen(other) == seen(confidant) == before
    other.close()
    confidant.backup.restore(file, WORDS, Cancel(), silent)
    assert seen(confidant) == before


def test_a_damaged_profile_can_be_restored(profile, tmp_path):
    confidant = profile("mine")
    fill(confidant)
    file, before = tmp_path / "backup", seen(confidant)
    confidant.backup.make(file, WORDS, Cancel(), silent)
    confidant.close()
    confidant.paths.database.write_bytes(b"\xa5" * 8192)
    broken = build(confidant.paths, local=EchoEngine())
    with pytest.raises(StoreError):
        broken.start()
    broken.backup.restore(file, WORDS, Cancel(), silent)
    assert seen(broken) == before
    broken.close()


_CHILD = """
import os, sys
from pathlib import Path
from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.paths import Paths
steps, die_at = 0, int(sys.argv[3])
def counted(name):
    real = getattr(os, name)
    def call(*arguments, **more):
        global steps
        steps += 1
        if steps > die_at:
            os.kill(os.getpid(), 9)
        return real(*arguments, **more)
    setattr(os, name, call)
confidant = build(Paths(Path(sys.argv[1])), local=EchoEngine())
for name in ("replace", "fsync", "unlink", "rename", "rmdir"):
    counted(name)
confidant.backup.restore(Path(sys.argv[2]), "correct horse battery", Cancel(), lambda *_: None)
print(steps)
"""


def test_a_restore_that_is_killed_at_any_step_leaves_the_one_or_the_other(profile, tmp_path):
    source = profile("source")
    fill(source, "What the backup holds.")
    file, wanted = tmp_path / "backup", seen(source)
    source.backup.make(file, WORDS, Cancel(), silent)
    mine = profile("mine")
    fill(mine, "What was there before.")
    before = seen(mine)
    mine.close()
    die_at = 0
    while True:
        child = subprocess.run(
            [sys.executable, "-c", _CHILD, str(mine.paths.profile), str(file), str(die_at)],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        )  # fmt: skip
        assert child.returncode in (0, -9), child.stderr.decode()
        after = build(mine.paths, local=EchoEngine())
        now = seen(after)
        after.close()
        assert now in (before, wanted)
        assert not (mine.paths.profile / ".restore").exists()
        if now == wanted:
            break
        die_at += 1
    assert now == wanted
    assert die_at > 3


def test_what_a_crash_left_is_put_back_once_nobody_is_at_it(profile):
    confidant = profile("mine")
    fill(confidant)
    before = seen(confidant)
    confidant.close()
    swap = Swap(confidant.paths)
    swap.prepare()
    swap.new.write_bytes(b"new")
    with pytest.raises(RuntimeError):
        swap.go(lambda: (_ for _ in ()).throw(RuntimeError))
    again = build(confidant.paths, local=EchoEngine())
    assert seen(again) == before
    again.close()


def test_two_restores_at_once_leave_each_other_alone(profile, tmp_path):
    confidant = profile("here")
    first, second = Swap(confidant.paths), Swap(confidant.paths)
    first.prepare()
    first.new.write_bytes(b"on its way")
    second.recover()  # as each start does
    with pytest.raises(StoreError, match="Another restore"):
        second.prepare()
    second.clear()
    assert first.new.read_bytes() == b"on its way"
    first.clear()
    second.prepare()
    second.clear()


def test_who_forgot_the_passphrase_restores_without_being_asked_for_it(profile, tmp_path):
    confidant = profile("here")
    fill(confidant)
    before = seen(confidant)
    confidant.backup.make(tmp_path / "all.backup", WORDS, Cancel(), silent)
    confidant.protection.set_passphrase("forgotten by tomorrow")
    confidant.close()
    again = build(confidant.paths, local=EchoEngine())
    asked = []
    again.protection.ask_with(lambda told: asked.append(told) or "no idea")
    try:
        again.backup.restore(tmp_path / "all.backup", WORDS, Cancel(), silent)
        assert seen(again) == before
    finally:
        again.close()
    assert not asked
