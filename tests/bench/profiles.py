"""Read the sixty made-up profiles: facts of which some belong in the text that is asked for.

`data/profiles.jsonl` was written for this project; nobody in it is real. One line holds "facts", a "request"
that repeats none of them, "belong" and "other" (which facts should, and which must not, appear in the text),
and "keys": for each fact the strings of which any shows that it was used.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("data") / "profiles.jsonl"


@dataclass(frozen=True, slots=True)
class Profile:
    """One made-up person with one thing to write."""

    id: str
    facts: tuple[str, ...]
    request: str
    belong: tuple[int, ...]
    other: tuple[int, ...]
    keys: tuple[tuple[str, ...], ...]

    def used(self, text: str) -> frozenset[int]:
        """Return the facts that a text shows."""
        return frozenset(i for i, keys in enumerate(self.keys) if any(shows(text, key) for key in keys))


def shows(text: str, key: str) -> bool:
    """Say whether a text has a word, or words, that begin as the key does; case counts for nothing.

    A number must stand alone: 10 does not show in 100 or 10:30.
    """
    end = r"(?![\d:])" if key[-1].isdigit() else ""
    return re.search(rf"(?<!\w){re.escape(key)}{end}", text, re.IGNORECASE) is not None


def read(path: Path = FILE) -> tuple[Profile, ...]:
    """Return all profiles."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_profile(json.loads(line)) for line in lines)


def _profile(row: dict[str, list[str]]) -> Profile:
    return Profile(
        str(row["id"]),
        tuple(row["facts"]),
        str(row["request"]),
        tuple(int(each) for each in row["belong"]),
        tuple(int(each) for each in row["other"]),
        tuple(tuple(each) for each in row["keys"]),
    )
