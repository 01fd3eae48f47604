"""A cloud on loopback that answers each request once: what is kept comes back in no time.

    python tests/bench/cloud_cache.py KEPT.jsonl [--model GGUF] [--preload PROMPTS.jsonl ANSWERS.jsonl ...]

It speaks chat completions as a stream, keeps what it answered by the request's words, and asks llama.cpp's
server (a GGUF behind `packaging/loopback_server.py`) for the rest; without a model an unknown request is
refused. Our placeholders are another in each conversation, so they are told apart by their order only: the
model saw other random letters than those that it seems to answer.
"""

import argparse
import hashlib
import json
import re
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))

CODE = re.compile(r"\b([A-Za-z]+)[-_]((?=[A-Z]*\d)[2-9BCDFGHJKMNPQRSTVWXZ]{4})\b")
LETTERS = "BCDFGHJKMNPQRSTVWXZ"


class Cache:
    """Answers by the words of their requests."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._kept: dict[str, dict] = {}
        self.hits = self.misses = 0
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                self._kept[row.pop("key")] = row

    def preload(self, prompts: Path, answers: Path) -> int:
        """Take answers that were made in a batch, by the id of their prompts; return how many."""
        asked = {row["id"]: row["messages"] for row in _rows(prompts)}
        count = 0
        for row in _rows(answers):
            if row["id"] in asked:
                key, codes = canonical(asked[row["id"]])
                self._kept[key] = {
                    "text": _swap(row["text"], codes), "finish": row["finish"], "usage": row["usage"],
                }  # fmt: skip
                count += 1
        return count

    def get(self, messages: list[dict]) -> dict | None:
        """Return a kept answer with the codes of this request."""
        key, codes = canonical(messages)
        with self._lock:
            found = self._kept.get(key)
            self.hits, self.misses = self.hits + (found is not None), self.misses + (found is None)
        if found is None:
            return None
        return {**found, "text": _swap(found["text"], {fixed: code for code, fixed in codes.items()})}

    def put(self, messages: list[dict], answer: dict) -> None:
        """Keep an answer."""
        key, codes = canonical(messages)
        row = {**answer, "text": _swap(answer["text"], codes)}
        with self._lock:
            self._kept[key] = row
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"key": key, **row}, ensure_ascii=False) + "\n")


def canonical(messages: Sequence[dict]) -> tuple[str, dict[str, str]]:
    """Return the request's key, and for each of its random codes the one that always stands for it."""
    codes: dict[str, str] = {}
    words = json.dumps([[each["role"], each["content"]] for each in messages], ensure_ascii=False)
    for found in CODE.finditer(words):
        if found[2] not in codes:
            number = len(codes)
            fixed = LETTERS[number // 361 % 19] + LETTERS[number // 19 % 19] + LETTERS[number % 19]
            codes[found[2]] = f"2{fixed}"
    return hashlib.sha256(_swap(words, codes).encode()).hexdigest(), codes


def _swap(text: str, codes: dict[str, str]) -> str:
    return re.sub(r"(?<![A-Za-z0-9])[2-9A-Z]{4}(?![A-Za-z0-9])", lambda m: codes.get(m[0], m[0]), text)


def _rows(path: Path) -> Iterator[dict]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


class CloudCache(ThreadingHTTPServer):
    """The server; `bodies` keeps what came in."""

    daemon_threads = True

    def __init__(self, cache: Cache, upstream: str = "", max_tokens: int = 400) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cache, self.upstream, self.max_tokens = cache, upstream, max_tokens
        self.bodies: list[bytes] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address) -> None:
        """A client that goes away in the middle is what Stop looks like."""

    def answer(self, messages: list[dict]) -> dict | None:
        """Return the kept answer, or the model's; None where there is neither."""
        found = self.cache.get(messages)
        if found is None and self.upstream:
            body = {"messages": messages, "max_tokens": self.max_tokens, "temperature": 0, "seed": 1}
            request = urllib.request.Request(
                f"{self.upstream}/v1/chat/completions",
                json.dumps(body).encode(),
                {"Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=1800) as reply:
                said = json.load(reply)
            choice = said["choices"][0]
            found = {
                "text": choice["message"]["content"], "finish": choice["finish_reason"], "usage": said["usage"],
            }  # fmt: skip
            self.cache.put(messages, found)
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: CloudCache

    def do_GET(self) -> None:
        self._reply(200, {"object": "list", "data": [{"id": "kept", "object": "model"}]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(body)
        answer = self.server.answer(json.loads(body)["messages"])
        if answer is None:
            self._reply(404, {"error": {"message": "not kept", "type": "invalid_request_error"}})
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        usage = {key: answer["usage"][key] for key in ("prompt_tokens", "completion_tokens")}
        self._event({"choices": [{"index": 0, "delta": {"content": answer["text"]}, "finish_reason": None}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": answer["finish"]}]})
        self._event({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _event(self, value: dict) -> None:
        frame = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "kept", **value}
        self.wfile.write(b"data: " + json.dumps(frame).encode() + b"\n\n")

    def _reply(self, status: int, value: dict) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args) -> None:
        """Nothing of a request is printed."""


@contextmanager
def cloud_cache(cache: Cache, model: Path | None = None) -> Iterator[CloudCache]:
    """Serve for the length of a block; with a model what is not kept is asked of it."""
    with ExitStack() as stack:
        upstream = ""
        if model is not None:
            from loopback_server import LoopbackServer

            upstream = stack.enter_context(LoopbackServer(model)).address
        server = stack.enter_context(CloudCache(cache, upstream))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kept", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument(
        "--preload", nargs=2, type=Path, action="append", default=[], metavar=("PROMPTS", "ANSWERS")
    )
    options = parser.parse_args()
    cache = Cache(options.kept)
    for prompts, answers in options.preload:
        print(f"{answers.name}: {cache.preload(prompts, answers)} answers", file=sys.stderr)
    with cloud_cache(cache, options.model) as server:
        print(server.address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
