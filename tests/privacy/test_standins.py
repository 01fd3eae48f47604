"""Stand-ins look like what they stand for, belong to nobody, and go together."""

import re
import string
from collections.abc import Callable

import pytest

from app.privacy import numbers
from app.privacy.dates import moved
from app.privacy.detectors.checksum import luhn
from app.privacy.forms import spelled
from app.privacy.people import Names, Sex, without_title
from app.privacy.standins import KINDS, Inventor, Known, may_stand_in
from app.privacy.types import Kind

INVENTOR = Inventor()
NOTHING = Known({}, lambda _: False, 91)


def invented(kind: Kind, value: str, known: Known = NOTHING) -> str:
    return INVENTOR.invent(kind, value, known)


VALUES = {
    Kind.PERSON: "Dr. Anna-Maria van der Smith, jr.",
    Kind.ORG: "Brindlewick Dental Clinic",
    Kind.PLACE: "St. Skagwell",
    Kind.ADDRESS: "4711 Quillfeather Lane, Doverly, DE 19901",
    Kind.EMAIL: "anna.smith84@quillmail.test",
    Kind.PHONE: "+44 20 7123 0958",
    Kind.USERNAME: "zorblax_canary",
    Kind.BIRTHDATE: "14 March 1957",
    Kind.DATE: "2024-02-29",
    Kind.NATIONAL_ID: "536-22-8714",
    Kind.PASSPORT: "X4815162Q",
    Kind.RECORD: "MRN-84739201",
    Kind.IBAN: "DE89 3704 0044 0532 0130 00",
    Kind.ACCOUNT: "8473920165",
    Kind.CARD: "4532 0151 1283 0366",
    Kind.IP: "10.20.30.40",
    Kind.MAC: "3C:22:FB:9A:41:D7",
    Kind.HOST: "db7.quill-internal.local:5432",
    Kind.URL: "https://files.quill.test/share?token=9f8e7d6c5b4a3928",
}
LOOKS: dict[Kind, str] = {
    Kind.PERSON: r"Dr\. \w+-\w+ van der \w+, jr\.",
    Kind.ORG: r"\w+ Dental Clinic",
    Kind.PLACE: r"St\. \w+",
    Kind.ADDRESS: r"[1-9]\d{3} \w+ Lane, \w+, DE [1-9]\d{4}",
    Kind.EMAIL: r"\w+\.\w+\d\d@example\.(com|org|net)",
    Kind.PHONE: r"\+44 20 7946 0\d{3}",
    Kind.USERNAME: r"[a-z]+_[a-z]+",
    Kind.BIRTHDATE: r"13 June 1957",
    Kind.DATE: r"2024-05-30",
    Kind.NATIONAL_ID: r"9\d\d-0[1-9]-\d{4}",
    Kind.PASSPORT: r"[A-Z]\d{7}[A-Z]",
    Kind.RECORD: r"MRN-[1-9]\d{7}",
    Kind.IBAN: r"DE\d\d 0000 0000 0\d{3} \d{4} \d\d",
    Kind.ACCOUNT: r"[1-9]\d{9}",
    Kind.CARD: r"4\d{3} \d{4} \d{4} \d{4}",
    Kind.IP: r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}",
    Kind.MAC: r"00:00:5E:00:53:[0-9A-F]{2}",
    Kind.HOST: r"[a-z]+\d\.example\.(com|org|net):5432",
    Kind.URL: r"https://[a-z]+\.example\.(com|org|net)/share\?token=[0-9a-f]{16}",
}


def test_the_table_has_every_kind() -> None:
    assert VALUES.keys() == LOOKS.keys() == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_stand_in_has_the_form_and_nothing_of_the_original(kind: Kind) -> None:
    value = VALUES[kind]
    for _ in range(20):
        made = invented(kind, value)
        assert re.fullmatch(LOOKS[kind], made), made
        assert made != value
    if kind in {Kind.PERSON, Kind.EMAIL, Kind.USERNAME}:
        assert not {"anna", "maria", "smith", "zorblax", "canary"} & {
            word.casefold() for word in spelled(made)
        }


@pytest.mark.parametrize(
    ("value", "looks"),
    [
        ("(212) 664-7665", r"\([2-7]\d\d\) 555-01\d\d"),
        ("1-800-123-4567", r"1-\d{3}-555-01\d\d"),
        ("+1 415 867 5309 ext. 12", r"\+1 \d{3} 555 01\d\d ext\. \d\d"),
        ("867-5309", r"555-01\d\d"),
        ("07911 123456", r"07700 900\d{3}"),
        ("+44 (0)161 123 4567", r"\+44 \(0\)\d{3} \d{3} \d{4}"),
        ("06 12 34 56 78", r"06 39 98 \d\d \d\d"),
        ("+33 1 42 68 53 00", r"\+33 1 99 00 \d\d \d\d"),
        ("+49 30 90182000", r"\+49 30 23125\d{3}"),
        ("+61 412 345 678", r"\+61 491 570 \d{3}"),
        ("+48 601 234 567", r"\+48 000 \d{3} \d{3}"),
        ("0041 44 668 18 00", r"0041 00 0\d\d \d\d \d\d"),
    ],
)
def test_a_phone_number_is_one_that_is_kept_for_fiction(value: str, looks: str) -> None:
    made = invented(Kind.PHONE, value)
    assert re.fullmatch(looks, made), made


@pytest.mark.parametrize(
    "value", ["GB82 WEST 1234 5698 7654 32", "NL91ABNA0417164300", "FR14 2004 1010 0505 0001 3M02 606"]
)
def test_an_account_number_is_formally_right(value: str) -> None:
    made = "".join(invented(Kind.IBAN, value).split())
    assert made != "".join(value.split())
    assert int("".join(str(int(each, 36)) for each in made[4:] + made[:4])) % 97 == 1


@pytest.mark.parametrize(
    "value", ["4532015112830366", "5425-2334-3010-9903", "371449635398431", "6011 0009 9013 9424"]
)
def test_a_card_is_a_test_card_of_the_same_company(value: str) -> None:
    made = invented(Kind.CARD, value)
    assert made != value
    assert made[0] == value[0]
    assert luhn("".join(filter(str.isdigit, made)))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.PERSON, "Иван Петров"),
        (Kind.PERSON, "山田太郎"),
        (Kind.PERSON, "Mr. van der"),
        (Kind.ORG, "Dental Clinic"),
        (Kind.PLACE, "Αθήνα"),
        (Kind.PHONE, "12"),
        (Kind.CARD, "1234"),
        (Kind.IBAN, "12345"),
        (Kind.IP, "localhost"),
        (Kind.MAC, "3c:22"),
        (Kind.EMAIL, "anna at home"),
        (Kind.DATE, "May 1984"),
        (Kind.AGE, "42 years"),
        (Kind.URL, "https://quill.test/" + "x" * 200),
    ],
)
def test_what_cannot_be_invented_is_left_to_a_code(kind: Kind, value: str) -> None:
    assert invented(kind, value) == ""


def test_only_what_can_be_made_is_offered() -> None:
    assert may_stand_in(Kind.PERSON, "Zoé Çelik")
    assert not may_stand_in(Kind.PERSON, "Иван Петров")
    assert not may_stand_in(Kind.SECRET, "hunter2")


@pytest.mark.parametrize(
    ("value", "sex"),
    [
        ("Susan Miller", Sex.FEMALE),
        ("Mr. Sasha Miller", Sex.MALE),
        ("Frau Kim Meier", Sex.FEMALE),
        ("Robert", Sex.MALE),
    ],
)
def test_a_person_keeps_the_sex(value: str, sex: Sex) -> None:
    names = Names()
    assert names.sex(word.casefold() for word in spelled(value)) is sex
    for _ in range(10):
        made = [word.casefold() for word in spelled(invented(Kind.PERSON, value))]
        assert names.sex(made) in {sex, Sex.ANY}, made


def test_a_person_keeps_the_country() -> None:
    names = Names()
    assert names.country(["łukasz"]) == "pl_PL"
    assert names.country(["anna", "smith"]) == "en_US"
    assert names.country(["qqq"]) == "en_US"


@pytest.mark.parametrize(
    ("kind", "value", "made"),
    [
        (Kind.PERSON, "anna smith", "mary jones"),
        (Kind.PERSON, "SMITH, Anna", "JONES, Mary"),
        (Kind.PERSON, "A. Smith", "M. Jones"),
        (Kind.PERSON, "Ms. Smith", "Ms. Jones"),
        (Kind.EMAIL, "Anna.Smith@quill.test", "Mary.Jones@example"),
        (Kind.EMAIL, "info@quill.test", "info@example"),
        (Kind.USERNAME, "@asmith", "@mjones"),
        (Kind.ORG, "Smith & Sons", "Jones & Sons"),
        (Kind.ADDRESS, "Smithstraße 5", ""),
    ],
)
def test_what_stands_for_a_word_already_stays(kind: Kind, value: str, made: str) -> None:
    known = Known({"anna": "Mary", "smith": "Jones", "asmith": "mjones"}, lambda _: False, 91)
    assert invented(kind, value, known).startswith(made)


def test_taken_words_are_left_alone_until_none_is_left() -> None:
    taken: Callable[[str], bool] = lambda word: not word.startswith("k")  # noqa: E731
    assert invented(Kind.PERSON, "Susan", Known({}, taken, 0)).startswith("K")
    everything = Known({}, lambda _: True, 0)
    for kind in (Kind.PERSON, Kind.ORG, Kind.PLACE, Kind.HOST, Kind.URL, Kind.EMAIL, Kind.USERNAME):
        assert invented(kind, VALUES[kind], everything) == ""
    assert invented(Kind.ORG, "IBX GmbH", everything) == ""
    assert re.fullmatch(r"[A-Z]{3} GmbH", invented(Kind.ORG, "IBX GmbH"))


def test_a_street_of_one_word_stays_a_street() -> None:
    assert re.fullmatch(
        r"\w+straße \d\d[a-z], \d{5} \w+", invented(Kind.ADDRESS, "Quillstraße 12b, 10115 Berlin")
    )


def test_dates_of_a_conversation_move_together() -> None:
    known = Known({}, lambda _: False, -49)
    assert invented(Kind.DATE, "3 May 1984", known) == moved("3 May 1984", -49)


def test_a_number_is_shaken_letter_by_letter() -> None:
    made = numbers.shape("ab-12-XYZABC-0c")
    assert re.fullmatch(r"[a-z]{2}-[1-9]\d-[A-Z]{6}-\d[a-z]", made)
    assert set(numbers.shape("0123abcdef")) <= set(string.hexdigits)
    assert re.fullmatch(r"2001:db8::[0-9a-f]+:[0-9a-f]+:[0-9a-f]+", numbers.ip("fe80::1:2"))
    assert re.fullmatch(r"(192|198|203)\.[\d.]+:8080", numbers.ip("10.1.2.3:8080"))


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (Kind.PERSON, "Sha'Carri Okonkwo", "Sha"),
        (Kind.PERSON, "Anna’s Holbrook", "Anna"),
        (Kind.RECORD, "ANNA-04217", "ANNA"),
        (Kind.RECORD, "417-BERG-20", "BERG"),
        (Kind.RECORD, "AB-４５６７８", "４５６７８"),
        (Kind.NATIONAL_ID, "٨٥٠١٠١-1234", "٨٥٠١٠١"),
        (Kind.PASSPORT, "C０1X００T47", "０"),
        (Kind.URL, "https://quill.test/лебедев/index", "лебедев"),
        (Kind.URL, "https://quill.test/öhlmann?u=ü", "ö"),
        (Kind.IP, "10.1.2.3-10.1.2.9", "10.1.2"),
    ],
)
def test_no_piece_of_the_original_is_left_in_a_stand_in(kind: Kind, value: str, told: str) -> None:
    for _ in range(10):
        made = invented(kind, value)
        assert made
        assert told not in made


@pytest.mark.parametrize(
    ("kind", "value"), [(Kind.PHONE, "1-800-BERG-5551 22"), (Kind.USERNAME, "@post_admin99")]
)
def test_what_would_stay_as_it_is_but_for_figures_gets_a_code(kind: Kind, value: str) -> None:
    assert invented(kind, value) == ""


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Ms. Ehsan", "Ehsan"),
        ("Prof. Dr. Meier", "Meier"),
        ("Mr", "Mr"),
        ("Msgr Ehsan", "Msgr Ehsan"),
        ("Drew", "Drew"),
    ],
)
def test_a_title_is_no_part_of_a_name(name: str, rest: str) -> None:
    assert without_title(name) == rest
