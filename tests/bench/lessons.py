"""What the local model learns from the cloud's accepted answers, on word problems with a known result.

    python tests/bench/lessons.py --gold gsm8k.jsonl --wire wire.jsonl --teacher large.jsonl \\
        --pupil small.jsonl --model small.gguf --out FOLDER [--layout NAME] [--split N] [--items N]

Right answers of the teacher to the first N questions become lessons, through the store and the filter that the
program uses; the pupil answers the questions behind with a lesson before its prompt, in this process. Lines of
`wire` hold what went to the teacher ("messages"), lines of `teacher` and `pupil` their "text"; the pupil's also
the log-probabilities "lp" of its tokens. FOLDER keeps what is generated: a run that was cut short goes on.
Layouts: `strategy` says how to solve it, `worked` shows one solved question, `two` shows two, `none` nothing.
"""

import argparse
import json
import re
import statistics
import tempfile
from pathlib import Path

import numpy as np

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.memory import exemplars
from app.core.paths import Paths
from app.core.settings import LOCAL_MODEL
from app.core.store.conversations import Conversations
from app.core.types import Chunk, Generation, Message, Origin, Piece, Prompt, Role, State
from app.privacy.policy import Level

PERSONA = "You are a helpful AI assistant."
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
BOXED = re.compile(r"boxed\{([^}]*)\}")
LAYOUTS = ("none", "strategy", "worked", "two")


def rows(path):
    return {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


def result(text):
    boxed = BOXED.findall(text)
    found = NUMBER.findall(boxed[-1] if boxed else text)
    return float(found[-1].replace(",", "")) if found else None


def taught(confidant, gold, wire, teacher, ids):
    """Let right answers of the teacher become lessons; return how many."""
    store, memory = Conversations(confidant._kept), confidant.exemplars
    count = 0
    for id in ids:
        if id not in teacher or result(teacher[id]["text"]) != float(gold[id]["answer"].replace(",", "")):
            continue
        conversation = store.create("", Level.GUARDED).id
        question = store.ask(conversation, gold[id]["question"])
        answer = store.begin_answer(conversation)
        store.set_wire(question.id, wire[id]["messages"][-1]["content"])
        said = teacher[id]["text"]
        store.finish(answer, State.COMPLETE, [Piece(said, Origin.CLOUD)], wire_text=said)
        before, after = store.messages(conversation)
        memory.learn(before, after)
        memory.judged(answer, True)
        count += 1
    return count


def messages(layout, question, lessons):
    asked = question
    shown = []
    if layout == "strategy":
        learned = [
            f"A question of this kind: {each.question}\nHow to solve it: {each.strategy}\n\n"
            for each in lessons[:1]
        ]
        asked = "".join(learned) + question
    elif layout in ("worked", "two"):
        for each in reversed(lessons[: 1 if layout == "worked" else 2]):
            shown += [Message(Role.USER, each.question), Message(Role.ASSISTANT, each.answer)]
    return (Message(Role.SYSTEM, PERSONA), *shown, Message(Role.USER, asked))


def answered(local, prompt):
    text, logprobs = [], []
    for chunk in local.stream(prompt, Cancel()):
        if isinstance(chunk, Chunk):
            text.append(chunk.text)
            logprobs += chunk.logprobs
    return {"text": "".join(text), "lp": [round(each, 4) for each in logprobs]}


def generate(options, gold, ids, confidant):
    path = options.out / f"{options.layout}.jsonl"
    done = rows(path) if path.exists() else {}
    with tempfile.TemporaryDirectory() as folder, path.open("a", encoding="utf-8") as file:
        paths = Paths(Path(folder))
        paths.create()
        speaker = build(paths)
        speaker.start()
        speaker.settings.set(LOCAL_MODEL, str(options.model.resolve()))
        for id in ids:
            if id in done:
                continue
            question = gold[id]["question"]
            lessons = confidant.exemplars.like(question)
            prompt = Prompt(
                messages(options.layout, question, lessons), Generation(max_tokens=320, logprobs=True)
            )
            made = answered(speaker.own_local, prompt)
            done[id] = {"id": id, **made, "near": [round(each.nearness, 3) for each in lessons]}
            file.write(json.dumps(done[id]) + "\n")
            file.flush()
        speaker.close()
    return done


def interval(values, seed=1):
    values = np.array(values, float)
    means = np.random.default_rng(seed).choice(values, (4000, len(values))).mean(axis=1)
    return f"{values.mean():+.3f} [{np.quantile(means, 0.025):+.3f}, {np.quantile(means, 0.975):+.3f}]"


def report(gold, pupil, made, ids):
    ids = [id for id in ids if id in made and id in pupil]
    right = {
        name: [result(rows[id]["text"]) == float(gold[id]["answer"].replace(",", "")) for id in ids]
        for name, rows in (("without", pupil), ("with", made))
    }
    print(f"{len(ids)} questions, {sum(bool(made[id]['near']) for id in ids)} of them with a lesson")
    for name, values in right.items():
        print(f"  right {name:8} {interval(values)}")
    print(f"  difference     {interval(np.array(right['with'], float) - np.array(right['without'], float))}")
    sure = {
        name: [statistics.fmean(rows[id]["lp"]) if rows[id]["lp"] else -9.0 for id in ids]
        for name, rows in (("without", pupil), ("with", made))
    }
    border = statistics.median(sure["without"])
    for name, values in sure.items():
        asked = [value < border for value in values]
        print(f"  escalated {name:8} {interval(asked)}   (mean log-probability below {border:.3f})")
        kept = [ok for ok, gone in zip(right[name], asked, strict=True) if not gone]
        print(f"    right among those that stay: {interval(kept) if kept else '-'}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("gold", "wire", "teacher", "pupil", "model", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--layout", choices=LAYOUTS, default="worked")
    parser.add_argument("--split", type=int, default=66, help="questions whose answers are learned from")
    parser.add_argument("--skip", type=int, default=0, help="questions behind them that are left out")
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--from-cosine", type=float, default=exemplars.FIRST, help="where lessons begin")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    gold, wire = rows(options.gold), rows(options.wire)
    teacher, pupil = rows(options.teacher), rows(options.pupil)
    known = list(gold)[: options.split]
    asked = [id for id in list(gold)[options.split :] if id in pupil][options.skip :][: options.items]
    exemplars.FIRST = exemplars.LOWEST = options.from_cosine
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        paths.create()
        confidant = build(paths, local=EchoEngine())
        confidant.start()
        print(f"{taught(confidant, gold, wire, teacher, known)} lessons of {len(known)} questions")
        made = generate(options, gold, asked, confidant)
        confidant.close()
    report(gold, pupil, made, asked)


if __name__ == "__main__":
    main()
