"""What was local stays local, and what left as something else stays that, whatever is changed later."""

import json

import pytest
from fakes import Says, Yes, parrot

from app.assembly import build
from app.core.approval import Approve, Revise
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.events import Delta, Done
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, PRIVACY_REPLACE_WITH
from app.core.types import Where
from app.privacy.policy import Level
from app.privacy.types import Action


@pytest.fixture
def server():
    with parrot() as bird:
        yield bird


@pytest.fixture
def confidant(server, tmp_path):
    paths = Paths(tmp_path)
    paths.create()
    confidant = build(paths, EchoEngine())
    confidant.start()
    confidant.settings.set(CLOUD_ENABLED, True)
    confidant.settings.set(CLOUD_BASE_URL, server.address)
    yield confidant
    confidant.close()


def ask(confidant, conversation, text, where=Where.CLOUD, approver=None):
    events = []
    confidant.session.send(conversation, text, approver or Yes(), Cancel(), events.append, where=where)
    assert isinstance(events[-1], Done), events[-1]
    return "".join(event.text for event in events if isinstance(event, Delta))


@pytest.mark.parametrize("instead", ["codes", "stand-ins"])
@pytest.mark.parametrize("later", [Level.STRICT, Level.GUARDED, Level.OPEN], ids=lambda level: level.value)
def test_what_was_local_stays_local(confidant, server, later, instead):
    confidant.settings.set(PRIVACY_REPLACE_WITH, instead)
    conversation = confidant.session.new_conversation(level=Level.LOCAL).id
    ask(confidant, conversation, "My secret garden is full of zorblaxian lilies.", Where.AUTO)
    confidant.session.set_level(conversation, later)
    ask(confidant, conversation, "A further thought about quokkas, only for here.", Where.LOCAL)
    ask(confidant, conversation, "Why is the sky blue at noon?")
    (body,) = server.bodies
    said = [message["content"] for message in json.loads(body)["messages"]]
    assert said[1:] == ["Why is the sky blue at noon?"]
    assert b"zorblaxian" not in body
    assert b"quokka" not in body


@pytest.mark.parametrize("instead", ["codes", "stand-ins"])
def test_earlier_turns_leave_byte_for_byte_whatever_is_chosen_later(confidant, server, instead):
    confidant.settings.set(PRIVACY_REPLACE_WITH, instead)
    conversation = confidant.session.new_conversation(level=Level.GUARDED).id
    first = "Please write to Cornelia Featherstone about the party on 3 May 2031."
    assert ask(confidant, conversation, first) == first
    before = json.loads(server.bodies[-1])["messages"][1:]
    confidant.settings.set(PRIVACY_REPLACE_WITH, "codes" if instead == "stand-ins" else "stand-ins")
    second = "Cornelia will bring Hildegard Quimby, says Ms. Featherstone."
    assert ask(confidant, conversation, second) == second
    after = json.loads(server.bodies[-1])["messages"][1:]
    assert after[: len(before)] == before
    for name in ("Cornelia", "Featherstone", "Hildegard", "Quimby"):
        assert name not in server.received


def test_a_choice_in_the_review_is_used_and_kept(confidant, server):
    conversation = confidant.session.new_conversation(level=Level.GUARDED).id
    person = Says(
        Revise("Cornelia Featherstone", Action.STANDIN),
        Revise("Brindlewick Dental Clinic", Action.GENERALIZE, "a practice in the north"),
        Approve(),
    )
    question = "I am Cornelia Featherstone and I work at Brindlewick Dental Clinic as a nurse."
    answer = ask(confidant, conversation, question, approver=person)
    assert answer == question.replace("Brindlewick Dental Clinic", "a practice in the north")
    sent = json.loads(server.bodies[-1])["messages"][-1]["content"]
    assert "a practice in the north" in sent
    assert "PERSON-" not in sent
    again = ask(confidant, conversation, "Cornelia Featherstone left Brindlewick Dental Clinic.")
    assert again == "Cornelia Featherstone left a practice in the north."
