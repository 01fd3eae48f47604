"""One instance per profile, with real processes."""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cancel import Cancel
from app.core.errors import Cancelled, CutOff, EngineError, Fix, KeyRefused, NotReady
from app.core.events import Notice
from app.core.instance import (
    Generate,
    Handler,
    Instance,
    NoInstance,
    QuickAsk,
    RemoteLocalEngine,
    Reply,
    Request,
    Show,
    _address,
    ask,
    living,
)
from app.core.instance_messages import (
    End,
    Garbled,
    pack_reply,
    pack_request,
    unpack_reply,
    unpack_request,
)
from app.core.paths import Paths
from app.core.types import Chunk, Generation, Message, Prompt, Role, Usage

CHILD = Path(__file__).with_name("instance_child.py")
QUESTION = Prompt(
    (Message(Role.SYSTEM, "be kind"), Message(Role.USER, "hello")), Generation(7, 0.5, 'root ::= "a"')
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "profile")
    made.create()
    return made


def _start(paths: Paths) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(paths.profile)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def _said(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _finish(child: subprocess.Popen[str]) -> None:
    child.communicate(timeout=20)


class _Here:
    """An instance in this process, whose handler the test gives."""

    def __init__(self, paths: Paths, handler: Handler) -> None:
        claimed = Instance.claim(paths)
        assert claimed is not None
        self._instance = claimed
        self._instance.serve(handler)

    def close(self) -> None:
        self._instance.close()


def test_a_second_start_finds_the_first(paths: Paths) -> None:
    first = _start(paths)
    assert _said(first) == "claimed"
    assert living(paths)
    assert Instance.claim(paths) is None
    _finish(first)
    assert not living(paths)
    own = Instance.claim(paths)
    assert own is not None
    own.close()


def test_of_many_starts_at_once_exactly_one_lives(paths: Paths) -> None:
    children = [_start(paths) for _ in range(5)]
    said = [_said(child) for child in children]
    assert sorted(said) == ["another"] * 4 + ["claimed"]
    for child in children:
        _finish(child)


def test_a_killed_process_leaves_nothing_in_the_way(paths: Paths) -> None:
    first = _start(paths)
    assert _said(first) == "claimed"
    first.send_signal(signal.SIGKILL)
    _finish(first)
    assert Path(_address(paths)).exists(), "the socket of the dead process is still there"
    with pytest.raises(NoInstance):
        list(ask(paths, Show()))
    second = _start(paths)
    assert _said(second) == "claimed"
    assert [*ask(paths, Show())] == []
    assert _said(second) == "Show()"
    _finish(second)


def test_the_model_of_the_window_answers_a_terminal(paths: Paths) -> None:
    window = _start(paths)
    assert _said(window) == "claimed"
    engine = RemoteLocalEngine(paths, "tiny")
    assert engine.name == "tiny"
    assert [*engine.stream(QUESTION, Cancel())] == [
        Chunk("system:be kind"), Chunk("user:hello"), Chunk(usage=Usage(3, 4)),
    ]  # fmt: skip
    _finish(window)


def test_stop_in_the_terminal_stops_the_work_in_the_window(paths: Paths) -> None:
    stopped = threading.Event()

    def endless(request: Request, cancel: Cancel) -> Iterator[Reply]:
        yield Chunk("one")
        with cancel.on_set(stopped.set):
            cancel.wait(60)

    cancel = Cancel()
    with closing(_Here(paths, endless)):
        answer = RemoteLocalEngine(paths, "tiny").stream(QUESTION, cancel)
        assert next(answer) == Chunk("one")
        cancel.set()
        with pytest.raises(Cancelled):
            next(answer)
        assert stopped.wait(5)


def test_dropping_the_answer_stops_the_work_too(paths: Paths) -> None:
    closed = threading.Event()

    def endless(request: Request, cancel: Cancel) -> Iterator[Reply]:
        try:
            while True:
                yield Chunk("word ")
                cancel.wait(0.01)
        finally:
            closed.set()

    with closing(_Here(paths, endless)):
        with closing(ask(paths, Generate(QUESTION))) as answer:  # type: ignore[type-var] # a generator
            assert next(answer) == Chunk("word ")
        assert closed.wait(5)


def test_a_window_that_dies_in_the_middle_is_said_plainly(paths: Paths) -> None:
    child = _start(paths)
    assert _said(child) == "claimed"
    answer = ask(paths, Generate(replace(QUESTION, generation=Generation(1))))
    next(answer)
    child.kill()
    _finish(child)
    with pytest.raises(CutOff):
        list(answer)


@pytest.mark.parametrize(
    "error", [NotReady("Choose a model."), KeyRefused("No.", Fix.RETRY), NoInstance("Away.")]
)
def test_errors_arrive_as_what_they_are(paths: Paths, error: EngineError) -> None:
    def fails(request: Request, cancel: Cancel) -> Iterator[Reply]:
        yield Notice("trying", lasting=True)
        raise error

    with closing(_Here(paths, fails)):
        answer = ask(paths, Show())
        assert next(answer) == Notice("trying", lasting=True)
        with pytest.raises(type(error)) as caught:
            next(answer)
        assert (caught.value.told, caught.value.fix) == (error.told, error.fix)


def test_a_bug_in_the_window_tells_nothing_private(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    reported = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda args: reported.set())

    def broken(request: Request, cancel: Cancel) -> Iterator[Reply]:
        yield from ()
        raise RuntimeError("canary")

    with closing(_Here(paths, broken)), pytest.raises(EngineError) as caught:
        list(ask(paths, Show()))
    assert "canary" not in caught.value.told
    assert reported.wait(5)


@pytest.mark.parametrize("rubbish", [b"", b"\x00" * 64, b"{}", b"x" * 5000, b"[" * 100000])
def test_rubbish_does_not_hurt_the_window(paths: Paths, rubbish: bytes) -> None:
    with closing(_Here(paths, lambda request, cancel: iter((Chunk("fine"),)))):
        with Client(_address(paths)) as line:
            line.send_bytes(rubbish)
        assert [*ask(paths, Show())] == [Chunk("fine")]


def test_silent_callers_do_not_block_others(paths: Paths) -> None:
    with closing(_Here(paths, lambda request, cancel: iter((Chunk("fine"),)))):
        silent = [Client(_address(paths)) for _ in range(4)]
        os.write(silent[0].fileno(), b"\x00\x00")  # half a header
        assert [*ask(paths, Show())] == [Chunk("fine")]
        for line in silent:
            line.close()


def test_who_does_not_know_the_key_is_not_heard(paths: Paths) -> None:
    heard: list[Request] = []

    def note(request: Request, cancel: Cancel) -> Iterator[Reply]:
        heard.append(request)
        return iter(())

    with closing(_Here(paths, note)):
        key = paths.run / "instance.key"
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        true = key.read_bytes()
        key.write_bytes(b"wrong" * 6)
        with pytest.raises(NoInstance):
            list(ask(paths, QuickAsk("psst")))
        key.write_bytes(true)
        assert list(ask(paths, QuickAsk("hello"))) == []
    assert heard == [QuickAsk("hello")]


def test_a_long_profile_path_gets_a_short_private_socket(tmp_path: Path) -> None:
    paths = Paths(tmp_path / ("long" * 30))
    paths.create()
    with closing(_Here(paths, lambda request, cancel: iter((Chunk("fine"),)))):
        address = Path(_address(paths))
        assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
        assert [*ask(paths, Show())] == [Chunk("fine")]
    assert not address.exists()


def test_without_an_instance_the_answer_comes_at_once(paths: Paths) -> None:
    assert not living(paths)
    with pytest.raises(NoInstance):
        list(ask(paths, Show()))


texts = st.text(st.characters(exclude_categories=["Cs"]))
prompts = st.builds(
    Prompt,
    st.lists(st.builds(Message, st.sampled_from(Role), texts)).map(tuple),
    st.builds(Generation, st.integers(1, 4096), st.floats(0, 2), texts, st.booleans()),
)
replies = st.one_of(
    st.builds(
        Chunk,
        texts,
        st.none() | st.builds(Usage, st.integers(), st.integers()),
        st.booleans(),
        st.lists(st.floats(max_value=0, allow_nan=False), max_size=4).map(tuple),
    ),
    st.builds(Notice, texts, st.booleans()),
    st.just(End()),
)


@given(st.one_of(st.just(Show()), st.builds(QuickAsk, texts), st.builds(Generate, prompts)))
def test_requests_survive_the_wire(request: Request) -> None:
    assert unpack_request(pack_request(request)) == request


@given(replies)
def test_replies_survive_the_wire(reply: Reply | End) -> None:
    assert unpack_reply(pack_reply(reply)) == reply


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_garbled(data: bytes) -> None:
    for unpack in (unpack_request, unpack_reply):
        try:
            unpack(data)
        except Garbled:
            continue


@pytest.mark.parametrize(
    "data",
    [
        b'{"generate": [["user"]], "max_tokens": 1, "temperature": 1}',
        b'{"generate": [["boss", "x"]], "max_tokens": 1, "temperature": 1}',
        b'{"generate": [], "max_tokens": true, "temperature": 1}',
        b'{"generate": [], "max_tokens": 1, "temperature": "hot"}',
        b'{"generate": [], "max_tokens": 1, "temperature": 1, "grammar": 7}',
        b'{"quick_ask": 7}',
        b'{"shell": "rm"}',
    ],
)
def test_requests_with_wrong_fields_are_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        unpack_request(data)


@pytest.mark.parametrize(
    "logprobs", ["7", "[0.5]", '["-1"]', "[true]", "[NaN]", "[-1, null]", "[1e999]", '{"a": 1}']
)
def test_replies_with_wrong_logarithms_are_garbled(logprobs: str) -> None:
    data = b'{"chunk": "x", "usage": null, "truncated": false, "logprobs": %s}' % logprobs.encode()
    with pytest.raises(Garbled):
        unpack_reply(data)
