"""A real model behind a real OpenAI-compatible server, and a real model here: the whole path, both ways."""

import pytest
from fakes import Yes

from app.assembly import build
from app.core.cancel import Cancel
from app.core.events import Delta, Done, Sent
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, LOCAL_CONTEXT, LOCAL_MAX_TOKENS
from app.core.types import Origin, Where

pytestmark = [pytest.mark.server, pytest.mark.model]
QUESTION = (
    "My friend Cornelia Featherstone (cornelia@quillmail.example) has a birthday. Repeat her name and mail."
)


@pytest.fixture(scope="module")
def confidant(tmp_path_factory):
    paths = Paths(tmp_path_factory.mktemp("profile"))
    paths.create()
    confidant = build(paths)
    confidant.start()
    confidant.settings.set(LOCAL_CONTEXT, 512)
    confidant.settings.set(LOCAL_MAX_TOKENS, 24)
    yield confidant
    confidant.close()


@pytest.mark.parametrize("mechanism", ["routing", "pipeline"])
def test_a_real_server_receives_the_bytes_of_the_preview_and_answers(confidant, recorder, mechanism):
    confidant.settings.set(CLOUD_BASE_URL, recorder.address)
    confidant.settings.set(CLOUD_ENABLED, True)
    events, yes = [], Yes()
    conversation = confidant.session.new_conversation().id
    confidant.session.send(
        conversation, QUESTION, yes, Cancel(), events.append, where=Where.CLOUD, mechanism=mechanism
    )
    assert isinstance(events[-1], Done), events[-1]
    (sent,) = [event for event in events if isinstance(event, Sent)]
    posted = [request.body for request in recorder.requests if request.body]
    assert posted[-1] == sent.body.encode() == yes.reviews[0].body.encode()
    assert b"Cornelia" not in b"".join(posted)
    assert b"quillmail" not in b"".join(posted)
    answer = [event for event in events if isinstance(event, Delta)]
    assert "".join(event.text for event in answer).strip()
    assert {event.origin for event in answer} <= {Origin.CLOUD, Origin.RESTORED}
    assert events[-1].usage.answer_tokens > 0


def test_the_same_question_is_answered_by_the_model_on_this_computer(confidant):
    events = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(conversation, QUESTION, None, Cancel(), events.append, where=Where.LOCAL)
    assert isinstance(events[-1], Done)
    assert not any(isinstance(event, Sent) for event in events)
    assert "".join(event.text for event in events if isinstance(event, Delta)).strip()
