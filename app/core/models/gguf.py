"""Read the header of a model file safely, before llama.cpp is let near it."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from app.core.errors import ModelBroken

_VERSIONS: Final = (2, 3)
_MAX_KEY: Final = 1 << 12
_MAX_STRING: Final = 1 << 20
"""A chat template may be long; nothing that is kept is longer than this."""
_MAX_PAIRS: Final = 1 << 13
_MAX_TENSORS: Final = 1 << 16
_MAX_ITEMS: Final = 1 << 22
"""In one array: the largest vocabularies have a quarter of a million words."""
_MAX_KEPT: Final = 1 << 10
"""Numbers that are kept of an array (one a layer); longer arrays are only skipped."""
_MAX_HEADER: Final = 1 << 28
_MAX_NUMBERS: Final = 1 << 42
"""In one tensor; also the farthest byte at which one may begin."""

_STRING, _ARRAY = 8, 9
_SCALARS: Final = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}

_BLOCKS: Final = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 40),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110),
    22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8),
    29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip
"""Numbers in a block and bytes of a block, by ggml's type; a type that is missing here counts as nothing."""

Value = str | int | float | bool | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What a model file says about itself."""

    size: int
    """Bytes that the file has."""
    needed: int
    """Bytes that it must have for its last tensor to be whole."""
    architecture: str
    name: str
    context_length: int
    block_count: int
    embedding_length: int
    feed_forward_length: int
    head_count: int
    kv_heads: int
    """Heads of keys and values, added up over all layers."""
    key_length: int
    value_length: int
    vocabulary: int
    file_type: int
    has_template: bool

    @property
    def parameters(self) -> int:
        """About how many numbers the model has; of a mixture of experts, those that answer together."""
        attention = 2 * self.block_count * self.head_count * self.key_length
        attention += self.kv_heads * (self.key_length + self.value_length)
        feed_forward = 3 * self.block_count * self.feed_forward_length
        return self.embedding_length * (self.vocabulary + attention + feed_forward)


class _Broken(Exception):
    """The bytes break a rule of the format."""


class _Reader:
    """Reads little-endian pieces and never past the limits."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @property
    def position(self) -> int:
        return self._file.tell()

    def take(self, count: int) -> bytes:
        self._check(count)
        data = self._file.read(count)
        if len(data) != count:
            raise EOFError
        return data

    def skip(self, count: int) -> None:
        """Go on without reading; what lies past the end is noticed at the next `take`."""
        self._check(count)
        self._file.seek(count, 1)

    def _check(self, count: int) -> None:
        if self.position + count > _MAX_HEADER:
            raise _Broken

    def scalar(self, kind: int) -> int | float | bool:
        code = "<" + _SCALARS[kind]
        value: int | float | bool = struct.unpack(code, self.take(struct.calcsize(code)))[0]
        return value

    def count(self, limit: int) -> int:
        number: int = struct.unpack("<Q", self.take(8))[0]
        if number > limit:
            raise _Broken
        return number

    def string(self, limit: int = _MAX_STRING) -> str:
        return self.take(self.count(limit)).decode("utf-8", "replace")

    def value(self, kind: int) -> Value | None:
        """Read a value; arrays that nobody needs are skipped and give None."""
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            return self._array()
        if kind in _SCALARS:
            return self.scalar(kind)
        raise _Broken

    def _array(self) -> tuple[int, ...] | None:
        kind: int = struct.unpack("<I", self.take(4))[0]
        count = self.count(_MAX_ITEMS)
        if kind == _STRING:
            for _ in range(count):
                self.skip(self.count(_MAX_STRING))
            return (count,)
        if kind not in _SCALARS:
            raise _Broken  # arrays of arrays are not in use, and llama.cpp refuses them too
        if count <= _MAX_KEPT and _SCALARS[kind] not in "fd":
            return tuple(int(self.scalar(kind)) for _ in range(count))
        self.skip(count * struct.calcsize("<" + _SCALARS[kind]))
        return None


def read_header(path: Path) -> Header:
    """Read what a model file says about itself; no template runs, and only the header is read.

    Raises:
        ModelBroken: missing, not a model file, an unknown version, damaged, or cut short.
    """
    try:
        if not path.is_file():
            raise ModelBroken(_absent(path))
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            return _read(file, size)
    except (OSError, ValueError) as error:
        raise ModelBroken(
            "The model file cannot be read. Check its permissions, or choose another model."
        ) from error


def _absent(path: Path) -> str:
    if path.is_dir():
        return "This is a folder, not a model. Choose a file that ends in .gguf inside it."
    return "The model file is not there any more. Choose another model, or download it again."


def _read(file: BinaryIO, size: int) -> Header:
    reader = _Reader(file)
    try:
        _check_start(reader)
        tensors, pairs = reader.count(_MAX_TENSORS), reader.count(_MAX_PAIRS)
        said: dict[str, Value] = {}
        for _ in range(pairs):
            key = reader.string(_MAX_KEY)
            value = reader.value(int(reader.scalar(4)))
            if value is not None:
                said[key] = value
        needed = _needed(reader, tensors, said)
    except EOFError:
        raise ModelBroken(
            f"This model file is cut short: its beginning alone is longer than the {_mb(size)} MB that are "
            "here. Download it again."
        ) from None
    except _Broken:
        raise ModelBroken("This model file is damaged. Download it again, or choose another model.") from None
    if not tensors:
        raise ModelBroken("This file holds only the words of a model. Choose the file with the model itself.")
    if needed > size:
        part = f"{_mb(size)} of {_mb(needed)} MB" if _mb(size) < _mb(needed) else "its end is missing"
        raise ModelBroken(f"This model file is cut short: {part}. Download it again.")
    return _header(said, size, needed)


def _check_start(reader: _Reader) -> None:
    start = reader.take(4)
    if start != b"GGUF":
        start += reader._file.read(252)
        raise ModelBroken(_not_a_model(start))
    version: int = struct.unpack("<I", reader.take(4))[0]
    if version not in _VERSIONS:
        raise ModelBroken(
            "This model file has a version of the format that Confidant does not know. "
            "Look for a newer copy of the model."
        )


def _not_a_model(start: bytes) -> str:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        return "This file is a web page, not a model: the download was diverted. Download the model again."
    if text.startswith(b"version https://git-lfs"):
        return "This file only points at the model and does not hold it. Download the model itself."
    return "This file is not a model that Confidant can use. Choose one in the GGUF format."


def _needed(reader: _Reader, tensors: int, said: dict[str, Value]) -> int:
    """Return where the last tensor ends."""
    alignment = _number(said, "general.alignment") or 32
    if alignment > 1 << 20:
        raise _Broken
    end = 0
    for _ in range(tensors):
        reader.string(_MAX_KEY)
        dimensions = int(reader.scalar(4))
        if dimensions > 8:
            raise _Broken
        numbers = 1
        for _ in range(dimensions):
            numbers *= reader.count(_MAX_NUMBERS)
        per_block, block = _BLOCKS.get(int(reader.scalar(4)), (1, 0))
        offset = int(reader.scalar(10))
        if max(numbers, offset) > _MAX_NUMBERS:
            raise _Broken
        end = max(end, offset + numbers // per_block * block)
    return -(-reader.position // alignment) * alignment + end


def _header(said: dict[str, Value], size: int, needed: int) -> Header:
    architecture = said.get("general.architecture")
    if not isinstance(architecture, str) or not architecture:
        raise ModelBroken("This file does not say what kind of model it holds. Choose another model.")

    def number(key: str) -> int:
        return _number(said, f"{architecture}.{key}")

    name = said.get("general.name")
    heads, layers, width = number("attention.head_count"), number("block_count"), number("embedding_length")
    per_layer = said.get(f"{architecture}.attention.head_count_kv")
    same = number("attention.head_count_kv") or heads
    kv_heads = sum(map(abs, per_layer)) if isinstance(per_layer, tuple) else same * layers
    length = width // heads if heads else 0
    return Header(
        size=size,
        needed=needed,
        architecture=architecture,
        name=name.strip()[:80] if isinstance(name, str) else "",
        context_length=number("context_length"),
        block_count=layers,
        embedding_length=width,
        feed_forward_length=number("feed_forward_length"),
        head_count=heads,
        kv_heads=kv_heads,
        key_length=number("attention.key_length") or length,
        value_length=number("attention.value_length") or length,
        vocabulary=_number(said, "tokenizer.ggml.tokens"),
        file_type=_number(said, "general.file_type"),
        has_template=bool(said.get("tokenizer.chat_template")),
    )


def _number(said: dict[str, Value], key: str) -> int:
    """Return a count; of an array (one number a layer) the largest, and 0 for anything else."""
    match said.get(key):
        case bool():
            return 0
        case int(number):
            return max(0, number)
        case tuple(numbers):
            return max((0, *numbers))
        case _:
            return 0


def _mb(size: int) -> int:
    return max(1, round(size / 1e6)) if size else 0
