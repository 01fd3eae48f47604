"""The stronger filter: a second opinion on names, addresses, numbers and secrets by a larger model.

It is a detector like the others and runs after them; what it finds is added. Once it is chosen, a text that
it cannot finish is not sent. A model that is not what it should be is switched off instead, with a sentence,
and the built-in filter goes on: known builds of such models compute noise on some processors, in silence.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Final

from app.core.backends.files import ModelFolder
from app.core.backends.tagger import Tagger
from app.core.engines.holder import default_threads
from app.core.errors import ConfidantError, Fix, ModelBroken, NotReady
from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Finding, Kind

NAME: Final = "strong-filter"
_LEAST: Final = 0.5
"""Mean probability below which a span is a guess."""
_KEPT: Final = 8
"""Texts whose findings are kept: one question is looked at several times before it leaves."""
_KNOWN: Final = "My name is Harriet Lindqvist and my email is harriet.lindqvist@example.com."
_EXPECTED: Final = {Kind.PERSON: "Harriet Lindqvist", Kind.EMAIL: "harriet.lindqvist@example.com"}
_HARMLESS: Final = "The kettle whistles, and then the tea is ready for everybody."
_OFF: Final = "The built-in filter goes on without it."
MISSING: Final = (
    "The stronger filter needs two more libraries. Install them: pip install 'confidant[strong-filter]'"
)
_WHY: Final = {
    Kind.PERSON: "name of a person",
    Kind.ADDRESS: "address",
    Kind.EMAIL: "e-mail address",
    Kind.PHONE: "telephone number",
    Kind.URL: "web address",
    Kind.DATE: "date",
    Kind.ACCOUNT: "account number",
    Kind.SECRET: "secret",
}


class StrongFilter:
    """Find details with the model, if it is chosen; it is loaded by the first text.

    Args:
        chosen: asked at each text.
        give_up: told, in a sentence for the person, why the model may not be used.
    """

    name = NAME

    def __init__(
        self,
        files: Callable[[], ModelFolder],
        chosen: Callable[[], bool],
        give_up: Callable[[str], None],
        lists: WordLists,
    ) -> None:
        self._files = files
        self._chosen = chosen
        self._give_up = give_up
        self._publicity = Publicity(lists)
        self._lock = threading.Lock()
        self._tagger: Tagger | None = None
        self._found: OrderedDict[bytes, tuple[Finding, ...]] = OrderedDict()
        self._salt = secrets.token_bytes(16)

    @property
    def kinds(self) -> frozenset[Kind]:
        """What it can find; nothing while it is off."""
        return frozenset(self._files().model.kinds.values()) if self._chosen() else frozenset()

    def find(self, text: str) -> tuple[Finding, ...]:
        """Return what the model finds; nothing while it is off.

        Raises anything once the model is in memory: then nothing is sent.
        """
        with self._lock:
            if not self._chosen():
                self._tagger = None
                self._found.clear()
                return ()
            tagger = self._ready()
            if tagger is None:
                return ()
            seen = hashlib.blake2b(text.encode("utf-8", "replace"), key=self._salt).digest()
            if seen not in self._found:
                self._found[seen] = tuple(self._findings(tagger, text))
                while len(self._found) > _KEPT:
                    self._found.popitem(last=False)
            self._found.move_to_end(seen)
            return self._found[seen]

    def prepare(self) -> None:
        """Load the model, if it is chosen, so that what is wrong with it is told before a text needs it."""
        with self._lock:
            if self._chosen():
                self._ready()

    def _ready(self) -> Tagger | None:
        if self._tagger is None:
            try:
                self._tagger = self.load()
            except ConfidantError as error:
                self._give_up(f"{error.told} {_OFF}")
        return self._tagger

    def load(self) -> Tagger:
        """Check files, load the model and try it on sentences whose details are known.

        Raises:
            NotReady: files or libraries are missing.
            ModelBroken: the files are not those that were published, or the model does not find what it must.
        """
        files = self._files()
        files.verify()
        broken = "The stronger filter does not work as it should on this computer, so it was switched off."
        try:
            tagger = Tagger(files.model, files.folder, default_threads())
            works = self._is_right(tagger)
        except ImportError as error:
            raise NotReady(MISSING, Fix.NONE) from error
        except Exception as error:  # whatever the libraries make of files that they do not understand
            raise ModelBroken(broken) from error
        if not works:
            raise ModelBroken(broken)
        return tagger

    def _is_right(self, tagger: Tagger) -> bool:
        found = {each.kind: _KNOWN[each.start : each.end] for each in self._findings(tagger, _KNOWN)}
        finds = all(value in found.get(kind, "") for kind, value in _EXPECTED.items())
        return finds and not any(each.kind is not Kind.DATE for each in self._findings(tagger, _HARMLESS))

    def _findings(self, tagger: Tagger, text: str) -> Iterator[Finding]:
        kinds = self._files().model.kinds
        for span in tagger.spans(text):
            kind = kinds.get(span.label)
            if kind is None or span.score < _LEAST:
                continue
            public = self._publicity.is_public(kind, text, span.start, span.end)
            yield Finding(
                kind, span.start, span.end, min(span.score, 1.0), NAME, _WHY.get(kind, "detail"), public
            )
