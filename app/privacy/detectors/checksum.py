"""Check digits of cards, accounts and national numbers."""

from collections.abc import Sequence


def digits(text: str) -> list[int]:
    """Read the decimal digits of a text, whatever stands between them."""
    return [int(character) for character in text if character in "0123456789"]


def luhn(text: str) -> bool:
    """Check cards, Swedish and many other numbers."""
    total = 0
    for at, digit in enumerate(reversed(digits(text))):
        doubled = digit * (1 + at % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def weighted(numbers: Sequence[int], weights: Sequence[int]) -> int:
    """Sum of products."""
    return sum(number * weight for number, weight in zip(numbers, weights, strict=False))


def mod97(text: str) -> bool:
    """Check an IBAN without spaces."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


_D = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_P = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def verhoeff(text: str) -> bool:
    """Check an Indian Aadhaar number."""
    state = 0
    for at, digit in enumerate(reversed(digits(text))):
        state = int(_D[state][int(_P[at % 8][digit])])
    return state == 0
