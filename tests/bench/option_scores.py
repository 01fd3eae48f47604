"""How likely a local model finds each of some given answers, token by token."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np

from app.core.engines.chat import ChatFormat
from app.core.engines.llama import LoadedModel
from app.core.engines.llama_native import StopFlag
from app.core.mechanisms.base import Kit, local_prompt
from app.core.memory.person import Fact, Nobody
from app.core.types import Generation, Turn, Where
from app.privacy.policy import Level

CONTEXT = 2048


class Scorer:
    """A model that is asked for probabilities instead of answers."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._model = LoadedModel(path, CONTEXT, threads, lambda _: True)
        self._format = ChatFormat(self._model)
        kit = SimpleNamespace(person=Nobody(), generation=Generation())
        self._kit = cast(Kit, kit)  # all that `local_prompt` looks at

    def scores(self, question: str, facts: Sequence[str], options: Sequence[str]) -> list[float]:
        """Return the mean log-probability of each option's tokens as the answer, facts before the question."""
        turn = Turn("", question, Level.LOCAL, Where.LOCAL)
        known = [Fact(number, text, 0.0) for number, text in enumerate(facts, 1)]
        prompt = self._format.encode(local_prompt(turn, self._kit, known).messages)
        return [self._score(prompt, self._model.tokenize(option, control=False)) for option in options]

    def _score(self, prompt: list[int], answer: list[int]) -> float:
        logs = []
        for place, token in enumerate(answer):
            for _ in self._model.read(prompt + answer[:place], StopFlag()):
                pass
            logits = self._logits()
            top = float(logits.max())
            logs.append(float(logits[token]) - top - float(np.log(np.exp(logits - top).sum())))
        return sum(logs) / len(logs)

    def _logits(self) -> "np.typing.NDArray[np.float64]":
        api, context = self._model._api, self._model._context
        size = api.llama_vocab_n_tokens(self._model._vocabulary)
        return np.ctypeslib.as_array(api.llama_get_logits_ith(context, -1), (size,)).astype(np.float64)
