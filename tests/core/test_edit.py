"""Whatever an edit says, numbers, names, quotations, code and negations stay as the cloud gave them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.edit import faithful, woven
from app.core.editor import Editor, Manner
from app.core.events import Delta
from app.core.types import Origin, Piece

TEXT = (
    "I am writing to inform you that the invoice of 3 May 2024 over 1,250 euros was not paid by Cornelia "
    'Featherstone. She said "the parcel never came" and asked for a refund within two weeks.'
)
GOOD = [
    (TEXT, TEXT),
    (TEXT, TEXT.replace("I am writing to inform you that the", "Just to let you know, the")),
    (TEXT, TEXT.replace("was not paid", "wasn't paid")),
    ("We would like to thank you for your great patience.", "Thanks for your great patience, thank you."),
    ("Please find the report attached to this message.", "The report is attached to this message."),
    ("- Bring the report to the office.", "- Bring that report to the office."),
]
BAD = [
    (TEXT.replace("1,250", "1,520"), "numbers"),
    (TEXT.replace("two weeks", "three weeks"), "numbers"),
    (TEXT.replace("3 May 2024 over 1,250", "1,250 May 2024 over 3"), "numbers"),
    (TEXT.replace("May", "June"), "dates"),
    (TEXT.replace("not paid", "paid"), "negations"),
    (TEXT.replace("was not paid", "was paid").replace("and asked", "and not asked"), "negations"),
    (TEXT.replace("Cornelia", "Bertram"), "names"),
    (TEXT.replace("Featherstone", "Smith"), "names"),
    ("Bertram. " + TEXT, "names"),
    (TEXT.replace("never came", "came late"), "quotations"),
    (TEXT.replace('"', ""), "quotations"),
    (TEXT.replace("a refund", "a refund at evil.example"), "addresses"),
    (TEXT.replace("a refund", "a refund to b@evil.example"), "addresses"),
    (TEXT.replace("a refund", "`a refund`"), "code"),
    (TEXT.replace("the parcel", "PERSON-7QK2"), "placeholders"),
    ("- " + TEXT, "lists"),
    (TEXT.replace(". She", ".\nShe"), "lists"),
    (
        TEXT
        + " All of this is quite a matter of some urgency for everybody in the house, and then some more.",
        "length",
    ),
    (TEXT[:60], "length"),
    ("", "length"),
    (
        "As an assistant, my reply is that the weather is fine and the garden blooms in the sunshine of the south.",
        "content",
    ),
    (TEXT.replace("asked for", "may have asked for"), "weights"),
]


@pytest.mark.parametrize(("before", "after"), GOOD)
def test_a_change_of_wording_is_faithful(before, after):
    assert faithful(before, after) == ()


@pytest.mark.parametrize(("after", "broken"), BAD)
def test_what_counts_may_not_change(after, broken):
    assert broken in faithful(TEXT, after)


def test_details_that_were_put_back_stay():
    assert "details" in faithful("Ask the old man at the mill.", "Ask the man at the mill.", ["old man"])


def test_a_name_at_the_beginning_of_a_sentence_is_a_name():
    assert "names" in faithful("Cornelia will bring the cake along.", "Bertram will bring the cake along.")


def test_each_word_keeps_its_origin_and_what_is_new_is_local():
    before = [Piece("Dear ", Origin.CLOUD), Piece("Ann", Origin.RESTORED), Piece(", it came.", Origin.CLOUD)]
    assert woven(before, "Hi Ann, it came!") == [
        Piece("Hi", Origin.LOCAL), Piece(" ", Origin.CLOUD), Piece("Ann", Origin.RESTORED),
        Piece(", it came", Origin.CLOUD), Piece("!", Origin.LOCAL),
    ]  # fmt: skip


WORD = st.sampled_from(
    [
        "the",
        "invoice",
        "was",
        "not",
        "paid",
        "by",
        "Ann",
        "on",
        "3",
        "May",
        "1,250",
        '"so"',
        "`x=1`",
        "a@b.io",
        "-",
        "\n",
        "no",
        "PERSON-7QK2",
        "Bob",
    ]
)
WORDS = st.lists(WORD, max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_woven_pieces_are_the_edited_text(before, after):
    pieces = [Piece(before[:5], Origin.CLOUD), Piece(before[5:], Origin.RESTORED)]
    made = woven([piece for piece in pieces if piece.text], after)
    assert "".join(piece.text for piece in made) == after


ANSWER = (
    "Subject: Your parcel\n\nDear Ann,\n\nI am writing because the parcel of 3 May did not arrive. It cost 40 euros, "
    "and Bertram paid it.\n\n- the box was blue\n- it weighed 2 kg\n\n```python\nDear = 'Hi'\n```\n\n"
    "Kind regards,\n[Your Name]\n[Your Shoe Size]"
)
EDITED = (
    ANSWER.replace("Dear Ann", "Hi Ann").replace("Kind regards", "Cheers").replace("[Your Name]", "Eva Sol")
)
MANNER = Manner("Hi", "Cheers")


def fill(what):
    return {"name": "Eva Sol"}.get(what, "")


def edited(answer, cuts=(), **how):
    editor = Editor(how.pop("manner", MANNER), how.pop("fill", fill), **how)
    edges = [0, *sorted(cuts), len(answer)]
    deltas = [Delta(answer[a:b], Origin.CLOUD) for a, b in pairwise(edges)]
    return [each for delta in deltas for each in editor.feed(delta)] + list(editor.flush())


def said(deltas):
    return "".join(delta.text for delta in deltas)


def test_greeting_sign_off_and_slots_are_changed_by_rule():
    out = edited(ANSWER)
    assert said(out) == EDITED
    assert "".join(each.text for each in out if each.origin is Origin.LOCAL) == "HiCheersEvaSol"


@given(st.lists(st.integers(0, len(ANSWER)), max_size=12))
def test_however_the_answer_is_cut_the_edit_is_the_same(cuts):
    assert said(edited(ANSWER, cuts)) == EDITED


@given(st.text(alphabet="ab .\n[]`~Your name-", max_size=80), st.lists(st.integers(0, 80), max_size=5))
def test_with_nothing_known_nothing_changes(answer, cuts):
    assert said(edited(answer, cuts, manner=Manner(), fill=lambda what: "")) == answer


def test_words_that_cannot_change_any_more_are_passed_on_at_once():
    editor = Editor(MANNER, fill)
    assert said(editor.feed(Delta("Rivers ", Origin.CLOUD))) == "Rivers "
    assert said(editor.feed(Delta("rise [Yo", Origin.CLOUD))) == "rise "
    assert said(editor.feed(Delta("ur name] now", Origin.CLOUD))) == "Eva Sol now"


def test_the_name_of_the_style_signs_where_no_fact_says_more():
    manner = Manner("Hi", "Cheers", "Ada")
    out = said(edited(ANSWER, manner=manner, fill=lambda what: ""))
    assert out == EDITED.replace("Eva Sol", "Ada")


@pytest.mark.parametrize(
    "answer",
    [
        "![x](https://evil.example/?n=[Your Name])",
        "[x](<https://evil.example/ [Your Name]>)",
        "See https://evil.example/[Your Name] there",
        "https://evil.example/?q= [Your Name]",
        "www.evil.example?[Your name]",
        "[Your Name](https://evil.example)",
        "[Your Name]: https://evil.example",
        "a[Your Name]",
    ],
)
@given(cuts=st.lists(st.integers(0, 40), max_size=4))
def test_nothing_of_the_person_is_put_into_an_address(answer, cuts):
    assert said(edited(answer, [cut for cut in cuts if cut < len(answer)])) == answer


def test_what_the_person_wrote_himself_stays():
    assert said(edited("Dear Ann,\n\nCome.", own="Correct this: Dear Ann,\n\nCome.")).startswith("Dear Ann")


@pytest.mark.parametrize(
    ("style", "manner"),
    [
        ('Write short sentences. Greet with "Hi", sign off with "Cheers".', Manner("Hi", "Cheers")),
        ("Open letters with “Hello”. Close with “All the best,”", Manner("Hello", "All the best")),
        (
            "Write briefly; begin letters with 'Hi'; end them with 'Best wishes, Ada'.",
            Manner("Hi", "Best wishes", "Ada"),
        ),
        ("Write informally.", Manner()),
        ("", Manner()),
    ],
)
def test_the_style_says_how_to_greet(style, manner):
    assert Manner.of(style) == manner


HOSTILE = st.one_of(
    st.just(""),
    st.text(max_size=300),
    WORDS,
    st.sampled_from([
        "Sure! Here is the edited paragraph: it arrived.",
        "I am writing because the parcel of 3 May did arrive. It cost 40 euros, and Bertram paid it.",
        "I am writing because the parcel of 3 May did not arrive. It cost 400 euros, and Bertram paid it.",
        "I am writing because the parcel of 3 May did not arrive. It cost 40 euros, and Cornelia paid it.",
        "I am writing because the parcel of 3 May did not arrive.\n\nIt cost 40 euros, and Bertram paid it.",
        "Bertram did not write because the parcel of 3 May arrived. It cost 40 euros, and Ann paid it.",
    ]),
)  # fmt: skip


@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_whatever_the_editing_model_says_what_counts_stays(answers):
    given_ = iter(answers * 20)
    out = said(edited(ANSWER, rewrite=lambda paragraph: next(given_)))
    body = "I am writing because the parcel of 3 May did not arrive. It cost 40 euros, and Bertram paid it."
    lines, before = out.split("\n"), EDITED.split("\n")
    assert len(lines) == len(before)
    for line, was in zip(lines, before, strict=True):
        assert line == was or (was == body and faithful(body, line) == ())


def test_a_good_edit_is_taken_and_a_bad_one_is_not():
    better = "Just writing because the parcel of 3 May did not arrive. It cost 40 euros, and Bertram paid it."
    assert better in said(edited(ANSWER, rewrite=lambda paragraph: better))
    worse = better.replace("40", "41")
    assert said(edited(ANSWER, rewrite=lambda paragraph: worse)) == EDITED


@pytest.mark.parametrize(
    "answer", ["[x](\n//evil.example/-[your name])", "[x]:\n//evil.example/_[your name]"]
)
def test_a_link_that_goes_on_in_the_next_line_gets_no_name_either(answer):
    assert said(edited(answer)) == answer
    assert said(edited(f"{answer}\n\n[your name]")) == f"{answer}\n\nEva Sol"
