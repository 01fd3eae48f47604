"""`confidant data`: whether what is kept is encrypted, and who can open it."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write
from app.core.cancel import Cancel

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.protection import Protected


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("data", help="encryption of what is kept, passphrase, recovery phrase")
    actions = parser.add_subparsers(dest="action", required=True)
    status = actions.add_parser("status", help="whether it is encrypted, and where the key is")
    status.add_argument("--json", action="store_true")
    actions.add_parser("encrypt", help="encrypt what is kept")
    actions.add_parser("decrypt", help="keep it readable for whoever can read the disk")
    passphrase = actions.add_parser("passphrase", help="ask for a passphrase at each start, or stop asking")
    passphrase.add_argument("what", choices=("set", "remove"))
    actions.add_parser("recovery", help="make twelve words that open everything too; older ones end")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Do one of these; exit 3 where a passphrase is needed and there is no terminal to type it in."""
    protection = confidant.protection
    match options.action:
        case "status":
            _tell_state(protection.state(), options.json)
        case "encrypt":
            protection.turn_on(Cancel(), _show())
            print(f"Everything that is kept is encrypted now. The key: {protection.state().place}.")
        case "decrypt":
            protection.turn_off(Cancel(), _show())
            print("Everything that is kept can be read by whoever can read the disk now.")
        case "passphrase":
            return _passphrase(confidant, options.what)
        case "recovery":
            _recovery(confidant)
    return Exit.OK


def _tell_state(state: "Protected", as_json: bool) -> None:
    if as_json:
        write(
            {
                "encrypted": state.is_encrypted,
                "key": state.place,
                "passphrase": state.has_passphrase,
                "recovery": state.has_recovery,
            }
        )
        return
    print(f"Encrypted: {_yes(state.is_encrypted)}")
    print(f"Key: {state.place}")
    print(f"Passphrase: {_yes(state.has_passphrase)}")
    print(f"Recovery phrase: {_yes(state.has_recovery)}")


def _passphrase(confidant: "Confidant", what: str) -> int:
    from app.commands.passphrase import ask_new

    protection = confidant.protection
    confidant.start()  # whoever changes the passphrase has to know the old one
    if what == "remove":
        protection.remove_passphrase()
        print(f"No passphrase is asked for any more. The key: {protection.state().place}.")
        return Exit.OK
    protection.set_passphrase(ask_new())
    print("Your passphrase is asked for at each start from now on. Nobody can bring it back for you.")
    if not protection.state().has_recovery:
        print("Make a recovery phrase for the day on which you forget it: confidant data recovery")
    return Exit.OK


def _recovery(confidant: "Confidant") -> None:
    confidant.start()
    phrase = confidant.protection.make_recovery_phrase()
    print("Write these words on paper and keep them safe. They are shown this once, and open everything.")
    print(phrase, flush=True)


def _show() -> Callable[[int, int], None]:
    """Return what prints how far it is, where somebody looks at it."""

    def tell(done: int, whole: int) -> None:
        if sys.stderr.isatty():
            print(f"{done} %", end="\n" if done == whole else "\r", file=sys.stderr, flush=True)

    return tell


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
