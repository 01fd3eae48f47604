import pytest
from tables import LISTS, found, hides

from app.privacy.detectors.gazetteer import Gazetteer
from app.privacy.detectors.namecue import NameCues
from app.privacy.detectors.organization import OrganizationDetector
from app.privacy.detectors.own import OwnWords
from app.privacy.detectors.unknownword import UnknownNames
from app.privacy.types import Kind

LIST = Gazetteer(LISTS)
CUES = NameCues(LISTS)
ORGANIZATIONS = OrganizationDetector(LISTS)
LISTED = [
    ("lunch with Maria Gonzalez today", "Maria Gonzalez"),
    ("tell tom becker", "tom becker"),
    ("ANNA NOWAK", "ANNA NOWAK"),
    ("Nowak, Anna; 12", "Nowak, Anna"),
    ("Ludwig van Dijk", "Ludwig van Dijk"),
    ("John F. Miller", "John F. Miller"),
    ("priya.sharma", "priya.sharma"),
    ("/kate-ivanova/cv.pdf", "kate-ivanova"),
    ("Jean-Pierre Dupont", "Jean-Pierre Dupont"),
    ("id,name\n1,Piotr Zielinski", "Piotr Zielinski"),
    ("Дмитрий Иванов", "Дмитрий Иванов"),
    ("ask Judith", "Judith"),
    ("Will Thompson", "Will Thompson"),
    ("assignee = 'Fatima Hassan'", "Fatima Hassan"),
]
UNLISTED = [
    "will you may go", "Rose Garden", "Visual Studio", "Machine Learning", "read the may report", "Summer Sale", "let x = y",
    "SELECT name FROM users", "the quick brown fox", "New York", "def add(a, b)", "Christian art", "bill of rights", "made in april",
]  # fmt: skip
ANNOUNCED = [
    ("hi my name is priya raghunathan and", "priya raghunathan"),
    ("my boss is tom becker", "tom becker"),
    ("Dear Mr Kowalski,", "Kowalski"),
    ("DEAR MR KOWALSKI, YOUR", "KOWALSKI"),
    ("write to Ms. Ehsan", "Ms. Ehsan"),
    ("Ich heiße Jürgen Müller", "Jürgen Müller"),
    ("je m'appelle Zoé Lefèvre", "Zoé Lefèvre"),
    ("me llamo Íñigo Montoya", "Íñigo Montoya"),
    ("меня зовут Ольга", "Ольга"),
    ("我叫王小明，", "王小明"),
    ("田中さん", "田中"),
    ("Best regards,\nKwabena", "Kwabena"),
    ("email sarah o'neill about it", "sarah o'neill"),
    ('"name": "Oluwaseun Adebayo"', "Oluwaseun Adebayo"),
    ("my sister Ines is here", "Ines"),
    ("write an email to Ms.tamsin about it", "tamsin"),
    ("draft a mail to Grace today", "Grace"),
    ("I met P.Oduya at noon", "P.Oduya"),
    ("ask gRETA oLSSON first", "gRETA oLSSON"),
]
UNANNOUNCED = [
    "Dear Sir or Madam", "Dear hiring manager", "my name is not important", "my boss is angry", "call me later", "I am happy",
    "Hello world", "this is great", "name: string", "email the team", "my doctor said", "thanks a lot", "ask about it",
    "the U.S.Army", "class A.B", "an iOS app", "write a mail to the team", "ms. and mr. are titles", "S.Korea",
]  # fmt: skip
FORMED = [
    ("at Shumti and Co Ltd", "Shumti and Co Ltd"),
    ("Zentrix Technologies", "Zentrix Technologies"),
    ("Müller GmbH", "Müller GmbH"),
    ("Royal Kraków Hospital", "Royal Kraków Hospital"),
    ("University of Hagen", "University of Hagen"),
    ("Lycée de Brest", "Lycée de Brest"),
    ("I work for Hudl", "Hudl"),
    ("a business named Foundever", "Foundever"),
    ("interview at Athenahealth", "Athenahealth"),
    ("Xandria Foundation", "Xandria Foundation"),
    ("Pidilite Company", "Pidilite Company"),
    ("i work at snowgum systems now", "snowgum systems"),
    ("my brother is with kettlefield labs", "kettlefield labs"),
    ("our brand is called oatwick", "oatwick"),
    ("about Project Nightjar", "Nightjar"),
]
UNFORMED = [
    "the company", "a university", "The School", "a bank account", "group by name", "the Union", "my school", "Data Services",
    "work at home", "open a store", "in the hospital", "the agency",
    "with operating systems", "at the bank", "for our solutions", "the company is small", "Project Manager",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), LISTED)
def test_a_listed_name_is_found(text: str, value: str) -> None:
    assert hides(LIST, text, value, Kind.PERSON)


@pytest.mark.parametrize("text", UNLISTED)
def test_words_that_are_also_names_are_left_alone(text: str) -> None:
    assert not found(LIST, text)


@pytest.mark.parametrize(("text", "value"), ANNOUNCED)
def test_an_announced_name_is_found(text: str, value: str) -> None:
    assert hides(CUES, text, value, Kind.PERSON)


@pytest.mark.parametrize("text", UNANNOUNCED)
def test_a_phrase_without_a_name_is_left_alone(text: str) -> None:
    assert not found(CUES, text)


@pytest.mark.parametrize(("text", "value"), FORMED)
def test_an_organization_is_found_by_its_form(text: str, value: str) -> None:
    assert hides(ORGANIZATIONS, text, value, Kind.ORG)


@pytest.mark.parametrize("text", UNFORMED)
def test_a_plain_word_is_no_organization(text: str) -> None:
    assert not found(ORGANIZATIONS, text)


def test_a_name_that_the_memory_knows_is_found_in_any_writing() -> None:
    detector = Gazetteer(LISTS, lambda: {"Zibby"})
    assert hides(detector, "did zibby call?", "zibby", Kind.PERSON)


def test_a_person_of_history_is_public() -> None:
    assert all(finding.public for finding in LIST.find("What did Albert Einstein discover?"))


def test_an_unknown_name_is_only_a_hint() -> None:
    findings = list(UnknownNames(LISTS).find("the new Foundever office"))
    assert findings
    assert all(finding.public for finding in findings)
    assert not found(UnknownNames(LISTS), "The weather was lovely. Running is fun on holidays.")


LIKELY, WEAK, DOUBTFUL = 0.4, 0.3, 0.2
GUESSES = [
    ("the new Foundever office", "Foundever", LIKELY),
    ("we visited Quillmoor Gardens", "Quillmoor Gardens", LIKELY),
    ("Quillmoor is late again", "Quillmoor", WEAK),
    ("we use the BRANDOPOL portal", "BRANDOPOL", LIKELY),
    ("Where is Brandopol's office?", "Brandopol", LIKELY),
    ("the Brandopols’ house", "Brandopols", LIKELY),
    ("they moved to eQuillpath last year", "eQuillpath", LIKELY),
    ("the Zorvex12 office", "Zorvex12", LIKELY),
    ("she works at Compass now", "Compass", WEAK),
    ("we read Kestrel's report", "Kestrel", WEAK),
    ("the entire Beacon crew came", "Beacon", WEAK),
    ("paid by Crooked Lane yesterday", "Crooked Lane", WEAK),
    ("a chat with the Support Manager there", "Support Manager", DOUBTFUL),
    ("the word Excellent in it", "Excellent", DOUBTFUL),
    ("a QZX form", "QZX", DOUBTFUL),
]


@pytest.mark.parametrize(("text", "value", "score"), GUESSES)
def test_what_is_written_like_a_name_may_be_one(text: str, value: str, score: float) -> None:
    findings = [each for each in UnknownNames(LISTS).find(text) if text[each.start : each.end] == value]
    assert max((each.score for each in findings), default=0) == score
    assert all(each.public for each in findings)


@pytest.mark.parametrize(
    "text",
    [
        "the Blockchain protocol",
        "Definitley a good day",
        "he said That it works",
        "on Monday in May",
        "x = FooBar(3)",
        "the Cybersecurity law",
        "HELLO EVERYBODY COME HERE",
        "read /opt/Zorvex/bin",
        "use Python and Docker",
        "a.Qorvex.b",
    ],
)
def test_words_of_today_and_slips_are_no_names(text: str) -> None:
    assert not [each for each in UnknownNames(LISTS).find(text) if each.score >= LIKELY]


OWN = ["Project Bluebird", "zyx-9", "C++Club", "ß"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about Project Bluebird.", "Project Bluebird"),
        ("PROJECT BLUEBIRD", "PROJECT BLUEBIRD"),
        ("project  bluebird", "project  bluebird"),
        ("(zyx-9)", "zyx-9"),
        ("ZYX-9!", "ZYX-9"),
        ("project\nbluebird", "project\nbluebird"),
        ("the C++Club", "C++Club"),
        ("a ß b", "ß"),
        ("bluebird: project bluebird", "project bluebird"),
        ("'zyx-9'", "zyx-9"),
    ],
)
def test_a_private_word_is_found(text: str, value: str) -> None:
    assert hides(OwnWords(lambda: OWN), text, value, Kind.OWN)


@pytest.mark.parametrize(
    "text",
    [
        "Projects",
        "bluebird",
        "zyx-99",
        "xzyx-9",
        "C++",
        "Project Bluebirds",
        "zyx 9",
        "",
        "the project",
        "MyProject Bluebird",
    ],
)
def test_a_part_of_a_private_word_is_left_alone(text: str) -> None:
    assert not found(OwnWords(lambda: OWN), text)


def test_a_private_word_counts_as_soon_as_it_is_declared() -> None:
    declared: list[str] = []
    detector = OwnWords(lambda: declared)
    assert not found(detector, "kingfisher")
    declared.append("Kingfisher")
    assert hides(detector, "kingfisher", "kingfisher")
