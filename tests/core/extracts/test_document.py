"""A pasted document is told from the request, and its passages are cut letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.extracts.document import LONG, Document, inquiry, passages, split
from app.core.types import Role, StoredMessage, Turn, Where
from app.privacy.policy import Level

FILL = "The committee met and spoke about drains. Nothing was decided on that day.\n\n" * 100


@pytest.mark.parametrize(
    ("before", "after", "request_"),
    [
        ("", "How long is the notice period?", "How long is the notice period?"),
        (
            "Please find the notice period in this contract:",
            "",
            "Please find the notice period in this contract:",
        ),
        ("Here is my lease. Who pays for repairs?", "", "Here is my lease. Who pays for repairs?"),
        ("Tell me who signs.", "And when?", "Tell me who signs.\n\nAnd when?"),
    ],
)
def test_the_request_is_found_before_or_behind_the_document(before, after, request_):
    document, request = split(f"{before}\n\n{FILL}\n\n{after}".strip())
    assert request == request_
    assert document.pages == (FILL.strip(),)


@pytest.mark.parametrize(
    "text",
    [
        "How long is it?\n\n" + FILL[:3000],
        FILL,
        "Summarize this.\n\n" + FILL,
        "Can you translate the following into French?\n\n" + FILL,
        FILL + "\n\nWhat are the main points?",
        "x" * 20_000,
        " \n" * 10_000,
        "How long is this? " + "x" * 20_000,
    ],
)
def test_what_is_no_question_about_a_long_document_is_left_alone(text):
    assert split(text) is None


def test_pages_are_told_apart_by_form_feeds():
    document, _ = split("Who signs?\n\n" + FILL + "\f" + FILL + "\f\n")
    assert len(document.pages) == 2


@given(
    st.lists(
        st.sampled_from(
            ["Words go here. ", "No 7!", "\n", "\n\n", "- item\n", "x" * 1300, "```\ncode\n```\n", "é…"]
        ),
        max_size=40,
    ).map("".join)
)
def test_passages_stand_in_the_document_and_leave_no_word_out(text):
    document = Document("", (text, text[::-1]))
    found = passages(document)
    assert all(each.stands_in(document) for each in found)
    assert all(len(each.text) <= 1000 for each in found)
    for number, page in enumerate(document.pages):
        kept = "".join(each.text for each in found if each.page == number)
        assert "".join(kept.split()) == "".join(page.split())


def test_a_follow_up_is_about_the_document_of_the_question_before_it():
    text = f"{FILL}\n\nHow long is the notice period?"
    history = (said(Role.USER, text, "wire"), said(Role.ASSISTANT, "Three months."))
    found = inquiry(Turn("c", "And who signs?", Level.GUARDED, Where.AUTO, history))
    assert found.question == "And who signs?"
    assert found.is_follow_up
    assert found.document == split(text)[0]
    assert inquiry(Turn("c", "And who signs?", Level.GUARDED, Where.AUTO)) is None
    assert inquiry(Turn("c", "Summarize it.", Level.GUARDED, Where.AUTO, history)) is None


def test_a_document_that_was_asked_about_here_alone_leaves_with_no_later_question():
    history = (said(Role.USER, f"{FILL}\n\nHow long is the notice period?"), said(Role.ASSISTANT, "Three."))
    turn = Turn("c", "And who signs?", Level.GUARDED, Where.AUTO, history)
    assert inquiry(turn) is None
    assert inquiry(turn, is_local=True).is_follow_up


def said(role, text, wire=""):
    return StoredMessage(1, "c", role, text, 0.0, wire_text=wire)


def test_the_limit_is_what_it_says():
    assert split(f"Who signs?\n\n{FILL}"[:LONG]) is None
