"""Will a model run here: how much memory it needs and how much there is."""

from dataclasses import dataclass
from typing import Final

from app.core.errors import ModelTooBig
from app.core.models.gguf import Header

DEFAULT_CONTEXT: Final = 8192
SMALLEST_CONTEXT: Final = 1024
"""Below this a conversation makes no sense, so a model is not squeezed further."""
BATCH: Final = 256
"""Tokens that are evaluated at once; also how the scratch memory grows."""

_KV_BYTES: Final = 2
"""Keys and values are kept as 16-bit numbers."""
_FIXED: Final = 48 << 20
"""llama.cpp itself, its vocabulary tables and small buffers."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What a load would take, and what there is."""

    needed_bytes: int
    available_bytes: int

    @property
    def fits(self) -> bool:
        return self.needed_bytes <= self.available_bytes


def estimate(header: Header, file_size: int, context: int, free: int | None = None) -> Fit:
    """Estimate the memory of weights, keys and values, and scratch buffers.

    Args:
        free: bytes that may be used; None asks the system.
    """
    cache = header.kv_heads * (header.key_length + header.value_length) * context * _KV_BYTES
    width = header.vocabulary + 6 * header.embedding_length + 3 * header.feed_forward_length
    # Without flash attention the scores of all heads stand in memory at once.
    scores = header.head_count * context
    scratch = (width + scores) * BATCH * 4
    needed = file_size + cache + scratch + _FIXED
    return Fit(needed, available_memory() if free is None else free)


def wanted_context(header: Header, setting: int) -> int:
    """Return the context to aim for: what the person set, or the model's own, at most 8192."""
    return setting or min(header.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)


def choose_context(header: Header, file_size: int, wanted: int, free: int | None = None) -> int:
    """Return the wanted context, or the largest half, quarter, … of it that fits.

    Raises:
        ModelTooBig: not even a small context fits.
    """
    context = wanted
    free = available_memory() if free is None else free
    while not (fit := estimate(header, file_size, context, free)).fits:
        if context // 2 < min(SMALLEST_CONTEXT, context):
            raise ModelTooBig(
                f"This model needs about {_gb(fit.needed_bytes)} GB of memory, and {_gb(free)} GB are free. "
                "Choose a smaller model, or close other programs."
            )
        context //= 2
    return context


def available_memory() -> int:
    """Return the bytes that the system can give without swapping."""
    import psutil

    return int(psutil.virtual_memory().available)


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f}"
