"""The test that never leaves: whatever a person types that is private, none of it reaches anybody."""

import json
import re

import pytest
from fakes import Yes, parrot

from app.assembly import build
from app.core.cancel import Cancel
from app.core.events import Delta, Done, Findings, Sent
from app.core.mechanisms import MECHANISMS
from app.core.paths import Paths
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_ENABLED,
    LOCAL_MAX_TOKENS,
    PRIVACY_OWN_WORDS,
    PRIVACY_REPLACE_WITH,
)
from app.core.types import Where
from app.privacy import placeholders
from app.privacy.policy import Level, action_for
from app.privacy.standins import KINDS
from app.privacy.types import HIDING, Action, Kind

CANARIES = {
    Kind.PERSON: ("Please write to Cornelia Featherstone about the party.", "Cornelia Featherstone"),
    Kind.ORG: ("I work at Brindlewick Dental Clinic as a nurse.", "Brindlewick Dental Clinic"),
    Kind.PLACE: ("I live in Springfield with my family.", "Springfield"),
    Kind.ACCOUNT: ("My bank account number is 8473920165.", "8473920165"),
    Kind.HOST: ("Log in to db7.quill-internal.local please.", "db7.quill-internal.local"),
    Kind.ADDRESS: ("I live at 4711 Quillfeather Lane, Dover, DE 19901.", "4711 Quillfeather Lane"),
    Kind.EMAIL: ("My mail is zorblax.canary@quillmail.example.", "zorblax.canary@quillmail.example"),
    Kind.PHONE: ("Call me on +44 20 7946 0958 tomorrow.", "+44 20 7946 0958"),
    Kind.USERNAME: ("The file is in /home/zorblaxcanary/notes.", "zorblaxcanary"),
    Kind.BIRTHDATE: ("My date of birth is 14 March 1957.", "14 March 1957"),
    Kind.NATIONAL_ID: ("My SSN is 536-22-8714.", "536-22-8714"),
    Kind.PASSPORT: ("My passport number is X4815162Q.", "X4815162Q"),
    Kind.RECORD: ("Patient MRN: 84739201 was seen today.", "84739201"),
    Kind.IBAN: ("Pay to GB82 WEST 1234 5698 7654 32 please.", "GB82 WEST 1234 5698 7654 32"),
    Kind.CARD: ("My card is 4111 1111 1111 1111, is that safe?", "4111 1111 1111 1111"),
    Kind.INCOME: ("My salary is 173,250 before taxes, is that fair?", "173,250"),
    Kind.IP: ("The server is at 203.0.113.77 right now.", "203.0.113.77"),
    Kind.MAC: ("Its MAC address is 3c:22:fb:9a:41:d7.", "3c:22:fb:9a:41:d7"),
    Kind.URL: (
        "Open https://files.quill.example/share?token=9f8e7d6c5b4a39281706f5e4d3c2b1a0 now.",
        "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    ),
    Kind.COORDINATES: ("Our cabin is at 61.217381, -149.863129.", "61.217381"),
    Kind.SECRET: (
        "The key is ghp_a8Xk29LmQwErTyUiOpAsDfGhJkLzXcVbN1m2.",
        "ghp_a8Xk29LmQwErTyUiOpAsDfGhJkLzXcVbN1m2",
    ),
    Kind.PASSWORD: ("My password is Tr0ub4dor&Canary!", "Tr0ub4dor&Canary!"),
    Kind.PRIVATE_KEY: (
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAzorblaxcanary\n-----END RSA PRIVATE KEY-----",
        "MIIEowIBAAKCAQEAzorblaxcanary",
    ),
    Kind.SEED: (
        "My seed phrase: legal winner thank year wave sausage worth useful legal winner thank yellow",
        "sausage worth useful",
    ),
    Kind.OWN: ("How far along is project Zorblaxian by now?", "Zorblaxian"),
}
ABSTRACT = {"auxiliary"}
"""Mechanisms that send the task without its details, so that nothing is to be put back."""
UNTYPED = {Kind.LITERAL}
"""What looks like a placeholder is no detail; its own tests are in tests/privacy."""


def test_the_table_has_every_kind_that_is_hidden():
    hidden = {kind for kind in Kind if action_for(kind, Level.GUARDED) in HIDING}
    assert hidden - UNTYPED == CANARIES.keys()


HIDDEN = [
    (kind, level)
    for level in (Level.GUARDED, Level.STRICT, Level.OPEN)
    for kind in CANARIES
    if action_for(kind, level) in HIDING
]
MECHANISM_NAMES = [mechanism.name for mechanism in MECHANISMS]


@pytest.fixture(scope="module")
def server():
    with parrot() as bird:
        yield bird


@pytest.fixture(scope="module")
def confidant(server, tmp_path_factory):
    paths = Paths(tmp_path_factory.mktemp("profile"))
    paths.create()
    confidant = build(paths)
    confidant.start()
    confidant.settings.set(CLOUD_ENABLED, True)
    confidant.settings.set(CLOUD_BASE_URL, server.address)
    confidant.settings.set(PRIVACY_OWN_WORDS, ("Zorblaxian",))
    confidant.settings.set(LOCAL_MAX_TOKENS, 16)  # what the real model here says does not matter
    yield confidant
    confidant.close()


@pytest.mark.parametrize("mechanism", MECHANISM_NAMES)
@pytest.mark.parametrize(("kind", "level"), HIDDEN, ids=str)
@pytest.mark.parametrize("instead", ["codes", "stand-ins"])
def test_no_private_detail_gets_out_and_the_answer_has_it_back(
    confidant, server, mechanism, kind, level, instead
):
    question, canary = CANARIES[kind]
    confidant.settings.set(PRIVACY_REPLACE_WITH, instead)
    server.bodies.clear()
    events, yes = [], Yes()
    conversation = confidant.session.new_conversation(level=level).id
    confidant.session.send(
        conversation, question, yes, Cancel(), events.append, where=Where.CLOUD, mechanism=mechanism
    )
    assert isinstance(events[-1], Done), events[-1]
    sent = [event for event in events if isinstance(event, Sent)]
    assert [event.body.encode() for event in sent] == server.bodies, "preview and wire differ"
    assert [review.body for review in yes.reviews] == [event.body for event in sent]
    assert canary not in server.received
    answer = "".join(event.text for event in events if isinstance(event, Delta))
    if mechanism in ABSTRACT:
        assert confidant.session.messages(conversation)[-1].text == answer
        return  # its own test below asks it for what makes it send something
    actions = _actions_on(canary, question, events)
    assert actions <= HIDING
    if actions <= {Action.PLACEHOLDER, Action.STANDIN}:
        assert canary in answer
    elif Action.BLOCK in actions:
        assert canary not in answer
    if kind is not Kind.URL:  # its token is a secret of its own
        assert actions == {_expected(kind, level, instead)}
    assert confidant.session.messages(conversation)[-1].text == answer


@pytest.mark.parametrize("mechanism", sorted(ABSTRACT))
@pytest.mark.parametrize("kind", CANARIES, ids=str)
@pytest.mark.parametrize(
    ("level", "request_"),
    [
        (Level.OPEN, "{0}\n\nWrite a letter about {1} please."),
        (Level.GUARDED, "Write a short letter about this: {0}"),
    ],
)
def test_of_an_abstract_task_no_detail_gets_out_in_any_form(
    confidant, server, mechanism, kind, level, request_
):
    statement, canary = CANARIES[kind]
    question = request_.format(statement, canary)
    server.bodies.clear()
    events, yes = [], Yes()
    conversation = confidant.session.new_conversation(level=level).id
    confidant.session.send(
        conversation, question, yes, Cancel(), events.append, where=Where.CLOUD, mechanism=mechanism
    )
    assert isinstance(events[-1], Done), events[-1]
    (body,) = server.bodies
    assert [review.body.encode() for review in yes.reviews] == [body]
    asked = json.loads(body)["messages"][-1]["content"]
    assert "asked for:" in asked
    assert canary not in server.received
    parts = [part for part in re.findall(r"[^\W_]+", canary) if len(part) > 3 or part.isdigit()]
    assert not [part for part in parts if re.search(rf"\b{part}\b", asked, re.IGNORECASE)]
    assert not list(placeholders.mentions(asked))
    (found,) = [event for event in events if isinstance(event, Findings)]
    assert {each.action for each in found.decided} <= HIDING


def test_afterwards_no_canary_is_in_the_ledger_the_log_or_what_the_store_keeps_for_the_cloud(confidant):
    canaries = [canary for _, canary in CANARIES.values()]
    ledger = confidant.border.ledger
    rows = ledger.entries(10_000)
    assert rows, "this test runs after those that send"
    kept = [ledger.body(row.id) or "" for row in rows] + [repr(row) for row in rows]
    if confidant.paths.log.exists():
        kept.append(confidant.paths.log.read_text())
    for canary in canaries:
        assert not any(canary in text for text in kept)
    assert all(ledger.check(canary) == [] for canary in canaries)
    with confidant._kept.reading() as connection:
        columns = list(_cloud_columns(connection))
    assert not [canary for canary in canaries for column in columns if canary.encode() in column]


def _expected(kind, level, instead):
    action = action_for(kind, level)
    invents = instead == "stand-ins" and level is Level.GUARDED and kind in KINDS
    return Action.STANDIN if invents and action is Action.PLACEHOLDER else action


def _actions_on(canary, question, events):
    """Return what was done with the findings that cover a canary, every character of it."""
    start = question.index(canary)
    (found,) = [event for event in events if isinstance(event, Findings)]
    covering = [d for d in found.decided if d.finding.start < start + len(canary) and start < d.finding.end]
    covered = {at for d in covering for at in range(d.finding.start, d.finding.end)}
    letters = {start + at for at, letter in enumerate(canary) if letter.isalnum()}
    assert letters <= covered, "part of it was not found"
    return {d.action for d in covering}


def _cloud_columns(connection):
    """Yield all that is stored outside the person's own words: wire texts, ledger, vault."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        names = [row[1] for row in connection.execute(f"PRAGMA table_info('{table}')")]
        cloudy = "ledger" in table or "vault" in table
        for name in names:
            if cloudy or name in ("wire_text", "route", "model", "failure"):
                for (value,) in connection.execute(f'SELECT "{name}" FROM "{table}"'):
                    yield value if isinstance(value, bytes) else str(value).encode()
