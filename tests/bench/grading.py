"""Whether an answer is right, by the gold of GSM8K or by the instructions of IFEval."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from app.core.evaluation.instructions import follows


def rows(path: str | Path) -> list[dict]:
    """Return the objects of a file, one a line."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def number(text: str) -> float | None:
    """Return the last number, or what was boxed."""
    boxed = re.findall(r"\\boxed\{([^{}]*)\}", text)
    found = re.findall(r"-?\d[\d,]*(?:\.\d+)?", boxed[-1] if boxed else text)
    return float(found[-1].replace(",", "")) if found else None


def is_right(task: Mapping, text: str) -> int:
    """Return 1 where an answer is right: {"answer"} of a sum, or a record of IFEval."""
    if "answer" in task:
        return int(number(text) == float(str(task["answer"]).replace(",", "")))
    pairs = zip(task["instruction_id_list"], task["kwargs"], strict=True)
    return int(all(follows(name, text, given) for name, given in pairs))
