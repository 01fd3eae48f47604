"""Whatever a server does, the person reads one sentence, nothing is lost, and nothing goes elsewhere."""

import logging

import pytest
from fakes import Yes
from hostile import Hostile, cut, event, page, raw, silence, status

from app.assembly import build
from app.core import settings as keys
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Fix
from app.core.events import Delta, Failed
from app.core.paths import Paths
from app.core.types import State, Where

QUESTION = "Write to Cornelia Featherstone, please."
CANARY = "Zorblaxian"
"""Stands in what the servers say: none of it may be told or logged."""

ERROR = {"error": {"message": f"{CANARY} says no", "code": "nope"}}
SERVERS = {
    "refused key": ((status(401, ERROR),), "key-refused", Fix.ENTER_KEY),
    "forbidden": ((status(403, ERROR),), "key-refused", Fix.ENTER_KEY),
    "no funds": ((status(402, ERROR),), "out-of-quota", Fix.ANSWER_LOCALLY),
    "quota used up": (
        (status(429, {"error": {"code": "insufficient_quota", "message": CANARY}}),),
        "out-of-quota",
        Fix.ANSWER_LOCALLY,
    ),
    "unknown model": ((status(404, ERROR),), "model-unknown", Fix.CLOUD_SETTINGS),
    "bad request": ((status(400, ERROR),), "request-refused", Fix.CLOUD_SETTINGS),
    "busy for long": ((status(429, ERROR, retry_after="3600"),), "rate-limited", Fix.RETRY),
    "broken server": ((status(500, ERROR),), "server-fault", Fix.RETRY),
    "no first byte": ((silence,), "unreachable", Fix.ANSWER_LOCALLY),
    "cut in a placeholder": ((cut(event("Dear PERSON-7Q")),), "cut-off", Fix.RETRY),
    "cut before a word": ((cut(),), "cut-off", Fix.RETRY),
    "invalid JSON": ((cut(b"data: {nonsense\n\n"),), "bad-reply", Fix.CLOUD_SETTINGS),
    "a web page": ((page(),), "bad-reply", Fix.CLOUD_SETTINGS),
    "a huge line": ((cut(b"data: " + b"x" * 3_000_000),), "bad-reply", Fix.CLOUD_SETTINGS),
    "wrong encoding": ((cut(b'data: {"choices":[{"delta":{"content":"\xff\xfe"}}]}\n\n'),), None, None),
    "moved": ((status(307, ERROR, location="http://127.0.0.1:1/v1/chat/completions"),), "bad-reply", None),
    "moved for good": ((status(308, ERROR, location="http://127.0.0.1:1/"),), "bad-reply", None),
    "no HTTP": ((raw(b"SSH-2.0-OpenSSH\r\n"),), None, None),
}


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


def ask(confidant, address):
    confidant.settings.set(keys.CLOUD_BASE_URL, address)
    events = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(conversation, QUESTION, Yes(), Cancel(), events.append, where=Where.CLOUD)
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


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("http://127.0.0.1:9", "unreachable"),
        ("https://no-such-host.invalid", "unreachable"),
        ("not an address at all", None),
    ],
)
def test_an_address_where_nobody_is_gets_one_clear_sentence(confidant, address, kind):
    conversation, events = ask(confidant, address)
    check(confidant, conversation, events, kind, None)


def test_a_busy_server_is_asked_again_with_the_same_bytes(confidant):
    from hostile import answer

    confidant.settings.set(keys.CLOUD_RETRIES, 2)
    with Hostile(status(429, ERROR, retry_after="0"), status(500, ERROR), answer("Done.")) as hostile:
        _, events = ask(confidant, hostile.url)
        assert "".join(event.text for event in events if isinstance(event, Delta)) == "Done."
        first, second, third = hostile.bodies
    assert first == second == third
