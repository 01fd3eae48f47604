"""Harmless prompts stay as they are; in the person's own affairs public names are hidden, too."""

import pytest
from prompts import HARMLESS, PERSONAL

from app.core.names import NameDetector
from app.privacy.affairs import is_own
from app.privacy.detectors.wordlist import WordLists
from app.privacy.policy import Level, action_for, counts
from app.privacy.registry import Registry, standard
from app.privacy.types import HIDING

LISTS = WordLists()
REGISTRY = Registry([*standard(lists=LISTS), NameDetector(LISTS)], lists=LISTS)
ALLOWED = 1 / 20


def hidden(text: str, level: Level) -> str:
    """Return the text with a mark in place of what is hidden."""
    left = list(text)
    for finding in REGISTRY.find(text):
        hides = action_for(finding.kind, level, public=finding.public) in HIDING
        if hides and counts(finding, level):
            left[finding.start : finding.end] = "\0" * (finding.end - finding.start)
    return "".join(left)


def test_at_most_one_harmless_prompt_in_twenty_is_touched() -> None:
    touched = [text for text in HARMLESS if hidden(text, Level.GUARDED) != text]
    assert len(touched) <= ALLOWED * len(HARMLESS), touched


def test_names_in_his_own_affairs_are_hidden() -> None:
    readable = [
        (text, name) for text, names in PERSONAL for name in names if name in hidden(text, Level.GUARDED)
    ]
    assert len(readable) <= ALLOWED * sum(len(names) for _, names in PERSONAL), readable


def test_strict_hides_all_of_them() -> None:
    assert not [name for text, names in PERSONAL for name in names if name in hidden(text, Level.STRICT)]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_prompt_is_nobody_s_own_affair(text: str) -> None:
    assert not is_own(text)


@pytest.mark.parametrize(("text", "names"), PERSONAL)
def test_a_personal_prompt_is_somebody_s_own_affair(text: str, names: tuple[str, ...]) -> None:
    assert is_own(text) or "\0" in hidden(text, Level.GUARDED)
