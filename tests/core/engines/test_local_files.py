"""A file that is no good gets a sentence, and the next good one is answered with."""

import pytest
from local_model import CAPITAL, Choice, Watch, ask, engine

from app.core.engines.holder import Phase
from app.core.engines.marker import LoadMarker
from app.core.errors import Fix, ModelBroken, ModelTooBig, NotReady
from app.core.models.catalog import LocalModel, bundled

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def good():
    return bundled().path.read_bytes()


def _replaced(good, key, value):
    """Change the bytes right after a key and the type of its value."""
    at = good.index(key) + len(key) + 4
    return good[:at] + value + good[at + len(value) :]


BAD = {
    "cut": (lambda good: good[:40_000_000], ModelBroken, "cut short: 40 of 98 MB. Download it again"),
    "page": (lambda _: b"<!DOCTYPE html><title>Log in</title>", ModelBroken, "web page"),
    "no model": (lambda _: b"just text", ModelBroken, "not a model"),
    "too big": (
        lambda good: _replaced(good, b"llama.block_count", (1 << 30).to_bytes(4, "little")),
        ModelTooBig,
        r"needs about [\d.]+ GB of memory, and [\d.]+ GB are free",
    ),
    "unknown kind": (
        lambda good: _replaced(good, b"general.architecture", b"\5\0\0\0\0\0\0\0zzzzz"),
        ModelBroken,
        "newer than Confidant",
    ),
    "inconsistent": (
        lambda good: _replaced(good, b"llama.embedding_length", (577).to_bytes(4, "little")),
        ModelBroken,
        "could not be loaded",
    ),
}  # fmt: skip


@pytest.fixture
def choice():
    return Choice(context=256)


@pytest.fixture
def local(tmp_path, choice):
    local = engine(tmp_path, choice)
    yield local
    local.close()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_and_leaves_no_mark(tmp_path, local, choice, good, name, capfd):
    make, error, said = BAD[name]
    path = tmp_path / "bad.gguf"
    path.write_bytes(make(good))
    choice.model = lambda: LocalModel("bad", "Bad", path)
    with pytest.raises(error, match=said) as told:
        ask(local, CAPITAL)
    assert told.value.fix is Fix.CHOOSE_MODEL
    assert (local.state.phase, local.state.told) == (Phase.FAILED, told.value.told)
    assert list((tmp_path / "run").glob("*")) == []
    assert capfd.readouterr() == ("", "")


def test_after_a_bad_file_the_next_question_may_use_another(tmp_path, local, choice):
    path = tmp_path / "bad.gguf"
    path.write_bytes(b"<html>")
    choice.model = lambda: LocalModel("bad", "Bad", path)
    with pytest.raises(ModelBroken, match="web page"):
        ask(local, CAPITAL)
    choice.model = bundled
    assert local.state.phase is Phase.IDLE
    assert "Paris" in ask(local, CAPITAL)[0]


def test_a_missing_file_is_told(tmp_path, local, choice):
    choice.model = lambda: LocalModel("gone", "Gone", tmp_path / "gone.gguf")
    with pytest.raises(ModelBroken, match="not there any more"):
        ask(local, CAPITAL)


def test_no_model_at_all_is_a_state_and_a_sentence(local, choice):
    def none():
        raise NotReady("Choose a model first.")

    choice.model = none
    assert (local.name, local.state.phase, local.state.told) == ("", Phase.ABSENT, "Choose a model first.")
    with pytest.raises(NotReady, match="Choose"):
        ask(local, CAPITAL)
    watch = Watch(local)
    choice.model = bundled
    local.warm()
    watch.wait(Phase.READY)


def test_a_closed_engine_says_so(local):
    local.close()
    with pytest.raises(NotReady, match="closing"):
        ask(local, CAPITAL)
    local.warm()
    local.close()


def test_a_mark_of_a_process_that_lives_refuses_nothing(tmp_path):
    path = bundled().path
    with LoadMarker(tmp_path).loading(path):
        LoadMarker(tmp_path).check(path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"model": 1, "pid": "x", "started": 0}', "\xff"])
def test_a_damaged_mark_refuses_nothing(tmp_path, text):
    (tmp_path / "loading-1.json").write_text(text, encoding="latin-1")
    LoadMarker(tmp_path).check(bundled().path)
