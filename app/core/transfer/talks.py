"""A conversation as files carry it, whoever wrote them."""

from dataclasses import dataclass

from app.core.types import Role


@dataclass(frozen=True, slots=True)
class Said:
    """One message."""

    name: str
    """Its id where it comes from."""
    role: Role
    text: str
    time: float
    """Seconds since the epoch; 0 where nobody knows."""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation, oldest message first."""

    source: str
    """Which program wrote it: `chatgpt`, `claude` or `confidant`."""
    name: str
    title: str
    created: float
    updated: float
    said: tuple[Said, ...]
