"""The originals behind the placeholders of one conversation."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from threading import RLock
from typing import Final, Protocol

from app.privacy.cipher import Cipher, derive
from app.privacy.errors import PrivacyError
from app.privacy.prompt import WORN
from app.privacy.types import HIDING, Action, Kind


class VaultStore(Protocol):
    """Keeps the ciphertext of vault entries; it can read none of it."""

    def load(self, conversation: str) -> Iterable[tuple[str, bytes]]:
        """Yield index and ciphertext of every entry of a conversation, oldest first."""
        ...

    def put(self, conversation: str, index: str, ciphertext: bytes) -> None:
        """Keep an entry durably; one with the same conversation and index is replaced."""
        ...

    def forget(self, conversation: str) -> None:
        """Delete every entry of a conversation."""
        ...


class MemoryVaultStore:
    """Keeps entries for as long as the process lives: for temporary conversations."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, bytes]] = {}

    def load(self, conversation: str) -> Iterable[tuple[str, bytes]]:
        return tuple(self._rows.get(conversation, {}).items())

    def put(self, conversation: str, index: str, ciphertext: bytes) -> None:
        self._rows.setdefault(conversation, {})[index] = ciphertext

    def forget(self, conversation: str) -> None:
        self._rows.pop(conversation, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A private value of the conversation and the code that stands for it."""

    kind: Kind
    value: str
    code: str
    action: Action
    """What the policy last did with it."""
    decision: Action | None = None
    """What the person decided; it wins."""
    sent: bool = False
    """It left as this code or its stand-in, or stayed here while the rest left."""
    standin: str = ""
    """What is invented in its place; empty: nothing yet."""
    posed: bool = False
    """The stand-in left, so it is restored."""
    wording: str = ""
    """How the person wants it said less exactly; empty: a rule words it."""
    boxed: bool = False
    """It left between brackets, which are the person's own then."""
    spellings: tuple[str, str] = ("", "")
    """Other ways in which the person wrote it: what a label with one capital says, and one with none."""

    @property
    def effective(self) -> Action:
        return self.decision or self.action

    @property
    def is_hidden(self) -> bool:
        return self.effective in HIDING


GONE: Final = "This conversation was deleted meanwhile. Nothing was sent."
_PLAIN: Final = ("", False, "", False, "", "")
"""What an entry of an earlier version does not say: rows may end before these."""
_EXACT: Final = frozenset(
    {Kind.LITERAL, Kind.SECRET, Kind.PASSWORD, Kind.PRIVATE_KEY, Kind.URL, Kind.RECORD, Kind.SEED}
)
"""Kinds in which a change of case makes another value."""


def fold(value: str) -> str:
    """Bring the ways to write one value together: case and spaces do not count."""
    return " ".join(value.casefold().split())


class Vault:
    """Maps values to codes and back; the same value has the same code for the life of the conversation.

    An index is made of value and code, so two processes that meet a value at the same moment keep both
    codes, and an answer to either is restored.
    """

    def __init__(self, conversation: str, store: VaultStore, key: bytes) -> None:
        self._conversation = conversation
        self._store = store
        self._cipher = Cipher(key, "vault")
        self._index_key = derive(key, "vault index")
        self._lock = RLock()
        self._rows: dict[str, bytes] = {}
        self._is_loaded = False
        self._is_gone = False
        self.version = 0
        """Grows with every change, so that what was made from the entries can be kept."""
        self._by_code: dict[str, Entry] = {}
        self._by_value: dict[str, str] = {}

    def refresh(self) -> None:
        """Read what another process has added since."""
        with self._lock:
            for index, sealed in self._store.load(self._conversation):
                if self._rows.get(index) != sealed:
                    self._learn(self._open(index, sealed))
                    self._rows[index] = sealed
            self._is_loaded = True

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry, oldest first."""
        with self._lock:
            self._ensure()
            return tuple(self._by_code.values())

    def find(self, value: str, kind: Kind | None = None) -> Entry | None:
        """Return the entry of a value; without a kind, or with one that allows it, case does not count."""
        with self._lock:
            self._ensure()
            code = self._by_value.get("=" + value)
            if code is None and kind not in _EXACT:
                code = self._by_value.get("~" + fold(value))
            return None if code is None else self._by_code[code]

    def decode(self, code: str) -> Entry | None:
        """Return the entry of a code."""
        with self._lock:
            self._ensure()
            return self._by_code.get(code.removeprefix(WORN))

    def add(self, entry: Entry) -> Entry:
        """Keep an entry durably; of a value that is known already, return what is known."""
        with self._lock:
            known = self.find(entry.value, entry.kind)
            if known is not None:
                return known
            self._write(entry)
            return entry

    def act(self, entry: Entry, action: Action) -> Entry:
        """Note what the policy does with an entry now."""
        return self._change(replace(entry, action=action))

    def decide(self, entry: Entry, decision: Action, wording: str = "") -> Entry:
        """Note what the person decided about an entry."""
        return self._change(replace(entry, decision=decision, wording=wording))

    def dress(self, entry: Entry, standin: str) -> Entry:
        """Note the stand-in of an entry."""
        return self._change(replace(entry, standin=standin))

    def box(self, entry: Entry) -> Entry:
        """Note that an entry stands between brackets that are the person's."""
        return self._change(replace(entry, boxed=True))

    def spell(self, entry: Entry, value: str) -> int:
        """Note how an entry is written here; return the number of the spelling.

        A further one than labels can tell apart passes for one of those.
        """
        with self._lock:
            entry = self.decode(entry.code) or entry  # as it is by now
            spellings = (entry.value, *entry.spellings)
            if value in spellings:
                return spellings.index(value)
            usual = 2 if value.islower() else 1
            spelling = next((at for at in (usual, 3 - usual) if not spellings[at]), usual)
            if not spellings[spelling]:
                one, other = (value if at == spelling else spellings[at] for at in (1, 2))
                self._change(replace(entry, spellings=(one, other)))
            return spelling

    def number(self, purpose: str) -> int:
        """Return a number that belongs to this conversation and says nothing about it."""
        text = f"{purpose}\0{self._conversation}".encode()
        return int.from_bytes(hmac.digest(self._index_key, text, hashlib.sha256)[:8], "big")

    def mark_sent(self, codes: frozenset[str]) -> None:
        """Note that these codes leave, and that what is cut or generalized now was hidden meanwhile."""
        with self._lock:
            for entry in self.entries():
                lost = entry.is_hidden and entry.effective in (Action.BLOCK, Action.GENERALIZE)
                posed = WORN + entry.code in codes
                if lost or posed or entry.code in codes:
                    self._change(replace(entry, sent=True, posed=entry.posed or posed))

    def forget(self) -> None:
        """Delete every entry, here and in the store; whoever still uses this vault keeps nothing more."""
        with self._lock:
            self._is_gone = True
            self.close()
            self._store.forget(self._conversation)

    def close(self) -> None:
        """Drop the plaintext; the next use reads the store again."""
        with self._lock:
            self._is_loaded = False
            self._rows.clear()
            self._by_code.clear()
            self._by_value.clear()
            self.version += 1

    def _ensure(self) -> None:
        if not self._is_loaded:
            self.refresh()

    def _change(self, entry: Entry) -> Entry:
        with self._lock:
            self._ensure()
            if self._by_code.get(entry.code) != entry:
                self._write(entry)
            return entry

    def _write(self, entry: Entry) -> None:
        if self._is_gone:
            raise PrivacyError(GONE)
        index = self._index(entry)
        row = (entry.kind, entry.value, entry.code, entry.action, entry.decision, entry.sent)
        more = (entry.standin, entry.posed, entry.wording, entry.boxed, *entry.spellings)
        text = json.dumps(row if more == _PLAIN else row + more)
        sealed = self._cipher.encrypt(text.encode(), self._place(index))
        self._store.put(self._conversation, index, sealed)
        self._rows[index] = sealed
        self._learn(entry)

    def _learn(self, entry: Entry) -> None:
        self.version += 1
        self._by_code[entry.code] = entry
        self._by_value.setdefault("=" + entry.value, entry.code)
        if entry.kind not in _EXACT:
            self._by_value.setdefault("~" + fold(entry.value), entry.code)

    def _open(self, index: str, sealed: bytes) -> Entry:
        row = json.loads(self._cipher.decrypt(sealed, self._place(index)))
        kind, value, code, action, decision, sent = row[:6]
        rest: list[str | bool] = list(row[6:])
        standin, posed, wording, boxed, one, other = (*rest, *_PLAIN[len(rest) :])
        decided = None if decision is None else Action(decision)
        entry = Entry(Kind(kind), str(value), str(code), Action(action), decided, bool(sent))
        entry = replace(entry, wording=str(wording), boxed=bool(boxed), spellings=(str(one), str(other)))
        return replace(entry, standin=str(standin), posed=bool(posed))

    def _index(self, entry: Entry) -> str:
        value = entry.value if entry.kind in _EXACT else fold(entry.value)
        text = f"{value}\0{entry.code}".encode()
        return hmac.digest(self._index_key, text, hashlib.sha256).hex()

    def _place(self, index: str) -> str:
        return f"{self._conversation}\0{index}"
