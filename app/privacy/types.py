"""The plain words of the privacy floor: kinds, actions, findings, the detector seam."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable


class Kind(StrEnum):
    """What a private detail is; the value is also the label of its placeholder."""

    PERSON = "PERSON"
    ORG = "ORG"
    PLACE = "PLACE"
    ADDRESS = "ADDRESS"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    USERNAME = "USERNAME"
    BIRTHDATE = "BIRTHDATE"
    DATE = "DATE"
    AGE = "AGE"
    NATIONAL_ID = "ID"
    PASSPORT = "PASSPORT"
    RECORD = "RECORD"
    IBAN = "IBAN"
    ACCOUNT = "ACCOUNT"
    CARD = "CARD"
    MONEY = "MONEY"
    INCOME = "INCOME"
    """A sum that somebody states about his own pay, debts or savings."""
    IP = "IP"
    MAC = "MAC"
    HOST = "HOST"
    URL = "URL"
    COORDINATES = "COORDINATES"
    SECRET = "SECRET"
    PASSWORD = "PASSWORD"
    PRIVATE_KEY = "KEY"
    SEED = "SEED"
    SENSITIVE = "SENSITIVE"
    OWN = "OWN"
    """A word that the person declared private."""
    LITERAL = "LITERAL"
    """Text that looks like a placeholder and was typed by the person."""


class Action(StrEnum):
    """What happens to a finding before a text leaves."""

    BLOCK = "block"
    """Cut: a neutral word stands in its place, nothing is restored."""
    PLACEHOLDER = "placeholder"
    STANDIN = "standin"
    GENERALIZE = "generalize"
    ASK = "ask"
    """A sensitive statement: stays readable, and only if the person agrees."""
    KEEP = "keep"


HIDING = frozenset({Action.BLOCK, Action.PLACEHOLDER, Action.STANDIN, Action.GENERALIZE})
"""Actions after which the original cannot be read in what leaves."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A private detail; `start` and `end` are offsets in characters of the original text."""

    kind: Kind
    start: int
    end: int
    score: float
    """Confidence, 0 to 1."""
    detector: str
    why: str
    """A short reason in plain words; never holds the text that was found."""
    public: bool = False
    """Known to everybody (a country, a large company), so no detail of the person by itself."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding, what is done with it, and what stands in its place in the outgoing text."""

    finding: Finding
    action: Action
    replacement: str


class Detector(Protocol):
    """Finds private details of some kinds in a text."""

    @property
    def name(self) -> str: ...

    @property
    def kinds(self) -> frozenset[Kind]: ...

    def find(self, text: str) -> Iterable[Finding]:
        """Yield findings in any order; they may overlap.

        Raises anything: the filter turns it into `PrivacyError`, and nothing is sent.
        """
        ...


@runtime_checkable
class Stepwise(Detector, Protocol):
    """A slow detector that goes through a text in steps, so that the work can be watched and ended."""

    def steps(self, text: str) -> Iterator[tuple[int, Sequence[Finding]]]:
        """Yield how many characters are read, and what was found since the last step; raises as `find`."""
        ...
