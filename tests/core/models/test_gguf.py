"""A model file is understood, or refused with a sentence that helps."""

import contextlib
import struct
import time

import pytest
from gguf_file import LLAMA, gguf, number, numbers, string, text
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.errors import ModelBroken
from app.core.models.catalog import bundled
from app.core.models.gguf import read_header


@pytest.fixture
def write(tmp_path):
    def write(data):
        path = tmp_path / "model.gguf"
        path.write_bytes(data)
        return path

    return write


def test_the_bundled_model_is_understood():
    header = read_header(bundled().path)
    assert (header.architecture, header.context_length, header.block_count) == ("llama", 8192, 30)
    assert (header.head_count, header.kv_heads, header.key_length) == (9, 90, 64)
    assert header.vocabulary == 49152
    assert header.has_template
    assert header.needed == header.size == bundled().path.stat().st_size


def test_a_file_says_what_it_holds(write):
    header = read_header(write(gguf()))
    assert header.name == "Tiny"
    assert header.kv_heads == 8, "two heads in each of four layers"
    assert header.key_length == header.value_length == 8
    assert header.vocabulary == 100


def test_heads_that_differ_by_layer_are_added_up(write):
    pairs = LLAMA | {"llama.attention.head_count_kv": numbers([1, 2, 3, 0])}
    assert read_header(write(gguf(pairs))).kv_heads == 6


def test_a_file_that_ends_before_its_last_tensor_is_called_cut(write):
    whole = gguf(tensors=[("weights", (1000, 49000), 1, 0)], data=0)
    with pytest.raises(ModelBroken) as told:
        read_header(write(whole + bytes(40_000_000)))
    assert told.value.told == "This model file is cut short: 40 of 98 MB. Download it again."


def test_a_file_that_lacks_its_last_bytes_is_called_cut(write):
    with pytest.raises(ModelBroken, match="cut short: its end is missing"):
        read_header(write(gguf()[:-1]))


def test_a_file_without_tensors_is_no_model(write):
    with pytest.raises(ModelBroken, match="only the words"):
        read_header(write(gguf(tensors=[])))


@pytest.mark.parametrize("length", [4, 7, 8, 20, 23, 24, 60, 300, 900])
def test_a_file_that_ends_in_its_header_is_called_cut(write, length):
    with pytest.raises(ModelBroken, match="cut short"):
        read_header(write(gguf()[:length]))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE html><html><body>Blocked by proxy</body></html>", "web page"),
        (b"\n  <html lang=en>", "web page"),
        (b"\xef\xbb\xbf<HTML>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "points at the model"),
        (b"PK\x03\x04 a zip file", "not a model"),
        (b"ggjt\x03\0\0\0", "not a model"),
        (b"", "cut short"),
        (gguf(version=1), "version"),
        (gguf(version=4), "version"),
        (gguf(version=0x03000000), "version"),
        (gguf({"general.name": text("x")}), "what kind of model"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_a_reason(write, data, said):
    with pytest.raises(ModelBroken, match=said):
        read_header(write(data))


def test_what_is_missing_or_a_folder_is_refused(tmp_path):
    with pytest.raises(ModelBroken, match="not there"):
        read_header(tmp_path / "none.gguf")
    with pytest.raises(ModelBroken, match="folder"):
        read_header(tmp_path)


HUGE = (1 << 63) - 1


@pytest.mark.parametrize(
    "data",
    [
        b"GGUF" + struct.pack("<IQQ", 3, HUGE, 1),
        b"GGUF" + struct.pack("<IQQ", 3, 0, HUGE),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", HUGE),
        gguf({"a": struct.pack("<I", 8) + struct.pack("<Q", HUGE)}),
        gguf({"a": struct.pack("<IIQ", 9, 8, HUGE)}),
        gguf({"a": struct.pack("<IIQ", 9, 4, HUGE)}),
        gguf({"a": struct.pack("<IIQ", 9, 9, 5)}),
        gguf({"a": struct.pack("<I", 99)}),
        gguf(LLAMA | {"general.alignment": number(0xFFFFFFFF)}),
        gguf(tensors=[("w", (1 << 40, 1 << 40, 1 << 40), 0, 0)]),
        gguf(tensors=[("w", (1,) * 9, 0, 0)]),
        gguf(tensors=[("w", (1,), 0, HUGE)]),
    ],
)
def test_impossible_sizes_are_refused_at_once(write, data):
    begun = time.monotonic()
    with pytest.raises(ModelBroken):
        read_header(write(data))
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "value", [struct.pack("<If", 6, float("inf")), text("many"), numbers([]), struct.pack("<I?", 7, True)]
)
def test_numbers_of_a_wrong_kind_count_as_nothing(write, value):
    pairs = LLAMA | {"llama.attention.head_count_kv": value, "llama.block_count": value}
    assert read_header(write(gguf(pairs))).block_count == 0


def _read(folder, data):
    path = folder / "fuzz.gguf"
    path.write_bytes(data)
    with contextlib.suppress(ModelBroken):
        read_header(path)


@given(data=st.binary(max_size=400))
@example(data=b"GGUF")
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    _read(tmp_path_factory.getbasetemp(), data)
    _read(tmp_path_factory.getbasetemp(), b"GGUF\x03\0\0\0" + data)


@given(where=st.integers(0, 900), junk=st.binary(min_size=1, max_size=12))
def test_any_damage_to_a_good_file_is_read_or_refused(tmp_path_factory, where, junk):
    data = bytearray(gguf())
    data[where : where + len(junk)] = junk
    _read(tmp_path_factory.getbasetemp(), bytes(data))


def test_keys_that_are_no_text_do_no_harm(write):
    pairs = gguf(LLAMA, data=4096)
    assert read_header(write(pairs.replace(string("general.name"), string(b"\xff" * 12)))).name == ""
