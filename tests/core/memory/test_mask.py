"""What is kept to learn from tells nothing of anybody."""

import pytest

from app.core.memory.mask import Mask
from app.privacy.types import Action, Decided, Finding, Kind

NAMES = {"Ottilie Brandt": Kind.PERSON, "Quillmail": Kind.ORG, "o.brandt@quillmail.example": Kind.EMAIL}
EVERYBODY_KNOWS = {"France": Kind.PLACE}


def find(text):
    found = []
    for names, action in ((NAMES, Action.PLACEHOLDER), (EVERYBODY_KNOWS, Action.KEEP)):
        for name, kind in names.items():
            if (start := text.find(name)) >= 0:
                finding = Finding(kind, start, start + len(name), 1.0, "test", "")
                found.append(Decided(finding, action, ""))
    return sorted(found, key=lambda each: each.finding.start)


@pytest.mark.parametrize(
    ("wire", "masked"),
    [
        ("How tall is a giraffe?", "How tall is a giraffe?"),
        ("Write to PERSON-7QK2.", "Write to Person A."),
        ("PERSON-7QK2 met PERSON-4XW9, and PERSON-7QK2 left.", "Person A met Person B, and Person A left."),
        ("**PERSON-7QK2**: hello", "**Person A**: hello"),
        ("Mail EMAIL-4XW9 or call PHONE-8ZZ3.", "Mail an e-mail address or call a phone number."),
        ("ADDRESS-3B4C is far.", "an address is far."),
        ("My key is [removed].", "My key is [removed]."),
        ("Ottilie Brandt works at Quillmail.", "Person A works at Organization A."),
        ("PERSON-7QK2 knows Ottilie Brandt.", "Person A knows Person B."),
        ("What is the capital of France?", "What is the capital of France?"),
        ("A GPT-4 card, model X4B2.", "A GPT-4 card, model X4B2."),
    ],
)
def test_words_stand_in_place_of_details(wire, masked):
    assert Mask(find).masked(wire) == masked


def test_question_and_answer_call_the_same_person_the_same():
    mask = Mask(find)
    assert mask.masked("Did PERSON-7QK2 see PERSON-4XW9?") == "Did Person A see Person B?"
    assert mask.masked("Yes, PERSON-4XW9 was seen.") == "Yes, Person B was seen."


def test_our_own_words_are_no_names_again():
    def finds_everything(text):
        start = text.find("Person A")
        finding = Finding(Kind.PERSON, start, start + 8, 1.0, "test", "")
        return [Decided(finding, Action.PLACEHOLDER, "")]

    assert Mask(finds_everything).masked("Ask PERSON-7QK2 now.") == "Ask Person A now."


def test_many_people_stay_apart():
    mask = Mask(lambda text: [])
    names = [mask.masked(f"PERSON-{a}{b}22") for a in "BCDFGH" for b in "23456"]
    assert len(set(names)) == len(names) == 30


def test_what_was_seen_in_the_persons_words_is_hidden_where_it_looks_harmless():
    mask = Mask(find)
    mask.see("Ask Ottilie Brandt of Quillmail.")
    assert mask.masked("Is OTTILIE  BRANDT in? A quillmail, and quillmails.") == (
        "Is Person A in? A Organization A, and quillmails."
    )
