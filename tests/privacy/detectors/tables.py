"""How every detector's table is checked."""

import gc
import time
from collections.abc import Iterable

from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Detector, Kind

LISTS = WordLists()


def found(detector: Detector, text: str) -> set[tuple[Kind, str]]:
    """Run the detector, and show what it found as text."""
    findings = list(detector.find(text))
    assert all(finding.kind in detector.kinds for finding in findings)
    assert all(finding.detector == detector.name for finding in findings)
    assert all(0 < finding.score <= 1 for finding in findings)
    assert all(
        text[finding.start : finding.end].casefold() not in finding.why.casefold() for finding in findings
    )
    return {(finding.kind, text[finding.start : finding.end]) for finding in findings}


def hides(detector: Detector, text: str, value: str, kind: Kind | None = None) -> bool:
    """Say whether a finding (of this kind) covers every place where the value stands."""
    covered = bytearray(len(text))
    for finding in detector.find(text):
        if kind is None or finding.kind is kind:
            covered[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
    at = text.find(value)
    assert at >= 0, "the table names a value that is not in its text"
    return all(covered[at : at + len(value)])


def slowdown(detector: Detector, unit: str) -> float:
    """Say how much longer ten times as much hostile text takes; about ten if the detector is linear."""
    return _seconds(detector, unit, 50_000) / max(_seconds(detector, unit, 5_000), 0.004)


def _seconds(detector: Detector, unit: str, length: int) -> float:
    text = (unit * (length // len(unit) + 1))[:length]
    gc.disable()  # a collection looks at everything that other tests left, so it would be measured too
    try:
        start = time.process_time()
        for _ in detector.find(text):
            pass
        return time.process_time() - start
    finally:
        gc.enable()


HOSTILE: Iterable[str] = (
    "a", "1", "1 ", "A ", "Aa ", "a.", "1.", "1-", "a@", "@", "/", "//", "http://", "a=", ":", "f:", "(", "\n", "my ", "i have ",
    "is ", "Dear ", "Mr. A ", "rue ", "1 rue a ", "12 a street ", "de ", "a-", "a_", "eyJ", "sk-", "-----BEGIN PRIVATE KEY-----",
    "password is ", "token=", "abandon ", "12/", "12 May ", "$1,", "no. 1/", "account ", "DE89 ", "\\\\a", "~a/", "x@y.", "%40",
    "中省", "Straße ", "\"", "of ", "A of ", "A Inc ", "call ", "+1", "1°", "ssn ", "born ", "?user=a", "A&",
)  # fmt: skip
