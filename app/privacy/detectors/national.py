"""National numbers of eleven countries, by their check digits."""

import re
from collections.abc import Callable

from app.privacy.detectors.checksum import digits, luhn, verhoeff, weighted
from app.privacy.detectors.pattern import PatternDetector, Rule, checked, words
from app.privacy.types import Kind

NAME = "national-id"
_LETTERS_ES = "TRWAGMYFPDXBNJZSQVHLCKE"
_CUE = words(
    "ssn",
    "social security",
    "social",
    "nino",
    "ni",
    "national insurance",
    "nhs",
    "tax",
    "steuer\\w{0,16}",
    "idnr",
    "tin",
    "nir",
    "insee",
    "s[ée]curit[ée] sociale",
    "dni",
    "nie",
    "nif",
    "codice fiscale",
    "bsn",
    "burgerservicenummer",
    "sofinummer",
    "pesel",
    "nip",
    "aadhaar",
    "aadhar",
    "pan",
    "cpf",
    "cnpj",
    "身份证\\w{0,4}",
    "shenfenzheng",
    "national id",
    "identity (?:card|number)",
    "id(?: card)?(?: number| no)?",
    "itin",
    "personalausweis\\w{0,10}",
    "ausweis\\w{0,10}",
    "sin",
    "numéro de sécu\\w{0,16}",
)


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
    compact = re.sub(r"[ .\-]", "", text).upper().replace("2A", "19").replace("2B", "18")
    return len(compact) == 15 and compact.isdigit() and 97 - int(compact[:13]) % 97 == int(compact[13:])


def _spanish(text: str) -> bool:
    compact = re.sub(r"[ .\-]", "", text).upper()
    number = compact[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdigit() and _LETTERS_ES[int(number) % 23] == compact[-1]


_ODD_IT = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            2,
            4,
            18,
            20,
            11,
            3,
            6,
            8,
            12,
            14,
            16,
            10,
            22,
            25,
            24,
            23,
        ),
        strict=True,
    )
)


def _italian(text: str) -> bool:
    code = text.upper()
    total = sum(_ODD_IT[character] for character in code[:15:2])
    total += sum(int(c) if c.isdigit() else ord(c) - ord("A") for c in code[1:15:2])
    return chr(ord("A") + total % 26) == code[15]


def _dutch(text: str) -> bool:
    number = digits(text)
    return any(number) and (weighted(number, range(9, 1, -1)) - number[8]) % 11 == 0


def _polish(text: str) -> bool:
    number = digits(text)
    return any(number) and (weighted(number, (1, 3, 7, 9) * 2 + (1, 3)) + number[10]) % 10 == 0


def _brazilian(text: str) -> bool:
    number = digits(text)
    if len(set(number)) == 1:
        return False
    return all(weighted(number, range(size + 1, 1, -1)) * 10 % 11 % 10 == number[size] for size in (9, 10))


def _chinese(text: str) -> bool:
    number = digits(text[:17])
    check = "10X98765432"[weighted(number, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]
    return text[6:8] in ("19", "20") and check == text[17].upper()


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.\-/]){pattern}(?![\w]|[.\-/]\d)", re.IGNORECASE)


def _rule(pattern: str, why: str, test: Callable[[str], bool] = bool, *, needs_cue: bool = False) -> Rule:
    return Rule(
        Kind.NATIONAL_ID,
        _p(pattern),
        why,
        0.85 if needs_cue else 0.95,
        checked(test),
        _CUE if needs_cue else None,
    )


RULES = (
    _rule(r"\d{3}([- ])\d{2}\1\d{4}", "US social security number", _us),
    _rule(r"\d{9}", "US social security number", _us, needs_cue=True),
    _rule(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", "UK national insurance number"),
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
    _rule(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", "Italian tax code", _italian),
    _rule(r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}", "Dutch citizen number", _dutch, needs_cue=True),
    _rule(r"\d{11}", "Polish PESEL number", _polish, needs_cue=True),
    _rule(r"[2-9]\d{3}([ -])\d{4}\1\d{4}", "Indian Aadhaar number", verhoeff),
    _rule(r"\d{4} ?\d{4} ?\d{4}", "Indian Aadhaar number", needs_cue=True),
    _rule(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", "Indian tax number", needs_cue=True),
    _rule(r"\d{3}\.\d{3}\.\d{3}-\d{2}", "Brazilian CPF number"),
    _rule(r"\d{11}", "Brazilian CPF number", _brazilian, needs_cue=True),
    _rule(r"\d{17}[\dX]", "Chinese identity number", _chinese),
    _rule(r"\d{3}[ -]\d{3}[ -]\d{3}", "Canadian social insurance number", luhn, needs_cue=True),
)

# A national number with a wrong check digit, or of another country: its name stands beside it.
_NAMED = re.compile(
    r"(?<!\w)(?:ssn|social security(?: number| no\.?)?|nino|national insurance(?: number"
    r"| no\.?)?|nhs (?:number|no\.?)|"
    r"pesel|bsn|aadhaa?r(?: number| no\.?)?|cpf|dni|nie|codice fiscale|steuer-?id"
    r"|num[ée]ro de s[ée]curit[ée] sociale|"
    r"pan (?:number|card)|tax id|身份证号?码?)"
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
    )
    return PatternDetector(NAME, (*RULES, named))
