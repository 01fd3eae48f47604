"""`confidant evaluate`: compares the ways of working together on a set of questions."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write
from app.core.cancel import Cancel
from app.core.errors import EngineError, PolicyRefused, SettingError, StoreError
from app.core.settings import PRIVACY_LEVEL
from app.core.types import Where
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.evaluation.kept import Kept
    from app.core.evaluation.plan import Plan
    from app.core.evaluation.recorded import Recorded
    from app.core.evaluation.report import Row
    from app.core.evaluation.sets import Questions

_OUTCOMES = "outcomes.jsonl"


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("evaluate", help="compare the ways of working together")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", metavar="FILE", help="questions, one JSON object a line")
    source.add_argument(
        "--history", nargs="?", type=int, const=0, metavar="N",
        help="your own questions, the newest N or all; they stay on this computer",
    )  # fmt: skip
    parser.add_argument("--cloud", action="store_true", help="with --history: they may leave, sanitized")
    parser.add_argument("--mechanisms", default="", metavar="A,B", help="which; otherwise all")
    parser.add_argument("--where", default="local,cloud,auto", help="each model alone (local, cloud), auto")
    parser.add_argument(
        "--level", default="", metavar="A,B", help="levels; otherwise that of new conversations"
    )
    parser.add_argument(
        "--with", action="append", default=[], dest="variants", metavar="KEY=A,B",
        help="try these values of a setting, for this run only",
    )  # fmt: skip
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="so many questions, by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep figures and charts there")
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="keep the local model's answers, and reuse them"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--yes", action="store_true", help="approve what leaves without asking")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Ask everything, then print, keep and draw the figures."""
    from app.core.evaluation.kept import Kept
    from app.core.evaluation.recorded import Recorded

    if options.resume and options.out is None:
        raise SettingError("--resume needs the folder of that run: --out FOLDER.")
    plan = _plan(confidant, _questions(confidant, options), options)
    _approve(confidant, plan, options.yes)
    kept = Kept(options.out / _OUTCOMES if options.out else None, plan.questions, options.resume)
    recorded = Recorded(confidant.local, options.answers) if options.answers else None
    try:
        _ask(confidant, plan, kept, recorded, statements=options.history is None)
    except (KeyboardInterrupt, EngineError):
        _stopped(len(kept.of(plan)), plan.size, kept=options.out is not None)
        raise
    _report(plan, kept, options)
    return Exit.OK


def _questions(confidant: "Confidant", options: argparse.Namespace) -> "Questions":
    from app.core.evaluation import sets

    if options.file is not None:
        questions = sets.read(Path(options.file))
    else:
        questions = sets.history(confidant.session, options.history)
    return questions.sample(options.sample, options.seed)


def _plan(confidant: "Confidant", questions: "Questions", options: argparse.Namespace) -> "Plan":
    from app.core.evaluation.plan import Plan, arms, variants
    from app.core.mechanisms import MECHANISMS

    names = _listed(options.mechanisms) or [each.name for each in MECHANISMS]
    try:
        wheres = [Where(each) for each in _listed(options.where)]
        levels = [Level(each) for each in _listed(options.level) or [confidant.settings[PRIVACY_LEVEL]]]
    except ValueError:
        raise SettingError(
            "--where takes local, cloud and auto; --level takes local, strict, guarded and open."
        ) from None
    if options.history is not None and not options.cloud:
        wheres, levels = [each for each in wheres if each is not Where.CLOUD], [Level.LOCAL]
    tried = variants(confidant.settings, options.variants)
    plan = Plan(questions, arms(names, wheres, levels, tried))
    closed = confidant.border.closed()
    if closed and plan.leaving:
        raise PolicyRefused(
            f"{closed} Nothing can be compared with it. --where local asks this computer alone."
        )
    return plan


def _approve(confidant: "Confidant", plan: "Plan", approved: bool) -> None:
    """Say what will leave and what it costs, and get a yes for all of it."""
    if not plan.leaving:
        return
    cost = plan.cost(confidant.spending)
    told = f"Up to {len(plan.leaving):,} questions go, sanitized, to {confidant.cloud.provider}"
    print(f"{told}, for about {cost:.2g}." if cost else f"{told}.", file=sys.stderr)
    if approved:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise PolicyRefused("This needs your approval: say --yes, or ask at a terminal. Nothing was sent.")
    print("Send them? [y]es, [N]o: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise PolicyRefused("You chose not to send them.")


def _ask(
    confidant: "Confidant", plan: "Plan", kept: "Kept", recorded: "Recorded | None", *, statements: bool
) -> None:
    from app.assembly import build
    from app.core.evaluation.replay import AllApproved, Replay

    # A second set of everything: its conversations are in memory, and go with it.
    apart = build(confidant.paths, local=recorded or confidant.local)
    progress = _Progress(plan.size, len(kept.of(plan)))
    try:
        replay = Replay(apart.session, apart.settings, AllApproved(statements), recorded)
        for outcome in replay.run(plan.questions, plan.arms, Cancel(), kept.done):
            kept.add(outcome)
            progress.step()
    finally:
        progress.end()
        apart.close()


class _Progress:
    """How far it is and how long it will take, on standard error."""

    def __init__(self, size: int, done: int) -> None:
        self._size, self._done, self._new = size, done, 0
        self._began = time.monotonic()
        self._is_terminal = sys.stderr.isatty()

    def step(self) -> None:
        """Count one more; a terminal sees each, a file every tenth part."""
        self._done, self._new = self._done + 1, self._new + 1
        if self._is_terminal:
            print(f"\r{self._words()}\x1b[K", end="", file=sys.stderr, flush=True)
        elif self._done * 10 // self._size > (self._done - 1) * 10 // self._size:
            print(self._words(), file=sys.stderr, flush=True)

    def end(self) -> None:
        """End the line that was written over."""
        if self._is_terminal and self._new:
            print(file=sys.stderr)

    def _words(self) -> str:
        left = (time.monotonic() - self._began) / self._new * (self._size - self._done)
        when = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"
        return f"{self._done:,} of {self._size:,} answers, about {when} left"


def _stopped(done: int, size: int, *, kept: bool) -> None:
    more = "--resume goes on with it." if kept else "With --out FOLDER it could go on later."
    print(f"Stopped after {done:,} of {size:,} answers. {more}", file=sys.stderr)


def _report(plan: "Plan", kept: "Kept", options: argparse.Namespace) -> None:
    from app.core.evaluation import report

    questions = plan.questions
    rows = report.rows(kept.of(plan), options.seed)
    head = {
        "event": "set", "set": questions.name, "n": len(questions.records), "seed": options.seed,
        "measure": questions.measure,
    }  # fmt: skip
    lines = [head, *({"event": "arm", **row.as_json()} for row in rows)]
    if options.json:
        for line in lines:
            write(line)
    else:
        print(f"{questions.name}, {len(questions.records):,} questions; quality: {questions.measure}")
        print(report.table(rows))
        if options.answers:
            print("Kept answers count with the time that they took when they were made.")
    if options.out and rows:
        _draw(plan, rows, options.out)


def _draw(plan: "Plan", rows: "list[Row]", folder: Path) -> None:
    from app.core.evaluation.charts import charts
    from app.ui.pictures import svg_to_png

    for name, svg in charts(plan.questions.name, plan.questions.measure, rows).items():
        try:
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{name}.svg cannot be written: {error.strerror}.") from error
        svg_to_png(svg, folder / f"{name}.png")
    print(f"Figures and charts are in {folder}.", file=sys.stderr)


def _listed(words: str) -> list[str]:
    return [each.strip() for each in words.split(",") if each.strip()]
