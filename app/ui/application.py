"""The program with windows: starts it once per profile, and ends it."""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.core.errors import ConfidantError
from app.core.instance import Instance, NoInstance, QuickAsk, Show, ask
from app.core.paths import Paths

if TYPE_CHECKING:
    from app.ui.parts import Parts

_CANNOT_RUN, _FAILED = 3, 5


def run(
    build: "Callable[[], Parts]",
    paths: Paths,
    *,
    quick_ask: str | None = None,
    exit_after_paint: bool = False,
    started: float | None = None,
) -> int:
    """Show the window until the person quits, or hand over to the one that is open already.

    Args:
        build: makes the parts; opens nothing yet, so that the window is there first.
        quick_ask: open the popup with this text instead of the window.
        exit_after_paint: print the milliseconds from `started` to the first paint, and end.
        started: `time.perf_counter()` when the process began its work.
    """
    began = time.perf_counter() if started is None else started
    try:
        paths.create()
    except OSError as error:
        return _tell(f"The folder {paths.profile} cannot be used: {error.strerror}.", _CANNOT_RUN)
    instance = _claim_or_ask(paths, Show() if quick_ask is None else QuickAsk(quick_ask))
    if not isinstance(instance, Instance):
        return instance
    # Qt and the windows are imported only where they are needed: handing over must be quick.
    from app.ui.program import open_windows

    after_paint = partial(_print_time, began) if exit_after_paint else None
    return open_windows(build, instance, quick_ask, after_paint)


def _claim_or_ask(paths: Paths, request: Show | QuickAsk) -> Instance | int:
    """Become the instance, or let the living one do it; one that is just ending gets replaced."""
    for _ in range(3):
        instance = Instance.claim(paths)
        if instance is not None:
            return instance
        try:
            for _reply in ask(paths, request):
                pass
            return 0
        except NoInstance:
            continue
        except ConfidantError as error:
            return _tell(error.told, _FAILED)
    return _tell("Confidant is open, but does not answer. End it and start it again.", _FAILED)


def _print_time(began: float) -> None:
    print(round((time.perf_counter() - began) * 1000), flush=True)


def _tell(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
