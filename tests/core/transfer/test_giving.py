"""An export is in its place whole, or not at all."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from app.assembly import Confidant
from app.core.cancel import Cancel
from app.core.errors import Cancelled, TransferFault


@pytest.fixture
def talks(confidant: Confidant) -> Confidant:
    for number in range(3):
        made = confidant.session.new_conversation()
        confidant.session.send(made.id, f"What is tea number {number}?", None, Cancel(), lambda _: None)
    return confidant


@pytest.mark.parametrize("form", ["json", "md"])
def test_an_export_is_what_the_command_prints(talks: Confidant, tmp_path: Path, form: str) -> None:
    path, told = tmp_path / f"all.{form}", list[tuple[int, int]]()
    count = talks.transfer.give(path, form, Cancel(), lambda done, size: told.append((done, size)))
    assert count == 3
    assert told == [(0, 3), (1, 3), (2, 3)]
    pieces = talks.transfer.json() if form == "json" else talks.transfer.markdown()
    assert path.read_text(encoding="utf-8") == "".join(pieces)
    if form == "json":
        assert len(json.loads(path.read_text(encoding="utf-8"))["conversations"]) == 3
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_stopped_export_leaves_the_old_file_and_no_half_one(talks: Confidant, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path, cancel = folder / "all.md", Cancel()
    path.write_text("before", encoding="utf-8")
    with pytest.raises(Cancelled):
        talks.transfer.give(path, "md", cancel, lambda done, _: cancel.set() if done else None)
    assert [(each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir()] == [
        ("all.md", "before")
    ]


def test_a_place_that_takes_nothing_is_a_sentence(talks: Confidant, tmp_path: Path) -> None:
    with pytest.raises(TransferFault, match="could not be written"):
        talks.transfer.give(tmp_path / "nowhere" / "all.md", "md", Cancel(), lambda done, size: None)
    assert not [each for each in os.listdir(tmp_path) if "all.md" in each]
