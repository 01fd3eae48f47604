"""The local model says how likely each token of its answer was, and asking for it costs next to nothing."""

import math

import pytest
from local_model import CAPITAL, Choice, engine, prompt

from app.core.cancel import Cancel
from app.core.engines.llama import LoadedModel
from app.core.engines.llama_native import StopFlag
from app.core.events import Notice
from app.core.models.catalog import bundled
from app.core.types import Generation, Prompt

pytestmark = pytest.mark.model


def chunks(local, **wish):
    asked = Prompt(prompt(CAPITAL).messages, Generation(24, **wish))
    return [each for each in local.stream(asked, Cancel()) if not isinstance(each, Notice)]


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    local = engine(tmp_path_factory.mktemp("logprobs"), Choice(context=256))
    yield local
    local.close()


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_each_token_comes_with_its_logarithm(local, temperature) -> None:
    said = chunks(local, temperature=temperature, logprobs=True)
    found = [value for chunk in said for value in chunk.logprobs]
    assert len(found) == said[-1].usage.answer_tokens
    assert all(value <= 0 and math.isfinite(value) for value in found)
    assert len(set(found)) > 1


def test_nobody_gets_what_he_did_not_ask_for(local) -> None:
    assert not any(chunk.logprobs for chunk in chunks(local, temperature=0.0))


def test_asking_changes_no_word(local) -> None:
    plain, asked = (chunks(local, temperature=0.0, logprobs=wish) for wish in (False, True))
    assert "".join(each.text for each in plain) == "".join(each.text for each in asked)


def test_a_form_is_drawn_from_what_the_model_itself_found_likely(local) -> None:
    said = chunks(local, temperature=0.0, logprobs=True, grammar='root ::= "xqzt"')
    found = [value for chunk in said for value in chunk.logprobs]
    assert min(found) < -4  # the grammar forced it: the model did not think of it


def test_the_logarithms_are_those_of_the_whole_vocabulary() -> None:
    import numpy as np

    model = LoadedModel(bundled().path, 64, 1, lambda _: True)
    try:
        list(model.read(model.tokenize("The capital of France is", control=False), StopFlag()))
        drawn = next(model.generate(Generation(temperature=0.0, logprobs=True), StopFlag()))
        words = model._api.llama_vocab_n_tokens(model._vocabulary)
        scores = np.ctypeslib.as_array(model._api.llama_get_logits_ith(model._context, -1), shape=(words,))
        exact = scores.astype(np.float64)
        exact = exact[drawn.token] - np.log(np.exp(exact - exact.max()).sum()) - exact.max()
    finally:
        model.close()
    assert drawn.logprob == pytest.approx(exact, abs=1e-4)
