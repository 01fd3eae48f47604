"""Every setting, declared once, with the words that screens and the command line show."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, cast

from app.core.errors import SettingError
from app.privacy.policy import Level

T = TypeVar("T", bool, int, float, str, tuple[str, ...])
Value = bool | int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing that the person may choose."""

    key: str
    type: type[T]
    default: T
    title: str
    help: str
    group: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    secret: bool = False
    """Lives in the keyring only; never in a file, an export or an argument."""
    advanced: bool = False
    early: bool = False
    """Needed before the database opens: kept in a small file, so it may hold no private words."""

    def parse(self, text: str) -> T:
        """Turn what was typed into a value; lists are split at commas and line ends.

        Raises:
            SettingError: with the values that it takes.
        """
        value: object
        try:
            if self.type is bool:
                value = _SWITCH.get(text.strip().lower())
            elif self.type is tuple:
                value = tuple(w.strip() for w in text.replace("\n", ",").split(",") if w.strip())
            elif self.type is int:
                value = int(text)
            elif self.type is float:
                value = float(text)
            else:
                value = text
        except ValueError:
            raise SettingError(f"{self.key} takes {self.describe()}.") from None
        return self.check(value)

    def check(self, value: object) -> T:
        """Return the value if the setting takes it.

        Raises:
            SettingError: with the values that it takes.
        """
        if self.type is tuple and isinstance(value, list):
            value = tuple(value)
        if self.type is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        fits = type(value) is self.type
        if fits and self.choices:
            fits = value in self.choices
        if fits and isinstance(value, int | float) and not isinstance(value, bool):
            low = self.minimum is None or value >= self.minimum
            fits = low and (self.maximum is None or value <= self.maximum)
        if fits and isinstance(value, tuple):
            fits = all(isinstance(word, str) for word in value)
        if not fits:
            raise SettingError(f"{self.key} takes {self.describe()}.")
        return cast(T, value)

    def describe(self) -> str:
        """Say in words which values it takes."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.type is bool:
            return "on or off"
        if self.type is tuple:
            return "words separated by commas"
        if self.type is str:
            return "text"
        bounds = [f"at least {self.minimum:g}"] if self.minimum is not None else []
        bounds += [f"at most {self.maximum:g}"] if self.maximum is not None else []
        return " ".join(["a number", " and ".join(bounds)]).strip()


_SWITCH = {
    **dict.fromkeys(("true", "on", "yes", "1"), True),
    **dict.fromkeys(("false", "off", "no", "0"), False),
}

CLOUD_ENABLED = Setting(
    "cloud.enabled", bool, False, "Use the cloud",
    "Off: nothing leaves this computer, whatever else is set.", "cloud",
)  # fmt: skip
CLOUD_BASE_URL = Setting(
    "cloud.base_url", str, "", "Address",
    "Any OpenAI-compatible address, with or without /v1. The cloud stays off until one is set.",
    "cloud",
)  # fmt: skip
CLOUD_MODEL = Setting(
    "cloud.model", str, "", "Model",
    "The model's name as the server knows it. Empty: the first one that the server lists.", "cloud",
)  # fmt: skip
CLOUD_KEY = Setting(
    "cloud.key", str, "", "Key", "Kept in this system's keyring, never in a file.", "cloud",
    secret=True,
)  # fmt: skip
CLOUD_POLICY = Setting(
    "cloud.policy", str, "ask", "When may it be used?",
    "never: answers come from this computer. ask: you see each request before it leaves. "
    "ask-if-private: you see it if something was hidden or is unsure.",
    "cloud", choices=("never", "ask", "ask-if-private"),
)  # fmt: skip
CLOUD_TIMEOUT = Setting(
    "cloud.timeout", int, 60, "Wait for the server",
    "Seconds without a sign from the server before giving up.", "cloud",
    minimum=1, maximum=600, advanced=True,
)  # fmt: skip
CLOUD_RETRIES = Setting(
    "cloud.retries", int, 2, "Tries after a busy server",
    "How often a request is repeated, byte for byte, after 429 or a server error.", "cloud",
    minimum=0, maximum=10, advanced=True,
)  # fmt: skip
CLOUD_PROXY = Setting(
    "cloud.proxy", str, "", "Proxy",
    "An address such as http://proxy:3128. Empty: the system's own proxy settings.", "cloud",
    advanced=True,
)  # fmt: skip
CLOUD_CA = Setting(
    "cloud.ca_file", str, "", "Own certificate authority",
    "A PEM file to trust besides this system's certificates.", "cloud", advanced=True,
)  # fmt: skip
PRIVACY_LEVEL = Setting(
    "privacy.level", str, Level.GUARDED.value, "Level of new conversations",
    "local: nothing leaves. strict: names of organizations, places and dates are hidden too. "
    "guarded: what points at people is hidden. open: only secrets are cut.",
    "privacy", choices=tuple(level.value for level in Level),
)  # fmt: skip
PRIVACY_OWN_WORDS = Setting(
    "privacy.own_words", tuple, (), "Your own words",
    "Words that never leave: a project's name, a nickname, a street.", "privacy",
)  # fmt: skip
PRIVACY_ALLOWED = Setting(
    "privacy.allowed", tuple, (), "Words that may leave",
    "Names that the filter should leave readable, such as a product of yours.", "privacy",
)  # fmt: skip
PRIVACY_REPLACE_WITH = Setting(
    "privacy.replace_with", str, "codes", "What stands in place of a detail",
    "codes: PERSON-7QK2 leaves, and the answer shows your words again. "
    "stand-ins: an invented name, address or number leaves where there is one, which suits letters and "
    "stories; now and then an answer may keep it.",
    "privacy", choices=("codes", "stand-ins"),
)  # fmt: skip
PRIVACY_SECOND_LOOK = Setting(
    "privacy.second_look", str, "off", "A second look",
    "on: before a question leaves, the model on this computer looks for private statements that the "
    "filter missed. It takes up to three seconds, and needs a model of 1.5 billion numbers or more.",
    "privacy", choices=("off", "on"), advanced=True,
)  # fmt: skip
PRIVACY_STRONG_FILTER = Setting(
    "privacy.strong_filter", bool, False, "Stronger filter",
    "A large model that finds more names, numbers and secrets, once you have downloaded it "
    "(`confidant filter-model`). Checking a question takes about a second more.",
    "privacy", advanced=True,
)  # fmt: skip
LEDGER_DAYS = Setting(
    "privacy.ledger_days", int, 30, "Keep what left",
    "Days for which the exact text of each request is kept, encrypted. Counts and dates stay.",
    "privacy", minimum=0, maximum=3650,
)  # fmt: skip
LOCAL_MODEL = Setting(
    "local.model", str, "", "Model on this computer",
    "A GGUF file, or the name of one in the folder of models. Empty: the small bundled one.", "model",
)  # fmt: skip
LOCAL_SERVER = Setting(
    "local.server", str, "", "Your own trusted server",
    "An OpenAI-compatible address inside your border that answers instead of this computer. "
    "It sees everything you type.", "model", advanced=True,
)  # fmt: skip
LOCAL_CONTEXT = Setting(
    "local.context", int, 0, "Context",
    "Tokens that the local model can see at once. 0: what the model was made for, "
    "at most 8192.", "model", minimum=0, maximum=131072, advanced=True,
)  # fmt: skip
LOCAL_THREADS = Setting(
    "local.threads", int, 0, "Threads",
    "Processor threads for the local model. 0: one less than there are cores.", "model",
    minimum=0, maximum=256, advanced=True,
)  # fmt: skip
LOCAL_MAX_TOKENS = Setting(
    "local.max_tokens", int, 1024, "Longest answer",
    "Tokens after which an answer ends.", "model", minimum=16, maximum=32768, advanced=True,
)  # fmt: skip
MEMORY_ENABLED = Setting(
    "memory.enabled", bool, True, "Remember conversations",
    "Off: new conversations are temporary and gone when you close them.", "data",
)  # fmt: skip
MEMORY_EMBEDDER = Setting(
    "memory.embedder", str, "", "Model for searching by meaning",
    "Empty: the one that ships. Or the name or folder of a model of sentence-transformers that is on this "
    "computer; it needs the extra [sentence-transformers], and everything is read anew.", "data",
    advanced=True,
)  # fmt: skip
MEMORY_FACTS = Setting(
    "memory.facts", bool, True, "Know about you",
    "What you say about yourself is noted on this computer, and used once you say yes to it; how you write "
    "is learned, too. Off: nothing is noted or used.", "memory",
)  # fmt: skip
MECHANISM = Setting(
    "mechanism.default", str, "adaptive", "How the two models work together",
    "adaptive: chosen anew for each question. routing: one of the two answers. pipeline: the cloud "
    "answers, this computer polishes. auxiliary: one helps the other. distillation: this computer "
    "answers with what it learned from the cloud. fusion: both answer and are compared.", "mechanism",
    choices=("adaptive", "routing", "pipeline", "auxiliary", "distillation", "fusion"),
)  # fmt: skip
MECHANISM_LEARN = Setting(
    "mechanism.learn", bool, True, "Learn from what you do",
    "Asking again, asking the other model, copying and thumbs teach which way suits which question. "
    "What is learned stays on this computer.", "mechanism",
)  # fmt: skip
CLOUD_PRICE_PROMPT = Setting(
    "cloud.price_prompt", float, 0.0, "Price of what you send",
    "For a million tokens, in your own currency; 0 where it costs nothing.", "mechanism",
    minimum=0, maximum=10_000,
)  # fmt: skip
CLOUD_PRICE_ANSWER = Setting(
    "cloud.price_answer", float, 0.0, "Price of what you get",
    "For a million tokens of answers.", "mechanism", minimum=0, maximum=10_000,
)  # fmt: skip
CLOUD_BUDGET_MONTH = Setting(
    "cloud.budget_month", float, 0.0, "Budget for a month",
    "Once so much is spent, this computer answers until the month is over. 0: no limit.", "mechanism",
    minimum=0, maximum=1_000_000,
)  # fmt: skip
CLOUD_BUDGET_QUESTION = Setting(
    "cloud.budget_question", float, 0.0, "Budget for a question",
    "A question that is likely to cost more is answered on this computer. 0: no limit.", "mechanism",
    minimum=0, maximum=1_000_000,
)  # fmt: skip
DATA_ENCRYPTED = Setting(
    "data.encrypted", bool, True, "Encrypt what is kept",
    "Conversations, and all that is noted about you, are unreadable to whoever only has the disk. "
    "A change made here is carried out at the next start.", "data", advanced=True, early=True,
)  # fmt: skip
LOOK_THEME = Setting(
    "look.theme", str, "system", "Theme", "Follow the system, or always light or dark.", "look",
    choices=("system", "light", "dark"), early=True,
)  # fmt: skip
LOOK_ZOOM = Setting(
    "look.zoom", int, 100, "Zoom", "Size of text and controls in percent.", "look",
    minimum=80, maximum=200, early=True,
)  # fmt: skip
LOOK_ENTER_SENDS = Setting(
    "look.enter_sends", bool, True, "Enter sends",
    "Off: Ctrl+Enter sends and Enter begins a new line.", "look", early=True,
)  # fmt: skip
LOOK_TRAY = Setting(
    "look.tray", bool, False, "Stay in the tray",
    "Closing the window leaves Confidant in the tray, where there is one.", "look", early=True,
)  # fmt: skip

AnySetting = Setting[bool] | Setting[int] | Setting[float] | Setting[str] | Setting[tuple[str, ...]]

SETTINGS: tuple[AnySetting, ...] = (
    CLOUD_ENABLED, CLOUD_BASE_URL, CLOUD_MODEL, CLOUD_KEY, CLOUD_POLICY, CLOUD_TIMEOUT,
    CLOUD_RETRIES, CLOUD_PROXY, CLOUD_CA, PRIVACY_LEVEL, PRIVACY_OWN_WORDS, PRIVACY_ALLOWED,
    PRIVACY_REPLACE_WITH,
    PRIVACY_SECOND_LOOK, PRIVACY_STRONG_FILTER, LEDGER_DAYS, LOCAL_MODEL, LOCAL_SERVER, LOCAL_CONTEXT,
    LOCAL_THREADS, LOCAL_MAX_TOKENS, MEMORY_ENABLED, MEMORY_EMBEDDER, MEMORY_FACTS,
    MECHANISM, MECHANISM_LEARN,
    CLOUD_PRICE_PROMPT, CLOUD_PRICE_ANSWER, CLOUD_BUDGET_MONTH, CLOUD_BUDGET_QUESTION, DATA_ENCRYPTED,
    LOOK_THEME, LOOK_ZOOM,
    LOOK_ENTER_SENDS, LOOK_TRAY,
)  # fmt: skip
"""Core's own; `Settings` adds the options of mechanisms and a switch for each detector."""

GROUPS: Mapping[str, str] = {
    "cloud": "Cloud policy",
    "privacy": "Privacy",
    "model": "Model",
    "mechanism": "Working together",
    "memory": "What it knows",
    "data": "Data",
    "look": "Look and access",
}
"""Groups in the order of the settings panel, with their titles."""


class SettingsStore(Protocol):
    """Where values are kept; both processes of a profile see each other's changes."""

    def read(self) -> Mapping[str, object]:
        """Return the stored values by key; cheap to call often.

        Raises:
            StoreError: the file or database cannot be read.
        """
        ...

    def write(self, key: str, value: Value | None) -> None:
        """Store a value, or forget it where it is None.

        Raises:
            StoreError: it cannot be written; the old value stays.
        """
        ...


class Settings:
    """Typed access to the declared settings, early ones in one store and the rest in another."""

    def __init__(self, declared: Iterable[AnySetting], early: SettingsStore, store: SettingsStore) -> None:
        self.declared: dict[str, AnySetting] = {}
        for setting in declared:
            if setting.key in self.declared:
                raise ValueError(f"setting declared twice: {setting.key}")
            self.declared[setting.key] = setting
        self._early = early
        self._store = store
        self._lock = threading.Lock()
        self._listeners: list[Callable[[str], None]] = []
        self._lent: dict[str, Value] = {}

    def __getitem__(self, setting: Setting[T]) -> T:
        """Return the stored value, or the default where none (or a wrong one) is stored."""
        return cast(T, self.value(setting.key))

    def value(self, key: str) -> Value:
        """Return what is stored for a key, as `settings[SETTING]` does; raises as `named` does."""
        setting = self.named(key)
        if key in self._lent:
            return self._lent[key]
        stored = self._place(key).read().get(key)
        if stored is None:
            return setting.default
        try:
            return setting.check(stored)
        except SettingError:
            return setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Store a value and tell the listeners.

        Raises:
            SettingError: the setting does not take it.
            StoreError: it cannot be written.
        """
        self._write(setting.key, setting.check(value))

    def set_text(self, key: str, text: str) -> None:
        """Store what was typed for a key; raises as `set` does, also for an unknown key."""
        setting = self.named(key)
        self._write(key, setting.parse(text))

    @contextmanager
    def lent(self, values: Mapping[str, Value]) -> Iterator[None]:
        """Take other values for the length of a block, in this process only; raises as `set` does."""
        before = self._lent
        self._lent = {**before, **{key: self.named(key).check(value) for key, value in values.items()}}
        try:
            yield
        finally:
            self._lent = before

    def named(self, key: str) -> AnySetting:
        """Return the declaration.

        Raises:
            SettingError: there is no such setting, or it lives in the keyring.
        """
        setting = self.declared.get(key)
        if setting is None:
            raise SettingError(f"There is no setting {key!r}. `confidant settings list` shows all.")
        if setting.secret:
            raise SettingError("A key is set with `confidant key set`, from standard input.")
        return setting

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Call `listener(key)` after each change in this process, on the thread that made it."""
        with self._lock:
            self._listeners.append(listener)

    def _write(self, key: str, value: Value) -> None:
        self._place(key).write(key, value)
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(key)

    def _place(self, key: str) -> SettingsStore:
        return self._early if self.declared[key].early else self._store
