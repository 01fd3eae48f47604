"""What is shown is whole: no half character, no beginning of a stop word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.engines.answer_text import AnswerText


def _shown(data, size, stops=()):
    text = AnswerText(stops)
    parts = [text.add(data[at : at + size]) for at in range(0, len(data), size)]
    return [*parts, text.rest()], text.stopped


@given(answer=st.text(), size=st.integers(1, 5))
def test_however_bytes_are_cut_no_character_is_halved(answer, size):
    data = answer.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
    parts, _ = _shown(data, size)
    assert "".join(parts) == data.decode().lstrip()


def test_a_character_that_never_becomes_whole_is_not_shown():
    assert "".join(_shown("well 🌊".encode()[:-1], 1)[0]) == "well "


@pytest.mark.parametrize(
    ("answer", "shown", "stopped"),
    [
        ("Hello\nUser: and?", "Hello", True),
        ("Hello\nUseful: x", "Hello\nUseful: x", False),
        ("Hello\nUs", "Hello\nUs", False),
        ("Hello\nSystem: x\nUser: y", "Hello", True),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_an_answer_ends_before_a_stop_word(answer, shown, stopped, size):
    parts, ended = _shown(answer.encode(), size, ("\nUser:", "\nSystem:"))
    assert ("".join(parts), ended) == (shown, stopped)
