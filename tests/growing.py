"""How a test sees that work does not explode with its size: by a ratio, on any machine, traced or not."""

import gc
import time
from collections.abc import Callable, Iterable

FAST = 0.003
"""Seconds of processor time for 10 kB: what takes less cannot hang on what somebody pastes."""
LINEAR = 3.0
_SUSPECT = 2.5
_TRIES = 6


def growth(find: Callable[[str], Iterable[object]], unit: str) -> float:
    """Say how much longer twice as much hostile text takes: two if it is linear, four if it is quadratic.

    Short texts show whether there is anything to look at; the verdict is made on 50 and 100 kB.
    """

    def work(length: int) -> Callable[[], None]:
        text = (unit * (length // len(unit) + 1))[:length]

        def run() -> None:
            for _ in find(text):
                pass

        return run

    first = _seconds(work(10_000))
    if first < FAST or _seconds(work(20_000)) / first < _SUSPECT:
        return 0
    return slower(work(50_000), work(100_000), _SUSPECT)


def slower(short: Callable[[], object], long: Callable[[], object], enough: float = 0.0) -> float:
    """Say how many times as long the second piece of work takes; stop trying once it is below `enough`."""
    least_short = least_long = float("inf")
    for _ in range(_TRIES):  # a neighbour on the processor makes either slower; only the fastest tell
        least_long, least_short = min(least_long, _seconds(long)), min(least_short, _seconds(short))
        if least_long / least_short < enough:
            break
    return least_long / least_short


def _seconds(work: Callable[[], object]) -> float:
    gc.disable()  # a collection looks at everything that other tests left, so it would be measured too
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()
