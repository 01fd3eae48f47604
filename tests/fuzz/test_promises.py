"""The promises of the filter for random texts, and for the texts that broke one before."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import SNIPPETS, TARGETS, run

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
PIECE = st.one_of(
    st.integers(0, len(SNIPPETS) - 1).map(lambda at: bytes([at])),
    st.integers(0, 0x10FFFF).map(lambda number: bytes([255]) + number.to_bytes(3, "big")),
)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_a_promise_once_keeps_it_now(path: Path) -> None:
    run(TARGETS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_promises_hold_for_random_texts(name: str) -> None:
    @settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.binary(min_size=4, max_size=4), st.lists(PIECE, max_size=14))
    def keeps_them(head: bytes, pieces: list[bytes]) -> None:
        run(TARGETS[name], head + b"".join(pieces))

    keeps_them()
