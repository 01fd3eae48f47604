"""Where and by whom everything was said, without its words, kept in step turn by turn."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.memory.columns import Column
from app.core.store.turns import Place

Numbers = NDArray[np.int64]
Places = NDArray[np.int32]
Scores = NDArray[np.float32]

NONE = -1


class Corpus:
    """All turns in the order in which they came; what follows what is in `before` and `after`."""

    def __init__(self) -> None:
        self._numbers = Column(np.int64)
        self._times = Column(np.float64)
        self._conversations = Column(np.int32)
        self._speakers = Column(np.int32)
        self._roles = Column(np.int32)
        self._before = Column(np.int32)
        self._after = Column(np.int32)
        self._where = (Column(np.int32), Column(np.int32))
        """The place of each message and each note, by its row."""
        self._last = Column(np.int32)
        """The last turn of each conversation."""
        self._notes = 0
        self._codes: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def numbers(self) -> Numbers:
        return self._numbers.values

    @property
    def times(self) -> NDArray[np.float64]:
        return self._times.values

    @property
    def conversations(self) -> Places:
        """Which conversation each turn belongs to, as a number from 0."""
        return self._conversations.values

    @property
    def before(self) -> Places:
        """The turn before each one in its conversation, or NONE."""
        return self._before.values

    @property
    def after(self) -> Places:
        return self._after.values

    @property
    def speakers(self) -> frozenset[str]:
        """Whoever speaks, folded; without those of whom nobody knows the name."""
        return frozenset(self._codes[1]) - {""}

    def code(self, conversation: str) -> int:
        """Return the number of a conversation, or NONE."""
        return self._codes[0].get(conversation, NONE)

    def by_speaker(self, name: str) -> NDArray[np.bool_]:
        """Say of each turn whether this one said it."""
        said: NDArray[np.bool_] = self._speakers.values == self._codes[1].get(name, NONE)
        return said

    def by_role(self, role: str) -> NDArray[np.bool_]:
        """Say of each turn whether the person said it, or the assistant."""
        said: NDArray[np.bool_] = self._roles.values == self._codes[2].get(role, NONE)
        return said

    def places(self, numbers: Numbers) -> Places:
        """Return where turns stand; NONE for those that are not here."""
        found = np.full(len(numbers), NONE, np.int32)
        for odd, where in enumerate(self._where):
            rows = numbers >> 1
            known = ((numbers & 1) == odd) & (rows < len(where))
            found[known] = where.values[rows[known]]
        return found

    def counts(self) -> tuple[int, int]:
        """Return how many messages and how many notes are here."""
        return len(self) - self._notes, self._notes

    def add(self, turns: Sequence[Place]) -> bool:
        """Take in turns, those of a conversation in their order.

        False says that one of them belongs before one that was here: then everything has to be read anew.
        """
        if not turns:
            return True
        start = len(self)
        self._numbers.add(np.array([turn.number for turn in turns], np.int64))
        self._times.add(np.array([turn.time for turn in turns], np.float64))
        self._notes += sum(turn.number & 1 for turn in turns)
        codes = _coded([turn.conversation for turn in turns], self._codes[0])
        self._conversations.add(codes)
        self._speakers.add(_coded([turn.speaker.casefold() for turn in turns], self._codes[1]))
        self._roles.add(_coded([turn.role for turn in turns], self._codes[2]))
        self._locate(self.numbers[start:], start)
        self._link(codes, start)
        follows = np.flatnonzero(self.before[start:] != NONE)
        mine, theirs = self.numbers[start:][follows], self.numbers[self.before[start:][follows]]
        return not ((mine < theirs) & ((mine ^ theirs) & 1 == 0)).any()

    def _locate(self, numbers: Numbers, start: int) -> None:
        for odd, where in enumerate(self._where):
            mine = np.flatnonzero((numbers & 1) == odd)
            rows = numbers[mine] >> 1
            if len(rows):
                missing = max(0, int(rows.max()) + 1 - len(where))
                where.add(np.full(missing, NONE, np.int32))
                where.values[rows] = start + mine

    def _link(self, codes: Places, start: int) -> None:
        """Let each new turn know its neighbours."""
        self._last.add(np.full(len(self._codes[0]) - len(self._last), NONE, np.int32))
        order = np.argsort(codes, kind="stable").astype(np.int32)
        first = np.append(True, np.diff(codes[order]) != 0)
        before = np.empty(len(codes), np.int32)
        before[order[1:]] = order[:-1] + start
        before[order[first]] = self._last.values[codes[order[first]]]
        self._last.values[codes[order]] = order + start  # of several the last one stays
        self._before.add(before)
        self._after.add(np.full(len(codes), NONE, np.int32))
        follows = np.flatnonzero(before != NONE)
        self.after[before[follows]] = start + follows


def _coded(names: Sequence[str], codes: dict[str, int]) -> Places:
    """Turn names into numbers; a new one gets the next."""
    return np.fromiter((codes.setdefault(name, len(codes)) for name in names), np.int32, len(names))
