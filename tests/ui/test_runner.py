"""The bridge: order, stop, queueing, dead receivers, bugs, closing."""

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.core.cancel import Cancel
from app.core.errors import Cancelled, Unreachable
from app.ui.runner import Runner

Tell = Callable[[object], None]


class _Seen:
    def __init__(self) -> None:
        self.events: list[object] = []
        self.ends: list[BaseException | None] = []
        self.threads: set[QThread] = set()

    def event(self, event: object) -> None:
        self.threads.add(QThread.currentThread())
        self.events.append(event)

    def end(self, error: BaseException | None) -> None:
        self.ends.append(error)


def test_events_arrive_in_order_on_the_gui_thread(runner: Runner, qtbot: QtBot) -> None:
    seen = _Seen()

    def work(_cancel: Cancel, tell: Tell) -> None:
        for number in range(5000):
            tell(number)

    runner.start(work, seen.event, seen.end)
    qtbot.waitUntil(lambda: bool(seen.ends))
    assert seen.events == list(range(5000))
    assert seen.ends == [None]
    assert seen.threads == {QThread.currentThread()}


def test_after_a_stop_nothing_but_the_end_arrives(runner: Runner, qtbot: QtBot) -> None:
    seen = _Seen()
    told = threading.Event()

    def work(cancel: Cancel, tell: Tell) -> None:
        tell("before")
        told.set()
        cancel.wait(10)

    run = runner.start(work, seen.event, seen.end)
    assert told.wait(5)
    run.stop()
    qtbot.waitUntil(lambda: bool(seen.ends))
    assert seen.events == []
    assert isinstance(seen.ends[0], Cancelled)


def test_a_fifth_run_waits_for_a_place(runner: Runner, qtbot: QtBot) -> None:
    seen = _Seen()
    gate = threading.Event()
    runs = [runner.start(lambda _c, _t: gate.wait(10) and None, seen.event, seen.end) for _ in range(4)]
    fifth = runner.start(lambda _c, tell: tell("fifth"), seen.event, seen.end)
    assert fifth.is_waiting
    assert not any(run.is_waiting for run in runs)
    gate.set()
    qtbot.waitUntil(lambda: len(seen.ends) == 5)
    assert seen.events == ["fifth"]


def test_calls_of_a_lane_are_answered_in_order(runner: Runner, qtbot: QtBot) -> None:
    got: list[int] = []
    for number in range(50):
        runner.call(lambda n=number: n, got.append)
    qtbot.waitUntil(lambda: len(got) == 50)
    assert got == list(range(50))


def test_an_expected_error_is_told_and_is_no_bug(runner: Runner, qtbot: QtBot) -> None:
    told: list[str] = []

    def work() -> None:
        raise Unreachable("No connection.")

    runner.call(work, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["No connection."]
    with qtbot.waitSignal(runner.told) as signal:
        runner.call(work, lambda _: None)
    assert signal.args == ["No connection."]


def test_a_bug_is_reported_without_the_words_of_the_error(qtbot: QtBot) -> None:
    bugs: list[str] = []
    runner = Runner(bugs.append)
    told: list[str] = []

    def work() -> None:
        raise KeyError("Zoe has asthma")

    runner.call(work, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    runner.close()
    assert len(bugs) == 1
    assert "KeyError" in bugs[0]
    assert "Zoe" not in bugs[0]


@pytest.mark.parametrize("closed", [True, False])
def test_a_receiver_that_is_gone_is_left_alone(runner: Runner, qtbot: QtBot, closed: bool) -> None:
    class Receiver(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.widget = QWidget()
            self.got = 0

        def take(self, _event: object) -> None:
            self.got += 1
            self.widget.objectName()

    receiver = Receiver()
    delete(receiver if closed else receiver.widget)
    seen = _Seen()
    runner.start(lambda _c, tell: tell(1), receiver.take, seen.end)
    qtbot.waitUntil(lambda: bool(seen.ends))
    assert receiver.got == (0 if closed else 1)
    if not closed:
        delete(receiver)


def test_closing_stops_what_runs_and_does_not_wait_for_what_hangs(qtbot: QtBot) -> None:
    runner = Runner(lambda _: None)
    stopped = threading.Event()
    hung = threading.Event()

    def obedient(cancel: Cancel, _tell: Tell) -> None:
        try:
            cancel.wait(30)
        finally:
            stopped.set()

    seen = _Seen()
    runner.start(obedient, seen.event, seen.end)
    runner.start(lambda _c, _t: hung.wait(20) and None, seen.event, seen.end)
    began = time.monotonic()
    runner.close()
    assert time.monotonic() - began < 3
    assert stopped.is_set()
    hung.set()
    assert seen.ends == []
