"""Overlapping findings become a clean list that loses nothing."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.privacy.policy import SECRET_KINDS, Level, counts
from app.privacy.resolve import personal, resolve, without_parts
from app.privacy.types import Finding, Kind

READABLE = (Kind.DATE, Kind.AGE, Kind.MONEY, Kind.SENSITIVE)


def finding(kind: Kind, start: int, end: int, *, public: bool = False, score: float = 0.9) -> Finding:
    return Finding(kind, start, end, score, "test", "for the test", public)


FINDINGS = st.lists(
    st.builds(
        lambda kind, start, length, public: finding(kind, start, start + length, public=public),
        st.sampled_from(list(Kind)),
        st.integers(0, 60),
        st.integers(1, 20),
        st.booleans(),
    )
)


@given(FINDINGS)
def test_findings_are_in_order_and_never_overlap(findings: list[Finding]) -> None:
    resolved = resolve(findings)
    assert all(one.end <= other.start for one, other in pairwise(resolved))
    assert all(each.start < each.end for each in resolved)


@given(FINDINGS)
def test_no_hidden_character_is_lost(findings: list[Finding]) -> None:
    hidden = {at for f in findings if f.kind not in READABLE and not f.public for at in range(f.start, f.end)}
    kept = {
        at
        for f in resolve(findings)
        if f.kind not in READABLE and not f.public
        for at in range(f.start, f.end)
    }
    assert hidden <= kept


@given(FINDINGS)
def test_a_secret_never_turns_into_something_weaker(findings: list[Finding]) -> None:
    secret = {at for f in findings if f.kind in SECRET_KINDS and not f.public for at in range(f.start, f.end)}
    kept = {at for f in resolve(findings) if f.kind in SECRET_KINDS for at in range(f.start, f.end)}
    assert secret <= kept


@given(FINDINGS)
def test_resolving_again_changes_nothing(findings: list[Finding]) -> None:
    resolved = resolve(findings)
    assert resolve(resolved) == resolved


def test_the_stronger_kind_names_what_grew_together() -> None:
    assert resolve([finding(Kind.ORG, 0, 10), finding(Kind.PERSON, 5, 20)]) == (finding(Kind.PERSON, 0, 20),)


def test_a_name_drawn_too_far_does_not_swallow_what_has_an_exact_form() -> None:
    name, mail, after = finding(Kind.PERSON, 0, 10), finding(Kind.EMAIL, 5, 20), finding(Kind.ORG, 15, 30)
    assert resolve([name, mail, after]) == (
        finding(Kind.PERSON, 0, 5),
        mail,
        finding(Kind.ORG, 20, 30),
    )


def test_a_statement_gives_way_to_the_name_inside_it() -> None:
    statement, name = finding(Kind.SENSITIVE, 0, 30), finding(Kind.PERSON, 20, 25)
    assert resolve([statement, name]) == (finding(Kind.SENSITIVE, 0, 20), name)


def test_a_statement_does_not_swallow_a_name_of_which_nobody_is_sure() -> None:
    statement, name = finding(Kind.SENSITIVE, 0, 30), finding(Kind.ORG, 22, 28, public=True, score=0.4)
    hint = replace(name, score=0.2)
    assert name in resolve([statement, name])
    assert hint in resolve([statement, hint])
    whole = replace(name, start=0, end=35)
    assert [(each.kind, each.start) for each in resolve([statement, whole])] == [
        (Kind.SENSITIVE, 0),
        (Kind.ORG, 30),
    ]


def test_a_date_that_is_all_taken_disappears() -> None:
    assert resolve([finding(Kind.DATE, 2, 5), finding(Kind.PHONE, 0, 9)]) == (finding(Kind.PHONE, 0, 9),)


def test_neighbours_stay_apart() -> None:
    pair = (finding(Kind.PERSON, 0, 4), finding(Kind.ORG, 4, 8))
    assert resolve(pair) == pair


def test_a_public_name_counts_as_private_beside_a_person() -> None:
    city, person = finding(Kind.PLACE, 0, 5, public=True), finding(Kind.PERSON, 10, 15)
    assert not any(each.public for each in personal([city, person], "Paris and Peter"))


def test_a_public_name_in_a_general_question_stays_public() -> None:
    city = finding(Kind.PLACE, 19, 23, public=True)
    assert personal([city], "Best restaurants in Lyon?") == (city,)


def test_a_mere_hint_is_doubtful_in_a_general_question_and_counts_in_a_letter() -> None:
    hint = finding(Kind.ORG, 0, 4, public=True, score=0.4)
    (doubted,) = personal([hint], "Hudl?")
    assert not counts(doubted, Level.GUARDED)
    assert counts(doubted, Level.STRICT)
    assert personal([hint], "Hudl: write a cover letter") == (finding(Kind.ORG, 0, 4, score=0.4),)


def test_what_is_doubtful_stays_public_even_in_a_letter() -> None:
    doubtful = finding(Kind.ORG, 0, 4, public=True, score=0.2)
    assert personal([doubtful], "Kite: write a cover letter") == (doubtful,)


def test_what_is_likely_wins_over_what_is_doubtful() -> None:
    place, guess = finding(Kind.PLACE, 3, 8, public=True), finding(Kind.ORG, 0, 8, public=True, score=0.2)
    assert resolve([place, guess]) == (finding(Kind.ORG, 0, 3, public=True, score=0.2), place)


def test_a_part_of_a_public_name_is_no_detail() -> None:
    whole, part = finding(Kind.PERSON, 0, 11, public=True), finding(Kind.PERSON, 0, 5)
    other = finding(Kind.PERSON, 20, 25)
    assert without_parts([whole, part, other]) == [whole, other]
