"""What hiding private details costs in usefulness: demands that a rule can check, met with and without it.

    python tests/bench/utility.py --cloud MODEL.gguf [--prompts 25]     a real model as the cloud
    python tests/bench/utility.py --echo DATA                           PUPA's prompts through an echo, restored

The first sends each prompt of our own twice through the program's pipeline, at the levels guarded and open,
and counts the demands that the answers meet. The second looks at what leaves and at what comes back.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
from fakes import Yes, parrot
from figures import print_table
from loopback_server import LoopbackServer

from app.assembly import Confidant, build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.events import Delta, Done, Failed, Sent
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED
from app.core.types import Where
from app.privacy.policy import Level

Check = Callable[[str], bool]


def has(*words: str) -> Check:
    return lambda text: all(word.casefold() in text.casefold() for word in words)


def lines(count: int) -> Check:
    return lambda text: len(re.findall(r"^\s*(?:[-*•]|\d+[.)])\s", text, re.MULTILINE)) == count


def at_most(count: int) -> Check:
    return lambda text: 0 < len(text.split()) <= count


def ends(words: str) -> Check:
    return lambda text: text.rstrip(' .!\n"*').casefold().endswith(words.casefold())


def begins(words: str) -> Check:
    return lambda text: text.lstrip(' \n"*#').casefold().startswith(words.casefold())


def without(words: str) -> Check:
    return lambda text: words.casefold() not in text.casefold()


def upper(text: str) -> bool:
    return text.upper() == text


def is_json(*keys: str) -> Check:
    def check(text: str) -> bool:
        found = re.search(r"\{[\s\S]*\}", text)
        try:
            return bool(found) and set(keys) <= json.loads(found.group()).keys()
        except ValueError:
            return False

    return check


def german(text: str) -> bool:
    return len(re.findall(r"\b(?:und|der|die|das|ist|nicht|ich|Sie|wir|mit|für|am|um|zu)\b", text)) >= 3


PROMPTS: list[tuple[str, tuple[Check, ...]]] = [
    ("Write a birthday greeting to Cornelia Featherstone in at most 40 words. Name her.", (at_most(48), has("Cornelia Featherstone"))),
    ("My boss Ranulf Abernathy (r.abernathy@quillmail.example) wants three ideas for a team lunch. Give a list of exactly 3 items.", (lines(3),)),
    ("Return a JSON object with the keys name, email and phone for Ottilie Lindqvist, ottilie@quillmail.example, +44 20 7946 0112.", (is_json("name", "email", "phone"), has("Ottilie Lindqvist", "ottilie@quillmail.example"))),
    ("Begin your answer with 'Dear Mr Okonjo' and thank him in two sentences for the repair at 14 Harbour Lane.", (begins("Dear Mr Okonjo"),)),
    ("Write one sentence that tells Percival Whitcombe that his card 4111 1111 1111 1111 was charged twice. Use the word refund.", (has("refund", "Percival Whitcombe"), at_most(60))),
    ("Translate into German: I, Marguerite Delacroix, will come on Monday with my two children.", (german, has("Marguerite Delacroix"))),
    ("List exactly 4 questions that Leopold Thornbury should ask at his job interview at Brindlewick Dental Clinic.", (lines(4),)),
    ("Write in capital letters only: a notice that Ysolde Vandermeer has lost her grey cat. At most 30 words.", (upper, at_most(36))),
    ("Write a short e-mail to henrietta@quillmail.example and end it with the words 'See you soon'.", (ends("See you soon"),)),
    ("Explain to Ambrose Castellano in at most 50 words what a mortgage is, without the word bank.", (at_most(60), without(" bank"))),
    ("Make a list of exactly 5 things to pack for Clementine Brightwater's trip; she lives at 22 Mill Road, Whitby.", (lines(5),)),
    ("Reply to Thaddeus Okonjo that the meeting is moved to 15:30. Mention the time and his name.", (has("Thaddeus", "15:30"),)),
    ("Give a JSON object with the keys customer and total: Bertram Featherstone bought 3 lamps at 20 euros each.", (is_json("customer", "total"), has("Bertram Featherstone", "60"))),
    ("Write two sentences to my landlord Leopold Delacroix, asking for a repair. Use the word heating.", (has("heating", "Delacroix"), at_most(80))),
    ("My IBAN is GB82 WEST 1234 5698 7654 32. Write one sentence asking a client to pay to it, and repeat it exactly.", (has("GB82 WEST 1234 5698 7654 32"), at_most(60))),
    ("Sort these people by first name and list them, exactly 3 items: Ysolde Abernathy, Ambrose Thornbury, Cornelia Lindqvist.", (lines(3), has("Ysolde Abernathy", "Ambrose Thornbury", "Cornelia Lindqvist"))),
    ("Write a subject line of at most 10 words for a complaint by Ottilie Castellano about a late parcel.", (at_most(14),)),
    ("Name exactly 3 gifts for Percival Brightwater, who is 70 and likes gardens. A list.", (lines(3), at_most(120))),
    ("Begin with the word Certainly and confirm to Henrietta Whitcombe that her room is booked for 2 nights.", (begins("Certainly"), has("2" ))),
    ("Write a haiku of three lines about the garden of Marguerite Vandermeer.", (lambda text: 3 <= len([one for one in text.splitlines() if one.strip()]) <= 4,)),
    ("Answer yes or no only: is 17 larger than 12? My name is Ranulf Delacroix.", (begins("yes"), at_most(3))),
    ("Thaddeus Lindqvist has 12 apples and gives 5 to Clementine Okonjo. How many are left? Give the number.", (has("7"), at_most(80))),
    ("Write a reminder to bertram@quillmail.example in at most 30 words, with the word dentist.", (has("dentist"), at_most(40))),
    ("Say in one sentence why Cornelia Abernathy should keep receipts. Do not use the word tax.", (without(" tax"), at_most(50))),
    ("Give exactly 3 bullet points on how Leopold Castellano can sleep better; use the word evening.", (lines(3), has("evening"))),
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cloud", type=Path)
    parser.add_argument("--prompts", type=int, default=len(PROMPTS))
    parser.add_argument("--echo", type=Path)
    parser.add_argument("--limit", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "profile")
        paths.create()
        if chosen.cloud:
            with LoopbackServer(chosen.cloud) as server:
                compare(started(paths, server.address), PROMPTS[: chosen.prompts])
        if chosen.echo:
            with parrot(7) as bird:
                echo(started(paths, bird.address), bird, chosen.echo, chosen.limit)


def started(paths: Paths, address: str) -> Confidant:
    confidant = build(paths, local=EchoEngine())
    confidant.start()
    confidant.settings.set(CLOUD_ENABLED, True)
    confidant.settings.set(CLOUD_BASE_URL, address)
    return confidant


def asked(confidant: Confidant, text: str, level: Level) -> tuple[str, str] | None:
    """Return the answer and the bytes that left; None where the filter let nothing leave."""
    events = []
    conversation = confidant.session.new_conversation(level=level).id
    confidant.session.send(
        conversation, text, Yes(), Cancel(), events.append, where=Where.CLOUD, mechanism="pipeline"
    )
    if isinstance(events[-1], Failed) and events[-1].kind == "filter":
        return None
    assert isinstance(events[-1], Done), events[-1]
    answer = "".join(event.text for event in events if isinstance(event, Delta))
    return answer, "".join(event.body for event in events if isinstance(event, Sent))


def compare(confidant: Confidant, prompts: list[tuple[str, tuple[Check, ...]]]) -> None:
    """Answer every prompt at both levels and count the demands that are met."""
    met: dict[Level, list[bool]] = {Level.OPEN: [], Level.GUARDED: []}
    for text, checks in prompts:
        for level, results in met.items():
            answer, _ = asked(confidant, text, level) or ("", "")
            results += [check(answer) for check in checks]
            print(json.dumps([level.value, results[-len(checks) :], answer[:200]]), flush=True)
    confidant.close()
    count = len(met[Level.OPEN])
    plain, guarded = sum(met[Level.OPEN]), sum(met[Level.GUARDED])
    low, high = spread(met[Level.OPEN], met[Level.GUARDED])
    rows = [
        ("prompts, demands", f"{len(prompts)}, {count}"),
        ("met with the prompt as it is", f"{plain} ({plain / count:.0%})"),
        ("met with details hidden", f"{guarded} ({guarded / count:.0%})"),
        ("kept", f"{guarded / plain:.1%} (95 %: {low:.0%} to {high:.0%})"),
    ]
    print_table("Usefulness with private details hidden", ("what", "figure"), rows)


def spread(plain: list[bool], guarded: list[bool]) -> tuple[float, float]:
    """Return the bootstrap's interval of the share that is kept."""
    chance, shares = random.Random(1), []
    for _ in range(2000):
        some = chance.choices(range(len(plain)), k=len(plain))
        shares.append(sum(guarded[n] for n in some) / max(1, sum(plain[n] for n in some)))
    shares.sort()
    return shares[50], shares[-51]


def echo(confidant: Confidant, bird, data: Path, limit: int) -> None:
    """Send prompts to a server that says them back: does the answer read as the prompt did, and what left?"""
    path = data / "pupa.jsonl" if data.is_dir() else data
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:limit]
    count: Counter[str] = Counter()
    for record in records:
        bird.bodies.clear()
        got = asked(confidant, record["text"], Level.GUARDED)
        if got is None:
            count["refused"] += 1
            continue
        answer, text = got[0].strip(), record["text"].strip()
        count["exact"] += answer == text
        count["case"] += answer != text and answer.casefold() == text.casefold()
        wire = json.loads(bird.bodies[-1])["messages"][-1]["content"]
        count["codes"] += len(re.findall(r"\b[A-Za-z]+-[2-9B-Z]{4}\b", wire))
        for unit in record["units"]:
            shape = r"(?<![^\W_])" + re.escape(unit.casefold()) + r"(?![^\W_])"
            count["units"] += 1
            count["leaks"] += re.search(shape, wire.casefold()) is not None
        if answer.casefold() != text.casefold():
            print("differs:", record["id"], len(text), len(answer), flush=True)
    confidant.close()
    sent = len(records) - count["refused"]
    rows = [
        ("prompts, sent, refused by the filter", f"{len(records)}, {sent}, {count['refused']}"),
        ("answers that read as the prompt did", f"{count['exact']} ({count['exact'] / sent:.1%})"),
        ("the same but for small and capital letters", str(count["case"])),
        ("codes on the wire", str(count["codes"])),
        (
            "private strings that left",
            f"{count['leaks']} of {count['units']} ({count['leaks'] / count['units']:.1%})",
        ),
    ]
    print_table("Said back by an echo", ("what", "figure"), rows)


if __name__ == "__main__":
    main()
