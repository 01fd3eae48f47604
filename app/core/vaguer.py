"""Proposes a vaguer wording for a detail, by the model on this computer; the person picks it, or not.

Nothing that a model writes here leaves by itself: what was picked is the person's own decision about a value.
"""

import re
import threading
from collections.abc import Callable
from typing import Final

from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.errors import Cancelled, ConfidantError
from app.core.events import Notice
from app.core.types import Generation, Message, Prompt, Role
from app.privacy.detectors.wordlist import WordLists
from app.privacy.generalize import generalize
from app.privacy.types import Kind

LONGEST: Final = 60
"""Characters of a proposal."""
SECONDS: Final = 8.0
"""How long a person waits for a proposal before the rule's own wording is offered."""
_AROUND: Final = 160
"""Characters before and behind the detail that the model sees."""
_GRAMMAR: Final = r"root ::= [a-z] [a-zA-Z0-9 ,-]{2,58}"
_COUNTED: Final = frozenset({Kind.DATE, Kind.BIRTHDATE, Kind.AGE, Kind.MONEY, Kind.INCOME, Kind.COORDINATES})
"""Numbers, which the rule makes vaguer than any model does."""
_TASK: Final = (
    "Reword the detail so that it still fits into the sentence but no longer tells who or which it is: "
    "no names, no exact numbers. Answer with the new words only."
)
_EXAMPLES: Final = (
    (
        "Zoé, 7, at École Pasteur",
        "We are looking for help for Zoé, 7, at École Pasteur.",
        "a 7-year-old child",
    ),
    ("Hartwell Roofing", "My boss at Hartwell Roofing pays late.", "a building firm"),
    ("14 March 2019", "I have had this rash since 14 March 2019.", "some years ago"),
    ("Aunt Ottoline", "I'd like a poem for Aunt Ottoline.", "a relative"),
    ("Tromvik", "We moved to Tromvik last year.", "a small town"),
    ("wet macular degeneration", "She has wet macular degeneration.", "an eye disease"),
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d+")
_ROUGH: Final = re.compile(r"(?<!\d)(?:\d{1,3}0s|\d{1,3}-\d{1,3})(?!\d)")
"""A decade or a range."""
_NAMED: Final = re.compile(r"(?<=[\w,;:] )[^\W\d_a-z][\w'’]*")
"""A word with a capital letter inside a sentence."""


class Vaguer:
    """Asks the local model how to say a detail less exactly.

    Args:
        why_not: a sentence where the model is not one whose proposals were measured to be usable.
    """

    def __init__(
        self,
        local: Engine[Prompt],
        lists: WordLists,
        why_not: Callable[[], str],
        seconds: float = SECONDS,
    ) -> None:
        self._local = local
        self._lists = lists
        self._why_not = why_not
        self._seconds = seconds

    @property
    def offers(self) -> bool:
        """Whether it may know more than the rule."""
        return not self._why_not()

    def vaguer(self, text: str, start: int, end: int, kind: Kind, cancel: Cancel) -> str:
        """Return a wording for a stretch of a text; the rule's, where the model has none that will do.

        Raises:
            Cancelled: `cancel` was set; nothing else, whatever goes wrong.
        """
        value = text[start:end]
        rule = generalize(kind, value)
        if kind in _COUNTED or not self.offers:
            return rule
        said = self._ask(text, start, end, cancel)
        return said if self.is_usable(said, value, text) else rule

    def is_usable(self, said: str, value: str, text: str) -> bool:
        """Say whether a wording is short, one line, and gives nothing away that the text would hide."""
        if not 2 < len(said) <= LONGEST or not said[0].isalpha() or said.casefold() in text.casefold():
            return False
        words = _WORD.findall(said)
        if any(word[0].isupper() or not self._is_plain(word, value, text) for word in words):
            return False
        rough = {digits for match in _ROUGH.findall(said) for digits in _DIGITS.findall(match)}
        return not (set(_DIGITS.findall(said)) - set(_DIGITS.findall(value)) - rough)

    def _is_plain(self, word: str, value: str, text: str) -> bool:
        """Say whether a word may stand in a wording: no name of the text, and no rare word of the detail."""
        names = {name.casefold() for name in _NAMED.findall(text)}
        names |= {each.casefold() for each in _WORD.findall(value) if each[0].isupper()}
        rare = {each.casefold() for each in _WORD.findall(text) if len(each) > 3} - self._lists.common
        return word.casefold() not in names | rare

    def _ask(self, text: str, start: int, end: int, cancel: Cancel) -> str:
        stop, said = Cancel(), list[str]()
        timer = threading.Timer(self._seconds, stop.set)
        timer.daemon = True
        around = text[max(0, start - _AROUND) : end + _AROUND]
        with cancel.on_set(stop.set):
            timer.start()
            try:
                for item in self._local.stream(_prompt(text[start:end], around), stop):
                    if not isinstance(item, Notice):
                        said.append(item.text)
            except (Cancelled, ConfidantError):
                cancel.check()
                return ""
            finally:
                timer.cancel()
        return " ".join("".join(said).split()).strip(" ,-.")


def _prompt(value: str, around: str) -> Prompt:
    messages = [Message(Role.SYSTEM, _TASK)]
    for detail, sentence, answer in (*_EXAMPLES, (value, around, "")):
        messages.append(Message(Role.USER, f"Text: {sentence}\nDetail: {detail}"))
        if answer:
            messages.append(Message(Role.ASSISTANT, answer))
    return Prompt(tuple(messages), Generation(24, 0.0, _GRAMMAR))
