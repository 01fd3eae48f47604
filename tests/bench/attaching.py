"""Time to attach a PDF of 300 pages: reading it, and making it searchable.

Run it as `python tests/bench/attaching.py [PAGES]`; it prints seconds, and seconds for 100 pages.
On a busy machine the processor's own time says more than the clock.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from core.documents.papers import pdf

from app.assembly import build
from app.core.cancel import Cancel
from app.core.documents.reading import opened, read
from app.core.paths import Paths

PAGE = 2_500
"""Characters of a full page."""
WORDS = """
the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one
you were all her she there would their we him been has when who will no more if out so said what up its about into
committee boiler notice period agreement tenant lamp drain winter harvest ledger engine valley letter market
"""


def text(chance: random.Random) -> str:
    """Return a page of sentences."""
    said = ""
    while len(said) < PAGE:
        words = chance.choices(WORDS.split(), k=chance.randint(8, 24))
        said += " ".join(words).capitalize() + ". "
    return said


def main(pages: int) -> None:
    """Measure once."""
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        path = pdf(Path(folder) / "long.pdf", [text(chance) for _ in range(pages)])
        start = time.perf_counter()
        with opened(path) as file:
            read(file, ".pdf", Cancel())
        reading = time.perf_counter() - start
        paths = Paths(Path(folder) / "profile")
        paths.create()
        confidant = build(paths)
        confidant.start()
        talk = confidant.session.new_conversation().id
        start, worked = time.perf_counter(), time.process_time()
        kept = confidant.documents.attach(talk, path, Cancel())
        whole, work = time.perf_counter() - start, time.process_time() - worked
        start = time.perf_counter()
        binder = confidant.documents.binder(talk)
        from app.core.types import Turn, Where
        from app.privacy.policy import Level

        turn = Turn(
            talk, "What does the document say about the boiler in winter?", Level.GUARDED, Where.LOCAL
        )
        asked = binder.inquiry(turn, Cancel()) if binder else None
        search = time.perf_counter() - start
        confidant.close()
        assert asked is not None
    print(f"pages {kept.pages}, characters {kept.characters:,}")
    print(f"read {reading:.1f} s, attached {whole:.1f} s, for 100 pages {100 * whole / pages:.1f} s")
    print(
        f"of that the processor worked {work:.1f} s on the vectors, for 100 pages {100 * work / pages:.1f} s"
    )
    print(f"a question finds what to look at in {1000 * search:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
