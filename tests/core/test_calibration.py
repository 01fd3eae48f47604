"""A model is measured once, on questions of our own, and gives way to everything."""

import random

import pytest

from app.core.calibration import QUESTIONS, Calibration, Question, Sample, fit, read
from app.core.cancel import Cancel
from app.core.draft import UNKNOWN
from app.core.errors import Cancelled, StoreError
from app.core.types import Chunk


class Store(dict):
    def state(self, name):
        return self.get(name, b"")

    def keep(self, name, state):
        self[name] = state


class Full(Store):
    def state(self, name):
        raise StoreError("locked")

    def keep(self, name, state):
        raise StoreError("locked")


class Model:
    """Right in all but each third question, and surer where it is right."""

    name = "model"

    def __init__(self, stops_at=None, tells=True):
        self.asked = []
        self._stops_at = stops_at
        self._tells = tells
        self._known = {each.text: each.answers[0] for each in read(QUESTIONS)}

    def murmur(self, prompt, cancel):
        cancel.check()
        if len(self.asked) == self._stops_at:
            raise Cancelled
        self.asked.append(prompt)
        right = len(self.asked) % 3
        said = self._known[prompt.messages[-1].text] if right else "No idea"
        level = (-0.1 if right else -0.9) - len(self.asked) / 200
        yield Chunk(said, logprobs=(level, level) if self._tells else ())


def test_there_are_enough_varied_questions_each_with_an_answer():
    questions = read(QUESTIONS)
    assert len(questions) >= 20
    assert len({each.text for each in questions}) == len(questions)
    assert all(each.answers and all(each.answers) for each in questions)


@pytest.mark.parametrize(
    ("answers", "said", "right"),
    [
        (("84",), "7 x 12 = 84.", True),
        (("84",), "84 is not it, 85 is", False),
        (("1914",), "It began in 1914", True),
        (("195",), "That is 195.0", False),
        (("Fe",), "The symbol is Fe.", True),
        (("Fe",), "A few", False),
        (("mean", "selfish"), "Selfish", True),
        (("102",), "", False),
    ],
)
def test_an_answer_is_right_or_wrong(answers, said, right):
    assert Question("?", answers).is_right(said) is right


def test_a_model_is_measured_once_and_remembered():
    store, model = Store(), Model()
    calibration = Calibration(store)
    assert calibration.levels("k") is None
    levels = calibration.measure("k", model, Cancel())
    assert levels == calibration.levels("k") == Calibration(store).levels("k")
    assert -0.6 < levels.mean < -0.2
    assert levels.slope > UNKNOWN.slope
    assert levels.rate > 0
    count = len(model.asked)
    assert calibration.measure("k", model, Cancel()) == levels
    assert len(model.asked) == count
    assert calibration.levels("another") is None


@pytest.mark.parametrize("model", [Model(stops_at=5), Model(tells=False)])
def test_what_was_not_measured_whole_is_not_kept(model):
    store = Store()
    assert Calibration(store).measure("k", model, Cancel()) is None
    assert store == {}


def test_a_stop_ends_it_at_once():
    cancel, model = Cancel(), Model()
    cancel.set()
    assert Calibration(Store()).measure("k", model, cancel) is None
    assert model.asked == []


def test_a_store_that_fails_does_no_harm():
    calibration = Calibration(Full())
    assert calibration.levels("k") is None
    assert calibration.measure("k", Model(), Cancel()).rate > 0


def test_what_is_no_levels_is_none():
    store = Store({"levels-by-difficulty:k": b"short"})
    assert Calibration(store).levels("k") is None


@pytest.mark.parametrize("bias", [-2.0, 0.0, 2.0])
def test_the_fit_finds_how_often_and_how_surely_a_model_is_right(bias):
    import math

    draw = random.Random(7)
    samples = []
    for _ in range(400):
        z = draw.gauss(0, 1)
        chance = 1 / (1 + math.exp(-(bias + 1.2 * z)))
        samples.append(Sample(-0.5 + 0.2 * z, draw.random() < chance))
    levels = fit(samples)
    assert levels.mean == pytest.approx(-0.5, abs=0.03)
    assert levels.spread == pytest.approx(0.2, abs=0.03)
    assert levels.bias == pytest.approx(bias, abs=0.5)
    assert levels.slope == pytest.approx(1.2, abs=0.35)


def test_right_answers_to_easy_questions_say_less_of_a_model():
    easy, hard = (fit([Sample(-0.3, step % 3 > 0, level) for step in range(24)]) for level in (0.2, 0.8))
    assert easy.bias < hard.bias


@pytest.mark.parametrize("right", [True, False])
def test_a_model_that_is_always_right_or_wrong_stays_within_reason(right):
    levels = fit([Sample(-0.3, right)] * 24)
    assert abs(levels.bias) < 5
    assert 0.1 <= levels.slope < 2
