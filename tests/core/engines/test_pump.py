"""Work on a thread of its own: items come in order, errors come through, Stop waits for nobody."""

import threading
import time

import pytest
from cloud_kit import no_thread_left

from app.core.cancel import Cancel
from app.core.engines.pump import Put, pump
from app.core.errors import Cancelled


def test_items_come_in_order_and_the_end_ends() -> None:
    def job(put: Put[int], stop: Cancel) -> None:
        for number in range(500):
            put(number)

    with no_thread_left():
        assert list(pump(job, Cancel())) == list(range(500))


def test_an_error_comes_after_the_items_before_it() -> None:
    def job(put: Put[int], stop: Cancel) -> None:
        put(1)
        raise ValueError("two")

    items = pump(job, Cancel())
    assert next(items) == 1
    with pytest.raises(ValueError, match="two"):
        next(items)


def test_stop_does_not_wait_for_work_that_does_not_look() -> None:
    go_on, begun = threading.Event(), threading.Event()

    def job(put: Put[int], stop: Cancel) -> None:
        begun.set()
        go_on.wait(5)
        put(1)

    cancel = Cancel()
    with no_thread_left():
        threading.Thread(target=lambda: (begun.wait(5), cancel.set()), daemon=True).start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            list(pump(job, cancel))
        assert time.monotonic() - started < 1
        go_on.set()


def test_a_reader_that_leaves_stops_the_work_that_waits_for_room() -> None:
    stopped = threading.Event()

    def job(put: Put[int], stop: Cancel) -> None:
        try:
            while True:
                put(1)
        except Cancelled:
            stopped.set()
            raise

    with no_thread_left():
        items = pump(job, Cancel())
        next(items)
        items.close()  # type: ignore[attr-defined]  # it is a generator
        assert stopped.wait(2)


def test_nothing_is_started_after_stop() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        list(pump(lambda put, stop: put(1), cancel))
