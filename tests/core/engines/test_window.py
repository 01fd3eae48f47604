"""A long conversation is shortened by whole turns, and nothing that must stay is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.engines.window import fit_window
from app.core.errors import TooLong
from app.core.types import Message, Role

SYSTEM = Message(Role.SYSTEM, "s")


def _encode(messages):
    """Ten tokens of template a message, and one a character."""
    return [0] * sum(10 + len(message.text) for message in messages)


def _fit(messages, room):
    return fit_window(messages, room, _encode, len)


def _talk(*lengths):
    roles = (Role.USER, Role.ASSISTANT)
    return [SYSTEM, *(Message(roles[n % 2], "x" * length) for n, length in enumerate(lengths))]


@pytest.mark.parametrize(
    ("lengths", "room", "left_out"),
    [
        ((5,), 26, 0),
        ((5, 5, 5), 100, 0),
        ((5, 5, 5), 56, 0),
        ((5, 5, 5), 55, 2),
        ((50, 5, 5), 60, 2),
        ((5, 5, 5, 5, 5, 5, 5), 100, 4),
        ((5, 500, 5, 5, 5), 100, 4),
        ((9,) * 99, 200, 92),
    ],
)
def test_whole_turns_are_left_out_from_the_oldest(lengths, room, left_out):
    found = _fit(_talk(*lengths), room)
    assert found.left_out == left_out
    assert len(found.tokens) <= room


def test_a_question_that_does_not_fit_alone_is_told_with_numbers():
    with pytest.raises(TooLong, match=r"1,021 tokens.*takes 500"):
        _fit(_talk(5, 5, 1000), 500)


def test_a_prompt_without_a_question_is_taken_as_it_is():
    assert _fit([SYSTEM], 100).left_out == 0


def test_most_follow_ups_begin_like_the_question_before():
    lengths, starts = [9] * 41, []
    for _ in range(12):
        starts.append(_fit(_talk(*lengths), 300).left_out)
        lengths += [9, 9]
    assert len(set(starts)) <= 7, "the beginning moves every second turn, not every turn"


@given(
    roles=st.lists(st.sampled_from(Role), max_size=30),
    length=st.integers(0, 60),
    room=st.integers(0, 600),
)
def test_system_and_last_question_always_stay(roles, length, room):
    messages = [Message(role, "x" * length) for role in roles] + [Message(Role.USER, "?" * length)]
    seen = []

    def encode(chosen):
        seen[:] = chosen
        return _encode(chosen)

    try:
        found = fit_window(messages, room, encode, len)
    except TooLong:
        return
    system = [m for m in messages if m.role is Role.SYSTEM]
    spoken = [m for m in messages if m.role is not Role.SYSTEM]
    assert seen == system + spoken[found.left_out :]
    assert seen[-1] is messages[-1]
    assert len(found.tokens) <= room
    if found.left_out:
        assert spoken[found.left_out].role is Role.USER
