"""Values of settings in the database and in the small file, seen by every process of the profile."""

import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import StoreError
from app.core.settings import (
    LOOK_ZOOM,
    PRIVACY_LEVEL,
    PRIVACY_OWN_WORDS,
    SETTINGS,
    Settings,
    SettingsStore,
    Value,
)
from app.core.store.database import Database
from app.core.store.settings import DatabaseSettings, FileSettings

VALUES = st.one_of(st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.text())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "settings.json"


@pytest.fixture(params=["database", "file", "memory"])
def store(request: pytest.FixtureRequest, path: Path, file: Path) -> Iterator[SettingsStore]:
    database = Database(path if request.param == "database" else None)
    yield FileSettings(file) if request.param == "file" else DatabaseSettings(database)
    database.close()


def test_nothing_is_stored_at_first(store: SettingsStore) -> None:
    assert dict(store.read()) == {}


def test_a_value_is_stored_replaced_and_forgotten(store: SettingsStore) -> None:
    store.write("a", 1)
    store.write("b", ("x", "é"))
    store.write("a", True)
    assert dict(store.read()) in ({"a": True, "b": ["x", "é"]}, {"a": True, "b": ("x", "é")})
    store.write("a", None)
    store.write("never stored", None)
    assert set(store.read()) == {"b"}


def test_what_was_read_does_not_change_underneath(store: SettingsStore) -> None:
    store.write("a", 1)
    before = store.read()
    store.write("a", 2)
    assert before["a"] == 1


@given(values=st.dictionaries(st.text(min_size=1), VALUES, max_size=5))
def test_any_value_comes_back(values: dict[str, Value]) -> None:
    database = Database(None)
    store = DatabaseSettings(database)
    storable = {k: v for k, v in values.items() if not any("\ud800" <= c <= "\udfff" for c in k)}
    for key, value in storable.items():
        store.write(key, value)
    assert dict(store.read()) == storable
    database.close()


def test_settings_work_on_both(path: Path, file: Path) -> None:
    database = Database(path)
    settings = Settings(SETTINGS, FileSettings(file), DatabaseSettings(database))
    settings.set(LOOK_ZOOM, 120)
    settings.set(PRIVACY_OWN_WORDS, ("Blue Heron",))
    settings.set_text("privacy.level", "strict")
    again = Settings(SETTINGS, FileSettings(file), DatabaseSettings(database))
    assert again[LOOK_ZOOM] == 120
    assert again[PRIVACY_OWN_WORDS] == ("Blue Heron",)
    assert again[PRIVACY_LEVEL] == "strict"
    assert "Heron" not in file.read_text()
    database.close()


def test_a_change_by_another_process_is_seen(path: Path, file: Path) -> None:
    here, there = Database(path), Database(path)
    for ours, theirs in (
        (DatabaseSettings(here), DatabaseSettings(there)),
        (FileSettings(file), FileSettings(file)),
    ):
        theirs.write("a", 1)
        assert ours.read()["a"] == 1
        theirs.write("a", 2)
        assert ours.read()["a"] == 2
        ours.write("b", 3)
        assert dict(theirs.read()) == {"a": 2, "b": 3}
    here.close()
    there.close()


def test_values_are_read_again_only_after_a_change(path: Path, file: Path) -> None:
    database = Database(path)
    for store in (DatabaseSettings(database), FileSettings(file)):
        store.write("a", 1)
        assert store.read() is store.read()
    database.close()


def test_values_are_read_anew_after_the_database_was_closed(path: Path) -> None:
    here, there = Database(path), Database(path)
    ours, theirs = DatabaseSettings(here), DatabaseSettings(there)
    ours.write("a", 1)
    assert ours.read()["a"] == 1
    here.close()
    theirs.write("a", 2)
    assert ours.read()["a"] == 2
    here.close()
    there.close()


def test_keys_of_another_version_stay(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"from.the.future": {"deep": [1]}, "a": 1}')
    FileSettings(file).write("a", 2)
    assert json.loads(file.read_text()) == {"from.the.future": {"deep": [1]}, "a": 2}


def test_the_file_belongs_to_its_owner_only_and_no_part_is_left(file: Path) -> None:
    FileSettings(file).write("a", 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(each.name for each in file.parent.iterdir()) == [".settings.json.lock", "settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_broken_file_is_moved_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = FileSettings(file)
    assert dict(store.read()) == {}
    assert not file.exists()
    assert file.with_name("settings.json.broken").read_bytes() == content
    store.write("a", 1)
    assert dict(FileSettings(file).read()) == {"a": 1}


def test_a_file_that_cannot_be_read_or_written_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    store = FileSettings(file)
    with pytest.raises(StoreError, match="cannot be read"):
        store.read()
    with pytest.raises(StoreError, match="was not saved"):
        store.write("a", 1)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("")
    with pytest.raises(StoreError, match="was not saved"):
        FileSettings(tmp_path / "profile" / "settings.json").write("a", 1)


def test_writers_at_once_lose_no_key(file: Path) -> None:
    stores = [FileSettings(file) for _ in range(4)]

    def write(number: int) -> None:
        for count in range(10):
            stores[number].write(f"{number}.{count}", count)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(FileSettings(file).read()) == 40
    assert os.listdir(file.parent) != []
