"""Documents are kept whole or not at all, and leave nothing behind."""

import pytest
from core.documents import papers

from app.core.cancel import Cancel
from app.core.errors import Cancelled, DocumentFault, StoreError
from app.core.types import Source, Where

TEXT = "\n\n".join(f"Paragraph {n} tells of the zorblaxian lamp number {n} in the hall." for n in range(300))


@pytest.fixture
def talk(confidant):
    return confidant.session.new_conversation().id


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "lamps.txt"
    path.write_text(TEXT)
    return path


def test_a_document_is_listed_with_what_it_is_and_progress_ends_with_the_last_page(confidant, talk, paper):
    told = []
    kept = confidant.documents.attach(talk, paper, Cancel(), lambda *step: told.append(step))
    assert confidant.documents.list(talk) == [kept]
    assert (kept.name, kept.kind, kept.conversation) == ("lamps.txt", "text", talk)
    assert kept.pages > 1
    assert told[0] == (0, kept.pages)
    assert told[-1] == (kept.pages, kept.pages)
    assert told == sorted(told)


def test_stop_takes_everything_back(confidant, talk, paper):
    cancel = Cancel()

    def tell(done, pages):
        if done:
            cancel.set()

    with pytest.raises(Cancelled):
        confidant.documents.attach(talk, paper, cancel, tell)
    assert confidant.documents.list(talk) == []
    assert b"zorblaxian" not in everything(confidant)


def test_a_file_that_cannot_be_read_is_told_without_its_name(confidant, talk, tmp_path):
    with pytest.raises(DocumentFault) as caught:
        confidant.documents.attach(talk, papers.pdf(tmp_path / "secret.pdf", [""]), Cancel())
    assert "no text" in caught.value.told
    assert "secret" not in caught.value.told
    with pytest.raises(StoreError):
        confidant.documents.attach("gone", tmp_path / "secret.pdf", Cancel())


def everything(confidant):
    return b"".join(path.read_bytes() for path in confidant.paths.profile.rglob("*") if path.is_file())


@pytest.mark.parametrize("way", ["remove", "conversation", "all"])
def test_deleting_leaves_no_byte(confidant, talk, paper, way):
    kept = confidant.documents.attach(talk, paper, Cancel())
    match way:
        case "remove":
            confidant.documents.remove(kept.id)
        case "conversation":
            confidant.session.delete(talk)
        case "all":
            confidant.session.erase_everything()
    assert confidant.documents.list(talk) == []
    confidant.close()
    found = everything(confidant)
    assert b"zorblaxian" not in found
    assert b"zorblax" not in found
    assert b"lamps.txt" not in found


def test_what_answers_used_of_a_document_goes_with_it(confidant, talk, paper, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("The zorblaxian lamp in the attic is blue.")
    first = confidant.documents.attach(talk, paper, Cancel())
    second = confidant.documents.attach(talk, other, Cancel())
    confidant.session.send(
        talk, "Which lamp in these documents is blue?", None, Cancel(), lambda _: None, where=Where.LOCAL
    )
    used = {each.id for each in confidant.session.messages(talk)[-1].account.used}
    assert used == {first.id, second.id}
    confidant.documents.remove(first.id)
    left = confidant.session.messages(talk)[-1].account.used
    assert {each.id for each in left} == {second.id}
    assert all(each.source is Source.PASSAGE for each in left)


def test_those_of_a_temporary_conversation_touch_no_disk(confidant, paper):
    passing = confidant.session.new_conversation(temporary=True).id
    kept = confidant.documents.attach(passing, paper, Cancel())
    other = confidant.documents.attach(confidant.session.new_conversation().id, paper, Cancel())
    assert kept.id != other.id
    confidant.documents.remove(other.id)
    assert confidant.documents.list(passing) == [kept]
    confidant.session.send(
        passing,
        "Where does lamp number 7 in the document stand?",
        None,
        Cancel(),
        lambda _: None,
        where=Where.LOCAL,
    )
    confidant.close()
    assert b"zorblaxian" not in everything(confidant)


def test_a_name_is_shown_on_one_line_and_not_turned_around(confidant, talk, tmp_path):
    path = tmp_path / "a\n\u202e b.txt"
    path.write_text("Some words.")
    assert confidant.documents.attach(talk, path, Cancel()).name == "a b.txt"
    long = tmp_path / ("x" * 200 + ".txt")
    long.write_text("Some words.")
    name = confidant.documents.attach(talk, long, Cancel()).name
    assert len(name) < 130
    assert name.endswith(".txt")
