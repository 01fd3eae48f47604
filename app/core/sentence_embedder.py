"""Turns texts into vectors with the library sentence-transformers, which the extra of that name installs."""

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.core.errors import MemoryFault

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from app.core.embeddings import Vectors

_MISSING: Final = (
    "Another model for searching by meaning needs the library sentence-transformers. "
    "Install Confidant with its extra [sentence-transformers], or empty the setting memory.embedder."
)
_NOT_HERE: Final = (
    "The model {model} is not on this computer, and Confidant does not download it. Download it with: "
    "hf download {model}, or put the path of its folder into memory.embedder, or empty that setting."
)
_BATCH: Final = 16


class SentenceTransformersEmbedder:
    """Any model of the library, by name or folder; nothing is downloaded, no code of it is run."""

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers:{model}"
        self._model = model
        self._lock = threading.Lock()
        self._loaded: SentenceTransformer | None = None

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Return one row of unit length a text.

        Raises:
            MemoryFault: the library or the model is missing or broken.
        """
        model = self._load()
        rows: Vectors = model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        ).astype("float32")
        return rows

    def _load(self) -> "SentenceTransformer":
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> "SentenceTransformer":
        # Read as the library is imported: nothing in there opens a connection then, not even to count users.
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MemoryFault(_MISSING) from error
        try:
            return SentenceTransformer(
                self._model, device="cpu", local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # whatever a folder holds: the library has no word of its own for it
            raise MemoryFault(_NOT_HERE.format(model=self._model)) from error
