"""Says a detail less exactly, by rule."""

import re
from typing import Final

from app.privacy.types import Kind

_WORDS: Final = {
    Kind.PERSON: "somebody",
    Kind.ORG: "an organization",
    Kind.PLACE: "a place",
    Kind.ADDRESS: "an address",
    Kind.EMAIL: "an e-mail address",
    Kind.PHONE: "a phone number",
    Kind.USERNAME: "a user name",
    Kind.BIRTHDATE: "a date of birth",
    Kind.DATE: "a date",
    Kind.AGE: "an age",
    Kind.NATIONAL_ID: "an identity number",
    Kind.PASSPORT: "a passport number",
    Kind.RECORD: "a record number",
    Kind.IBAN: "a bank account",
    Kind.ACCOUNT: "an account number",
    Kind.CARD: "a card number",
    Kind.MONEY: "an amount of money",
    Kind.INCOME: "a sum of money",
    Kind.IP: "a network address",
    Kind.MAC: "a device address",
    Kind.HOST: "a computer name",
    Kind.URL: "a web address",
    Kind.COORDINATES: "[place]",
    Kind.SENSITIVE: "something personal",
}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ISO: Final = re.compile(r"(?<!\d)\d{4}[-/.](\d{1,2})[-/.]\d{1,2}(?!\d)")
_MONTH: Final = re.compile(
    r"\b(?:" + "|".join(f"({name[:3]}(?:{name[3:]})?)" for name in _MONTHS) + r")\b\.?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_AMOUNT: Final = re.compile(r"\d{1,15}(?:[,']\d\d(?=[,']\d)|[,.' \u00a0\u202f]\d{3})*(?:[.,]\d{1,2}(?!\d))?")
_SCALE: Final = re.compile(
    r"\s?(?:(k|grand|thousand|tausend|tsd\.?|mil|mille|mila|tys\.?)"
    r"|(m|mio|mn|million)|(bn|billion)|(lakhs?|lacs?)|(crores?))(?!\w)",
    re.IGNORECASE,
)
_SCALES: Final = (1_000, 1_000_000, 1_000_000_000, 100_000, 10_000_000)
_CURRENCIES: Final = {
    "$": "dollars", "usd": "dollars", "€": "euros", "eur": "euros", "£": "pounds", "gbp": "pounds",
    "₹": "rupees", "inr": "rupees", "rs": "rupees", "¥": "yen", "chf": "francs", "r$": "reais",
    "brl": "reais", "zł": "złoty", "pln": "złoty",
}  # fmt: skip
_ROUND: Final = {1: "one", 2: "two", 5: "five", 10: "ten", 20: "twenty", 50: "fifty", 100: "a hundred",
    200: "two hundred", 500: "five hundred"}  # fmt: skip
_THOUSANDS: Final = ("", "thousand", "million", "billion")
_DECIMAL: Final = re.compile(r"[-+]?\d{1,3}\.\d{2,}")
_STEPS: Final = (1, 2, 5, 10)


def generalize(kind: Kind, value: str) -> str:
    """Return a vaguer wording; it never holds the value itself."""
    match kind:
        case Kind.BIRTHDATE:
            said = _year(value, may_name_month=False)
        case Kind.DATE:
            said = _year(value, may_name_month=True)
        case Kind.AGE:
            said = _age(value)
        case Kind.MONEY | Kind.INCOME:
            said = _money(value)
        case Kind.COORDINATES:
            said = _coordinates(value)
        case _:
            said = ""
    if said and value.casefold().strip() not in said.casefold():
        return said
    return _WORDS.get(kind, "something private")


def kind_words(kind: Kind) -> str:
    """Return what says of a detail nothing but its kind."""
    return "a place" if kind is Kind.COORDINATES else _WORDS.get(kind, "something private")


def _year(value: str, *, may_name_month: bool) -> str:
    year = _YEAR.search(value)
    if year is None:
        return ""
    if year.group() == value.strip():
        return f"the {year.group()[:3]}0s"
    month = _month(value) if may_name_month else ""
    said = f"{month} {year.group()}".strip()
    return said if said.casefold() != value.strip().casefold() else year.group()


def _month(value: str) -> str:
    if found := _ISO.search(value):
        number = int(found.group(1))
        return _MONTHS[number - 1] if 1 <= number <= 12 else ""
    if named := _MONTH.search(value):
        return _MONTHS[(named.lastindex or 1) - 1]
    return ""


def _age(value: str) -> str:
    found = _NUMBER.search(value)
    if found is None:
        return ""
    years = int(found.group())
    if years < 10:
        return "under 10"
    if years < 20:
        return "in the teens"
    return "over 90" if years >= 90 else f"in the {years // 10 * 10}s"


def _money(value: str) -> str:
    """Give the range of a 1, 2, 5 series that the amount lies in, with its currency.

    In words: "100,000 to 200,000" would hold another sum that the same text hides, and nothing could leave.
    """
    found = _AMOUNT.search(value)
    if found is None:
        return ""
    scale = _SCALE.match(value, found.end())
    amount = _number(found.group()) * (_SCALES[(scale.lastindex or 1) - 1] if scale else 1)
    if not 1 <= amount < 5 * 10**11:
        return ""
    power = 10 ** (len(str(int(amount))) - 1)
    step = max(step for step in _STEPS if step * power <= amount)
    low, high = _rounded(step * power), _rounded(_STEPS[_STEPS.index(step) + 1] * power)
    first = low[0] if low[1] == high[1] else " ".join(low).strip()
    after = value[scale.end() if scale else found.end() :].strip()
    sign = value[: found.start()].strip().casefold().rstrip(".")
    unit = (
        _CURRENCIES.get(sign) or _CURRENCIES.get(after.casefold()) or (after[:12] if after.isalpha() else "")
    )
    return " ".join(f"{first} to {' '.join(high)} {unit}".split())


def _number(said: str) -> float:
    fraction = re.search(r"[.,](\d{1,2})$", said)
    whole = int(re.sub(r"\D", "", said[: fraction.start()] if fraction else said))
    return whole + (int(fraction[1]) / 10 ** len(fraction[1]) if fraction else 0)


def _rounded(amount: int) -> tuple[str, str]:
    """Say a number of the series in words, with its thousands apart."""
    size = min((len(str(amount)) - 1) // 3, len(_THOUSANDS) - 1)
    return _ROUND[amount // 1000**size], _THOUSANDS[size]


def _coordinates(value: str) -> str:
    found = _DECIMAL.findall(value)
    return ", ".join(f"{float(each):.1f}" for each in found[:2]) if len(found) > 1 else ""
