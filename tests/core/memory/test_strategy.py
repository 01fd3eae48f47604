"""A strategy is drawn from an answer by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.memory.strategy import LONGEST, strategy, tokens

STEPS = """Let's solve this step by step.

1. **Find how much one of them costs:**
   - 12 / 4 = 3
2. **Multiply it by the number that is asked for:**
   - 3 * 7 = 21

So the answer is \\(\\boxed{21}\\)."""


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("", ""),
        (STEPS, "Find how much one of them costs. Multiply it by the number that is asked for."),
        (
            "Sure! Soak the shirt in cold water first. Then rub salt into the stain. Wash it as usual.",
            "Soak the shirt in cold water first. Then rub salt into the stain. Wash it as usual.",
        ),
        (
            "- Say what happened.\n- Say what you want.\n- Give a date.",
            "Say what happened. Say what you want. Give a date.",
        ),
        ("It holds that 3 + 4 = 7 here.", "It holds that 3 + 4 = 7 here."),
    ],
)
def test_steps_or_first_sentences_are_kept(answer, told):
    assert strategy(answer) == told


@given(some.text(max_size=2000))
def test_it_is_never_longer_than_eighty_tokens(answer):
    assert tokens(strategy(answer)) <= LONGEST


def test_a_long_answer_is_cut_between_sentences():
    told = strategy(
        "\n".join(f"{number}. Do the thing that is called {'very ' * number}long." for number in range(1, 20))
    )
    assert told.endswith("long.")
    assert 20 < tokens(told) <= LONGEST
