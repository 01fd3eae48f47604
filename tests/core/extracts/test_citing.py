"""Numbers in an answer become citations that can be read, however the stream is cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.events import Delta, Notice
from app.core.extracts.citing import Citations, asked_about
from app.core.extracts.document import Document, Inquiry, Passage
from app.core.extracts.run import Count, Reading
from app.core.types import Origin

PAGE = "Rent is 40 crowns. The yard is free of snow. Notice takes three months."
PASSAGES = (Passage(0, 0, 18, PAGE[:18]), Passage(1, 19, 71, PAGE[19:]))
ASKED = Inquiry(Document("", (PAGE, PAGE)), "How long is the notice?")
READING = Reading(9, PASSAGES, (Count("snow", (0, 1)),))


def cited(*pieces, reading=READING):
    citations = Citations(reading, ASKED)
    out = [event for piece in pieces for event in citations.feed(Delta(piece, Origin.CLOUD))]
    return [*out, *citations.flush()]


def text_of(events):
    return "".join(event.text for event in events if isinstance(event, Delta))


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Three months [2].", "Three months [2]."),
        ("Three months[2].", "Three months[2]."),
        ("Both [1, 2].", "Both [1][2]."),
        ("Both [1-2].", "Both [1][2]."),
        ("Both [1] and [9].", "Both [1] and."),
        ("All [1, 2, 3].", "All [1][2]."),
        ("None [0] [44].", "None."),
        ("An array[5] and a [link](x) stay.", "An array[5] and a [link](x) stay."),
        ("[x] done, [ ] open", "[x] done, [ ] open"),
        ("Open [1", "Open [1"),
    ],
)
def test_known_numbers_stay_and_made_up_ones_go(answer, shown):
    events = cited(answer)
    assert text_of(events).partition("\n\n- ")[0] == shown
    notices = [event for event in events if isinstance(event, Notice)]
    assert bool(notices) == ("9" in answer or "0" in answer or "3]" in answer)


def test_what_was_cited_is_listed_with_page_and_words():
    assert text_of(cited("Three months [2].")) == (
        "Three months [2].\n\n- [2] p. 2: “Notice takes three months.”"
    )


def test_an_answer_without_citations_gets_no_list():
    assert cited("I do not know.") == [Delta("I do not know.", Origin.CLOUD)]


@given(st.text(alphabet="ab [](12,3)-:", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_however_the_answer_is_cut_the_result_is_the_same(answer, cuts):
    edges = [0, *sorted(cuts), len(answer)]
    pieces = [answer[a:b] for a, b in itertools.pairwise(edges)]
    assert text_of(cited(*pieces)) == text_of(cited(answer))


def test_origins_stay():
    citations = Citations(READING, ASKED)
    given_ = [Delta("For ", Origin.CLOUD), Delta("Ann", Origin.RESTORED), Delta(" it is [2]", Origin.CLOUD)]
    out = [each for delta in given_ for each in citations.feed(delta)] + list(citations.flush())
    assert [each.origin for each in out if "Ann" in each.text] == [Origin.RESTORED]
    assert out[-1].origin is Origin.LOCAL


def test_the_question_and_numbered_passages_are_what_is_asked():
    assert asked_about(READING, ASKED).split("\n\n") == [
        "How long is the notice?",
        "[1] Rent is 40 crowns.",
        "[2] The yard is free of snow. Notice takes three months.",
        "Counted in the whole document: “snow” stands in it 2 times (pages 1, 2).",
    ]


@pytest.mark.parametrize(
    "answer", ["Three [2].\n\n[2]: http://evil.example", "[ 2 ]: <http://evil.example>\n[2]"]
)
def test_an_answer_cannot_make_links_of_our_numbers(answer):
    shown = text_of(cited(answer))
    assert "]:" not in shown
    assert "- [2] " in shown
