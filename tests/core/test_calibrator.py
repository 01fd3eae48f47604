"""When a local model is measured, and when it is left alone."""

import threading

import pytest

from app.core.calibration import Calibration
from app.core.calibrator import Calibrator
from app.core.errors import Cancelled
from app.core.models.catalog import LocalModel
from app.core.types import Chunk


class Shelf:
    """Keeps what was measured."""

    def __init__(self):
        self.kept = {}

    def state(self, name):
        return self.kept.get(name, b"")

    def keep(self, name, state):
        self.kept[name] = state


class Sure:
    """A model that answers everything with the same word, surely."""

    name = "sure"

    def __init__(self, busy=0):
        self.busy = busy
        self.asked = 0
        self.measured = threading.Event()

    def murmur(self, prompt, cancel):
        self.asked += 1
        if self.busy:
            self.busy -= 1
            raise Cancelled
        if self.asked >= 24:
            self.measured.set()
        yield Chunk("42", logprobs=(-0.1, -0.2))


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "some.gguf"
    path.write_bytes(b"GGUF")
    return LocalModel("some", "Some model", path)


def finished(calibrator):
    calibrator._thread.join(20)
    assert not calibrator._thread.is_alive()


def test_a_model_is_measured_once_and_known_from_then_on(model):
    shelf, sure = Shelf(), Sure()
    calibrator = Calibrator(Calibration(shelf), sure, lambda: model, lambda: True, after=0.0)
    assert calibrator.levels() is None
    calibrator.begin()
    finished(calibrator)
    assert calibrator.levels().mean == pytest.approx(-0.15)
    asked = sure.asked
    again = Calibrator(Calibration(shelf), sure, lambda: model, lambda: True, after=0.0)
    again.begin()
    finished(again)
    assert sure.asked == asked


def test_a_question_of_the_person_goes_first_and_measuring_comes_back(model):
    sure = Sure(busy=2)
    calibrator = Calibrator(Calibration(Shelf()), sure, lambda: model, lambda: True, after=0.0)
    calibrator.begin()
    finished(calibrator)
    assert calibrator.levels() is not None


def test_another_file_of_the_same_name_is_another_model(model):
    calibrator = Calibrator(Calibration(Shelf()), Sure(), lambda: model, lambda: True, after=0.0)
    calibrator.begin()
    finished(calibrator)
    model.path.write_bytes(b"GGUF, but another one")
    assert calibrator.levels() is None


@pytest.mark.parametrize(("bundled", "ready"), [(True, True), (False, False)])
def test_the_bundled_model_and_one_that_is_not_loaded_are_left_alone(model, bundled, ready):
    chosen = LocalModel("m", "M", model.path, bundled=bundled)
    sure = Sure()
    calibrator = Calibrator(Calibration(Shelf()), sure, lambda: chosen, lambda: ready, after=0.0)
    calibrator.begin()
    finished(calibrator)
    assert sure.asked == 0


def test_closing_ends_the_wait_at_once(model):
    calibrator = Calibrator(Calibration(Shelf()), Sure(), lambda: model, lambda: True, after=3600.0)
    calibrator.begin()
    calibrator.close()
    finished(calibrator)
