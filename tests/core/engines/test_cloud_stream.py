"""Events and chunks are the same however the bytes of an answer are cut."""

import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.engines.cloud_stream import (
    EVENT_LIMIT,
    Broken,
    Malformed,
    Reader,
    Reported,
    events,
    model_names,
)
from app.core.types import Chunk

ANSWER = (
    "\ufeff: hello\r\n\r\n"
    'data: {"choices":[{"delta":{"content":"Grüße "}}]}\r\n\r\n'
    'event: x\rdata: {"choices":\rdata: [{"delta":{"content":"日本語"}}]}\r\r'
    'id: 3\ndata:{"choices":[{"delta":{"content":" 🙂"},"finish_reason":"stop"}]}\n\n'
    "data: [DONE]\n"
).encode()


WORDS = ("choices", "delta", "content", "usage", "error", "code", "finish_reason", "text", "type")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(WORDS), inner),
)


def _cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=30))
def test_a_cut_changes_nothing(places: list[int]) -> None:
    whole = list(Reader().read([ANSWER]))
    assert "".join(chunk.text for chunk in whole) == "Grüße 日本語 🙂"
    assert list(Reader().read(_cut(ANSWER, places))) == whole


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_no_bytes_break_the_events(pieces: list[bytes]) -> None:
    assert list(events(pieces)) == list(events([b"".join(pieces)]))


@settings(max_examples=40)
@given(JSON)
def test_no_json_breaks_the_reader(value: object) -> None:
    event = b"data: " + json.dumps(value).encode() + b"\n\n"
    with suppress(Malformed, Broken, Reported):
        list(Reader().read([event, b"data: [DONE]\n\n"]))


def test_halves_of_characters_become_readable() -> None:
    body = b'{"choices":[{"message":{"content":"a\\ud83d b"}}]}'
    assert next(Reader().read_whole(body)) == Chunk("a? b")


def test_text_in_parts_is_joined_and_thoughts_are_left_out() -> None:
    parts = [
        {"type": "thinking", "thinking": "x"},
        {"type": "text", "text": "a"},
        "y",
        {"type": "text", "text": "b"},
    ]
    body = json.dumps({"choices": [{"message": {"content": parts}}]}).encode()
    assert next(Reader().read_whole(body)) == Chunk("ab")


@pytest.mark.parametrize(
    "data",
    [b"data: " + b"x" * EVENT_LIMIT, b"x" * (EVENT_LIMIT + 1), b"data: " + b"x\ndata: " * 200_000],
)
def test_a_line_or_event_beyond_the_limit_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        list(events([data]))


def test_a_list_of_models_may_be_bare() -> None:
    assert model_names(b'[{"id": "a"}, {"name": "b"}]') == ["a"]


@pytest.mark.parametrize("body", [b"", b"{}", b'{"data": 3}', b'"x"', b"\xff"])
def test_what_is_no_list_of_models_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        model_names(body)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"content": [{"token": "Hi", "logprob": -0.5}, {"token": "!", "logprob": 0}]}, (-0.5, 0.0)),
        (None, ()),
        ({"content": None}, ()),
        ({"content": [{"token": "Hi", "logprob": "sure"}]}, ()),
        ({"content": [{"token": "Hi", "logprob": 2.5}]}, ()),
        ({"content": [7, {"logprob": -1}]}, ()),
        ([-1], ()),
    ],
)
def test_logarithms_are_taken_where_a_server_gives_them_and_never_needed(given: object, kept: object) -> None:
    choice = {"delta": {"content": "Hi!"}, "logprobs": given, "finish_reason": "stop"}
    event = b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"
    first, *_ = Reader().read([event, b"data: [DONE]\n\n"])
    assert first == Chunk("Hi!", logprobs=kept)
