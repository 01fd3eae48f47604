"""A scripted engine that ships: for the rehearsal, the first-run demo and the tests."""

from collections.abc import Iterator, Sequence

from app.core.cancel import Cancel
from app.core.types import Chunk, Prompt, Usage


class EchoEngine:
    """Says scripted answers in turn, then repeats the last question, word by word."""

    def __init__(self, answers: Sequence[str] = (), *, pause: float = 0.0) -> None:
        """Take answers to give in turn; `pause` is in seconds, before each word."""
        self._answers = list(answers)
        self._pause = pause
        self.prompts: list[Prompt] = []
        """What it was asked, oldest first."""

    @property
    def name(self) -> str:
        return "echo"

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk]:
        """Yield the next scripted answer word by word; see `Engine.stream`."""
        self.prompts.append(prompt)
        answer = self._answers.pop(0) if self._answers else prompt.messages[-1].text
        words = answer.split(" ")
        for index, word in enumerate(words):
            cancel.wait(self._pause) if self._pause else cancel.check()
            yield Chunk(word if index == 0 else " " + word)
        asked = sum(len(message.text.split()) for message in prompt.messages)
        yield Chunk(usage=Usage(asked, len(words)))
