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
        """Add a task; False if the lane was closed."""
        with self._changed:
            if self._closed:
                return False
            self._waiting.append(task)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._tell_places()
            self._changed.notify()
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

    def _tell_places(self) -> None:
        ahead = int(self._running is not None and self._running.counts)
        for task in self._waiting:
            task.moved(ahead)
            ahead += task.counts
