"""Whatever breaks between the question and the wire: nothing is sent, the person reads why, and may ask here instead.

A real server listens on loopback and must have heard nothing. Each fault carries the question in its message, so that
a sentence which quotes the error would show it.
"""

import shutil
import threading

import pytest
from fakes import Yes

from app.core import names as name_model
from app.core import settings as keys
from app.core.approval import Approve
from app.core.cancel import Cancel
from app.core.engines import checking
from app.core.errors import Fix, StoreError
from app.core.events import Delta, Done, Failed, Sent
from app.core.store.ledger import SqliteLedgerStore
from app.core.types import Where
from app.privacy import egress, filter, ledger, planner, registry, replacing, telling
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Finding, Kind
from app.privacy.vault import Vault

PRIVATE = (
    "I'm a nurse. Write to Cornelia Featherstone at cornelia@quillmail.example about the zebra crossing."
)


def raising(*_, **__):
    raise OSError(PRIVATE)


def full(*_, **__):
    raise StoreError("The disk is full, so this was not saved. Free some space and try again.")


class Detector:
    """One of many, which does as it is told."""

    name = "one of many"
    kinds = frozenset({Kind.PERSON})

    def __init__(self, find):
        self.find = find


def with_detector(find):
    def fault(confidant, patch, tmp_path):
        finder = confidant.border.privacy("any")._finder
        patch.setattr(finder, "_detectors", (*finder._detectors, Detector(find)))

    return fault


def patched(place, name, how=raising):
    return lambda confidant, patch, tmp_path: patch.setattr(place, name, how)


def in_store(name, how):
    return lambda confidant, patch, tmp_path: patch.setattr(confidant.border._kept, name, how)


def in_ledger(name, how):
    return lambda confidant, patch, tmp_path: patch.setattr(confidant.border.ledger._store, name, how)


def never_ready(confidant, patch, tmp_path):
    patch.setattr(checking, "PATIENCE", 0.05)
    with_detector(lambda text: threading.Event().wait(1) and ())(confidant, patch, tmp_path)


def name_model_of(change):
    def fault(confidant, patch, tmp_path):
        folder = tmp_path / "name-model"
        shutil.copytree(name_model.MODEL, folder)
        change(folder)
        finder = confidant.border.privacy("any")._finder
        fresh = name_model.NameDetector(folder=folder)
        detectors = (fresh if each.name == fresh.name else each for each in finder._detectors)
        patch.setattr(finder, "_detectors", tuple(detectors))

    return fault


def name_model_that_knows_nobody(confidant, patch, tmp_path):
    name_model_of(lambda folder: None)(confidant, patch, tmp_path)
    patch.setattr(name_model, "_EXPECTED", frozenset({"nobody"}))


def full_file(confidant, patch, tmp_path):
    with confidant._kept.writing() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")


def without_key(confidant, patch, tmp_path):
    confidant.border._filters.clear()
    patch.setattr(confidant.border, "_data_key", full)


def without_table(name):
    def fault(confidant, patch, tmp_path):
        with confidant._kept.writing() as connection:
            connection.execute(f"DROP TABLE {name}")

    return fault


def refusing(table, action):
    def fault(confidant, patch, tmp_path):
        with confidant._kept.writing() as connection:
            connection.execute(
                f"CREATE TRIGGER refuse BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END"
            )

    return fault


FAULTS = {
    "detector: raises": with_detector(raising),
    "detector: raises while it yields": with_detector(lambda text: (1 / 0 for _ in text)),
    "detector: answers nothing that can be read": with_detector(lambda text: None),
    "detector: a place beyond the text": with_detector(
        lambda text: [Finding(Kind.PERSON, 3, 10**6, 1, "d", "")]
    ),
    "detector: a place that ends before it begins": with_detector(
        lambda text: [Finding(Kind.PERSON, 5, 2, 1, "d", "")]
    ),
    "detector: never ready": never_ready,
    "normalizer: raises": patched(registry, "normalize"),
    "normalizer: loses its map": patched(registry, "normalize", lambda text: type("N", (), {"text": text})()),
    "propagation: raises": patched(registry, "propagate"),
    "overlaps: raises": patched(registry, "resolve"),
    "name model: missing": name_model_of(shutil.rmtree),
    "name model: a file is another": name_model_of(
        lambda at: (at / "vocab" / "strings.json").write_text("[]")
    ),
    "name model: no manifest": name_model_of(lambda at: (at / name_model.MANIFEST).unlink()),
    "name model: recognizes nothing": name_model_that_knows_nobody,
    "settings: own words cannot be read": lambda confidant, patch, tmp_path: patch.setattr(
        filter.PrivacyFilter, "_current_matcher", raising
    ),
    "policy: raises": patched(planner, "action_for"),
    "plan: raises": patched(planner, "merge"),
    "vault: cannot be read": in_store("load", raising),
    "vault: disk full": in_store("put", full),
    "vault: refuses to be written": refusing("vault", "INSERT"),
    "vault: cannot note what is sent": patched(Vault, "mark_sent"),
    "vault: another key": lambda confidant, patch, tmp_path: patch.setattr(
        confidant.border._kept, "load", lambda conversation: (("x", b"garbage that is long enough"),)
    ),
    "vault: its key cannot be had": without_key,
    "ledger: cannot be opened": lambda confidant, patch, tmp_path: (
        patch.setattr(confidant.border, "_ledger", None),
        patch.setattr(SqliteLedgerStore, "drop_bodies", full),
    ),
    "codes: cannot be made": patched(replacing, "mint"),
    "replacing: raises": patched(replacing.Replacer, "replace"),
    "seal: raises": patched(filter, "request_body"),
    "egress check: raises": patched(egress, "check_body"),
    "egress check: of the model's name raises": patched(egress, "check_model"),
    "exposure: rules fail": patched(telling, "_from_rules"),
    "exposure: cannot be read": in_ledger("exposure", full),
    "exposure: table is gone": without_table("exposure"),
    "exposure: cannot be written": refusing("exposure", "INSERT"),
    "ledger: disk full": in_ledger("add", full),
    "ledger: table is gone": without_table("ledger"),
    "ledger: refuses to be written": refusing("ledger", "INSERT"),
    "ledger: cannot encrypt": patched(ledger.zlib, "compress"),
    "ledger: cannot make digests": patched(ledger, "words"),
    "database: no page left": full_file,
}


WHILE_IT_IS_READ = {"database: no page left", "ledger: table is gone", "exposure: table is gone"}
"""Faults that come between the review and the wire."""


@pytest.fixture(scope="module")
def finder():
    """The filter's detectors, loaded once for all these tests."""
    lists = WordLists()
    return registry.Registry((*registry.standard(lists=lists), name_model.NameDetector(lists)), lists=lists)


@pytest.fixture
def conversation(confidant, finder):
    """One that went to the cloud before, so that everything is loaded and there is something to read again."""
    confidant.border._finder = finder
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    conversation = confidant.session.new_conversation().id
    assert isinstance(ask(confidant, conversation, "What is a vault?", Where.CLOUD)[-1], Done)
    return conversation


def ask(confidant, conversation, text, where, approver=None):
    events = []
    confidant.session.send(conversation, text, approver or Yes(), Cancel(), events.append, where=where)
    return events


class Meanwhile:
    """Agrees, after something has happened."""

    def __init__(self, happens):
        self.happens = happens

    def decide(self, review, cancel):
        self.happens()
        return Approve()


CASES = [(fault, Where.CLOUD) for fault in FAULTS] + [
    (fault, Where.AUTO)
    for fault in FAULTS
    if fault.startswith(("detector", "vault: cannot be read", "ledger"))
]


@pytest.fixture
def breaking(confidant, monkeypatch, tmp_path):
    """Make one fault happen."""
    return lambda fault: FAULTS[fault](confidant, monkeypatch, tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[f"{fault}-{where.value}" for fault, where in CASES])
def test_nothing_leaves_and_the_person_reads_why(confidant, bird, conversation, breaking, caplog, case):
    fault, where = case
    with confidant._kept.reading() as connection:
        (rows,) = connection.execute("SELECT count(*) FROM ledger").fetchone()
    bird.requests.clear()
    bird.bodies.clear()
    text, approver = PRIVATE, Yes()
    if fault in WHILE_IT_IS_READ:
        text += "".join(f" step {number}," for number in range(1500))
        approver = Meanwhile(lambda: breaking(fault))
    else:
        breaking(fault)
    events = ask(confidant, conversation, text, where, approver)
    assert bird.requests == bird.bodies == []
    assert not any(isinstance(event, Sent) for event in events)
    end = events[-1]
    if where is Where.AUTO and isinstance(end, Done):
        return  # the router kept it here: nothing had to be asked
    assert isinstance(end, Failed)
    assert end.fix is Fix.ANSWER_LOCALLY, end
    assert "othing was sent" in end.told or "nothing was sent" in end.told, end.told
    for told in (end.told, caplog.text):
        assert "zebra" not in told
        assert "Featherstone" not in told
    if "table is gone" not in fault:
        with confidant._kept.reading() as connection:
            assert connection.execute("SELECT count(*) FROM ledger").fetchone()[0] == rows


@pytest.mark.parametrize("fault", ["detector: raises", "name model: missing", "vault: cannot be read"])
def test_the_local_answer_that_is_offered_works(confidant, bird, conversation, breaking, fault):
    breaking(fault)
    ask(confidant, conversation, PRIVATE, Where.CLOUD)
    bird.requests.clear()
    events = []
    confidant.session.answer_again(conversation, None, Cancel(), events.append, where=Where.LOCAL)
    assert isinstance(events[-1], Done)
    assert any(isinstance(event, Delta) for event in events)
    assert bird.requests == []


def test_a_restorer_that_fails_is_no_request_that_was_not_sent(confidant, bird, conversation, monkeypatch):
    vault = confidant.border.privacy(conversation)._vault
    events = []

    def tell(event):
        events.append(event)
        if isinstance(event, Sent):
            monkeypatch.setattr(vault, "decode", raising)

    confidant.session.send(conversation, PRIVATE, Yes(), Cancel(), tell, where=Where.CLOUD)
    end = events[-1]
    assert isinstance(end, Failed)
    assert "othing was sent" not in end.told
    assert len(confidant.border.ledger.entries(9)) == 2
