"""Import of what ChatGPT, Claude and Confidant export, and export that comes back whole."""

import json
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cancel import Cancel
from app.core.errors import Cancelled, TransferFault
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.documents import NewPassage, SqliteDocuments
from app.core.store.imports import SqliteImports
from app.core.transfer.formats import talk
from app.core.transfer.transfer import Brought, Transfer
from app.core.types import Origin, Piece, Role, State
from app.privacy.policy import Level


def node(name: str, parent: str | None, role: str, *parts: object, **more: object) -> dict[str, object]:
    content = {"content_type": more.pop("content_type", "text"), "parts": list(parts)}
    message = {
        "id": name,
        "author": {"role": role},
        "create_time": 1_700_000_000.5,
        "content": content,
        **more,
    }
    return {"id": name, "message": message, "parent": parent, "children": []}


def chatgpt(name: str = "c-1", *further: dict[str, object]) -> dict[str, object]:
    nodes = [
        {"id": "root", "message": None, "parent": None, "children": ["sys"]},
        node("sys", "root", "system", ""),
        node("q1", "sys", "user", "How deep is the Bodensee?"),
        node("old", "q1", "assistant", "An answer that was regenerated."),
        node("a1", "q1", "assistant", "251 metres.\ue200cite\ue202turn0search1\ue201", metadata={"model_slug": "gpt-4o"}),
        node("tool", "a1", "assistant", "search()", recipient="browser"),
        node("seen", "tool", "tool", "results"),
        node("hidden", "seen", "user", "secret context", metadata={"is_visually_hidden_from_conversation": True}),
        node("q2", "hidden", "user", {"content_type": "image_asset_pointer"}, "And this one?", content_type="multimodal_text"),
        node("think", "q2", "assistant", "Let me think", content_type="thoughts"),
        node("a2", "think", "assistant", "That is Lake Thun."),
        *further,
    ]  # fmt: skip
    return {
        "title": "Lakes", "create_time": 1_700_000_000.0, "update_time": 1_700_000_900.0,
        "mapping": {str(each["id"]): each for each in nodes},
        "current_node": nodes[-1]["id"], "conversation_id": name,
    }  # fmt: skip


CLAUDE = {
    "uuid": "d-1", "name": "Soup", "created_at": "2024-05-03T10:00:00.000000Z", "updated_at": "2024-05-03T10:05:00Z",
    "account": {"uuid": "x"},
    "chat_messages": [
        {"uuid": "m1", "sender": "human", "text": "A soup?", "created_at": "2024-05-03T10:00:00Z",
         "content": [{"type": "text", "text": "A soup with lentils?"}],
         "attachments": [{"file_name": "pantry.txt", "extracted_content": "lentils, onions"}]},
        {"uuid": "m2", "sender": "assistant", "text": "", "created_at": "2024-05-03T10:01:00Z",
         "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Fry the onions."},
                     {"type": "tool_use", "name": "x"}, {"type": "text", "text": "Add the lentils."}]},
        {"uuid": "m3", "sender": "human", "text": "Thanks!", "content": []},
    ],
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "profile.db")
    yield database
    database.close()


@pytest.fixture
def transfer(database: Database) -> Transfer:
    return Transfer(Conversations(database), SqliteImports(database), SqliteDocuments(database))


def bring(transfer: Transfer, path: Path) -> Brought:
    return transfer.bring(path, Level.STRICT, Cancel(), lambda done, size: None)


def written(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def shown(database: Database) -> dict[str, list[tuple[Role, str]]]:
    kept = Conversations(database)
    return {each.title: [(m.role, m.text) for m in kept.messages(each.id)] for each in kept.list()}


LAKES = [
    (Role.USER, "How deep is the Bodensee?"),
    (Role.ASSISTANT, "251 metres."),
    (Role.USER, "[picture]\n\nAnd this one?"),
    (Role.ASSISTANT, "That is Lake Thun."),
]
SOUP = [
    (Role.USER, "A soup with lentils?\n\npantry.txt:\nlentils, onions"),
    (Role.ASSISTANT, "Fry the onions.\n\nAdd the lentils."),
    (Role.USER, "Thanks!"),
]


def test_chatgpt_s_shown_branch_becomes_a_conversation(transfer, database, tmp_path) -> None:
    assert bring(transfer, written(tmp_path / "conversations.json", [chatgpt()])) == Brought(1, 4, 0, 0)
    assert shown(database) == {"Lakes": LAKES}
    kept = Conversations(database)
    (lakes,) = kept.list()
    assert (lakes.level, lakes.created, lakes.updated) == (Level.STRICT, 1_700_000_000.0, 1_700_000_900.0)
    answer = kept.messages(lakes.id)[1]
    assert (answer.model, answer.wire_text, answer.state) == ("gpt-4o", "", State.COMPLETE)
    assert answer.pieces == (Piece("251 metres.", Origin.CLOUD),)
    assert [hit.conversation.id for hit in kept.search("bodensee")] == [lakes.id]


def test_claude_s_zip_is_read_as_it_came(transfer, database, tmp_path) -> None:
    path = tmp_path / "data-2024.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.json", "[]")
        archive.writestr("data/conversations.json", json.dumps([CLAUDE]))
    assert bring(transfer, path) == Brought(1, 3, 0, 0)
    assert shown(database) == {"Soup": SOUP}


def test_an_export_in_several_files_is_read_whole(transfer, database, tmp_path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("conversations-000.json", json.dumps([chatgpt("1")]))
        archive.writestr("conversations-001.json", json.dumps([chatgpt("2"), CLAUDE]))
    assert bring(transfer, path) == Brought(3, 11, 0, 0)


def test_a_second_import_brings_only_what_is_new(transfer, database, tmp_path) -> None:
    path = tmp_path / "conversations.json"
    bring(transfer, written(path, [chatgpt(), CLAUDE]))
    assert bring(transfer, path) == Brought(0, 0, 2, 0)
    grown = chatgpt("c-1", node("q3", "a2", "user", "Thank you."))
    assert bring(transfer, written(path, [grown, CLAUDE])) == Brought(1, 1, 1, 0)
    assert shown(database) == {"Lakes": [*LAKES, (Role.USER, "Thank you.")], "Soup": SOUP}


def test_what_was_deleted_can_be_brought_again(transfer, database, tmp_path) -> None:
    path = written(tmp_path / "conversations.json", [CLAUDE])
    bring(transfer, path)
    kept = Conversations(database)
    kept.delete(kept.list()[0].id)
    assert bring(transfer, path).messages == 3
    assert shown(database) == {"Soup": SOUP}


def test_an_export_comes_back_whole_in_another_profile_and_not_twice_in_its_own(
    transfer, database, tmp_path
) -> None:
    bring(transfer, written(tmp_path / "a.json", [chatgpt(), CLAUDE]))
    path = tmp_path / "export.json"
    path.write_text("".join(transfer.json()), encoding="utf-8")
    assert bring(transfer, path) == Brought(0, 0, 2, 0)
    other = Database(tmp_path / "other.db")
    there = Transfer(Conversations(other), SqliteImports(other), SqliteDocuments(other))
    assert bring(there, path) == Brought(2, 7, 0, 0)
    assert bring(there, path) == Brought(0, 0, 2, 0)
    assert shown(other) == shown(database)
    other.close()


def test_markdown_is_for_people(transfer, tmp_path) -> None:
    bring(transfer, written(tmp_path / "a.json", [chatgpt()]))
    text = "".join(transfer.markdown())
    assert text.startswith("# Lakes\n\n2023-11-1")
    said = re.sub(r", 2023-11-1\d \d\d:\d\d\n", "\n", text)
    assert "## You\n\nHow deep is the Bodensee?\n\n## gpt-4o\n\n251 metres.\n" in said


def test_an_empty_profile_exports_an_empty_list(transfer) -> None:
    assert json.loads("".join(transfer.json())) == {"confidant": 1, "conversations": []}
    assert "".join(transfer.markdown()) == ""


def test_a_file_that_breaks_off_keeps_what_came_before(transfer, database, tmp_path) -> None:
    text = json.dumps([CLAUDE, chatgpt(), chatgpt("2")])
    path = tmp_path / "conversations.json"
    path.write_text(text[: len(text) - 900], encoding="utf-8")
    brought = bring(transfer, path)
    assert (brought.conversations, "damaged" in brought.fault) == (2, True)
    assert set(shown(database)) == {"Soup", "Lakes"}
    path.write_text(text, encoding="utf-8")
    assert bring(transfer, path) == Brought(1, 4, 2, 0)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"hello", b"\x00\xff\xfe", b"[[[[", b'{"conversations": 5}', b"PK\x03\x04broken", b"null", b'["a",'],
)  # fmt: skip
def test_what_is_no_export_brings_nothing(transfer, database, tmp_path, content) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with suppress(TransferFault):
        assert bring(transfer, path).messages == 0
    assert shown(database) == {}


def test_a_missing_file_is_a_sentence(transfer, tmp_path) -> None:
    with pytest.raises(TransferFault):
        bring(transfer, tmp_path / "nothing.zip")


def test_a_zip_without_conversations_is_a_sentence(transfer, tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("photo.png", b"x")
    with pytest.raises(TransferFault, match="no conversations"):
        bring(transfer, tmp_path / "x.zip")


def test_an_import_can_be_stopped_and_keeps_what_it_has(transfer, database, tmp_path) -> None:
    path = written(tmp_path / "c.json", [chatgpt(str(n)) for n in range(50)])
    cancel, seen = Cancel(), []

    def tell(done: int, size: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            cancel.set()

    with pytest.raises(Cancelled):
        transfer.bring(path, Level.GUARDED, cancel, tell)
    assert 0 < len(Conversations(database).list()) < 50


def test_a_ring_of_messages_ends(transfer) -> None:
    item = chatgpt()
    item["mapping"]["root"]["parent"] = "a2"
    found = talk(item)
    assert found is not None
    assert [said.text for said in found.said] == [text for _, text in LAKES]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=20,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "mapping",
                "current_node",
                "chat_messages",
                "messages",
                "id",
                "uuid",
                "title",
                "name",
                "create_time",
            ]
        ),
        JSON,
    )
)
def test_no_shape_makes_the_reader_fail(item: object) -> None:
    talk(item)


@pytest.mark.parametrize("field", ["content_type", "parts"])
@pytest.mark.parametrize("value", [[], {}, ["text"], 5, None, True])
def test_no_shape_of_a_message_makes_the_reader_fail(field: str, value: object) -> None:
    item = chatgpt()
    for each in item["mapping"].values():
        if each["message"]:
            each["message"]["content"][field] = value
            each["message"]["author"] = {"role": "user"}
    talk(item)


@pytest.mark.parametrize(
    "content", [b"[" * 20_000, b'{"conversations":[' + b'{"a":' * 20_000, b"[" + b"[1," * 20_000]
)
def test_a_file_that_is_nested_without_end_takes_no_memory(transfer, tmp_path, content) -> None:
    path = tmp_path / "deep.json"
    path.write_bytes(content)
    tracemalloc.start()
    with pytest.raises(TransferFault, match="damaged"):
        bring(transfer, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


def test_lone_surrogates_and_huge_times_are_mended(transfer, database, tmp_path) -> None:
    item = {"uuid": "u", "name": "a\ud800", "created_at": "9999-99-99", "updated_at": 1e300, "chat_messages": [
        {"uuid": "m", "sender": "human", "text": "half \ude00 a smile", "created_at": None}]}  # fmt: skip
    path = written(tmp_path / "c.json", [item])
    assert bring(transfer, path).messages == 1
    assert bring(transfer, path).known == 1
    assert shown(database) == {"a\ufffd": [(Role.USER, "half \ufffd a smile")]}


def test_a_large_zip_tells_how_far_it_is_and_what_it_brings_is_searchable(
    transfer, database, tmp_path
) -> None:
    """Some 30 MB of conversations, packed, among files that are none."""
    path, told = tmp_path / "export.zip", list[tuple[int, int]]()
    filling = "The Bodensee is deep and wide. " * 3300
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chat.html", "<html>")
        with archive.open("conversations.json", "w") as file:
            for number in range(300):
                nodes = {
                    "a": node("a", None, "user", f"zander{number} {filling}"),
                }
                item = {
                    "conversation_id": f"c{number}",
                    "title": f"Lake {number}",
                    "mapping": nodes,
                    "current_node": "a",
                }
                file.write((b"[" if not number else b",") + json.dumps(item).encode())
            file.write(b"]")
    brought = transfer.bring(path, Level.GUARDED, Cancel(), lambda done, size: told.append((done, size)))
    assert brought == Brought(300, 300, 0, 0)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 20_000_000
    assert len({done for done, _ in told}) > 100
    kept = Conversations(database)
    assert [hit.conversation.title for hit in kept.search("zander217")] == ["Lake 217"]
    assert transfer.bring(path, Level.GUARDED, Cancel(), lambda *_: None) == Brought(0, 0, 300, 0)


def test_an_export_names_the_documents_and_says_when(transfer, database, tmp_path) -> None:
    bring(transfer, written(tmp_path / "a.json", [chatgpt()]))
    (conversation,) = Conversations(database).list()
    passage = NewPassage(0, 0, "page 1", "Depth: 251 m.")
    SqliteDocuments(database).add(conversation.id, "lakes.pdf", "pdf", 3, [passage])
    (item,) = json.loads("".join(transfer.json()))["conversations"]
    (document,) = item["documents"]
    assert (document["name"], document["kind"], document["pages"]) == ("lakes.pdf", "pdf", 3)
    assert item["messages"][0]["created"] > 0
    assert "With lakes.pdf" in "".join(transfer.markdown())
