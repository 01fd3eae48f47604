"""From scores for each token to spans: the best sequence of labels that BIO or BIOES allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Scores = NDArray[numpy.float32]
    """One row a token, one column a label."""


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring tokens with one label; `end` is behind the last."""

    label: str
    start: int
    end: int
    score: float
    """Mean probability of the chosen labels, 0 to 1."""


class Decoder:
    """Reads one set of labels; a token by itself may be unsure, a sequence that makes no sense never wins.

    Raises:
        ValueError: a label is neither `O` nor begins with B-, I-, E- or S-.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._parts = [_parts(label) for label in labels]
        self._closes = any(mark in "ES" for mark, _ in self._parts)
        """Whether the end of a span is marked, too (BIOES)."""

    def spans(self, scores: "Scores") -> Iterator[Span]:
        """Yield the spans of the best sequence, in order.

        Raises:
            ValueError: these scores are for other labels, or they are no numbers.
        """
        import numpy as np

        if scores.ndim != 2 or scores.shape[1] != len(self._parts) or not np.isfinite(scores).all():
            raise ValueError("not the scores of these labels")
        if not len(scores):
            return
        logs = scores - scores.max(axis=1, keepdims=True)
        logs = logs - np.log(np.exp(logs).sum(axis=1, keepdims=True))
        path = self._best(logs)
        sure = np.exp(logs[np.arange(len(path)), path])
        yield from self._read(path, sure)

    def _best(self, logs: "Scores") -> list[int]:
        """Find the most likely sequence (Viterbi)."""
        import numpy as np

        count = len(self._parts)
        may_follow = np.array([[self._follows(a, b) for b in range(count)] for a in range(count)])
        cost = np.where(may_follow, 0.0, -np.inf)
        best = np.where([mark in "OBS" for mark, _ in self._parts], logs[0], -np.inf)
        back = np.zeros(logs.shape, dtype=np.int64)
        for at in range(1, len(logs)):
            ways = best[:, None] + cost
            back[at] = ways.argmax(axis=0)
            best = ways.max(axis=0) + logs[at]
        if self._closes:
            best = np.where([mark in "OES" for mark, _ in self._parts], best, -np.inf)
        path = [int(best.argmax())]
        for at in range(len(logs) - 1, 0, -1):
            path.append(int(back[at, path[-1]]))
        return path[::-1]

    def _follows(self, before: int, after: int) -> bool:
        (mark, label), (next_mark, next_label) = self._parts[before], self._parts[after]
        is_open = mark in "BI"
        if next_mark in "IE":
            return is_open and label == next_label
        return not (is_open and self._closes)

    def _read(self, path: Sequence[int], sure: "Scores") -> Iterator[Span]:
        start: int | None = None
        for at, number in enumerate([*path, -1]):
            mark = self._parts[number][0] if number >= 0 else "O"
            if start is not None and mark not in "IE":
                yield self._span(path, sure, start, at)
                start = None
            if mark in "BS":
                start = at

    def _span(self, path: Sequence[int], sure: "Scores", start: int, end: int) -> Span:
        return Span(self._parts[path[start]][1], start, end, float(sure[start:end].mean()))


def _parts(label: str) -> tuple[str, str]:
    if label == "O":
        return "O", ""
    mark, dash, rest = label[:1], label[1:2], label[2:]
    if mark not in ("B", "I", "E", "S") or dash != "-" or not rest:
        raise ValueError("not a label of the form B-NAME")
    return mark, rest
