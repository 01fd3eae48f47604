"""Two answers side by side: what is the same in other words, and what differs."""

import string

import pytest
from growing import slower
from hypothesis import given
from hypothesis import strategies as some

from app.core.claims import compare
from app.core.claims.final import final
from app.core.claims.sentences import sentences
from app.core.types import Agreement

AGREE, DIFFER, UNSURE = Agreement.AGREE, Agreement.DIFFER, Agreement.UNSURE

# What the local model says, what the cloud says, and how a difference between them is called.
SAME = [
    ("The walk is 12.4 km long.", "The walk is 12.4 kilometres long."),
    ("The walk is 5 miles long.", "The walk is 8 km long."),
    ("The value is 3.14.", "The value is about 3.1."),
    ("It cost 1,000 dollars.", "It cost $1000."),
    ("It cost $3.4k.", "It cost 3,400 dollars."),
    ("The house cost €1.2 million.", "The house cost EUR 1,200,000."),
    ("The house cost £45,000.", "The house cost 45,000 pounds."),
    ("The team has seven players.", "The team has 7 players."),
    ("There are two hundred and six bones.", "There are 206 bones."),
    ("Schools receive 34% of it.", "Schools receive 34 percent of it."),
    ("The warranty lasts 24 months.", "The warranty lasts two years."),
    ("The file needs 1500 MB.", "The file needs 1.5 GB."),
    ("It has 48 000 inhabitants.", "It has 48,000 inhabitants."),
    ("Bake the cake at 180 °C.", "Bake the cake at 180 degrees."),
    ("The bridge opened on 19 March 1932.", "The bridge opened on March 19, 1932."),
    ("The bridge opened on 2024-05-14.", "The bridge opened on 14 May 2024."),
    ("The treaty was signed in 1648.", "The treaty was signed in October 1648."),
    ("The meeting begins at 10:00.", "The meeting begins at 10 am."),
    ("The novel is by Edna Varley.", "The novel is by Varley."),
    ("The novel is by Dr. Edna Varley.", "The novel is by E. Varley."),
    ("He lives in the United Kingdom.", "He lives in the UK."),
    ("The painter was José Núñez.", "The painter was Jose Nunez."),
    ("The bill is for PERSON-7QK2.", "The bill is for PERSON-7QK2."),
    ("| Phone | Weight |\n|---|---|\n| Alto | 172 g |", "The Alto weighs 172 grams."),
    ("- Small: $4\n- Large: $9", "Small costs 4 dollars and large 9 dollars."),
    ("**Yes**, you need 3 eggs.", "Yes. You need three eggs."),
]
APART = [
    ("number", "The walk is 12.4 km long.", "The walk is 14.2 kilometres long."),
    ("number", "The value is about 3.1.", "The value is 3.41."),
    ("number", "It cost $1,000.", "It cost $10,000."),
    ("number", "The team has seven players.", "The team has 9 players."),
    ("number", "Schools receive 34% of it.", "Schools receive 43 percent of it."),
    ("number", "The warranty lasts 24 months.", "The warranty lasts three years."),
    ("number", "| Phone | Weight |\n|---|---|\n| Alto | 172 g |", "The Alto weighs 198 grams."),
    ("number", "- Small: $4\n- Large: $9", "Small costs 4 dollars and large 8 dollars."),
    ("date", "The bridge opened on 19 March 1932.", "The bridge opened on March 28, 1932."),
    ("date", "The treaty was signed in 1648.", "The treaty was signed in October 1658."),
    ("date", "The meeting begins at 10:00.", "The meeting begins at 11 am."),
    ("date", "The shop is closed on Mondays.", "The shop is closed on Tuesdays."),
    ("name", "The novel is by Edna Varley.", "The novel is by Irene Maddox."),
    ("name", "Canberra is the capital of Australia.", "Sydney is the capital of Australia."),
    ("name", "The bill is for PERSON-7QK2.", "The bill is for PERSON-4XW9."),
    ("negation", "Grapes are safe for dogs.", "Grapes are not safe for dogs."),
    ("negation", "Honey never spoils when sealed.", "Honey spoils when sealed."),
    ("negation", "You may drink the tap water there.", "You can't drink the tap water there."),
    ("negation", "The ring road is open again.", "The ring road is closed again."),
    ("negation", "Yes, that is allowed.", "No, that is not allowed."),
]


@pytest.mark.parametrize(("local", "cloud"), SAME)
def test_the_same_in_other_words_is_no_difference(local, cloud):
    assert compare(local, cloud).differences == ()
    assert compare(local, cloud).agreement is AGREE


@pytest.mark.parametrize(("kind", "local", "cloud"), APART)
def test_a_difference_is_found_from_either_side(kind, local, cloud):
    for one, two in ((local, cloud), (cloud, local)):
        comparison = compare(one, two)
        assert comparison.agreement is DIFFER
        assert kind in {difference.kind for difference in comparison.differences}


@pytest.mark.parametrize(
    ("local", "cloud"),
    [
        ("The tower is 300 m high.", "The tower was painted red last year by 25 workers."),
        ("It was built by Ann Field in 1900.", "It was built in 1900, and has 40 rooms."),
        (
            "Boil the eggs for six minutes.",
            "Boil the eggs for six minutes. Serve them with 2 slices of bread.",
        ),
        ("Mercury is a metal.", "The metal is mercury, according to Dahl."),
        ("Not only is it cheap, it lasts 10 years.", "It is cheap and lasts 10 years."),
        ("It is not dangerous for cats.", "It is safe for cats."),
        ("As of 2020, it had 300 staff.", "It has 300 staff and sits in Lyon."),
    ],
)
def test_what_only_one_of_them_says_is_no_conflict(local, cloud):
    assert compare(local, cloud).agreement is not DIFFER


@pytest.mark.parametrize(
    ("local", "cloud", "question", "agreement"),
    [
        ("2 + 3 = 5\n#### 5", "We add them.\n\nThe answer is 5.", "", AGREE),
        ("So she has \\(\\boxed{1,200}\\) marbles.", "Therefore, she has 1200 marbles.", "", AGREE),
        ("First 7, then 9.\n#### 16", "First 7, then 8.\n#### 15", "", DIFFER),
        ("The answer is B.", "Answer: (B) because it is larger", "", AGREE),
        ("The answer is B.", "The correct answer is C.", "", DIFFER),
        ("The answer is 5, as 2", "She has 3 apples left, so the answer is 6.", "", DIFFER),
        ("6", "Thus she has 6 eggs.", "Ann has 4 eggs and buys 2 more. How many eggs does she have?", AGREE),
        ("We compute 4 + 2", "Thus she has 6.", "Ann has 4 eggs and buys 2. How many has she?", UNSURE),
        (
            "4 x 5 = 20\n#### 20",
            "The answer is 20.",
            "4 pens cost $5 each, with a discount of 10%. How much is it?",
            UNSURE,
        ),
    ],
)
def test_the_final_answer_decides_where_there_is_one(local, cloud, question, agreement):
    assert compare(local, cloud, question).agreement is agreement


def test_answers_with_nothing_to_compare_are_neither_the_same_nor_apart():
    assert compare("Hope is a feeling.", "A bright outlook on things.").agreement is UNSURE
    assert compare("", "").agreement is UNSURE
    assert compare("```python\nprint(1)\n```", "```python\nprint(2)\n```").agreement is UNSURE


def test_what_the_question_said_is_no_agreement():
    question = "Who was Ada Lovelace?"
    assert compare("Ada Lovelace was a writer.", "Ada Lovelace did sums.", question).agreement is UNSURE


def test_the_parts_that_differ_are_shown():
    (difference,) = compare("It is old. The bridge opened in 1932.", "The bridge opened in 1952.").differences
    assert (difference.local, difference.cloud) == (
        "The bridge opened in 1932.",
        "The bridge opened in 1952.",
    )


def test_sentences_end_at_no_abbreviation_and_no_decimal():
    text = "Dr. Kay paid $3.50 at 5 p.m. on Monday. J. Doe was there, e.g. with Mr. Li.\n\n1. One\n2. Two"
    assert sentences(text) == [
        "Dr. Kay paid $3.50 at 5 p.m. on Monday.",
        "J. Doe was there, e.g. with Mr. Li.",
        "One",
        "Two",
    ]


def test_a_text_that_was_cut_has_no_final_answer():
    assert final("We compute 16 - 1", "Ann has 16 and Bo has 1. How many more has Ann?") is None


def test_the_nearness_of_meanings_finds_what_words_do_not():
    import numpy as np

    def embed(texts):
        return np.ones((len(texts), 1), np.float32)

    local, cloud = "Its price reached €9 million. Bo built it.", "Building cost €7 million. Bo did so."
    assert compare(local, cloud, embed=embed).agreement is DIFFER


SCRAPS = (
    "the bridge opened in 1932 March 3 12.5 km not never Ann Lee $4,000 % 7% about two-thirds | - * # . ? ! ; ( ) "
    "yes No #### \\boxed{3} 10:30 pm 3/4 1/0 ½ é ß 中 \n \n\n ``` ~~~ PERSON-7QK2"
)
WORDS = some.sampled_from(SCRAPS.split(" "))
TEXTS = some.one_of(
    some.lists(WORDS, max_size=40).map(" ".join),
    some.text(alphabet=string.printable + "½²³٣４éßİ中—−\u2028\u0000", max_size=200),
    some.text(max_size=120),
)


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_makes_it_fail_and_kinds_are_the_same_from_either_side(one, two, question):
    there, back = compare(one, two, question), compare(two, one, question)
    assert there.agreement is back.agreement
    assert {each.kind for each in there.differences} == {each.kind for each in back.differences}


def test_an_answer_that_says_both_things_is_contradicted_from_neither_side():
    both, one = "The bridge is not open. The bridge is open.", "The bridge is open."
    assert compare(both, one).agreement is compare(one, both).agreement


@given(TEXTS, TEXTS)
def test_an_answer_never_differs_from_itself(text, question):
    assert compare(text, text, question).agreement is not DIFFER


def test_each_sentence_is_held_against_each_and_no_more_than_that():
    sentence = (
        "On {} March 19{:02d} Ann Lee paid ${},{:03d} for {} m of rope in Port {}, and did not regret it. "
    )

    def answers(count):
        return (
            "".join(
                sentence.format(n % 28 + 1, n % 90 + step, n, n, n + 3, "ABCDEFG"[n % 7] + "rdale")
                for n in range(count)
            )
            for step in (0, 1)
        )

    short, long = tuple(answers(34)), tuple(answers(68))
    assert slower(lambda: compare(*short), lambda: compare(*long), 4.0) < 5.0


@pytest.mark.parametrize(
    ("local", "cloud"),
    [
        ("The wall was built in August 1961.", "The wall fell on 9 November 1989."),
        ("She was born in 1867.", "She died in 1934."),
        ("The firm was founded in 1911.", "The firm was dissolved in 1954."),
        ("The train departs at 8:15.", "The train arrives at 11:40."),
    ],
)
def test_when_something_began_does_not_differ_from_when_it_ended(local, cloud):
    assert compare(local, cloud, "Tell me about it.").agreement is not Agreement.DIFFER


def test_two_dates_of_one_event_still_differ():
    found = compare("She was born in 1867.", "She was born in 1876 and died in 1934.", "Who was she?")
    assert found.agreement is Agreement.DIFFER
