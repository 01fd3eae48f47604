"""What is forgotten is in no byte of the profile any more, whichever way it was forgotten.

Everything is real, and the database is plain, for in an encrypted one nobody could look.
"""

import subprocess
import sys
import zlib
from dataclasses import replace

import pytest
from fakes import Says, Yes, parrot

from app.assembly import build
from app.core.approval import Refuse
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.paths import Paths
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_ENABLED,
    CLOUD_MODEL,
    DATA_ENCRYPTED,
    PRIVACY_ALLOWED,
    PRIVACY_OWN_WORDS,
)
from app.core.store import rows
from app.core.store.erase import TracesLeft
from app.core.store.examples import NewExample
from app.core.store.migrations import STEPS
from app.core.store.turns import Note
from app.core.types import Source, Used, Where
from app.privacy.cipher import Cipher
from app.privacy.vault import MemoryVaultStore, Vault

CANARY = "quokkaberry"


def forms(word=CANARY):
    """Return the bytes that a word may be written as; case is looked past."""
    return [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]


def files(confidant):
    """Return every file of the profile in lower case, by its name."""
    root = confidant.paths.profile
    return {
        str(each.relative_to(root)): each.read_bytes().lower()
        for each in sorted(root.rglob("*"))
        if each.is_file()
    }


def found(confidant):
    """Return where the canary is: in files, and in what is encrypted inside them."""
    places = {name for name, data in files(confidant).items() if any(form in data for form in forms())}
    with confidant._kept.reading() as connection:
        for conversation, index, sealed in connection.execute(
            "SELECT conversation, entry, ciphertext FROM vault"
        ):
            places |= {"vault"} if sealed and _is_original(confidant, conversation, index, sealed) else set()
        for digest, body in connection.execute("SELECT sha256, body FROM ledger WHERE body IS NOT NULL"):
            cipher = Cipher(confidant.secrets.data_key(), "ledger")
            places |= (
                {"ledger"}
                if CANARY.encode() in zlib.decompress(cipher.decrypt(body, digest)).lower()
                else set()
            )
    if confidant.border.ledger.check(CANARY):
        places.add("digests")
    return places


def _is_original(confidant, conversation, index, sealed):
    """Say whether an entry of the vault holds the canary."""
    vault = Vault(conversation, MemoryVaultStore(), confidant.secrets.data_key())
    return CANARY in vault._open(index, sealed).value.lower()


@pytest.fixture
def confidant(tmp_path):
    paths = Paths(tmp_path / "profile")
    paths.create()
    with parrot() as bird:
        confidant = build(paths, local=EchoEngine())
        confidant.settings.set(DATA_ENCRYPTED, False)
        confidant.start()
        confidant.settings.set(CLOUD_ENABLED, True)
        confidant.settings.set(CLOUD_BASE_URL, bird.address)
        confidant.settings.set(CLOUD_MODEL, "m")
        yield confidant
        confidant.close()


def ask(confidant, text, conversation=None, where=Where.CLOUD):
    """Ask something and return the conversation."""
    conversation = conversation or confidant.session.new_conversation().id
    confidant.session.send(conversation, text, Yes(), Cancel(), lambda _: None, where=where)
    return conversation


def plenty(confidant):
    """Put so much beside the canary that the file has many pages, some of them balanced."""
    with confidant._kept.writing() as connection:
        connection.executemany(
            "INSERT INTO conversation (id, title, created, updated, level) VALUES (?, ?, 1, 1, 'guarded')",
            [(f"n{number}", f"a neutral sentence of number {number} " * 20) for number in range(100)],
        )


def in_conversation(confidant):
    conversation = ask(confidant, f"Who grows {CANARY} in Tasmania? Write to {CANARY}@farm.example.")
    ask(confidant, f"Once more: {CANARY}!", conversation)
    confidant.session.rename(conversation, f"About {CANARY}")
    confidant.recall.index(Cancel(), lambda *_: None)
    return conversation


def _told_elsewhere(confidant, number):
    """Let an answer of another conversation have used a turn."""
    _account(confidant, Used(Source.TURN, f"I said: the {CANARY} is ripe.", number))


def a_conversation(confidant):
    conversation = in_conversation(confidant)
    _told_elsewhere(confidant, 2 * confidant.session.messages(conversation)[0].id)
    return lambda: confidant.session.delete(conversation)


def its_title(confidant):
    conversation = confidant.session.new_conversation().id
    confidant.session.rename(conversation, f"About {CANARY}")
    return lambda: confidant.session.rename(conversation, "About fruit")


def a_question_taken_back(confidant):
    conversation = confidant.session.new_conversation().id
    no = Says(Refuse())
    confidant.session.send(
        conversation, f"Who grows {CANARY}?", no, Cancel(), lambda _: None, where=Where.CLOUD
    )
    return lambda: confidant.session.take_back(conversation)


def a_note(confidant):
    confidant.turns.add([Note("here", "", "", "user", 0.0, f"The {CANARY} is ripe.")])
    confidant.recall.index(Cancel(), lambda *_: None)
    with confidant._kept.reading() as connection:
        (number,) = connection.execute("SELECT max(id) FROM note").fetchone()
    _told_elsewhere(confidant, 2 * number + 1)
    return lambda: confidant.turns.forget("here")


def every_note(confidant):
    a_note(confidant)
    return lambda: confidant.turns.forget(None)


def a_note_said_anew(confidant):
    a_note(confidant)
    return lambda: confidant.turns.add([Note("here", "", "", "user", 0.0, "The fruit is ripe.")])


def _fact_in_an_answer(confidant):
    """Keep a fact, and an answer whose account says that it was used."""
    fact = confidant.facts.add(f"grows {CANARY}")
    _account(confidant, Used(Source.FACT, f"grows {CANARY}", fact))
    return fact


def _account(confidant, used):
    conversation = ask(confidant, "What is a vault?", where=Where.LOCAL)
    said = confidant.session.messages(conversation)[-1]
    text = rows.account_text(replace(said.account, used=(used,)))
    with confidant._kept.writing() as connection:
        connection.execute("UPDATE message SET account = ? WHERE id = ?", (text, said.id))


def a_fact(confidant):
    fact = _fact_in_an_answer(confidant)
    return lambda: confidant.facts.forget(fact)


def every_fact(confidant):
    _fact_in_an_answer(confidant)
    return lambda: confidant.facts.forget(None)


def a_fact_corrected(confidant):
    fact = _fact_in_an_answer(confidant)
    return lambda: confidant.facts.edit(fact, "grows apples")


def _lesson(confidant):
    conversation = ask(confidant, "What is a vault?", where=Where.LOCAL)
    question, answer = confidant.session.messages(conversation)
    confidant.examples.add(
        NewExample("f", f"masked {CANARY}", CANARY, CANARY, "{}", question.id, answer.id, "m", b"\0" * 8), 1.0
    )
    lesson = confidant.examples.all(9)[0]
    _account(confidant, Used(Source.EXAMPLE, f"masked {CANARY}", lesson.id))
    return conversation, lesson


def a_lesson(confidant):
    _, lesson = _lesson(confidant)
    return lambda: confidant.examples.forget(lesson.id)


def every_lesson(confidant):
    _lesson(confidant)
    return lambda: confidant.examples.forget(None)


def a_lesson_that_nobody_judged(confidant):
    _lesson(confidant)
    return lambda: confidant.examples.expire(2.0)


def a_lesson_with_its_conversation(confidant):
    conversation, _ = _lesson(confidant)
    return lambda: confidant.session.delete(conversation)


def _document(confidant):
    conversation = confidant.session.new_conversation().id
    file = confidant.paths.profile.parent / f"{CANARY}.txt"
    file.write_text(f"The {CANARY} grows in the shade.\n" * 30)
    return confidant.documents.attach(conversation, file, Cancel(), lambda *_: None)


def a_document(confidant):
    kept = _document(confidant)
    return lambda: confidant.documents.remove(kept.id)


def a_document_with_its_conversation(confidant):
    kept = _document(confidant)
    return lambda: confidant.session.delete(kept.conversation)


def one_entry_of_the_ledger(confidant):
    row = confidant.border.ledger.note("cloud.example", "chat", "m", f'"{CANARY}"'.encode(), {})
    return lambda: confidant.session.ledger_forget(row)


def an_own_word(confidant):
    confidant.settings.set(PRIVACY_OWN_WORDS, ("zebra", CANARY))
    return lambda: confidant.settings.set(PRIVACY_OWN_WORDS, ("zebra",))


def an_allowed_word(confidant):
    confidant.settings.set(PRIVACY_ALLOWED, (CANARY,))
    return lambda: confidant.settings.set(PRIVACY_ALLOWED, ())


def everything(confidant):
    for plant in PLANTED:
        if plant not in (everything, a_question_taken_back):
            plant(confidant)
    return confidant.session.erase_everything


PLANTED = [
    a_conversation, its_title, a_question_taken_back, a_note, every_note, a_note_said_anew, a_fact, every_fact,
    a_fact_corrected, a_lesson, every_lesson, a_lesson_that_nobody_judged, a_lesson_with_its_conversation,
    a_document, a_document_with_its_conversation, one_entry_of_the_ledger, an_own_word, an_allowed_word,
    everything,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_forgotten_is_in_no_byte(confidant, plant):
    plenty(confidant)
    forget = plant(confidant)
    (confidant.paths.profile / "confidant.before-3.db").write_bytes(b"an older copy with " + CANARY.encode())
    assert found(confidant) > {"confidant.before-3.db"}, "nothing was planted"
    forget()
    # What is taken back stands in the composer again; the originals stay with the conversation, encrypted.
    left = {"vault"} if plant is a_question_taken_back else set()
    assert found(confidant) == left
    confidant.close()
    assert found(confidant) == left


def test_erasing_everything_leaves_counts_and_dates_of_nothing(confidant):
    everything(confidant)()
    with confidant._kept.reading() as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                " AND name NOT LIKE 'sqlite%' AND name <> '_sqlite_migrations'"
            )
        ]
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
        applied = connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0]
    assert len(tables) > 15
    assert {name: count for name, count in counts.items() if count} == {"turn_change": 1}
    assert applied == len(STEPS)
    ask(confidant, "It works again.", where=Where.LOCAL)


def test_what_stays_of_a_conversation_are_counts_and_dates(confidant):
    conversation = in_conversation(confidant)
    before = confidant.border.ledger.entries(9)
    confidant.session.delete(conversation)
    after = confidant.border.ledger.entries(9)
    assert [(row.time, row.bytes_sent, row.provider) for row in after] == [
        (row.time, row.bytes_sent, row.provider) for row in before
    ]
    assert all(confidant.border.ledger.body(row.id) is None and not row.sha256 for row in after)


def test_an_encrypted_profile_shows_nothing_at_any_time(confidant):
    confidant.settings.set(DATA_ENCRYPTED, True)
    confidant.protection.turn_on(Cancel(), lambda *_: None)
    in_conversation(confidant)
    a_fact(confidant)
    assert not {name for name in files(confidant) if any(form in files(confidant)[name] for form in forms())}


def test_a_deletion_that_was_killed_before_its_end_is_finished_at_the_next_start(confidant, monkeypatch):
    conversation = in_conversation(confidant)
    with monkeypatch.context() as patch:
        patch.setattr(confidant._kept, "scrub", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            confidant.session.delete(conversation)
    assert found(confidant) & {"confidant.db", "confidant.db-wal"}
    confidant.border.drop()
    again = build(confidant.paths, local=EchoEngine())
    again.start()
    assert found(again) == set()
    again.close()


def test_what_left_before_a_crash_goes_with_its_conversation(confidant):
    """A program that is killed in the middle of an answer has noted nowhere else what left for it."""
    conversation = in_conversation(confidant)
    with confidant._kept.writing() as connection:
        connection.execute("UPDATE message SET ledger = NULL, account = ''")
    confidant.session.delete(conversation)
    assert found(confidant) == set()


def test_a_busy_file_deletes_all_and_says_that_traces_are_left(confidant):
    conversation = ask(confidant, f"Who grows {CANARY}?", where=Where.LOCAL)
    confidant.close()
    confidant._kept._patience = 0.1
    confidant.start()
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(confidant.paths.database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with reader:
        assert reader.stdout.readline() == "reading\n"
        with pytest.raises(TracesLeft, match="It is deleted, but traces"):
            confidant.session.delete(conversation)
        assert confidant.session.conversations() == []
        reader.communicate()
    confidant.close()
    assert found(confidant) == set()


_READER = """
import sqlite3, sys
reader = sqlite3.connect(sys.argv[1], isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT * FROM conversation").fetchall()
print("reading", flush=True)
sys.stdin.read()
"""
