"""Child processes of test_instance: each is a real second start of the program."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from app.core.cancel import Cancel
from app.core.instance import Generate, Instance, Reply, Request
from app.core.paths import Paths
from app.core.types import Chunk, Usage


def _handle(request: Request, cancel: Cancel) -> Iterator[Reply]:
    if isinstance(request, Generate):
        for message in request.prompt.messages:
            yield Chunk(f"{message.role}:{message.text}")
        if request.prompt.generation.max_tokens == 1:
            cancel.wait(60)
        yield Chunk(usage=Usage(3, 4))
    else:
        print(request, flush=True)


def live(profile: str) -> None:
    """Claim, say so, and serve until standard input closes."""
    paths = Paths(Path(profile))
    paths.create()
    instance = Instance.claim(paths)
    if instance is None:
        print("another", flush=True)
        return
    instance.serve(_handle)
    print("claimed", flush=True)
    sys.stdin.read()
    instance.close()


if __name__ == "__main__":
    threading.current_thread().name = "child"
    live(sys.argv[1])
