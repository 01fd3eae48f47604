"""The plain words of the core: messages, prompts, chunks, routes, turns."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.errors import Fix
from app.privacy.policy import Level


class Role(StrEnum):
    """Who speaks, as the chat templates of the models name it."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Where(StrEnum):
    """Where an answer may come from; `AUTO` leaves it to the router."""

    AUTO = "auto"
    LOCAL = "local"
    CLOUD = "cloud"


class Origin(StrEnum):
    """Where a piece of an answer comes from."""

    LOCAL = "local"
    CLOUD = "cloud"
    RESTORED = "restored"
    """A private detail that was put back on this computer."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Generation:
    """How to sample an answer."""

    max_tokens: int = 1024
    temperature: float = 0.2
    """Low: small models wander off."""
    grammar: str = ""
    """A form in GBNF, llama.cpp's notation, that the answer must have. A server may not know it, so whoever
    sets it checks the answer all the same."""
    logprobs: bool = False
    """Say how likely each token was, where the engine can: `Chunk.logprobs`."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model on this side of the border is asked, oldest message first."""

    messages: tuple[Message, ...]
    generation: Generation = Generation()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call."""

    prompt_tokens: int = 0
    answer_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer as an engine gives it."""

    text: str = ""
    usage: Usage | None = None
    """On the last chunk, where the engine knows it."""
    truncated: bool = False
    """The answer reached its limit of tokens; on the last chunk."""
    logprobs: tuple[float, ...] = ()
    """Natural logarithms of the probabilities of the tokens in `text`, before any sampling; empty where
    they were not asked for or the engine does not know them."""


@dataclass(frozen=True, slots=True)
class Route:
    """Which mechanism answers a turn, and why."""

    where: Where
    mechanism: str
    reasons: tuple[str, ...]
    """Short sentences for the person; they never hold the person's text."""
    difficulty: float = 0.0
    """0 (easy for the local model) to 1."""
    is_policy: bool = False
    """Policy or the person decided: nothing that was learned may override it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work behind an answer: who did what, and what it took."""

    name: str
    """A word for it: answer, draft, outline, edit, merge, plan, extract."""
    where: Where
    ms: float = 0.0
    usage: Usage = Usage()
    bytes_sent: int = 0
    cost: float = 0.0
    """Estimated, in the currency of the prices that are set; 0 on this computer or where none are set."""


class Source(StrEnum):
    """Where something that an answer used comes from."""

    FACT = "fact"
    """What the person told about himself."""
    EXAMPLE = "example"
    """An earlier answer that the local model learned from."""
    PASSAGE = "passage"
    """A passage of a document."""
    TURN = "turn"
    """What was said in another conversation; its number is that of the turn."""


@dataclass(frozen=True, slots=True)
class Used:
    """Something from this computer's memory that went into an answer."""

    source: Source
    text: str
    id: int = 0
    """Its number in its store; 0 where it has none."""
    left: bool = False
    """It went, sanitized, to the cloud; otherwise only the model on this computer saw it."""


class Agreement(StrEnum):
    """What a comparison of the two models' answers says."""

    AGREE = "agree"
    DIFFER = "differ"
    UNSURE = "unsure"
    """Nothing in them can be compared by rule."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim in which the two answers differ."""

    kind: str
    """number, date, name, negation or only: what one of them does not say at all."""
    local: str
    cloud: str
    """The sentences, or the part of them that differs; empty where that model says nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two models' answers to one question, side by side."""

    agreement: Agreement
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What went into an answer, beside the words."""

    steps: tuple[Step, ...] = ()
    used: tuple[Used, ...] = ()
    comparison: Comparison | None = None
    requests: tuple[int, ...] = ()
    """Ledger rows of everything that left for it."""


class State(StrEnum):
    """How far a stored message came."""

    COMPLETE = "complete"
    STREAMING = "streaming"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The program ended while the answer was streaming."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one origin in an answer."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as the store keeps it."""

    id: int
    conversation: str
    role: Role
    text: str
    """What the person sees: never a placeholder."""
    created: float
    """Seconds since the epoch, UTC."""
    state: State = State.COMPLETE
    wire_text: str = ""
    """Byte for byte what went to the cloud (user) or came from it (assistant); else empty."""
    pieces: tuple[Piece, ...] = ()
    """The answer by origin; joined they are `text`. Empty for the person's messages."""
    route: Route | None = None
    model: str = ""
    hidden: int = 0
    """How many details were hidden from the cloud for this answer."""
    ledger: int | None = None
    """The ledger row of what left for this answer."""
    failure: str = ""
    """The sentence that was shown, where `state` is `FAILED`."""
    fix: Fix = Fix.NONE
    """The button that was shown with it."""
    account: Account = Account()


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list."""

    id: str
    title: str
    created: float
    updated: float
    level: Level
    pinned: bool = False
    temporary: bool = False
    """Lives in memory only and is gone when it is closed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that a search found."""

    conversation: Conversation
    message: int
    snippet: str
    """A few words around the match; matches stand between U+0002 and U+0003."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document that the person attached to a conversation."""

    id: int
    conversation: str
    name: str
    """The file's name, without the folder and on one line."""
    kind: str
    """text, markdown, pdf, docx, html or csv, as the content says."""
    pages: int
    characters: int
    added: float
    """Seconds since the epoch, UTC."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what a mechanism needs to answer it."""

    conversation: str
    text: str
    level: Level
    where: Where
    history: tuple[StoredMessage, ...] = field(default=())
    """Earlier messages, oldest first, without this question."""

    @property
    def before(self) -> str:
        """The turn before this one, question and answer; empty where there is none."""
        if not self.history or self.history[-1].role is not Role.ASSISTANT:
            return ""
        question = self.history[-2].text if len(self.history) > 1 else ""
        return f"{question}\n{self.history[-1].text}"

    @property
    def last(self) -> Where | None:
        """Which model answered the turn before this one."""
        route = self.history[-1].route if self.history else None
        return route.where if route is not None else None

    again: bool = False
    """The person saw an answer to it and wants another one."""
