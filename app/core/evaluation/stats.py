"""Intervals by resampling: how far a figure of so few questions can be trusted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 2000
_Z = 1.96
_TAIL = 2.5


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and where it lies with 95 % confidence."""

    mid: float
    low: float
    high: float


def mean(values: Sequence[float], seed: int) -> Interval:
    """Return the mean; with Wilson's interval where all are 0 or all 1: resampling sees no spread there."""
    if values and len(set(values)) == 1 and values[0] in (0.0, 1.0):
        return _wilson(values[0], len(values))
    return _resampled([values], lambda columns: columns[0].mean(axis=-1), seed)


def median(values: Sequence[float], seed: int) -> Interval:
    """Return the median."""
    import numpy as np

    return _resampled([values], lambda columns: np.median(columns[0], axis=-1), seed)


def ratio(parts: Sequence[float], wholes: Sequence[float], seed: int) -> Interval:
    """Return the sum of the parts over that of the wholes, resampled by question."""
    total = sum(wholes)
    if sum(parts) in (0, total):
        return _wilson(sum(parts) / total, int(total))
    return _resampled([parts, wholes], lambda c: c[0].sum(axis=-1) / c[1].sum(axis=-1).clip(min=1e-9), seed)


def difference(values: Sequence[float], others: Sequence[float], seed: int) -> Interval:
    """Return by how much the mean is above that of others, question by question."""
    return _resampled([values, others], lambda c: (c[0] - c[1]).mean(axis=-1), seed)


def closed(
    values: Sequence[float], low: Sequence[float], high: Sequence[float], seed: int
) -> Interval | None:
    """Return how much of the way from `low` to `high` is gone, as a share; None where that is no way up."""
    if not values or sum(high) <= sum(low):
        return None

    def share(columns: "list[Floats]") -> "Floats":
        import numpy as np

        own, bottom, top = (each.mean(axis=-1) for each in columns)
        gap = top - bottom
        # Where resampling closes the gap itself, the share says nothing: let it be far out, not undefined.
        gap = np.where(np.abs(gap) < 1e-9, 1e-9, gap)
        found: Floats = np.clip((own - bottom) / gap, -9.99, 9.99)
        return found

    return _resampled([values, low, high], share, seed)


def _resampled(
    columns: Sequence[Sequence[float]], figure: "Callable[[list[Floats]], Floats]", seed: int
) -> Interval:
    import numpy as np

    arrays = [np.asarray(column, dtype=float) for column in columns]
    if not arrays[0].size:
        return Interval(float("nan"), float("nan"), float("nan"))
    draws = np.random.default_rng(seed).integers(0, arrays[0].size, (RESAMPLES, arrays[0].size))
    low, high = np.percentile(figure([each[draws] for each in arrays]), [_TAIL, 100 - _TAIL])
    return Interval(float(figure(arrays)), float(low), float(high))


def _wilson(share: float, count: int) -> Interval:
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    reach = _Z / (1 + _Z**2 / count) * (share * (1 - share) / count + _Z**2 / (4 * count**2)) ** 0.5
    return Interval(share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))
