"""Embed the sentences of resources/discretion, so that no start and no question waits for it.

python packaging/build_discretion.py
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.core.embeddings import MiniLm
from app.core.memory.discretion import FOLDER, PLAIN, PRIVATE, read


def main() -> None:
    texts = [*read(PRIVATE), *read(PLAIN)]
    np.save(FOLDER / "vectors.npy", MiniLm().embed(texts).astype(np.float16))
    print(f"{len(texts)} sentences")


if __name__ == "__main__":
    main()
