"""Facts that narrow down who somebody is, and where a text tells one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Trait(StrEnum):
    """A fact that narrows down who somebody is when it is known together with others (quasi-identifier)."""

    AGE = "age"
    PLACE = "place"
    JOB = "job"
    EMPLOYER = "employer"
    EDUCATION = "education"
    FAMILY = "family"
    ORIGIN = "origin"
    HEALTH = "health"
    BELIEFS = "beliefs"
    FINANCES = "finances"
    DATES = "dates"


JOINED: Final = 3
"""So many traits at one provider are worth a warning: together they often name one person."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """A trait that stays readable; `start` and `end` are offsets in characters of the original text."""

    trait: Trait
    start: int
    end: int
