import pytest
from tables import found, hides

from app.privacy.detectors import national
from app.privacy.types import Kind

DETECTOR = national.detector()
HITS = [
    ("My SSN is 536-90-4399.", "536-90-4399"),
    ("social security 536904399", "536904399"),
    ("AB 12 34 56 C", "AB 12 34 56 C"),
    ("NHS number 943 476 5919", "943 476 5919"),
    ("Steuer-ID 86095742719", "86095742719"),
    ("2 55 08 14 168 025 38", "2 55 08 14 168 025 38"),
    ("DNI 12345678Z", "12345678Z"),
    ("X1234567L", "X1234567L"),
    ("RSSMRA85T10A562S", "RSSMRA85T10A562S"),
    ("BSN 111222333", "111222333"),
    ("PESEL 44051401359", "44051401359"),
    ("aadhaar 2341 2341 2346", "2341 2341 2346"),
    ("PAN ABCPE1234F", "ABCPE1234F"),
    ("CPF 529.982.247-25", "529.982.247-25"),
    ("cpf 52998224725", "52998224725"),
    ("11010519491231002X", "11010519491231002X"),
    ("身份证号11010519491231002X", "11010519491231002X"),
    ("SIN 046 454 286", "046 454 286"),
    ("my national insurance number is QQ123456", "QQ123456"),
    ("SSN: 536-90-\n4399", "536-90-\n4399"),
    ("social security no. 536 90\n4399", "536 90\n4399"),
    ("ssn 536 . 90 . 4399", "536 . 90 . 4399"),
    ("NI number AB 12 34\n56 C", "AB 12 34\n56 C"),
    ("NHS: 414 566\n1141", "414 566\n1141"),
    ("Steueridentifikationsnummer\n95 400\n856 183", "95 400\n856 183"),
    ("numéro de sécurité sociale : 1 86 08 69 084\n193 18", "1 86 08 69 084\n193 18"),
    ("47.424.782-R", "47.424.782-R"),
    ("il mio codice fiscale è BNC LRA 55D62 F205S", "BNC LRA 55D62 F205S"),
    ("BNCLRA82D63F2L5I", "BNCLRA82D63F2L5I"),
    ("BSN 5117.08.397", "5117.08.397"),
    ("mijn bsn:\n511 708\n397", "511 708\n397"),
    ("PESEL 560525\n16684", "560525\n16684"),
    ("NIP 030-369-71-64", "030-369-71-64"),
    ("Aadhaar number: 9897\n4852\n6710", "9897\n4852\n6710"),
    ("CPF 342 938 624-12", "342 938 624-12"),
    ("CNPJ 84.631.003/0001-13", "84.631.003/0001-13"),
    ("身份证 310101 19891113 7851", "310101 19891113 7851"),
    ("EIN 12-3456789", "12-3456789"),
    ("UTR: 1234567890", "1234567890"),
]
MISSES = [
    "000-12-3456", "666-12-3456", "536-00-4399", "943 476 5919", "12345678A", "RSSMRA85T10A562X", "123456789", "44051401359",
    "version 1.2.3", "11010519491231002Y", "ABCPE1234F", "call 555-12-34", "2341 2341 2345", "2024-12-3456",
    "2019\n2020\n2021", "the id of 3 users", "tax year 2019\n20 000 forms", "id: 123 456 789", "84.631.003/0001-14",
    "BNC LRA 55D62 F205T", "47.424.782-S", "1 86 08 69 084 193 19", "in 1 234 567 890 lines", "95 400 856 184",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_a_national_number_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.NATIONAL_ID)


@pytest.mark.parametrize("text", MISSES)
def test_a_wrong_or_unnamed_number_is_not_taken_for_one(text: str) -> None:
    assert not found(DETECTOR, text)
