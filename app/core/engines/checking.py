"""Lets the filter work on a text, but no longer than a person would wait."""

from collections.abc import Callable
from typing import TypeVar

from app.core.cancel import Cancel
from app.core.engines.pump import TookTooLong, aside
from app.privacy.errors import PrivacyError

T = TypeVar("T")

LONGEST = 400_000
"""Characters of a question that may go to the cloud: more than its models read, and all that the filter
checks while a person waits (about 40 s for names in nearly every sentence, on two old cores)."""
PATIENCE = 120.0
"""Seconds that the filter gets; beyond them nothing is sent."""


def checked(work: Callable[[], T], text: str, cancel: Cancel) -> T:
    """Let the filter work on a text, and wait no longer than a person would.

    Raises:
        PrivacyError: the text is too long, or the filter is not done in time; nothing was sent.
        Cancelled: at once, whatever the filter is doing.
    """
    if len(text) > LONGEST:
        raise PrivacyError(
            f"This is too long to be checked for private details: at most {LONGEST:,} characters can go "
            "to the cloud. Nothing was sent."
        )
    try:
        return aside(work, cancel, PATIENCE)
    except TookTooLong:
        pass
    raise PrivacyError("Checking for private details took too long. Nothing was sent.")
