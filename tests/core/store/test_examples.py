"""What the table of examples keeps, and what goes with what."""

import pytest

from app.core.errors import StoreError
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.erase import erase
from app.core.store.examples import NewExample, SqliteExamples, Stage
from app.privacy.policy import Level


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "profile.db")
    yield database
    database.close()


@pytest.fixture
def store(database):
    return SqliteExamples(database)


def kept(database, store, masked="How tall is Person A?", fingerprint="f"):
    """Keep an example of a fresh conversation; return the conversation and the answer."""
    talks = Conversations(database)
    conversation = talks.create("", Level.GUARDED).id
    asked, told = talks.ask(conversation, "How tall is she?").id, talks.begin_answer(conversation)
    store.add(
        NewExample(fingerprint, masked, "Measure her.", "Tall.", "{}", asked, told, "tiny", bytes(384)), 1.0
    )
    return conversation, told


def test_a_candidate_is_kept_and_used_once_it_is_accepted(database, store):
    _, told = kept(database, store)
    (example,) = store.all(9)
    assert (example.stage, example.masked, example.used, example.helped) == (
        Stage.CANDIDATE, "How tall is Person A?", 0, 0,
    )  # fmt: skip
    assert not store.has_any()
    assert store.places("tiny") == []
    store.judge(told, True)
    assert store.has_any()
    assert [each.id for each in store.places("tiny")] == [example.id]
    assert store.places("another embedder") == []
    assert store.same("f").id == example.id
    assert store.same("") is None


def test_an_answer_teaches_once(database, store):
    talks = Conversations(database)
    conversation = talks.create("", Level.GUARDED).id
    asked, told = talks.ask(conversation, "Why?").id, talks.begin_answer(conversation)
    for _ in range(2):
        store.add(NewExample("f", "Why?", "", "", "{}", asked, told, "tiny", bytes(384)), 1.0)
    assert len(store.all(9)) == 1


def test_nothing_is_kept_of_messages_that_are_gone(store):
    store.add(NewExample("f", "Why?", "", "", "{}", 77, 78, "tiny", bytes(384)), 1.0)
    assert store.all(9) == []


def test_a_conversation_that_is_left_out_teaches_nothing(database, store):
    conversation, told = kept(database, store)
    store.judge(told, True)
    with database.writing() as connection:
        connection.execute("UPDATE conversation SET left_out = 1 WHERE id = ?", (conversation,))
    assert store.places("tiny") == []
    assert store.same("f") is None
    assert not store.has_any()


def test_credit_goes_with_the_answer_and_with_the_example(database, store):
    _, told = kept(database, store)
    conversation, other = kept(database, store, fingerprint="g")
    example = store.all(9)[-1].id
    store.credit([example, 999], other, True)
    assert store.get(example).used == 1
    Conversations(database).delete(conversation)
    assert store.get(example).used == 0
    store.credit([example], told, True)
    assert store.forget(example) == 1
    assert _count(database, "example_use") == 0


def test_forgetting_destroys_the_bytes_in_the_file(database, store, tmp_path):
    kept(database, store, masked="An unheard-of xylograph of Person A")
    assert store.forget(12345) == 0
    assert store.forget(None) == 1
    database.close()
    assert b"xylograph" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_erasing_everything_erases_examples(database, store):
    _, told = kept(database, store)
    store.credit([store.all(9)[0].id], told, True)
    erase(database)
    assert _count(database, "example") == _count(database, "example_use") == 0


def test_a_closed_folder_is_a_store_error(tmp_path):
    store = SqliteExamples(Database(tmp_path / "nowhere" / "profile.db"))
    with pytest.raises(StoreError):
        store.all(1)


def _count(database, table):
    with database.reading() as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
