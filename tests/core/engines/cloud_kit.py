"""What the tests of the cloud engine share."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from app.core.cancel import Cancel
from app.core.engines.cloud import CloudEngine
from app.core.engines.cloud_address import CloudConfig
from app.core.events import Notice
from app.core.types import Chunk
from app.privacy.filter import PrivacyFilter
from app.privacy.policy import Level
from app.privacy.prompt import SanitizedPrompt
from app.privacy.registry import Registry, standard
from app.privacy.vault import MemoryVaultStore, Vault

WORDS = "what is the sum of two and three? Grüße, 日本語 🙂"
KEY = "sk-test-Zq81"


@cache
def prompt() -> SanitizedPrompt:
    """Return a request as the filter makes it."""
    privacy = PrivacyFilter(Registry(standard()), Vault("c", MemoryVaultStore(), bytes(32)))
    text = privacy.sanitize(WORDS, Level.GUARDED)
    return privacy.seal("gpt-test", [("user", text)])


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
    return CloudEngine(lambda: config, lambda host: key)


def ask(cloud: CloudEngine, cancel: Cancel | None = None) -> list[Chunk | Notice]:
    return list(cloud.stream(prompt(), cancel or Cancel()))


def text_of(items: list[Chunk | Notice]) -> str:
    return "".join(item.text for item in items if isinstance(item, Chunk))


@contextmanager
def no_thread_left() -> Iterator[None]:
    """Check that the threads of the block end soon after it."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 10
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, until - time.monotonic()))
        assert not thread.is_alive(), thread.name
