"""What hiding private details costs in usefulness, on IFEval's prompts with invented details planted in them.

    python tests/bench/planted.py ifeval.jsonl OUT.jsonl --cloud MODEL.gguf [--prompts 50] [--threads 1]
        [--codes "another wording"]

Each prompt is sent as it is (`raw`), with codes (`codes`) and with invented names (`stand-ins`), through the
program's own pipeline to a server that only listens; the bodies that it heard then go to the real model,
several at a time, and the answers back through the conversation's own restorer. `--codes` tries another
wording of what a model is told about codes, on the same bodies (`tried`). What counts is decided by the rules
of `app.core.evaluation.instructions`, and by whether the planted name stands in the answer. OUT keeps the
answers; a run that is repeated goes on where it ended, and prints what there is.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from fakes import Yes, parrot
from figures import print_table

from app.assembly import Confidant, build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.evaluation.instructions import follows
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, PRIVACY_REPLACE_WITH
from app.core.types import Where
from app.privacy.policy import Level
from app.privacy.prompt import CODES

FIRST = [
    "Cornelia",
    "Ranulf",
    "Ottilie",
    "Percival",
    "Marguerite",
    "Leopold",
    "Ysolde",
    "Henrietta",
    "Ambrose",
    "Clementine",
    "Thaddeus",
]
LAST = [
    "Featherstone",
    "Abernathy",
    "Lindqvist",
    "Whitcombe",
    "Delacroix",
    "Thornbury",
    "Vandermeer",
    "Castellano",
    "Okonjo",
]
STREETS = ["14 Harbour Lane, Whitby", "22 Mill Road, Ipswich", "9 Orchard Close, Kendal"]
PLANTS = (
    "My name is {name}, and you can reach me at {mail}. Please mention my full name in what you write.",
    "This is for my colleague {name}, who lives at {street}. Please mention {name} by name.",
    "{name} ({phone}) asked me for this. Please mention {name} by name.",
)
LONG = 150
"""Words; prompts that ask for more are left out: so long an answer takes the small model minutes."""
TOKENS = 256


@dataclass(frozen=True, slots=True)
class Item:
    """A prompt with something planted in it."""

    key: str
    text: str
    name: str
    instructions: tuple[tuple[str, dict], ...]

    def met(self, answer: str) -> list[bool]:
        """Say of each demand whether an answer meets it; the last one is that it holds the name."""
        rules = [follows(name, answer, given) for name, given in self.instructions]
        return [*rules, self.name.casefold() in answer.casefold()]


def planted(path: Path, count: int) -> list[Item]:
    """Choose prompts by a seed, and plant details in them by another."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    fit = [each for each in records if _is_short(each)]
    random.Random(24).shuffle(fit)
    return [_item(record) for record in fit[:count]]


def _is_short(record: dict) -> bool:
    wanted = zip(record["instruction_id_list"], record["kwargs"], strict=True)
    return "combination:repeat_prompt" not in record["instruction_id_list"] and not any(
        given.get("relation") == "at least"
        and (given.get("num_words", 0) > LONG or given.get("num_sentences", 0) > LONG // 12)
        for _, given in wanted
    )


def _item(record: dict) -> Item:
    chance = random.Random(f"planted {record['key']}")
    first, last = chance.choice(FIRST), chance.choice(LAST)
    said = chance.choice(PLANTS).format(
        name=f"{first} {last}",
        mail=f"{first.lower()}.{last.lower()}@quillmail.example",
        street=chance.choice(STREETS),
        phone=f"+44 20 7946 0{chance.randrange(100, 999)}",
    )
    rules = tuple(zip(record["instruction_id_list"], record["kwargs"], strict=True))
    return Item(str(record["key"]), f"{record['prompt'].strip()}\n\n{said}", f"{first} {last}", rules)


def bodies(confidant: Confidant, bird, items: Sequence[Item], codes: str) -> Iterator[tuple[str, str, dict]]:
    """Yield item, arm and request; the conversation stands in the request, to restore the answer by."""
    for item in items:
        for arm, level, instead in (
            ("raw", Level.OPEN, "codes"),
            ("codes", Level.GUARDED, "codes"),
            ("stand-ins", Level.GUARDED, "stand-ins"),
        ):
            confidant.settings.set(PRIVACY_REPLACE_WITH, instead)
            conversation = confidant.session.new_conversation(level=level).id
            bird.bodies.clear()
            confidant.session.send(
                conversation, item.text, Yes(), Cancel(), lambda _: None,
                where=Where.CLOUD, mechanism="pipeline",
            )  # fmt: skip
            if not bird.bodies:
                print("refused:", item.key, arm, flush=True)
                continue
            messages = json.loads(bird.bodies[-1])["messages"]
            yield item.key, arm, {"conversation": conversation, "messages": messages}
            if arm == "codes" and codes:
                tried = [dict(each) for each in messages]
                tried[0]["content"] = tried[0]["content"].replace(CODES, codes)
                yield item.key, "tried", {"conversation": conversation, "messages": tried}


def generate(model: Path, threads: int, confidant: Confidant, asked: list, out: Path) -> None:
    """Let the real model answer what is not answered yet, several requests at a time."""
    import xllamacpp  # heavy, and only a run that generates needs it

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.hostnames, params.port, params.verbosity = ["127.0.0.1"], 0, 0
    params.n_parallel, params.n_ctx = 6, 1536 * 6
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    lock = threading.Lock()

    def work(each: tuple[str, str, dict]) -> None:
        key, arm, request = each
        body = {"messages": request["messages"], "max_tokens": TOKENS, "temperature": 0, "seed": 1}
        data = json.dumps(body).encode()
        url = f"{server.listening_address}/v1/chat/completions"
        wire = urllib.request.Request(url, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(wire, timeout=7200) as reply:
            text = json.load(reply)["choices"][0]["message"]["content"]
        with lock, out.open("a", encoding="utf-8") as file:
            restored = _restored(confidant, request["conversation"], text)
            file.write(json.dumps({"key": key, "arm": arm, "wire": text, "text": restored}) + "\n")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, asked))


def _restored(confidant: Confidant, conversation: str, text: str) -> str:
    restorer = confidant.session._border.privacy(conversation).restorer()
    return "".join(piece for piece, _ in [*restorer.feed(text), *restorer.flush()])


def report(items: Sequence[Item], out: Path) -> None:
    """Print what each arm kept of the usefulness of the raw prompt, over the prompts that all arms answered."""
    answers: dict[str, dict[str, str]] = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answers.setdefault(row["key"], {})[row["arm"]] = row["text"]
    arms = sorted({arm for said in answers.values() for arm in said}, key=lambda arm: (arm != "raw", arm))
    whole = [item for item in items if len(answers.get(item.key, ())) == len(arms)]
    if not whole:
        return
    met = {arm: [item.met(answers[item.key][arm]) for item in whole] for arm in arms}
    rows = [_row(arm, met[arm], met["raw"]) for arm in arms]
    head = ("arm", "demands met", "of them rules", "names", "all of a prompt", "kept (95 %)")
    print_table(f"{len(whole)} prompts with planted details", head, rows)


def _row(arm: str, met: list[list[bool]], raw: list[list[bool]]) -> tuple[str, ...]:
    total, count = sum(map(sum, met)), sum(map(len, met))
    names = sum(each[-1] for each in met)
    low, high = _interval(met, raw)
    return (
        arm,
        f"{total} of {count} ({total / count:.0%})",
        f"{total - names} of {count - len(met)}",
        f"{names} of {len(met)}",
        f"{sum(map(all, met))} of {len(met)}",
        f"{total / max(1, sum(map(sum, raw))):.1%} ({low:.0%} to {high:.0%})",
    )


def _interval(met: list[list[bool]], raw: list[list[bool]]) -> tuple[float, float]:
    chance, shares = random.Random(1), []
    for _ in range(2000):
        some = chance.choices(range(len(met)), k=len(met))
        shares.append(sum(sum(met[n]) for n in some) / max(1, sum(sum(raw[n]) for n in some)))
    shares.sort()
    return shares[50], shares[-51]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cloud", type=Path)
    parser.add_argument("--prompts", type=int, default=50)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--codes", default="")
    given = parser.parse_args()
    items = planted(given.data, given.prompts)
    if given.cloud:
        with tempfile.TemporaryDirectory() as folder, parrot(64) as bird:
            paths = Paths(Path(folder) / "profile")
            paths.create()
            confidant = build(paths, local=EchoEngine())
            confidant.start()
            confidant.settings.set(CLOUD_ENABLED, True)
            confidant.settings.set(CLOUD_BASE_URL, bird.address)
            kept = given.out.read_text(encoding="utf-8").splitlines() if given.out.exists() else []
            done = {(row["key"], row["arm"]) for row in map(json.loads, kept)}
            asked = [each for each in bodies(confidant, bird, items, given.codes) if each[:2] not in done]
            generate(given.cloud, given.threads, confidant, asked, given.out)
            confidant.close()
    report(items, given.out)


if __name__ == "__main__":
    main()
