"""The best sequence of labels, in BIO and in BIOES: whole spans, never half ones, whatever the scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.core.backends.labels import Decoder

BIO = ("O", "B-who", "I-who", "B-key", "I-key")
BIOES = ("O", *(f"{mark}-{name}" for name in ("who", "key") for mark in "BIES"))


def scores(labels, *rows):
    """Make scores: each row names labels with their strength, `who?` style words aside."""
    table = np.zeros((len(rows), len(labels)), dtype=np.float32)
    for at, row in enumerate(rows):
        for label, strength in row.items():
            table[at, labels.index(label)] = strength
    return table


def read(labels, *rows):
    return [(span.label, span.start, span.end) for span in Decoder(labels).spans(scores(labels, *rows))]


@pytest.mark.parametrize(
    ("labels", "rows", "spans"),
    [
        (BIOES, [], []),
        (BIOES, [{"O": 9}], []),
        (BIOES, [{"S-who": 9}], [("who", 0, 1)]),
        (BIOES, [{"S-who": 9}, {"S-who": 9}], [("who", 0, 1), ("who", 1, 2)]),
        (BIOES, [{"B-who": 9}, {"I-who": 9}, {"E-who": 9}, {"O": 9}], [("who", 0, 3)]),
        (BIOES, [{"B-who": 9}, {"E-who": 9}, {"B-key": 9}, {"E-key": 9}], [("who", 0, 2), ("key", 2, 4)]),
        # An end without a beginning, and a beginning without an end, are taken for what is whole.
        (BIOES, [{"O": 4}, {"E-who": 9, "S-who": 8}], [("who", 1, 2)]),
        (BIOES, [{"B-who": 9, "S-who": 8}, {"O": 9}], [("who", 0, 1)]),
        # One unsure token inside of a sure span is part of it.
        (BIOES, [{"B-who": 9}, {"O": 3, "I-who": 2}, {"E-who": 9}], [("who", 0, 3)]),
        # A span does not change its kind on the way.
        (BIOES, [{"B-who": 9}, {"I-key": 3, "I-who": 2}, {"E-who": 9}], [("who", 0, 3)]),
        (BIO, [{"B-who": 9}, {"I-who": 9}, {"O": 9}, {"B-key": 9}], [("who", 0, 2), ("key", 3, 4)]),
        (BIO, [{"I-who": 9, "B-who": 8}, {"I-who": 9}], [("who", 0, 2)]),
        (BIO, [{"B-who": 9}, {"B-who": 9}], [("who", 0, 1), ("who", 1, 2)]),
        (BIO, [{"B-who": 9}, {"I-key": 3, "I-who": 2}], [("who", 0, 2)]),
    ],
)
def test_the_best_sequence_is_read(labels, rows, spans) -> None:
    assert read(labels, *rows) == spans


@pytest.mark.parametrize("labels", [BIO, BIOES])
@given(data=st.data())
def test_any_scores_give_whole_spans_in_order(labels, data) -> None:
    shape = (data.draw(st.integers(0, 12)), len(labels))
    table = data.draw(arrays(np.float32, shape, elements=st.floats(-50, 50, width=32)))
    at = 0
    for span in Decoder(labels).spans(table):
        assert at <= span.start < span.end <= len(table)
        assert span.label in ("who", "key")
        assert 0 <= span.score <= 1.0001
        at = span.end


@pytest.mark.parametrize(
    "wrong", [np.full((2, 9), np.nan), np.full((2, 9), np.inf), np.zeros((2, 8)), np.zeros(9)]
)
def test_scores_that_mean_nothing_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match="scores"):
        list(Decoder(BIOES).spans(wrong.astype(np.float32)))


@pytest.mark.parametrize("label", ["", "B", "B-", "who", "X-who", "BI-who"])
def test_labels_of_another_form_are_refused(label) -> None:
    with pytest.raises(ValueError, match="label"):
        Decoder(("O", label))
