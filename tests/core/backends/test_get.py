"""Getting the stronger filter from a server on loopback: whole, in pieces, moved, swapped, cut, and without room."""

import argparse
import contextlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_model
from fakes import Yes
from tiny_model import POISON, library

from app.commands import filter_model
from app.commands.exits import Exit
from app.core.backends.files import ModelFolder, free_room
from app.core.backends.get import get
from app.core.cancel import Cancel
from app.core.engines.cloud_address import CloudConfig
from app.core.errors import (
    BadReply,
    Cancelled,
    CutOff,
    ModelBroken,
    ModelUnknown,
    NotReady,
    PolicyRefused,
    ServerFault,
    StoreError,
    Unreachable,
)
from app.core.events import Done, Failed, Notice
from app.core.settings import CLOUD_ENABLED, PRIVACY_STRONG_FILTER
from app.core.types import Where
from app.privacy.policy import Level
from app.privacy.types import Kind

CONFIG = CloudConfig("", timeout=5)


@pytest.fixture
def published(tmp_path):
    """Serve a tiny model; `model` describes it."""
    folder = tmp_path / "published"
    tiny_model.write(folder)
    with library(folder) as server:
        server.model = tiny_model.describe(folder, address=server.address)
        yield server


@pytest.fixture
def files(published, tmp_path):
    return ModelFolder(published.model, tmp_path / "here")


def fetch(files, permit=lambda provider: None, cancel=None):
    return list(get(files, CONFIG, permit, cancel or Cancel()))


def test_every_file_comes_and_is_the_published_one(files, published) -> None:
    steps = fetch(files)
    assert steps == sorted(steps)
    assert steps[-1] == published.model.size
    files.verify()
    assert sorted(path.name for path in files.folder.iterdir()) == sorted(
        f.name for f in published.model.files
    )


def test_nothing_but_the_address_is_in_a_request(files, published) -> None:
    fetch(files)
    for request in published.requests:
        names = {line.partition(":")[0] for line in request.splitlines()[1:] if line}
        assert names <= {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection"}
        assert "User-Agent: Confidant" in request


def test_what_is_here_is_not_asked_for_again(files, published) -> None:
    fetch(files)
    published.requests.clear()
    assert fetch(files) == [published.model.size]
    assert published.requests == []


def test_a_download_that_breaks_off_goes_on_where_it_stopped(files, published) -> None:
    published.cut_after = 100
    with pytest.raises(CutOff, match="goes on where it stopped"):
        fetch(files)
    first = published.model.files[0]
    assert files.part(first).stat().st_size == 100
    fetch(files)
    files.verify()
    assert "Range: bytes=100-" in published.requests[1]


def test_a_server_that_points_elsewhere_is_followed_and_noted(files, published) -> None:
    published.moved = True
    asked = []
    fetch(files, asked.append)
    files.verify()
    assert len(asked) == 2 * len(published.model.files)
    assert set(asked) == {published.address.split("/")[2]}


@pytest.mark.parametrize(
    "address", ["http://models.test/x", "ftp://127.0.0.1/x", "https://me:key@models.test/x", "https://[x", ""]
)
def test_it_is_not_followed_to_where_others_can_change_what_comes(files, published, address) -> None:
    published.moved, published.moved_to = True, address
    asked = []
    if not address:
        published.status = 302
    with pytest.raises(BadReply, match="Nothing was kept"):
        fetch(files, asked.append)
    assert len(asked) == 1


def test_it_is_not_sent_in_circles(files, published) -> None:
    published.moved_to = published.address
    with pytest.raises(BadReply, match="without end"):
        fetch(files)
    assert len(published.requests) < 10


def test_a_file_with_another_fingerprint_is_deleted(files, published) -> None:
    published.swap = lambda data: data[:-1] + b"!"
    with pytest.raises(ModelBroken, match="deleted"):
        fetch(files)
    assert list(files.folder.iterdir()) == []


@pytest.mark.parametrize(
    "swap", [lambda data: data + b"!", lambda data: data[:-1]], ids=["longer", "shorter"]
)
def test_a_file_of_another_size_is_refused_at_once(files, published, swap) -> None:
    published.swap = swap
    with pytest.raises(BadReply, match="not the file that was published"):
        fetch(files)
    assert list(files.folder.iterdir()) == []


def test_a_file_without_end_is_left_and_deleted(files, published) -> None:
    published.counts = False
    published.swap = lambda data: data * 50_000
    with pytest.raises(ModelBroken, match="deleted"):
        fetch(files)
    assert list(files.folder.iterdir()) == []


def test_a_server_that_does_not_say_how_long_a_file_is_will_do(files, published) -> None:
    published.counts = False
    fetch(files)
    files.verify()


def test_half_a_file_that_was_changed_meanwhile_is_begun_anew(files, published) -> None:
    files.make_room()
    first = published.model.files[0]
    files.part(first).write_bytes(b"?" * 50)
    with pytest.raises(ModelBroken):
        fetch(files)
    fetch(files)
    files.verify()


def test_too_much_of_a_file_is_begun_anew(files, published) -> None:
    files.make_room()
    first = published.model.files[0]
    files.part(first).write_bytes(b"?" * (first.size + 1))
    fetch(files)
    files.verify()


@pytest.mark.parametrize(("status", "error"), [(404, ModelUnknown), (503, ServerFault), (304, BadReply)])
def test_a_server_that_refuses_is_named(files, published, status, error) -> None:
    published.status = status
    with pytest.raises(error):
        fetch(files)


def test_no_server_is_a_sentence(files, published) -> None:
    files.model = replace(files.model, address="http://127.0.0.1:9/")
    with pytest.raises(Unreachable, match="Nothing answers"):
        fetch(files)


def test_stop_ends_it_and_keeps_what_came(files, published) -> None:
    cancel = Cancel()
    steps = get(files, CONFIG, lambda provider: None, cancel)
    next(steps)
    cancel.set()
    with pytest.raises(Cancelled):
        list(steps)
    fetch(files)
    files.verify()


def test_who_may_not_is_not_connected(files, published) -> None:
    def refuse(provider):
        raise PolicyRefused("The cloud is switched off.")

    with pytest.raises(PolicyRefused):
        fetch(files, refuse)
    assert published.requests == []


def test_without_room_nothing_is_asked_for(published, tmp_path) -> None:
    small = ModelFolder(published.model, tmp_path / "here", free=lambda folder: 1000)
    with pytest.raises(StoreError, match="Free some room"):
        fetch(small)
    assert published.requests == []
    assert free_room(tmp_path) > 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no disk that is always full.")
def test_a_disk_that_fills_up_is_a_sentence(files, published) -> None:
    files.make_room()
    files.part(published.model.files[0]).symlink_to("/dev/full")
    with pytest.raises(StoreError, match="the disk is full"):
        fetch(files)


def test_a_folder_that_cannot_be_made_is_a_sentence(published, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        fetch(ModelFolder(published.model, tmp_path / "file" / "here"))


def test_files_that_somebody_fetched_himself_are_taken_if_they_are_right(files, published, tmp_path) -> None:
    assert sum(files.adopt(published.folder)) == published.model.size
    files.verify()
    files.remove()
    assert not files.folder.exists()
    (published.folder / "tiny.onnx").write_bytes(b"another one")
    with pytest.raises(ModelBroken):
        list(files.adopt(published.folder))
    with pytest.raises(NotReady, match="not in that folder"):
        list(files.adopt(tmp_path))


# The command


def run(confidant, *words):
    """Run `confidant filter-model …` and return exit code, output and error output."""
    parser = argparse.ArgumentParser()
    filter_model.add_to(parser.add_subparsers())
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = filter_model.run(confidant, parser.parse_args(["filter-model", *words]))
    return code, out.getvalue(), err.getvalue()


def test_a_person_gets_it_uses_it_and_removes_it(confidant, files) -> None:
    confidant.additions.files = files
    text = "Say swordfish to Tuva."
    privacy = confidant.border.privacy(confidant.border.fresh())
    assert "Here: no" in run(confidant, "status")[1]

    code, out, err = run(confidant, "get")
    assert code == Exit.OK
    assert "byte for byte" in out
    assert re.search(r"No word of yours is sent", err)
    noted = [(row.purpose, row.model) for row in confidant.border.ledger.entries(10)]
    assert noted == [("download", "tiny")] * 3
    assert not confidant.settings[PRIVACY_STRONG_FILTER]
    before = privacy.inspect(text, Level.GUARDED)

    assert run(confidant, "use")[0] == Exit.OK
    assert "In use: yes" in run(confidant, "status")[1]
    kinds = {each.finding.kind for each in privacy.inspect(text, Level.GUARDED)}
    assert Kind.SECRET in kinds - {each.finding.kind for each in before}

    run(confidant, "off")
    assert privacy.inspect(text, Level.GUARDED) == before
    run(confidant, "remove")
    assert not files.folder.exists()


def test_with_the_cloud_switched_off_nothing_is_downloaded(confidant, files, published) -> None:
    confidant.additions.files = files
    confidant.settings.set(CLOUD_ENABLED, False)
    with pytest.raises(PolicyRefused):
        run(confidant, "get")
    assert published.requests == []
    assert run(confidant, "get", "--from", str(published.folder))[0] == Exit.OK
    assert confidant.border.ledger.entries(10) == []


def test_chosen_without_its_files_it_is_switched_off_and_that_is_said_once(confidant, files) -> None:
    confidant.additions.files = files
    confidant.settings.set(PRIVACY_STRONG_FILTER, True)
    (told,) = confidant.additions.ready(Cancel())
    assert "`confidant filter-model get`. The built-in filter goes on" in told
    assert confidant.additions.ready(Cancel()) == ()
    assert not confidant.settings[PRIVACY_STRONG_FILTER]


def test_a_question_tells_that_it_was_switched_off(confidant, files) -> None:
    confidant.additions.files = files
    confidant.settings.set(PRIVACY_STRONG_FILTER, True)
    events = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(
        conversation, "Say hello to Tuva.", Yes(), Cancel(), events.append, where=Where.CLOUD
    )
    assert any(isinstance(event, Notice) and "stronger filter" in event.told for event in events)
    assert isinstance(events[-1], Done)


def test_chosen_and_broken_in_the_middle_of_a_question_nothing_is_sent(confidant, files, bird) -> None:
    confidant.additions.files = files
    fetch(files)
    confidant.settings.set(PRIVACY_STRONG_FILTER, True)
    events = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(
        conversation, f"Say {POISON} to her.", Yes(), Cancel(), events.append, where=Where.CLOUD
    )
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "filter"
    assert bird.bodies == []


def test_it_is_not_used_before_it_is_here_and_right(confidant, files) -> None:
    confidant.additions.files = files
    with pytest.raises(NotReady):
        run(confidant, "use")
    assert not confidant.settings[PRIVACY_STRONG_FILTER]
