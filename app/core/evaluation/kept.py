"""What a run has brought so far, in a file, so that a stopped run can go on."""

import json
from dataclasses import asdict
from pathlib import Path

from app.core.errors import SettingError, StoreError
from app.core.evaluation.plan import Plan
from app.core.evaluation.replay import Outcome
from app.core.evaluation.sets import Questions


class Kept:
    """The outcomes of one set: first a line that names it, then one line each. No text of any question."""

    def __init__(self, path: Path | None, questions: Questions, resume: bool) -> None:
        """Open the file for this set; without a path nothing is kept.

        Raises:
            SettingError: there is one already and it is not to be resumed, or it belongs to another set.
        """
        self._path = path
        self._head = {"set": questions.name, "n": len(questions.records), "of": questions.fingerprint}
        self.outcomes: list[Outcome] = []
        if path is None or not path.exists():
            self._write(self._head, "x")
            return
        if not resume:
            raise SettingError(
                f"{path.name} is in that folder already. --resume goes on with it; or choose another folder."
            )
        self._read(path)

    @property
    def done(self) -> set[tuple[str, str]]:
        """Return record and arm of each outcome."""
        return {(each.record, each.arm) for each in self.outcomes}

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome; a failed one is for this run only, so that the next one tries again."""
        self.outcomes.append(outcome)
        if not outcome.failed:
            self._write(asdict(outcome), "a")

    def of(self, plan: Plan) -> list[Outcome]:
        """Return the outcomes of the arms of a plan, in the arms' order."""
        names = [arm.name for arm in plan.arms]
        return sorted((each for each in self.outcomes if each.arm in names), key=lambda o: names.index(o.arm))

    def _write(self, line: dict[str, object], mode: str) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open(mode, encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise StoreError(f"{self._path.name} cannot be written: {error.strerror}.") from error

    def _read(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            if not lines or json.loads(lines[0]) != self._head:
                raise SettingError("The run in that folder asked other questions. Choose another folder.")
            whole = [line for line in lines if line.endswith("\n")]
            self.outcomes = [Outcome(**json.loads(line)) for line in whole[1:]]
        except (OSError, ValueError, TypeError):
            raise SettingError(f"{path.name} is no record of a run.") from None
        if len(whole) < len(lines):  # a line that a killed run left half written
            path.write_text("".join(whole), encoding="utf-8")
