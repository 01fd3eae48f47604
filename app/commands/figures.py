"""`confidant figures`: how good the filter was measured to be, weak ones first."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.filter_figures import MeasuredSet


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("figures", help="how good the filter was measured to be")
    parser.add_argument("--json", action="store_true", help="one figure a line")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print what could still be read, by kind, then what was hidden without need."""
    from app.core.filter_figures import load

    figures = load()
    if options.json:
        for row in figures.rows:
            write(asdict(row))
        for each in figures.sets:
            write(asdict(each))
        return Exit.OK
    print(f"Measured on {figures.measured_on} at level {figures.level}; again with: {figures.command}")
    print("Could still be read, in whole or in part:")
    for row in figures.rows:
        print(f"{100 * row.leak:6.1f} % of {row.n:5}  {row.name} ({row.set})")
    for each in figures.sets:
        print(_summary(each))
    return Exit.OK


def _summary(each: "MeasuredSet") -> str:
    parts = [
        (each.leak, "of what is private could be read"),
        (each.precision, "of what was hidden was private"),
        (each.over, "of the letters were harmless and hidden"),
        (each.hit, "of the harmless texts were changed"),
    ]
    told = "; ".join(f"{100 * share:.1f} % {words}" for share, words in parts if share is not None)
    return f"{each.name}, {each.texts} texts: {told}"
