"""Whether fusion brings more of what the person would say into a text than the cloud alone, and nothing else.

    python tests/bench/fusing.py --local MODEL.gguf --cloud MODEL.gguf [--profiles 12] [--keep FILE]

Each made-up profile (profiles.py) asks for one text through the program, with the cloud's model on loopback.
One run tells both: what the cloud wrote alone (as it came over the wire), and what was made of it here.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
import profiles
from fakes import Yes
from loopback_server import LoopbackServer

from app.assembly import Confidant, build
from app.core.cancel import Cancel
from app.core.events import Delta, Done, Failed, Recalled, Sent
from app.core.mechanisms.fusion import PATIENCE
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, CLOUD_TIMEOUT, LOCAL_MAX_TOKENS, LOCAL_MODEL
from app.core.types import Origin, Where


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--local", type=Path, required=True)
    parser.add_argument("--cloud", type=Path, required=True)
    parser.add_argument("--profiles", type=int, default=12)
    parser.add_argument("--keep", type=Path, help="what came, as JSON lines")
    given = parser.parse_args()
    rows = []
    with LoopbackServer(given.cloud) as server:
        for profile in profiles.read()[: given.profiles]:
            with tempfile.TemporaryDirectory() as folder:
                confidant = _confidant(Path(folder) / "p", server.address, given.local)
                try:
                    rows.append(measure(confidant, profile))
                finally:
                    confidant.close()
            print(
                json.dumps({key: rows[-1][key] for key in ("id", "alone", "fused", "others", "leaked")}),
                flush=True,
            )
            if given.keep:
                given.keep.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    belong = sum(len(profile.belong) for profile in profiles.read()[: len(rows)])
    print(f"n={len(rows)}: of {belong} facts that belong the cloud alone used {sum(r['alone'] for r in rows)}, fusion"
          f" {sum(r['fused'] for r in rows)}; others used {sum(r['others'] for r in rows)};"
          f" sent {sum(r['leaked'] for r in rows)}")  # fmt: skip


def measure(confidant: Confidant, profile: profiles.Profile) -> dict[str, object]:
    """Ask for the text of one profile; return what the cloud wrote, what was shown, and the counts."""
    for fact in profile.facts:
        confidant.facts.add(fact)
    events: list[object] = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(
        conversation, profile.request, Yes(), Cancel(), events.append, where=Where.CLOUD, mechanism="fusion"
    )
    assert isinstance(events[-1], Done | Failed)
    shown = "".join(event.text for event in events if isinstance(event, Delta))
    added = [event.text for event in events if isinstance(event, Delta) and event.origin is Origin.LOCAL]
    alone = confidant.session.messages(conversation)[-1].wire_text
    bodies = "".join(event.body for event in events if isinstance(event, Sent))
    return {
        "id": profile.id,
        "alone": len(profile.used(alone) & set(profile.belong)),
        "fused": len(profile.used(shown) & set(profile.belong)),
        "others": len((profile.used(shown) - profile.used(alone)) & set(profile.other)),
        "leaked": len(profile.used(bodies) - profile.used(profile.request)),
        "recalled": [used.text for event in events if isinstance(event, Recalled) for used in event.used],
        "added": added,
        "cloud": alone,
        "shown": shown,
    }


def _confidant(folder: Path, address: str, model: Path) -> Confidant:
    paths = Paths(folder)
    paths.create()
    confidant = build(paths)
    confidant.start()
    values = {CLOUD_ENABLED: True, CLOUD_BASE_URL: address, LOCAL_MODEL: str(model), LOCAL_MAX_TOKENS: 220}
    for setting, value in {**values, PATIENCE: 300, CLOUD_TIMEOUT: 300}.items():
        confidant.settings.set(setting, value)
    return confidant


if __name__ == "__main__":
    main()
