"""Files of every kind, whole and hostile, as the process that reads them gives them back."""

import os

import pytest
from core.documents import papers

from app.core.cancel import Cancel
from app.core.documents.kind import Kind
from app.core.documents.reading import opened, read
from app.core.documents.unreadable import LARGEST, TOLD, UNPACKED, Unreadable, Why


def got(path):
    with opened(path) as file:
        return read(file, path.suffix, Cancel())


def refused(path):
    with pytest.raises(Unreadable) as caught:
        got(path)
    return caught.value.why


def said(found):
    return "\n\n".join(page.text for page in found.pages)


def test_a_pdf_is_read_page_by_page_and_its_lines_flow(tmp_path):
    long = "The tenant may end this lease with three months' notice to the end of a quarter of the year, " * 3
    found = got(papers.pdf(tmp_path / "a.pdf", [long, "Second page."]))
    assert found.kind is Kind.PDF
    assert "".join(found.pages[0].text.split()) == "".join(long.split())
    assert "\n" not in found.pages[0].text
    assert found.pages[1].place(0) == "page 2"


def test_a_word_document_gives_headings_rows_with_their_heads_and_pages(tmp_path):
    found = got(papers.word(tmp_path / "a.docx"))
    assert found.kind is Kind.DOCX
    assert [page.place(0) for page in found.pages] == ["page 1", "page 2"]
    assert found.pages[0].text.startswith("Lease of the mill\n\nThe rent is due")
    assert "Room: Attic; Rent: 95 euros" in found.pages[0].text
    assert found.pages[1].text == "Pets are allowed in the garden only."


def test_a_web_page_gives_its_words_and_no_script_or_style(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>Mill</title><style>p {color: red}</style><script>steal()</script></head><body>"
        "<h1>Rooms</h1><p>Two <b>rooms</b> &amp; a kitchen.</p><table><tr><th>Room<th>Rent<tr><td>Attic<td>95"
        "</table><svg><text>drawn</text></svg></body></html>"
    )
    assert said(got(path)) == "Mill\n\nRooms\n\nTwo rooms & a kitchen.\n\nRoom: Attic; Rent: 95"


def test_each_row_of_a_table_has_its_heads_and_its_number(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Name;City;Note\nAnna;Bonn;"two\nlines"\n;;\nBen;Paris;\n')
    (page,) = got(path).pages
    assert page.text == "Name: Anna; City: Bonn; Note: two lines\n\n-\n\nName: Ben; City: Paris"
    assert page.place(page.text.index("Name: Ben")) == "row 4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_text_is_read_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "a.md"
    text = "# Miete\n\nDie Küche kostet 310 Euro, sagt Frau Größl. Über Öfen wird später geredet.\n"
    path.write_bytes(text.encode(encoding))
    found = got(path)
    assert found.kind is Kind.MARKDOWN
    assert said(found) == text


def test_a_long_text_is_cut_and_lines_are_counted_on(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("".join(f"Line {n} says that the lamp {n} is lit.\n" for n in range(1, 901)))
    found = got(path)
    assert len(found.pages) > 5
    assert "".join(page.text for page in found.pages) == path.read_text()
    for page in found.pages:
        start = page.text.index("Line ")
        assert page.place(start) == f"line {page.text[start:].split()[1]}"


@pytest.mark.parametrize(
    ("name", "kind"), [("a.txt", Kind.PDF), ("a.docx", Kind.PDF), ("a", Kind.PDF), ("a.csv", Kind.PDF)]
)
def test_the_content_decides_and_not_the_name(tmp_path, name, kind):
    assert got(papers.pdf(tmp_path / name, ["Words."])).kind is kind


@pytest.mark.parametrize("name", ["a\nb.txt", "-rf.txt", "ä\u202etxt.exe", " .txt", "$(x).txt", "🦊.pdf"])
def test_odd_names_are_only_names(tmp_path, name):
    path = tmp_path / name
    path.write_text("Some words.")
    assert said(got(path)) == "Some words."


def test_what_is_no_readable_document_is_refused_with_its_reason(tmp_path):
    plain = {
        "empty.txt": (b"", Why.EMPTY),
        "blank.txt": (b" \n\n ", Why.NO_TEXT),
        "noise.txt": (bytes(range(256)) * 40, Why.UNKNOWN),
        "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Why.OLD_WORD),
        "a.rtf": (b"{\\rtf1 words}", Why.UNKNOWN),
        "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<</Type /Cata", Why.BROKEN),
        "cut.docx": (b"PK\x03\x04" + b"\x14" * 300, Why.BROKEN),
        "a.png": (b"\x89PNG\r\n\x1a\n" + b"\0\x01" * 300, Why.UNKNOWN),
    }
    for name, (data, why) in plain.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert (name, refused(path)) == (name, why)
    assert refused(tmp_path) is Why.FOLDER
    assert refused(tmp_path / "none.txt") is Why.MISSING
    assert refused(tmp_path / "empty.txt" / "none.txt") is Why.MISSING
    assert refused(papers.pdf(tmp_path / "scan.pdf", ["", ""])) is Why.NO_TEXT
    assert refused(papers.pdf(tmp_path / "locked.pdf", ["Words."], "secret")) is Why.ENCRYPTED


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files.")
def test_pipes_and_devices_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") is Why.DEVICE
    assert refused(tmp_path.__class__("/dev/zero")) is Why.DEVICE


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.pdf"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    assert refused(path) is Why.TOO_BIG
    assert f"{LARGEST // 1_000_000} MB" in TOLD[Why.TOO_BIG]


def test_bombs_burst_nothing(tmp_path):
    assert refused(papers.bomb(tmp_path / "bomb.docx", UNPACKED + 1)) is Why.TOO_BIG
    whole = papers.word(tmp_path / "whole.docx")
    assert refused(papers.laughing(tmp_path / "laugh.docx", whole)) is Why.BROKEN
    deep = tmp_path / "deep.html"
    deep.write_bytes(b"<div>" * 200_000 + b"found" + b"<!--" * 50_000)
    assert said(got(deep)).startswith("found")


def test_stop_ends_the_reading_at_once(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("words " * 1000)
    cancel = Cancel()
    cancel.set()
    from app.core.errors import Cancelled

    with opened(path) as file, pytest.raises(Cancelled):
        read(file, ".txt", cancel)


def test_every_reason_has_a_sentence_that_names_no_file():
    assert set(TOLD) == set(Why)
    assert all(told.endswith(".") and "!" not in told for told in TOLD.values())
