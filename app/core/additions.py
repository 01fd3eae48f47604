"""What a person may add to the filter: a second look, vaguer wordings, a stronger model.

All are off at first, and then cost neither time nor memory.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from app.core.backends.description import read
from app.core.backends.files import ModelFolder
from app.core.backends.strong import StrongFilter
from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.pump import TookTooLong, aside
from app.core.errors import ConfidantError
from app.core.models.catalog import LocalModel
from app.core.models.gguf import read_header
from app.core.second_look import Looked, SecondLook
from app.core.settings import (
    LOCAL_SERVER,
    PRIVACY_ALLOWED,
    PRIVACY_SECOND_LOOK,
    PRIVACY_STRONG_FILTER,
    Settings,
)
from app.core.types import Prompt
from app.core.vaguer import Vaguer
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Decided

LOOKS_FROM: Final = 1_400_000_000
"""Numbers that a model must have for its second look to help.

Measured with all the time it wanted, on 20 private statements of our own (8 of which the filter left alone),
15 harmless questions, and prompts of PUPA up to 1,600 characters:

| model | of the 8 found | harmless flagged | PUPA leak, over | in 3 s |
|---|---|---|---|---|
| SmolLM2 135M | 0 | 0 | 12.5 to 12.5, 16.6 to 16.7 (20 prompts of any length) | 9 of 20 |
| Qwen2.5-Coder 0.5B | 4 | 0 | 17.7 to 17.7, 5.1 to 6.3 (35) | 11 of 35 |
| Qwen2.5-Coder 1.5B | 5 | 0 | 17.6 to 17.6, 5.7 to 5.9 (15) | 3 of 15 |

So it finds statements that need to be understood, and no names that the filter misses. The half-size model's
other finds in PUPA were noise (counted before whole sentences were refused as names). Seconds are of one
processor of an old machine. It is off until it is wanted.
"""
WORDS_FROM: Final = 400_000_000
"""Numbers that a model must have for its vaguer wordings to be usable.

Of 26 details of our own (names, firms, places, illnesses; figures and dates are left to the rule) a person
could have used, after the check, what these proposed: SmolLM2 135M 10, some with invented facts ("a child
with a disability"); Qwen2.5-Coder 0.5B 17; Qwen2.5-Coder 1.5B 25.
"""
_PATIENCE: Final = 60.0
"""Seconds that the stronger model gets to load before a question; after them the filter waits for it."""


class Additions:
    """Builds them from the settings, and says what a question gets from them.

    Args:
        models: the profile's folder of models.
        model: the local model that is chosen.
    """

    def __init__(
        self,
        local: Engine[Prompt],
        settings: Settings,
        models: Path,
        model: Callable[[], LocalModel],
        lists: WordLists,
    ) -> None:
        self._settings = settings
        self._models = models
        self._model = model
        self._told: deque[str] = deque(maxlen=3)
        self.second_look = SecondLook(local, lists, lambda: self._too_small(LOOKS_FROM, "The second look"))
        self.vaguer = Vaguer(local, lists, lambda: self._too_small(WORDS_FROM, "A wording by the model"))
        self.strong = StrongFilter(
            lambda: self.files, lambda: settings[PRIVACY_STRONG_FILTER], self._give_up, lists
        )

    @cached_property
    def files(self) -> ModelFolder:
        """Where the stronger model is, or would be."""
        model = read()
        return ModelFolder(model, self._models / model.name)

    def look(self, text: str, inspect: Callable[[], Sequence[Decided]], cancel: Cancel) -> Looked:
        """Do what is switched on for a question before it leaves.

        Args:
            inspect: what the filter finds by itself; called only where that is needed.

        Raises:
            Cancelled: `cancel` was set.
            Anything that `inspect` raises.
        """
        told = self.ready(cancel)
        if self._settings[PRIVACY_SECOND_LOOK] == "off":
            return Looked(told=told)
        looked = self.second_look.find(text, inspect(), cancel)
        allowed = {word.casefold().strip() for word in self._settings[PRIVACY_ALLOWED]}
        found = [each for each in looked.findings if text[each.start : each.end].casefold() not in allowed]
        return Looked(tuple(found), (*told, *looked.told))

    def ready(self, cancel: Cancel) -> tuple[str, ...]:
        """Load the stronger filter if it is chosen; return what the person should know about it, once."""
        with suppress(TookTooLong):
            if self._settings[PRIVACY_STRONG_FILTER]:
                aside(self.strong.prepare, cancel, _PATIENCE)
        return tuple(self._told.popleft() for _ in range(len(self._told)))

    def warm(self) -> None:
        """Begin to load the stronger filter in the background, if it is chosen."""
        if self._settings[PRIVACY_STRONG_FILTER]:
            threading.Thread(target=self._warm, name="strong-filter", daemon=True).start()

    def _warm(self) -> None:
        with suppress(ConfidantError):  # a setting that cannot be read shows at the first question
            self.strong.prepare()

    def _give_up(self, told: str) -> None:
        self._told.append(told)
        with suppress(ConfidantError):  # where it cannot be written, the next start tries and tells again
            self._settings.set(PRIVACY_STRONG_FILTER, False)

    def _too_small(self, least: int, what: str) -> str:
        """Say why the local model may not be asked; empty where it may.

        A server of the person's own does not say how large its model is, so it may.
        """
        if self._settings[LOCAL_SERVER].strip():
            return ""
        try:
            path = self._model().path
            size = _parameters(path, path.stat().st_mtime_ns)
        except (ConfidantError, OSError):
            return f"{what} is left out: there is no model on this computer."
        return f"{what} is left out: the model on this computer is too small for it." if size < least else ""


@lru_cache(maxsize=4)
def _parameters(path: Path, changed: int) -> int:
    return read_header(path).parameters
