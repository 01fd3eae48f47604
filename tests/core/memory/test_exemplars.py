"""The exemplar memory: what is learned, found again, judged and forgotten."""

import time

import pytest

from app.core.errors import MemoryFault
from app.core.memory import exemplars
from app.core.memory.exemplars import FIRST, Exemplars, is_spent, threshold
from app.core.store.conversations import Conversations
from app.core.store.examples import SqliteExamples, Stage
from app.core.types import Account, Origin, Piece, Source, State, Used
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level

KEY = bytes(range(32))
HOW = "First, soak the shirt in cold water. Then rub salt into the stain. At the end, wash it as usual."


class School:
    """Asks, answers and judges in one line."""

    def __init__(self, database, embedder, key=KEY, find=lambda text: ()):
        self.talks = Conversations(database)
        self.store = SqliteExamples(database)
        self.memory = Exemplars(self.store, embedder, find, lambda: key)

    def answered(self, question, answer=HOW, conversation="", used=(), wire=None, state=State.COMPLETE):
        """Store a question with an answer of the cloud and return the answer's id."""
        conversation = conversation or self.talks.create("", Level.GUARDED).id
        asked = self.talks.ask(conversation, question)
        self.talks.set_wire(asked.id, question if wire is None else wire)
        told = self.talks.begin_answer(conversation)
        account = Account(used=tuple(Used(Source.EXAMPLE, "", each) for each in used))
        pieces = [Piece(answer, Origin.CLOUD)]
        self.talks.finish(told, state, pieces, wire_text=answer, account=account)
        self.memory.learn(self.talks.message(asked.id), self.talks.message(told))
        return told

    def taught(self, question, answer=HOW, **how):
        told = self.answered(question, answer, **how)
        self.memory.judged(told, True)
        return told

    def stages(self):
        return [each.stage for each in self.store.all(10)]


@pytest.fixture
def school(database, embedder):
    return School(database, embedder)


WINE = "How do I get red wine out of a white shirt?"


def test_an_answer_is_a_candidate_until_it_is_accepted(school):
    told = school.answered(WINE)
    assert school.stages() == [Stage.CANDIDATE]
    assert school.memory.like(WINE) == ()
    assert school.memory.repeat(WINE) is None
    school.memory.judged(told, True)
    (lesson,) = school.memory.like("How do I get red wine out of a blue shirt?")
    assert lesson.question == WINE
    assert lesson.strategy == HOW
    assert lesson.answer == HOW
    assert FIRST < lesson.nearness < 1


def test_what_was_no_good_teaches_nothing_until_the_person_thinks_again(school):
    told = school.taught(WINE)
    school.memory.judged(told, False)
    assert school.stages() == [Stage.DROPPED]
    assert school.memory.like(WINE) == ()
    school.memory.judged(told, True)
    assert school.memory.like(WINE)


@pytest.mark.parametrize(
    "how", [{"wire": ""}, {"state": State.STOPPED}, {"state": State.FAILED}, {"answer": ""}], ids=str
)
def test_only_whole_answers_of_the_cloud_are_learned_from(school, how):
    school.answered(WINE, **how)
    assert school.stages() == []


def test_what_cannot_be_looked_through_is_not_kept(database, embedder):
    def broken(text):
        raise PrivacyError("The filter does not run.")

    school = School(database, embedder, find=broken)
    school.answered(WINE)
    assert school.stages() == []


def test_lessons_come_nearest_first_and_at_most_as_many_as_asked_for(school):
    for colour in ("white", "blue", "grey"):
        school.taught(f"How do I get red wine out of a {colour} shirt?")
    school.taught("Who painted The Night Watch?")
    nearest, second = school.memory.like("How do I get red wine out of a blue shirt, please?")
    assert "blue" in nearest.question
    assert nearest.nearness >= second.nearness
    assert len(school.memory.like(WINE, 1)) == 1
    assert school.memory.like("What is the boiling point of nitrogen?") == ()


@pytest.mark.parametrize(
    "again", [WINE, WINE.upper(), f"  {WINE}\n", WINE.rstrip("?"), WINE.replace(" red ", "  red ")]
)
def test_the_same_words_are_an_exact_repeat(school, again):
    told = school.taught(WINE)
    repeat = school.memory.repeat(again)
    assert repeat.exact
    assert (repeat.answer.id, repeat.answer.text, repeat.question) == (told, HOW, WINE)
    assert abs(repeat.asked - time.time()) < 60


@pytest.mark.parametrize(
    "question",
    ["What is the weather in Graz today?", "What is the latest news on batteries?", "Tell me another joke"],
)
def test_what_changes_with_the_time_is_offered_at_most(school, question):
    school.taught(question)
    assert not school.memory.repeat(question).exact


def test_an_old_answer_is_offered_and_no_longer_reused(school, database):
    told = school.taught(WINE)
    with database.writing() as connection:
        connection.execute("UPDATE example SET created = created - ?", (exemplars.FRESH + 1,))
    repeat = school.memory.repeat(WINE)
    assert (repeat.exact, repeat.answer.id) == (False, told)


def test_a_question_that_rests_on_others_is_never_exact(school):
    first = school.taught("Tell me about sailing boats.")
    conversation = school.talks.message(first).conversation
    school.taught("And what do they cost to build?", conversation=conversation)
    repeat = school.memory.repeat("And what do they cost to build?")
    assert repeat is None or not repeat.exact


def test_other_words_are_a_near_repeat_but_another_fact_is_none(school):
    told = school.taught("How many grams are in 3 ounces?")
    near = school.memory.repeat("Convert 3 ounces to grams.")
    assert (near.exact, near.answer.id) == (False, told)
    assert 0 < near.lesson.nearness < 1
    assert school.memory.repeat("How many grams are in 5 ounces?") is None
    assert school.memory.repeat("How many grams are in 3 pounds?") is None


def test_names_behind_codes_tell_two_questions_apart(school):
    school.taught("Write a thank-you note to Ottilie.", wire="Write a thank-you note to PERSON-7QK2.")
    assert school.memory.repeat("Write a thank-you note to Benedikt.") is None
    assert school.memory.repeat("Please write a thank-you note to Ottilie.") is not None


def test_the_newest_accepted_answer_to_a_question_counts(school):
    school.taught(WINE, "Use salt on it, and then cold water.")
    newest = school.taught(WINE, "Use white wine on it, and then hot water.")
    assert school.memory.repeat(WINE).answer.id == newest
    assert school.stages() == [Stage.ACCEPTED, Stage.DROPPED]


def test_the_fingerprint_says_nothing_without_the_key(database, embedder):
    School(database, embedder).taught(WINE)
    assert School(database, embedder, key=bytes(32)).memory._fingerprint(WINE) not in _prints(database)
    assert School(database, embedder).memory._fingerprint(WINE) in _prints(database)


def test_the_keyring_is_left_alone_where_nothing_was_learned(database, embedder):
    def key():
        raise AssertionError("asked")

    memory = Exemplars(SqliteExamples(database), embedder, lambda text: (), key)
    assert memory.repeat(WINE) is None


@pytest.mark.parametrize(
    ("used", "helped", "border", "spent"),
    [
        (0, 0, FIRST, False), (1, 1, FIRST - 0.02, False), (1, 0, FIRST + 0.05, False), (2, 0, FIRST + 0.1, False),
        (3, 0, FIRST + 0.15, True), (3, 1, FIRST + 0.08, True), (4, 2, FIRST + 0.06, False), (9, 9, 0.5, False),
        (20, 10, 0.9, False), (22, 11, 0.93, True),
    ],
)  # fmt: skip
def test_a_threshold_rises_with_what_did_not_help_and_falls_with_what_did(used, helped, border, spent):
    assert threshold(used, helped) == pytest.approx(border)
    assert is_spent(used, helped) is spent


def test_lessons_are_credited_with_the_answers_that_they_were_given_to(school):
    school.taught(WINE)
    (lesson,) = school.memory.like(WINE)
    good = school.answered("How do I wash it?", used=[lesson.id])
    school.memory.judged(good, True)
    school.memory.judged(good, True)
    assert [(each.used, each.helped) for each in school.store.all(9) if each.id == lesson.id] == [(1, 1)]
    school.memory.judged(good, False)
    assert [(each.used, each.helped) for each in school.store.all(9) if each.id == lesson.id] == [(1, 0)]


def test_a_lesson_that_does_not_help_is_dropped(school):
    school.taught(WINE)
    (lesson,) = school.memory.like(WINE)
    for number in range(3):
        assert school.memory.like(WINE)
        answer = school.answered(f"Question {number} about ships?", used=[lesson.id])
        school.memory.judged(answer, False)
    assert school.memory.like(WINE) == ()
    assert school.store.get(lesson.id).stage is Stage.DROPPED


def test_it_goes_with_its_conversation_and_with_either_message(school, database):
    told = school.taught(WINE)
    school.memory.judged(told, True)
    school.talks.delete(school.talks.message(told).conversation)
    assert school.stages() == []
    assert school.memory.repeat(WINE) is None
    assert school.memory.like(WINE) == ()
    told = school.taught(WINE)
    with database.writing() as connection:
        connection.execute("DELETE FROM message WHERE id = ?", (told - 1,))
    assert school.stages() == []


def test_what_another_process_learned_or_forgot_is_seen_at_once(school, database, embedder):
    assert school.memory.like(WINE) == ()
    other = School(database, embedder)
    other.taught(WINE)
    (lesson,) = school.memory.like(WINE)
    other.store.forget(lesson.id)
    assert school.memory.like(WINE) == ()


def test_candidates_that_nobody_judges_go_after_a_month(school, database):
    school.answered(WINE)
    with database.writing() as connection:
        connection.execute("UPDATE example SET created = created - 31 * 86400")
    school.answered("Who painted The Night Watch?")
    assert len(school.stages()) == 1


def _prints(database):
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT fingerprint FROM example").fetchall()]


class Broken:
    """An embedder whose files are gone."""

    name = "broken"

    def embed(self, texts):
        raise MemoryFault("no embedder")


def test_without_an_embedder_nothing_is_learned_and_no_answer_is_lost(database):
    school = School(database, Broken())
    school.answered("How do I get a stain out of a shirt?")
    assert school.store.all(9) == []
