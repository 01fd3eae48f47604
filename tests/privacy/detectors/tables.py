"""How every detector's table is checked."""

from collections.abc import Sequence

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


HOSTILE: Sequence[str] = (
    "a", "1", "1 ", "A ", "Aa ", "a.", "1.", "1-", "a@", "@", "/", "//", "http://", "a=", ":", "f:", "(", "\n", "my ", "i have ",
    "is ", "Dear ", "Mr. A ", "rue ", "1 rue a ", "12 a street ", "de ", "a-", "a_", "eyJ", "sk-", "-----BEGIN PRIVATE KEY-----",
    "password is ", "token=", "abandon ", "12/", "12 May ", "$1,", "no. 1/", "account ", "DE89 ", "\\\\a", "~a/", "x@y.", "%40",
    "中省", "Straße ", "\"", "of ", "A of ", "A Inc ", "call ", "+1", "1°", "ssn ", "born ", "?user=a", "A&",
    " ", "\t", ".", "-", "_", "%", "#", "|", "[", "]", "{", ")", "'", "`", "“", "\\", "*", "<", "=", ",", ";", "\r\n", "\n\n", "1\n",
    "12\n", "1234\n", "1234 ", "1 2\n", "12-34-", "1.2.", "1,", "1:", "1/1/", "+", "((1", "a1", "A1 ", "AB12", "ab\n", "Ab\n", "A, ",
    "12 Ab, ", "Ab 12\n", "Apt. 1\n", "Apt. 1 ", "PO Box 1 ", "12345 Ab, ", "Ab Straße 1 ", "ul. A 1 ", "address: A ", "1 1 A street\n",
    "password:\n", "password ", "pin is ", "api_key: ", "a_b_", "a b ", "x.y@", "a%40b", "user@", "@a.", "a at b dot ", " dot ", " at ",
    "one two ", "a b c d ", "a-b-c-", "ａ", "é", "е", "\u200b", "e\u0301", "&#64;", "\\u0040", "I earn ", "I earn 1k ", "my salary is ",
    "$1 in debt ", "1k ", "i'm ", "I have cancer ", "cancer ", "my wife ", "diagnosed with ", "owe 1", "passport ", "passport no. ",
    "case no. 1/1 ", "patient id ", "MRN: ", "1:11-cv-1", "P<ABC", "IBAN ", "4111 ", "4111\n", "cvv ", "sort code ", "20-00-00 ",
    "bc1q", "0x", "1A", "SSN: 1 ", "AB 12 ", "RSSMRA85", "lat: ", "1.234, ", "1.2345 ", "AB+", "aa:", "::", "1::", "aabb.", "\\\\", "a.b.",
    "www.", ".com ", "a.local", "seed phrase: ", "abandon\n", "1. abandon ", "sk-a", "ghp_", "AKIA", "eyJa.", "Bearer ", "://a:",
)  # fmt: skip
"""Repeated, each makes a text that would slow down a careless pattern."""
