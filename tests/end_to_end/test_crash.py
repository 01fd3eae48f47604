"""A program that is killed in the middle of an answer loses at most a second of it."""

import os
import signal
import subprocess
import sys
import time

import keyring
import pytest
from fakes import parrot
from keyring.backends.fail import Keyring

from app.assembly import build
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED
from app.core.types import State

STORY = "Once upon a time there was a lighthouse. " * 20


@pytest.fixture
def profile(tmp_path):
    keyring.set_keyring(Keyring())  # the program that is killed has none either, and needs the same key
    paths = Paths(tmp_path / "profile")
    paths.create()
    return paths


def opened(paths):
    confidant = build(paths)
    confidant.start()
    return confidant


def test_after_kill_nine_the_answer_is_there_and_marked_as_interrupted(profile):
    with parrot(piece=40) as bird:
        bird.say = lambda question: STORY
        bird.hold.clear()
        confidant = opened(profile)
        confidant.settings.set(CLOUD_BASE_URL, bird.address)
        confidant.settings.set(CLOUD_ENABLED, True)
        arguments = ["--profile", str(profile.profile), "ask", "-", "--where", "cloud", "--yes"]
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        process.stdin.write(b"Tell me a story")
        process.stdin.close()
        assert bird.halfway.wait(60)
        half = len(STORY) // 2
        shown = b""
        while len(shown) < half - 80:
            shown += os.read(process.stdout.fileno(), 4096)
        _until(lambda: _answer(confidant) and _answer(confidant).text)
        # Another process that starts now must leave a living answer alone.
        other = opened(profile)
        assert _answer(other).state is State.STREAMING
        other.close()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        confidant.close()
    after = opened(profile)
    answer = _answer(after)
    assert answer.state is State.INTERRUPTED
    assert STORY.startswith(answer.text)
    assert len(answer.text) >= len(shown.decode()) - 80
    after.close()


def _answer(confidant):
    (conversation,) = confidant.session.conversations()
    messages = confidant.session.messages(conversation.id)
    return messages[1] if len(messages) > 1 else None


def _until(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it was not saved within five seconds"
        time.sleep(0.05)
