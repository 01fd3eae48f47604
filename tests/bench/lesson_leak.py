"""Whether what is kept to learn from holds a private detail.

    python tests/bench/lesson_leak.py FILE.jsonl [--level NAME]

Lines hold a "text" and may hold "units", private strings that people marked in it (PUPA). Each text goes through
the program to a loopback server that says it back, and the answer is accepted. Then what the filter found in the
text, and each unit, is looked for in every text of the table `example`, by whole words. Units that the filter
lets leave at this level by rule are the filter's affair (tests/bench and the privacy figures); they are counted
apart.
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import Yes, parrot

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import ConfidantError
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED
from app.core.types import Where
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level
from app.privacy.types import Action


def holds(kept, value):
    words = r"\W+".join(map(re.escape, re.findall(r"\w+", value.casefold())))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", kept) is not None


def learned(confidant, text, level):
    """Ask, accept, and return what is kept of it; empty where nothing left."""
    conversation = confidant.session.new_conversation(level=level).id
    confidant.session.send(conversation, text, Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    said = confidant.session.messages(conversation)
    if len(said) < 2:
        return ""
    confidant.exemplars.learn(*said)
    confidant.exemplars.judged(said[1].id, True)
    with confidant._kept.reading() as connection:
        rows = connection.execute(
            "SELECT masked, strategy, answer FROM example WHERE source = ?",
            (said[1].id,),
        ).fetchall()
    return "\n".join(str(value) for row in rows for value in row).casefold()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--level", choices=[each.value for each in Level], default=Level.GUARDED.value)
    parser.add_argument("--words", action="store_true", help="print what was left")
    options = parser.parse_args()
    level = Level(options.level)
    texts = found = leaked = units = readable = 0
    with tempfile.TemporaryDirectory() as folder, parrot(piece=2000) as bird:
        paths = Paths(Path(folder))
        paths.create()
        confidant = build(paths, local=EchoEngine())
        confidant.start()
        confidant.settings.set(CLOUD_ENABLED, True)
        confidant.settings.set(CLOUD_BASE_URL, bird.address)
        for row in map(json.loads, options.file.read_text("utf-8").splitlines()):
            try:
                kept = learned(confidant, row["text"], level)
                decided = confidant.session.rehearse(row["text"], Level.GUARDED)
            except (ConfidantError, PrivacyError):
                continue
            if not kept:
                continue
            texts += 1
            hidden = [
                row["text"][each.finding.start : each.finding.end]
                for each in decided
                if each.action is not Action.KEEP and each.finding.end - each.finding.start > 1
            ]
            found += len(hidden)
            left = [value for value in hidden if holds(kept, value)]
            leaked += len(left)
            for value in left if options.words else ():
                print(repr(value))
            units += len(row.get("units", ()))
            readable += sum(holds(kept, value) for value in row.get("units", ()))
        confidant.close()
    print(f"{texts} texts learned from; found values {found}, of them in the table {leaked}")
    print(f"marked units {units}, of them readable in the table {readable}")


if __name__ == "__main__":
    main()
