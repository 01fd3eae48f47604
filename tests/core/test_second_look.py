"""The second look adds what stands in the text word for word, in time or not at all, and harms nothing."""

import json
import time

import pytest
from fakes import Says, Yes
from hypothesis import given
from hypothesis import strategies as st

from app.core.approval import Approve, Revise
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Cancelled, NotReady
from app.core.events import Done, Findings, Notice, Sent
from app.core.second_look import WINDOW, SecondLook
from app.core.settings import LOCAL_SERVER, PRIVACY_ALLOWED, PRIVACY_SECOND_LOOK
from app.core.types import Where
from app.privacy.detectors.wordlist import WordLists
from app.privacy.policy import Level
from app.privacy.types import Action, Decided, Finding, Kind

LISTS = WordLists()
TEXT = "My boss Tuvabrin at Quillstone knows that I drink too much, says quillmail@fenmail.example."


def items(*pairs):
    return json.dumps([{"quote": quote, "kind": kind} for quote, kind in pairs], ensure_ascii=False)


def look(answers, text=TEXT, decided=(), **options):
    engine = EchoEngine([answers] if isinstance(answers, str) else answers)
    return SecondLook(engine, LISTS, lambda: "", **options).find(text, decided, Cancel()), engine


def hidden(text, value, kind=Kind.EMAIL, action=Action.PLACEHOLDER):
    start = text.index(value)
    return Decided(Finding(kind, start, start + len(value), 1.0, "test", "test"), action, "X")


def values(looked, text=TEXT):
    return [(each.kind, text[each.start : each.end]) for each in looked.findings]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("[]", []),
        (items(("Tuvabrin", "person")), [(Kind.PERSON, "Tuvabrin")]),
        (items(("Quillstone", "organization")), [(Kind.ORG, "Quillstone")]),
        (items(("I drink too much", "health")), [(Kind.SENSITIVE, "I drink too much")]),
        (items(("Tuvabrin", "person"), ("Nobody", "person")), [(Kind.PERSON, "Tuvabrin")]),
        (items(*[("Tuvabrin", "person")] * 8), [(Kind.PERSON, "Tuvabrin")]),
        # No quote: other words, another case, half a word, another kind of thing.
        (items(("Tuvabrin Olsen", "person")), []),
        (items(("tuvabrin", "person")), []),
        (items(("Tuvab", "person")), []),
        (items(("boss", "person"), ("My boss", "person")), []),
        (items(("Tuvabrin at Quillstone knows that I", "person")), []),
        (items(("drink", "health")), []),
        (items(("Quillstone", "number")), []),
        (items(("Quillstone", "colour")), []),
        (items(("", "person"), (" ", "person"), (".", "person")), []),
        # Cut off in the middle of the second.
        (items(("Tuvabrin", "person"), ("Quillstone", "organization"))[:-20], [(Kind.PERSON, "Tuvabrin")]),
    ],
)
def test_only_words_of_the_text_are_found(said, found) -> None:
    looked, _ = look(said)
    assert values(looked) == found
    assert not looked.told
    assert all(each.score < 0.6 and each.detector == "second-look" for each in looked.findings)


def test_the_model_sees_only_what_the_filter_leaves_readable() -> None:
    _, engine = look("[]", decided=[hidden(TEXT, "quillmail@fenmail.example")])
    seen = engine.prompts[0].messages[-1].text
    assert "quillmail" not in seen
    assert "[EMAIL]" in seen
    assert engine.prompts[0].generation.grammar


def test_a_quote_that_touches_something_hidden_is_refused() -> None:
    text = "Ask Tuvabrin Olsen-Hart of Olsengard today."
    decided = [hidden(text, "Olsen-Hart", Kind.PERSON)]
    said = items(("[PERSON]", "person"), ("Tuvabrin [PERSON]", "person"), ("PERSON", "person"))
    assert values(look(said, text, decided)[0], text) == []


def test_what_was_decided_to_stay_readable_is_not_found_again() -> None:
    decided = [hidden(TEXT, "Quillstone", Kind.ORG, Action.KEEP)]
    assert values(look(items(("Quillstone", "organization")), decided=decided)[0]) == []


@given(
    words=st.lists(
        st.sampled_from(["Tuvabrin", "tea", "ärger", "Zoë\u0301", "\U0001f600", "\n", "Quillstone"]),
        max_size=40,
    ),
    cuts=st.sets(st.integers(0, 39), max_size=6),
)
def test_offsets_are_those_of_the_original_whatever_is_hidden_around(words, cuts) -> None:
    text, decided = "", []
    for at, word in enumerate(words):
        start = len(text)
        text += word + " "
        if at in cuts:
            finding = Finding(Kind.PERSON, start, start + len(word), 1.0, "test", "test")
            decided.append(Decided(finding, Action.PLACEHOLDER, "X"))
    said = items(("Tuvabrin", "person"), ("Quillstone", "organization"), ("PERSON", "person"))
    looked, _ = look(said, text, decided)
    free = {word for at, word in enumerate(words) if at not in cuts} & {"Tuvabrin", "Quillstone"}
    assert {value for _, value in values(looked, text)} == free


def test_a_long_text_is_seen_in_short_windows_that_leave_nothing_out() -> None:
    text = " ".join(f"Line {number} über dies und das." for number in range(400))
    _, engine = look([], text)  # it echoes, which is no list
    engine = EchoEngine(["[]"] * 40)
    SecondLook(engine, LISTS, lambda: "").find(text, (), Cancel())
    windows = [prompt.messages[-1].text for prompt in engine.prompts]
    assert "".join(windows) == text
    assert len(windows) > 3
    assert all(len(window.encode()) <= WINDOW for window in windows)


def test_too_slow_is_left_out_and_told() -> None:
    begun = time.monotonic()
    said = items(("Tuvabrin", "person"), ("Quillstone", "organization"))
    slow = SecondLook(EchoEngine([said], pause=0.2), LISTS, lambda: "", seconds=0.7)
    looked = slow.find(TEXT, (), Cancel())
    assert time.monotonic() - begun < 3
    assert looked.told == (
        "The second look for private details was too slow, so it was left out for a part of the text.",
    )
    assert values(looked) in ([], [(Kind.PERSON, "Tuvabrin")])


class Broken(EchoEngine):
    """An engine that fails as it is told."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def stream(self, prompt, cancel):
        raise self.error
        yield


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        (Broken(NotReady("No model is chosen.")), "No model is chosen."),
        (Broken(RuntimeError("anything")), "did not work"),
        (EchoEngine(["Sure, here is a list."]), "did not work"),
        (EchoEngine(['[{"quote": "Tuvabrin\\x", "kind": "person"}]']), "did not work"),
    ],
)
def test_whatever_fails_the_rest_goes_on_and_is_told(engine, said) -> None:
    looked = SecondLook(engine, LISTS, lambda: "").find(TEXT, (), Cancel())
    assert looked.findings == ()
    assert said in looked.told[0]


def test_stop_stops_it() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        SecondLook(EchoEngine(["[]"]), LISTS, lambda: "").find(TEXT, (), cancel)


def test_a_model_that_does_not_help_is_not_asked() -> None:
    engine = EchoEngine()
    looked = SecondLook(engine, LISTS, lambda: "Too small.").find(TEXT, (), Cancel())
    assert looked.told == ("Too small.",)
    assert engine.prompts == []


# In a question to the cloud

SPOTS = ("desk 12c9", "slot 481", "tray 93b4", "hook 2208", "box 7710")


class Unseen:
    """A question with a detail in it that the filter of today does not see."""

    def __init__(self, confidant):
        privacy = confidant.border.privacy(confidant.border.fresh())
        questions = {spot: f"Please put the parcel on {spot} behind the door." for spot in SPOTS}
        self.spot = next(
            spot for spot, question in questions.items() if not privacy.inspect(question, Level.GUARDED)
        )
        self.question = questions[self.spot]
        self.said = items((self.spot, "number"))


def ask(confidant, approver, level=Level.GUARDED):
    events = []
    conversation = confidant.session.new_conversation(level=level).id
    confidant.session.send(
        conversation, confidant.unseen.question, approver, Cancel(), events.append, where=Where.CLOUD
    )
    return events


@pytest.fixture
def looking(confidant):
    """The second look is on, and what a model of any size would say is scripted."""
    confidant.settings.set(PRIVACY_SECOND_LOOK, "on")
    confidant.settings.set(LOCAL_SERVER, "http://127.0.0.1:9")  # its size is unknown, so it may look
    confidant.unseen = Unseen(confidant)
    confidant.script = confidant.local._stand_in._answers
    return confidant


def test_what_it_finds_is_hidden_and_shown(looking, bird) -> None:
    looking.script.append(looking.unseen.said)
    person = Yes()
    events = ask(looking, person)
    sent = next(event for event in events if isinstance(event, Sent))
    assert looking.unseen.spot not in sent.body
    assert looking.unseen.spot not in bird.received
    assert "second look" in person.reviews[0].decided[0].finding.why
    assert isinstance(events[-1], Done)


def test_the_person_may_decide_otherwise_and_it_is_asked_once(looking, bird) -> None:
    looking.script.append(looking.unseen.said)
    person = Says(Revise(looking.unseen.spot, Action.KEEP), Approve())
    events = ask(looking, person)
    assert len(person.reviews) == 2
    assert looking.unseen.spot in next(event for event in events if isinstance(event, Sent)).body
    assert len(looking.local._stand_in.prompts) == 1


def test_what_the_person_lets_leave_is_not_hidden_by_it(looking, bird) -> None:
    looking.settings.set(PRIVACY_ALLOWED, (looking.unseen.spot.upper(),))
    looking.script.append(looking.unseen.said)
    ask(looking, Yes())
    assert looking.unseen.spot in bird.received


def test_nonsense_of_the_model_stops_no_question(looking) -> None:
    looking.script.append("I cannot do that.")
    events = ask(looking, Yes())
    assert any(isinstance(event, Notice) and "did not work" in event.told for event in events)
    assert isinstance(events[-1], Done)


def test_off_or_at_the_open_level_no_model_is_asked(looking) -> None:
    ask(looking, Yes(), level=Level.OPEN)
    looking.settings.set(PRIVACY_SECOND_LOOK, "off")
    ask(looking, Yes())
    assert looking.local._stand_in.prompts == []


def test_the_bundled_model_is_too_small_and_that_is_said(looking) -> None:
    looking.settings.set(LOCAL_SERVER, "")
    events = ask(looking, Yes())
    assert any(isinstance(event, Notice) and "too small" in event.told for event in events)
    assert looking.local._stand_in.prompts == []
    assert next(event for event in events if isinstance(event, Findings)).decided == ()
