"""A temporary conversation leaves no word on the disk and teaches nothing, whichever way it is answered."""

import pytest
from fakes import Yes, parrot

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.feedback import Feedback
from app.core.mechanisms import MECHANISMS
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, CLOUD_MODEL, DATA_ENCRYPTED
from app.core.types import Where

CANARY = "quokkaberry"
TEXT = (
    f"I am vegetarian and my daughter {CANARY.title()} is 7. Dear Mr Okafor, please write a letter about "
    f"{CANARY} to {CANARY}@farm.example. Best wishes, {CANARY.title()}"
)
COUNTED = ("ledger", "exposure", "spending", "sqlite_sequence")
"""Tables in which counts and dates may grow."""


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


def rows(confidant):
    """Return every row of every table, but for those in which something may be counted."""
    with confidant._kept.reading() as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
            )
            if row[0] not in COUNTED
        ]
        return {name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in tables}


def written(confidant):
    """Return the files in which the canary is."""
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [each for each in confidant.paths.profile.rglob("*") if each.is_file()]
    return [each.name for each in files if any(form in each.read_bytes().lower() for form in forms)]


def ask(confidant, conversation, mechanism, where):
    events = []
    confidant.session.send(
        conversation, TEXT, Yes(), Cancel(), events.append, where=where, mechanism=mechanism
    )
    return events[-1]


@pytest.mark.parametrize("where", [Where.AUTO, Where.CLOUD, Where.LOCAL], ids=lambda where: where.value)
@pytest.mark.parametrize("mechanism", [each.name for each in MECHANISMS])
def test_no_word_is_kept(confidant, mechanism, where):
    kept = confidant.session.new_conversation().id
    ask(confidant, kept, "routing", Where.LOCAL)
    confidant.session.delete(kept)
    confidant.facts.forget(None)
    confidant.style.forget()
    before = rows(confidant)
    conversation = confidant.session.new_conversation(temporary=True).id
    ask(confidant, conversation, mechanism, where)
    file = confidant.paths.profile.parent / f"{CANARY}.txt"
    file.write_text(f"The {CANARY} grows in the shade.\n" * 30)
    document = confidant.documents.attach(conversation, file, Cancel(), lambda *_: None)
    ask(confidant, conversation, mechanism, where)
    answer = confidant.session.messages(conversation)[-1].id
    confidant.session.judge(conversation, answer, Feedback.COPIED)
    confidant.session.answer_again(
        conversation, Yes(), Cancel(), lambda _: None, where=where, mechanism=mechanism
    )
    confidant.session.rename(conversation, f"About {CANARY}")
    confidant.documents.remove(document.id)
    confidant.recall.index(Cancel(), lambda *_: None)
    confidant.acquaintance.close()
    assert written(confidant) == []
    assert rows(confidant) == before
    for row in confidant.border.ledger.entries(99):
        assert not confidant.border.ledger._store._kept.body(row.id)
    assert confidant.recall.recall(CANARY, 5) == []
    assert confidant.session.search(CANARY) == []
    assert (confidant.facts.kept(), confidant.facts.inbox(), confidant.examples.all(9)) == ([], [], [])
    confidant.close()
    assert written(confidant) == []
    again = build(confidant.paths, local=EchoEngine())
    again.start()
    assert rows(again) == before
    assert again.border.ledger.check(CANARY) == []
    again.close()


def test_while_it_lasts_what_left_can_be_read(confidant):
    conversation = confidant.session.new_conversation(temporary=True).id
    confidant.session.send(
        conversation, "How high is the quince tree?", Yes(), Cancel(), lambda _: None, where=Where.CLOUD
    )
    (row,) = confidant.border.ledger.check("quince tree")
    assert "quince" in confidant.border.ledger.body(row.id)
    assert row.sha256
    confidant.session.delete(conversation)
    assert confidant.border.ledger.check("quince tree") == []
    assert confidant.border.ledger.body(row.id) is None
    assert confidant.border.ledger.entries(9)[0].bytes_sent == row.bytes_sent
