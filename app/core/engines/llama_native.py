"""The two places where llama.cpp calls back: its log, and its question whether to stop."""

import atexit
import ctypes
import functools
import sys
from collections.abc import Mapping
from typing import Final

from app.core.errors import EngineError, ModelBroken, ModelTooBig, ModelUnknown


class StopFlag:
    """A switch that llama.cpp itself looks at, many times a token and without Python's lock."""

    def __init__(self) -> None:
        self._text = ctypes.create_string_buffer(2)

    @property
    def is_set(self) -> bool:
        return self._text[0] != b"\0"

    def set(self) -> None:
        """Throw the switch, from any thread."""
        self._text[0] = b"\1"

    @property
    def address(self) -> int:
        return ctypes.addressof(self._text)


class LlamaLog:
    """Takes llama.cpp's messages, so that none reaches standard error, and keeps the last complaint."""

    def __init__(self) -> None:
        import llama_cpp
        from llama_cpp import _utils

        # WORKAROUND(llama-cpp-python 0.3.36): it opens two files at import and leaves them to the exit, which
        # warns of them. Remove when _utils.py closes them.
        atexit.register(_utils.outnull_file.close)
        atexit.register(_utils.errnull_file.close)
        self._complaint: type[EngineError] | None = None
        # llama.cpp holds the bare address, so the callback lives as long as the process.
        self._callback = llama_cpp.llama_log_callback(self._take)
        llama_cpp.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _take(self, _level: int, text: bytes, _data: object) -> None:
        # Only the kind of complaint is kept: the text names files.
        for words, complaint in _COMPLAINTS.items():
            if words in text:
                self._complaint = complaint

    def clear(self) -> None:
        """Forget what was complained about before."""
        self._complaint = None

    def refusal(self) -> EngineError:
        """Return why a file was not taken."""
        if self._complaint is ModelUnknown:
            return ModelBroken(
                "This kind of model is newer than Confidant. Choose another model, or update Confidant."
            )
        if self._complaint is ModelTooBig:
            return ModelTooBig(
                "There is not enough memory for this model. Choose a smaller one, or close other programs."
            )
        return ModelBroken(
            "This model could not be loaded: its file is damaged, or it is of a kind that does not chat. "
            "Choose another model."
        )


_COMPLAINTS: Final[Mapping[bytes, type[EngineError]]] = {
    b"unknown model architecture": ModelUnknown,
    b"failed to allocate": ModelTooBig,
    b"unable to allocate": ModelTooBig,
    b"bad_alloc": ModelTooBig,
}


@functools.cache
def llama_log() -> LlamaLog:
    """Silence llama.cpp, once a process, and return what listens to it."""
    return LlamaLog()


@functools.cache
def flag_reader() -> object:
    """Return C's own `strlen` as the callback that ggml asks between two steps of its work.

    The length of the flag's text is 0, or 1 once it is set, which is no and yes. A callback in Python would
    wait for the interpreter's lock about a thousand times a token, behind a busy window.
    """
    import llama_cpp

    library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)
