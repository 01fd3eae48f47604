"""What went into an answer, as the JSON of one column."""

import json
from contextlib import suppress
from dataclasses import asdict

from app.core.types import (
    Account,
    Agreement,
    Comparison,
    Difference,
    Source,
    Step,
    Usage,
    Used,
    Where,
)


def write(account: Account) -> str:
    """Return the account as JSON; empty where there is nothing in it."""
    return "" if account == Account() else json.dumps(asdict(account), separators=(",", ":"))


def read(text: str) -> Account:
    """Undo `write`; what cannot be read is no reason not to show the answer."""
    with suppress(ValueError, KeyError, TypeError):
        return _read(text) if text else Account()
    return Account()


def _read(text: str) -> Account:
    raw = json.loads(text)
    steps = tuple(
        Step(
            each["name"], Where(each["where"]), each["ms"], Usage(**each["usage"]), each["bytes_sent"],
            each["cost"],
        )
        for each in raw["steps"]
    )  # fmt: skip
    used = tuple(Used(Source(each["source"]), each["text"], each["id"], each["left"]) for each in raw["used"])
    found = raw["comparison"]
    comparison = None
    if found is not None:
        differences = tuple(Difference(**each) for each in found["differences"])
        comparison = Comparison(Agreement(found["agreement"]), differences)
    return Account(steps, used, comparison, tuple(raw["requests"]))
