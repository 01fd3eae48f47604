"""How a benchmark measures and prints: medians with their spread, in one table."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence

Row = tuple[str, ...]


def print_table(title: str, head: Row, rows: Sequence[Row]) -> None:
    """Print one table in markdown, so that it can be pasted into a note."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n{title}\n")
    for row in (head, tuple("-" * width for width in widths), *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
    sys.stdout.flush()


def seconds(action: Callable[..., object], *arguments: object) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - start


def milliseconds(values: Sequence[float]) -> str:
    """Show the median of seconds, and the fastest and slowest, in milliseconds."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{_short(middle)} ms ({_short(low)} to {_short(high)})"


def percentile(values: Sequence[float], share: float) -> str:
    """Show one percentile of seconds in milliseconds."""
    ordered = sorted(values)
    return f"{_short(ordered[min(len(ordered) - 1, int(share * len(ordered)))])} ms"


def ratio(value: float, other: float) -> str:
    return f"{value / other:.2f}"


def _short(value: float) -> str:
    return f"{value * 1000:.0f}" if value >= 0.1 else f"{value * 1000:.1f}"
