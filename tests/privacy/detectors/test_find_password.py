import pytest
from tables import LISTS, found, hides

from app.privacy.detectors import password
from app.privacy.detectors.seed import SeedDetector
from app.privacy.types import Kind

DETECTOR = password.detector()
SEEDS = SeedDetector(lambda: LISTS.seed)
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----"
HITS = [
    ("my password is Tr0ub4dor&3", "Tr0ub4dor&3", Kind.PASSWORD),
    ("password: hunter2", "hunter2", Kind.PASSWORD),
    ("pwd=s3cret!", "s3cret!", Kind.PASSWORD),
    ("the wifi password is sunflower", "sunflower", Kind.PASSWORD),
    ("Passwort: Geheim123", "Geheim123", Kind.PASSWORD),
    ("mot de passe : soleil42", "soleil42", Kind.PASSWORD),
    ("contraseña: gato99", "gato99", Kind.PASSWORD),
    ("DB_PASSWORD='abc 123'", "abc 123", Kind.PASSWORD),
    ("password for the router is 'blue whale'", "blue whale", Kind.PASSWORD),
    ("my pin is 4821", "4821", Kind.PASSWORD),
    ("alarm code: 12-34-56", "12-34-56", Kind.PASSWORD),
    ("--password=x9!kk2", "x9!kk2", Kind.PASSWORD),
    ("mysql -u root -px9!kk2", "x9!kk2", Kind.PASSWORD),
    ("`-p x9!kk2`", "x9!kk2", Kind.PASSWORD),
    ("Password:\nhunter2", "hunter2", Kind.PASSWORD),
    ("Password\nhunter2x", "hunter2x", Kind.PASSWORD),
    ("**Password:** larch-Quill9", "larch-Quill9", Kind.PASSWORD),
    ("| Password | larch-Quill9 |", "larch-Quill9", Kind.PASSWORD),
    ("Password -> larch;Quill,9", "larch;Quill,9", Kind.PASSWORD),
    ("Kennwort lautet\nMoosgrün7", "Moosgrün7", Kind.PASSWORD),
    ("le mot de passe est citron88", "citron88", Kind.PASSWORD),
    ("la contraseña de la red es olivo-55", "olivo-55", Kind.PASSWORD),
    ("la password per il router è gelso71", "gelso71", Kind.PASSWORD),
    ("wachtwoord: tulpenbol3", "tulpenbol3", Kind.PASSWORD),
    ("hasło: brzoza19", "brzoza19", Kind.PASSWORD),
    ("minha senha é caju2020", "caju2020", Kind.PASSWORD),
    ("lösenord: björk44", "björk44", Kind.PASSWORD),
    ("пароль: берёза7", "берёза7", Kind.PASSWORD),
    ("PIN:\n4471", "4471", Kind.PASSWORD),
    ("le code de la porte est 7741", "7741", Kind.PASSWORD),
    ("Der Türcode lautet 5520", "5520", Kind.PASSWORD),
    ("verification code: 882 013", "882 013", Kind.PASSWORD),
    (PEM, PEM, Kind.PRIVATE_KEY),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk", "b3BlbnNzaC1rZXk", Kind.PRIVATE_KEY),
    ("private key: " + "ab12" * 16, "ab12" * 16, Kind.PRIVATE_KEY),
]
MISSES = [
    "reset my password", "the password is wrong", "a password manager", "password = getpass()", "password: string",
    "password must be long", "how to hash a password", "pin the version", "-----BEGIN PUBLIC KEY-----", "passwords are stored hashed",
    "password is required", "the code is 42 lines", "I pass the exam", "password policy",
    "passwords are important", "a password is essential", "la clave es la práctica", "Passwörter sind wichtig", "my password is very weak",
    "the key is to practise", "a mot of wisdom", "das Passwort ist nicht lang", "Password:", "password hashing in Go",
    "read this ?https://x.example/1234-palmtrees-and-shade?utm_source=letter&utm_medium=mail", "a top-paid!job", "--pretty=x!y",
]  # fmt: skip
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
NO_PHRASES = [
    "legal winner thank year wave", "You can use this all day and have one more just like this one only very good",
    "the quick brown fox jumps over the lazy dog again and again", "abandon ship", "apple, banana, orange", "one two three four five six",
    "I will have the orange juice and you can have this one", "city travel winter garden", "", "ABANDON",
    "apple, arrow, baby, bag, ball, banana, bench, bird, boat, book, bread, bus",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_password_or_private_key_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_talk_about_passwords_is_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)


@pytest.mark.parametrize(
    "text",
    [
        PHRASE, PHRASE.upper(), PHRASE.replace(" ", "\n"), PHRASE.replace(" ", ", "), f"{PHRASE} {PHRASE}",
        "".join(f"{number}. {word} " for number, word in enumerate(PHRASE.split(), 1)),
        "my seed phrase: legal winner thank year wave sausage", "recovery words: abandon ability able about above absent",
        f"wallet: {PHRASE}.", f"({PHRASE})", "abandon " * 11 + "about", "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    ],
)  # fmt: skip
def test_a_seed_phrase_is_found(text: str) -> None:
    assert [kind for kind, _ in found(SEEDS, text)] == [Kind.SEED]


@pytest.mark.parametrize("text", NO_PHRASES)
def test_a_sentence_is_no_seed_phrase(text: str) -> None:
    assert not found(SEEDS, text)
