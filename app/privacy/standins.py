"""Invents believable stand-ins: other people, addresses and numbers that belong to nobody."""

import re
import secrets
import string
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.privacy import dates, numbers
from app.privacy.detectors.wordlist import listed
from app.privacy.forms import respelled, spelled
from app.privacy.people import KEPT, Names, Taken
from app.privacy.types import Kind

KINDS: Final = frozenset(
    {
        Kind.PERSON,
        Kind.ORG,
        Kind.PLACE,
        Kind.ADDRESS,
        Kind.EMAIL,
        Kind.PHONE,
        Kind.USERNAME,
        Kind.BIRTHDATE,
        Kind.DATE,
        Kind.NATIONAL_ID,
        Kind.PASSPORT,
        Kind.RECORD,
        Kind.IBAN,
        Kind.ACCOUNT,
        Kind.CARD,
        Kind.IP,
        Kind.MAC,
        Kind.HOST,
        Kind.URL,
    }
)
"""Kinds of which a stand-in can be made; of a single value it may still fail (another script)."""

_LATIN: Final = frozenset({Kind.PERSON, Kind.ORG, Kind.PLACE, Kind.ADDRESS, Kind.USERNAME, Kind.EMAIL})
"""Kinds made of words; other scripts inflect or join names, so that they would not be found again."""
_NUMBERS: Final[Mapping[Kind, Callable[[str], str]]] = {
    Kind.PHONE: numbers.phone,
    Kind.CARD: numbers.card,
    Kind.IBAN: numbers.iban,
    Kind.IP: numbers.ip,
    Kind.MAC: numbers.mac,
    Kind.NATIONAL_ID: numbers.identity,
    Kind.PASSPORT: numbers.shape,
    Kind.RECORD: numbers.shape,
    Kind.ACCOUNT: numbers.shape,
}
_GENERIC: Final = listed(
    """
new st saint north south east west old upper lower great little lake mount fort port upon the of and street
road lane avenue ave rd ln dr drive blvd boulevard court ct square sq place pl way close terrace crescent
row hill park gardens apt apartment suite ste unit flat floor fl no nr po box building house rue avenue de
la le les du des via viale piazza calle plaza paseo rua avenida straße strasse weg platz allee gasse am an
der die das im in auf den ulica ul plac san santa santo los las
inc incorporated ltd limited llc llp plc corp corporation co company gmbh ag kg ug se sa sas sarl srl spa
bv nv ab as oy oyj pty group holding holdings partners associates sons brothers bros services service
solutions systems consulting consultants technologies technology software labs lab studio studios agency
media bank insurance foundation trust institute institution society association union club church parish
school primary high secondary elementary academy college university kindergarten nursery hospital clinic
medical dental health healthcare care centre center pharmacy practice surgery law legal firm office offices
department ministry council hotel restaurant café cafe bakery shop store stores market farm garage garden
construction builders logistics transport travel energy water power international global national european
american für für und & et y e di del della do da
"""
)
"""Words that say what something is, and not which one; they stay."""
_ROADS: Final = re.compile(
    r"(?:straße|strasse|str|weg|gasse|platz|allee|straat|laan|gatan|vägen)\Z", re.IGNORECASE
)
_ROLES: Final = listed(
    "info contact office admin support sales hello help mail post team billing jobs hr press service noreply "
    "reply no news me the"
)
_WEB: Final = listed(
    "http https www share token id key user page file files api v1 v2 html php htm pdf index login auth code "
    "session q query search view edit doc docs download image img ref lang en de invite reset password email"
)
_URL: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*://)?(?P<host>[^/?#]*)(?P<rest>[\s\S]*)")
_PIECE: Final = re.compile(r"[^\W_]+")
_PORT: Final = re.compile(r":\d+\Z")
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What a conversation says about how to invent."""

    words: Mapping[str, str]
    """Case-folded words of originals, and the words that stand for them already."""
    is_taken: Taken
    days: int
    """By how many days its dates move."""


def may_stand_in(kind: Kind, value: str) -> bool:
    """Say whether a stand-in can be made of a value, as far as its form tells."""
    return kind in KINDS and (kind not in _LATIN or _is_latin(value))


class Inventor:
    """Makes stand-ins with the form of the original; words that stand for something already stay the same."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or Names()

    def invent(self, kind: Kind, value: str, known: Known) -> str:
        """Return a stand-in, another one each time; empty where none can be made."""
        if not may_stand_in(kind, value):
            return ""
        if kind in _NUMBERS:
            return self._short(_NUMBERS[kind](value))
        match kind:
            case Kind.PERSON:
                made = self._person(value, known)
            case Kind.ORG | Kind.PLACE | Kind.ADDRESS:
                made = self._placed(value, known, kind)
            case Kind.EMAIL:
                made = self._email(value, known)
            case Kind.USERNAME:
                made = self._mailbox(value, known)
            case Kind.HOST:
                made = self._host(value, known)
            case Kind.URL:
                made = self._url(value, known)
            case _:
                made = dates.moved(value, known.days)
        return self._short(made)

    def _short(self, made: str) -> str:
        return made if len(made) <= _LONGEST else ""

    def _person(self, value: str, known: Known) -> str:
        words = spelled(value)
        folded = [word.casefold() for word in words]
        names = [word for word in folded if word not in KEPT and len(word) > 1]
        if not names:
            return ""
        family = folded.index(names[-1 if not re.match(r"[^\s,]+,", value) else 0])
        titled = folded[0] in KEPT
        alone = len(names) == 1 and not titled and self._names.is_first(names[0])
        choice = _Choice(self._names, names, folded, known)
        new = []
        for at, word in enumerate(words):
            if folded[at] in KEPT or (len(word) == 1 and re.search(rf"(?<!\w){word}['’]", value)):
                new.append(word)
            elif len(word) == 1:
                new.append(_like(_initial(folded[at], known), word))
            else:
                new.append(_like(choice.name(folded[at], is_last=at == family and not alone), word))
        return respelled(value, new) if all(new) else ""

    def _placed(self, value: str, known: Known, kind: Kind) -> str:
        new, changes = [], 0
        for word in spelled(value):
            said = self._place_word(word, known, kind)
            if not said:
                return ""
            changes += said != word and word.isalpha()
            new.append(said)
        return respelled(value, new) if changes else ""

    def _place_word(self, word: str, known: Known, kind: Kind) -> str:
        folded = word.casefold()
        if folded in known.words:
            return _like(known.words[folded], word)
        if any(map(str.isdigit, word)):
            return numbers.shape(word.lower()) if word.islower() else numbers.shape(word)
        if (
            len(word) == 1
            or folded in _GENERIC
            or (kind is Kind.ADDRESS and len(word) < 4 and word.isupper())
        ):
            return word
        if kind is Kind.ORG and word.isupper() and len(word) <= 5:
            return _capitals(len(word), known.is_taken)
        name = self._names.place(known.is_taken)
        road = _ROADS.search(word)
        if road and road.start() > 2:
            return name and _like(name + road.group().lower(), word)
        return name and _like(name, word)

    def _email(self, value: str, known: Known) -> str:
        local, at, domain = value.rpartition("@")
        made = self._local(local, known) if at else ""
        return f"{made}@{numbers.domain(domain)}" if made else ""

    def _mailbox(self, value: str, known: Known) -> str:
        made = self._local(value, known)
        letters = str.maketrans("", "", string.digits)
        return made if made.translate(letters) != value.translate(letters) else ""

    def _local(self, value: str, known: Known) -> str:
        words = spelled(value)
        letters = [word.casefold().rstrip(string.digits) for word in words]
        names = [each for each in letters if len(each) > 1 and each not in _ROLES]
        choice = _Choice(self._names, names, letters, known)
        new = []
        for word, alpha in zip(words, letters, strict=True):
            digits = numbers.shape(word[len(alpha) :])
            if word.casefold() in known.words:
                said, digits = known.words[word.casefold()], ""
            elif not alpha or alpha in _ROLES:
                said = alpha
            elif len(alpha) == 1:
                said = _initial(alpha, known)
            else:
                said = choice.name(alpha, is_last=not self._names.is_first(alpha))
            new.append(_like(said, word) + digits)
        return respelled(value, new) if all(new) else ""

    def _host(self, value: str, known: Known) -> str:
        port = _PORT.search(value)
        name = self._names.place(known.is_taken).lower()
        digits = "".join(filter(str.isdigit, value.partition(".")[0]))
        domain = f".{numbers.domain(value)}" if "." in value else "-pc"
        return name and name + numbers.shape(digits) + domain + (port.group() if port else "")

    def _url(self, value: str, known: Known) -> str:
        match = _URL.fullmatch(value)
        name = self._names.place(known.is_taken).lower()
        if match is None or not name:
            return ""
        rest = _PIECE.sub(
            lambda piece: (
                piece.group() if piece.group().lower() in _WEB else numbers.shape(piece.group().lower())
            ),
            match["rest"],
        )
        return f"{match['scheme'] or ''}{name}.{numbers.domain(value)}{rest}"


class _Choice:
    """Chooses the names of one person, so that they go together."""

    def __init__(self, names: Names, own: list[str], said: list[str], known: Known) -> None:
        self._names = names
        self._own = own
        self._said = said
        self._known = known
        self._chosen: set[str] = set()

    def name(self, word: str, *, is_last: bool) -> str:
        """Return the name that stands for a word; empty where none is free."""
        known = self._known.words
        if word in known:
            return known[word].title()
        country = self._names.country(self._own)
        initial = known.get(word[0], "").casefold()
        if is_last:
            new = self._names.last(country, self._is_taken, initial)
        else:
            new = self._names.first(country, self._names.sex(self._said), self._is_taken, initial)
        self._chosen.add(new.casefold())
        return new

    def _is_taken(self, word: str) -> bool:
        is_like = any(word in own or own in word for own in self._own if len(own) > 2)
        return is_like or word in self._chosen or self._known.is_taken(word)


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(each, "").startswith("LATIN") for each in text if each.isalpha())


def _initial(letter: str, known: Known) -> str:
    """Return the letter with which the stand-in of a name begins, if only one can be meant."""
    firsts = {new[0].casefold() for old, new in known.words.items() if old[0] == letter}
    if len(firsts) == 1:
        return firsts.pop()
    return secrets.choice([each for each in "bcdefghjklmnprstvw" if each != letter])


def _like(new: str, old: str) -> str:
    if old.isupper() and (len(old) > 1 or len(new) == 1):
        return new.upper()
    return new.lower() if old.islower() else new


def _capitals(length: int, is_taken: Taken) -> str:
    for _ in range(50):
        made = "".join(secrets.choice("BCDFGHJKLMNPRSTVWZ") for _ in range(length))
        if not is_taken(made.casefold()):
            return made
    return ""
