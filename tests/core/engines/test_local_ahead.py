"""What may be asked soon is read ahead, and nothing that nobody waits for ever holds up a question."""

import threading

import pytest
from local_model import CAPITAL, Choice, Watch, ask, engine, prompt

from app.core.cancel import Cancel
from app.core.engines.holder import Phase
from app.core.engines.lane import Lane
from app.core.errors import Cancelled

LONG = "Tell me of the sea. " * 60


class Task:
    counts = False

    def __init__(self, gives_way):
        self.gives_way = gives_way
        self.begun, self.stopped, self.ended = (threading.Event() for _ in range(3))

    def run(self):
        self.begun.set()
        if self.gives_way:
            assert self.stopped.wait(10)
        self.ended.set()

    def moved(self, ahead): ...

    def stop(self):
        self.stopped.set()


def test_what_gives_way_is_stopped_and_forgotten_for_a_question():
    lane = Lane("test")
    running, waiting, question = Task(True), Task(True), Task(False)
    lane.put(running)
    assert running.begun.wait(10)
    lane.put(waiting)
    assert not running.stopped.is_set()
    lane.put(question)
    assert question.ended.wait(10)
    assert running.ended.is_set()
    assert waiting.stopped.is_set()
    assert not waiting.begun.is_set()
    assert lane.close(10)


def test_what_does_not_give_way_is_left_alone():
    lane = Lane("test")
    first, second = Task(False), Task(False)
    lane.put(first)
    lane.put(second)
    assert second.ended.wait(10)
    assert not first.stopped.is_set()
    assert lane.close(10)


@pytest.fixture
def local(tmp_path):
    local = engine(tmp_path, Choice(context=1024))
    yield local
    local.close()


def evaluated(local):
    """Return the tokens in the model's cache once the lane is idle."""
    done = threading.Event()
    task = Task(False)
    task.ended = done
    local._lane.put(task)
    assert done.wait(30)
    return list(local._holder.now.model._evaluated)


@pytest.mark.model
def test_a_prompt_is_read_ahead(local):
    ask(local, CAPITAL)
    local.prime(prompt(LONG, "Fine.", CAPITAL), Cancel())
    watch = threading.Event()
    # An errand behind it waits its turn, as everything does that is no question.
    errand = Task(False)
    errand.gives_way, errand.run, errand.stop = True, watch.set, lambda: None
    local._lane.put(errand)
    assert watch.wait(60)
    read = len(evaluated(local))
    assert read > 200
    _, _, last = ask(local, LONG, "Fine.", CAPITAL)
    assert last.usage.prompt_tokens == read


@pytest.mark.model
def test_a_question_need_not_wait_for_what_is_read_ahead(local):
    ask(local, CAPITAL)
    local.prime(prompt(LONG), Cancel())
    text, _, _ = ask(local, CAPITAL)
    assert "Paris" in text


@pytest.mark.model
def test_reading_ahead_ends_when_nobody_needs_it_any_more(local):
    ask(local, CAPITAL)
    cancel = Cancel()
    cancel.set()
    before = evaluated(local)
    local.prime(prompt(LONG), cancel)
    assert evaluated(local) == before


@pytest.mark.model
def test_a_murmur_is_answered_and_ends_at_once_for_a_question(local):
    text = "".join(each.text for each in local.murmur(prompt(CAPITAL), Cancel()) if hasattr(each, "usage"))
    assert "Paris" in text
    watch, answers = Watch(local), []
    murmur = local.murmur(prompt(CAPITAL, max_tokens=400), Cancel())
    next(murmur)
    assert watch.seen is not None
    asker = threading.Thread(target=lambda: answers.append(ask(local, CAPITAL)))
    asker.start()
    with pytest.raises(Cancelled):
        list(murmur)
    asker.join(30)
    assert "Paris" in answers[0][0]
    assert local.state.phase is Phase.READY


@pytest.mark.model
def test_reading_ahead_loads_no_model(local):
    local.prime(prompt(CAPITAL), Cancel())
    local.close()
    assert local._holder.now is None
