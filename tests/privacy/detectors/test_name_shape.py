"""What a model guesses is cut down to what is written like a name."""

import pytest
from tables import LISTS

from app.privacy.detectors.shape import NameShape, is_careful

SHAPE = NameShape(LISTS)
CUT = [
    ("spinal cord injury", []),
    ("Blockchain technology", ["Blockchain"]),
    ("bien en matière d’organisation", []),
    ("danielle vogelsang", ["danielle vogelsang"]),
    ("tell danielle vogelsang", ["danielle vogelsang"]),
    ("Office of the Special Envoy", ["Office of the Special Envoy"]),
    ("Ludwig van Dijk", ["Ludwig van Dijk"]),
    ("Monsieur Lefèvre de la société des lignes", ["Monsieur Lefèvre"]),
    ("Kestrel sends Marlowe Freight", ["Kestrel", "Marlowe Freight"]),
    ("Zentrix reported", ["Zentrix"]),
    ("qwibbox", ["qwibbox"]),
    ("王小明", ["王小明"]),
    ("the", []),
    ("https://quillmoor.org/Anna-Lindqvist", []),
    ("Anna Lindqvist https://quillmoor.org/a Zentrix", ["Anna Lindqvist", "Zentrix"]),
]


@pytest.mark.parametrize(("guess", "names"), CUT)
def test_a_guess_is_cut_to_what_is_written_like_a_name(guess: str, names: list[str]) -> None:
    pieces = SHAPE.pieces(guess, 0, len(guess), careful=True)
    assert [guess[start:end] for start, end in pieces] == names


def test_small_letters_say_nothing_in_a_text_without_capitals() -> None:
    assert list(SHAPE.pieces("lunch with tom", 0, 14, careful=False)) == [(0, 14)]


@pytest.mark.parametrize(
    ("text", "careful"),
    [
        ("hi, i am tom and i live in lyon", False),
        ("Hi, i am tom", False),
        ("Monday was fine. Tuesday was not. They left.", True),
        ("", False),
        ("I I I I", False),
    ],
)
def test_care_for_capitals_shows_in_several_words(text: str, careful: bool) -> None:
    assert is_careful(text) is careful


@pytest.mark.parametrize(
    ("value", "plain"), [("Blockchain Technology", True), ("Zentrix Bank", False), ("7", True)]
)
def test_words_that_are_no_names_are_plain(value: str, plain: bool) -> None:
    assert SHAPE.is_plain(value) is plain
