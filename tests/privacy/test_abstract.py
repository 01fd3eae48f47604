"""An abstract task tells nothing of anybody, and leaves no trace behind."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.privacy.errors import PrivacyError
from app.privacy.filter import PrivacyFilter
from app.privacy.policy import Level
from app.privacy.prompt import CUT, Template
from app.privacy.registry import Registry, standard
from app.privacy.types import Action, Kind
from app.privacy.vault import MemoryVaultStore
from tests.privacy.border import WORDS, WordFinder, make_filter, make_vault

TEXT = "Write to Anna Smith at anna@example.com in Skagway, born 12 March 1984. I am ill. hunter2! 42 years"


def body(border: PrivacyFilter, text: str) -> str:
    made = border.abstract(text)
    system = border.template(Template.COACH, made.is_coded)
    return border.seal("gpt-5", [("system", system), ("user", made)]).body.decode()


def test_every_detail_becomes_a_word_for_its_kind() -> None:
    made = make_filter().abstract(TEXT)
    assert made.text == (
        "Write to somebody at an e-mail address in a place, born a date of birth. something personal. "
        f"{CUT} an age"
    )
    assert {each.action for each in made.decided} == {Action.GENERALIZE, Action.BLOCK}
    assert not made.codes


def test_an_article_is_not_said_twice() -> None:
    border = make_filter(finder=WordFinder({"Brindle Clinic": Kind.ORG, "Skagway": Kind.PLACE}))
    assert (
        border.abstract("Thank the Brindle Clinic in Skagway.").text == "Thank the organization in a place."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Write 3 paragraphs about my 4 children.", "Write 3 paragraphs about my number children."),
        ("At most 120 words, in 5 short points.", "At most 120 words, in 5 short points."),
        ("The flat has 87.5 square metres.", "The flat has a number square metres."),
        ("1. Say hello.\n2. Name the fee of 2500.", "1. Say hello.\n2. Name the fee of a number."),
        ("Room B12 and the A4-sheet", "Room a number and the number"),
    ],
)
def test_numbers_are_details_but_not_how_long_the_text_is_to_be(text: str, said: str) -> None:
    assert make_filter().abstract(text).text == said


def test_nothing_is_kept_of_it() -> None:
    store = MemoryVaultStore()
    border = make_filter(store)
    body(border, TEXT)
    border.mark_sent(frozenset())
    assert not list(store.load("c1"))


def test_a_later_turn_is_hidden_as_if_there_had_been_no_task() -> None:
    border, other = make_filter(), make_filter()
    body(border, TEXT)
    border.mark_sent(frozenset())
    later, without = (each.sanitize(TEXT, Level.GUARDED).decided for each in (border, other))
    assert [(one.finding, one.action) for one in later] == [(one.finding, one.action) for one in without]


def test_an_earlier_turn_is_hidden_as_before() -> None:
    border = make_filter()
    sent = border.sanitize("Anna Smith lives here", Level.GUARDED)
    border.mark_sent(border.seal("gpt-5", [("user", sent)]).codes)
    body(border, TEXT)
    assert border.restore(sent.text) == "Anna Smith lives here"
    assert border.sanitize("Anna Smith lives here", Level.GUARDED).text == sent.text
    assert border.again(sent.text).text == sent.text


@pytest.mark.parametrize("action", [Action.PLACEHOLDER, Action.STANDIN, Action.BLOCK, Action.GENERALIZE])
def test_what_the_person_hid_is_hidden_here_too(action: Action) -> None:
    border = make_filter()
    border.decide("walnut", action, "a fruit")
    said = body(border, "Write about the walnut tree.")
    assert "walnut" not in said
    assert "fruit" not in said


def test_what_the_person_let_pass_passes() -> None:
    border = make_filter()
    border.decide("Skagway", Action.KEEP)
    assert border.abstract("Praise Skagway").text == "Praise Skagway"


def test_own_words_are_hidden_though_no_detector_found_them() -> None:
    border = PrivacyFilter(WordFinder({}), make_vault(), lambda: ("Zorblaxian", "place"))
    assert border.abstract("the Zorblaxian way").text == "the something private way"


def test_a_word_that_is_private_itself_stands_for_nothing() -> None:
    border = PrivacyFilter(WordFinder(), make_vault(), lambda: ("place",))
    assert border.abstract("in Skagway").text == f"in {CUT}"


def test_what_could_be_read_all_the_same_does_not_leave() -> None:
    border = make_filter()
    made = border.abstract("Write to Bob")
    border.decide("write", Action.PLACEHOLDER)
    with pytest.raises(PrivacyError):
        border.seal("gpt-5", [("user", made)])


@pytest.mark.parametrize(
    ("within", "text", "said"),
    [
        ("My friend Anna Smith called.", "Write to Anna.", "Write to somebody."),
        ("Anna Smith and hunter2! are here", "Is hunter2 safe?", "Is [removed] safe?"),
        ("The seed: legal winner thank", "about winner", "about [removed]"),
        ("Nothing is here.", "Write to the winner.", "Write to the winner."),
    ],
)
def test_what_is_private_in_the_whole_is_hidden_in_a_part_of_it(within: str, text: str, said: str) -> None:
    finder = WordFinder({**WORDS, "legal winner thank": Kind.SEED})
    assert make_filter(finder=finder).abstract(text, within=within).text == said


PIECES = [
    *WORDS,
    "Anna",
    "smith's",
    "(Bob)",
    "and",
    "the",
    "of",
    "walnut",
    "Zorblaxian",
    "7",
    "1,250",
    "x9y",
    ".",
    "\n",
]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14), st.sets(st.sampled_from(["walnut", "Zorblaxian", "of"]))
)
def test_no_value_no_own_word_and_no_number_is_in_what_leaves(pieces: list[str], own: set[str]) -> None:
    border = PrivacyFilter(WordFinder(), make_vault(), lambda: tuple(own))
    text = " ".join(pieces)
    made = border.abstract(text)
    said = json.loads(border.seal("gpt-5", [("user", made)]).body)["messages"][0]["content"]
    words = said.casefold().replace("\n", " ").split(" ")
    for value in [*WORDS, *(each for each in own if each in pieces)]:
        assert value.casefold() not in (words if " " not in value else said.casefold())
    assert not any(letter.isdigit() for letter in said)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(standard())


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([
    "Write to Cornelia Featherstone.", "My mail is zorblax@quillmail.example.", "I live in Springfield.",
    "Call +44 20 7946 0958.", "My salary is 173,250 before taxes.", "I was diagnosed with diabetes.",
    "The key is ghp_a8Xk29LmQwErTyUiOpAsDfGhJkLzXcVbN1m2.", "Patient MRN: 84739201 was seen.",
    "She was born on 14 March 1957.", "Please be brief and kind.",
]), min_size=1, max_size=5))  # fmt: skip
def test_what_the_shipped_detectors_find_is_not_in_what_leaves(registry: Registry, said: list[str]) -> None:
    border = PrivacyFilter(registry, make_vault())
    text = " ".join(said)
    sent = body(border, text)
    for each in border.inspect(text, Level.STRICT):
        assert text[each.finding.start : each.finding.end] not in sent
