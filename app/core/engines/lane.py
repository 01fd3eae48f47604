"""One daemon thread that does one thing after the other, and tells those who wait their place."""

import sys
import threading
import time
from collections import deque
from typing import Protocol


class Task(Protocol):
    """Something to do in its turn; must not raise."""

    @property
    def counts(self) -> bool:
        """Whether those behind it should hear of it."""
        ...

    @property
    def gives_way(self) -> bool:
        """Whether it is stopped, and forgotten, as soon as anything that does not give way comes."""
        ...

    def run(self) -> None: ...

    def stop(self) -> None:
        """End early, or never begin: the lane closes; called on any thread."""
        ...

    def moved(self, ahead: int) -> None:
        """Learn that `ahead` tasks are before this one, the running one too; called on any thread."""
        ...


class Lane:
    """A queue with one thread, which starts with the first task."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._changed = threading.Condition()
        self._waiting: deque[Task] = deque()
        self._running: Task | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        return self._closed

    def put(self, task: Task) -> bool:
        """Add a task; False if the lane was closed.

        Tasks that give way are stopped for it, unless it gives way itself.
        """
        with self._changed:
            if self._closed:
                return False
            given_up = [] if task.gives_way else self._give_way()
            self._waiting.append(task)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._tell_places()
            self._changed.notify()
        for each in given_up:
            each.stop()
        return True

    def drop(self, task: Task) -> None:
        """Forget a task that has not begun."""
        with self._changed:
            if task in self._waiting:
                self._waiting.remove(task)
                self._tell_places()

    def close(self, seconds: float) -> bool:
        """Begin nothing more and wait for the thread; False if it is still busy after that time."""
        deadline = time.monotonic() + seconds
        with self._changed:
            self._closed = True
            ended = [*self._waiting, *([self._running] if self._running else [])]
            self._waiting.clear()
            self._changed.notify()
            thread = self._thread
        for task in ended:
            task.stop()
        if thread is None or thread is threading.current_thread():
            return True
        thread.join(max(0.0, deadline - time.monotonic()))
        return not thread.is_alive()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            try:
                task.run()
            except Exception:  # a fault in our own code: report it, and go on for those who wait
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
            # Let go at once: a task holds an answer, and the lane may wait for hours now.
            del task

    def _next(self) -> Task | None:
        with self._changed:
            self._running = None
            self._tell_places()
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            self._running = self._waiting.popleft()
            return self._running

    def _give_way(self) -> list[Task]:
        """Take away what waits and gives way; return it, and what runs if it does, to be stopped."""
        given_up = [task for task in self._waiting if task.gives_way]
        self._waiting = deque(task for task in self._waiting if not task.gives_way)
        running = self._running
        return [*given_up, *([running] if running is not None and running.gives_way else [])]

    def _tell_places(self) -> None:
        ahead = int(self._running is not None and self._running.counts)
        for task in self._waiting:
            task.moved(ahead)
            ahead += task.counts
