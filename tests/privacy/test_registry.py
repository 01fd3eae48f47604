"""All detectors together: exact offsets, nothing lost, and a failure stops everything."""

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.privacy.errors import PrivacyError
from app.privacy.policy import Level, counts
from app.privacy.registry import Known, Registry, standard
from app.privacy.types import Finding, Kind

REGISTRY = Registry(standard())
HARMLESS = [
    "What is the difference between a list and a tuple in Python 3.12?", "Write a limerick about a cat.",
    "How do I make carbonara for 4 people with 400 g of spaghetti?", "Explain ISBN 978-0-306-40615-7.", "Convert 10 miles to km.",
    "def f(x):\n    return x ** 2", "SELECT name, age FROM users WHERE id = 3;", "Best restaurants in Lyon?",
    "Why did Napoleon lose at Waterloo?", "Summarise the plot of Hamlet.", "git commit -m 'fix the bug' && git push origin main",
    "What does HTTP 404 mean?", "Explain B-trees in three sentences.", "numpy 2.1.0 breaks pandas 2.0.3, why?",
    "Translate 'where is the station?' to French.", "What is the capital of Australia?", "Who was Marie Curie?",
    "Solve 3x + 4 = 19.", "for i in range(10): print(i)", "Is it safe to eat raw eggs?", "How tall is Mount Everest?",
    "Give me five names for a bakery.", "What happened in 1989 in Berlin?", "Compare PostgreSQL and MySQL.",
    "What is a good password manager?", "color: #ff8800; margin: 0 auto;", "How does Bitcoin mining work?", "pip install requests==2.31.0",
]  # fmt: skip


class Scripted:
    """A detector that does what the test says."""

    name = "scripted"
    kinds = frozenset({Kind.PERSON})

    def __init__(self, find: Callable[[str], Iterable[Finding]]) -> None:
        self.find = find


def values(registry: Registry, text: str, *known: Known) -> dict[str, Kind]:
    likely = (each for each in registry.find(text, known) if counts(each, Level.GUARDED))
    return {text[each.start : each.end]: each.kind for each in likely}


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_holds_nothing_private(text: str) -> None:
    readable = {Kind.DATE, Kind.AGE, Kind.MONEY}
    assert not [each for each in REGISTRY.find(text) if not each.public and each.kind not in readable]


def test_details_are_found_behind_their_disguise() -> None:
    text = "mail john dot smith at gmail dot com, card 4\u200b111 1111 1111 1111, Ｐassword: hunter2"
    assert values(REGISTRY, text) == {
        "john dot smith at gmail dot com": Kind.EMAIL,
        "4\u200b111 1111 1111 1111": Kind.CARD,
        "hunter2": Kind.PASSWORD,
    }


def test_a_name_from_earlier_is_found_again() -> None:
    assert values(REGISTRY, "what did ivanova want?", Known(Kind.PERSON, "Kate Ivanova")) == {
        "ivanova": Kind.PERSON
    }


def test_a_name_is_found_again_in_the_same_text() -> None:
    found = values(REGISTRY, "My boss is Oluwaseun Adebayo. I told adebayo no.")
    assert found["adebayo"] is Kind.PERSON


def test_a_word_that_the_person_allowed_stays() -> None:
    allowed: list[str] = []
    registry = Registry(standard(), lambda: allowed)
    assert "Anna Nowak" in values(registry, "ask Anna Nowak")
    allowed.append("anna nowak")
    assert not values(registry, "ask Anna Nowak")


def test_a_secret_cannot_be_allowed() -> None:
    registry = Registry(standard(), lambda: ["hunter2"])
    assert values(registry, "password: hunter2") == {"hunter2": Kind.PASSWORD}


def test_an_own_word_is_found_and_cannot_be_allowed() -> None:
    registry = Registry(standard(lambda: ["Bluebird"]), lambda: ["bluebird"])
    assert values(registry, "about bluebird") == {"bluebird": Kind.OWN}


def test_a_name_that_the_person_told_is_found() -> None:
    registry = Registry(standard(first_names=lambda: frozenset({"zibby"})))
    assert values(registry, "did Zibby call?") == {"Zibby": Kind.PERSON}


def _explode(text: str) -> Iterable[Finding]:
    raise ValueError(text)


def _explode_late(text: str) -> Iterable[Finding]:
    yield Finding(Kind.PERSON, 0, 1, 0.9, "scripted", "for the test")
    raise ValueError(text)


@pytest.mark.parametrize("find", [_explode, _explode_late])
def test_a_failing_detector_stops_everything_and_tells_no_text(
    find: Callable[[str], Iterable[Finding]],
) -> None:
    registry = Registry([*standard(), Scripted(find)])
    with pytest.raises(PrivacyError) as caught:
        registry.find("my canary word")
    assert "scripted" in caught.value.told
    assert "canary" not in caught.value.told


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 99), (2, 2), (3, 1)])
def test_a_finding_outside_the_text_stops_everything(start: int, end: int) -> None:
    lost = Finding(Kind.PERSON, start, end, 0.9, "scripted", "for the test")
    with pytest.raises(PrivacyError):
        Registry([Scripted(lambda _: [lost])]).find("hello")


@pytest.mark.parametrize(
    ("text", "guess", "kind", "left"),
    [
        ("I earn only 1,900 euros", "only 1,900 euros", Kind.MONEY, []),
        ("I earn at least 1,900 euros", "least 1,900 euros", Kind.MONEY, []),
        ("I owe them about 700 dollars", "about 700 dollars", Kind.MONEY, []),
        ("some of it", "some of it", Kind.MONEY, ["some of it"]),
        ("We lost twenty thousand pounds", "twenty thousand pounds", Kind.MONEY, ["twenty thousand pounds"]),
    ],
)
def test_small_words_beside_a_sum_are_no_sum(text: str, guess: str, kind: Kind, left: list[str]) -> None:
    at = text.index(guess)
    finding = Finding(kind, at, at + len(guess), 0.7, "scripted", "for the test")
    found = Registry([*standard(), Scripted(lambda _: [finding])]).find(text)
    assert [text[each.start : each.end] for each in found if each.kind is kind] == left


MARION = "Ella and Marion sat the exam, and I helped. "
OWNERS = [
    ("What is Marion's score?", ["Marion"]),
    ("What is Marion’s score?", ["Marion"]),
    ("What's Marion's score?", ["Marion"]),
    ("Is it MARION'S score?", ["MARION"]),
    ("Was it Marion's, or Ella's?", ["Marion", "Ella"]),
    ("What is Marion's Quillmoor Trophy?", ["Marion", "Quillmoor Trophy"]),
    ("Here is the Marions' house.", ["Marions"]),
    ("Where is Quillmoor's office?", ["Quillmoor"]),
    ("Where is Zentrix’s office? And James' own?", ["Zentrix", "James"]),
]


@pytest.mark.parametrize(("text", "names"), OWNERS)
def test_what_says_whose_something_is_belongs_to_no_name(text: str, names: list[str]) -> None:
    def people(told: str) -> Iterable[Finding]:
        for match in re.finditer(r"\b(?:Marion|Ella)\b", told, re.IGNORECASE):
            yield Finding(Kind.PERSON, *match.span(), 0.8, "scripted", "for the test")

    found = Registry([*standard(), Scripted(people)]).find(MARION + text)
    own = [each for each in found if each.start >= len(MARION) and counts(each, Level.GUARDED)]
    assert [(MARION + text)[each.start : each.end] for each in own] == names


@pytest.mark.parametrize(
    "guess", ["Marion Lindqvist's", "Marion Lindqvist’s", "Marion Lindqvist", "(Marion Lindqvist"]
)
def test_somebody_has_one_name_with_and_without_what_is_his(guess: str) -> None:
    text = f"I saw {guess} dog"
    finding = Finding(Kind.PERSON, 6, 6 + len(guess), 0.8, "scripted", "for the test")
    assert [text[each.start : each.end] for each in Registry([Scripted(lambda _: [finding])]).find(text)] == [
        "Marion Lindqvist"
    ]


def test_a_detector_may_say_itself_why_it_failed() -> None:
    def refuse(_: str) -> Iterable[Finding]:
        raise PrivacyError("The model is missing.")

    with pytest.raises(PrivacyError, match=r"^The model is missing\.$"):
        Registry([Scripted(refuse)]).find("hello")


def test_the_registry_explains_which_detectors_are_on() -> None:
    names = [name for name, _ in REGISTRY.explain()]
    assert len(names) == len(set(names)) >= 18
    every = frozenset().union(*(kinds for _, kinds in REGISTRY.explain()))
    assert every == frozenset(Kind) - {Kind.LITERAL}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                [
                    "Anna Nowak ",
                    "4111 1111 1111 1111",
                    " dot ",
                    " at ",
                    "\u200b",
                    "password: ",
                    "+49 30 901820 ",
                    "I owe ",
                    "\n",
                    "12 rue ",
                ]
            ),
        )
    ).map("".join)
)
def test_findings_are_ordered_and_rebuild_the_text(text: str) -> None:
    at, pieces = 0, []
    for each in REGISTRY.find(text):
        assert at <= each.start < each.end <= len(text)
        pieces += [text[at : each.start], text[each.start : each.end]]
        at = each.end
    assert "".join([*pieces, text[at:]]) == text
