"""What the privacy filter costs: by the thousand characters, by the prompt, by the megabyte; load and memory.

    tests/bench/speed.py [--quick] [FOLDER]      FOLDER: records in JSON lines, in place of the invented prompts

Processor time of this process, so that a busy neighbour counts little; the yardstick is spaCy's names alone, without
the pipe that they do not need, on the same text in the same run.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from figures import percentile, print_table
from texts import Texts, recorded

from app.core.names import MODEL, WORDS, NameDetector
from app.core.word_vectors import WordVectors
from app.privacy.detectors.wordlist import WordLists
from app.privacy.filter import PrivacyFilter
from app.privacy.policy import Level
from app.privacy.registry import Registry, standard
from app.privacy.vault import MemoryVaultStore, Vault

Bare = Callable[[str], object]
LONG = 40_000
REPEATS = 3
SIZES = (20_000, 200_000, 1_000_000)
PROMPTS = 120


def processor(work: Callable[[], object]) -> float:
    """Return the processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def resident() -> float:
    """Return the megabytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def peak() -> float:
    """Return the most megabytes that were in memory since the last call of `forget_peak`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def make_filter(finder: Registry) -> PrivacyFilter:
    return PrivacyFilter(finder, Vault("bench", MemoryVaultStore(), bytes(32)))


def cut(text: str) -> list[str]:
    """Cut as the name model does."""
    return [text[at : at + 4000] for at in range(0, len(text), 4000)]


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    folders = [Path(each) for each in arguments if not each.startswith("--")]
    sizes = SIZES[:2] if "--quick" in arguments else SIZES
    texts = Texts()
    lists, names, loading = WordLists(), NameDetector(), list[tuple[str, str]]()
    before = resident()
    patterns = standard(lists=lists)
    pattern_time = processor(lambda: Registry(patterns).find("Dear Anna Baker, I live in Ghent."))
    between = resident()
    model_time = processor(lambda: list(names.find("Dear Anna Baker, I live in Ghent.")))
    loading += [("patterns and lists", f"{pattern_time:.2f} s, {between - before:.0f} MB"),
                ("name model", f"{model_time:.2f} s, {resident() - between:.0f} MB")]  # fmt: skip
    print_table("Load: processor time and memory added", ("what", "cost"), loading)
    registry = Registry((*patterns, names), lists=lists)
    import spacy

    bare = spacy.load(MODEL)
    bare.vocab.vectors = WordVectors.from_folder(MODEL / WORDS)
    _long(texts, Registry(patterns), names, registry, bare)
    _prompts([text for each in folders for text in recorded(each)] or texts.prompts(PROMPTS), registry, bare)
    _whole([texts.long(size) for size in sizes], registry)


def _long(texts: Texts, patterns: Registry, names: NameDetector, registry: Registry, bare: Bare) -> None:
    """Take fresh texts for each row, since what the model read is remembered."""
    parts = [texts.long(LONG) for _ in range(REPEATS)]
    works: list[tuple[str, Callable[[str], object], list[str]]] = [
        ("spaCy's names alone", lambda text: [bare(piece) for piece in cut(text)], parts),
        ("patterns", patterns.find, parts),
        ("name model", lambda text: list(names.find(text)), parts),
        ("everything", registry.find, again := [texts.long(LONG) for _ in range(REPEATS)]),
        ("everything, once more", registry.find, again),
    ]
    costs = {name: min(processor(partial(work, text)) for text in some) for name, work, some in works}
    yardstick = costs[works[0][0]]
    rows = [(name, f"{cost / LONG * 1e6:.1f} ms", f"{cost / yardstick:.2f}") for name, cost in costs.items()]
    print_table(f"A thousand characters, of {LONG:,}", ("what", "processor time", "to spaCy"), rows)


def _prompts(prompts: list[str], registry: Registry, bare: Bare) -> None:
    mine = [processor(lambda text=text: registry.find(text)) for text in prompts]
    spacy = [processor(lambda text=text: bare(text)) for text in prompts]
    sent = []
    for text in prompts:
        privacy = make_filter(registry)
        sent.append(processor(lambda text=text, privacy=privacy: seal(privacy, text)))
    rows = [
        (name, percentile(times, 0.5), percentile(times, 0.95), f"{sum(times) / sum(spacy):.2f}")
        for name, times in (("spaCy's names alone", spacy), ("find", mine), ("sanitize and seal", sent))
    ]
    size = sum(map(len, prompts)) // len(prompts)
    head = ("what", "median", "95 %", "to spaCy")
    print_table(f"A prompt: {len(prompts)} of {size} characters on average", head, rows)


def seal(privacy: PrivacyFilter, text: str) -> str:
    """Make a request of a text; return what leaves."""
    made = privacy.sanitize(text, Level.GUARDED)
    prompt = privacy.seal("a-model", [("user", made)])
    privacy.mark_sent(prompt.codes)
    return made.text


def _seal_into(sent: list[str], privacy: PrivacyFilter, text: str) -> None:
    sent.append(seal(privacy, text))


def _whole(texts: list[str], registry: Registry) -> None:
    rows = []
    for text in texts:
        privacy = make_filter(registry)
        forget_peak()
        before = resident()
        sent = list[str]()
        first = processor(partial(_seal_into, sent, privacy, text))
        high = peak()
        again = processor(partial(seal, privacy, text))
        wire = sent[0]
        back = processor(partial(privacy.restore, wire))
        rows.append((f"{len(text):,}", f"{first:.1f} s", f"{again:.1f} s", f"{high - before:.0f} MB",
                     f"{len(wire) / back / 1e6:.2f} MB/s"))  # fmt: skip
    head = ("characters", "sanitize and seal", "once more", "memory at most", "restore")
    print_table("Long texts", head, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
