"""The commands of the terminal, one file for each group."""

import argparse
from typing import TYPE_CHECKING

from app.commands import (
    ask,
    backup,
    data,
    doctor,
    documents,
    evaluate,
    figures,
    filter_model,
    filtering,
    keys,
    ledger,
    lessons,
    memory,
    models,
    route,
    settings,
    transfer,
)

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(subparsers: "Subparsers") -> None:
    """Declare every command; each sets `run(confidant, options) -> exit code`."""
    modules = (
        ask, documents, filtering, route, ledger, memory, lessons, transfer, backup, settings, data, keys,
        models, filter_model, figures, evaluate, doctor,
    )  # fmt: skip
    for module in modules:
        module.add_to(subparsers)
