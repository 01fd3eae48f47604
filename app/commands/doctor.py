"""`confidant doctor`: whether everything that an answer needs is there; it calls nobody."""

import argparse
import platform
from collections.abc import Callable
from typing import TYPE_CHECKING

from app import __version__
from app.commands.exits import Exit
from app.commands.lines import write
from app.core.errors import ConfidantError
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("doctor", help="check this installation")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Check each part and print how it is; exit 3 where one does not work."""
    checks = [
        ("program", lambda: f"{__version__}, Python {platform.python_version()}"),
        ("profile", lambda: str(confidant.paths.profile)),
        ("database", lambda: f"{len(confidant.session.conversations())} conversations"),
        ("encryption", lambda: _encryption(confidant)),
        ("filter", lambda: _filter(confidant)),
        ("local model", lambda: _model(confidant)),
        ("keyring", lambda: confidant.secrets.place),
        ("vault key", lambda: confidant.secrets.data_key_place),
        ("cloud", lambda: confidant.border.closed() or confidant.border.cloud.provider),
    ]
    results = [(name, *_try(check)) for name, check in checks]
    for name, works, told in results:
        if options.json:
            write({"check": name, "ok": works, "told": told})
        else:
            print(f"{'ok  ' if works else 'FAIL'}  {name}: {told}")
    return Exit.OK if all(works for _, works, _ in results) else Exit.CANNOT_RUN


def _try(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except (ConfidantError, PrivacyError) as error:
        return False, error.told


def _encryption(confidant: "Confidant") -> str:
    state = confidant.protection.state()
    if not state.is_encrypted:
        return "off: whoever can read the disk can read your conversations"
    beside = " There is no keyring here; a passphrase would protect it better." if state.is_exposed else ""
    return f"on; the key: {state.place}.{beside}"


def _filter(confidant: "Confidant") -> str:
    from app.core.filter_figures import load

    conversation = confidant.border.fresh()
    sample = "Ask Maria Gonzalez, maria.gonzalez@example.com, about the invoice."
    found = confidant.border.privacy(conversation).inspect(sample, Level.GUARDED)
    kinds = {each.finding.kind.value for each in found}
    if not {"PERSON", "EMAIL"} <= kinds:
        raise PrivacyError("The filter does not find what it should; nothing will be sent.")
    return f"finds what it should; measured on {load().measured_on}, see: confidant figures"


def _model(confidant: "Confidant") -> str:
    from app.core.models.catalog import resolve
    from app.core.models.gguf import read_header
    from app.core.settings import LOCAL_MODEL

    model = resolve(confidant.settings[LOCAL_MODEL], confidant.paths.models)
    read_header(model.path)
    return model.title
