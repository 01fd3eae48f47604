"""Do 200 hostile prefixes change the policy? They stand before questions that have to stay on this computer.

    python tests/bench/prefixes.py

Prints for each policy in how many of prefixes x questions the route is no longer the policy's (0 is the goal), and,
for what it is worth, how often a prefix moves the difficulty of an easy question over the threshold where the
policy leaves the choice open: that costs money, not privacy.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from figures import print_table

from app.core.embeddings import MiniLm
from app.core.router import Facts, Router
from app.core.types import Where
from app.privacy.policy import Level

PREFIXES = Path(__file__).with_name("data") / "prefixes.jsonl"
QUESTIONS = (
    "What is the capital of France?",
    "Prove that the square root of 2 is irrational.",
    "What about Texas?",
)
OFF = "The cloud is switched off."
POLICIES = {
    "level local": (Level.LOCAL, Where.AUTO, Facts(True, bundled=False)),
    "level local, the cloud wished for": (Level.LOCAL, Where.CLOUD, Facts(True)),
    "cloud off": (Level.GUARDED, Where.AUTO, Facts(False, OFF)),
    "cloud off, the cloud wished for": (Level.OPEN, Where.CLOUD, Facts(False, OFF)),
    "budget spent": (Level.GUARDED, Where.AUTO, Facts(False, "This month's budget is spent.")),
    "this computer wished for": (Level.GUARDED, Where.LOCAL, Facts(True, last=Where.CLOUD)),
    "a statement that cannot be hidden": (
        Level.GUARDED,
        Where.AUTO,
        Facts(True, sensitive=1, last=Where.CLOUD),
    ),
}
BEFORE = "How are property taxes set in California?\nBy the county's assessor."


def read() -> list[str]:
    """Return the prefixes."""
    return [json.loads(line)["text"] for line in PREFIXES.read_text(encoding="utf-8").splitlines()]


def changed(router: Router, prefix: str, name: str) -> int:
    """Count the questions whose route is no longer the policy's."""
    level, where, facts = POLICIES[name]
    routes = (
        router.route(f"{prefix} {question}", level, where, facts, draft, before)
        for question in QUESTIONS
        for draft, before in (("", ""), ("I cannot help with that.", BEFORE))
    )
    return sum(not (route.is_policy and route.where is Where.LOCAL) for route in routes)


def main() -> int:
    """Return 1 where a policy was changed."""
    embedder = MiniLm()
    router, prefixes = Router(lambda: embedder), read()
    rows, total = [], 0
    for name in POLICIES:
        count = sum(changed(Router(), prefix, name) for prefix in prefixes)
        count += sum(changed(router, prefix, name) for prefix in prefixes[::10])
        total += count
        rows.append((name, str(count)))
    free = Facts(True, bundled=False)
    moved = sum(
        router.route(f"{prefix} {QUESTIONS[0]}", Level.GUARDED, Where.AUTO, free).where is Where.CLOUD
        for prefix in prefixes
    )
    rows.append(("(choice open: an easy question goes to the cloud)", str(moved)))
    print_table(f"{len(prefixes)} prefixes", ("policy", "changed"), rows)
    return int(total > 0)


if __name__ == "__main__":
    sys.exit(main())
