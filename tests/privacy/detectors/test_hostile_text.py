"""No detector can be made to hang."""

import pytest
from tables import HOSTILE, LISTS, slowdown

from app.privacy.registry import standard
from app.privacy.types import Detector

DETECTORS = standard(lists=LISTS)
LINEAR = 40
"""Ten times the text may take ten times as long, and much noise; a quadratic pattern takes a hundred times."""


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_ten_times_the_text_takes_about_ten_times_as_long(detector: Detector) -> None:
    for _ in detector.find("Load the lists, Anna Nowak."):
        pass
    slow = {unit: slowdown(detector, unit) for unit in HOSTILE}
    again = {unit: slowdown(detector, unit) for unit, times in slow.items() if times > LINEAR}
    assert not [unit for unit, times in again.items() if times > LINEAR]
