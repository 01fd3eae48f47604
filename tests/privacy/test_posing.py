"""Stand-ins in a conversation: one person is one other person, and nothing comes back that did not leave."""

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.privacy.errors import PrivacyError
from app.privacy.filter import TWICE, PrivacyFilter
from app.privacy.people import Names, Sex
from app.privacy.policy import Level
from app.privacy.prompt import SanitizedText
from app.privacy.types import Action, Kind
from app.privacy.vault import MemoryVaultStore, Vault
from tests.privacy.border import WordFinder, make_vault

WORDS = {
    "Anna Smith": Kind.PERSON,
    "anna smith": Kind.PERSON,
    "ANNA SMITH": Kind.PERSON,
    "Smith, Anna": Kind.PERSON,
    "Ms. Smith": Kind.PERSON,
    "A. Smith": Kind.PERSON,
    "Anna": Kind.PERSON,
    "Bob Smith": Kind.PERSON,
    "Łukasz Żak": Kind.PERSON,
    "Иван Петров": Kind.PERSON,
    "anna.smith@quill.test": Kind.EMAIL,
    "info@quill.test": Kind.EMAIL,
    "asmith": Kind.USERNAME,
    "Brindlewick Dental Clinic": Kind.ORG,
    "Skagwell": Kind.PLACE,
    "4711 Quillfeather Lane, Doverly, DE 19901": Kind.ADDRESS,
    "+44 20 7123 0958": Kind.PHONE,
    "14 March 1957": Kind.BIRTHDATE,
    "2024-02-29": Kind.DATE,
    "GB82 WEST 1234 5698 7654 32": Kind.IBAN,
    "4532 0151 1283 0366": Kind.CARD,
    "536-22-8714": Kind.NATIONAL_ID,
    "10.20.30.40": Kind.IP,
    "3c:22:fb:9a:41:d7": Kind.MAC,
    "db7.quill.local": Kind.HOST,
    "https://f.quill.test/s?t=9f8e": Kind.URL,
    "84739201": Kind.RECORD,
    "hunter2!": Kind.PASSWORD,
    "42 years": Kind.AGE,
}


def posing(
    vault: Vault | None = None, finder: WordFinder | None = None, *, always: bool = True
) -> PrivacyFilter:
    return PrivacyFilter(finder or WordFinder(WORDS), vault or make_vault(), tuple, lambda: always)


def send(border: PrivacyFilter, text: str, level: Level = Level.GUARDED) -> SanitizedText:
    made = border.sanitize(text, level)
    border.mark_sent(border.seal("gpt-5", [("user", made)]).codes)
    return made


def test_one_person_is_one_other_person() -> None:
    made = send(
        posing(),
        "Anna Smith (anna.smith@quill.test, asmith), Ms. Smith, A. Smith, Anna, Bob Smith, ANNA SMITH",
    )
    found = re.fullmatch(
        r"(\w+) (\w+) \((\w+)\.(\w+)@example\.\w+, (\w+)\), Ms\. (\w+), (\w)\. (\w+), (\w+), (\w+) (\w+), (\w+) (\w+)",
        made.text,
    )
    assert found is not None, made.text
    first, last, *rest = found.groups()
    assert rest == [
        first.lower(), last.lower(), first[0].lower() + last.lower(), last, first[0], last, first, rest[7], last,
        first.upper(), last.upper(),
    ]  # fmt: skip
    assert rest[7] != first
    assert {each.action for each in made.decided} == {Action.STANDIN}


def test_a_model_is_told_of_codes_only_where_some_stand() -> None:
    border = posing()
    assert not send(border, "Anna Smith").is_coded
    assert send(border, "Anna Smith, hunter2!").is_coded
    assert send(border, "Anna Smith", Level.STRICT).is_coded


def test_a_person_stays_the_same_over_turns_and_processes() -> None:
    store = MemoryVaultStore()
    first = send(posing(make_vault(store)), "Anna").text
    whole = send(posing(make_vault(store)), "Anna Smith wrote").text
    assert whole.startswith(first + " ")
    assert send(posing(make_vault(store)), "Anna Smith wrote").text == whole


def test_what_left_as_a_stand_in_comes_back() -> None:
    border = posing()
    text = ". ".join(word for word in WORDS if word not in {"hunter2!", "536-22-8714", "4532 0151 1283 0366"})
    made = send(border, text)
    for word in re.findall(r"[^\W\d]{3,}", text):  # four figures may be the same by chance
        if word.lower() not in {"dental", "clinic", "lane", "info", "local", "https", "years"}:
            assert word not in made.text or word == "PERSON", word
    assert border.restore(made.text) == text


def test_a_stand_in_that_did_not_leave_is_not_restored() -> None:
    border = posing()
    made = border.sanitize("Anna Smith", Level.GUARDED)
    assert border.restore(made.text) == made.text
    border.mark_sent(made.codes)
    assert border.restore(made.text) == "Anna Smith"


def test_a_code_that_left_does_not_make_its_later_stand_in_leave() -> None:
    vault = make_vault()
    border = posing(vault, always=False)
    wire = send(border, "Anna Smith").text
    border.decide("Anna Smith", Action.STANDIN)
    made = border.sanitize("Anna Smith", Level.GUARDED)
    assert made.decided[0].action is Action.STANDIN
    assert border.restore(f"{wire} {made.text}") == f"Anna Smith {made.text}"


def test_who_is_decided_to_be_somebody_else_is_so_by_each_name() -> None:
    border = posing(always=False)
    border.decide("Anna Smith", Action.STANDIN)
    made = send(border, "Anna Smith, Ms. Smith, Anna, Skagwell")
    assert [each.action for each in made.decided] == [Action.STANDIN] * 3 + [Action.PLACEHOLDER]
    first, last = made.decided[0].replacement.split()
    assert made.text.startswith(f"{first} {last}, Ms. {last}, {first}, PLACE-")


def test_stand_ins_are_for_guarded_unless_the_person_says_so() -> None:
    border = posing()
    assert send(border, "Anna", Level.STRICT).text.startswith("PERSON-")
    border.decide("Anna", Action.STANDIN)
    assert send(border, "Anna", Level.STRICT).text.isalpha()
    made = send(border, "hunter2! 4532 0151 1283 0366")
    assert {each.action for each in made.decided} == {Action.BLOCK}
    border.decide("4532 0151 1283 0366", Action.STANDIN)
    assert re.fullmatch(r"4\d{3} \d{4} \d{4} \d{4}", send(border, "4532 0151 1283 0366").text)


def test_another_script_and_what_has_no_stand_in_become_codes() -> None:
    border = posing()
    border.decide("42 years", Action.STANDIN)
    assert re.fullmatch(r"PERSON-\w{4} AGE-\w{4}", send(border, "Иван Петров 42 years").text)


def test_what_is_too_short_to_be_told_apart_becomes_a_code() -> None:
    border = posing(finder=WordFinder({"712": Kind.RECORD, "IBX": Kind.ORG, "867-5309": Kind.PHONE}))
    made = send(border, "712 at IBX, 867-5309")
    assert [each.action for each in made.decided] == [Action.PLACEHOLDER, Action.PLACEHOLDER, Action.STANDIN]
    number = made.decided[2].replacement
    assert border.restore(f"{number[-4:]} {number}") == f"{number[-4:]} 867-5309"


def test_dates_move_together_by_whole_weeks() -> None:
    border = posing()
    border.decide("2024-02-29", Action.STANDIN)
    made = send(border, "14 March 1957, 2024-02-29")
    born, met = (each.replacement for each in made.decided)
    moved = date.fromisoformat(met) - date(2024, 2, 29)
    assert abs(moved.days) >= 42
    assert moved.days % 7 == 0
    there = date(1957, 3, 14) + moved
    assert born == f"{there.day} {there:%B %Y}"
    assert border.restore(f"on {there.isoformat()}") == "on 1957-03-14"


def test_an_earlier_turn_leaves_byte_for_byte_and_may_be_scanned_again() -> None:
    border = posing()
    border.decide("4532 0151 1283 0366", Action.STANDIN)
    border.decide("hunter2!", Action.KEEP)
    made = send(border, "Anna Smith pays with 4532 0151 1283 0366 and hunter2!")
    answer = f"Dear {made.decided[0].replacement.split()[0]}"
    question, said = border.again(made.text), border.again(answer)
    assert question.text == made.text
    assert question.decided == said.decided == ()
    assert question.codes == made.codes
    assert border.seal(
        "gpt-5", [("user", question), ("assistant", said), ("user", border.sanitize("Anna", Level.GUARDED))]
    )


def test_a_stand_in_is_not_found_to_be_a_secret() -> None:
    finder = WordFinder(dict(WORDS))
    border = posing(finder=finder)
    border.decide("4532 0151 1283 0366", Action.STANDIN)
    made = border.sanitize("pay 4532 0151 1283 0366", Level.GUARDED)
    finder.words[made.decided[0].replacement] = Kind.CARD
    border.seal("gpt-5", [("user", made)])
    unaware = WordFinder({})
    other = posing(make_vault(conversation="c2"), unaware)
    plain = other.sanitize(made.text, Level.GUARDED)
    unaware.words = finder.words
    with pytest.raises(PrivacyError, match="secret"):
        other.seal("gpt-5", [("user", plain)])


def test_what_the_person_typed_himself_comes_back_as_typed() -> None:
    border = posing()
    first, last = send(border, "Anna Smith").text.split()
    for typed in (f"I know a {first} too", f"the {last.lower()}", f"{first[0]}. {last}", f"{first} {last}"):
        made = send(border, typed)
        assert first not in made.text
        assert "LITERAL-" in made.text
        assert border.restore(made.text) == typed
    assert border.restore(f"{first} {last}") == "Anna Smith"


def test_a_name_of_the_text_is_nobodys_stand_in() -> None:
    names = Names()
    crowd = {names.first("en_US", Sex.FEMALE, lambda _: False) for _ in range(600)}
    assert len(crowd) > 200
    made = send(posing(), "Anna met " + ", ".join(sorted(crowd)))
    assert made.decided[0].replacement not in crowd


def test_a_stand_in_that_an_earlier_turn_holds_is_refused_and_another_made() -> None:
    store = MemoryVaultStore()
    border = posing(make_vault(store))
    made = border.sanitize("Anna", Level.GUARDED)
    earlier = border.again(f"I told {made.text} so")
    with pytest.raises(PrivacyError) as caught:
        border.seal("gpt-5", [("user", earlier), ("user", made)])
    assert caught.value.told == TWICE
    new = border.sanitize("Anna", Level.GUARDED)
    assert new.text != made.text
    border.seal("gpt-5", [("user", border.again(f"I told {made.text} so")), ("user", new)])


def test_an_original_beside_its_stand_in_is_refused() -> None:
    border = posing(finder=WordFinder({}))
    plain = border.sanitize("Anna Smith", Level.GUARDED)
    border.decide("Anna Smith", Action.STANDIN)
    with pytest.raises(PrivacyError, match="readable"):
        border.seal("gpt-5", [("user", plain)])


def test_a_title_is_no_part_of_a_name() -> None:
    border = posing(finder=WordFinder({"Ms. Ehsan": Kind.PERSON, "Ehsan": Kind.PERSON}), always=False)
    made = send(border, "Ms. Ehsan and Ehsan")
    assert len(made.codes) == 1
    assert border.restore(made.text) == "Ms. Ehsan and Ehsan"
    border.decide("Ms. Ehsan", Action.KEEP)
    assert send(border, "Ehsan").text == "Ehsan"


@pytest.mark.parametrize(
    "wording",
    [
        "born 14 March 1957",
        "14  march 1957",
        "near Skagwell",
        "a\nb",
        "x" * 81,
        "PERSON-7QK2",
        "key hunter2!",
        "  ",
        "in the \u202e7591",
        "in the f\u200bifties",
        "in the \x00fifties",
    ],
)
def test_a_wording_that_shows_or_breaks_something_is_not_taken(wording: str) -> None:
    border = posing(always=False)
    send(border, "Skagwell")
    border.decide("14 March 1957", Action.GENERALIZE, wording)
    assert border.sanitize("14 March 1957", Level.GUARDED).text == "1957"


def test_a_wording_of_the_persons_own_is_used_and_remembered() -> None:
    store = MemoryVaultStore()
    border = posing(make_vault(store), always=False)
    border.decide("14 March 1957", Action.GENERALIZE, " long ago ")
    again = posing(make_vault(store), always=False)
    assert again.inspect("14 March 1957", Level.GUARDED)[0].replacement == "long ago"
    made = send(again, "14 March 1957")
    assert made.text == made.decided[0].replacement == "long ago"
    again.decide("long ago", Action.PLACEHOLDER)
    assert again.sanitize("14 March 1957", Level.GUARDED).text == "1957"
    again.decide("14 March 1957", Action.PLACEHOLDER)
    assert again.sanitize("14 March 1957", Level.GUARDED).text.startswith("BIRTHDATE-")


def test_a_look_shows_the_stand_in_once_there_is_one() -> None:
    border = posing()
    assert border.inspect("ANNA SMITH", Level.GUARDED)[0].replacement == "PERSON"
    made = send(border, "Anna Smith")
    seen = border.inspect("ANNA SMITH", Level.GUARDED)[0]
    assert (seen.action, seen.replacement) == (Action.STANDIN, made.text.upper())


def test_whoever_does_not_wait_any_more_stops_the_filter_before_it_writes() -> None:
    store = MemoryVaultStore()
    border = posing(make_vault(store))
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError

    with pytest.raises(PrivacyError):
        border.sanitize("Anna Smith", Level.GUARDED, check=check)
    assert not list(store.load("c1"))


def test_a_filter_that_still_works_keeps_nothing_of_a_conversation_that_is_gone() -> None:
    store = MemoryVaultStore()
    border = posing(make_vault(store))
    forgets = iter([lambda: None, border.forget])
    with pytest.raises(PrivacyError, match="deleted"):
        border.sanitize("Anna Smith and Bob", Level.GUARDED, check=lambda: next(forgets)())
    assert not list(store.load("c1"))


def test_brackets_of_the_persons_own_stay() -> None:
    border = posing(always=False)
    made = send(border, "[Anna] and Skagwell")
    place = made.decided[1].replacement
    assert border.restore(f"{made.text} [{place}]") == "[Anna] and Skagwell Skagwell"


def test_forgetting_leaves_no_stand_in() -> None:
    store = MemoryVaultStore()
    border = posing(make_vault(store))
    made = send(border, "Anna Smith")
    border.forget()
    assert border.restore(made.text) == made.text
    assert not list(store.load("c1"))


PARTS = st.sampled_from(
    [*(word for word in WORDS if word != "hunter2!"), "Mary", "Jones", "PERSON-7QK2", "7QK2"]
)
OTHERS = st.text(st.characters(exclude_characters="[]{}<>:/.&%@#", exclude_categories=["Cs"]), max_size=6)


@given(
    st.lists(st.one_of(PARTS, OTHERS), max_size=8),
    st.booleans(),
    st.sampled_from([Level.GUARDED, Level.STRICT]),
)
@settings(max_examples=150, deadline=None)
def test_what_leaves_hides_and_comes_back(parts: list[str], always: bool, level: Level) -> None:
    text = " ; ".join(parts)
    border = posing(always=always)
    made = send(border, text, level)
    body = json.loads(border.seal("gpt-5", [("user", made)]).body)["messages"][0]["content"]
    kept = [each for each in made.decided if each.action in (Action.KEEP, Action.ASK)]
    for each in made.decided:
        value = text[each.finding.start : each.finding.end]
        if each not in kept and len(value) > 4:
            assert value not in body
    restored = border.restore(made.text)
    if all(each.action in (Action.PLACEHOLDER, Action.STANDIN, Action.KEEP) for each in made.decided):
        assert restored.casefold() == text.casefold()
