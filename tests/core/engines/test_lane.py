"""Tasks run one after the other, and those who wait know their place."""

import threading

import pytest

from app.core.engines.lane import Lane


class _Task:
    def __init__(self, done, counts=True):
        self.counts = counts
        self.gives_way = False
        self.gate = threading.Event()
        self.begun = threading.Event()
        self.places = []
        self.stopped = False
        self._done = done

    def run(self):
        self.begun.set()
        assert self.gate.wait(10)
        self._done.append(self)

    def moved(self, ahead):
        self.places.append(ahead)

    def stop(self):
        self.stopped = True
        self.gate.set()


def _three(*counts):
    lane, done = Lane("test"), []
    tasks = [_Task(done, each) for each in counts]
    lane.put(tasks[0])
    assert tasks[0].begun.wait(10)
    for task in tasks[1:]:
        lane.put(task)
    return lane, done, tasks


def test_tasks_run_in_order_and_those_who_wait_learn_their_place():
    lane, done, tasks = _three(True, True, True)
    assert tasks[1].places[-1] == 1
    assert tasks[2].places[-1] == 2
    tasks[0].gate.set()
    assert tasks[1].begun.wait(10)
    assert tasks[2].places[-1] == 1
    for task in tasks:
        task.gate.set()
    assert tasks[2].begun.wait(10)
    assert lane.close(10)
    assert done == tasks


def test_what_nobody_waits_for_does_not_count():
    lane, _, tasks = _three(False, True, True)
    assert [task.places[-1] for task in tasks[1:]] == [0, 1]
    assert lane.close(10)


def test_a_dropped_task_never_begins():
    lane, _, tasks = _three(True, True, True)
    lane.drop(tasks[1])
    assert tasks[2].places[-1] == 1
    tasks[0].gate.set()
    assert tasks[2].begun.wait(10)
    assert not tasks[1].begun.is_set()
    assert lane.close(10)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_in_one_task_does_not_end_the_lane():
    lane, done, tasks = _three(True, True)
    broken = _Task(done)
    broken.run = lambda: 1 / 0
    lane.put(broken)
    after = _Task(done)
    lane.put(after)
    tasks[0].gate.set()
    tasks[1].gate.set()
    assert after.begun.wait(10)
    assert lane.close(10)


def test_closing_stops_what_runs_and_what_waits():
    lane, done, tasks = _three(True, True, True)
    assert lane.close(10)
    assert all(task.stopped for task in tasks)
    assert done == tasks[:1]
    assert not lane.put(_Task(done))
    assert lane.close(1)
