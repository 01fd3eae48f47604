"""Reading JSON lines and printing them, one by one and flushed."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping

from app.core.errors import SettingError

Line = Mapping[str, object]


def read() -> Iterator[Line]:
    """Yield the objects on standard input; blank lines are skipped.

    Raises:
        SettingError: a line is no JSON object; it says which, not what stood there.
    """
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise SettingError(f"Line {number} is not a JSON object.")
        yield value


def text_of(line: Line, key: str = "text") -> str:
    """Return a string of a line.

    Raises:
        SettingError: it is missing or no string.
    """
    value = line.get(key)
    if not isinstance(value, str):
        raise SettingError(f'Each line needs a string "{key}".')
    return value


def write(line: Line) -> None:
    """Print an object on a line of its own, at once."""
    print(json.dumps(line, ensure_ascii=False), flush=True)


def answer_each(answer: Callable[[Line], Line]) -> None:
    """Answer standard input line by line; each answer carries the `id` of its line."""
    for line in read():
        write({"id": line.get("id"), **answer(line)})
