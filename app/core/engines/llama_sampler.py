"""Draws the next token: the likeliest, or by temperature, and held to a grammar where one is given."""

import ctypes
import math
from typing import TYPE_CHECKING, NamedTuple

from app.core.errors import EngineError
from app.core.types import Generation

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np
    from numpy.typing import NDArray


class Drawn(NamedTuple):
    """A token of an answer."""

    token: int
    logprob: float | None = None
    """How likely the model found it, before any sampling; None where nobody asked."""


class Sampler:
    """A chain of llama.cpp's samplers for one answer; close it after use.

    Args:
        wish: how to draw; only tokens that its grammar allows are drawn.

    Raises:
        EngineError: this is no grammar.
    """

    def __init__(self, api: "ModuleType", vocabulary: object, wish: Generation) -> None:
        temperature, grammar = wish.temperature, wish.grammar
        self._api = api
        self._tells = wish.logprobs
        self._words = int(api.llama_vocab_n_tokens(vocabulary))
        self._chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        self._rule: object = None
        self._is_greedy = temperature <= 0
        if grammar:
            # First of all: what is cut down before may hold no token that the grammar takes, and then
            # llama.cpp ends the whole process.
            self._rule = api.llama_sampler_init_grammar(vocabulary, grammar.encode(), b"root")
            if not self._rule:
                self.close()
                raise EngineError("The local model could not be held to a form. Please report this.")
            api.llama_sampler_chain_add(self._chain, self._rule)
        for step in self._steps(temperature):
            api.llama_sampler_chain_add(self._chain, step)

    def draw(self, context: object) -> Drawn:
        """Return the next token after what was evaluated last."""
        token = self._draw(context)
        return Drawn(token, self._logprob(context, token) if self._tells else None)

    def _draw(self, context: object) -> int:
        if self._rule and self._is_greedy and (token := self._likeliest(context)) is not None:
            return token
        return int(self._api.llama_sampler_sample(self._chain, context, -1))

    def close(self) -> None:
        self._api.llama_sampler_free(self._chain)

    def _steps(self, temperature: float) -> list[object]:
        api = self._api
        if temperature <= 0:
            return [api.llama_sampler_init_greedy()]
        return [
            # Small models fall into loops; questions with temperature 0 want exact words instead.
            api.llama_sampler_init_penalties(self._words, 64, 1.1, 0.0, 0.0),
            api.llama_sampler_init_top_k(40),
            api.llama_sampler_init_top_p(0.95, 1),
            api.llama_sampler_init_min_p(0.05, 1),
            api.llama_sampler_init_temp(temperature),
            api.llama_sampler_init_dist(api.LLAMA_DEFAULT_SEED),
        ]

    def _likeliest(self, context: object) -> int | None:
        """Return the likeliest token if the grammar takes it: far quicker than to try them all."""
        api, scores = self._api, self._scores(context)
        token = int(scores.argmax())
        one = (api.llama_token_data * 1)(api.llama_token_data(token, float(scores[token]), 0.0))
        row = api.llama_token_data_array(one, 1, -1, False)
        api.llama_sampler_apply(self._rule, ctypes.byref(row))
        if one[0].logit == -math.inf:
            return None
        api.llama_sampler_accept(self._chain, token)
        return token

    def _logprob(self, context: object, token: int) -> float:
        """Read it from the model's own scores, which no sampler has touched; a pass over the vocabulary."""
        import numpy as np

        scores = self._scores(context)
        highest = float(scores.max())
        return float(scores[token]) - highest - math.log(float(np.exp(scores - highest).sum()))

    def _scores(self, context: object) -> "NDArray[np.float32]":
        """Return llama.cpp's own memory, not a copy."""
        import numpy as np

        return np.ctypeslib.as_array(self._api.llama_get_logits_ith(context, -1), shape=(self._words,))
