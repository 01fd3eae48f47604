"""What the cloud costs, and what a budget forbids."""

import json
import threading

import pytest
from fakes import Yes

from app.core.cancel import Cancel
from app.core.engines.tally import Prices, Tally
from app.core.errors import OutOfQuota, PolicyRefused
from app.core.events import Done, Notice, Routed
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_BUDGET_MONTH,
    CLOUD_BUDGET_QUESTION,
    CLOUD_POLICY,
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
    ask(confidant)
    confidant.settings.set(CLOUD_BUDGET_MONTH, 0.01)
    before = len(bird.bodies)
    events = ask(confidant, where=Where.AUTO)
    (routed,) = [event for event in events if isinstance(event, Routed)]
    assert routed.where is Where.LOCAL
    assert "This month's budget of 0.01 is spent." in routed.reasons
    assert len(bird.bodies) == before
    with pytest.raises(PolicyRefused, match="budget"):
        confidant.border.guard(confidant.session.new_conversation().id, "guarded", Yes())._engine.permit()


def test_a_question_for_which_the_month_has_too_little_left_stays_here(confidant, bird):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 10_000.0)
    confidant.settings.set(CLOUD_BUDGET_MONTH, 4.0)
    (routed, *_) = [event for event in ask(confidant) if isinstance(event, Routed)]
    assert routed.where is Where.LOCAL
    assert "more than is left of this month's budget of 4" in routed.reasons[0]
    assert bird.bodies == []


def test_requests_at_the_same_time_do_not_spend_the_same_money(confidant):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 10_000.0)  # 5 for a usual answer
    confidant.settings.set(CLOUD_BUDGET_MONTH, 12.0)
    spending, refused = confidant.spending, []
    tallies = [Tally(spending.prices) for _ in range(8)]

    def claim(tally):
        try:
            spending.claim(tally, 100)
        except OutOfQuota as error:
            refused.append(error)

    threads = [threading.Thread(target=claim, args=(tally,)) for tally in tallies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(tally.claimed > 0 for tally in tallies) == 2
    assert len(refused) == 6
    assert spending.this_month().cost == pytest.approx(10.0)


def test_what_was_set_aside_gives_way_to_what_it_cost(confidant, bird):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 10_000.0)
    confidant.settings.set(CLOUD_BUDGET_MONTH, 12.0)
    (step,) = ask(confidant)[-1].steps
    assert 0 < confidant.spending.this_month().cost == pytest.approx(step.cost)
    unsent = Tally(confidant.spending.prices)
    confidant.spending.claim(unsent, 100)
    confidant.spending.add(unsent)
    assert confidant.spending.this_month().cost == pytest.approx(step.cost)
    assert confidant.spending.this_month().calls == 1


def test_money_that_others_took_meanwhile_is_refused_and_this_computer_answers(confidant, bird):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 10_000.0)
    confidant.settings.set(CLOUD_BUDGET_MONTH, 6.0)

    class Meanwhile(Yes):
        def decide(self, review, cancel):
            confidant.spending.claim(Tally(confidant.spending.prices), 100)
            return super().decide(review, cancel)

    confidant.settings.set(CLOUD_POLICY, "ask")
    events, conversation = [], confidant.session.new_conversation().id
    confidant.session.send(
        conversation, "Explain rain.", Meanwhile(), Cancel(), events.append, where=Where.CLOUD
    )
    assert isinstance(events[-1], Done)
    assert bird.bodies == []
    assert any("has not enough left" in event.told for event in events if isinstance(event, Notice))


def test_the_wait_is_what_this_cloud_took_lately(confidant):
    def waited(seconds):
        tally = Tally()
        with tally.step("answer", Where.CLOUD) as meter:
            meter.count(Chunk(usage=Usage(10, 10)))
        meter.ms = 1000 * seconds
        confidant.spending.add(tally)

    usual = confidant.spending.wait()
    for _ in range(20):
        waited(30)
    assert confidant.spending.wait() == pytest.approx(30, rel=0.1)
    confidant.settings.set(CLOUD_BASE_URL, "http://127.0.0.1:9/v1")
    assert confidant.spending.wait() == usual
    waited(0.5)
    assert confidant.spending.wait() < usual


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
