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
_AMOUNT: Final = re.compile(r"\d{1,15}(?:[,.' \u00a0\u202f]\d{3})*(?:[.,]\d{1,2}(?!\d))?")
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
        case Kind.MONEY:
            said = _money(value)
        case Kind.COORDINATES:
            said = _coordinates(value)
        case _:
            said = ""
    if said and value.casefold().strip() not in said.casefold():
        return said
    return _WORDS.get(kind, "something private")


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
    """Give the range of a 1, 2, 5 series that the amount lies in, with its currency."""
    found = _AMOUNT.search(value)
    if found is None:
        return ""
    digits = re.sub(r"[.,]\d{1,2}$", "", found.group())
    amount = int(re.sub(r"\D", "", digits))
    if amount < 1:
        return ""
    power = 10 ** (len(str(amount)) - 1)
    step = max(step for step in _STEPS if step * power <= amount)
    low, high = step * power, _STEPS[_STEPS.index(step) + 1] * power
    before, after = value[: found.start()].strip()[-4:], value[found.end() :].strip()[:12]
    unit = f" {after}" if after.isalpha() and len(after) > 1 else after if len(after) == 1 else ""
    return f"{before}{low:,} to {before}{high:,}{unit}"


def _coordinates(value: str) -> str:
    found = _DECIMAL.findall(value)
    return ", ".join(f"{float(each):.1f}" for each in found[:2]) if len(found) > 1 else ""
