"""Addresses in the ways of many countries: streets, post boxes, flats, codes with their towns."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from app.privacy.detectors.addressblock import CAPITAL, UNIT, Block
from app.privacy.detectors.pattern import DIGIT, FIRST_DIGIT, PatternDetector, Rule, checked, words
from app.privacy.letters import in_small
from app.privacy.types import Finding, Kind

NAME = "address"
_STREET = (
    "street|str|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square"
    "|sq|terrace|ter|way|close|crescent|cres"
    "|grove|gardens|gdns|highway|hwy|parkway|pkwy|circle|cir|row|mews|hill|walk|alley|trail"
    "|trl|loop|plaza|quay|wharf|view|heights|rise"
    "|park|ridge|run|turnpike|pike|crossing|path|meadow|meadows|green|esplanade|parade|bypass"
    "|cove|creek|glen|landing|manor|oval|pass|point|vale|vista|marg|nagar|salai|enclave|chowk|expressway"
)
_NUMBER = r"\d{1,5}[A-Za-z]?(?:\s?[\-/]\s?\d{1,4}[A-Za-z]?)?"
_UNIT = (
    r"(?:,?\s{1,2}(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|building|bldg|#)\.?\s?#?[\w\-]{1,6})"
)
_W = r"[^\W\d_][\w'’.\-]{0,24}"
_TOWN = rf"(?:{_W} ){{0,3}}{_W}"
_ZIP = r"[A-Z]{2},?\s{1,2}\d{5}(?:-\d{4})?"
_UK = r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"
_AFTER = (
    rf"(?:{_UNIT})?(?:,?\s{{1,3}}{_TOWN},?\s{{1,3}}(?:{_ZIP}|{_UK}(?!\w))|,?\s{{1,3}}(?:{_ZIP}"
    rf"|{_UK}(?!\w)|\d{{5}}(?!\d)))?"
)

_LOWER_STREET = (
    "street|avenue|road|lane|drive|boulevard|court|terrace|crescent|grove|gardens|close|square|mews"
)


def _english(name: str, street: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,$€£\-/])(?:(?i:flat|apt|apartment|unit"
        rf"|suite) ?\w{{1,4}},? )?{_NUMBER},?\s(?:[NSEW]\.?\s)?"
        rf"(?:(?:{name}|\d{{1,3}}(?i:st|nd|rd|th))\s){{1,4}}(?i:{street})(?!\w)\.?"
        rf"(?:\s[NSEW]{{1,2}}(?!\w))?(?i:{_AFTER})"
    )


_ENGLISH_HEAD = in_small(r"(?<!\w)(?=\d|flat|apt|apartment|unit|suite)")
_ENGLISH = _english(CAPITAL, _STREET)
_ENGLISH_LOWER = _english(_W, _LOWER_STREET)
_PO_BOX = re.compile(
    r"(?<!\w)(?:p\.?\s?o\.?\s?box|post ?office box|postfach|postbus|postboks|psc|apartado(?: de correos"
    r"| postal)?"
    r"|apdo\.?|boîte postale|b\.?p\.?(?= \d)|casella postale|c\.p\.|caixa postal|skrytka pocztowa"
    r"|skr\. poczt\."
    rf"|locked bag|private bag) ?#?\d{{1,6}}(?:,? box \d{{1,6}})?{_AFTER}",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"(?<!\w)(?:Unit \d{1,5},? Box \d{1,5}|(?:[AFD]PO|FPO),? A[AEP],? \d{5}(?:-\d{4})?)(?!\w)"
)
_ROMANCE_WORD = (
    "rue|avenue|av\\.|boulevard|bd\\.?|place|chemin|impasse|allée|allées|quai|cours|route"
    "|passage|square|ruelle|sentier|faubourg|calle|c/|cl\\.|avenida|avda\\.?|plaza|pza\\.?|paseo|pº"
    "|carrer|carretera|ctra\\.?"
    "|ronda|rambla|glorieta|travesía|cuesta|camino|viale|v\\.le|piazza|p\\.za|piazzale|corso|c\\.so"
    "|strada|vicolo|largo"
    "|lungomare|lungotevere|contrada|salita|rua|r\\.|travessa|praça|praceta|alameda|estrada|ladeira"
    "|rodovia|ul\\.|ulica|al\\."
    "|aleja|aleje|os\\.|osiedle|pl\\.|plac|trg|cesta|náměstí|nám\\.|třída|tř\\.|strada|str\\.|bulevardul"
    "|b-dul|calea|aleea|șoseaua"
    "|jalan|jl\\.|gang|lorong|persiaran|đường|phố|ул\\.|улица|вул\\.|вулиця|проспект|пр\\.|пр-т|пер\\."
    "|переулок|бул\\.|шоссе"
    "|площадь|пл\\.|наб\\.|οδός|λεωφόρος|λεωφ\\.|πλατεία"
)
_GLUE = (
    r"(?:de|du|des|la|le|les|l'|d'|del|della|dei|delle|degli|da|do|dos|das|las|los|el|y|e|von|der|den|al"
    r"|san|santa|św\.|gen\.)"
)
_FRENCH = re.compile(
    rf"(?<![\w.,])\d{{1,4}}(?:\s?(?i:bis|ter|[A-D]))?,?\s(?i:{_ROMANCE_WORD})(?i:\s{_GLUE}|\s?l'"
    rf"|\s?d'){{0,3}}\s?(?<=[\s'’.])(?:{_W}\s?){{1,4}}?(?=[,.;\n!?)]|\s\d|$|\s(?:in|à|and"
    rf"|et|apt|suite|appt|unit)\b)(?:,?\s\d{{5}}(?:\s{CAPITAL}(?:[ \-]{CAPITAL}){{0,2}})?)?"
)
_HOUSE = (
    r"(?:,?\s?(?:nº|n\.|n°|núm\.?|num\.?|d\.|nr\.?|no\.?|№|č\.|s/n|д\.|дом"
    r"|km)\s?)?\d{1,4}(?:[/\-]\d{1,4})?(?:\s?[A-Za-z](?!\w))?"
    r"(?:,\s?(?:кв\.|m\.|apt\.?|piso|int\.|ap\.|sc\.|et\.|bl\.)\s?\d{1,4}){0,3}"
)
_SOUTHERN = re.compile(
    rf"(?<!\w)(?:(?i:{_ROMANCE_WORD})|Via|VIA|(?:(?<=[,:] )|(?<=\n)|(?<=in )|(?<=at ))via)\s?"
    rf"(?:(?i:{_GLUE})\s){{0,3}}(?:{CAPITAL}\s?){{1,4}}"
    rf"(?:(?i:{_GLUE})\s{CAPITAL}\s?){{0,2}},?\s?{_HOUSE}(?:,?\s\d{{2}}-?\d{{3}}(?:\s{CAPITAL}(?:\s{CAPITAL}){{0,2}})?)?"
)
_SOUTHERN_LOWER = re.compile(
    r"(?<!\w)(?:calle|c/|avenida|avda\.?|carrer|viale|piazza|rua|praça|ul\.|ulica|jalan|jl\.|strada|paseo"
    r"|via|rue|boulevard"
    rf"|avenue|corso)\s(?:{_GLUE}\s){{0,2}}(?:[^\W\d_]{{3,24}}\s){{1,3}},?\s?\d{{1,4}}(?!\w|[.,:]\d)",
    re.IGNORECASE,
)
_GERMANIC_END = (
    "straße|strasse|str\\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|stieg|steig|pfad|markt|graben"
    "|lände|zeile|steinweg"
    "|straat|laan|plein|gracht|kade|dijk|singel|dreef|steeg|plantsoen|gatan|vägen|gränd|stigen|torget"
    "|backen|gata|gate|veien|vegen"
    "|vej|gade|stræde|allé|torv|katu|tie|kuja|polku|raitti|braut|stígur|vegur|utca|útja"
)
_GERMANIC_CODE = (
    rf"\s\d{{1,4}}\s?[a-h]?(?!\w)(?:,?\s(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:\s?[A-Z]{{2}}(?!\w))?"
    rf"(?:\s{CAPITAL}(?:\s{CAPITAL})?)?)?"
)
_GERMANIC = re.compile(
    r"(?<![\w\-])(?:(?:[^\W\d_a-zà-ÿ][^\W\d_]{0,23}[\- ]){0,2}[^\W\d_]{0,24}"
    r"|(?:[a-zà-ÿ]{1,24}[\- ])?[a-zà-ÿ]{0,24})"
    rf"(?i:{_GERMANIC_END}){_GERMANIC_CODE}"
)
_GERMANIC_MARK = re.compile(
    rf"\s(?=\d)(?:{'|'.join(rf'(?<={ending}.)' for ending in _GERMANIC_END.split('|'))})", re.IGNORECASE
)
_GERMANIC_AM = re.compile(
    rf"(?<![\w\-])(?:Am|An der|Im|Auf der|Unter den|Zum|Zur|In der|Alter|Am Alten)\s(?!Jahre?\b|Tage?\b"
    rf"|Monat|Alter"
    rf"|Schnitt|Kapitel|Teil|Spiel|Januar|Februar|März|April|Mai|Ju|August|Sept|Okto|Nov"
    rf"|Dez){CAPITAL}{_GERMANIC_CODE}"
)
_WORD_AFTER = re.compile(
    rf"(?<![\w\-])(?:{CAPITAL} ){{1,3}}(?i:utca|u\.|út|útja|tér|körút|krt\.|köz|sétány|sok\.|sk\.|sokak"
    rf"|sokağı|cad\.|caddesi|bulvarı"
    rf"|mah\.|mahallesi|ulica|cesta|trg|ulice|náměstí|iela|gatvė|g\.|Weg|Allee|Platz|Ring|Straße|Strasse"
    rf"|Str\.|Straat|Laan|Plein"
    rf"|Tie|Katu|gate|vei|vej|plads|allé|gård|Park|Hof) (?:No\.?:? ?)?\d{{1,4}}[A-Za-z]?(?!\w)"
)
_AT = (
    r"(?:(?:home|billing|postal|mailing|delivery|shipping|street|new|old|current|full|my|his|her|their"
    r"|our|same|the|'s"
    r"|s’) (?:address(?:es)?|place|office|house|flat)(?: is| was|:| at)?|address:|live[sd]? (?:at|in)"
    r"|living at|located at|moved to"
    r"|returned? (?:it |this )?to|sen[dt] (?:\w{2,12} )?to|ship(?:ped)? to|deliver(?:ed)? to|office is at"
    r"|meet (?:me|us) at|taxi to"
    r"|arrived? at|staying at|directions to|residing at|wohn(?:e|t|haft)(?: in)?|habite(?: au)?"
    r"|domicilié au|vivo en|abito in"
    r"|moro na|woon(?:t)? (?:op|aan)|mieszkam przy|adresse|dirección|indirizzo|endereço|adres|anschrift)"
)
_AFTER_CUE = re.compile(
    rf"(?<![^\W_])(?i:{_AT})[\s:]{{1,3}}(?P<v>(?:\d{{1,5}}[A-Za-z]? )?(?:{CAPITAL}[ \-]){{1,4}}"
    r"\d{1,5}[A-Za-z]?)(?!\w|[.,:]\d)"
)
_IN_BLOCK = re.compile(
    rf"(?<![^\n,])[ \t]{{0,4}}(?P<v>(?:\d{{1,5}} )?(?:{CAPITAL}[ \-]){{1,4}}\d{{1,5}}[A-Za-z]?)"
    rf"[ \t]{{0,3}}[,\n][ \t]{{0,4}}(?=(?:{UNIT}[ \t]{{0,3}}[,\n][ \t]{{0,4}})?"
    rf"{CAPITAL}(?:[ \-,\n]{{1,3}}{CAPITAL}){{0,6}}[,\n ]{{1,3}}\d{{4,6}}(?!\w)"
    rf"|(?:[A-Z]{{1,2}}-)?\d{{4,6}}[ ,]{{1,2}}{CAPITAL})"
)
_FLAT = re.compile(
    r"(?<![\w\-])(?:Apt\.?|APT\.?|apt\.|Apartment|Suite|SUITE|Ste\.) ?#?\d{1,5}[A-Za-z]?(?!\w|[.,]\d)"
    r"|(?<=\n)[ \t]{0,8}(?:suite|apt|apartment|unit|flat) \d{1,4}[a-z]?(?=[ \t]{0,3}(?:[,\n]|$))"
)
_UK_POSTCODE = re.compile(
    r"(?<![\w/.\-])(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]{1,2}\d{1,2}[A-Z]?\d[A-Z]{2})(?![\w/.\-])"
)
_UK_LOWER = re.compile(r"(?<![\w/.\-])[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?![\w/.\-])", re.IGNORECASE)
_US_ZIP = re.compile(
    r"(?<!\w)(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
    r"|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),?\s{1,2}\d{5}(?:-\d{4})?(?!\w)"
)
_AUSTRALIA = re.compile(r"(?<!\w)(?:NSW|VIC|QLD|TAS|ACT|Vic|Qld|Tas),?\s\d{4}(?!\w)")
_CANADA = re.compile(r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z][ \-]?\d[A-Z]\d(?!\w)")
_NETHERLANDS = re.compile(r"(?<![\w.])[1-9]\d{3} [A-Z]{2}(?!\w)")
_NETHERLANDS_TOWN = re.compile(
    r"(?<![\w.])[1-9]\d{3} ?(?!TO|IN|OF|AT|ON|BY|IS|OR|AM|PM|AD|BC|CE|US|UK|EU|TV|IT|NO|SO|WE|AS|IF|DE|EN|ET)"
    rf"[A-Z]{{2}},? {{1,2}}{CAPITAL}(?: {CAPITAL})?(?!\w)"
)
_IRELAND = re.compile(r"(?<!\w)[AC-FHKNPRTV-Y]\d[\dW] [0-9AC-FHKNPRTV-Y]{4}(?!\w)")
_POSTAL = re.compile(
    r"(?<!\w)(?:zip(?: ?code)?|post(?:al)? ?code|plz|code postal|cap|cep|código postal|c\.?p\.?|pin ?code"
    r"|postleitzahl|kod pocztowy|postcode|postnummer|eircode|индекс|psč|irányítószám)(?:\s?(?:is|:"
    r"|=)){0,2}\s?(?P<v>[A-Z0-9][A-Z0-9 \-]{2,8}[A-Z0-9])(?!\w)",
    re.IGNORECASE,
)
_BRAZIL = re.compile(r"(?<![\w.\-])\d{5}-\d{3}(?![\w\-])")
_HYPHENED = re.compile(
    rf"(?<![\w.\-])(?:\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}),? {{1,2}}{CAPITAL}(?:[ \-]{CAPITAL}){{0,2}}(?!\w)"
)
_CONTINENT = re.compile(
    rf"(?<![\w.,\-])(?:[A-Z]{{1,2}}-)?\d{{5}}\s(?:{CAPITAL})(?:[ \-]{CAPITAL}){{0,2}}(?!\w)"
)
_CONTINENT_LINE = re.compile(
    rf"(?:(?<=\n)|(?<=,)|(?<=, )|(?<=\n ))(?:[A-Z]{{1,2}}-)?(?!(?:19|20)\d\d )(?:\d{{4,5}}"
    rf"|\d{{3}} \d{{2}}) {CAPITAL}(?:[ \-]{CAPITAL}){{0,2}}"
    r"(?=[ \t]{0,3}(?:[,.;\n)]|$))"
)
_FAR_EAST_CODE = re.compile(rf"(?<![\w.,])(?:{CAPITAL} ){{1,2}}[\-–] ?\d{{3}} ?\d{{3}}(?!\w|[.,\-]\d)")
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:省|市|区|县|府|都|道)[\u4e00-\u9fff0-9〇]{1,24}(?:路|街|巷|弄|大道|号|丁目|番地"
    r"|町)[0-9一二三四五六七八九十〇\-−番号室栋楼单元の]{0,20}"
)
_CHINESE_GATE = re.compile(r"[\u4e00-\u9fff][省市区县府都道]")
_JAPANESE = re.compile(r"〒\s?\d{3}-?\d{4}(?:\s?[\u3040-\u30ff\u4e00-\u9fff0-9\-−ー]{2,40})?")
_JAPAN_BLOCK = re.compile(
    r"[\u4e00-\u9fff]{1,6}[都道府県市区町村][\u3040-\u30ff\u4e00-\u9fff]{1,16}[0-9一-九]{1,4}(?:丁目|-|−"
    r"|番)[0-9\-−番地号丁目]{1,12}"
)
_KOREAN = re.compile(
    r"[\uac00-\ud7af]{1,8}(?:시|도|구|군)(?: [\uac00-\ud7af]{1,10}){1,3}(?:로|길|동)\s?\d{1,4}(?:-\d{1,4})?"
)
_NEAR = words(
    r"address|addresse|live|lives|living|located|street|st|road|rd|avenue|ave|postcode|zip|box|adresse"
    r"|dirección|indirizzo|endereço|adres|wohne|wohnt|habite|vivo|abito|moro|office|home|deliver|ship|uk"
    r"|gb|straße|strasse|rue|calle|via|moved|anschrift|woon",
)
_FIVE = re.compile(r"\d\d\d\d\d")
_FLATS = ("apt", "apartment", "suite", "ste.", "unit", "flat")
_HAS_DIGIT = checked(lambda text: any(map(str.isdigit, text)))


_SOUTHERN_HEAD = in_small(rf"(?<!\w)(?={_ROMANCE_WORD}|via)")
_CUE_HEAD = in_small(rf"(?<![^\W_])(?={_AT})")


def _street(
    pattern: re.Pattern[str],
    score: float = 0.85,
    cue: re.Pattern[str] | None = None,
    head: re.Pattern[str] | None = None,
) -> Rule:
    return Rule(Kind.ADDRESS, pattern, "street address", score, cue=cue, mark=DIGIT, head=head)


def _code(
    pattern: re.Pattern[str],
    score: float = 0.8,
    cue: re.Pattern[str] | None = None,
    mark: re.Pattern[str] = DIGIT,
) -> Rule:
    return Rule(Kind.ADDRESS, pattern, "postal code", score, _HAS_DIGIT, cue, mark=mark)


def _number(pattern: re.Pattern[str], score: float, cue: re.Pattern[str] | None = None) -> Rule:
    return Rule(Kind.ADDRESS, pattern, "postal code", score, _HAS_DIGIT, cue, head=FIRST_DIGIT)


RULES = (
    _street(_ENGLISH, head=_ENGLISH_HEAD),
    _street(_ENGLISH_LOWER, 0.75, _NEAR, _ENGLISH_HEAD),
    Rule(Kind.ADDRESS, _PO_BOX, "post box", 0.9, mark=DIGIT),
    Rule(Kind.ADDRESS, _MILITARY, "post box", 0.9, mark=("unit ", "po a", "po, a")),
    _street(_FRENCH, head=FIRST_DIGIT),
    _street(_SOUTHERN, 0.8, head=_SOUTHERN_HEAD),
    _street(_SOUTHERN_LOWER, 0.75, _NEAR),
    Rule(Kind.ADDRESS, _GERMANIC, "street address", 0.85, mark=_GERMANIC_MARK),
    _street(_GERMANIC_AM),
    _street(_WORD_AFTER, 0.8),
    _street(_AFTER_CUE, 0.75, head=_CUE_HEAD),
    _street(_IN_BLOCK, 0.75),
    _code(_UK_POSTCODE, mark=re.compile(r"\d[A-Z][A-Z](?!\w)")),
    _code(_UK_LOWER, 0.75, _NEAR, re.compile(r"\d[A-Za-z][A-Za-z](?!\w)")),
    _code(_US_ZIP, 0.85, mark=_FIVE),
    _code(_AUSTRALIA, mark=re.compile(r"\d\d\d\d(?!\w)")),
    _code(_CANADA, mark=re.compile(r"\d[A-Z][ \-]?\d")),
    _number(_NETHERLANDS, 0.7, _NEAR),
    _number(_NETHERLANDS_TOWN, 0.8),
    _code(_IRELAND, 0.7, mark=re.compile(r"\d[\dW] ")),
    _code(_POSTAL, 0.9),
    _number(_BRAZIL, 0.6),
    _number(_HYPHENED, 0.7),
    _code(_CONTINENT, 0.7, _NEAR, _FIVE),
    _code(_CONTINENT_LINE, 0.7),
    _code(_FAR_EAST_CODE, 0.7, mark=re.compile(r"\d\d\d ?\d\d\d")),
    Rule(Kind.ADDRESS, _CHINESE, "street address", 0.85, gate=_CHINESE_GATE),
    Rule(Kind.ADDRESS, _JAPANESE, "street address", 0.9, hint="〒"),
    Rule(Kind.ADDRESS, _JAPAN_BLOCK, "street address", 0.85, gate=_CHINESE_GATE),
    Rule(Kind.ADDRESS, _KOREAN, "street address", 0.85, mark=DIGIT),
)
FLATS = (Rule(Kind.ADDRESS, _FLAT, "flat or suite", 0.7, mark=_FLATS),)


class AddressDetector:
    """Find a part of an address by its form, and follow it to the whole."""

    name = NAME
    kinds = frozenset({Kind.ADDRESS})

    def __init__(self, places: Callable[[], Collection[str]] = frozenset) -> None:
        self._places = places
        self._parts = PatternDetector(NAME, RULES)
        self._flats = PatternDetector(NAME, FLATS)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield whole addresses; those that overlap are parts of one."""
        parts = list(self._parts.find(text))
        flats = list(self._flats.find(text))
        if not parts and not flats:
            return
        block = Block(self._places())
        for part in parts:
            start, end = block.around(text, part.start, part.end)
            yield replace(part, start=start, end=end)
        for flat in flats:
            start, end = block.around(text, block.line_before(text, flat.start), flat.end)
            yield replace(flat, start=start, end=end)


def detector(places: Callable[[], Collection[str]] = frozenset) -> AddressDetector:
    """Make the detector of addresses.

    Args:
        places: countries and large cities, case-folded; asked when an address was found.
    """
    return AddressDetector(places)
