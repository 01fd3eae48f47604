"""National numbers of eleven countries, by their check digits."""

import re
from collections.abc import Callable
from dataclasses import replace

from app.privacy.detectors.checksum import digits, luhn, verhoeff, weighted
from app.privacy.detectors.pattern import LONG_NUMBER, NUMBER, PatternDetector, Rule, checked, words
from app.privacy.types import Kind

NAME = "national-id"
_LETTERS_ES = "TRWAGMYFPDXBNJZSQVHLCKE"
_CUE = words(
    r"ssn|social security|social|nino|ni|national insurance|nhs|tax|steuer\w{0,24}|idnr|tin|nir|insee"
    r"|s[ée]curit[ée] sociale|num[ée]ro de s[ée]cu\w{0,16}|dni|nie|nif|documento|codice fiscale"
    r"|cod\. ?fisc|c\.f|bsn|burgerservicenummer|sofinummer|pesel|nip|aadhaar|aadhar|uidai|pan|voter|epic"
    r"|cpf|cnpj|shenfenzheng|national id|identity (?:card|number|no)|citizen"
    r"|id(?: card)?(?: number| no)?|itin|ein|taxpayer|fiscal|personalausweis\w{0,10}|ausweis\w{0,10}"
    r"|sozialversicherung\w{0,10}|sin|utr|dowód\w{0,4}|carta d'identità",
    r"身份证\w{0,4}",
)

_CUE_US = words(r"ssn|social security|soc\.? sec\.?|itin")
"""Without check digits only these make a number of nine digits that is spaced oddly one of theirs."""


def _compact(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _us(text: str) -> bool:
    number = digits(text)
    area = number[0] * 100 + number[1] * 10 + number[2]
    return area not in (0, 666) and any(number[3:5]) and any(number[5:]) and len(number) == 9


def _nhs(text: str) -> bool:
    number = digits(text)
    check = 11 - weighted(number, range(10, 1, -1)) % 11
    return len(number) == 10 and (0 if check == 11 else check) == number[9]


def _german_tax(text: str) -> bool:
    number = digits(text)
    product = 10
    for digit in number[:10]:
        total = (digit + product) % 10 or 10
        product = total * 2 % 11
    repeated = max(number[:10].count(digit) for digit in range(10))
    return number[0] > 0 and 2 <= repeated <= 3 and (11 - product) % 10 == number[10]


def _french(text: str) -> bool:
    compact = _compact(text).replace("2A", "19").replace("2B", "18")
    return len(compact) == 15 and compact.isdigit() and 97 - int(compact[:13]) % 97 == int(compact[13:])


def _spanish(text: str) -> bool:
    compact = _compact(text)
    number = compact[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdigit() and _LETTERS_ES[int(number) % 23] == compact[-1]


_ODD_IT = {
    character: ord(value) - ord("A")
    for character, value in zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "BAFHJNPRTVBAFHJNPRTVCESULDGIMOQKWZYX", strict=True
    )
}


def _italian(text: str) -> bool:
    code = "".join(text.split()).upper()
    total = sum(_ODD_IT[character] for character in code[:15:2])
    total += sum(int(c) if c.isdigit() else ord(c) - ord("A") for c in code[1:15:2])
    return chr(ord("A") + total % 26) == code[15]


def _dutch(text: str) -> bool:
    number = digits(text)
    return any(number) and (weighted(number, range(9, 1, -1)) - number[8]) % 11 == 0


def _polish(text: str) -> bool:
    number = digits(text)
    return (
        1 <= number[2] % 2 * 10 + number[3] <= 12
        and (weighted(number, (1, 3, 7, 9) * 2 + (1, 3)) + number[10]) % 10 == 0
    )


def _brazilian(text: str) -> bool:
    number = digits(text)
    if len(set(number)) == 1:
        return False
    return all(weighted(number, range(size + 1, 1, -1)) * 10 % 11 % 10 == number[size] for size in (9, 10))


def _brazilian_firm(text: str) -> bool:
    number = digits(text)
    first, second = (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    if len(set(number)) == 1:
        return False
    return all(-weighted(number, each) % 11 % 10 == number[len(each)] for each in (first, second))


def _polish_firm(text: str) -> bool:
    number = digits(text)
    return any(number) and weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == number[9]


def _chinese(text: str) -> bool:
    number = digits(text)[:17]
    check = "10X98765432"[weighted(number, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]
    return number[6:8] in ([1, 9], [2, 0]) and check == text[-1].upper()


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.\-/])(?:{pattern})(?![\w]|[.\-/]\d)", re.IGNORECASE)


def _rule(pattern: str, why: str, test: Callable[[str], bool] = bool, *, needs_cue: bool = False) -> Rule:
    return Rule(
        Kind.NATIONAL_ID,
        _p(pattern),
        why,
        0.85 if needs_cue else 0.95,
        checked(test),
        _CUE if needs_cue else None,
        mark=NUMBER,
        head=LONG_NUMBER if pattern.startswith((r"\d", "[12]", "[2-9]")) else None,
    )


def _broken(count: int, why: str, test: Callable[[str], bool], cue: re.Pattern[str] = _CUE) -> Rule:
    """Find a number that is spaced oddly, or broken by the end of a line; its name must be near."""
    return replace(_rule(rf"\d(?:{_BREAK}\d){{{count - 1}}}", why, test, needs_cue=True), cue=cue)


_BREAK = r"(?:[ \t]{0,2}[\-./·]?[ \t]{0,2}(?:\n[ \t>]{0,4})?)"
_IT = r"[0-9LMNPQRSTUV]"
"""A digit, or the letter that stands for it where two people would have the same code."""

RULES = (
    _rule(r"\d{3}([- ])\d{2}\1\d{4}", "US social security number", _us),
    _rule(r"\d{9}", "US social security number", _us, needs_cue=True),
    _rule(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", "UK national insurance number"),
    _rule(
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[\s\-]{0,3}\d{2}){3}[\s\-]{0,3}[A-D]",
        "UK national insurance number",
        needs_cue=True,
    ),
    _rule(r"\d{3}[ -]\d{3}[ -]\d{4}", "NHS number", _nhs, needs_cue=True),
    _rule(r"\d{10}", "NHS number", _nhs, needs_cue=True),
    _rule(r"\d{2} ?\d{3} ?\d{3} ?\d{3}", "German tax number", _german_tax, needs_cue=True),
    _rule(
        r"[LMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d?",
        "German identity card",
        lambda t: any(map(str.isdigit, t)),
        needs_cue=True,
    ),
    _rule(
        r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
        "French social security number",
        _french,
    ),
    _rule(r"(?:\d{8}|[XYZ][ -]?\d{7})[ -]?[A-Z]", "Spanish identity number", _spanish),
    _rule(r"\d{2}\.\d{3}\.\d{3}-?[A-Z]", "Spanish identity number", _spanish),
    _rule(
        rf"[A-Z]{{3}}\s?[A-Z]{{3}}\s?{_IT}{{2}}[A-EHLMPRST]{_IT}{{2}}\s?[A-Z]{_IT}{{3}}\s?[A-Z]",
        "Italian tax code",
        _italian,
    ),
    _rule(r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}", "Dutch citizen number", _dutch, needs_cue=True),
    _rule(r"\d{11}", "Polish PESEL number", _polish, needs_cue=True),
    _rule(r"[2-9]\d{3}([ -])\d{4}\1\d{4}", "Indian Aadhaar number", verhoeff),
    _rule(r"\d{4} ?\d{4} ?\d{4}", "Indian Aadhaar number", needs_cue=True),
    _rule(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", "Indian tax number", needs_cue=True),
    _rule(r"\d{3}\.\d{3}\.\d{3}-\d{2}", "Brazilian CPF number"),
    _rule(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}", "Brazilian CNPJ number", _brazilian_firm),
    _rule(r"\d{11}", "Brazilian CPF number", _brazilian, needs_cue=True),
    _rule(r"\d{17}[\dX]", "Chinese identity number", _chinese),
    _rule(r"\d{6}\s\d{8}\s\d{3}[\dX]", "Chinese identity number", _chinese),
    _rule(rf"\d(?:{_BREAK}\d){{16}}{_BREAK}[\dX]", "Chinese identity number", _chinese, needs_cue=True),
    _rule(r"\d{3}[ -]\d{3}[ -]\d{3}", "Canadian social insurance number", luhn, needs_cue=True),
    _rule(r"\d{10}|\d{3}-\d{3}-\d{2}-\d{2}", "Polish tax number", _polish_firm, needs_cue=True),
    _rule(r"\d{2}-\d{7}", "US employer number", needs_cue=True),
    _rule(r"[A-Z]{3}\d{7}", "Indian voter number", needs_cue=True),
    _broken(9, "US social security number", _us, _CUE_US),
    _broken(9, "Dutch citizen number", _dutch),
    _broken(10, "NHS number", _nhs),
    _broken(11, "German tax number", _german_tax),
    _broken(11, "Polish PESEL number", _polish),
    _broken(11, "Brazilian CPF number", _brazilian),
    _broken(12, "Indian Aadhaar number", verhoeff),
    _rule(
        rf"\d(?:{_BREAK}\d){{4}}{_BREAK}[\dAB](?:{_BREAK}\d){{9}}",
        "French social security number",
        _french,
        needs_cue=True,
    ),
)

# A national number with a wrong check digit, or of another country: its name stands beside it.
_NAMED = re.compile(
    r"(?<!\w)(?:ssn|social security(?: number| no\.?)?|nino|national insurance(?: number"
    r"| no\.?)?|nhs (?:number|no\.?)|"
    r"pesel|bsn|aadhaa?r(?: number| no\.?)?|cpf|dni|nie|codice fiscale|steuer-?id"
    r"|num[ée]ro de s[ée]curit[ée] sociale|"
    r"pan (?:number|card)|tax id|utr|ein|itin|tin|nip|cnpj|id[- ]card(?: number)?|national id(?: number)?"
    r"|身份证号?码?)"
    r"(?:\s?(?:is|was|:|=|#|：|est|ist|es|n[°º]\.?|number)){0,3}\s{0,3}"
    r"(?P<v>(?=[A-Z]{0,6}\d)[A-Z0-9][A-Z0-9]{0,20}(?:[ .\-]\d[A-Z0-9]{0,8}){0,6})(?!\w)",
    re.IGNORECASE,
)


def detector() -> PatternDetector:
    """Make the detector of national numbers."""
    named = Rule(
        Kind.NATIONAL_ID,
        _NAMED,
        "a number called an identity number",
        0.9,
        checked(lambda t: len(digits(t)) >= 5),
        mark=NUMBER,
    )
    return PatternDetector(NAME, (*RULES, named))
