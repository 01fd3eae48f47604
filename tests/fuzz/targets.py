"""What must hold for every text whatever; the fuzzer and Hypothesis call these with random bytes."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from app.privacy.errors import PrivacyError
from app.privacy.filter import PrivacyFilter
from app.privacy.ledger import Ledger
from app.privacy.normalize import normalize
from app.privacy.placeholders import mentions
from app.privacy.policy import Level
from app.privacy.prompt import SanitizedText
from app.privacy.registry import Registry, standard
from app.privacy.types import HIDING, Action, Decided, Kind
from app.privacy.vault import MemoryVaultStore, Vault
from tests.privacy.border import KEY
from tests.privacy.test_ledger import ListStore

SNIPPETS = (
    " ", " ", ". ", ", ", "\n", "\n\n", "(", ")", "[", "]", "{", "<", ">", "&", "\\", "/", "*", "_", "`", "~", "-", ":",
    "'", '"', "@", "#", "%", "|", "\t", "\0", "\u200b", "\u00ad", "\u0301", "\ufeff", "\u202e", "\ud800", "\udfff", "😀", "ß", "İ",
    "ﬁ", "Ａ", "а", "ο", "你好", "さん", "7", "12", "2024", "my name is ", "My ", "Dear ", "Mr. ", "I am ", "password: ",
    "born on ", "call ", "lives at ", "from ", "account ", "Anna", "anna", "ANNA", "Anna Baker", "Baker", "Dr. Tomasz Nowak",
    "Nowak", "O'Connor", "Jean-Luc Moreau", "Mark", "May", "Will", "anna.baker@posteo.example", "+44 20 7946 0958",
    "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "hunter2!Q", "14 Mill Road, Whitby YO21 3AB", "3 May 1984",
    "203.0.113.7", "https://brook.example/reset/8f14e45fceea167a?user=anna", "/home/abaker/notes.txt",
    "sk-proj-Ab3Cd5Ef7Gh9Jk2Lm4Np6Qr8", "078-05-1120", "PERSON-7QK2", "7QK2", "[EMAIL-9ZX4]", "&#64;", "\\u0041", "&commat;",
    "four one five five five five nine", "a n n a", "Brightwater Tools Ltd", "Whitby", "£12,500", "[removed]", "=", "==", "://",
)  # fmt: skip
_LINK = re.compile(r"\]:|://|www\.|\]\(|<|mailto:", re.IGNORECASE)
LEVELS = (Level.GUARDED, Level.STRICT, Level.OPEN)


def text_of(data: bytes) -> str:
    """Make a text of bytes: most stand for a snippet, the others begin a character of three bytes."""
    pieces, at = list[str](), 0
    while at < len(data):
        if data[at] < 2 * len(SNIPPETS) and data[at] < 232:
            pieces.append(SNIPPETS[data[at] % len(SNIPPETS)])
            at += 1
        else:
            number = int.from_bytes(data[at + 1 : at + 4], "big") % 0x110000
            pieces.append(chr(number))
            at += 4
    return "".join(pieces)


@cache
def finder() -> Registry:
    return Registry(standard())


def new_filter() -> PrivacyFilter:
    return PrivacyFilter(finder(), Vault("fuzz", MemoryVaultStore(), KEY))


def sanitizing(data: bytes) -> None:
    """A text is hidden as it was decided, can be sealed, and comes back."""
    level, text = LEVELS[data[0] % len(LEVELS)] if data else Level.GUARDED, text_of(data[1:])
    privacy = new_filter()
    made = privacy.sanitize(text, level)
    cleaned = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert made.text == rebuilt(cleaned, made.decided, lambda each, value: each.replacement)
    for value in readable(cleaned, made):
        raise AssertionError(f"still readable: {value!r} in {made.text!r}")
    prompt = privacy.seal("a-model", [("user", made)])
    privacy.mark_sent(prompt.codes)
    expected = rebuilt(
        cleaned,
        made.decided,
        lambda each, value: value if each.action is Action.PLACEHOLDER else each.replacement,
    )
    if not _LINK.search(made.text):  # a link that held an original becomes plain text
        assert (
            privacy.restore(made.text).casefold() == expected.casefold()
        )  # one value, one code, in any case
    again = privacy.again(made.text)
    assert again.text == made.text
    assert not again.decided


def rebuilt(text: str, decided: tuple[Decided, ...], said: Callable[[Decided, str], str]) -> str:
    pieces, at = list[str](), 0
    for each in decided:
        start, end = each.finding.start, each.finding.end
        assert at <= start < end <= len(text)
        pieces += [text[at:start], said(each, text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def readable(text: str, made: SanitizedText) -> Iterator[str]:
    """Yield originals of several letters that still stand in what leaves, as whole words, outside what is kept."""
    kept = [each for each in made.decided if each.action not in HIDING]
    left = rebuilt(
        text, made.decided, lambda each, value: "\n\n" if each.action in HIDING or each in kept else value
    )
    for each in made.decided:
        value = text[each.finding.start : each.finding.end]
        if each.action not in HIDING or each.finding.kind is Kind.LITERAL or sum(map(str.isalnum, value)) < 4:
            continue
        if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", left):
            yield value


def normalizing(data: bytes) -> None:
    """Every span of the readable form points at a part of the original that is not empty."""
    text = text_of(data)
    plain = normalize(text)
    before = 0
    for at in range(len(plain.text)):
        start, end = plain.original(at, at + 1)
        assert before <= start < end <= len(text)
        before = start
    if text.isascii() and text.isalpha():
        assert normalize(text).text == unicodedata.normalize("NFKC", text)


def streaming(data: bytes) -> None:
    """However an answer is cut, the same comes out as from the whole."""
    if len(data) < 4:
        return
    privacy = new_filter()
    made = privacy.sanitize("Anna Baker and Tomasz Nowak, anna.baker@posteo.example, hunter2", Level.GUARDED)
    privacy.mark_sent(made.codes)
    codes = [mention.code for mention in mentions(made.text)] or ["7QK2"]
    sizes, text = [1 + each % 9 for each in data[:3]], text_of(data[3:])
    answer = text.replace("7QK2", codes[data[0] % len(codes)]).replace(
        "9ZX4", codes[data[1] % len(codes)].lower()
    )
    whole, restorer = privacy.restore(answer), privacy.restorer()
    cleaned, at, out = re.sub("[\ud800-\udfff]", "\ufffd", answer), 0, list[str]()
    while at < len(cleaned):
        size = sizes[at % 3]
        out += [piece for piece, _ in restorer.feed(cleaned[at : at + size])]
        at += size
    out += [piece for piece, _ in restorer.flush()]
    assert "".join(out) == whole


def ledger(data: bytes) -> None:
    """What left is found again by any of its words, and nothing is found that did not leave."""
    text = text_of(data).encode("utf-8", "replace").decode()
    book = Ledger(ListStore(), KEY, lambda: 30)
    body = json.dumps({"messages": [{"role": "user", "content": text}]}, ensure_ascii=False).encode()
    book.note("host", "chat", "a-model", body, {})
    said = re.search(r"(?<![\w&\\])[A-Za-z]{3,}(?![\w;])", text) if text.isascii() else None
    if said:
        assert book.check(said.group())
    assert not book.check("zyzzyva quokka")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "sanitize": sanitizing,
    "normalize": normalizing,
    "stream": streaming,
    "ledger": ledger,
}


def run(target: Callable[[bytes], None], data: bytes) -> None:
    """Let no error out but a broken promise."""
    try:
        target(data)
    except PrivacyError as error:
        if "secret" in error.told:  # the last look may be too careful, never too careless
            return
        raise AssertionError(f"refused: {error.told}") from None
