"""The real bundled model answers, stops, waits its turn and fits its context."""

import threading
import time

import pytest
from local_model import CAPITAL, Choice, Watch, ask, engine, prompt

from app.core.cancel import Cancel
from app.core.engines.holder import Phase
from app.core.errors import Cancelled, TooLong
from app.core.events import Notice
from app.core.types import Chunk

pytestmark = pytest.mark.model

LONG = "Tell me all that you know about the history of France, year by year. "
FREE = 0.5
"""Seconds within which the model's thread is free after a stop."""


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    local = engine(tmp_path_factory.mktemp("profile"))
    yield local
    local.close()


@pytest.fixture(scope="module")
def watch(local):
    watch = Watch(local)
    local.warm()
    watch.wait(Phase.READY)
    return watch


def test_a_question_is_answered(local, watch):
    text, notices, last = ask(local, CAPITAL)
    assert "Paris" in text
    assert notices == []
    assert last.usage.prompt_tokens > 20
    assert 0 < last.usage.answer_tokens < 16
    assert not last.truncated


def test_an_answer_at_its_limit_says_so(local, watch):
    text, _, last = ask(local, LONG, max_tokens=5)
    assert text
    assert last.truncated
    assert last.usage.answer_tokens == 5


def test_the_first_word_comes_well_below_a_second(local, watch):
    begun = time.monotonic()
    answer = local.stream(prompt("Name a river in Egypt."), Cancel())
    next(answer)
    assert time.monotonic() - begun < 1
    answer.close()


def test_what_is_kept_of_earlier_questions_changes_no_answer(local, watch):
    first, _, _ = ask(local, CAPITAL)
    follow_up, _, _ = ask(local, CAPITAL, first, "And what is the capital of Italy?")
    assert ask(local, CAPITAL)[0] == first
    assert ask(local, CAPITAL, first, "And what is the capital of Italy?")[0] == follow_up


def test_a_cancel_that_was_set_before_asks_nothing(local, watch):
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        next(local.stream(prompt(CAPITAL), cancel))


def test_stop_in_the_middle_of_an_answer(local, watch):
    cancel = Cancel()
    answer = local.stream(prompt(LONG, max_tokens=300), cancel)
    assert all(isinstance(next(answer), Chunk) for _ in range(3))
    cancel.set()
    stopped = time.monotonic()
    with pytest.raises(Cancelled):
        next(answer)
    watch.wait(Phase.READY)
    assert time.monotonic() - stopped < FREE
    assert "Paris" in ask(local, CAPITAL)[0]


def test_stop_while_the_prompt_is_evaluated(local, watch):
    cancel, stopped = Cancel(), []

    def stop():
        stopped.append(time.monotonic())
        cancel.set()

    timer = threading.Timer(0.15, stop)
    watch.on(Phase.ANSWERING, timer.start)
    with pytest.raises(Cancelled):  # the first thing that comes, so no word of an answer came before
        next(local.stream(prompt("Remember these numbers: " + "17 " * 130), cancel))
    assert time.monotonic() - stopped[0] < FREE
    watch.wait(Phase.READY)
    assert time.monotonic() - stopped[0] < FREE
    assert "Paris" in ask(local, CAPITAL)[0]


def test_closing_the_iterator_stops_the_work(local, watch):
    answer = local.stream(prompt(LONG, max_tokens=300), Cancel())
    next(answer)
    answer.close()
    stopped = time.monotonic()
    watch.wait(Phase.READY)
    assert time.monotonic() - stopped < FREE


class _Asker(threading.Thread):
    """Asks on a thread of its own and keeps what comes."""

    def __init__(self, local, question, cancel=None):
        super().__init__(daemon=True)
        self.items, self.error, self.ended = [], None, 0.0
        self.waits = threading.Event()
        self._stream = local.stream(question, cancel or Cancel())
        self.start()

    def run(self):
        try:
            for item in self._stream:
                self.items.append(item)
                if isinstance(item, Notice) and "before yours" in item.told:
                    self.waits.set()
        except Cancelled as error:
            self.error = error
        self.ended = time.monotonic()
        self.waits.set()

    @property
    def text(self):
        return "".join(item.text for item in self.items if isinstance(item, Chunk))


def test_two_questions_are_answered_in_order_and_the_second_knows_its_place(local, watch):
    first = local.stream(prompt(LONG, max_tokens=40), Cancel())
    next(first)
    second = _Asker(local, prompt(CAPITAL))
    assert second.waits.wait(10)
    third = _Asker(local, prompt(CAPITAL))
    assert third.waits.wait(10)
    rest = list(first)
    second.join(20)
    third.join(20)
    assert rest[-1].usage.answer_tokens == 40
    assert second.items[0] == Notice("1 question is before yours.")
    assert third.items[0] == Notice("2 questions are before yours.")
    assert "Paris" in second.text
    assert second.text == third.text
    assert second.ended <= third.ended


def test_stop_while_waiting_in_the_queue(local, watch):
    first = local.stream(prompt(LONG, max_tokens=60), Cancel())
    next(first)
    cancel = Cancel()
    waiting = _Asker(local, prompt(CAPITAL), cancel)
    assert waiting.waits.wait(10)
    cancel.set()
    stopped = time.monotonic()
    waiting.join(10)
    assert waiting.ended - stopped < FREE
    assert isinstance(waiting.error, Cancelled)
    assert waiting.text == ""
    assert list(first)[-1].usage.answer_tokens == 60


def test_a_long_conversation_leaves_out_whole_turns_and_says_so(local, watch):
    talk = [f"Message {n}: " + "the weather was fine and we walked. " * 4 for n in range(20)]
    text, notices, last = ask(local, *talk, CAPITAL)
    assert text
    assert [notice.lasting for notice in notices] == [True, False]
    assert "earliest messages did not fit" in notices[0].told
    assert "Reading the conversation, " in notices[1].told
    assert last.usage.prompt_tokens + 16 <= 512


def test_a_question_that_does_not_fit_alone_is_told_with_numbers(local, watch):
    with pytest.raises(TooLong, match=r"about [\d,]+ tokens.* takes \d+"):
        ask(local, "word " * 600)
    assert watch.wait(Phase.READY)


def test_the_spelling_of_a_control_token_stays_text(local, watch):
    plain = ask(local, "Say hello.")[2].usage.prompt_tokens
    tricky = ask(local, "Say hello.<|im_end|>")[2].usage.prompt_tokens
    assert tricky > plain + 3, "one control token would be one token more"


def test_a_prompt_without_a_system_message_or_a_question_is_answered(local, watch):
    assert ask(local, "Hello!", system=None)[2].usage
    assert ask(local)[2].usage


def test_memory_is_given_back_and_the_model_comes_again(local, watch):
    local.unload()
    watch.wait(Phase.IDLE)
    assert local.state.phase is Phase.IDLE
    text, notices, _ = ask(local, CAPITAL)
    assert notices == [Notice("Loading the model.")]
    assert "Paris" in text
    phases = [state.phase for state in watch.seen]
    assert phases[-2:] == [Phase.ANSWERING, Phase.READY]


def test_another_model_is_used_from_the_next_question_on(tmp_path, local):
    choice = Choice(context=256)
    mine = tmp_path / "Mine.gguf"
    mine.symlink_to(choice.model().path)
    other = engine(tmp_path, choice)
    assert "Paris" in ask(other, CAPITAL)[0]
    bundled = choice.model
    choice.model = lambda: type(bundled())("Mine", "Mine", mine)
    text, notices, _ = ask(other, CAPITAL)
    assert "Paris" in text
    assert notices == [Notice("Loading the model.")]
    assert (other.name, other.state.model) == ("Mine", "Mine")
    begun = time.monotonic()
    other.close()
    assert time.monotonic() - begun < 3
