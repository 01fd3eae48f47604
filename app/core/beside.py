"""Lets the model on this computer write on a thread of its own while something else goes on."""

import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from app.core.cancel import Cancel
from app.core.draft import Written
from app.core.engines.base import Engine
from app.core.engines.tally import Tally
from app.core.errors import Cancelled, ConfidantError, EngineError
from app.core.events import Delta, Notice
from app.core.types import Origin, Prompt, Where

_STOPS_WITHIN = 5.0
"""Seconds; an engine ends within half a second of being stopped."""


class Beside:
    """One answer of the local model in the making; a block stops it at its end and leaves no thread."""

    def __init__(self, engine: Engine[Prompt], prompt: Prompt, tally: Tally, step: str = "draft") -> None:
        self._engine = engine
        self._prompt = prompt
        self._tally = tally
        self._step = step
        self._cancel = Cancel()
        self._changed = threading.Condition()
        self._came: list[Delta | Notice] = []
        self._logprobs: list[float] = []
        self._has_ended = False
        self._failure: ConfidantError | Cancelled | None = None
        self.is_truncated = False
        self._thread = threading.Thread(target=self._run, name="confidant-beside", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._thread.join(_STOPS_WITHIN)

    @property
    def text(self) -> str:
        """What it wrote so far."""
        with self._changed:
            return "".join(event.text for event in self._came if isinstance(event, Delta))

    @property
    def written(self) -> Written:
        """What it wrote so far, with how likely its tokens were, where that was asked for."""
        with self._changed:
            logprobs = list(self._logprobs)
        return Written(self.text, logprobs, self.is_truncated)

    @property
    def is_whole(self) -> bool:
        """Say whether it came to its end and said something."""
        with self._changed:
            whole = self._has_ended and self._failure is None and not self.is_truncated
        return whole and bool(self.text.strip())

    def stop(self) -> None:
        """Stop it, at once; what came is kept."""
        self._cancel.set()

    def wait(self, seconds: float, cancel: Cancel) -> None:
        """Wait for its end, but no longer than this.

        Raises:
            Cancelled: `cancel` was set.
        """
        with cancel.on_set(self.stop), self._changed:
            self._changed.wait_for(lambda: self._has_ended, seconds)
        cancel.check()

    def events(self, cancel: Cancel) -> Iterator[Delta | Notice]:
        """Yield what it wrote, and go on as it writes.

        Raises:
            as `Engine.stream`.
        """
        seen = 0
        with cancel.on_set(self.stop):
            while True:
                with self._changed:
                    while len(self._came) == seen and not self._has_ended:
                        self._changed.wait()
                    new, is_over = self._came[seen:], self._has_ended
                yield from new
                seen += len(new)
                if is_over:
                    break
        cancel.check()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            with self._tally.step(self._step, Where.LOCAL) as meter:
                for chunk in self._engine.stream(self._prompt, self._cancel):
                    if isinstance(chunk, Notice):
                        self._add(chunk)
                        continue
                    meter.count(chunk)
                    self.is_truncated = self.is_truncated or chunk.truncated
                    with self._changed:
                        self._logprobs += chunk.logprobs
                    if chunk.text:
                        self._add(Delta(chunk.text, Origin.LOCAL))
        except (ConfidantError, Cancelled) as error:
            self._failure = error
        except Exception:  # a fault in our own code: report it, and keep the other model's answer
            self._failure = EngineError("The model on this computer stopped working. Try again.")
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
        finally:
            with self._changed:
                self._has_ended = True
                self._changed.notify_all()

    def _add(self, event: Delta | Notice) -> None:
        with self._changed:
            self._came.append(event)
            self._changed.notify_all()
