"""Stop reaches whoever waits, from any thread, once."""

import threading

import pytest

from app.core.cancel import Cancel
from app.core.errors import Cancelled


def test_a_wait_ends_when_the_switch_is_thrown():
    cancel = Cancel()
    threading.Timer(0.02, cancel.set).start()
    with pytest.raises(Cancelled):
        cancel.wait(30)


def test_what_was_registered_runs_once_and_only_inside_its_block():
    cancel, calls = Cancel(), []
    with cancel.on_set(lambda: calls.append("gone")):
        pass
    with cancel.on_set(lambda: calls.append("here")):
        cancel.set()
        cancel.set()
    assert calls == ["here"]


def test_registering_after_the_switch_was_thrown_runs_at_once():
    cancel, calls = Cancel(), []
    cancel.set()
    with cancel.on_set(lambda: calls.append("now")):
        assert calls == ["now"]
    with pytest.raises(Cancelled):
        cancel.check()
