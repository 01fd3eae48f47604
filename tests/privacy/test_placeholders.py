"""Codes are drawn so that nothing else reads like them."""

import pytest

from app.privacy.placeholders import ALPHABET, mentions, mint, render, tokens, windows
from app.privacy.types import Kind


def test_a_code_has_a_digit_and_reads_as_no_measure() -> None:
    for _ in range(2000):
        code = mint(lambda _: False)
        assert len(code) == 4
        assert set(code) <= set(ALPHABET)
        assert any(map(str.isdigit, code))
        assert sum(map(str.isalpha, code)) >= 2
        assert code not in {"7QK2", "4XW9"}, "the instructions use these as examples"


def test_a_taken_code_is_drawn_again() -> None:
    taken = {mint(lambda _: False) for _ in range(500)}
    assert mint(taken.__contains__) not in taken


def test_a_code_of_the_text_is_left_out_while_there_is_room() -> None:
    text = "7qk2 and XXB3KX"
    assert {"7QK2", "XB3K", "B3KX"} <= windows(text)
    assert [code for _, _, code in tokens(text)] == ["7QK2"]

    class Everything(frozenset[str]):
        def __contains__(self, code: object) -> bool:
            return True

    assert mint(lambda _: False, Everything())


def test_a_mention_says_what_stands_there() -> None:
    shaped, spaced, other, boxed = mentions("PERSON-7QK2, person 4xw9, Namen*-B3KX, [7qk2]")
    assert (shaped.code, shaped.label, shaped.is_shaped) == ("7QK2", "PERSON", True)
    assert (spaced.code, spaced.is_shaped) == ("4XW9", False)
    assert (other.code, other.label) == ("B3KX", "NAMEN")
    assert (boxed.code, boxed.label) == ("7QK2", "")
    (foreign,) = mentions("имя-7QK2")
    assert foreign.label == "имя"


def test_a_placeholder_is_kind_and_code() -> None:
    assert render(Kind.NATIONAL_ID, "7QK2") == "ID-7QK2"


@pytest.mark.parametrize("kind", list(Kind))
def test_how_a_label_is_written_says_which_spelling_it_stands_for(kind: Kind) -> None:
    for spelling in range(3):
        written = render(kind, "7QK2", spelling)
        for text in (written, f"[{written}]", f"**{written}**", f"{written}s", written.replace("-", "s-")):
            (mention,) = mentions(text)
            assert (mention.code, mention.spelling_for(kind)) == ("7QK2", spelling)


@pytest.mark.parametrize("text", ["[7QK2]", "Personne-7QK2", "pERSON-7QK2", "Place-7QK2", "имя-7QK2"])
def test_any_other_label_stands_for_the_first_spelling(text: str) -> None:
    (mention,) = mentions(text)
    assert mention.spelling_for(Kind.PERSON) == 0
