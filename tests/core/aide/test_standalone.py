"""A follow-up is made to stand alone out of the person's own words."""

import pytest

from app.core.aide.standalone import is_follow_up, standalone
from app.core.types import Role, StoredMessage


def said(*questions: str) -> tuple[StoredMessage, ...]:
    """Return a conversation in which each question got an answer."""
    messages = []
    for number, question in enumerate(questions):
        messages.append(StoredMessage(2 * number, "c", Role.USER, question, 0.0))
        messages.append(StoredMessage(2 * number + 1, "c", Role.ASSISTANT, "Well, Zanzibar.", 0.0))
    return tuple(messages)


TABLE = [
    ("What is the capital of California?", "What about Texas?", "What is the capital of Texas?"),
    ("What is the capital of California?", "and Texas?", "What is the capital of Texas?"),
    ("Is Berlin larger than 500 years ago?", "How about New York?", "Is New York larger than 500 years ago?"),
    ("Who won the cup in 1998?", "And in 2002?", "Who won the cup in 1998? And in 2002?"),
    ("What do bees do in winter?", "And in summer?", "What do bees do in summer?"),
    ("How far is Rome from Paris?", "What about Madrid?", "How far is Rome from Paris? What about Madrid?"),
    ("Write a poem about rain.", "Make it shorter.", "Write a poem about rain. Make it shorter."),
    ("Write a poem about rain", "In French, please?", "Write a poem about rain. In French, please?"),
    ("Why is the sky blue?", "Why?", "Why is the sky blue? Why?"),
    ("Who wrote Emma?", "When was she born?", "Who wrote Emma? When was she born?"),
    ("What is a fjord?", "Are there any in Chile?", None),
    ("What is a fjord?", "How do they form?", "What is a fjord? How do they form?"),
    ("What is a fjord?", "What does that mean?", "What is a fjord? What does that mean?"),
    ("What is a fjord?", "What is the capital of Peru?", None),
    ("What is a fjord?", "Did Ada Lovelace finish her book?", None),
    ("What is a fjord?", "Is there a train to Rome on Sundays?", None),
    ("What is a fjord?", "", None),
    (
        "Summarize this letter:\n\nDear Sir, the pipe has burst.\n\nKeep it under 20 words.",
        "Now make it more formal",
        "Summarize this letter: Keep it under 20 words. Now make it more formal",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "question", "whole"), TABLE)
def test_a_follow_up_stands_alone(earlier: str, question: str, whole: str | None) -> None:
    assert standalone(question, said(earlier)) == whole


def test_without_an_earlier_question_nothing_is_added() -> None:
    assert standalone("What about Texas?", ()) is None


def test_a_follow_up_of_a_follow_up_stands_alone_too() -> None:
    history = said("What is the capital of California?", "What about Texas?")
    assert standalone("And Nevada?", history) == "What is the capital of Nevada?"


def test_of_the_answers_no_word_is_taken() -> None:
    assert "Zanzibar" not in (standalone("Is it warm there?", said("Where can I swim in May?")) or "")


@pytest.mark.parametrize(
    "question",
    [
        "Explain the difference between a virus and a bacterium.",
        "What is the car that most people buy?",
        "I think that cats are better than dogs, right?",
        "Write a letter to my landlord about the broken heating in the kitchen and the bathroom.",
    ],
)
def test_whole_questions_are_left_alone(question: str) -> None:
    assert not is_follow_up(question)
