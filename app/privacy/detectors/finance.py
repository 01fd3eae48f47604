"""Bank accounts, cards, wallets, and sums of money."""

import re

from app.privacy.detectors.checksum import digits, luhn, mod97
from app.privacy.detectors.pattern import (
    DIGIT,
    DIGITS,
    FIRST_DIGIT,
    LONG_NUMBER,
    PatternDetector,
    Rule,
    checked,
    words,
)
from app.privacy.detectors.wordlist import listed
from app.privacy.types import Kind

NAME = "finance"
_IBAN_LENGTHS = {
    code[:2]: int(code[2:])
    for code in listed(
        """
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24
FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24
SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"""
    )
}
_FOLD = r"(?:[ \-]| ?\n[ \t>]{0,4})?"
"""What may stand between two characters of an account or a card: a gap, or the end of a line."""
_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_FOLD}\d{_FOLD}\d(?:{_FOLD}[A-Za-z0-9]){{11,32}}")
_IBAN_LOOSE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{2,4}){3,8}(?![A-Za-z0-9])")
_CARD = re.compile(
    r"(?<![\w.\-])(?:(?<!\+)|(?=(?:[ \-]?\d){14}))"  # a telephone number with its country is shorter
    r"\d(?:[ \-]?\d){11,18}(?![\w]|[.\-]\d)"
)
_CARD_GROUPS = re.compile(
    r"(?<![\w.\-])(?:\d{4}(?:[\s.\-/_·*|]{1,4}\d{4}){3}"
    r"|3[47]\d\d[\s.\-/_·]{1,4}\d{6}[\s.\-/_·]{1,4}\d{5})(?![\w]|[.\-]\d)"
)
_CARD_BROKEN = re.compile(r"(?<![\w.\-])[3-6](?:[ \t\-]{0,3}(?:\n[ \t>]{0,4})?\d){14,15}(?![\w]|[.\-]\d)")
_CARD_CUE = words(
    r"card|credit|debit|visa|mastercard|amex|karte|kreditkarte|carte|tarjeta|carta|cartão|creditcard"
    r"|karty|karta"
    r"|maestro|cc",
)
_EXPIRY = re.compile(
    r"(?<!\w)(?:exp(?:iry|ires|iration)?(?: date)?|valid (?:thru|until)|cvv2?|cvc2?|cvn"
    r"|security code|gültig bis|prüfziffer|date d'expiration|cryptogramme|caducidad|scadenza|validade"
    r"|vervaldatum)\.?"
    r"[:=\s*_|]{0,5}(?:is )?(?P<v>\d\d/\d\d(?:\d\d)?|\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:accounts?|acct|a/c|konto(?:nummer|-?nr\.?)?|compte|cuenta|conto"
    r"|rekening(?:nummer)?|conta|nr konta|konta|sort code|routing|transit|rib|cbu|clabe|upi"
    r"|aba|bsb|ifsc|blz|bankleitzahl|wallet|iban|giro|agência|depot(?:nummer)?)(?: code| number| numbers"
    r"| no\.?| nr\.?| num"
    r"| corrente| bancario| bancaire| bancaria| ending in| #|#| id|\s?n[°º]){0,2}"
    r"(?:[\s*_|]{0,3}(?:is|was|:|=|-|\(|ist|lautet|est|è|é"
    r"|es)){0,2}[\s*_|]{0,4}#?(?P<v>[A-Z]{0,6}\d[\dA-Z]{0,20}(?:[ \-]\d{1,8}){0,6})(?!\w)",
    re.IGNORECASE,
)
_SORT_CODE = re.compile(r"(?<![\w\-/])\d\d([\- ])\d\d\1\d\d(?![\w\-/])")
_SORT_BESIDE = re.compile(
    r"(?<![\w\-/.])(?:\d\d[\- ]\d\d[\- ]\d\d[,;/| \t\n]{1,3}\d{8}|\d{8}[,;/"
    r"| \t\n]{1,3}\d\d-\d\d-\d\d)(?![\w\-/]|[.,]\d)"
)
"""A sort code and an account number side by side need no word that says so."""
_BANK_CUE = words(r"sort ?codes?|accounts?|acct|bank|a/c|acc|sort|sc|payee|transfer")
_BIC = re.compile(r"(?<!\w)[A-Z]{4}(?:[A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)")
_WALLET = re.compile(
    r"(?<!\w)(?:bc1[a-z0-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[0-9a-fA-F]{40}"
    r"|[LM][1-9A-HJ-NP-Za-km-z]{33})(?!\w)"
)
_AMOUNT = r"\d{1,3}(?:[ ,.']\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
_UNIT = (
    r"(?:usd|eur|gbp|chf|inr|cny|jpy|brl|pln|dollars?|euros?|pounds|rupees|yen|yuan|z[łl]"
    r"|francs?|reais|pesos?|€|£|\$|zł)"
)
_MONEY = re.compile(
    rf"(?<![\w.])(?:[$€£¥₹]|(?:USD|EUR|GBP|CHF|Rs\.?) ?) ?(?:{_AMOUNT})(?: ?(?:k|m|bn|million"
    rf"|billion|thousand))?(?!\w)"
)
_MONEY_AFTER = re.compile(
    rf"(?<![\w.])(?:{_AMOUNT})(?: ?(?:k|m|bn|million|billion|thousand))? ?{_UNIT}(?!\w)", re.IGNORECASE
)


def _iban(text: str) -> int:
    """Accept as many characters as the country's accounts have, if the check digits are right."""
    length = _IBAN_LENGTHS.get(text[:2].upper(), 0)
    compact = ""
    for at, character in enumerate(text):
        if character not in " -\n\t>":
            compact += character.upper()
        if len(compact) == length:
            ends = at + 1 == len(text) or not text[at + 1].isalnum() or not text[at].isalnum()
            return at + 1 if ends and mod97(compact) else 0
    return 0


def _card(text: str) -> bool:
    number = digits(text)
    return number[0] in (2, 3, 4, 5, 6) and len(set(number)) > 1 and luhn(text)


_ISSUER = re.compile(r"4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}")


def _card_of_issuer(text: str) -> bool:
    """Accept odd gaps only in what an issuer would print, and no column of short numbers."""
    number = "".join(map(str, digits(text)))
    return bool(_ISSUER.fullmatch(number)) and _card(text) and text.count("\n") <= 3


def _bic(text: str) -> bool:
    return text[4:6] in _IBAN_LENGTHS or text[4:6] in ("US", "CA", "AU", "JP", "CN", "IN", "SG", "HK")


RULES = (
    Rule(Kind.IBAN, _IBAN, "bank account (IBAN)", 0.99, _iban, mark=DIGITS),
    Rule(
        Kind.IBAN,
        _IBAN_LOOSE,
        "bank account (IBAN)",
        0.8,
        checked(lambda t: t[:2] in _IBAN_LENGTHS and sum(map(str.isalnum, t)) >= 15),
        mark=DIGITS,
    ),
    Rule(Kind.CARD, _CARD, "payment card", 0.97, checked(_card), head=LONG_NUMBER),
    Rule(Kind.CARD, _CARD_GROUPS, "payment card", 0.95, checked(_card_of_issuer), head=LONG_NUMBER),
    Rule(Kind.CARD, _CARD_BROKEN, "payment card", 0.9, checked(_card_of_issuer), head=LONG_NUMBER),
    Rule(Kind.CARD, _CARD, "a number called a card", 0.85, cue=_CARD_CUE, head=LONG_NUMBER),
    Rule(Kind.CARD, _EXPIRY, "expiry or security code of a card", 0.8, mark=DIGITS),
    Rule(Kind.ACCOUNT, _ACCOUNT, "account number", 0.85, checked(lambda t: len(digits(t)) >= 4), mark=DIGITS),
    Rule(Kind.ACCOUNT, _SORT_CODE, "sort code", 0.9, cue=_BANK_CUE, head=FIRST_DIGIT),
    Rule(Kind.ACCOUNT, _SORT_BESIDE, "sort code and account", 0.85, head=LONG_NUMBER),
    Rule(Kind.ACCOUNT, _BIC, "bank code (BIC)", 0.9, checked(_bic), words("bic", "swift", "iban")),
    Rule(
        Kind.ACCOUNT,
        _WALLET,
        "wallet",
        0.85,
        checked(lambda t: any(map(str.isdigit, t[2:])) and t.lower() != t.upper() and len(set(t)) > 8),
        mark=DIGITS,
    ),
    Rule(Kind.MONEY, _MONEY, "sum of money", 0.8, mark=DIGIT),
    Rule(Kind.MONEY, _MONEY_AFTER, "sum of money", 0.8, head=FIRST_DIGIT),
)


def detector() -> PatternDetector:
    """Make the detector of financial details."""
    return PatternDetector(NAME, RULES)
