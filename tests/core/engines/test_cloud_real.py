"""The cloud engine and a real OpenAI-compatible server: llama.cpp's own, with the bundled model."""

import pytest
from cloud_kit import ask, engine, prompt, text_of
from recorder import Recorder

from app.core.cancel import Cancel
from app.core.types import Chunk

pytestmark = pytest.mark.server


def test_a_real_server_answers_the_approved_bytes(recorder: Recorder) -> None:
    items = ask(engine(recorder.address, key="", timeout=60))
    assert text_of(items).strip()
    last = items[-1]
    assert isinstance(last, Chunk)
    assert last.usage is not None
    assert last.usage.prompt_tokens > 10
    assert recorder.bodies == (prompt().body,)


def test_a_real_server_lists_its_model_and_passes_the_test(recorder: Recorder) -> None:
    cloud = engine(recorder.address, key="")
    assert len(cloud.models(Cancel())) == 1
    assert cloud.test(Cancel()) == f"{cloud.provider} answers and offers 1 model."
    assert recorder.bodies == ()
