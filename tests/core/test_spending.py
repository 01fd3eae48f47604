"""What the cloud costs, and what a budget forbids."""

import json

import pytest
from fakes import Yes

from app.core.cancel import Cancel
from app.core.engines.tally import Prices, Tally
from app.core.errors import PolicyRefused
from app.core.events import Done, Routed
from app.core.settings import (
    CLOUD_BUDGET_MONTH,
    CLOUD_BUDGET_QUESTION,
    CLOUD_PRICE_ANSWER,
    CLOUD_PRICE_PROMPT,
)
from app.core.types import Chunk, Usage, Where


def ask(confidant, text="Explain the proof of the theorem step by step.", where=Where.CLOUD):
    events, conversation = [], confidant.session.new_conversation().id
    confidant.session.send(conversation, text, Yes(), Cancel(), events.append, where=where)
    return events


def test_each_step_has_its_time_tokens_bytes_and_cost():
    tally = Tally(Prices(2.0, 10.0))
    with tally.step("draft", Where.LOCAL) as meter:
        meter.count(Chunk(usage=Usage(100, 50)))
    with tally.step("answer", Where.CLOUD) as meter:
        meter.count(Chunk(usage=Usage(1000, 200)))
        meter.bytes_sent = 640
    draft, answer = tally.steps
    assert (draft.cost, draft.where, draft.usage) == (0.0, Where.LOCAL, Usage(100, 50))
    assert answer.cost == pytest.approx(0.004)
    assert tally.usage == Usage(1100, 250)
    assert tally.bytes_sent == 640
    assert all(step.ms >= 0 for step in tally.steps)


def test_what_an_answer_took_is_told_kept_and_added_up(confidant, bird):
    confidant.settings.set(CLOUD_PRICE_PROMPT, 1_000.0)
    confidant.settings.set(CLOUD_PRICE_ANSWER, 1_000.0)
    events = ask(confidant)
    assert isinstance(events[-1], Done)
    (step,) = events[-1].steps
    assert step.where is Where.CLOUD
    assert step.cost > 0
    assert step.bytes_sent == len(bird.bodies[0])
    (conversation, *_) = confidant.session.conversations()
    answer = confidant.session.messages(conversation.id)[-1]
    assert answer.account.steps == events[-1].steps
    assert answer.account.requests == (answer.ledger,)
    spent = confidant.spending.this_month()
    assert (spent.calls, spent.cost) == (1, pytest.approx(step.cost))


def test_a_spent_budget_keeps_the_next_question_here_and_says_so(confidant, bird):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 10_000.0)
    confidant.settings.set(CLOUD_BUDGET_MONTH, 0.01)
    ask(confidant)
    before = len(bird.bodies)
    events = ask(confidant, where=Where.AUTO)
    (routed,) = [event for event in events if isinstance(event, Routed)]
    assert routed.where is Where.LOCAL
    assert "This month's budget of 0.01 is spent." in routed.reasons
    assert len(bird.bodies) == before
    with pytest.raises(PolicyRefused, match="budget"):
        confidant.border.guard(confidant.session.new_conversation().id, "guarded", Yes())._engine.permit()


def test_a_question_that_would_cost_too_much_stays_here(confidant, bird):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 10_000.0)
    confidant.settings.set(CLOUD_BUDGET_QUESTION, 0.5)
    routed = [event for event in ask(confidant, where=Where.AUTO) if isinstance(event, Routed)]
    assert routed[0].where is Where.LOCAL
    assert "more than one question may" in routed[0].reasons[0]
    assert bird.bodies == []


def test_without_prices_nothing_is_counted_as_money(confidant, bird):
    ask(confidant)
    assert confidant.spending.this_month().cost == 0
    assert json.loads(bird.bodies[0])["model"]
