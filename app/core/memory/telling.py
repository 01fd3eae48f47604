"""How remembered facts are told to the local model, together with what it is asked."""

import re
from collections.abc import Sequence
from typing import Final

from app.core.memory.person import Fact
from app.core.task import Task, split, task_of

_FOR_HIMSELF: Final = re.compile(
    r"\b(?:for me|plan|itinerary|menu|recipes?|list|schedule|routine|timetable|diary|to-?do|story|poem)\b",
    re.IGNORECASE,
)


def is_for_others(request: str) -> bool:
    """Say whether a request wants a text that somebody else is going to read."""
    if task_of(request) not in (Task.WRITE, Task.REWRITE):
        return False
    (first, *_) = split(request).request or (request,)
    return not _FOR_HIMSELF.search(first)


def told(request: str, facts: Sequence[Fact]) -> str:
    """Return a request with facts: those for a text before it, those for an answer after it.

    Measured with `tests/bench/preferences.py`: close to the answer, and told what they are for, facts
    count more with 0.5B and 1.5B than as a list before the question.
    """
    if not facts:
        return request
    if is_for_others(request):
        return "What you know about me:\n" + "".join(f"- {each.text}\n" for each in facts) + f"\n{request}"
    known = " ".join(each.text if each.text.endswith((".", "!", "?")) else f"{each.text}." for each in facts)
    return f"{request}\n\nAnswer so that it suits me. {known}"
