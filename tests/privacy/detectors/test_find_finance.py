import pytest
from tables import found, hides

from app.privacy.detectors import finance
from app.privacy.types import Kind

DETECTOR = finance.detector()
HITS = [
    ("IBAN DE89 3704 0044 0532 0130 00, thanks", "DE89 3704 0044 0532 0130 00", Kind.IBAN),
    ("pay to GB82WEST12345698765432 today", "GB82WEST12345698765432", Kind.IBAN),
    ("fr76 3000 6000 0112 3456 7890 189", "fr76 3000 6000 0112 3456 7890 189", Kind.IBAN),
    ("my card 4111 1111 1111 1111", "4111 1111 1111 1111", Kind.CARD),
    ("5500-0000-0000-0004", "5500-0000-0000-0004", Kind.CARD),
    ("378282246310005", "378282246310005", Kind.CARD),
    ("credit card 4111 1111 1111 1112", "4111 1111 1111 1112", Kind.CARD),
    ("exp 04/27", "04/27", Kind.CARD),
    ("CVV: 123", "123", Kind.CARD),
    ("account number 9928374651", "9928374651", Kind.ACCOUNT),
    ("sort code 20-00-00", "20-00-00", Kind.ACCOUNT),
    ("routing number is 021000021", "021000021", Kind.ACCOUNT),
    ("BIC DEUTDEFF500", "DEUTDEFF500", Kind.ACCOUNT),
    (
        "send to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        Kind.ACCOUNT,
    ),
    (
        "0x742d35Cc6634C0532925a3b844Bc454e4438f44e",
        "0x742d35Cc6634C0532925a3b844Bc454e4438f44e",
        Kind.ACCOUNT,
    ),
    ("I earn $84,000 a year", "$84,000", Kind.MONEY),
    ("12.50 euros", "12.50 euros", Kind.MONEY),
]
MISSES = [
    "4111 1111 1111 1112", "1234567812345678", "DE00 1234 5678", "an account of 3 events", "ISBN 978-3-16-148410-0", "20-00-00",
    "DEUTDEFF", "the card game", "0x1234", "exp(04/27)", "1111111111111111", "the bank of the river", "500 g flour",
    "user accounts: 12",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_financial_detail_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)


def test_an_account_ends_where_its_country_says() -> None:
    assert (Kind.IBAN, "DE89370400440532013000") in found(DETECTOR, "DE89370400440532013000 BY NOON")
