"""The one door: questions, answers, what is kept of them, and what happens when something fails."""

import json
import threading

import pytest
from fakes import Says, Yes

from app.core import settings as keys
from app.core.approval import AnswerLocally, Approve, Refuse, Revise
from app.core.cancel import Cancel
from app.core.errors import Cancelled, Fix, PolicyRefused, SettingError, StoreError
from app.core.events import Delta, Done, Failed, Findings, Notice, Routed, Sent, Started
from app.core.types import Origin, State, Where
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level
from app.privacy.types import Action

PRIVATE = "Write to Cornelia Featherstone at cornelia@quillmail.example, please."


def ask(confidant, text, approver=None, *, conversation=None, level=None, **how):
    events = []
    conversation = conversation or confidant.session.new_conversation(level=level).id
    confidant.session.send(conversation, text, approver, Cancel(), events.append, **how)
    return conversation, events


def only(events, kind):
    return [event for event in events if isinstance(event, kind)]


def said(events):
    return "".join(event.text for event in only(events, Delta))


def test_a_local_question_is_answered_and_kept_without_a_byte_leaving(confidant, bird):
    conversation, events = ask(confidant, PRIVATE, where=Where.LOCAL)
    assert said(events) == PRIVATE
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Done)
    question, answer = confidant.session.messages(conversation)
    assert (question.text, answer.text, answer.state) == (PRIVATE, PRIVATE, State.COMPLETE)
    assert answer.route.where is Where.LOCAL
    assert question.wire_text == answer.wire_text == ""
    assert bird.requests == []


def test_a_cloud_question_is_sanitized_reviewed_sent_and_restored(confidant, bird):
    yes = Yes()
    conversation, events = ask(confidant, PRIVATE, yes, where=Where.CLOUD)
    assert said(events) == PRIVATE
    (sent,) = only(events, Sent)
    assert bird.bodies == [sent.body.encode()]
    assert "Cornelia" not in sent.body
    assert "quillmail" not in sent.body
    assert yes.reviews[0].original == PRIVATE
    restored = "".join(event.text for event in only(events, Delta) if event.origin is Origin.RESTORED)
    assert "Cornelia Featherstone" in restored
    question, answer = confidant.session.messages(conversation)
    assert "Cornelia" not in question.wire_text + answer.wire_text
    assert answer.hidden == 2
    assert "".join(piece.text for piece in answer.pieces) == answer.text == PRIVATE
    assert confidant.session.ledger_body(answer.ledger) == sent.body


def test_earlier_turns_go_out_byte_for_byte_as_before(confidant, bird):
    conversation, _ = ask(confidant, PRIVATE, Yes(), where=Where.CLOUD)
    ask(confidant, "Make it shorter.", Yes(), conversation=conversation, where=Where.CLOUD)
    first, second = (json.loads(body)["messages"] for body in bird.bodies)
    assert second[1] == first[1]
    assert second[2]["content"] == confidant.session.messages(conversation)[1].wire_text


def test_what_was_answered_here_stays_here(confidant, bird):
    conversation, _ = ask(confidant, "My neighbour is called Ulrich Zwettler.", where=Where.LOCAL)
    ask(confidant, "What is 2 + 2?", Yes(), conversation=conversation, where=Where.CLOUD)
    assert "neighbour" not in bird.received


def test_a_stricter_level_keeps_earlier_turns_from_going_out_again(confidant, bird):
    conversation, _ = ask(
        confidant, "Tell me about the Fenwick agreement.", Yes(), level=Level.OPEN, where=Where.CLOUD
    )
    confidant.session.set_level(conversation, Level.STRICT)
    bird.bodies.clear()
    ask(confidant, "And then?", Yes(), conversation=conversation, where=Where.CLOUD)
    assert b"Fenwick" not in bird.bodies[0]


def test_a_later_decision_hides_a_value_in_earlier_turns_too(confidant, bird):
    conversation, _ = ask(confidant, "We plan a heron festival.", Yes(), where=Where.CLOUD)
    assert b"heron festival" in bird.bodies[0]
    confidant.border.privacy(conversation).decide("heron festival", Action.PLACEHOLDER)
    yes = Yes()
    ask(
        confidant, "Write a slogan for the heron festival.", yes, conversation=conversation, where=Where.CLOUD
    )
    assert b"heron festival" not in bird.bodies[1]
    assert yes.reviews[0].rewritten >= 1


def test_a_decision_in_the_review_changes_what_is_sent(confidant, bird):
    says = Says(Revise("Cornelia Featherstone", Action.KEEP), Approve())
    ask(confidant, PRIVATE, says, where=Where.CLOUD)
    assert len(says.reviews) == 2
    assert b"Cornelia Featherstone" in bird.bodies[0]
    assert b"quillmail" not in bird.bodies[0]


def test_answer_locally_in_the_review_sends_nothing(confidant, bird):
    _, events = ask(confidant, PRIVATE, Says(AnswerLocally()), where=Where.CLOUD)
    assert said(events) == PRIVATE
    assert {event.origin for event in only(events, Delta)} == {Origin.LOCAL}
    assert only(events, Routed)[-1].where is Where.LOCAL
    assert bird.bodies == []


@pytest.mark.parametrize("approver", [Says(Refuse("No.")), None])
def test_without_a_yes_nothing_is_sent(confidant, bird, approver):
    conversation, events = ask(confidant, PRIVATE, approver, where=Where.CLOUD)
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "refused"
    assert bird.bodies == []
    assert confidant.session.messages(conversation)[-1].state is State.FAILED


@pytest.mark.parametrize(("text", "reviews"), [("What is the boiling point of water?", 0), (PRIVATE, 1)])
def test_ask_if_private_asks_only_where_something_is_private(confidant, bird, text, reviews):
    confidant.settings.set(keys.CLOUD_POLICY, "ask-if-private")
    yes = Yes()
    ask(confidant, text, yes, where=Where.CLOUD)
    assert len(yes.reviews) == reviews
    assert len(bird.bodies) == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [(keys.CLOUD_ENABLED, False), (keys.CLOUD_BASE_URL, ""), (keys.CLOUD_POLICY, "never")],
    ids=lambda value: str(getattr(value, "key", value)),
)
def test_with_the_cloud_closed_the_computer_answers_and_says_why(confidant, bird, setting, value):
    confidant.settings.set(setting, value)
    for where in Where:
        _, events = ask(confidant, PRIVATE, Yes(), where=where)
        assert said(events) == PRIVATE
        assert only(events, Routed)[0].where is Where.LOCAL
        assert only(events, Routed)[0].reasons
    assert bird.requests == []


def test_a_local_conversation_never_uses_the_cloud(confidant, bird):
    _, events = ask(confidant, PRIVATE, Yes(), level=Level.LOCAL, where=Where.CLOUD)
    assert said(events) == PRIVATE
    assert bird.requests == []


HARD = "Derive and prove the closed form step by step, then implement the algorithm in Python."


@pytest.mark.parametrize("text", [HARD, PRIVATE])
@pytest.mark.parametrize("where", [Where.AUTO, Where.CLOUD])
def test_an_unreachable_cloud_gets_a_local_answer_whoever_chose_it(confidant, text, where):
    confidant.settings.set(keys.CLOUD_BASE_URL, "http://127.0.0.1:9")
    confidant.settings.set(keys.CLOUD_RETRIES, 0)
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    conversation, events = ask(confidant, text, Yes(), where=where)
    assert said(events) == text
    if where is Where.CLOUD or text == HARD:
        assert any(notice.lasting for notice in only(events, Notice))
    assert isinstance(events[-1], Done)
    assert confidant.session.messages(conversation)[-1].route.where is Where.LOCAL


class _Broken:
    """A detector that fails as a missing model does."""

    name = "broken"
    kinds = frozenset()

    def find(self, text, known=()):
        raise PrivacyError("The name model is missing.")


def test_if_the_filter_fails_nothing_is_sent(confidant, bird):
    confidant.border._finder = _Broken()
    for where in (Where.AUTO, Where.CLOUD):
        _, events = ask(confidant, PRIVATE, Yes(), where=where)
        assert (events[-1].kind, events[-1].fix) == ("filter", Fix.ANSWER_LOCALLY)
    assert bird.bodies == []


def test_if_the_ledger_cannot_be_written_nothing_is_sent(confidant, bird):
    ledger = confidant.border.ledger

    def note(*args):
        raise StoreError("The disk is full.")

    ledger.note = note
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    _, events = ask(confidant, PRIVATE, Yes(), where=Where.CLOUD)
    assert events[-1].kind == "store"
    assert bird.requests == []


def test_stop_keeps_what_had_come(confidant, bird):
    bird.hold.clear()
    cancel, events = Cancel(), []
    conversation = confidant.session.new_conversation().id

    def stop():
        bird.halfway.wait(10)
        cancel.set()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled):
        confidant.session.send(
            conversation,
            "Tell me a story about the sea and the wind.",
            Yes(),
            cancel,
            events.append,
            where=Where.CLOUD,
        )
    thread.join()
    answer = confidant.session.messages(conversation)[-1]
    assert answer.state is State.STOPPED
    assert answer.text == said(events)


def test_a_temporary_conversation_leaves_nothing_in_the_file(confidant):
    conversation = confidant.session.new_conversation(temporary=True)
    ask(confidant, "Zorblaxian canary words", conversation=conversation.id, where=Where.LOCAL)
    assert confidant.session.messages(conversation.id)[-1].text == "Zorblaxian canary words"
    assert confidant.session.conversations() == []
    confidant.close()
    for path in confidant.paths.profile.rglob("*"):
        assert not path.is_file() or b"Zorblaxian" not in path.read_bytes()


def test_with_memory_off_new_conversations_are_temporary(confidant):
    confidant.settings.set(keys.MEMORY_ENABLED, False)
    assert confidant.session.new_conversation().temporary


def test_the_destination_names_what_send_would_do(confidant):
    conversation = confidant.session.new_conversation().id
    hard = "Derive and prove the closed form step by step, then implement the algorithm in Python."
    assert confidant.session.destination(conversation, "Hello").where is Where.LOCAL
    cloud = confidant.session.destination(conversation, hard)
    assert (cloud.where, cloud.review) == (Where.CLOUD, True)
    assert confidant.session.destination(conversation, hard, sensitive=1).where is Where.LOCAL
    confidant.session.set_level(conversation, Level.LOCAL)
    assert confidant.session.destination(conversation, hard).where is Where.LOCAL


def test_looking_ahead_stores_and_sends_nothing(confidant, bird):
    conversation = confidant.session.new_conversation().id
    found = confidant.session.inspect(conversation, PRIVATE)
    assert {each.finding.kind.value for each in found} >= {"PERSON", "EMAIL"}
    assert confidant.session.messages(conversation) == []
    assert bird.requests == []


def test_a_deleted_conversation_takes_its_originals_along(confidant):
    conversation, _ = ask(confidant, PRIVATE, Yes(), where=Where.CLOUD)
    confidant.session.delete(conversation)
    assert confidant.session.conversations() == []
    assert confidant.border.privacy(conversation).restore("PERSON-7QK2") == "PERSON-7QK2"


def test_wrong_use_is_told(confidant):
    with pytest.raises(SettingError, match="mechanism"):
        ask(confidant, "Hello", mechanism="magic")
    with pytest.raises(SettingError, match="too long"):
        ask(confidant, "x" * 2_000_001)
    empty = confidant.session.new_conversation().id
    with pytest.raises(StoreError, match="question"):
        confidant.session.answer_again(empty, None, Cancel(), lambda event: None)


def test_half_a_character_does_no_harm(confidant):
    _, events = ask(confidant, "broken \ud83d emoji", where=Where.LOCAL)
    assert said(events) == "broken ? emoji"


def test_findings_come_before_anything_is_sent(confidant):
    _, events = ask(confidant, PRIVATE, Yes(), where=Where.CLOUD)
    kinds = [type(event) for event in events]
    assert kinds.index(Findings) < kinds.index(Sent) < kinds.index(Delta)


@pytest.mark.parametrize("call", ["cloud_models", "test_cloud"])
def test_while_the_cloud_is_off_not_even_a_test_leaves(confidant, bird, call):
    confidant.settings.set(keys.CLOUD_ENABLED, False)
    with pytest.raises(PolicyRefused, match="switched off"):
        getattr(confidant.session, call)(Cancel())
    assert bird.requests == []
    assert confidant.session.ledger_entries() == []


def test_of_a_question_asked_again_the_last_answer_goes_on(confidant, bird):
    conversation, _ = ask(confidant, "Name a colour.", where=Where.LOCAL)
    events = []
    confidant.session.answer_again(conversation, Yes(), Cancel(), events.append, where=Where.CLOUD)
    ask(confidant, "And another one.", Yes(), conversation=conversation, where=Where.CLOUD)
    messages = json.loads(bird.bodies[-1])["messages"]
    assert [message["content"] for message in messages[1:]] == ["Name a colour."] * 2 + ["And another one."]
