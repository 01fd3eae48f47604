"""A server of the person's own answers instead of this computer, and sees everything."""

import json

import pytest
from fakes import parrot

from app.core.cancel import Cancel
from app.core.engines.cloud_address import CloudConfig
from app.core.engines.trusted import TrustedServer
from app.core.errors import NotReady, Unreachable
from app.core.types import Chunk, Generation, Message, Prompt, Role

PROMPT = Prompt(
    (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "Say hello to Zoé.")), Generation(max_tokens=9)
)


def test_it_gets_the_whole_prompt_as_it_is_and_no_key(monkeypatch):
    monkeypatch.setenv("CONFIDANT_API_KEY", "sk-canary")
    with parrot() as bird:
        server = TrustedServer(lambda: CloudConfig(bird.address))
        pieces = list(server.stream(PROMPT, Cancel()))
        assert "".join(piece.text for piece in pieces if isinstance(piece, Chunk)) == "Say hello to Zoé."
        asked = json.loads(bird.bodies[0])
        assert asked["model"] == bird.model
        assert asked["max_tokens"] == 9
        assert [message["content"] for message in asked["messages"]] == ["Be brief.", "Say hello to Zoé."]
        assert "sk-canary" not in bird.received


def test_it_is_named_after_its_host_and_off_without_an_address():
    assert TrustedServer(lambda: CloudConfig("http://127.0.0.1:8080")).name == "your server 127.0.0.1:8080"
    assert not TrustedServer(lambda: CloudConfig("  ")).is_set


@pytest.mark.parametrize("address", ["http://192.0.2.7:8080", "no address"])
def test_an_address_on_which_others_could_read_along_is_refused(address):
    server = TrustedServer(lambda: CloudConfig(address))
    with pytest.raises(NotReady):
        list(server.stream(PROMPT, Cancel()))


def test_one_that_is_not_there_is_told():
    server = TrustedServer(lambda: CloudConfig("http://127.0.0.1:9", retries=0, model="m"))
    with pytest.raises(Unreachable):
        list(server.stream(PROMPT, Cancel()))
