"""The embedder that the person chose for searching what was said; mostly the one that ships."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.embeddings import Embedder, Vectors


class ChosenEmbedder:
    """Follows the setting: whoever keeps vectors sees another name as soon as there is another model.

    The router, the facts and the lessons stay with the model that ships: they were measured with it.

    Args:
        model: the name or the folder of a model of sentence-transformers; empty for the one that ships.
    """

    def __init__(self, shipped: "Embedder", model: Callable[[], str]) -> None:
        self._shipped = shipped
        self._model = model
        self._other: tuple[str, Embedder] = ("", shipped)

    @property
    def name(self) -> str:
        """Name of the model in use."""
        return self._now().name

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Return one row of unit length a text; raises as the model in use does."""
        return self._now().embed(texts)

    def _now(self) -> "Embedder":
        model = self._model().strip()
        if not model:
            self._other = ("", self._shipped)  # the other one goes out of memory
        elif self._other[0] != model:
            from app.core.sentence_embedder import SentenceTransformersEmbedder

            self._other = (model, SentenceTransformersEmbedder(model))
        return self._other[1]
