"""`confidant data`, run as a person does in a terminal, and as a script does without one."""

import json
import os
import select
import subprocess
import sys
import time

import pytest

termios = pytest.importorskip("termios", reason="This system has no pseudo terminals.")
fcntl = pytest.importorskip("fcntl")

WORDS = "correct horse battery staple"


@pytest.fixture
def command(tmp_path):
    return [sys.executable, "-m", "app", "--profile", str(tmp_path / "profile")]


@pytest.fixture
def run(command):
    """Run it as a script does: in a session without a terminal."""

    def run(*arguments):
        return subprocess.run(
            [*command, *arguments], input="", capture_output=True, text=True, timeout=100, check=False,
            start_new_session=True,
        )  # fmt: skip

    return run


@pytest.fixture
def type_into(command):
    """Run it in a terminal of its own, and type a line whenever it asks for a passphrase."""

    def type_into(*arguments, lines):
        outer, inner = os.openpty()
        child = subprocess.Popen(
            [*command, *arguments], stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(inner)
        try:
            seen = _converse(outer, list(lines))
        finally:
            os.close(outer)
        return child.wait(100), seen

    return type_into


def _converse(outer, lines):
    seen, asked, until = "", 0, time.monotonic() + 100
    while time.monotonic() < until:
        ready, _, _ = select.select([outer], [], [], 1)
        if not ready:
            continue
        try:
            part = os.read(outer, 4096)
        except OSError:  # Linux: the other side has closed
            break
        if not part:
            break
        seen += part.decode()
        questions = seen.count("phrase: ") + seen.count("more: ")
        if questions > asked and lines:
            asked = questions
            os.write(outer, lines.pop(0).encode() + b"\n")
    return seen


def test_data_is_encrypted_from_the_start_and_both_ways(run, tmp_path):
    state = json.loads(run("data", "status", "--json").stdout)
    assert state == {
        "encrypted": True,
        "key": "a file in the profile that only you may read",
        "passphrase": False,
        "recovery": False,
    }
    database = tmp_path / "profile/confidant.db"
    for action, is_plain in (("decrypt", True), ("encrypt", False)):
        done = run("data", action)
        assert (done.returncode, done.stderr) == (0, "")
        assert database.read_bytes().startswith(b"SQLite format 3\0") == is_plain
    checks = {each["check"]: each for each in map(json.loads, run("doctor", "--json").stdout.splitlines())}
    assert checks["encryption"]["ok"]
    assert "no keyring" in checks["encryption"]["told"]


def test_without_a_terminal_a_passphrase_is_neither_set_nor_guessed(run, type_into):
    done = run("data", "passphrase", "set")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Run this in a terminal" in done.stderr
    code, seen = type_into("data", "passphrase", "set", lines=(WORDS, WORDS))
    assert code == 0, seen
    assert WORDS not in seen
    done = run("settings", "get", "cloud.enabled")
    assert (done.returncode, done.stdout) == (3, "")
    assert "locked with your passphrase" in done.stderr
    assert run("data", "status").stdout.splitlines()[2] == "Passphrase: yes"


def test_the_terminal_asks_for_the_passphrase_and_takes_the_recovery_phrase(run, type_into):
    phrase = run("data", "recovery").stdout.splitlines()[-1]
    assert len(phrase.split()) == 12
    code, seen = type_into("data", "passphrase", "set", lines=(WORDS, WORDS))
    assert code == 0, seen
    for typed in ((WORDS,), ("not it", WORDS), (phrase,)):
        code, seen = type_into("settings", "get", "cloud.enabled", lines=typed)
        assert (code, "false" in seen.lower() or "off" in seen.lower()) == (0, True), seen
    code, seen = type_into("settings", "get", "cloud.enabled", lines=("no", "no", "no"))
    assert code == 3
    assert "Nothing was changed" in seen
    code, seen = type_into("data", "passphrase", "remove", lines=(phrase,))
    assert code == 0, seen
    assert run("settings", "get", "cloud.enabled").returncode == 0


def test_two_that_differ_change_nothing(run, type_into):
    code, seen = type_into("data", "passphrase", "set", lines=(WORDS, "something else"))
    assert code == 2
    assert "not the same" in seen
    assert json.loads(run("data", "status", "--json").stdout)["passphrase"] is False
