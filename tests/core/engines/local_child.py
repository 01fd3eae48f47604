"""A process of its own with the local engine: `python local_child.py PROFILE answer|die-loading|leave|print`."""

import os
import signal
import sys
from pathlib import Path

from local_model import CAPITAL, ask, engine, prompt

from app.core.cancel import Cancel
from app.core.engines.holder import Phase


def _answer(local):
    print(ask(local, CAPITAL)[0], flush=True)
    local.close()


def _die_loading(local):
    def die(state):
        if state.phase is Phase.LOADING and "percent" in state.told:
            os.kill(os.getpid(), signal.SIGKILL)

    local.on_state(die)
    ask(local, CAPITAL)


def _leave(local):
    """End in the middle of an answer, without closing anything."""
    answer = local.stream(prompt("Tell me a long story.", max_tokens=400), Cancel())
    next(answer)
    print(next(answer).text and "began", flush=True)
    sys.exit(0)


def _leave_loading(local):
    local.warm()
    print("began", flush=True)


def _print(local):
    """Write to the real outputs while the model loads."""
    local.on_state(lambda state: os.write(1, b"out\n") if state.phase is Phase.LOADING else None)
    ask(local, CAPITAL)


WORK = {
    "answer": _answer,
    "die-loading": _die_loading,
    "leave": _leave,
    "leave-loading": _leave_loading,
    "print": _print,
}

if __name__ == "__main__":
    WORK[sys.argv[2]](engine(Path(sys.argv[1])))
