"""An answer is judged by rule, and another way to write the same is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.evaluation.checkers import (
    Demands,
    Instructions,
    Like,
    Number,
    Option,
    Plain,
    final_number,
    normal,
    readable,
)


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("So she has 3 + 4 = 7 apples.", 7),
        ("The total is $1,250.50.", 1250.5),
        (r"First 3, hence \(\boxed{24}\). I used 2 steps.", 24),
        ("#### 18\nDone in 1 go", 18),
        ("It falls by -4", -4),
        ("It takes 3-5 days", 5),
        ("x4 is a name, 12 a number, h7 again a name", 12),
        ("None at all", None),
        ("", None),
    ],
)
def test_the_final_number_is_the_one_that_is_marked_or_the_last(answer, number):
    assert final_number(answer) == number


@given(st.integers(-(10**9), 10**9))
def test_a_number_is_found_again_as_it_was_written(number):
    assert Number(str(number)).score("", f"The answer is {number:,}.") == 1
    assert Number(str(number + 1)).score("", f"The answer is {number:,}.") == 0


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("b) A walk", 1),
        ("B.", 1),
        ("(b)", 1),
        ("I would take a walk", 1),
        ("A swim", 0),
        ("a walk or a swim", 0),
        ("", 0),
    ],
)
def test_an_option_is_named_by_letter_or_words_and_alone(answer, score):
    assert Option(("A swim", "A walk."), 1).score("", answer) == score


def test_every_instruction_counts():
    both = Instructions(("punctuation:no_comma", "startend:quotation"), ({}, {}))
    assert both.score("", '"Yes"') == 1
    assert both.score("", '"Yes, yes"') == 0


def test_demands_are_counted_by_whole_words():
    wanted = Demands(contains=("Elm Street", "7"), lacks=("rash",))
    assert wanted.score("", "Come to elm  street at 7") == 1
    assert wanted.score("", "Come to Elm Streets at 17, and crash") == pytest.approx(1 / 3)
    assert Demands(exact="Letter by letter").score("", "letter by letter") == 0


def test_likeness_counts_shared_words_and_figures_twice():
    kept = Like("It leaves at 9 from platform 4")
    assert kept.score("", "It leaves at 9 from platform 4") == 1
    assert kept.score("", "It leaves at 8 from platform 4") < kept.score("", "It left at 9 from platform 4")
    assert kept.score("", "Nothing") == 0


def test_a_plain_question_is_judged_by_faults_that_a_rule_finds():
    assert Plain().score("How much is that?", "3 + 4 = 7") == 1
    assert Plain().score("How much is that?", "3 + 4 = 8") == 0
    assert Plain().score("How much is that?", "") == 0


@pytest.mark.parametrize(
    ("private", "sent", "is_readable"),
    [
        ("Ann Lee", "ask ANN\u200b  lee about it", True),
        ("Ann Lee", "ask PERSON-7QK2", False),
        ("Lee", "in the leeward bay", False),
        ("ﬁne", "a fine day", True),
        ("", "anything", False),
    ],
)
def test_a_private_string_is_readable_in_whole_words(private, sent, is_readable):
    assert readable(normal(private), normal(sent)) == is_readable
