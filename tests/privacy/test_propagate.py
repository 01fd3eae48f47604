"""A value that was found once is found wherever it stands again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.propagate import Known, propagate
from app.privacy.types import Kind

COMMON = frozenset({"will", "may", "target", "the", "you", "mark", "smart"})
PERSON = Known(Kind.PERSON, "Kate Ivanova")
AGAIN = [
    (PERSON, "and kate ivanova said", "kate ivanova"),
    (PERSON, "ask Kate", "Kate"),
    (PERSON, "ask ivanova", "ivanova"),
    (PERSON, "IVANOVA", "IVANOVA"),
    (PERSON, "kivanova wrote", "kivanova"),
    (PERSON, "kate.ivanova@", "kate.ivanova"),
    (PERSON, "kateivanova", "kateivanova"),
    (PERSON, "K. Ivanova", "K. Ivanova"),
    (PERSON, "signed K.I.", "K.I"),
    (PERSON, "Kate's", "Kate"),
    (Known(Kind.PERSON, "Will Turner"), "Will is here", "Will"),
    (Known(Kind.ORG, "Zentrix Labs"), "ZENTRIX  LABS", "ZENTRIX  LABS"),
    (Known(Kind.PASSWORD, "hunter2!x"), "it is hunter2!x.", "hunter2!x"),
    (Known(Kind.PERSON, "王小明"), "问王小明吧", "王小明"),
    (Known(Kind.EMAIL, "a.b@c.org"), "A.B@C.ORG", "A.B@C.ORG"),
    (Known(Kind.PERSON, "Sarah O'Neill"), "o'neill", "o'neill"),
]
NOT_AGAIN = [
    (Known(Kind.PERSON, "Will Turner"), "you will see"),
    (Known(Kind.PERSON, "May Turner"), "you may go"),
    (Known(Kind.ORG, "Target"), "the target is near"),
    (PERSON, "Kateryna"),
    (PERSON, "katering ivanovas"),
    (PERSON, "ki"),
    (PERSON, "hi KI"),
    (Known(Kind.DATE, "12 May 2023"), "12 May 2023"),
    (Known(Kind.MONEY, "$500"), "$500"),
    (Known(Kind.PERSON, "Al"), "al"),
    (Known(Kind.PERSON, "Ludwig van Dijk"), "van"),
    (Known(Kind.PASSWORD, "Hunter2"), "hunter2"),
]  # fmt: skip


@pytest.mark.parametrize(("known", "text", "value"), AGAIN)
def test_a_known_value_is_found_again(known: Known, text: str, value: str) -> None:
    assert value in {text[each.start : each.end] for each in propagate(text, [known], COMMON)}


@pytest.mark.parametrize(("known", "text"), NOT_AGAIN)
def test_other_words_are_left_alone(known: Known, text: str) -> None:
    assert not list(propagate(text, [known], COMMON))


@given(st.lists(st.builds(Known, st.sampled_from(list(Kind)), st.text(max_size=30))), st.text())
def test_what_is_found_again_lies_in_the_text(known: list[Known], text: str) -> None:
    for each in propagate(text, known, COMMON):
        assert 0 <= each.start < each.end <= len(text)
