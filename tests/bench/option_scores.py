"""How likely a local model finds each of some given answers, token by token."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np

from app.core.engines.chat import ChatFormat
from app.core.engines.llama import LoadedModel
from app.core.mechanisms.base import Kit, local_prompt
from app.core.memory.person import Fact, Nobody
from app.core.types import Generation, Message, Turn, Where
from app.privacy.policy import Level

CONTEXT = 1536
MOST = 8
"""Options that are read side by side."""


class Scorer:
    """A model that is asked for probabilities instead of answers.

    The prompt is read once, and not even that as far as the last one began alike; all options are read after it in
    one batch, each in a sequence of its own that shares the prompt's cache.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._model = LoadedModel(path, 64, threads, lambda _: True)
        self._format = ChatFormat(self._model)
        kit = SimpleNamespace(person=Nobody(), generation=Generation())
        self._kit = cast(Kit, kit)  # all that `local_prompt` looks at
        self._api = self._model._api
        params = self._api.llama_context_default_params()
        params.n_ctx = CONTEXT
        params.n_batch = params.n_ubatch = params.n_outputs_max = CONTEXT // 2
        params.n_seq_max = MOST + 1
        params.kv_unified = True
        params.n_threads = params.n_threads_batch = threads
        self._context = self._api.llama_init_from_model(self._model._model, params)
        self._memory = self._api.llama_get_memory(self._context)
        self._size = self._api.llama_vocab_n_tokens(self._model._vocabulary)
        self._read: list[int] = []

    def scores(self, question: str, facts: Sequence[str], options: Sequence[str]) -> list[float]:
        """Return the mean log-probability of each option's tokens as the answer, facts where they stand."""
        turn = Turn("", question, Level.LOCAL, Where.LOCAL)
        known = [Fact(number, text, 0.0) for number, text in enumerate(facts, 1)]
        return self.after(local_prompt(turn, self._kit, known).messages, options)

    def after(self, messages: Sequence[Message], options: Sequence[str]) -> list[float]:
        """Return the mean log-probability of each option's tokens as the answer to a conversation."""
        prompt = self._format.encode(messages)
        answers = [self._model.tokenize(option, control=False) for option in options]
        first = self._prompt(prompt)
        rows = []
        for place, answer in enumerate(answers, 1):
            self._api.llama_memory_seq_cp(self._memory, 0, place, -1, -1)
            rows += [(token, len(prompt) + n, place) for n, token in enumerate(answer)]
        self._decode(rows, every=True)
        logs = [[self._log(first, answer[0])] for answer in answers]
        for row, (_, position, place) in enumerate(rows):
            behind = position - len(prompt) + 1
            if behind < len(answers[place - 1]):
                logs[place - 1].append(self._log(self._logits(row), answers[place - 1][behind]))
        for place in range(1, len(answers) + 1):
            self._api.llama_memory_seq_rm(self._memory, place, -1, -1)
        return [sum(each) / len(each) for each in logs]

    def _prompt(self, prompt: list[int]) -> "np.typing.NDArray[np.float64]":
        common = 0
        for old, new in zip(self._read, prompt[:-1], strict=False):
            if old != new:
                break
            common += 1
        self._api.llama_memory_seq_rm(self._memory, 0, common, -1)
        self._decode([(token, n, 0) for n, token in enumerate(prompt)][common:], every=False)
        self._read = prompt
        return self._logits(-1)

    def _decode(self, rows: Sequence[tuple[int, int, int]], *, every: bool) -> None:
        batch = self._api.llama_batch_init(len(rows), 0, 1)
        batch.n_tokens = len(rows)
        for n, (token, position, place) in enumerate(rows):
            batch.token[n], batch.pos[n] = token, position
            batch.n_seq_id[n], batch.seq_id[n][0] = 1, place
            batch.logits[n] = every or n == len(rows) - 1
        outcome = self._api.llama_decode(self._context, batch)
        self._api.llama_batch_free(batch)
        if outcome:
            raise RuntimeError(f"llama_decode returned {outcome}")

    def _logits(self, row: int) -> "np.typing.NDArray[np.float64]":
        found = self._api.llama_get_logits_ith(self._context, row)
        return np.ctypeslib.as_array(found, (self._size,)).astype(np.float64)

    @staticmethod
    def _log(logits: "np.typing.NDArray[np.float64]", token: int) -> float:
        top = float(logits.max())
        return float(logits[token]) - top - float(np.log(np.exp(logits - top).sum()))
