"""A token classifier in ONNX form, with the tokenizer beside it: a text in, labelled stretches of it out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.backends.description import StrongModel
from app.core.backends.labels import Decoder, Span

if TYPE_CHECKING:
    from app.core.backends.labels import Scores

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Tagger:
    """A model in memory; used by one thread at a time.

    Raises:
        ImportError: the libraries of the extra `strong-filter` are not installed.
        Exception: whatever the libraries say about files that they cannot read.
    """

    def __init__(self, model: StrongModel, folder: Path, threads: int) -> None:
        import onnxruntime
        import tokenizers

        self._model = model
        self._decoder = Decoder(model.labels)
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / model.tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4  # its own words on standard error might quote a text
        path = str(folder / model.model)
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._inputs = [each.name for each in self._session.get_inputs()]
        if "input_ids" not in self._inputs or not set(self._inputs) <= set(_INPUTS):
            raise ValueError("the model wants other inputs than a token classifier does")

    def spans(self, text: str) -> Iterator[Span]:
        """Yield labelled stretches in order; their bounds are offsets of the text, without blanks."""
        tokens = self._tokenizer.encode(text, add_special_tokens=False)
        if not tokens.ids:
            return
        for span in self._decoder.spans(self._scores(tokens.ids)):
            start, end = tokens.offsets[span.start][0], tokens.offsets[span.end - 1][1]
            piece = text[start:end]
            start, end = end - len(piece.lstrip()), start + len(piece.rstrip())
            if start < end:
                yield Span(span.label, start, end, span.score)

    def _scores(self, ids: list[int]) -> "Scores":
        """Run over a text window by window; a token counts where it stands well inside of one."""
        import numpy as np

        window, overlap = self._model.window, self._model.overlap
        rows, at = [], 0
        while at < len(ids):
            first = max(0, at - overlap)
            part = ids[first : first + window]
            last = first + len(part) == len(ids)
            end = len(ids) if last else first + len(part) - overlap
            rows.append(self._run(part)[at - first : end - first])
            at = end
        return np.concatenate(rows)

    def _run(self, ids: list[int]) -> "Scores":
        import numpy as np

        known = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.zeros((1, len(ids)), dtype=np.int64),
        }
        (scores, *_) = self._session.run(None, {name: known[name] for name in self._inputs})
        array = np.asarray(scores, dtype=np.float32)
        if array.shape != (1, len(ids), len(self._model.labels)):
            raise ValueError("the model answers in another form")
        rows: Scores = array[0]
        return rows
