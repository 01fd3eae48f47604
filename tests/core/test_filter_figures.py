"""The figures of the filter that ship are sound, and broken ones are told."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.core.filter_figures import FIGURES, Figures, MeasuredSet, Row, load, parse

SMALL = Figures(
    "2026-11-24",
    "guarded",
    "1",
    "make figures",
    (Row("b", "bs", "one", 5, 0.5), Row("a", "as", "one", 9, 0.5), Row("c", "cs", "two", 3, 0.0)),
    (MeasuredSet("one", "About one.", 4, leak=0.5, precision=0.9), MeasuredSet("two", "", 2, hit=0.0)),
)


def as_text(figures: Figures, **more: object) -> str:
    return json.dumps(asdict(figures) | more)


def test_the_figures_that_ship_hold_every_set_weak_ones_first() -> None:
    figures = load()
    assert {each.set for each in figures.rows} <= {each.name for each in figures.sets}
    leaks = [row.leak for row in figures.rows]
    assert leaks == sorted(leaks, reverse=True)
    assert figures.level == "guarded"
    assert all(row.name.islower() or row.name[0].islower() or "(" in row.name for row in figures.rows)


def test_the_figures_that_ship_hold_no_word_of_a_record() -> None:
    value = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert set(value) == {"measured_on", "level", "version", "command", "rows", "sets"}
    assert {key for row in value["rows"] for key in row} == {"kind", "name", "set", "n", "leak"}


def test_what_is_weak_comes_first_however_it_was_written() -> None:
    assert [row.kind for row in parse(as_text(SMALL)).rows] == ["a", "b", "c"]
    assert parse(as_text(SMALL)) == replace(SMALL, rows=(SMALL.rows[1], SMALL.rows[0], SMALL.rows[2]))


ROW = asdict(SMALL.rows[0])
BROKEN = {
    "nothing": "",
    "no object": "[]",
    "no rows": as_text(SMALL, rows=None),
    "a row that is none": as_text(SMALL, rows=["x"]),
    "a leak over one": as_text(SMALL, rows=[ROW | {"leak": 1.5}]),
    "a leak that is a word": as_text(SMALL, rows=[ROW | {"leak": "low"}]),
    "a leak that is true": as_text(SMALL, rows=[ROW | {"leak": True}]),
    "a count that is true": as_text(SMALL, rows=[ROW | {"n": True}]),
    "a row of nothing": as_text(SMALL, rows=[ROW | {"n": 0}]),
    "no day": as_text(SMALL, measured_on=None),
    "a share below nothing": as_text(SMALL, sets=[asdict(SMALL.sets[0]) | {"precision": -0.1}]),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_broken_figures_are_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "figures.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        load(path)


def test_missing_figures_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        load(tmp_path / "none.json")
