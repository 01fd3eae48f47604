"""What the one thread of the local model does: questions, errands, and reading ahead."""

import queue
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress

from app.core.cancel import Cancel
from app.core.engines.llama_native import StopFlag
from app.core.errors import Cancelled, ConfidantError
from app.core.events import Notice
from app.core.types import Chunk


class _End:
    """The last thing in a question's queue."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class Question:
    """A prompt on its way through the lane, and its answer on the way back."""

    def __init__(
        self, answer: Callable[[StopFlag], Generator[Chunk | Notice]], gives_way: bool = False
    ) -> None:
        self._answer = answer
        self.counts = not gives_way
        self.gives_way = gives_way
        self._flag = StopFlag()
        self._out: queue.SimpleQueue[Chunk | Notice | _End] = queue.SimpleQueue()
        self._ahead = 0

    def run(self) -> None:
        if self._flag.is_set:
            return
        try:
            with closing(self._answer(self._flag)) as answer:
                for item in answer:
                    self._out.put(item)
                    if self._flag.is_set:
                        break
        except BaseException as error:  # whatever it is, the one who asks must learn of it
            self._out.put(_End(error))
        else:
            self._out.put(_End())

    def moved(self, ahead: int) -> None:
        if ahead and ahead != self._ahead:
            told = "1 question is" if ahead == 1 else f"{ahead} questions are"
            self._out.put(Notice(f"{told} before yours."))
        self._ahead = ahead

    def stop(self) -> None:
        self._flag.set()
        self._out.put(_End(Cancelled()))

    def items(self) -> Iterator[Chunk | Notice]:
        """Yield what comes; raises what the answer raised, or `Cancelled` as soon as it was stopped."""
        while True:
            item = self._out.get()
            if self._flag.is_set:
                raise Cancelled
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item


class Errand:
    """Something that nobody waits for; the state tells how it went."""

    counts = False
    gives_way = False

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work

    def run(self) -> None:
        with suppress(ConfidantError, Cancelled):
            self._work()

    def moved(self, ahead: int) -> None: ...

    def stop(self) -> None: ...


class Reading:
    """Reads a prompt that may be asked soon; any question comes first."""

    counts = False
    gives_way = True

    def __init__(self, read: Callable[[StopFlag], None], cancel: Cancel) -> None:
        self._read = read
        self._cancel = cancel
        self._flag = StopFlag()

    def run(self) -> None:
        with self._cancel.on_set(self._flag.set), suppress(ConfidantError, Cancelled):
            if not self._flag.is_set:
                self._read(self._flag)

    def moved(self, ahead: int) -> None: ...

    def stop(self) -> None:
        self._flag.set()
