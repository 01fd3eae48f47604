"""What leaves holds nothing hidden, what comes back shows it again, and any failure lets nothing out."""

import json
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.privacy.errors import PrivacyError
from app.privacy.filter import BROKEN, PrivacyFilter
from app.privacy.policy import Level
from app.privacy.prompt import CUT, SanitizedPrompt, SanitizedText, Template, WireRole
from app.privacy.propagate import Known
from app.privacy.types import Action, Finding, Kind
from app.privacy.vault import Entry, MemoryVaultStore, Vault
from tests.privacy.border import KEY, WORDS, WordFinder, make_filter, make_vault

Messages = Sequence[tuple[WireRole, SanitizedText]]


def seal(border: PrivacyFilter, messages: Messages, model: str = "gpt-5") -> SanitizedPrompt:
    return border.seal(model, messages)


def send(border: PrivacyFilter, text: str, level: Level = Level.GUARDED) -> SanitizedText:
    made = border.sanitize(text, level)
    border.mark_sent(seal(border, [("user", made)]).codes)
    return made


def test_details_leave_as_placeholders_and_come_back() -> None:
    border = make_filter()
    made = send(border, "Anna Smith <anna@example.com> wrote. anna SMITH and Anna Smith's dog.")
    assert not [word for word in ("anna smith", "anna@") if word in made.text.lower()]
    assert made.text.count("PERSON-") == 2
    assert len(made.codes) == 2
    assert (
        border.restore(made.text) == "Anna Smith <anna@example.com> wrote. anna SMITH and Anna Smith's dog."
    )


SPELLED = [
    "Anna Smith",
    "anna smith",
    "ANNA SMITH",
    "Anna\n  Smith",
    "anna  smith",
    "aNNa smith",
    "Anna smith",
]


@given(st.lists(st.sampled_from(SPELLED), min_size=1, max_size=8))
@settings(deadline=None)
def test_what_an_echo_says_back_is_what_was_typed(spellings: list[str]) -> None:
    border = make_filter(finder=WordFinder(dict.fromkeys(SPELLED, Kind.PERSON)))
    text = "".join(f"({at}) {each}'s dog. " for at, each in enumerate(spellings))
    made = send(border, text)
    assert len(made.codes) == 1
    shown = border.restore(made.text)
    assert shown.casefold().split() == text.casefold().split()
    if len(set(spellings)) <= 3:
        assert shown == text
    assert border.again(made.text).text == made.text
    assert border.sanitize(text, Level.GUARDED).text == made.text


def test_a_spelling_seen_in_a_later_turn_and_after_a_restart_comes_back() -> None:
    store = MemoryVaultStore()
    first = send(make_filter(store), "Anna Smith")
    second = send(make_filter(store), "ANNA SMITH or anna smith?")
    assert first.codes == second.codes
    again = make_filter(store)
    assert again.restore(f"{first.text}: {second.text}") == "Anna Smith: ANNA SMITH or anna smith?"
    assert again.again(second.text).text == second.text


def test_a_label_says_nothing_that_was_not_typed() -> None:
    border = make_filter()
    made = send(border, "Anna Smith")
    for bent in (made.text.lower(), made.text.capitalize(), f"MR{made.text}", f"[{made.text.lower()}]"):
        assert border.restore(bent).removeprefix("MR") == "Anna Smith"


def test_what_was_typed_like_another_spelling_of_a_code_is_not_ours() -> None:
    border = make_filter()
    code = next(iter(send(border, "Anna Smith and anna smith").codes))
    for typed in (f"Person-{code}", f"person-{code}", f"PERSON-{code}"):
        made = send(border, f"I typed {typed} myself, said anna smith")
        assert border.restore(made.text) == f"I typed {typed} myself, said anna smith"


def test_every_spelling_of_a_label_is_masked_before_the_last_look() -> None:
    border = make_filter(finder=WordFinder({**WORDS, "Person": Kind.ORG}))
    made = send(border, "Anna Smith, ANNA SMITH, anna smith and Person")
    assert {"PERSON-", "Person-", "person-"} <= {word[:7] for word in made.text.split()}
    assert border.restore(made.text) == "Anna Smith, ANNA SMITH, anna smith and Person"


def test_nothing_is_restored_that_was_not_sent() -> None:
    border = make_filter()
    made = border.sanitize("Anna Smith", Level.GUARDED)
    assert border.restore(made.text) == made.text


def test_each_action_does_what_it_says() -> None:
    made = make_filter().sanitize("hunter2! 12 March 1984 42 years Skagway I am ill", Level.STRICT)
    cut, born, age, place, ill = made.decided
    assert (cut.action, cut.replacement) == (Action.BLOCK, CUT)
    assert (born.action, born.replacement) == (Action.GENERALIZE, "1984")
    assert (age.action, age.replacement) == (Action.GENERALIZE, "in the 40s")
    assert place.action is Action.PLACEHOLDER
    assert place.replacement in made.text
    assert (ill.action, ill.replacement) == (Action.ASK, "I am ill")
    assert made.hidden == 4
    assert made.text.endswith("I am ill")


def test_looking_mints_nothing() -> None:
    store = MemoryVaultStore()
    border = make_filter(store)
    seen = border.inspect("Anna Smith, hunter2!, 12 March 1984, I am ill", Level.STRICT)
    assert [each.replacement for each in seen] == ["PERSON", CUT, "1984", "I am ill"]
    assert not list(store.load("c1"))


@pytest.mark.parametrize("typed", ["PERSON-7QK2", "email_4xw9", "[ID\\-B3KX]", "PERSON-7QK2X"])
def test_what_looks_like_a_placeholder_comes_back_as_typed(typed: str) -> None:
    border = make_filter()
    made = send(border, f"What is {typed}, Bob?")
    assert typed not in made.text
    assert border.restore(made.text) == f"What is {typed}, Bob?"


def test_a_code_of_the_vault_that_was_typed_is_not_taken_for_the_original() -> None:
    border = make_filter()
    code = next(iter(send(border, "Anna Smith").codes))
    for typed in (code, code.lower(), f"PERSON-{code}", f"x {code} y", f"Skagway {code}"):
        border.decide(typed, Action.KEEP)
        made = send(border, f"I typed {typed} myself")
        assert code not in made.text.upper()
        assert border.restore(made.text) == f"I typed {typed} myself"


def test_a_finding_over_a_typed_placeholder_hides_both() -> None:
    finder = WordFinder({"PERSON-7QK2 Smith": Kind.PERSON, "QK2 of": Kind.PLACE, "x-7QK2": Kind.PASSWORD})
    border = make_filter(finder=finder)
    made = send(border, "PERSON-7QK2 Smith, ID-7QK2 of, ID-x-7QK2")
    assert [each.finding.kind for each in made.decided] == [Kind.PERSON, Kind.LITERAL, Kind.PASSWORD]
    assert border.restore(made.text) == f"PERSON-7QK2 Smith, ID-7QK2 of, ID-{CUT}"


def test_a_sensitive_statement_is_still_asked_about_around_what_is_hidden() -> None:
    border = make_filter(finder=WordFinder({"Bob": Kind.PERSON, "I am ill says ID-7QK2": Kind.SENSITIVE}))
    made = border.sanitize("I am ill says ID-7QK2 to Bob", Level.GUARDED)
    assert [each.action for each in made.decided] == [Action.ASK, Action.PLACEHOLDER, Action.PLACEHOLDER]


def test_half_characters_are_replaced_before_anything() -> None:
    made = make_filter().sanitize("Bob \ud83d", Level.GUARDED)
    assert made.text.endswith(" \ufffd")


def test_decisions_win_over_the_policy_and_are_remembered() -> None:
    store = MemoryVaultStore()
    border = make_filter(store)
    border.decide("Anna Smith", Action.KEEP)
    border.decide("hunter2!", Action.KEEP)
    border.decide("the dog", Action.STANDIN)
    border.decide("  ", Action.PLACEHOLDER)
    again = make_filter(store)
    made = send(again, "Anna Smith, hunter2! and the dog")
    assert made.text.startswith("Anna Smith, hunter2! and OWN-")
    again.decide("Anna Smith", Action.PLACEHOLDER)
    assert send(again, "Anna Smith").text.startswith("PERSON-")


def test_a_kind_that_was_seen_labels_a_later_decision() -> None:
    border = make_filter()
    border.inspect("I am ill", Level.GUARDED)
    border.decide("I am ill", Action.PLACEHOLDER)
    assert border.sanitize("I am ill", Level.GUARDED).text.startswith("SENSITIVE-")


def test_a_kept_value_may_hold_a_hidden_one() -> None:
    border = make_filter(finder=WordFinder({"Smith & Sons": Kind.ORG, "Smith": Kind.PERSON}))
    send(border, "Smith")
    border.decide("Smith & Sons", Action.KEEP)
    assert send(border, "Smith & Sons, Smith").text.startswith("Smith & Sons, PERSON-")


def test_an_unsent_value_follows_the_level_and_a_literal_no_decision() -> None:
    border = make_filter()
    assert border.sanitize("12 March 1984", Level.STRICT).text == "1984"
    made = send(border, "12 March 1984 PERSON-7QK2")
    assert made.text.startswith("BIRTHDATE-")
    border.decide("PERSON-7QK2", Action.KEEP)
    assert border.sanitize("PERSON-7QK2", Level.OPEN).text.startswith("LITERAL-")


def test_what_was_hidden_on_the_wire_stays_hidden_at_a_lower_level() -> None:
    border = make_filter()
    border.sanitize("42 years", Level.STRICT)
    assert border.sanitize("42 years", Level.GUARDED).text == "42 years", "it never left"
    send(border, "3 May 2024", Level.STRICT)
    assert border.sanitize("3 May 2024", Level.GUARDED).text == "May 2024"


def test_a_wording_that_would_show_a_hidden_word_is_not_used() -> None:
    border = make_filter()
    border.decide("1984", Action.PLACEHOLDER)
    assert send(border, "born 12 March 1984", Level.STRICT).text.startswith("born BIRTHDATE-")


def test_an_earlier_turn_leaves_byte_for_byte() -> None:
    border = make_filter()
    wire = send(border, "Anna Smith and the  dog \t").text
    again = border.again(wire)
    assert again.text == wire
    assert again.decided == ()
    assert again.codes


def test_an_earlier_turn_hides_what_is_hidden_since() -> None:
    border = make_filter()
    wire = send(border, "Anna Smith loves Fido, not Fidora").text
    border.decide("Fido", Action.PLACEHOLDER)
    again = border.again(wire)
    assert again.text.startswith(wire.split("Fido")[0] + "OWN-")
    assert again.text.endswith(", not Fidora")
    assert len(again.decided) == 1
    border.mark_sent(seal(border, [("user", again)]).codes)
    assert border.restore(again.text) == "Anna Smith loves Fido, not Fidora"


def test_common_words_count_in_capitals_only() -> None:
    border = make_filter(finder=WordFinder({"May": Kind.PERSON}))
    send(border, "May")
    assert border.again("I may come, May").text.startswith("I may come, PERSON-")


@pytest.mark.parametrize(
    "text",
    [
        "Anna Smith",
        "ANNA\u200b smith",
        "Ａｎｎａ Smith",
        '{"x": "\\u0041nna Smith"}',
        "Anna\\nSmith",
        "anna_smith",
    ],
)
def test_a_request_with_a_readable_original_is_not_made(text: str) -> None:
    border = make_filter(finder=WordFinder({}))
    made = border.sanitize(text, Level.GUARDED)
    border.decide("Anna Smith", Action.PLACEHOLDER)
    with pytest.raises(PrivacyError, match="readable"):
        seal(border, [("user", made)])


def test_labels_and_fixed_sentences_hide_no_request() -> None:
    border = make_filter()
    for word in ("email", "codes", "removed"):
        border.decide(word, Action.PLACEHOLDER)
    made = border.sanitize("anna@example.com hunter2!", Level.GUARDED)
    prompt = seal(border, [("system", border.template(Template.PLAIN, coded=True)), ("user", made)])
    messages = json.loads(prompt.body)["messages"]
    assert messages[0]["content"] == Template.PLAIN.words(coded=True)
    assert messages[1]["content"] == made.text


@pytest.mark.parametrize("model", ["", "a b", "gpt\n5", "Skagway", "x" * 300])
def test_a_model_with_an_odd_name_is_refused(model: str) -> None:
    border = make_filter()
    border.decide("Skagway", Action.PLACEHOLDER)
    with pytest.raises(PrivacyError):
        seal(border, [("system", border.template(Template.PLAIN))], model)


def test_a_text_of_another_conversation_is_refused() -> None:
    made = make_filter().sanitize("Bob", Level.GUARDED)
    with pytest.raises(PrivacyError, match="another conversation"):
        seal(make_filter(), [("user", made)])


def test_a_secret_that_shows_up_late_is_refused_from_the_person_alone() -> None:
    finder = WordFinder()
    border = make_filter(finder=finder)
    made = border.sanitize("use tok-123456 and hunter2!", Level.GUARDED)
    finder.words |= {"tok-123456": Kind.SECRET, CUT: Kind.PASSWORD}
    seal(border, [("assistant", made)])
    with pytest.raises(PrivacyError, match="secret"):
        seal(border, [("user", made)])
    border.decide("tok-123456", Action.KEEP)
    seal(border, [("user", made)])
    seal(border, [("user", made)])


def test_forgetting_leaves_nothing() -> None:
    store = MemoryVaultStore()
    border = make_filter(store)
    made = send(border, "Anna Smith")
    border.forget()
    assert border.restore(made.text) == made.text
    assert not list(store.load("c1"))


def test_what_another_thread_hides_meanwhile_is_noticed() -> None:
    class Busy(Vault):
        """Gets an entry from elsewhere right after it told of those that it had."""

        later: Entry | None = None

        def entries(self) -> tuple[Entry, ...]:
            told = super().entries()
            if self.later is not None:
                entry, self.later = self.later, None
                self.add(entry)
            return told

    vault = Busy("c1", MemoryVaultStore(), KEY)
    border = PrivacyFilter(WordFinder({}), vault)
    made = border.sanitize("to Bob", Level.GUARDED)
    vault.later = Entry(Kind.PERSON, "Bob", "7QK3", Action.PLACEHOLDER)
    seal(border, [("user", made)])
    with pytest.raises(PrivacyError, match="readable"):
        seal(border, [("user", made)])


def test_another_process_restores_what_this_one_sent() -> None:
    store = MemoryVaultStore()
    one, other = make_filter(store), make_filter(store)
    assert other.restore("x") == "x"
    assert other.restore(send(one, "Anna Smith").text) == "Anna Smith"


def test_blanks_at_the_ends_of_a_finding_stay_where_they_are() -> None:
    border = make_filter(finder=WordFinder({" Bob ": Kind.PERSON, "  ": Kind.ORG}))
    made = border.sanitize("to Bob and  me", Level.GUARDED)
    assert made.text.startswith("to PERSON-")
    assert made.text.endswith(" and  me")
    assert len(made.decided) == 1


class Broken(WordFinder):
    def __init__(self, found: tuple[Finding, ...] | None = None) -> None:
        super().__init__()
        self.found = found

    def find(self, text: str, known: Sequence[Known]) -> tuple[Finding, ...]:
        if self.found is None:
            raise ValueError(text)
        return self.found


class BrokenStore(MemoryVaultStore):
    """Fails where it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.failing = ""

    def load(self, conversation: str) -> tuple[tuple[str, bytes], ...]:
        if self.failing == "load":
            raise OSError("canary")
        if self.failing == "garbage":
            return (("x", b"garbage that is long enough"),)
        return tuple(super().load(conversation))

    def put(self, conversation: str, index: str, ciphertext: bytes) -> None:
        if self.failing == "put":
            raise OSError("canary")
        super().put(conversation, index, ciphertext)


WRONG = [(5, 2), (0, 99), (-1, 2), (3, 3)]


@pytest.mark.parametrize(
    "found", [None, *(tuple([Finding(Kind.PERSON, *span, 1.0, "x", "x")]) for span in WRONG)]
)
def test_a_broken_finder_lets_nothing_out(found: tuple[Finding, ...] | None) -> None:
    border = make_filter(finder=Broken(found))
    for call in (border.inspect, border.sanitize):
        with pytest.raises(PrivacyError, match=BROKEN) as caught:
            call("canary", Level.GUARDED)
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None


@pytest.mark.parametrize("failing", ["load", "put", "garbage"])
def test_a_broken_vault_lets_nothing_out(failing: str) -> None:
    store = BrokenStore()
    border = make_filter(store)
    made = border.sanitize("Anna Smith", Level.GUARDED)
    prompt = seal(border, [("user", made)])
    store.failing = failing
    calls = [lambda: border.decide("Fido", Action.PLACEHOLDER), lambda: border.sanitize("Bob", Level.GUARDED)]
    if failing == "put":
        calls.append(lambda: border.mark_sent(prompt.codes))
    else:
        calls += [lambda: border.again(made.text), lambda: border.restore(made.text)]
        calls += [
            lambda: seal(border, [("user", made)]),
            lambda: border.restorer().feed(made.text + " said hello") and None,
        ]
    for call in calls:
        with pytest.raises(PrivacyError) as caught:
            call()
        assert "canary" not in caught.value.told
        assert caught.value.__context__ is None


PARTS = st.sampled_from(
    [*(word for word in WORDS if word not in {"anna smith", "hunter2!"}), "PERSON-7QK2", "7QK2"]
)


@given(
    st.lists(
        st.one_of(
            PARTS, st.text(st.characters(exclude_characters="[]:/.<", exclude_categories=["Cs"]), max_size=6)
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_what_leaves_hides_and_comes_back(parts: list[str]) -> None:
    text = " ".join(parts)
    border = make_filter()
    made = send(border, text)
    assert "Anna Smith" not in made.text
    assert "anna@example" not in made.text
    assert border.restore(made.text) == text


def test_a_megabyte_takes_seconds() -> None:
    text = "".join(f"Lorem ipsum dolor Anna Smith, {at} hunter2! and so on. " for at in range(4000))
    border = make_filter()
    begun = time.perf_counter()
    made = send(border, text)
    border.again(made.text)
    assert time.perf_counter() - begun < 20
    assert make_vault().entries() == ()
