"""Writes small model files for tests, right ones and wrong ones."""

import struct


def string(text):
    data = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(data)) + data


def number(value):
    return struct.pack("<II", 4, value)


def text(value):
    return struct.pack("<I", 8) + string(value)


def numbers(values):
    return struct.pack("<IIQ", 9, 5, len(values)) + b"".join(struct.pack("<i", v) for v in values)


def words(count):
    return struct.pack("<IIQ", 9, 8, count) + b"".join(string(f"w{n}") for n in range(count))


LLAMA = {
    "general.architecture": text("llama"),
    "general.name": text("Tiny"),
    "general.file_type": number(1),
    "llama.context_length": number(2048),
    "llama.block_count": number(4),
    "llama.embedding_length": number(64),
    "llama.feed_forward_length": number(128),
    "llama.attention.head_count": number(8),
    "llama.attention.head_count_kv": number(2),
    "tokenizer.ggml.tokens": words(100),
    "tokenizer.chat_template": text("{{ messages }}"),
}


def gguf(pairs=None, tensors=(("weights", (64, 32), 1, 0),), *, version=3, data=4096, magic=b"GGUF"):
    """Return the bytes of a file; a tensor is (name, dimensions, type, offset)."""
    pairs = LLAMA if pairs is None else pairs
    out = magic + struct.pack("<IQQ", version, len(tensors), len(pairs))
    for key, value in pairs.items():
        out += string(key) + value
    for name, dimensions, kind, offset in tensors:
        out += string(name) + struct.pack("<I", len(dimensions))
        out += b"".join(struct.pack("<Q", d) for d in dimensions) + struct.pack("<IQ", kind, offset)
    return out + bytes(-len(out) % 32) + bytes(data)
