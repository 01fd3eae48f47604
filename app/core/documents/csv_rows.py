"""Reads tables in text, the heading of its column before each value, so that a row speaks for itself."""

import csv
from collections.abc import Iterator, Sequence
from typing import Final

from app.core.documents.page import PART, Page, Unit
from app.core.documents.plain_text import decoded, parts
from app.core.documents.unreadable import Unreadable, Why

_SAMPLE: Final = 20_000
_FIELD: Final = 1_000_000
"""Characters of one value."""


def pages(data: bytes) -> Iterator[Page]:
    """Yield the rows in stretches; a text that is no table comes as it is."""
    text = decoded(data)
    try:
        dialect = csv.Sniffer().sniff(text[:_SAMPLE], ",;\t|")
    except csv.Error:
        yield from parts(text)
        return
    csv.field_size_limit(_FIELD)
    try:
        yield from _pages(csv.reader(text.splitlines(keepends=True), dialect))
    except csv.Error as error:
        raise Unreadable(Why.BROKEN) from error


def _pages(rows: Iterator[list[str]]) -> Iterator[Page]:
    heads = [_one_line(each) for each in next(rows, [])]
    run: list[str] = []
    size, first = 0, 2
    for number, row in enumerate(rows, 2):
        told = row_text(heads, row) or "-"  # an empty row keeps its number
        run.append(told)
        size += len(told)
        if size > PART:
            yield Page("\n\n".join(run), Unit.ROW, first)
            run, size, first = [], 0, number + 1
    if run:
        yield Page("\n\n".join(run), Unit.ROW, first)
    elif first == 2:
        yield Page(", ".join(heads), Unit.ROW, 1)


def row_text(heads: Sequence[str], row: Sequence[str]) -> str:
    """Return a row as words, each value behind its heading; empty values are left out."""
    named = [*heads, *[""] * max(0, len(row) - len(heads))]
    said = ((head.strip(), _one_line(value)) for head, value in zip(named, row, strict=False))
    return "; ".join(f"{head}: {value}" if head else value for head, value in said if value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
