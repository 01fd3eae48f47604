"""What the tests of the cloud engine share."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.cancel import Cancel
from app.core.engines.cloud import CloudEngine
from app.core.engines.cloud_address import CloudConfig
from app.core.events import Notice
from app.core.types import Chunk
from app.privacy.prompt import _SEAL, SanitizedPrompt, SanitizedText

WORDS = "Grüße an PERSON-7QK2, bitte zweimal: 日本語 🙂"
KEY = "sk-test-Zq81"


def prompt(text: str = WORDS) -> SanitizedPrompt:
    """Make what only the filter may make; the border itself has its own tests."""
    safe = SanitizedText(text, (), frozenset(), seal=_SEAL)
    return SanitizedPrompt("gpt-test", (("user", safe),), max_tokens=64, temperature=0.0, seal=_SEAL)


def engine(
    base_url: str,
    *,
    key: str = KEY,
    timeout: float = 5,
    retries: int = 0,
    proxy: str = "",
    ca_file: str = "",
) -> CloudEngine:
    config = CloudConfig(base_url, timeout, retries, proxy, ca_file, "gpt-test")
    return CloudEngine(lambda: config, lambda: key)


def ask(cloud: CloudEngine, cancel: Cancel | None = None) -> list[Chunk | Notice]:
    return list(cloud.stream(prompt(), cancel or Cancel()))


def text_of(items: list[Chunk | Notice]) -> str:
    return "".join(item.text for item in items if isinstance(item, Chunk))


@contextmanager
def no_thread_left() -> Iterator[None]:
    """Check that the threads of the block end soon after it."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 3
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, until - time.monotonic()))
        assert not thread.is_alive(), thread.name
