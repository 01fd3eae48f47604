"""A text that is asked for again and again is read once."""

import numpy as np
import pytest

from app.core import embeddings
from app.core.embeddings import MiniLm


@pytest.fixture
def counted(monkeypatch):
    """The real embedder, and the texts that its model really read."""
    read = []
    real = embeddings._embedded

    def count(session, tokenizer, texts):
        read.extend(texts)
        return real(session, tokenizer, texts)

    monkeypatch.setattr(embeddings, "_embedded", count)
    return MiniLm(), read


def test_one_text_is_read_once_and_the_same_afterwards(counted):
    embedder, read = counted
    first = embedder.embed(["What is the tide?"])
    assert np.array_equal(embedder.embed(["What is the tide?"]), first)
    assert read == ["What is the tide?"]


def test_who_changes_what_he_got_changes_it_for_nobody_else(counted):
    embedder, _ = counted
    embedder.embed(["A harbour."])[0][:] = 0.0
    assert np.linalg.norm(embedder.embed(["A harbour."])[0]) == pytest.approx(1.0, abs=1e-4)


def test_only_a_few_are_remembered_and_none_in_words(counted):
    embedder, read = counted
    for number in range(embeddings._REMEMBERED + 1):
        embedder.embed([f"Text {number}."])
    embedder.embed(["Text 0."])
    assert read.count("Text 0.") == 2
    assert len(embedder._recent) == embeddings._REMEMBERED
    assert all(isinstance(key, bytes) and b"Text" not in key for key in embedder._recent)
