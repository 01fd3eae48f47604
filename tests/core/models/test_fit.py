"""A model that cannot fit is refused before it is loaded, with both numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ModelTooBig
from app.core.models.catalog import bundled
from app.core.models.fit import available_memory, choose_context, estimate, wanted_context
from app.core.models.gguf import Header, read_header

GB = 1 << 30


def _header(context=32768, layers=28, kv_heads=4):
    return Header(
        size=4 * GB, needed=4 * GB, architecture="qwen2", name="Seven", context_length=context,
        block_count=layers, embedding_length=3584, feed_forward_length=18944, head_count=28,
        kv_heads=layers * kv_heads, key_length=128, value_length=128, vocabulary=152064, file_type=15,
        has_template=True,
    )  # fmt: skip


def test_the_estimate_holds_weights_and_cache():
    small, large = (estimate(_header(), 4 * GB, context, 0).needed_bytes for context in (1024, 8192))
    assert small > 4 * GB
    # 28 layers × 4 heads × (128 + 128) numbers × 2 bytes = 56 KB a token
    assert 7168 * 56 * 1024 <= large - small <= 7168 * 56 * 1024 * 2


def test_the_bundled_model_fits_in_less_than_half_a_gigabyte():
    header = read_header(bundled().path)
    assert 98_362_432 < estimate(header, header.size, 2048, 0).needed_bytes < GB // 2


def test_the_system_says_how_much_is_free():
    assert available_memory() > 1 << 26


@pytest.mark.parametrize(
    ("setting", "trained", "wanted"),
    [(0, 32768, 8192), (0, 2048, 2048), (0, 0, 8192), (512, 32768, 512), (16384, 32768, 16384)],
)
def test_the_context_is_what_is_set_or_what_the_model_was_made_for(setting, trained, wanted):
    assert wanted_context(_header(trained), setting) == wanted


def test_only_the_context_gives_way():
    full = estimate(_header(), 4 * GB, 8192, 0).needed_bytes
    assert choose_context(_header(), 4 * GB, 8192, full) == 8192
    assert choose_context(_header(), 4 * GB, 8192, full - 1) == 4096
    assert choose_context(_header(), 4 * GB, 8192, estimate(_header(), 4 * GB, 1024, 0).needed_bytes) == 1024


def test_a_model_that_cannot_fit_is_refused_with_both_numbers():
    with pytest.raises(ModelTooBig) as told:
        choose_context(_header(), 4 * GB, 8192, 2 * 10**9)
    assert "5." in told.value.told or "4." in told.value.told
    assert "2.0 GB are free" in told.value.told
    assert "smaller model" in told.value.told


@given(free=st.integers(0, 20 * GB), wanted=st.integers(1, 131072))
def test_what_is_chosen_fits_and_is_never_more_than_wanted(free, wanted):
    try:
        context = choose_context(_header(), 4 * GB, wanted, free)
    except ModelTooBig:
        return
    assert 0 < context <= wanted
    assert estimate(_header(), 4 * GB, context, free).fits
