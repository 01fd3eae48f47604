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
    ("NL19 BUNQ 2059\n4418 37", "NL19 BUNQ 2059\n4418 37", Kind.IBAN),
    ("PL27 1090 2402 5610\n> 0088 3722 0441", "0088 3722 0441", Kind.IBAN),
    ("FR14-2004-1010-0505-0001-3M02-606", "FR14-2004-1010-0505-0001-3M02-606", Kind.IBAN),
    ("4788 7015\n1507 7926", "4788 7015\n1507 7926", Kind.CARD),
    ("4788\n7015\n1507\n7926", "7926", Kind.CARD),
    ("4788.7015.1507.7926", "4788.7015.1507.7926", Kind.CARD),
    ("5412  78 61 442 877  32", "5412  78 61 442 877  32", Kind.CARD),
    ("5412 / 7861 / 4428 / 7732", "5412 / 7861 / 4428 / 7732", Kind.CARD),
    ("3759 304240\n25604", "3759 304240\n25604", Kind.CARD),
    ("CVV:\n417", "417", Kind.CARD),
    ("gültig bis 09/28", "09/28", Kind.CARD),
    ("Karte 4788 7015 1507 7921", "4788 7015 1507 7921", Kind.CARD),
    ("20-41-77 81920344", "20-41-77 81920344", Kind.ACCOUNT),
    ("81920344, 20-41-77", "20-41-77", Kind.ACCOUNT),
    ("sort code 20 41 77 and account 81920344", "20 41 77", Kind.ACCOUNT),
    ("Kontonummer:\n4471902", "4471902", Kind.ACCOUNT),
    ("numéro de compte : 00718820411", "00718820411", Kind.ACCOUNT),
    ("número de cuenta 2085 4417 90", "2085 4417 90", Kind.ACCOUNT),
    ("numero conto: 00118833920", "00118833920", Kind.ACCOUNT),
    ("**Account no.:** 7719 2044", "7719 2044", Kind.ACCOUNT),
]
MISSES = [
    "4111 1111 1111 1112", "1234567812345678", "DE00 1234 5678", "an account of 3 events", "ISBN 978-3-16-148410-0", "20-00-00",
    "DEUTDEFF", "the card game", "0x1234", "exp(04/27)", "1111111111111111", "the bank of the river", "500 g flour",
    "user accounts: 12", "4788\n7015\n1507\n7921", "12\n15\n47\n88\n70\n15\n15\n07\n79\n26", "2019 2020 2021 2022",
    "10-12-24 is the day", "conta com 3 casas", "PL00 1090 2402", "+49 30 94411771", "+49 30 19803649",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_financial_detail_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)


def test_an_account_ends_where_its_country_says() -> None:
    assert (Kind.IBAN, "DE89370400440532013000") in found(DETECTOR, "DE89370400440532013000 BY NOON")
