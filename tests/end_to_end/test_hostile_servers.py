"""Whatever a server does, the person reads one sentence, nothing is lost, and nothing goes elsewhere."""

import logging

import pytest
from fakes import Yes
from hostile import Hostile, answer, cut, event, page, raw, silence, stall, status

from app.assembly import build
from app.core import settings as keys
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Fix
from app.core.events import Delta, Done, Failed, Notice, Routed
from app.core.paths import Paths
from app.core.types import State, Where

QUESTION = "Write to Cornelia Featherstone, please."
CANARY = "Zorblaxian"
"""Stands in what the servers say: none of it may be told or logged."""

ERROR = {"error": {"message": f"{CANARY} says no", "code": "nope"}}
SERVERS = {
    "refused key": ((status(401, ERROR),), "key-refused", Fix.ENTER_KEY),
    "forbidden": ((status(403, ERROR),), "key-refused", Fix.ENTER_KEY),
    "unknown model": ((status(404, ERROR),), "model-unknown", Fix.CLOUD_SETTINGS),
    "bad request": ((status(400, ERROR),), "request-refused", Fix.CLOUD_SETTINGS),
    "invalid JSON": ((cut(b"data: {nonsense\n\n"),), "bad-reply", Fix.CLOUD_SETTINGS),
    "a web page": ((page(),), "bad-reply", Fix.CLOUD_SETTINGS),
    "a huge line": ((cut(b"data: " + b"x" * 3_000_000),), "bad-reply", Fix.CLOUD_SETTINGS),
    "wrong encoding": ((cut(b'data: {"choices":[{"delta":{"content":"\xff\xfe"}}]}\n\n'),), None, None),
    "moved": ((status(307, ERROR, location="http://127.0.0.1:1/v1/chat/completions"),), "bad-reply", None),
    "moved for good": ((status(308, ERROR, location="http://127.0.0.1:1/"),), "bad-reply", None),
}

BROKEN = "broke off here"
LOCAL = QUESTION
"""The local model of these tests echoes."""
PASSING = {
    "no funds": ((status(402, ERROR),), "", "credit"),
    "quota used up": (
        (status(429, {"error": {"code": "insufficient_quota", "message": CANARY}}),), "", "credit",
    ),
    "busy for long": ((status(429, ERROR, retry_after="3600"),), "", "too many requests"),
    "broken server": ((status(500, ERROR),), "", "problem of its own"),
    "no first byte": ((silence,), "", "did not answer"),
    "killed before its head": ((raw(b""),), "", "without an answer"),
    "no HTTP": ((raw(b"SSH-2.0-OpenSSH\r\n"),), "", "without an answer"),
    "killed in its head": ((raw(b"HTTP/1.1 200 OK\r\ncontent-ty"),), "", "answers instead"),
    "cut before a word": ((cut(),), "", "before its first word"),
    "cut in a placeholder": ((cut(event("Dear PERSON-7Q")),), "Dear ", "broke off"),
    "cut in a word": ((cut(event("Dear Madam, I wri")),), "Dear Madam, ", "broke off"),
    "silent in the middle": ((stall(event("Dear Madam, ")),), "Dear Madam, ", "broke off"),
    "cut in code": ((cut(event("See:\n```python\nx = 1")),), "See:\n```python\nx = 1", "broke off"),
}  # fmt: skip
"""Failures that a person cannot mend at once: what the servers do, what is kept of it, what is told."""


@pytest.fixture
def confidant(tmp_path):
    paths = Paths(tmp_path / "profile")
    paths.create()
    confidant = build(paths, EchoEngine())
    confidant.start()
    confidant.settings.set(keys.CLOUD_ENABLED, True)
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    confidant.settings.set(keys.CLOUD_TIMEOUT, 1)
    confidant.settings.set(keys.CLOUD_RETRIES, 0)
    yield confidant
    confidant.close()


def ask(confidant, address, mechanism=""):
    confidant.settings.set(keys.CLOUD_BASE_URL, address)
    events = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(
        conversation, QUESTION, Yes(), Cancel(), events.append, where=Where.CLOUD, mechanism=mechanism
    )
    return conversation, events


def check(confidant, conversation, events, kind, fix):
    """The failure is one sentence with a button, and everything that was there is kept."""
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert kind is None or failed.kind == kind
    assert fix is None or failed.fix is fix
    assert failed.told.endswith((".", "?"))
    for word in ("Traceback", "Error(", "Exception", CANARY, "Cornelia"):
        assert word not in failed.told
    question, answer = confidant.session.messages(conversation)
    assert question.text == QUESTION
    assert (answer.state, answer.failure) == (State.FAILED, failed.told)
    assert answer.text == "".join(event.text for event in events if isinstance(event, Delta))
    assert "PERSON-" not in answer.text


@pytest.mark.parametrize("server", SERVERS.values(), ids=SERVERS.keys())
def test_a_hostile_server_gets_one_clear_sentence(confidant, server, caplog):
    steps, kind, fix = server
    with caplog.at_level(logging.DEBUG, logger="app"), Hostile(*steps) as hostile:
        conversation, events = ask(confidant, hostile.url)
    check(confidant, conversation, events, kind, fix)
    assert CANARY not in caplog.text
    assert "Cornelia" not in b"".join(hostile.bodies).decode()


def test_an_address_that_is_none_gets_one_clear_sentence(confidant):
    conversation, events = ask(confidant, "not an address at all")
    check(confidant, conversation, events, None, None)


def check_local(confidant, conversation, events, came, told):
    """Whatever came is kept, the person reads what happened, and the local answer is whole."""
    assert isinstance(events[-1], Done)
    notices = [each.told for each in events if isinstance(each, Notice) and each.lasting]
    assert any(told in each for each in notices), notices
    assert CANARY not in " ".join(notices)
    _, answered = confidant.session.messages(conversation)
    assert (answered.state, answered.failure) == (State.COMPLETE, "")
    assert answered.text == "".join(each.text for each in events if isinstance(each, Delta))
    assert answered.text.startswith(came)
    assert answered.text.endswith(LOCAL)
    assert (BROKEN in answered.text) == bool(came)
    assert answered.text.count("```") % 2 == 0
    assert [each.where for each in events if isinstance(each, Routed)][-1] is Where.LOCAL


@pytest.mark.parametrize("mechanism", ["", "pipeline"])
@pytest.mark.parametrize("server", PASSING.values(), ids=PASSING.keys())
def test_this_computer_answers_where_the_cloud_breaks_off(confidant, server, mechanism, caplog):
    steps, came, told = server
    with caplog.at_level(logging.DEBUG, logger="app"), Hostile(*steps) as hostile:
        conversation, events = ask(confidant, hostile.url, mechanism)
    check_local(confidant, conversation, events, came, told)
    assert CANARY not in caplog.text


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "https://no-such-host.invalid"])
def test_this_computer_answers_where_nobody_is(confidant, address):
    conversation, events = ask(confidant, address)
    check_local(confidant, conversation, events, "", "answers instead")


def test_the_cloud_s_failure_is_told_where_this_computer_cannot_answer_either(confidant):
    from app.core.settings import LOCAL_MODEL

    confidant.local._stand_in = None
    confidant.settings.set(LOCAL_MODEL, "no-such-model.gguf")
    with Hostile(status(500, ERROR)) as hostile:
        conversation, events = ask(confidant, hostile.url)
    check(confidant, conversation, events, "server-fault", Fix.RETRY)


def test_a_busy_server_is_asked_again_with_the_same_bytes(confidant):
    confidant.settings.set(keys.CLOUD_RETRIES, 2)
    with Hostile(status(429, ERROR, retry_after="0"), status(500, ERROR), answer("Done.")) as hostile:
        _, events = ask(confidant, hostile.url)
        assert "".join(event.text for event in events if isinstance(event, Delta)) == "Done."
        first, second, third = hostile.bodies
    assert first == second == third
