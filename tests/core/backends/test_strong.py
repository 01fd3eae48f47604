"""The stronger filter on a real ONNX model: off it is nothing, wrong it is switched off, broken it fails closed."""

import random

import pytest
import tiny_model
from tiny_model import POISON, SURE, WORDS

from app.core.backends.description import read
from app.core.backends.files import ModelFolder
from app.core.backends.labels import Decoder
from app.core.backends.strong import StrongFilter
from app.core.errors import ModelBroken, NotReady
from app.privacy.detectors.wordlist import WordLists
from app.privacy.errors import PrivacyError
from app.privacy.registry import Registry
from app.privacy.types import Kind

TEXT = "Please tell Tuva and Harriet Lindqvist that the word is swordfish."


class Switch:
    """The setting, and what the person was told."""

    def __init__(self, on=True):
        self.on = on
        self.told = []

    def give_up(self, told):
        self.told.append(told)
        self.on = False


def strong(folder, model, switch):
    return StrongFilter(lambda: ModelFolder(model, folder), lambda: switch.on, switch.give_up, WordLists())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "tiny"


def values(found, text):
    return [(each.kind, text[each.start : each.end]) for each in found]


def test_it_finds_what_the_model_knows(folder) -> None:
    switch = Switch()
    found = strong(folder, tiny_model.write(folder), switch).find(TEXT)
    assert values(found, TEXT) == [
        (Kind.PERSON, "Tuva"),
        (Kind.PERSON, "Harriet Lindqvist"),
        (Kind.SECRET, "swordfish"),
    ]
    assert all(each.detector == "strong-filter" and each.score > 0.5 for each in found)
    assert not switch.told


def test_a_guess_is_left_out(folder) -> None:
    assert not strong(folder, tiny_model.write(folder), Switch()).find("It is perhaps so.")


def test_a_long_text_is_read_in_windows_with_the_same_result(folder) -> None:
    model = tiny_model.write(folder)
    choose = random.Random(3)
    words = choose.choices(
        ["Tuva", "tea", "Harriet Lindqvist", "and", "über", "Ångström", "swordfish"], k=400
    )
    text = "  ".join(words)
    found = strong(folder, model, Switch()).find(text)
    wanted = [word for word in words if word in ("Tuva", "Harriet Lindqvist", "swordfish")]
    assert [text[each.start : each.end] for each in found] == wanted


def test_off_it_loads_nothing_and_finds_nothing(folder) -> None:
    switch = Switch(on=False)
    filter = strong(folder, tiny_model.write(folder), switch)
    assert filter.find(TEXT) == ()
    assert filter.kinds == frozenset()
    switch.on = True
    assert filter.find(TEXT)
    assert Kind.SECRET in filter.kinds
    switch.on = False
    assert filter.find(TEXT) == ()


NOISE = {**{word: {"S-who": SURE} for word in ("kettle", "whistles", "tea", "ready")}, **WORDS}
DEAF = {word: {"O": SURE} for word in WORDS}


@pytest.mark.parametrize("words", [NOISE, DEAF], ids=["hears everything", "hears nothing"])
def test_a_model_that_fails_its_self_test_is_switched_off_and_told(folder, words) -> None:
    switch = Switch()
    filter = strong(folder, tiny_model.write(folder, words), switch)
    assert filter.find(TEXT) == ()
    assert "does not work as it should" in switch.told[0]
    assert "built-in filter goes on" in switch.told[0]
    assert not switch.on


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), "not on this computer"),
        (lambda folder: (folder / "tiny.onnx_data").write_bytes(b""), "not on this computer"),
        (
            lambda folder: (folder / "tiny.onnx").write_bytes(b"\1" * (folder / "tiny.onnx").stat().st_size),
            "not the file that was published",
        ),
    ],
    ids=["missing", "cut", "changed"],
)
def test_files_that_are_not_the_published_ones_are_never_loaded(folder, spoil, said) -> None:
    switch, model = Switch(), tiny_model.write(folder)
    spoil(folder)
    assert strong(folder, model, switch).find(TEXT) == ()
    assert said in switch.told[0]


def test_files_that_nobody_can_read_are_switched_off(folder) -> None:
    tiny_model.write(folder)
    (folder / "tiny.onnx").write_bytes(b"no model")
    switch = Switch()
    filter = strong(folder, tiny_model.describe(folder), switch)
    filter.prepare()
    assert "switched off" in switch.told[0]
    with pytest.raises(ModelBroken):
        filter.load()


def test_a_model_with_other_inputs_is_switched_off(folder) -> None:
    switch = Switch()
    strong(folder, tiny_model.write(folder, inputs=("input_ids", "pixels")), switch).prepare()
    assert "switched off" in switch.told[0]


def test_without_files_it_says_how_to_get_them(folder) -> None:
    with pytest.raises(NotReady, match="filter-model get"):
        strong(folder, read(), Switch()).load()


def test_a_failure_in_the_middle_of_a_text_sends_nothing(folder) -> None:
    switch = Switch()
    filter = strong(folder, tiny_model.write(folder), switch)
    assert filter.find(TEXT)
    with pytest.raises(PrivacyError, match="nothing was sent"):
        Registry((filter,)).find(f"Dear Tuva, {POISON}.")
    assert switch.on


def test_the_description_that_ships_is_whole() -> None:
    model = read()
    Decoder(model.labels)
    spoken = {label[2:] for label in model.labels if label != "O"}
    assert spoken == set(model.kinds)
    assert {model.model, model.tokenizer} <= {file.name for file in model.files}
    assert all(len(file.sha256) == 64 and file.size > 0 for file in model.files)
    assert model.address.startswith("https://")
    assert model.address.endswith("/")
    assert model.window > 2 * model.overlap
