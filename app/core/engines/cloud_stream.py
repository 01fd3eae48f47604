"""Read the answer of a chat completion from a server that may be hostile: bounded, and nothing believed."""

import json
import re
from collections.abc import Iterable, Iterator

from app.core.types import Chunk, Usage

EVENT_LIMIT = 1_000_000
"""Bytes of one line or event; far above what any token needs."""
ANSWER_LIMIT = 16_000_000
"""Bytes of a whole answer."""

_LINE_END = re.compile(rb"\r\n|\n|\r")


class Malformed(Exception):
    """No chat completion; holds nothing of what the server sent."""


class Broken(Exception):
    """The answer stopped before its end."""


class Reported(Exception):
    """The server sent an error in place of (more of) an answer."""

    def __init__(self, status: int, codes: tuple[str, ...]) -> None:
        super().__init__()
        self.status = status
        self.codes = codes


def events(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the data of server-sent events, however the bytes were cut on their way.

    An event without its blank line at the end is dropped, unless it is the end mark itself.

    Raises:
        Malformed: a line or event beyond the limit.
    """
    data: list[bytes] = []
    size = 0
    for line in _lines(pieces):
        if line:
            name, _, value = line.partition(b":")
            if name == b"data":
                data.append(value.removeprefix(b" "))
                size += len(line)
                _check(size)
        elif data:
            yield b"\n".join(data)
            data, size = [], 0
    if data == [b"[DONE]"]:
        yield data[0]


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    after_return = False
    for piece in pieces:
        if after_return:
            piece = piece.removeprefix(b"\n")
        if not piece:
            after_return = False
            continue
        after_return = piece.endswith(b"\r")
        *whole, rest = _LINE_END.split(piece)
        for line in whole:
            held += line
            _check(len(held))
            yield bytes(held)
            held.clear()
        held += rest
        _check(len(held))
    if held:
        yield bytes(held)


def _check(size: int) -> None:
    if size > EVENT_LIMIT:
        raise Malformed


class Reader:
    """Turns the data of events into chunks and knows at the end whether the answer is whole."""

    def __init__(self) -> None:
        self.started = False
        """Some of the answer has come."""
        self.filtered = False
        """The server's own rules ended the answer."""
        self._finish = ""
        self._usage: Usage | None = None
        self._size = 0

    def read(self, pieces: Iterable[bytes]) -> Iterator[Chunk]:
        """Yield the answer of a stream of events.

        Raises:
            Malformed, Broken, Reported: no answer, or not all of it.
        """
        for data in events(pieces):
            if data.strip() == b"[DONE]":
                break
            yield from self._take(_decode(data))
        else:
            if self.started and not self._finish:
                raise Broken
        yield self._last()

    def read_whole(self, body: bytes) -> Iterator[Chunk]:
        """Yield the answer of a server that does not stream; raises as `read` does."""
        yield from self._take(_decode(body))
        yield self._last()

    def _take(self, value: object) -> Iterator[Chunk]:
        if not isinstance(value, dict):
            raise Malformed
        match value.get("error"):
            case None | "" | False:
                pass
            case dict() as error:
                raise _reported(error)
            case _:
                raise Reported(0, ())
        match value.get("usage"):
            case {"prompt_tokens": int() as asked, "completion_tokens": int() as answered}:
                self._usage = Usage(asked, answered)
        match value.get("choices"):
            case [dict() as choice, *_]:
                text = _text(choice)
                self._note_finish(choice.get("finish_reason"))
                if text:
                    self._grow(text)
                    yield Chunk(text, logprobs=_logprobs(choice))

    def _note_finish(self, reason: object) -> None:
        if isinstance(reason, str):
            self._finish = reason
            self.filtered = reason == "content_filter"

    def _grow(self, text: str) -> None:
        self.started = True
        self._size += len(text)
        if self._size > ANSWER_LIMIT:
            raise Broken

    def _last(self) -> Chunk:
        truncated = self._finish == "length"
        if not (self.started or truncated or self.filtered):
            raise Malformed
        return Chunk(usage=self._usage, truncated=truncated)


def _decode(data: bytes) -> object:
    try:
        value: object = json.loads(data.decode())
    except (ValueError, RecursionError):
        value = None
    if value is None:  # outside the handler, so that no text of the server hangs on the error
        raise Malformed
    return value


def _text(choice: dict[object, object]) -> str:
    match choice:
        case {"delta": {"content": content}} | {"message": {"content": content}}:
            match content:
                case str():
                    return _whole_characters(content)
                case list():
                    return "".join(_part(part) for part in content)
    return ""


def _logprobs(choice: dict[object, object]) -> tuple[float, ...]:
    """Return how likely the tokens were, where the server says so by itself and says it well."""
    match choice.get("logprobs"):
        case {"content": list() as tokens}:
            values = [token.get("logprob") for token in tokens if isinstance(token, dict)]
            found = tuple(float(each) for each in values if isinstance(each, float | int) and each <= 0)
            return found if len(found) == len(tokens) else ()
    return ()


def _part(part: object) -> str:
    match part:
        case {"type": "text", "text": str() as text}:
            return _whole_characters(text)
    return ""


def _whole_characters(text: str) -> str:
    """Replace halves of characters, which JSON can spell and no file or screen can take."""
    return text.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", text) else text


def _reported(error: dict[object, object]) -> Reported:
    number = error.get("code")
    return Reported(number if isinstance(number, int) else 0, error_codes(error))


def error_codes(error: object) -> tuple[str, ...]:
    """Return the words by which a server names an error; they are only compared, never shown."""
    words = (error.get("code"), error.get("type")) if isinstance(error, dict) else ()
    return tuple(word for word in words if isinstance(word, str))


def model_names(body: bytes) -> list[str]:
    """Return the names of a model list, in the server's order.

    Raises:
        Malformed: it is no such list.
    """
    value = _decode(body)
    entries = value.get("data") if isinstance(value, dict) else value
    if not isinstance(entries, list):
        raise Malformed
    names = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    return [name for name in names if isinstance(name, str) and name]
