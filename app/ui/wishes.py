"""What the person asks for inside a conversation; widgets emit it, their page answers."""

from dataclasses import dataclass

from app.core.types import Where


@dataclass(frozen=True, slots=True)
class Again:
    """Answer the last question once more."""

    where: Where = Where.AUTO


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Show a group of the settings panel."""

    group: str


@dataclass(frozen=True, slots=True)
class ShowLeft:
    """Show what left for one answer, or everything where `ledger` is None."""

    ledger: int | None = None


@dataclass(frozen=True, slots=True)
class EditQuestion:
    """Put a question back into the composer."""

    text: str


@dataclass(frozen=True, slots=True)
class LoadAnyway:
    """Load a model although the program ended while it was loading it, and answer."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Show where a link leads, and open it if the person says so."""

    address: str


Wish = Again | LoadAnyway | OpenSettings | ShowLeft | EditQuestion | OpenLink
