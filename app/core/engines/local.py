"""The model on this computer: one thread owns it, and questions wait their turn."""

import weakref
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from app.core.cancel import Cancel
from app.core.engines.answer_text import AnswerText
from app.core.engines.holder import (
    IDLE_TOLD,
    Holder,
    InMemory,
    LocalOptions,
    LocalState,
    Phase,
    StateBoard,
)
from app.core.engines.lane import Lane
from app.core.engines.llama_native import StopFlag
from app.core.engines.marker import LoadMarker
from app.core.engines.question import Errand, Question, Reading
from app.core.engines.window import Windowed, fit_window
from app.core.errors import ConfidantError, NotReady
from app.core.events import Notice
from app.core.paths import Paths
from app.core.types import Chunk, Generation, Prompt, Usage

_CLOSE_SECONDS = 3.0
_ANSWER_PART = 4
"""At most one in so many tokens of the context is kept free for the answer."""
_LOADING = Notice("Loading the model.")


class LocalEngine:
    """Answers prompts with a GGUF model through llama.cpp, without any network.

    May be used from any thread. The model is loaded by the first question, or by `warm`.
    """

    def __init__(self, options: LocalOptions, paths: Paths) -> None:
        self._options = options
        self._board = StateBoard()
        self._holder = Holder(options, LoadMarker(paths.run), self._board)
        self._lane = Lane("local model")
        # Also at exit: a thread inside llama.cpp while Python shuts down could crash it.
        self._finish = weakref.finalize(self, _close, self._lane, self._holder)

    @property
    def name(self) -> str:
        """The title of the chosen model; empty where none can be chosen."""
        try:
            return self._options.model().title
        except ConfidantError:
            return ""

    @property
    def state(self) -> LocalState:
        """What the model chip shows now."""
        state = self._board.state
        if state.phase in (Phase.LOADING, Phase.READY, Phase.ANSWERING):
            return state
        try:
            title = self._options.model().title
        except ConfidantError as error:
            return LocalState(Phase.ABSENT, "", error.told)
        if state.phase is Phase.FAILED and state.model == title:
            return state
        return LocalState(Phase.IDLE, title, IDLE_TOLD)

    def on_state(self, listener: Callable[[LocalState], None]) -> None:
        """Call `listener` after each change, on the thread that made it; it must be quick."""
        self._board.listen(listener)

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Yield the answer as it is made; see `Engine.stream`.

        Raises:
            NotReady: no model, or the engine was closed.
            ModelBroken: the file, or its last load closed the program (`load_anyway`).
            ModelTooBig: it does not fit in memory.
            TooLong: the question alone does not fit the context.
            Cancelled: `cancel` was set; at once, and the model's thread is free soon after.
        """
        cancel.check()
        if self._board.state.phase is Phase.LOADING:
            yield _LOADING
        yield from self._ask(Question(lambda stop: self._answer(prompt, stop)), cancel)

    def murmur(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """As `stream`, for work that nobody waits for.

        Raises:
            Cancelled: also as soon as a question comes, at once.
        """
        yield from self._ask(Question(lambda stop: self._answer(prompt, stop), gives_way=True), cancel)

    def prime(self, prompt: Prompt, cancel: Cancel) -> None:
        """Begin to read a prompt that may be asked soon, so that its answer would begin at once; returns.

        Gives way to every question. What was read by then is kept where the question begins alike. Does
        nothing where the model is not in memory.
        """
        self._lane.put(Reading(lambda stop: self._read(prompt, stop), cancel))

    def warm(self) -> None:
        """Begin to load the chosen model, and return; `on_state` tells how it goes."""
        self._lane.put(Errand(self._warm))

    def load_anyway(self) -> None:
        """As `warm`, also for a model whose last load closed the program."""
        self._lane.put(Errand(self._warm_anyway))

    def unload(self) -> None:
        """Give the model's memory back once the questions before are answered; returns at once."""
        self._lane.put(Errand(self._holder.unload))

    def close(self) -> None:
        """Stop what runs, free the model and end the thread, within three seconds."""
        self._finish()

    def _ask(self, question: Question, cancel: Cancel) -> Iterator[Chunk | Notice]:
        try:
            with cancel.on_set(question.stop):
                if not self._lane.put(question):
                    raise NotReady("Confidant is closing.")
                yield from question.items()
        finally:
            question.stop()
            self._lane.drop(question)

    def _read(self, prompt: Prompt, stop: StopFlag) -> None:
        now = self._holder.current()
        if now is not None:
            for _ in now.model.read(_fitted(now, prompt).tokens, stop):
                pass

    def _warm(self) -> None:
        if self._holder.current() is None:
            self._load()

    def _warm_anyway(self) -> None:
        self._holder.forgive()
        self._warm()

    def _load(self) -> tuple[InMemory, str]:
        # A question that was stopped does not stop its load: the next one needs it too.
        loaded, told = self._holder.load(lambda: not self._lane.closed)
        self._board.show(Phase.READY, loaded.title, told or "Ready.")
        return loaded, told

    def _answer(self, prompt: Prompt, stop: StopFlag) -> Generator[Chunk | Notice]:
        now = self._holder.current()
        if now is None:
            yield _LOADING
            now, told = self._load()
            if told:
                yield Notice(told, lasting=True)
        self._board.show(Phase.ANSWERING, now.title, "Answering.")
        try:
            yield from _generate(now, prompt, stop)
        finally:
            self._board.show(Phase.READY, now.title, "Ready.")


def _generate(now: InMemory, prompt: Prompt, stop: StopFlag) -> Iterator[Chunk | Notice]:
    model, wanted = now.model, max(1, prompt.generation.max_tokens)
    window = _fitted(now, prompt)
    if window.left_out:
        yield Notice(_left_out(window.left_out), lasting=True)
    for done in model.read(window.tokens, stop):
        if done:  # a short question is read in one go, without a word about it
            yield Notice(f"Reading the conversation, {done:.0%}.")
    if not stop.is_set:
        limit = min(wanted, model.context - len(window.tokens))
        wish = replace(prompt.generation, max_tokens=limit)
        yield from _write(now, Usage(len(window.tokens)), wish, stop)


def _fitted(now: InMemory, prompt: Prompt) -> Windowed:
    context, wanted = now.model.context, max(1, prompt.generation.max_tokens)
    room = context - min(wanted, context // _ANSWER_PART)
    return fit_window(prompt.messages, room, now.chat.encode, now.chat.size)


def _write(now: InMemory, usage: Usage, wish: Generation, stop: StopFlag) -> Iterator[Chunk]:
    text, count, whole = AnswerText(now.chat.stops), 0, False
    held: list[float] = []  # of tokens whose text is not whole yet
    for token, logprob in now.model.generate(wish, stop):
        if now.model.is_end(token):
            whole = True
            break
        count += 1
        if logprob is not None:
            held.append(logprob)
        if piece := text.add(now.model.piece(token)):
            yield Chunk(piece, logprobs=tuple(held))
            held.clear()
        whole = text.stopped
        if whole or count >= wish.max_tokens:
            break
    used = replace(usage, answer_tokens=count)
    yield Chunk(text.rest(), used, truncated=not whole, logprobs=tuple(held))


def _left_out(count: int) -> str:
    messages = "The earliest message" if count == 1 else f"The {count:,} earliest messages"
    return f"{messages} did not fit the local model's context and {'was' if count == 1 else 'were'} left out."


def _close(lane: Lane, holder: Holder) -> None:
    if lane.close(_CLOSE_SECONDS):
        holder.unload()
