"""How good the filter is: the measured leak of each kind, weak ones first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from app.core.errors import StoreError
from app.resources import RESOURCES

T = TypeVar("T")

FIGURES: Final = RESOURCES / "filter-figures.json"
BROKEN: Final = "The figures of the filter cannot be read. Install Confidant again."


@dataclass(frozen=True, slots=True)
class Row:
    """How much of one kind could still be read."""

    kind: str
    """As the set calls it."""
    name: str
    """The same in plain words."""
    set: str
    n: int
    """How many details of this kind the set holds."""
    leak: float
    """Which share of them could still be read, in whole or in part; 0 to 1."""


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """A collection of texts that the filter was tried on, and what it hid there without need."""

    name: str
    about: str
    """What the texts are, in a sentence."""
    texts: int
    leak: float | None = None
    """Over all details that the set calls private."""
    precision: float | None = None
    """Of the hidden letters, the share that belongs to something private."""
    over: float | None = None
    """The share of all letters that is harmless and was hidden all the same."""
    hit: float | None = None
    """Of harmless texts, the share in which anything was hidden."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A measurement of the filter."""

    measured_on: str
    """A day, as 2026-11-24."""
    level: str
    version: str
    """Of the program."""
    command: str
    """How to measure it again."""
    rows: tuple[Row, ...]
    """Weak ones first."""
    sets: tuple[MeasuredSet, ...]


def load(path: Path = FIGURES) -> Figures:
    """Read the figures that ship with the program.

    Raises:
        StoreError: they are missing, or are not what they should be.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(BROKEN) from error


def parse(text: str) -> Figures:
    """Read figures, and check each of them.

    Raises:
        ValueError: something is missing or of a wrong kind.
    """
    value = _object(json.loads(text))
    rows = [_row(_object(each)) for each in _list(value, "rows")]
    return Figures(
        measured_on=_one(value, "measured_on", str),
        level=_one(value, "level", str),
        version=_one(value, "version", str),
        command=_one(value, "command", str),
        rows=tuple(sorted(rows, key=weakness)),
        sets=tuple(_set(_object(each)) for each in _list(value, "sets")),
    )


def weakness(row: Row) -> tuple[float, int, str, str]:
    """Order rows: the largest leak first, then the one that was seen more often."""
    return -row.leak, -row.n, row.name, row.set


def _row(value: Mapping[str, object]) -> Row:
    said = partial(_one, value)
    row = Row(said("kind", str), said("name", str), said("set", str), said("n", int), _share(value, "leak"))
    if row.n < 1:
        raise ValueError("a row without a detail")
    return row


def _set(value: Mapping[str, object]) -> MeasuredSet:
    def maybe(key: str) -> float | None:
        return None if value.get(key) is None else _share(value, key)

    return MeasuredSet(
        _one(value, "name", str),
        _one(value, "about", str),
        _one(value, "texts", int),
        maybe("leak"),
        maybe("precision"),
        maybe("over"),
        maybe("hit"),
    )


def _share(value: Mapping[str, object], key: str) -> float:
    found = value.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
        raise ValueError(f"{key} is no share")
    return float(found)


def _one(value: Mapping[str, object], key: str, kind: type[T]) -> T:
    found = value.get(key)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise ValueError(f"{key} is missing or wrong")
    return found


def _list(value: Mapping[str, object], key: str) -> list[object]:
    found = value.get(key)
    if not isinstance(found, list):
        raise ValueError(f"{key} is no list")
    return found


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value
