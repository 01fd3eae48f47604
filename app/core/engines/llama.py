"""llama.cpp behind a few plain methods: tokens in, tokens out.

The low-level API is used on purpose. `llama_cpp.Llama` points the process's standard output and error at
nowhere while it loads, so whatever another thread prints in that time is lost; it reserves memory for
scores that nobody reads; and it offers no way to stop a load or the evaluation of a prompt.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from app.core.engines.llama_native import StopFlag, flag_reader, llama_log
from app.core.engines.llama_sampler import Drawn, Sampler
from app.core.errors import Cancelled, EngineError, ModelBroken
from app.core.models.fit import BATCH
from app.core.types import Generation

_ABORTED: Final = 2
"""What llama_decode returns after its abort callback said yes."""
_FULL: Final = 1
_UNKNOWN_OR_CONTROL: Final = 1 << 0 | 1 << 3


class LoadedModel:
    """A model in memory with one conversation's cache; belongs to one thread.

    Args:
        progress: called with 0 to 1 while loading; False ends the load with `Cancelled`.

    Raises:
        ModelBroken: llama.cpp does not take the file.
        Cancelled: `progress` said no.
    """

    def __init__(self, path: Path, context: int, threads: int, progress: Callable[[float], bool]) -> None:
        import llama_cpp

        self._api = llama_cpp
        self._model: int | None = None
        self._context: int | None = None
        self._vocabulary: int | None = None
        self._memory: int | None = None
        self._evaluated: list[int] = []
        self._log = llama_log()
        self._log.clear()
        try:
            self._load(path, progress)
            self._open(context, threads)
        except BaseException:
            self.close()
            raise

    def _load(self, path: Path, progress: Callable[[float], bool]) -> None:
        api = self._api
        stopped: list[BaseException] = []

        def on_progress(done: float, _: object) -> bool:
            try:
                if not progress(done):
                    stopped.append(Cancelled())
            except BaseException as error:  # C cannot pass it on, so it is raised again below
                stopped.append(error)
            return not stopped

        api.llama_backend_init()
        params = api.llama_model_default_params()
        params.progress_callback = api.llama_progress_callback(on_progress)
        self._model = api.llama_model_load_from_file(_encoded(path), params)
        if stopped:
            raise stopped[0]
        if self._model is None:
            raise self._log.refusal()
        self._vocabulary = api.llama_model_get_vocab(self._model)

    def _open(self, context: int, threads: int) -> None:
        api = self._api
        params = api.llama_context_default_params()
        params.n_ctx = context
        params.n_batch = params.n_ubatch = min(BATCH, context)
        params.n_outputs_max = 1
        params.n_threads = params.n_threads_batch = threads
        params.no_perf = True
        self._context = api.llama_init_from_model(self._model, params)
        if self._context is None:
            raise self._log.refusal()
        self._memory = api.llama_get_memory(self._context)
        if self._memory is None or api.llama_model_has_encoder(self._model):
            raise ModelBroken("This model is not made for conversations. Choose another one.")
        # A first step now: a processor that lacks an instruction crashes here, where it is foreseen.
        first = api.llama_vocab_bos(self._vocabulary)
        self._decode([max(0, first)], StopFlag())
        self._forget(0)

    @property
    def context(self) -> int:
        """Tokens that the model sees at once."""
        return int(self._api.llama_n_ctx(self._context))

    @property
    def template(self) -> str:
        """The model's own chat template; empty where it has none."""
        text = self._api.llama_model_chat_template(self._model, None)
        return text.decode("utf-8", "replace") if text else ""

    @property
    def begin(self) -> int:
        """The token with which a text must begin, or -1."""
        if not self._api.llama_vocab_get_add_bos(self._vocabulary):
            return -1
        return int(self._api.llama_vocab_bos(self._vocabulary))

    def special_texts(self) -> tuple[str, str]:
        """Return how the tokens for beginning and end are written in a template."""
        api, vocabulary = self._api, self._vocabulary
        tokens = (api.llama_vocab_bos(vocabulary), api.llama_vocab_eos(vocabulary))
        return (self._text(tokens[0]), self._text(tokens[1]))

    def control_texts(self) -> frozenset[str]:
        """Return everything that would be read as a control token if a person typed it."""
        api, vocabulary = self._api, self._vocabulary
        count = api.llama_vocab_n_tokens(vocabulary)
        attribute = api.llama_vocab_get_attr
        return frozenset(
            self._text(token) for token in range(count) if attribute(vocabulary, token) & _UNKNOWN_OR_CONTROL
        ) - {""}

    def _text(self, token: int) -> str:
        if token < 0:
            return ""
        return (self._api.llama_vocab_get_text(self._vocabulary, token) or b"").decode("utf-8", "replace")

    def tokenize(self, text: str, *, control: bool) -> list[int]:
        """Turn a text into tokens.

        Args:
            control: read the spelling of a control token as that token; never for what a person wrote.
        """
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        tokens = (self._api.llama_token * room)()
        count = self._api.llama_tokenize(self._vocabulary, data, len(data), tokens, room, False, control)
        if count < 0:
            raise EngineError("The local model could not read this text.")
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token: often half a word, sometimes half a character."""
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            count = self._api.llama_token_to_piece(self._vocabulary, token, buffer, room, 0, False)
            if count >= 0:
                return buffer.raw[:count]
            room = -count

    def read(self, prompt: Sequence[int], stop: StopFlag) -> Iterator[float]:
        """Evaluate a prompt and yield, from 0 to 1, how far it is, until done or `stop` is set.

        The longest beginning that was read before is kept, so a follow-up costs only what is new.
        """
        common = 0
        # The last token is always evaluated: its scores are what the first answer token is drawn from.
        for old, new in zip(self._evaluated, prompt[:-1], strict=False):
            if old != new:
                break
            common += 1
        self._forget(common)
        for start in range(common, len(prompt), BATCH):
            yield (start - common) / (len(prompt) - common)
            if not self._evaluate(prompt[start : start + BATCH], stop):
                return

    def generate(self, wish: Generation, stop: StopFlag) -> Iterator[Drawn]:
        """Yield tokens after the prompt that was read, until the context is full or `stop` is set.

        Ends with the token that ends the answer, if the model gave one; `wish.max_tokens` is not looked at.
        """
        if not self._evaluated:
            raise EngineError("The local model could not read this question. Choose another model.")
        sampler = Sampler(self._api, self._vocabulary, wish)
        try:
            while not stop.is_set:
                drawn = sampler.draw(self._context)
                yield drawn
                if self.is_end(drawn.token) or not self._evaluate([drawn.token], stop):
                    return
        finally:
            sampler.close()

    def is_end(self, token: int) -> bool:
        return bool(self._api.llama_vocab_is_eog(self._vocabulary, token))

    def close(self) -> None:
        """Give the memory back; may be called twice."""
        context, self._context = self._context, None
        model, self._model = self._model, None
        if context is not None:
            self._api.llama_free(context)
        if model is not None:
            self._api.llama_model_free(model)

    def _evaluate(self, tokens: Sequence[int], stop: StopFlag) -> bool:
        """Evaluate at most a batch more; False if it was stopped or the context is full."""
        if stop.is_set or len(self._evaluated) + len(tokens) > self.context:
            return False
        if not self._decode(list(tokens), stop):
            self._forget(len(self._evaluated))
            return False
        return True

    def _decode(self, tokens: list[int], stop: StopFlag) -> bool:
        api = self._api
        api.llama_set_abort_callback(self._context, flag_reader(), stop.address)
        array = (api.llama_token * len(tokens))(*tokens)
        outcome = api.llama_decode(self._context, api.llama_batch_get_one(array, len(tokens)))
        if outcome in (_ABORTED, _FULL):
            return False
        if outcome != 0:
            self._forget(0)
            raise EngineError("The local model stumbled over this question. Try again.")
        self._evaluated += tokens
        return True

    def _forget(self, keep: int) -> None:
        """Drop all but the first tokens from the cache; all of them where the model cannot keep a part."""
        if keep and self._api.llama_memory_seq_rm(self._memory, 0, keep, -1):
            del self._evaluated[keep:]
        else:
            self._api.llama_memory_clear(self._memory, True)
            self._evaluated = []


def _encoded(path: Path) -> bytes:
    # llama.cpp takes UTF-8 everywhere, on Windows too.
    return str(path).encode("utf-8", "surrogateescape")
