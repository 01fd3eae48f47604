"""The lists of names, common words and public entities, read on first use."""

from functools import cached_property
from pathlib import Path

from app.resources import RESOURCES

FOLDER = RESOURCES / "names"


def listed(text: str) -> frozenset[str]:
    """Make a set of the words of a text."""
    return frozenset(text.split())


PARTICLES = listed("van von der den de del della di da dos du la le bin ibn al el ben ter ten zu mac mc")
"""Small words inside names."""
OFFICIAL = listed(
    """act agent agents appeal applicant applicants application article articles captain case cases chamber
circumstances claim claimant code colonel commission complaint constable constitution convention
counsel court courts decision defendant defendants delegate detective dr facts frau government
governments grand hearing herr inspector judge judges judgment justice law laws legislation
lieutenant madame merits messrs minister miss mme monsieur mr mrs ms officer officers ombudsman
order paragraph parliament parties party petitioner plaintiff plaintiffs police president procedure
proceedings prof professor prosecution prosecutor protocol public reasons registrar registry
relevant respondent rule rules ruling section sections senate sergeant state states statute supreme
unanimously vice violation"""
)
"""The parties, papers and offices of every judgment and contract, titles and ranks."""
SMALL = listed(
    """a about after again all also although always an and another any apparently are as at be because been
before but by can could did do does due each even every few first for from full further good had has
have he her here him his how however i if in into is it its just kindly last let like make making
many may me more most much must my need neither never new next no none nor not now of off on once
one only or other our out over own part per perhaps please same second she should skip so some still
such take than that the their them then there therefore these they third this those though through
thus to too under until up us very via was we were what when where whether which while who why will
with within without would yes yet you your"""
)
"""Words that stand in capitals at the beginning of a sentence."""


class WordLists:
    """Lists in case-folded form."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def _read(self, name: str) -> frozenset[str]:
        lines = (self._folder / name).read_text(encoding="utf-8").splitlines()
        return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))

    @cached_property
    def first(self) -> frozenset[str]:
        """First names of forty languages."""
        return self._read("first.txt")

    @cached_property
    def last(self) -> frozenset[str]:
        """Last names of forty languages."""
        return self._read("last.txt")

    @cached_property
    def common(self) -> frozenset[str]:
        """English words, among them names that are also words."""
        return self._read("common.txt")

    @cached_property
    def words(self) -> frozenset[str]:
        """Rarer English words, frequent ones of six more languages, words of programming; no names."""
        return self._read("words.txt")

    @cached_property
    def seed(self) -> frozenset[str]:
        """The English words of BIP-39."""
        return self._read("seed.txt")

    @cached_property
    def places(self) -> frozenset[str]:
        """Countries and large cities."""
        return self._read("places.txt")

    @cached_property
    def peoples(self) -> frozenset[str]:
        """Nationalities and peoples."""
        return self._read("peoples.txt")

    @cached_property
    def companies(self) -> frozenset[str]:
        """Large companies."""
        return self._read("companies.txt")

    @cached_property
    def plain(self) -> frozenset[str]:
        """Places, peoples and companies whose name is also a word."""
        return self._read("plain.txt")

    @cached_property
    def organizations(self) -> frozenset[str]:
        """Companies, universities, products and institutions known to everybody."""
        return self._read("organizations.txt")

    @cached_property
    def people(self) -> frozenset[str]:
        """People of history, asked about and not known personally."""
        return self._read("people.txt")
