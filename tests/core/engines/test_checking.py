"""Waiting for the filter: how far it is, no longer than one would wait, and it ends when nobody waits."""

import threading
import time

import pytest

from app.core.cancel import Cancel
from app.core.engines import checking
from app.core.engines.checking import LONGEST, checked
from app.core.errors import Cancelled
from app.core.events import Notice
from app.privacy.errors import PrivacyError
from app.privacy.pace import step


class Endless:
    """Work in small steps that ends only when it is watched and nobody waits."""

    def __init__(self) -> None:
        self.begun, self.over = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        tick = threading.Event()
        try:
            while not tick.wait(0.005):
                step(0.5)
        finally:
            self.over.set()


def test_what_the_work_returns_or_raises_comes_back() -> None:
    assert checked(lambda: 7, "text", Cancel()) == 7
    with pytest.raises(ZeroDivisionError):
        checked(lambda: 1 // 0, "text", Cancel())


def test_stop_is_felt_at_once_and_the_work_ends_soon_after() -> None:
    work, cancel, stopped = Endless(), Cancel(), list[float]()

    def stop() -> None:
        work.begun.wait(5)
        stopped.append(time.monotonic())
        cancel.set()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled):
        checked(work, "text", cancel)
    assert time.monotonic() - stopped[0] < 0.1
    assert work.over.wait(1)
    thread.join()


def test_work_that_takes_too_long_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "PATIENCE", 0.05)
    work = Endless()
    with pytest.raises(PrivacyError, match="too long"):
        checked(work, "text", Cancel())
    assert work.over.wait(1)


def test_how_far_it_is_is_told_once_it_takes_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_QUIET", 0.0)
    monkeypatch.setattr(checking, "_TICK", 0.01)
    told: list[Notice] = []
    heard = threading.Event()

    def work() -> str:
        for at in range(1, 4):
            step(at / 4)
            heard.wait(5)
            heard.clear()
        return "done"

    def tell(notice: Notice) -> None:
        told.append(notice)
        heard.set()

    assert checked(work, "text", Cancel(), tell) == "done"
    assert [notice.told for notice in told] == [
        f"Checking for private details: {at} %" for at in (25, 50, 75)
    ]


def test_a_text_beyond_all_measure_is_refused_before_anything_is_done() -> None:
    with pytest.raises(PrivacyError, match="too long"):
        checked(lambda: pytest.fail("it was looked at"), "x" * (LONGEST + 1), Cancel())


def test_steps_outside_any_wait_go_nowhere() -> None:
    step(0.5)
