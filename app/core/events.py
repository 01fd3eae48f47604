"""What a turn tells while it is answered; the names are those of `ask --json`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.errors import Fix
from app.core.types import Comparison, Origin, Step, Usage, Used, Where
from app.privacy.trait import Reveal
from app.privacy.types import Decided


@dataclass(frozen=True, slots=True)
class Started:
    """The question is stored and an answer has begun."""

    question: int
    answer: int
    """Ids of the two messages in the store."""


@dataclass(frozen=True, slots=True)
class Routed:
    """Who answers, and why."""

    where: Where
    mechanism: str
    reasons: tuple[str, ...]
    model: str = ""
    difficulty: float = 0.0
    """0 (easy for the local model) to 1."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the filter found in the question and did with it."""

    decided: tuple[Decided, ...]
    reveals: tuple[Reveal, ...] = ()
    """What the question would tell about the person, as it stands now."""


@dataclass(frozen=True, slots=True)
class Sent:
    """These exact bytes go to the provider now."""

    provider: str
    body: str
    """The request's body; its UTF-8 bytes are what the server receives."""
    sha256: str
    ledger: int


@dataclass(frozen=True, slots=True)
class Delta:
    """A further piece of the answer, as the person may read it."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about the work in progress."""

    told: str
    lasting: bool = False
    """Stays under the answer; otherwise the next event replaces it."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """The answer that begins now uses this from the memory on this computer."""

    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Both models answered; this is what the comparison says."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Offered:
    """A question much like this one was answered before; nothing is reused unless the person says so."""

    message: int
    """The earlier answer."""
    conversation: str
    asked: float
    """When, in seconds since the epoch."""
    question: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is whole."""

    usage: Usage
    times: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by step: `first_token`, `total`, `filter`, …"""
    bytes_sent: int = 0
    hidden: int = 0
    truncated: bool = False
    steps: tuple[Step, ...] = ()
    """The work behind the answer in its order."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No (whole) answer; what came so far is kept."""

    kind: str
    told: str
    fix: Fix = Fix.NONE


Event = (
    Started | Routed | Findings | Sent | Delta | Notice | Recalled | Compared | Offered | Done | Failed
)  # fmt: skip
