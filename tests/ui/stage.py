"""A stage for tests of panels and popups: real settings, and a session that is written by hand."""

import itertools
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from app.assembly import build
from app.core.approval import AnswerLocally, Approve, Approver, Refuse, Review
from app.core.backends.description import ModelFile, StrongModel
from app.core.backends.files import ModelFolder
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.engines.holder import LocalState, Phase
from app.core.errors import ConfidantError, EngineError
from app.core.events import Delta, Done, Failed, Routed, Sent, Started
from app.core.feedback import Feedback
from app.core.paths import Paths
from app.core.session import Destination, Status
from app.core.settings import SETTINGS, Settings
from app.core.store.settings import FileSettings
from app.core.types import Conversation, Origin, Role, StoredMessage, Usage, Where
from app.privacy.errors import PrivacyError
from app.privacy.exposure import Known, Trait
from app.privacy.ledger import LedgerRow
from app.privacy.policy import Level
from app.privacy.types import Action, Decided, Finding, Kind
from app.ui.runner import Runner
from app.ui.settings.comparing import TogetherDoor
from app.ui.settings.keeping import KeepingDoor
from app.ui.settings.knowing import KnowingDoor
from app.ui.settings.saver import Saver
from app.ui.settings.strong_filter import StrongFilterDoor
from app.ui.settings.tools import Tools
from app.ui.theme import Theme

BODY = '{"model":"big","messages":[{"role":"user","content":"Write to PERSON-7QK2"}]}'


class Keys:
    """A keyring with room for one key."""

    def __init__(self) -> None:
        self.stored = ""
        self.place = "Test Wallet"
        self.keeps_key = True

    def key(self) -> str:
        return self.stored

    def set_key(self, value: str) -> None:
        self.stored = value


class Local:
    """A local model that can be loaded and unloaded."""

    def __init__(self) -> None:
        self.state = LocalState(Phase.IDLE, "SmolLM2 135M", "Loads with the next question.")
        self._listeners: list[Callable[[LocalState], None]] = []

    def on_state(self, listener: Callable[[LocalState], None]) -> None:
        self._listeners.append(listener)

    def warm(self) -> None:
        self.become(Phase.READY, "In memory and ready.")

    def unload(self) -> None:
        self.become(Phase.IDLE, "Not in memory.")

    def become(self, phase: Phase, told: str) -> None:
        self.state = LocalState(phase, self.state.model, told)
        for listener in self._listeners:
            listener(self.state)


class Additions:
    """A stronger filter of two small files, which arrive as soon as the test lets them."""

    def __init__(self, folder: Path) -> None:
        files = {"model.onnx": b"m" * 3_000_000, "tokenizer.json": b"t" * 1_000_000}
        described = tuple(
            ModelFile(name, name, len(content), sha256(content).hexdigest())
            for name, content in files.items()
        )
        self._contents = files
        self.files = ModelFolder(
            StrongModel(
                "small", "A small filter", "Apache-2.0", "https://models.example/small/", "Checked by hand.",
                described, "model.onnx", "tokenizer.json", 512, 64, ("O",), {},
            ),
            folder / "small",
        )  # fmt: skip
        self.gate = threading.Event()
        self.gate.set()
        self.error: ConfidantError | None = None
        self.tried = 0

    @property
    def strong(self) -> "Additions":
        return self

    def load(self) -> None:
        self.tried += 1
        if self.error is not None:
            raise self.error

    def get_strong_filter(self, cancel: Cancel) -> Iterator[int]:
        if self.error is not None:
            raise self.error
        self.files.make_room()
        done = 0
        for file in self.files.missing():
            for _ in range(4):
                done += file.size // 4
                yield done
                while not self.gate.is_set():
                    cancel.wait(0.01)
                    cancel.check()
            self.files.part(file).write_bytes(self._contents[file.name])
            self.files.accept(file)


class Session:
    """Answers by rote; `gate` keeps an answer waiting until the test opens it."""

    def __init__(self) -> None:
        self.models: list[str] | EngineError = ["alpha", "beta-large", "gamma"]
        self.test: str | EngineError = "It works: 3 models."
        self.ledger: list[LedgerRow] = []
        self.bodies: dict[int, str] = {}
        self.known: dict[str, dict[Trait, Known]] = {}
        self.erased = False
        self.rehearsed: list[tuple[str, Level]] = []
        self.rehearsal_fails = False
        self.asked: list[tuple[str, Where, bool]] = []
        self.verdicts: list[object] = []
        self.mechanisms: list[str] = []
        """Of answers that were wanted again."""
        self.judged: list[tuple[str, int, Feedback]] = []
        self.cloud = False
        self.gate = threading.Event()
        self.gate.set()
        self._ids = itertools.count(1)
        self._listeners: list[Callable[[], None]] = []
        self.made: dict[str, Conversation] = {}
        self._messages: dict[str, list[StoredMessage]] = {}

    def conversations(self, limit: int = 200, offset: int = 0) -> list[Conversation]:
        return [each for each in self.made.values() if not each.temporary]

    def conversation(self, conversation: str) -> Conversation:
        return self.made[conversation]

    def new_conversation(self, temporary: bool = False, level: Level | None = None) -> Conversation:
        name = f"c{next(self._ids)}"
        self.made[name] = Conversation(name, "", 0, 0, level or Level.GUARDED, temporary=temporary)
        self._messages[name] = []
        return self.made[name]

    def set_level(self, conversation: str, level: Level) -> None:
        self.made[conversation] = replace(self.made[conversation], level=level)

    def delete(self, conversation: str) -> None:
        self.made.pop(conversation, None)

    def take_back(self, conversation: str) -> None:
        """The failed answer is not stored at all."""

    def messages(self, conversation: str) -> list[StoredMessage]:
        return self._messages[conversation]

    def inspect(self, conversation: str, text: str, cancel: Cancel | None = None) -> tuple[Decided, ...]:
        return ()

    def destination(self, conversation: str, text: str = "") -> Destination:
        return Destination(Where.LOCAL, False, "local", "Easy question.")

    def status(self) -> Status:
        why = "" if self.cloud else "The cloud is switched off."
        return Status(LocalState(Phase.IDLE, "SmolLM2 135M", ""), self.cloud, why, "big", "127.0.0.1:1234")

    def on_status(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def set_cloud(self, on: bool) -> None:
        self.cloud = on
        for listener in self._listeners:
            listener()

    def send(  # noqa: PLR0913 - the shape of the real one
        self,
        conversation: str,
        text: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Callable[[object], None],
        *,
        where: Where = Where.AUTO,
        mechanism: str = "",
    ) -> None:
        self.asked.append((text, where, False))
        self._messages[conversation].append(StoredMessage(next(self._ids), conversation, Role.USER, text, 0))
        self._answer(conversation, text, approver, cancel, tell, where)

    def answer_again(
        self,
        conversation: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Callable[[object], None],
        *,
        where: Where = Where.AUTO,
        mechanism: str = "",
    ) -> None:
        self.mechanisms.append(mechanism)
        text = self.asked[-1][0]
        self.asked.append((text, where, True))
        self._answer(conversation, text, approver, cancel, tell, where)

    def _answer(
        self,
        conversation: str,
        text: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Callable[[object], None],
        where: Where,
    ) -> None:
        tell(Started(next(self._ids), next(self._ids)))
        origin = Origin.LOCAL
        if where is Where.CLOUD and approver is not None:
            verdict = approver.decide(review_of(conversation, text), cancel)
            self.verdicts.append(verdict)
            match verdict:
                case Approve():
                    tell(Sent("127.0.0.1:1234", BODY, "0" * 64, 1))
                    origin = Origin.CLOUD
                case AnswerLocally():
                    pass
                case Refuse() | _:
                    tell(Failed("refused", "You chose not to send it."))
                    return
        tell(Routed(Where.CLOUD if origin is Origin.CLOUD else Where.LOCAL, "routing", ("Easy.",), "SmolLM2"))
        tell(Delta("An answer about ", origin))
        while not self.gate.is_set():
            cancel.wait(0.01)
        answer = f"**{text}**."
        tell(Delta(answer, origin))
        self._messages[conversation].append(
            StoredMessage(next(self._ids), conversation, Role.ASSISTANT, f"An answer about {answer}", 0)
        )
        tell(Done(Usage(3, 4)))

    def judge(self, conversation: str, answer: int, feedback: Feedback) -> None:
        self.judged.append((conversation, answer, feedback))

    def ledger_entries(self, limit: int = 200) -> list[LedgerRow]:
        return self.ledger[:limit]

    def ledger_body(self, entry: int) -> str | None:
        return self.bodies.get(entry)

    def ledger_check(self, phrase: str) -> list[LedgerRow]:
        return [row for row in self.ledger if phrase in self.bodies.get(row.id, "")]

    def ledger_covers(self) -> tuple[float, float] | None:
        times = [row.time for row in self.ledger]
        return (min(times), max(times)) if times else None

    def ledger_forget(self, entry: int) -> None:
        self.bodies.pop(entry, None)

    def exposure(self) -> dict[str, dict[Trait, Known]]:
        return {provider: dict(known) for provider, known in self.known.items()}

    def forget_exposure(self, provider: str) -> None:
        self.known.pop(provider, None)

    def cloud_models(self, cancel: Cancel) -> list[str]:
        if isinstance(self.models, EngineError):
            raise self.models
        return self.models

    def test_cloud(self, cancel: Cancel) -> str:
        while not self.gate.is_set():
            cancel.wait(0.01)
        if isinstance(self.test, EngineError):
            raise self.test
        return self.test

    def erase_everything(self) -> None:
        self.erased = True

    def rehearse(self, text: str, level: Level) -> tuple[Decided, ...]:
        """Find names of two words that begin with T, and hide them unless the level is open."""
        self.rehearsed.append((text, level))
        if self.rehearsal_fails:
            raise PrivacyError("The privacy filter could not run. Nothing was sent.")
        action = Action.KEEP if level is Level.OPEN else Action.PLACEHOLDER
        return tuple(
            Decided(
                Finding(Kind.PERSON, match.start(), match.end(), 0.9, "names", "a name"),
                action,
                match[0] if action is Action.KEEP else "PERSON",
            )
            for match in re.finditer(r"T\w+ \w+", text)
        )


def review_of(conversation: str, text: str) -> Review:
    """Make a review in which the first word was hidden."""
    end = len(text.split(" ")[0])
    finding = Finding(Kind.PERSON, 0, end, 0.9, "names", "a name")
    decided = (Decided(finding, Action.PLACEHOLDER, "PERSON-7QK2"),)
    return Review(
        conversation, "127.0.0.1:1234", "big", text, "PERSON-7QK2" + text[end:], decided, BODY, Level.GUARDED
    )


class Stage:
    """Everything that a panel works with, on one profile in a temporary folder."""

    def __init__(self, folder: Path, runner: Runner, theme: Theme) -> None:
        self.paths = Paths(folder / "profile")
        self.paths.create()
        self.settings = Settings(
            SETTINGS,
            FileSettings(self.paths.early_settings),
            FileSettings(folder / "rest.json"),
        )
        self.session = Session()
        self.keys = Keys()
        self.local = Local()
        self.runner = runner
        self.theme = theme
        self.saver = Saver(self.settings, runner)
        self.additions = Additions(self.paths.models)
        self.parts = build(self.paths, local=EchoEngine())
        """The real thing, for pages that show more than settings; nothing of it is opened before it is used."""
        self.tools = Tools(
            self.settings, self.session, self.keys, self.local, self.paths, runner, theme, self.saver,
            StrongFilterDoor(self.additions, self.additions, self.settings),
            KnowingDoor(self.parts), TogetherDoor(self.parts), KeepingDoor(self.parts, self.settings),
            self.parts.indexing,
        )  # fmt: skip

    def close(self) -> None:
        """Let go what still waits, and end every thread."""
        self.session.gate.set()
        self.additions.gate.set()
        self.runner.close()
        self.saver.deleteLater()
        self.parts.close()
