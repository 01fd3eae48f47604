"""The person's own words: what he declared private."""

import re
from collections.abc import Callable, Collection, Iterator

from app.privacy.normalize import normalize
from app.privacy.types import Finding, Kind

NAME = "own-words"


class OwnWords:
    """Find the declared words, whole and in any case."""

    name = NAME
    kinds = frozenset({Kind.OWN})

    def __init__(self, own_words: Callable[[], Collection[str]]) -> None:
        self._own_words = own_words
        self._known: tuple[str, ...] = ()
        self._pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[Finding]:
        """Yield each occurrence; the words are read anew each time."""
        known = tuple(
            sorted({word.strip() for word in self._own_words() if word.strip()}, key=len, reverse=True)
        )
        pattern = self._pattern
        if known != self._known or (known and pattern is None):
            pattern = _compiled(known)
            self._pattern, self._known = pattern, known
        if pattern is None:
            return
        for match in pattern.finditer(text):
            yield Finding(Kind.OWN, *match.span(), 1.0, NAME, "one of your private words")


def _compiled(own: tuple[str, ...]) -> re.Pattern[str] | None:
    if not own:
        return None
    forms = dict.fromkeys(form for word in own for form in (word, normalize(word).text))
    alternatives = "|".join(r"\s{1,3}".join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])", re.IGNORECASE)
