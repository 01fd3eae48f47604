"""Servers that fail or lie: each failure is one clear sentence, nothing of the server's text in it."""

import json
import socket
import time
from collections.abc import Callable
from email.utils import formatdate

import pytest
from cloud_kit import KEY, WORDS, ask, engine, no_thread_left, prompt, text_of
from hostile import DONE, Hostile, Step, Wire, answer, cut, event, page, raw, silence, stall, status, stream

from app.core.cancel import Cancel
from app.core.engines.cloud_errors import retry_delay
from app.core.errors import (
    BadReply,
    CutOff,
    EngineError,
    Fix,
    KeyRefused,
    ModelUnknown,
    OutOfQuota,
    RateLimited,
    RequestRefused,
    ServerFault,
    TooLong,
    Unreachable,
)
from app.core.events import Notice
from app.core.types import Chunk

ECHO = f"You said: {WORDS}"
"""What a hostile server puts everywhere; it must never be shown."""


def _error(code: object = None, kind: object = None) -> dict[str, object]:
    return {"error": {"message": ECHO, "code": code, "type": kind, "param": ECHO}}


def _reported(code: object = None, kind: object = None) -> bytes:
    return b"data: " + json.dumps(_error(code, kind)).encode() + b"\n\n"


def _endless_error(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 401 No\r\ncontent-length: 999999999\r\n\r\n")
    for _ in range(50):
        wire.send(b"x" * 65536)
    wire.hold()


STATUSES: list[tuple[int, object, type[EngineError]]] = [
    (400, _error(), RequestRefused),
    (400, _error("context_length_exceeded"), TooLong),
    (400, _error(400, "exceed_context_size_error"), TooLong),
    (400, _error("model_not_found"), ModelUnknown),
    (401, _error("invalid_api_key"), KeyRefused),
    (401, ECHO, KeyRefused),
    (402, _error(), OutOfQuota),
    (403, _error(), KeyRefused),
    (404, _error("model_not_found"), ModelUnknown),
    (404, None, ModelUnknown),
    (408, None, ServerFault),
    (409, None, RequestRefused),
    (413, None, TooLong),
    (418, _error(), RequestRefused),
    (422, _error(), RequestRefused),
    (429, _error("rate_limit_exceeded"), RateLimited),
    (429, _error("insufficient_quota"), OutOfQuota),
    (429, _error(None, "insufficient_quota"), OutOfQuota),
    (429, [ECHO], RateLimited),
    (500, _error("server_error"), ServerFault),
    (500, {"error": ECHO}, ServerFault),
    (502, None, ServerFault),
    (503, None, ServerFault),
    (504, None, ServerFault),
    (520, None, ServerFault),
    (529, _error(None, "overloaded_error"), ServerFault),
    (301, None, BadReply),
    (304, None, BadReply),
]


@pytest.mark.parametrize(("number", "body", "kind"), STATUSES)
def test_each_status_is_a_sentence(number: int, body: object, kind: type[EngineError]) -> None:
    with Hostile(status(number, body)) as server, no_thread_left(), pytest.raises(kind) as caught:
        ask(engine(server.url))
    _check(caught.value, server)


STREAMS: dict[str, tuple[Step, type[EngineError]]] = {
    "a web page": (page(), BadReply),
    "a web page that says it is a stream": (
        lambda wire: wire.reply(200, b"<html>hi</html>\n\n", content_type="text/event-stream"),
        BadReply,
    ),
    "invalid JSON": (stream(b"data: {not json\n\n"), BadReply),
    "invalid JSON in one piece": (lambda wire: wire.reply(200, b"{not json"), BadReply),
    "JSON that is no object": (stream(b"data: [1,2]\n\n", DONE), BadReply),
    "null": (stream(b"data: null\n\n", DONE), BadReply),
    "JSON that is no chat": (lambda wire: wire.reply(200, b'{"hello": "world"}'), BadReply),
    "JSON that is nested without end": (stream(b"data: " + b"[" * 200_000 + b"\n\n"), BadReply),
    "wrong types everywhere": (
        stream(b'data: {"choices":{"0":1},"usage":[],"error":null}\n\n', DONE),
        BadReply,
    ),
    "choices of a wrong type": (stream(b'data: {"choices":["x",{"delta":7}]}\n\n', DONE), BadReply),
    "no event at all": (stream(), BadReply),
    "only the end mark": (stream(DONE), BadReply),
    "an empty answer": (stream(event(""), event(finish="stop"), DONE), BadReply),
    "no body": (lambda wire: wire.reply(200, b""), BadReply),
    "another encoding": (
        stream('data: {"choices":[{"delta":{"content":"é"}}]}\n\n'.encode("latin-1")),
        BadReply,
    ),
    "UTF-16": (stream(event("a").decode().encode("utf-16")), BadReply),
    "a broken compression": (
        lambda wire: wire.reply(200, event("a"), content_type="text/event-stream", content_encoding="gzip"),
        BadReply,
    ),
    "an error object": (stream(_reported(), DONE), ServerFault),
    "an error object with a code": (stream(_reported("insufficient_quota")), OutOfQuota),
    "an error object with a status": (stream(_reported(429)), RateLimited),
    "an error that is a text": (stream(b'data: {"error":"no"}\n\n'), ServerFault),
    "an error after some text": (stream(event("Some"), _reported()), CutOff),
    "the server's quota in the middle": (stream(event("Some"), _reported("insufficient_quota")), OutOfQuota),
    "cut after some text": (cut(event("Some")), CutOff),
    "cut inside a placeholder": (cut(event("Dear PERSON-7Q"), b'data: {"choices":[{"del'), CutOff),
    "cut before any text": (cut(), CutOff),
    "cut inside a character": (cut(event("Some"), 'data: {"é'.encode()[:-1]), CutOff),
    "ended without a reason": (stream(event("Some")), CutOff),
    "closed without a reason": (
        raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + event("Some")),
        CutOff,
    ),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), BadReply),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\ncontent-ty"), Unreachable),
    "nothing": (raw(b""), Unreachable),
    "an endless body of an error": (_endless_error, KeyRefused),
}


@pytest.mark.parametrize("name", STREAMS)
def test_each_bad_answer_is_a_sentence(name: str) -> None:
    step, kind = STREAMS[name]
    with Hostile(step) as server, no_thread_left(), pytest.raises(EngineError) as caught:
        ask(engine(server.url))
    assert type(caught.value) is kind
    _check(caught.value, server)


def _check(error: EngineError, server: Hostile) -> None:
    assert f"localhost:{server.port}" in error.told
    assert error.told.endswith((".", "?"))
    assert len(error.told) < 160
    link: BaseException | None = error
    while link is not None:  # nothing of it hangs on the error either
        for secret in ("You said", "PERSON-7Q", KEY, "Some"):
            assert secret not in repr(link) + str(vars(link))
        link = link.__cause__ or link.__context__
    assert set(server.bodies) == {prompt().body}


def test_what_came_before_the_cut_is_kept() -> None:
    with Hostile(cut(event("Dear "), event("PERSON-7Q"))) as server:
        items = engine(server.url).stream(prompt(), Cancel())
        assert [next(items), next(items)] == [Chunk("Dear "), Chunk("PERSON-7Q")]
        with pytest.raises(CutOff):
            next(items)


@pytest.mark.parametrize("data", [b"data: " + b"x" * 64_000, b"data: x\n" * 8_000, b": " + b"x" * 64_000])
def test_an_endless_line_or_event_ends_soon_and_takes_no_memory(data: bytes) -> None:
    sent: list[int] = []

    def step(wire: Wire) -> None:
        wire.begin_events()
        while len(sent) < 500:
            wire.piece(data.removeprefix(b"data: ") if sent and b"\n" not in data else data)
            sent.append(1)

    with Hostile(step) as server, no_thread_left(), pytest.raises(BadReply):
        ask(engine(server.url))
    assert len(sent) < 200


@pytest.mark.parametrize("number", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(number: int) -> None:
    with Hostile(answer("stolen")) as other:
        to = status(number, None, location=f"{other.url}/v1/chat/completions")
        with Hostile(to) as server, pytest.raises(BadReply, match="points to another address"):
            ask(engine(server.url))
    assert (server.connections, other.connections) == (1, 0)


def test_a_server_without_a_key_that_wants_one_says_so() -> None:
    with Hostile(status(401)) as server, pytest.raises(KeyRefused, match="asks for a key"):
        ask(engine(server.url, key=""))


# --- time -----------------------------------------------------------------------------------------------------


def test_a_slow_first_byte_ends_at_the_time_limit() -> None:
    with Hostile(silence) as server, no_thread_left(), pytest.raises(Unreachable, match=r"within 0\.3 s"):
        ask(engine(server.url, timeout=0.3))


def test_a_slow_first_byte_within_the_limit_is_waited_for() -> None:
    def slow(wire: Wire) -> None:
        wire.pause(0.4)
        answer("late")(wire)

    with Hostile(slow) as server:
        assert text_of(ask(engine(server.url))) == "late"


def test_a_stalled_stream_is_cut_off_at_the_time_limit() -> None:
    with Hostile(stall(event("Some"))) as server, no_thread_left():
        items = engine(server.url, timeout=0.3).stream(prompt(), Cancel())
        assert next(items) == Chunk("Some")
        with pytest.raises(CutOff):
            next(items)


def test_comments_keep_a_slow_answer_alive() -> None:
    def thinking(wire: Wire) -> None:
        wire.begin_events()
        for _ in range(5):
            wire.pause(0.15)
            wire.piece(b": thinking\n\n")
        wire.piece(event("done", finish="stop") + DONE)
        wire.end_events()

    with Hostile(thinking) as server:
        assert text_of(ask(engine(server.url, timeout=0.4))) == "done"


# --- no way there ---------------------------------------------------------------------------------------------


def test_a_refused_connection_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with no_thread_left(), pytest.raises(Unreachable, match=f"Nothing answers at localhost:{port}") as caught:
        ask(engine(f"localhost:{port}", retries=3))
    assert caught.value.fix is Fix.ANSWER_LOCALLY


def test_a_name_that_does_not_exist_is_a_sentence() -> None:
    with no_thread_left(), pytest.raises(Unreachable, match=r"name of cloud\.invalid cannot be found"):
        ask(engine("https://cloud.invalid", retries=3))


# --- again ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [429, 500, 502, 503, 504, 529])
def test_a_busy_server_is_asked_again_with_the_same_bytes(number: int) -> None:
    with Hostile(status(number, None, retry_after="0"), answer("ok")) as server:
        items = ask(engine(server.url, retries=1))
    assert items[0] == Notice("The server is busy. Trying again in 1 s.")
    assert text_of(items) == "ok"
    assert server.bodies == [prompt().body] * 2


@pytest.mark.parametrize("headers", [{"retry_after": "0.3"}, {"retry_after_ms": "300", "retry_after": "60"}])
def test_the_wait_is_the_one_that_the_server_asks_for(headers: dict[str, str]) -> None:
    with Hostile(status(429, None, **headers), answer("ok")) as server:
        begun = time.monotonic()
        ask(engine(server.url, retries=1))
        assert 0.3 <= time.monotonic() - begun < 5


def test_the_tries_are_counted() -> None:
    with Hostile(status(503, None, retry_after="0")) as server, pytest.raises(ServerFault):
        ask(engine(server.url, retries=2))
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (status(429, _error("insufficient_quota"), retry_after="0"), OutOfQuota),
        (status(401, None, retry_after="0"), KeyRefused),
        (status(400, None, retry_after="0"), RequestRefused),
        (cut(event("Some")), CutOff),
        (stream(_reported(503)), ServerFault),
    ],
)
def test_what_will_not_help_is_not_repeated(step: Step, kind: type[EngineError]) -> None:
    with Hostile(step) as server, pytest.raises(kind):
        ask(engine(server.url, retries=3))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("asked", "told"), [("90", "asks to wait 90 s"), ("3600", "asks to wait 60 minutes")]
)
def test_a_long_wait_is_told_and_not_waited_for(asked: str, told: str) -> None:
    with Hostile(status(429, None, retry_after=asked)) as server, pytest.raises(RateLimited, match=told):
        ask(engine(server.url, retries=3))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "attempt", "seconds"),
    [
        ({}, 0, 1.0),
        ({}, 2, 4.0),
        ({}, 50, 16.0),
        ({"retry-after": "7"}, 0, 7.0),
        ({"retry-after": "-7"}, 0, 0.0),
        ({"retry-after": "soon"}, 1, 2.0),
        ({"retry-after": "nan"}, 0, 1.0),
        ({"retry-after": "inf"}, 0, 1.0),
        ({"retry-after": "1e999"}, 0, 1.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 0, 1.5),
        ({"retry-after": formatdate(0, usegmt=True)}, 0, 0.0),
        ({"retry-after": "Fri, 31 Dec 99999 23:59:59 GMT"}, 0, 1.0),
    ],
)
def test_the_wait_is_read_in_each_of_its_forms(headers: dict[str, str], attempt: int, seconds: float) -> None:
    assert retry_delay(headers, attempt) == seconds


def test_the_wait_is_read_as_a_date() -> None:
    assert 25 < retry_delay({"retry-after": formatdate(time.time() + 30, usegmt=True)}, 0) <= 30


@pytest.mark.parametrize("call", [lambda e: e.models(Cancel()), lambda e: e.test(Cancel())])
def test_a_list_of_models_fails_in_the_same_ways(call: Callable[..., object]) -> None:
    steps = (status(401), page(), status(200, {"data": ECHO}), raw(b"x" * 50 + b"\r\n\r\n"), status(302))
    with Hostile(*steps) as server:
        for kind in (KeyRefused, BadReply, BadReply, BadReply, BadReply):
            with pytest.raises(kind) as caught:
                call(engine(server.url))
            assert "You said" not in caught.value.told
