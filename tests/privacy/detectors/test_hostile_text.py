"""No detector can be made to hang."""

import pytest
from growing import LINEAR, growth
from tables import HOSTILE, LISTS

from app.privacy.normalize import normalize
from app.privacy.registry import standard
from app.privacy.types import Detector

DETECTORS = standard(own_words=lambda: ["Bluebird", "a b"], lists=LISTS)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_twice_the_text_takes_about_twice_as_long(detector: Detector) -> None:
    for _ in detector.find("Load the lists, Anna Nowak."):
        pass
    assert not [unit for unit in HOSTILE if growth(detector.find, unit) >= LINEAR]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_a_mixture_of_all_takes_about_twice_as_long_for_twice_the_text(detector: Detector) -> None:
    assert growth(detector.find, "".join(HOSTILE)) < LINEAR


def test_normalizing_takes_about_twice_as_long_for_twice_the_text() -> None:
    assert not [unit for unit in HOSTILE if growth(lambda text: [normalize(text)], unit) >= LINEAR]
