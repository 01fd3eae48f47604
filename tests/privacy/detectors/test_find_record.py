import pytest
from tables import found, hides

from app.privacy.detectors import record
from app.privacy.types import Kind

DETECTOR = record.detector()
HITS = [
    ("passport number X1234567", "X1234567", Kind.PASSPORT),
    ("Reisepass C01X00T47", "C01X00T47", Kind.PASSPORT),
    ("my passport is 123456789", "123456789", Kind.PASSPORT),
    ("MRN 00482913", "00482913", Kind.RECORD),
    ("case no. 2023-CV-01234", "2023-CV-01234", Kind.RECORD),
    ("application (no. 36244/06) against", "36244/06", Kind.RECORD),
    ("(ref. KPO-402117-II/02/MK)", "KPO-402117-II/02/MK", Kind.RECORD),
    ("decision no. HR-2011-02077-U", "HR-2011-02077-U", Kind.RECORD),
    ("decision no. U-IV-4402/2011 was", "U-IV-4402/2011", Kind.RECORD),
    ("judgment no. Rev 2287/09-3 was", "Rev 2287/09-3", Kind.RECORD),
    ("upheld it (Gž-3313/07-2), and", "Gž-3313/07-2", Kind.RECORD),
    ("certificate no. 113/c was", "113/c", Kind.RECORD),
    ("case file no. 1997/113 E. was", "1997/113 E.", Kind.RECORD),
    ("policy number: ABC-998877", "ABC-998877", Kind.RECORD),
    ("driver's license D1234567", "D1234567", Kind.RECORD),
    ("driver's license number is K48201973355107", "K48201973355107", Kind.RECORD),
    ("licence plate AB12 CDE", "AB12 CDE", Kind.RECORD),
    ("order #114-9988776", "114-9988776", Kind.RECORD),
    ("employee ID E45678", "E45678", Kind.RECORD),
    ("VIN 1HGCM82633A004352", "1HGCM82633A004352", Kind.RECORD),
    ("1M8GDM9AXKP042788", "1M8GDM9AXKP042788", Kind.RECORD),
    ("patient id 8812345", "8812345", Kind.RECORD),
    ("Patient-ID:\n44-190233", "44-190233", Kind.RECORD),
    ("**Invoice no.:** R-2291-884", "R-2291-884", Kind.RECORD),
    ("| Customer number | 7740129 |", "7740129", Kind.RECORD),
    ("Kundennummer: 5519 is wrong, 551902 is right", "5519", Kind.RECORD),
    ("Aktenzeichen 33 C 1187/21", "33 C 1187/21", Kind.RECORD),
    ("see docket 3:19-cv-04471-ABC", "3:19-cv-04471-ABC", Kind.RECORD),
    ("judgment in C-731/19 P", "C-731/19 P", Kind.RECORD),
    ("nos. 20811/12 and 30457/13", "30457/13", Kind.RECORD),
    ("requête n° 41720/15", "41720/15", Kind.RECORD),
    ("sygnatura akt II Ca 982/20", "II Ca 982/20", Kind.RECORD),
    ("processo 0004821-37.2019.8.26.0100", "0004821-37.2019.8.26.0100", Kind.RECORD),
    ("póliza nº 88-201934", "88-201934", Kind.RECORD),
    ("numero di pratica: 2021/55830", "2021/55830", Kind.RECORD),
    ("factuurnummer 20238841", "20238841", Kind.RECORD),
    ("commande n° 40-77120", "40-77120", Kind.RECORD),
    ("fatura 7719033", "7719033", Kind.RECORD),
    ("numer sprawy: 771-2093", "771-2093", Kind.RECORD),
    ("student no. 40112873", "40112873", Kind.RECORD),
    ("Reisepassnummer:\nC4F8K21NX", "C4F8K21NX", Kind.PASSPORT),
    ("passaporto YB1837264", "YB1837264", Kind.PASSPORT),
    ("P<UTOQUILL<<MIRA<ANNE<<<<<<<<<<<<<<<<<<<<<<<", "P<UTOQUILL<<MIRA<ANNE", Kind.PASSPORT),
]
MISSES = [
    "in case of rain", "the case 12", "order 66", "policy of 2019", "file main.py", "my passport expired", "a reference to it",
    "page 12345", "case 3: break", "ticket prices", "the year 36244", "user 12", "1HGCM82633A004353", "member since 2019",
    "order of 12 May 2021", "appointment on 2024-05-06", "file of 300 lines", "the patient is 45", "1/2 case", "C-4/5 cups",
    "police 2019", "in chapter 12/14", "invoice of 2,000 dollars", "ratio 16/9", "score 21/19",
    "Law no. 359-1992", "Federal Law no. 119-FZ", "Decree no. 166/c-200", "nos. 27-33 of the list", "version no. 3.11.4",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_record_number_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_a_word_without_its_number_is_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)
