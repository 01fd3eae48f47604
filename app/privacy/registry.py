"""Which detectors are on; runs them over a text."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from app.privacy.detectors.wordlist import OFFICIAL, SMALL, WordLists, listed
from app.privacy.errors import PrivacyError
from app.privacy.manner import without_manner
from app.privacy.normalize import Normalized, normalize
from app.privacy.pace import step
from app.privacy.policy import SECRET_KINDS
from app.privacy.propagate import Known, propagate
from app.privacy.resolve import personal, resolve, without_parts
from app.privacy.types import Detector, Finding, Kind, Stepwise

__all__ = ["Known", "Registry", "standard"]

_NAMES = frozenset({Kind.PERSON, Kind.ORG, Kind.PLACE})
_SECTION = 100_000
_OVERLAP = 17_000
"""A private key is the longest thing that is found."""
_SLOW = 60
"""How much more work a detector is that works in steps."""
_LEFT_OVER = OFFICIAL | listed(
    "and of the or for in de only about around over under nearly almost roughly just some least"
)
"""What is left of a longer guess between names or beside sums that are known."""
_SOFT = frozenset({Kind.DATE, Kind.AGE, Kind.MONEY})
_REST = re.compile(r"(?<=[^\W_])['’](?:[^\W\d_](?![^\W_]))?")
"""What the word before has for an ending: "'s"."""
_LETTERS = re.compile(r"[^\W\d_]+")
_EDGE = " \t\n\r,;:([{<\"'\u201c\u2018\u00ab"


def standard(
    own_words: Callable[[], Collection[str]] = tuple,
    first_names: Callable[[], frozenset[str]] = frozenset,
    lists: WordLists | None = None,
) -> tuple[Detector, ...]:
    """Make every detector that needs no model.

    Args:
        own_words: what the person declared private; asked at each text.
        first_names: names that the person told the memory; asked at each text.
        lists: names and common words; those that ship, if none are given.
    """
    # Imported here, since they compile some hundred patterns: 0.1 s that no start should wait for.
    from app.privacy.detectors import (
        address,
        coordinate,
        date,
        email,
        finance,
        income,
        national,
        network,
        password,
        phone,
        record,
        secret,
        sensitive,
        url,
        username,
    )
    from app.privacy.detectors.gazetteer import Gazetteer
    from app.privacy.detectors.namecue import NameCues
    from app.privacy.detectors.organization import OrganizationDetector
    from app.privacy.detectors.own import OwnWords
    from app.privacy.detectors.publicname import PublicNames
    from app.privacy.detectors.secret import EntropyDetector, ServiceKeys
    from app.privacy.detectors.seed import SeedDetector
    from app.privacy.detectors.unknownword import UnknownNames

    lists = lists or WordLists()
    patterns = (
        secret, password, finance, income, national, email, phone, record, date, network, url, username,
        coordinate, sensitive,
    )  # fmt: skip
    return (
        OwnWords(own_words),
        *(module.detector() for module in patterns),
        address.detector(lambda: lists.places),
        ServiceKeys(),
        EntropyDetector(lambda: lists.common),
        SeedDetector(lambda: lists.seed),
        NameCues(lists),
        Gazetteer(lists, first_names),
        OrganizationDetector(lists),
        UnknownNames(lists),
        PublicNames(lists),
    )


class Registry:
    """Run the detectors, and make one ordered list of what they found."""

    def __init__(
        self,
        detectors: Sequence[Detector],
        allowed: Callable[[], Collection[str]] = tuple,
        lists: WordLists | None = None,
    ) -> None:
        self._detectors = tuple(detectors)
        self._allowed = allowed
        self._lists = lists or WordLists()

    def find(self, text: str, known: Sequence[Known] = ()) -> tuple[Finding, ...]:
        """Find what is private: in order, never overlapping, in offsets of this text.

        Args:
            known: values found earlier in this conversation; they are found again.

        Raises:
            PrivacyError: a detector failed.
        """
        plain = normalize(text)
        allowed = frozenset(word.casefold().strip() for word in self._allowed())
        found = _found(self._detectors, plain.text)
        found = without_parts(_without(without_manner(found, plain.text), plain.text, allowed))
        clean = _resolved(found, plain.text)
        values = [Known(f.kind, plain.text[f.start : f.end]) for f in clean if not f.public]
        earlier = [Known(each.kind, normalize(each.value).text) for each in known]
        again = propagate(plain.text, (*earlier, *values), self._lists.common)
        found += _without(again, plain.text, allowed)
        clean = _resolved(found, plain.text)
        return resolve(_mapped(personal(clean, plain.text), plain))

    def find_secrets(self, text: str) -> tuple[Finding, ...]:
        """Do the same, but with those detectors alone that know secrets: a fraction of the work."""
        plain = normalize(text)
        able = [each for each in self._detectors if each.kinds & SECRET_KINDS]
        return resolve(_mapped(resolve(_found(able, plain.text)), plain))

    def explain(self) -> tuple[tuple[str, frozenset[Kind]], ...]:
        """Say which detectors are on and what each can find."""
        return tuple((each.name, each.kinds) for each in self._detectors)


def _found(detectors: Sequence[Detector], text: str) -> list[Finding]:
    """Run detectors one after the other, and say in between how far they are.

    Raises:
        PrivacyError: one failed, or it found something that is not in the text.
    """
    sections = list(_sections(text))
    efforts = [_SLOW if isinstance(each, Stepwise) else 1 for each in detectors]
    done, whole = 0.0, sum(efforts) + 1
    found = []
    for detector, effort in zip(detectors, efforts, strict=True):
        before = 0
        for at, findings in _steps(detector, text, sections):
            found += findings
            done += effort * (at - before) / max(1, len(text))
            before = at
            step(done / whole)
    return found


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text, since a pattern lets nothing else run until it is through, the window neither."""
    at = 0
    while at < len(text):
        end = at + _SECTION
        if end < len(text):
            end = (
                max(text.rfind("\n", at + _SECTION // 2, end) + 1, text.rfind(" ", end - 200, end) + 1) or end
            )
        yield at, min(end, len(text))
        at = end


def _steps(
    detector: Detector, text: str, sections: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, list[Finding]]]:
    try:
        steps = (
            detector.steps(text) if isinstance(detector, Stepwise) else _by_section(detector, text, sections)
        )
        for at, findings in steps:
            if not all(0 <= finding.start < finding.end <= len(text) for finding in findings):
                raise _broken(detector.name)
            yield at, list(findings)
    except PrivacyError:
        raise
    except Exception as error:
        raise _broken(detector.name) from error


def _by_section(
    detector: Detector, text: str, sections: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Sequence[Finding]]]:
    """Let each section be read with as much of the next one as the longest private thing may take."""
    for start, end in sections:
        findings = detector.find(text[start : end + _OVERLAP] if len(sections) > 1 else text)
        yield end, [_moved(finding, start) for finding in findings] if start else list(findings)


def _moved(finding: Finding, by: int) -> Finding:
    return replace(finding, start=finding.start + by, end=finding.end + by)


def _resolved(found: Sequence[Finding], text: str) -> tuple[Finding, ...]:
    """Resolve, and drop guesses of which nothing that tells is left where a surer finding stands."""
    wholes = {(each.start, each.end) for each in found}
    resolved = []
    for finding in resolve(found):
        start, end = _bounds(finding, text)
        is_cut = (finding.start, finding.end) not in wholes
        may_go = finding.public or finding.kind in _SOFT
        if start < end and not (may_go and _is_left_over(text[start:end], is_cut)):
            is_whole = (start, end) == (finding.start, finding.end)
            resolved.append(finding if is_whole else replace(finding, start=start, end=end))
    return tuple(resolved)


def _bounds(finding: Finding, text: str) -> tuple[int, int]:
    """Cut blanks and brackets off the ends of a name, and what the word before it ends with."""
    start, end = finding.start, finding.end
    if finding.kind not in _NAMES:
        return start, end
    if finding.public and (rest := _REST.match(text, start, end)):
        start = rest.end()
    while start < end and text[start] in _EDGE:
        start += 1
    if finding.kind is Kind.PERSON and text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _is_left_over(value: str, is_cut: bool) -> bool:
    folded = value.casefold()
    if is_cut and all(word in SMALL or len(word) == 1 for word in _LETTERS.findall(folded)):
        return not any(map(str.isdigit, value))
    return all(word in _LEFT_OVER for word in folded.split())


def _broken(name: str) -> PrivacyError:
    return PrivacyError(
        f"A part of the privacy filter ({name}) failed, so nothing was sent. Try again, or ask on"
        f" this computer only."
    )


def _without(findings: Iterable[Finding], text: str, allowed: frozenset[str]) -> list[Finding]:
    """Leave out what the person allowed; secrets and his own words stay."""
    if not allowed:
        return list(findings)
    return [
        finding
        for finding in findings
        if finding.kind in SECRET_KINDS
        or finding.kind is Kind.OWN
        or text[finding.start : finding.end].casefold() not in allowed
    ]


def _mapped(findings: Iterable[Finding], plain: Normalized) -> Iterable[Finding]:
    if plain.starts is None:
        return findings
    spans = ((each, *plain.original(each.start, each.end)) for each in findings)
    return (replace(each, start=start, end=end) for each, start, end in spans)
