"""Make the answers of a real pair of models, and keep of them what the cascade's figures need.

    python tests/bench/pair_outputs.py answers MODEL SIDE QUESTIONS OUT [--tokens 512] [--parallel 6]
    python tests/bench/pair_outputs.py figures DRAFTS CLOUD QUESTIONS TASKS OUT

`answers` lets a model answer, behind llama.cpp's server on loopback; it goes on where it was interrupted. SIDE
is `local` (as the program samples, with log-probabilities) or `cloud` (the likeliest words). QUESTIONS holds
{"id", "text"} a line; for the cloud, its texts are what `confidant sanitize --jsonl` makes of them. Hours.
`figures` keeps numbers alone: whether each model is right, how sure the draft was, and what rules said of it.
Neither a question nor an answer is in them; an id is the digest of the set's own. TASKS: see `cascade.py`.
"""

import argparse
import hashlib
import json
import queue
import sys
import threading
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from grading import is_right, rows

from app.core.draft import Written
from app.core.embeddings import MiniLm
from app.core.mechanisms.base import PERSONA
from app.core.router import Facts, Router
from app.core.types import Where
from app.core.verify import examine
from app.privacy.policy import Level
from app.privacy.prompt import Template

CONTEXT, PATIENCE = 2048, 14_000
LOCAL = {
    "temperature": 0.2, "top_k": 40, "top_p": 0.95, "min_p": 0.05, "repeat_penalty": 1.1,
    "repeat_last_n": 64, "logprobs": True,
}  # fmt: skip


def answers(arguments: argparse.Namespace) -> None:
    """Answer what is not answered yet, several questions at once."""
    import xllamacpp

    wish = xllamacpp.CommonParams()
    wish.model.path, wish.hostnames, wish.port, wish.verbosity = arguments.model, ["127.0.0.1"], 0, 0
    wish.n_parallel, wish.n_ctx = arguments.parallel, CONTEXT * arguments.parallel
    server = xllamacpp.Server(wish)
    out = Path(arguments.out)
    done = {row["id"] for row in rows(out)} if out.exists() else set()
    left: queue.Queue[dict] = queue.Queue()
    for row in rows(arguments.questions):
        if row["id"] not in done:
            left.put(row)
    lock = threading.Lock()
    with out.open("a", encoding="utf-8") as file:

        def work() -> None:
            while True:
                try:
                    row = left.get_nowait()
                except queue.Empty:
                    return
                told = ask(server.listening_address, row, arguments)
                with lock:
                    file.write(json.dumps(told) + "\n")
                    file.flush()

        threads = [threading.Thread(target=work) for _ in range(arguments.parallel)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def ask(address: str, row: dict, arguments: argparse.Namespace) -> dict:
    """Return one answer, of the draft's side with its log-probabilities."""
    is_local = arguments.side == "local"
    system = PERSONA if is_local else Template.PLAIN.value
    body = {
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": row["text"]}],
        "max_tokens": arguments.tokens, "seed": 1, **(LOCAL if is_local else {"temperature": 0}),
    }  # fmt: skip
    request = urllib.request.Request(
        f"{address}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
        choice = json.load(reply)["choices"][0]
    told = {"id": row["id"], "text": choice["message"]["content"], "finish": choice["finish_reason"]}
    if is_local:
        pieces = (choice.get("logprobs") or {}).get("content", [])
        told["lp"] = [round(each["logprob"], 4) for each in pieces]
    return told


def figures(arguments: argparse.Namespace) -> None:
    """Write one line of numbers for each question that both have answered."""
    tasks = {row.get("id") or f"if:{row['key']}": row for row in rows(arguments.tasks)}
    asked = {row["id"]: text_of(row) for row in rows(arguments.questions)}
    cloud = {row["id"]: row["text"] for row in rows(arguments.cloud)}
    embedder = MiniLm()
    router = Router(lambda: embedder)
    with Path(arguments.out).open("w", encoding="utf-8") as file:
        for row in rows(arguments.drafts):
            if row["id"] in cloud:
                name, question = row["id"], asked[row["id"]]
                told = figures_of(row, question, router) | {
                    "local": is_right(tasks[name], row["text"]), "cloud": is_right(tasks[name], cloud[name]),
                }  # fmt: skip
                file.write(json.dumps(told) + "\n")


def figures_of(row: dict, question: str, router: Router) -> dict:
    """Return what is known of a draft without its words."""
    written = Written(row["text"], list(row.get("lp") or ()), row.get("finish") == "length")
    found = examine(question, written.text, written.truncated)
    facts = Facts(cloud=True, bundled=False)
    route = router.route(question, Level.GUARDED, Where.AUTO, facts)
    return {
        "id": hashlib.sha256(row["id"].encode()).hexdigest()[:12],
        "tokens": len(written.logprobs),
        "mean": round(written.mean or 0.0, 4),
        "lowest": round(written.lowest or 0.0, 4),
        "difficulty": round(route.difficulty, 4),
        "is_local": route.where is Where.LOCAL,
        "faults": [[fault.kind.value, fault.weight] for fault in found.faults],
        "kept": found.kept,
    }


def text_of(row: dict) -> str:
    return row["text"] if "text" in row else row["messages"][-1]["content"]


def main() -> None:
    reader = argparse.ArgumentParser()
    ways = reader.add_subparsers(dest="way", required=True)
    made = ways.add_parser("answers")
    for name in ("model", "side", "questions", "out"):
        made.add_argument(name, choices=("local", "cloud") if name == "side" else None)
    made.add_argument("--tokens", type=int, default=512)
    made.add_argument("--parallel", type=int, default=6)
    kept = ways.add_parser("figures")
    for name in ("drafts", "cloud", "questions", "tasks", "out"):
        kept.add_argument(name)
    arguments = reader.parse_args()
    (answers if arguments.way == "answers" else figures)(arguments)


if __name__ == "__main__":
    main()
