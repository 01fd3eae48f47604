"""What the learner chooses, keeps and forgets; the bandit's own arithmetic is tried elsewhere."""

import random

import pytest
from fakes import Yes

from app.core.cancel import Cancel
from app.core.feedback import REWARDS, Feedback
from app.core.learner import EXPLORE, Decision, Learner
from app.core.settings import MECHANISM_LEARN
from app.core.store.choices import SqliteChoices
from app.core.store.database import Database
from app.core.types import Where

HOPES = {"routing": 0.6, "pipeline": 0.5, "fusion": 0.4}


class Counting:
    """A bandit that remembers what it was taught."""

    def __init__(self, state: bytes = b"") -> None:
        self.taught = [part for part in state.decode().split("\n") if part]

    def estimate(self, arm, features):
        return 0.0

    def learn(self, arm, features, reward, propensity):
        self.taught.append(f"{arm} {reward:.1f}")

    def state(self):
        return "\n".join(self.taught).encode()


@pytest.fixture
def store():
    database = Database(None)
    database.open()
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO conversation (id, title, created, updated, level) VALUES ('c', '', 0, 0, 'guarded')"
        )
        connection.execute(
            "INSERT INTO message (id, conversation, role, text, created, state)"
            " VALUES (1, 'c', 'assistant', '', 0, 'complete')"
        )
    yield SqliteChoices(database)
    database.close()


def made(store, learns=True, seed=1):
    bandits = []

    def make(state):
        bandits.append(Counting(state))
        return bandits[-1]

    return Learner(store, make, lambda: learns, random.Random(seed)), bandits


def test_another_way_is_tried_in_at_most_one_of_twenty(store):
    learner, _ = made(store)
    arms = [learner.choose((1.0,), HOPES) for _ in range(4000)]
    tried = [each for each in arms if each.explored]
    assert 0.03 < len(tried) / len(arms) <= 0.065
    assert {each.arm for each in tried} == {"pipeline", "fusion"}
    assert {each.arm for each in arms if not each.explored} == {"routing"}
    assert tried[0].propensity == pytest.approx(EXPLORE / 2)


def test_who_switches_learning_off_gets_the_same_way_every_time(store):
    learner, bandits = made(store, learns=False)
    assert {learner.choose((1.0,), HOPES).arm for _ in range(500)} == {"routing"}
    assert bandits == []


def test_a_reward_reaches_the_way_that_was_chosen_and_is_kept(store):
    learner, bandits = made(store)
    learner.note(1, Decision("pipeline", (1.0, 0.25), 0.95))
    learner.judged(1, Feedback.GOOD)
    assert bandits[0].taught == ["pipeline 1.0"]
    again, bandits = made(store)
    again.choose((1.0,), HOPES)
    assert bandits[0].taught == ["pipeline 1.0"]


def test_going_on_says_nothing_more_after_a_thumb_down(store):
    learner, bandits = made(store)
    learner.note(1, Decision("routing", (1.0,), 0.95))
    learner.judged(1, Feedback.BAD)
    learner.judged(1, Feedback.WENT_ON)
    assert bandits[0].taught == ["routing 0.0"]
    assert store.reward(1, 0.5)[1] == REWARDS[Feedback.BAD]


def test_an_answer_that_nobody_chose_teaches_nothing(store):
    learner, bandits = made(store)
    learner.judged(77, Feedback.GOOD)
    assert bandits == []


def test_a_choice_goes_with_its_message(store):
    learner, _ = made(store)
    learner.note(1, Decision("routing", (1.0,), 0.95))
    with store._database.writing() as connection:
        connection.execute("DELETE FROM message WHERE id = 1")
    assert store.reward(1, 1.0) is None


def test_nothing_is_kept_of_an_answer_that_is_gone(store):
    learner, _ = made(store)
    learner.note(2, Decision("routing", (1.0,), 0.95))
    assert store.reward(2, 1.0) is None


def test_what_was_deleted_elsewhere_is_not_learned_from_memory_again(store):
    learner, _ = made(store)
    learner.note(1, Decision("pipeline", (1.0,), 0.95))
    learner.judged(1, Feedback.GOOD)
    with store._database.writing() as connection:
        connection.execute("DELETE FROM learner")
    learner.judged(1, Feedback.BAD)
    assert store.state("ways") == b"pipeline 0.0"


def choices(confidant):
    with confidant._kept.reading() as connection:
        return [tuple(row) for row in connection.execute("SELECT arm, reward FROM choice ORDER BY message")]


def test_what_the_person_does_anyway_becomes_a_reward(confidant, bird):
    session, key = confidant.session, confidant.session.new_conversation().id
    session.send(key, "Tell me about tides.", Yes(), Cancel(), lambda _: None)
    session.send(key, "And about the moon?", Yes(), Cancel(), lambda _: None)
    assert choices(confidant)[0][1] == REWARDS[Feedback.WENT_ON]
    session.answer_again(key, Yes(), Cancel(), lambda _: None)
    assert choices(confidant)[1][1] == REWARDS[Feedback.AGAIN]


def test_asking_the_other_model_says_more_than_asking_again(confidant, bird):
    session, key = confidant.session, confidant.session.new_conversation().id
    session.send(key, "Hello", Yes(), Cancel(), lambda _: None)
    session.answer_again(key, Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    assert choices(confidant)[0][1] == REWARDS[Feedback.OTHER]


def test_nothing_is_learned_from_a_temporary_conversation_or_where_learning_is_off(confidant, bird):
    session = confidant.session
    passing = session.new_conversation(temporary=True).id
    session.send(passing, "Hello", Yes(), Cancel(), lambda _: None)
    session.send(passing, "Hello again", Yes(), Cancel(), lambda _: None)
    assert choices(confidant) == []
    confidant.settings.set(MECHANISM_LEARN, False)
    key = session.new_conversation().id
    for text in ("Hello", "Hello again"):
        session.send(key, text, Yes(), Cancel(), lambda _: None)
    assert choices(confidant) == []


def test_forgetting_begins_anew_and_leaves_alone_what_others_keep(store):
    learner, bandits = made(store)
    store.keep("heard", b"7")
    learner.note(1, Decision("cloud", (1.0,)))
    learner.judged(1, Feedback.GOOD)
    assert store.state("ways")
    learner.forget()
    assert store.state("ways") == b""
    assert store.state("heard") == b"7"
    learner.choose((1.0,), {"cloud": 0.5, "local": 0.4})
    assert len(bandits) == 2
    learner.judged(1, Feedback.BAD)
    assert store.state("ways") == b""
