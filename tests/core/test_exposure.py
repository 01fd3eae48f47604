"""Which traits a provider could join up: counted, warned of once, and made vaguer where the person wants."""

import pytest
from fakes import Says, Yes, parrot

from app.core import settings as keys
from app.core.approval import Approve, Refuse, Revise, ReviseAll
from app.core.cancel import Cancel
from app.core.events import Failed, Findings, Sent
from app.core.types import Where
from app.privacy.exposure import Trait, vaguer
from app.privacy.policy import Level
from app.privacy.types import Action

JOB = "I'm a nurse. How do I sleep after a night shift?"
THREE = "I'm a nurse, my two kids are loud and I'm 34. How do I sleep?"


@pytest.fixture
def session(confidant):
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    confidant.settings.set(keys.CLOUD_POLICY, "ask-if-private")
    return confidant.session


def ask(session, text, approver, conversation=None):
    events = []
    conversation = conversation or session.new_conversation().id
    session.send(conversation, text, approver, Cancel(), events.append, where=Where.CLOUD)
    return events


def told(confidant):
    return {
        provider: {trait: known.times for trait, known in traits.items()}
        for provider, traits in confidant.border.exposure()
    }


def test_what_a_request_tells_is_counted_for_its_provider(confidant, session, bird):
    ask(session, JOB, Yes())
    ask(session, JOB, Yes())
    provider = bird.address.removeprefix("http://")
    assert told(confidant) == {provider: {Trait.JOB: 2}}
    (known,) = session.exposure()[provider].values()
    assert known.first < known.last


def test_nothing_is_counted_that_was_not_sent(confidant, session, bird):
    ask(session, THREE, Says(Refuse()))
    assert told(confidant) == {}
    assert bird.bodies == []


def test_a_warning_comes_when_three_join_up_and_only_where_one_is_new(confidant, session):
    yes = Yes()
    ask(session, JOB, yes)
    ask(session, "My two kids are loud.", yes)
    assert yes.reviews == []
    ask(session, "I'm 34 and tired.", yes)
    (review,) = yes.reviews
    assert review.joined == (Trait.AGE, Trait.FAMILY, Trait.JOB)
    assert {each.trait for each in review.reveals} == {Trait.AGE}
    assert review.exposed == {Trait.FAMILY, Trait.JOB}
    ask(session, "I'm 34 and tired.", yes)
    ask(session, JOB, yes)
    ask(session, "What is the boiling point of water?", yes)
    assert len(yes.reviews) == 1
    ask(session, "I live in Marburg. Where can I swim?", yes)
    assert len(yes.reviews) == 2


def test_where_every_request_is_shown_the_warning_is_part_of_it(confidant, session):
    confidant.settings.set(keys.CLOUD_POLICY, "ask")
    yes = Yes()
    ask(session, JOB, yes)
    assert yes.reviews[0].joined == ()
    ask(session, THREE, yes)
    assert set(yes.reviews[1].joined) == {Trait.AGE, Trait.FAMILY, Trait.JOB}


def test_vaguer_words_are_sent_and_do_not_count(confidant, session, bird):
    def say_less(review):
        return ReviseAll(
            tuple(
                Revise(value, Action.GENERALIZE, vaguer(each.trait, value))
                for each in review.reveals
                for value in [review.original[each.start : each.end]]
            )
        )

    class Less:
        def __init__(self):
            self.reviews = []

        def decide(self, review, cancel):
            self.reviews.append(review)
            return say_less(review) if len(self.reviews) == 1 else Approve()

    less = Less()
    ask(session, THREE, less)
    (body,) = bird.bodies
    assert b"I'm a health worker, my family are loud and I'm in my 30s" in body
    assert less.reviews[1].reveals == ()
    assert told(confidant) == {}


def test_a_temporary_conversation_counts_too_and_keeps_no_word(confidant, session):
    ask(session, JOB, Yes(), session.new_conversation(temporary=True).id)
    ((_, traits),) = confidant.border.exposure()
    assert set(traits) == {Trait.JOB}
    with confidant._kept.reading() as connection:
        rows = [dict(row) for row in connection.execute("SELECT * FROM exposure")]
    assert [set(row) for row in rows] == [{"provider", "trait", "first", "last", "times"}]
    assert "nurse" not in str(rows)


def test_another_provider_is_another_count_and_learns_what_earlier_turns_tell(confidant, session, bird):
    conversation = session.new_conversation().id
    ask(session, JOB, Yes(), conversation)
    with parrot() as other:
        confidant.settings.set(keys.CLOUD_BASE_URL, other.address)
        yes = Yes()
        ask(session, "Make it shorter.", yes, conversation)
        ask(session, "Even shorter.", yes, conversation)
        here = {other.address.removeprefix("http://"): {Trait.JOB: 1}}
    assert told(confidant) == here | {bird.address.removeprefix("http://"): {Trait.JOB: 1}}


def test_deleting_a_conversation_leaves_the_count_and_erasing_all_does_not(confidant, session):
    conversation = session.new_conversation().id
    ask(session, JOB, Yes(), conversation)
    session.delete(conversation)
    assert told(confidant)
    ask(session, JOB, Yes())
    session.erase_everything()
    assert told(confidant) == {}


def test_what_one_provider_was_told_can_be_forgotten_here(confidant, session):
    ask(session, JOB, Yes())
    ((provider, _),) = confidant.border.exposure()
    session.forget_exposure(provider)
    assert session.exposure() == {}


def test_a_sensitive_statement_counts_once_it_is_agreed_to(confidant, session):
    ask(session, "I was diagnosed with cancer. What do I ask my doctor?", Yes())
    ((_, traits),) = confidant.border.exposure()
    assert set(traits) == {Trait.HEALTH}


def test_what_is_hidden_tells_nothing(confidant, session, bird):
    conversation = session.new_conversation(level=Level.STRICT).id
    events = ask(
        session, "I live in Marburg and work for Initech. How do I find friends?", Yes(), conversation
    )
    assert b"Marburg" not in bird.bodies[0]
    assert told(confidant) == {}
    (found,) = [event for event in events if isinstance(event, Findings)]
    assert found.reveals == ()


@pytest.mark.parametrize("failing", ["INSERT", "UPDATE"])
def test_if_the_count_cannot_be_written_nothing_is_sent(confidant, session, bird, failing):
    ask(session, JOB, Yes())
    rows = confidant.border.ledger.entries(9)
    bird.bodies.clear()
    with confidant._kept.writing() as connection:
        connection.execute(
            f"CREATE TRIGGER full BEFORE {failing} ON exposure BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    events = ask(session, JOB if failing == "UPDATE" else "My two kids are loud.", Yes())
    assert isinstance(events[-1], Failed)
    assert "Nothing was sent" in events[-1].told
    assert not any(isinstance(event, Sent) for event in events)
    assert bird.bodies == []
    assert confidant.border.ledger.entries(9) == rows, "the ledger's row is not kept either"
