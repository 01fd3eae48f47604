"""Adaptive delegates: the way that suits, its reasons, and what it may never override."""

import pytest
from fakes import Yes

from app.core.cancel import Cancel
from app.core.errors import MemoryFault
from app.core.events import Compared, Done, Routed
from app.core.mechanisms import MECHANISMS
from app.core.settings import CLOUD_ENABLED, LOCAL_MODEL, MECHANISM, MECHANISM_LEARN
from app.core.types import Where
from app.privacy.policy import Level

SURE = "Which year did the Berlin Wall fall? Please double-check the year."
LETTER = "Write a short letter to the school of my daughter that she cannot come today."


@pytest.fixture
def chooser(confidant, tmp_path):
    """A profile with a better model than the bundled one, and no chance in the choice."""
    confidant.settings.set(MECHANISM_LEARN, False)
    confidant.settings.set(LOCAL_MODEL, str(tmp_path / "better.gguf"))
    return confidant


def ask(confidant, text, *, level=None, where=Where.AUTO, mechanism=""):
    events, key = [], confidant.session.new_conversation(level=level).id
    confidant.session.send(key, text, Yes(), Cancel(), events.append, where=where, mechanism=mechanism)
    assert isinstance(events[-1], Done), events[-1]
    return events


def routed(events):
    return next(event for event in events if isinstance(event, Routed))


def test_who_wants_to_be_sure_gets_both_answers_and_is_told_why(chooser, bird):
    events = ask(chooser, SURE)
    assert routed(events).mechanism == "fusion"
    assert routed(events).reasons[0] == "You want to be sure, so both models answer."
    assert [event for event in events if isinstance(event, Compared)]
    assert len(bird.bodies) == 1


def test_a_letter_about_oneself_is_planned_by_the_cloud_and_written_here(chooser, bird):
    fact = chooser.facts.add("My daughter Zoé is 7.")
    assert fact
    events = ask(chooser, LETTER)
    assert routed(events).mechanism == "auxiliary"
    assert "Zo" not in bird.received


def test_the_route_is_told_without_a_byte_leaving_or_a_word_being_kept(chooser, bird):
    route = chooser.session.route(SURE, Level.GUARDED)
    assert (route.mechanism, route.where) == ("fusion", Where.CLOUD)
    assert bird.requests == []
    assert chooser.session.conversations() == []


@pytest.mark.parametrize("mechanism", [each.name for each in MECHANISMS])
@pytest.mark.parametrize("how", ["level", "person", "cloud"])
def test_no_way_asks_the_cloud_where_policy_forbids_it(chooser, bird, mechanism, how):
    if how == "cloud":
        chooser.settings.set(CLOUD_ENABLED, False)
    level = Level.LOCAL if how == "level" else None
    where = Where.LOCAL if how == "person" else Where.AUTO
    for text in (SURE, LETTER):
        events = ask(chooser, text, level=level, where=where, mechanism=mechanism)
        assert {event.where for event in events if isinstance(event, Routed)} == {Where.LOCAL}
    assert bird.requests == []


def test_the_default_way_is_a_setting(chooser, bird):
    chooser.settings.set(MECHANISM, "pipeline")
    assert routed(ask(chooser, "Hello")).mechanism == "pipeline"


def test_a_memory_that_fails_costs_no_answer(chooser, bird, monkeypatch):
    def fail(texts):
        raise MemoryFault("The model that searches by meaning could not be loaded.")

    monkeypatch.setattr(chooser.embedder, "embed", fail)
    assert routed(ask(chooser, SURE)).mechanism == "fusion"


def test_every_option_of_a_mechanism_is_a_declared_setting(confidant):
    options = {option.key for mechanism in MECHANISMS for option in mechanism.options}
    assert options <= confidant.settings.declared.keys()
    assert {key for key in confidant.settings.declared if key.count(".") == 2} == options
