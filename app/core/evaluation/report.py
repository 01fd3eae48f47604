"""What a run says: one row for each way to answer, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from app.core.evaluation import stats
from app.core.evaluation.replay import Outcome
from app.core.evaluation.stats import Interval

LOCAL, CLOUD = "local alone", "cloud alone"
"""What the others are compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one arm."""

    arm: str
    n: int
    failed: int
    quality: Interval
    gained: Interval | None
    """Above the local model alone, question by question."""
    closed: Interval | None
    """Share of the gap between the local model and the cloud; None where the cloud is no better."""
    cloud_share: Interval
    """Share of the questions for which anything was sent."""
    requests: float
    """For each question."""
    private: int
    leak: Interval | None
    """Share of the private strings that could be read in what left."""
    bytes_sent: Interval
    """For each question, on average."""
    tokens: float
    cost: float
    """Of all questions together."""
    ms: Interval
    """The median."""
    first_ms: Interval
    hidden: float
    traits: float
    agree: Interval | None
    """Share of the compared answers in which both models say the same."""
    right_if_agree: Interval | None

    def as_json(self) -> Mapping[str, object]:
        """Return the row as plain values."""
        return asdict(self)


def rows(outcomes: Sequence[Outcome], seed: int) -> list[Row]:
    """Sum up each arm, in the order in which they came, over the questions that every arm has answered."""
    by_arm: dict[str, dict[str, Outcome]] = {}
    for each in outcomes:
        by_arm.setdefault(each.arm, {})[each.record] = each
    if not by_arm:
        return []
    shared = set.intersection(*(set(own) for own in by_arm.values()))
    order = [record for record in next(iter(by_arm.values())) if record in shared]
    paired = {arm: [own[record] for record in order] for arm, own in by_arm.items()}
    return [_row(arm, own, paired, seed) for arm, own in paired.items()] if order else []


def _row(arm: str, own: Sequence[Outcome], paired: Mapping[str, Sequence[Outcome]], seed: int) -> Row:
    quality = [each.quality for each in own]
    low, high = ([each.quality for each in paired.get(base, ())] for base in (LOCAL, CLOUD))
    private = [float(each.private) for each in own]
    compared = [each for each in own if each.agreement]
    agreed = [each for each in compared if each.agreement == "agree"]
    is_base = arm in (LOCAL, CLOUD)
    return Row(
        arm=arm,
        n=len(own),
        failed=sum(bool(each.failed) for each in own),
        quality=stats.mean(quality, seed),
        gained=stats.difference(quality, low, seed) if low and arm != LOCAL else None,
        closed=stats.closed(quality, low, high, seed) if low and high and not is_base else None,
        cloud_share=stats.mean([float(each.requests > 0) for each in own], seed),
        requests=_average([each.requests for each in own]),
        private=int(sum(private)),
        leak=stats.ratio([float(each.leaked) for each in own], private, seed) if sum(private) else None,
        bytes_sent=stats.mean([float(each.bytes_sent) for each in own], seed),
        tokens=_average([each.prompt_tokens + each.answer_tokens for each in own]),
        cost=sum(each.cost for each in own),
        ms=stats.median([each.ms for each in own], seed),
        first_ms=stats.median([each.first_ms for each in own], seed),
        hidden=_average([each.hidden for each in own]),
        traits=_average([each.traits for each in own]),
        agree=stats.mean([float(each.agreement == "agree") for each in compared], seed) if compared else None,
        right_if_agree=stats.mean([each.quality for each in agreed], seed) if agreed else None,
    )


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


HEAD = ("", "quality", "gap closed", "to the cloud", "leak", "bytes", "cost", "time")


def table(found: Sequence[Row]) -> str:
    """Lay the rows out for a terminal."""
    lines = [HEAD, *(_cells(row) for row in found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    laid = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([*laid, *_remarks(found)])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.arm,
        percent(row.quality),
        percent(row.closed),
        percent(row.cloud_share),
        percent(row.leak),
        f"{row.bytes_sent.mid:,.0f}",
        f"{row.cost:.3g}",
        f"{row.ms.mid / 1000:.2f} s",
    )


def percent(interval: Interval | None) -> str:
    """Show a share with its interval; a dash where there is none."""
    if interval is None:
        return "-"
    return f"{100 * interval.mid:.1f} % ({100 * interval.low:.0f} to {100 * interval.high:.0f})"


def _remarks(found: Sequence[Row]) -> list[str]:
    told = []
    for row in found:
        if row.failed:
            told.append(f"{row.arm}: {row.failed} of {row.n} got no answer, and count as wrong.")
        if row.agree is not None:
            agreed = f"{row.arm}: both models agree on {percent(row.agree)} of what was compared"
            right = f"; then quality is {percent(row.right_if_agree)}" if row.right_if_agree else ""
            told.append(f"{agreed}{right}.")
    return told
