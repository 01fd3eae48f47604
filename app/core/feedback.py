"""What the person makes of an answer; nobody is asked for it, it shows in what he does anyway."""

from enum import StrEnum


class Feedback(StrEnum):
    """What happened to an answer after it was given."""

    GOOD = "good"
    """A thumb up."""
    BAD = "bad"
    """A thumb down."""
    COPIED = "copied"
    WENT_ON = "went-on"
    """The next question followed without a complaint."""
    AGAIN = "again"
    """The same question was asked once more."""
    OTHER = "other"
    """The other model was asked instead."""
    EDITED = "edited"
    """The person wrote on from it and changed little."""


REWARDS = {
    Feedback.GOOD: 1.0,
    Feedback.COPIED: 0.9,
    Feedback.EDITED: 0.8,
    Feedback.WENT_ON: 0.7,
    Feedback.AGAIN: 0.2,
    Feedback.OTHER: 0.1,
    Feedback.BAD: 0.0,
}
"""From 0 to 1: how well the choice of models did."""

USUAL = 0.65
"""What an answer is worth of which nothing is known yet."""

GOOD_ENOUGH = 0.6
"""From this reward on, an answer counts as accepted."""
