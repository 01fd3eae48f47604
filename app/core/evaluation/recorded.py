"""A local model whose answers are made once and kept: what takes hours is not asked for twice."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.errors import SettingError, StoreError
from app.core.events import Notice
from app.core.types import Chunk, Prompt, Usage


@dataclass(frozen=True, slots=True)
class Recording:
    """An answer as it was made."""

    text: str
    usage: Usage = field(default_factory=Usage)
    truncated: bool = False
    ms: float = 0.0
    """How long it took."""
    logprobs: tuple[float, ...] = ()


class Recorded:
    """Gives the answers of a file where it knows them; else asks the engine, and adds to the file.

    The file holds what the model said, so it is as private as the questions are.
    """

    def __init__(self, engine: Engine[Prompt], path: Path) -> None:
        """Read the file; one that is not there yet is made with the first answer.

        Raises:
            SettingError: it cannot be read.
        """
        self._engine = engine
        self._path = path
        self._lock = threading.Lock()
        self._known = _read(path)
        self._saved_ms = 0.0

    @property
    def name(self) -> str:
        return self._engine.name

    def saved_ms(self) -> float:
        """Return how long the answers took that were given from the file since this was asked last."""
        with self._lock:
            saved, self._saved_ms = self._saved_ms, 0.0
        return saved

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Yield the kept answer in one piece, or the engine's as it comes; see `Engine.stream`."""
        key = key_of(self.name, prompt)
        with self._lock:
            known = self._known.get(key)
        if known is not None and (known.logprobs or not prompt.generation.logprobs):
            cancel.check()
            with self._lock:
                self._saved_ms += known.ms
            yield Chunk(known.text, logprobs=known.logprobs if prompt.generation.logprobs else ())
            yield Chunk(usage=known.usage, truncated=known.truncated)
            return
        yield from self._make(key, prompt, cancel)

    def _make(self, key: str, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        start = time.perf_counter()
        said: list[str] = []
        logprobs: list[float] = []
        usage, truncated = Usage(), False
        for chunk in self._engine.stream(prompt, cancel):
            if isinstance(chunk, Chunk):
                said.append(chunk.text)
                logprobs += chunk.logprobs
                usage, truncated = chunk.usage or usage, truncated or chunk.truncated
            yield chunk
        took = 1000 * (time.perf_counter() - start)
        self._keep(key, Recording("".join(said), usage, truncated, took, tuple(logprobs)))

    def _keep(self, key: str, made: Recording) -> None:
        with self._lock:
            self._known[key] = made
            append(self._path, self.name, key, made)


def key_of(model: str, prompt: Prompt) -> str:
    """Tell a request to a model from others; whether log-probabilities are wanted makes no difference."""
    generation = prompt.generation
    messages = [[each.role.value, each.text] for each in prompt.messages]
    told = [model, messages, generation.max_tokens, generation.temperature, generation.grammar]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def append(path: Path, model: str, key: str, made: Recording) -> None:
    """Add an answer to a file.

    Raises:
        StoreError: it cannot be written.
    """
    line = {
        "key": key,
        "model": model,
        "text": made.text,
        "usage": [made.usage.prompt_tokens, made.usage.answer_tokens],
        "truncated": made.truncated,
        "ms": round(made.ms, 1),
        "logprobs": [round(each, 4) for each in made.logprobs],
    }
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written: {error.strerror}.") from error


def _read(path: Path) -> dict[str, Recording]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{path.name} cannot be read as a file of answers.") from None
    known = {}
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            known[row["key"]] = Recording(
                row["text"], Usage(*row["usage"]), row["truncated"], row["ms"], tuple(row["logprobs"])
            )
        except (ValueError, KeyError, TypeError):
            if number < len(lines):  # the last line may be half written, by a run that was stopped
                raise SettingError(f"{path.name}, line {number}: no kept answer stands there.") from None
    return known
