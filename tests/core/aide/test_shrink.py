"""Shrinking leaves whole sentences, byte for byte, and never one without what takes it back."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.aide.budget import tokens
from app.core.aide.shrink import shrink
from app.core.embeddings import MiniLm
from app.core.sentences import sentences


class ByLetters:
    """A fast embedder that is good enough for what holds whatever it says."""

    name = "letters"

    def embed(self, texts):
        rows = np.array([[1 + text.count(letter) for letter in "aeinst"] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def embedder():
    return MiniLm()


FILLER = " ".join(f"The {word} stood in the yard all day." for word in
    ["cart", "dog", "barrel", "ladder", "bucket", "horse", "wagon", "fence", "lamp", "bench", "pump", "spade", "rake", "broom", "crate", "basket"])  # fmt: skip


def test_what_fits_stays_as_it_is() -> None:
    passages = ["One. Two.", "Three."]
    shrunk = shrink(passages, "What?", 100, ByLetters())
    assert shrunk.kept == tuple(passages)
    assert (shrunk.saved, shrunk.told) == (0, "")


def test_what_bears_on_the_question_stays_in_its_order(embedder: MiniLm) -> None:
    text = f"The rent is 900 euros a month. {FILLER} {FILLER} Rent is due on the third. {FILLER}"
    shrunk = shrink([FILLER * 3, text], "How much is the rent, and when is it due?", 40, embedder)
    kept = " ".join(shrunk.kept)
    assert "The rent is 900 euros a month." in kept
    assert "Rent is due on the third." in kept
    assert kept.index("900") < kept.index("third")
    assert shrunk.after <= 40
    assert shrunk.told.startswith(f"Left out {shrunk.saved:,} of {shrunk.before:,} tokens")


@pytest.mark.parametrize(
    "taken_back",
    [
        "This does not hold for pets.",
        "But never on Sundays.",
        "Unless the gate is closed.",
        "Guests may not park overnight.",
        "However, the yard is excluded.",
        "Das gilt nicht am Sonntag.",
    ],
)
def test_what_takes_a_sentence_back_stays_with_it(embedder: MiniLm, taken_back: str) -> None:
    text = f"{FILLER} Guests may park in the yard. {taken_back} {FILLER} {FILLER}"
    kept = shrink([text], "May guests park?", 30, embedder).kept[0]
    assert f"Guests may park in the yard. {taken_back}" in kept


def test_code_and_quotations_are_whole_or_gone(embedder: MiniLm) -> None:
    code = "```py\nrent = 900\n\nprint(rent)  # not. this\n```"
    quote = 'She said: "The rent. Is not. Negotiable. Ever." Then she left.'
    text = f"{FILLER}\n\n{code}\n\n{FILLER} {quote} {FILLER}"
    for budget in range(5, 120, 9):
        kept = shrink([text], "What about the rent?", budget, embedder).kept[0]
        assert (code in kept) or ("```" not in kept and "print" not in kept)
        assert kept.count('"') % 2 == 0


PROTECTED = (
    "Pay PERSON-7QK2 1,250.75 euros by 9 November 2024.", 'He wrote "No. Never. Not me." on the wall.',
    "Mr. Okafor isn't in flat 14b.", "But not on 3.5.2024, except by e-mail.", "It rains.", "Why?", "```\nx = 1\n```",
    "- milk\n- 2 eggs", "The gate (no. 7) is closed at 5 p.m. on Friday.", "Unless it snows.", "« Jamais. Non. »",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(PROTECTED), max_size=40).map(" ".join)
        | st.lists(st.sampled_from(PROTECTED), max_size=40).map("\n\n".join)
        | st.text(max_size=80).filter(lambda text: "\u2026" not in text),
        max_size=5,
    ),
    st.integers(0, 200),
)
def test_no_protected_token_is_ever_lost(passages: list[str], budget: int) -> None:
    shrunk = shrink(passages, "When does Okafor pay?", budget, ByLetters())
    assert len(shrunk.kept) == len(passages)
    assert shrunk.after <= max(budget, 0) or shrunk.saved == 0
    for kept, passage in zip(shrunk.kept, passages, strict=True):
        if not kept or kept == passage:
            continue
        whole = sentences(passage)
        starts, ends = {said.start for said in whole}, {said.end for said in whole}
        at = 0
        for piece in kept.split(
            " \u2026 "
        ):  # byte for byte, in order, from the start of a sentence to an end
            places = (found.start() for found in re.finditer(f"(?={re.escape(piece)})", passage))
            place = next(
                each for each in places if each >= at and each in starts and each + len(piece) in ends
            )
            at = place + len(piece)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
def test_tokens_count_about_what_models_count(text: str) -> None:
    assert 0 <= tokens(text) <= len(text)
