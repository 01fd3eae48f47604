"""Intervals, tables and charts say what the outcomes say, and nothing of any question."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.evaluation import stats
from app.core.evaluation.charts import charts
from app.core.evaluation.replay import Outcome
from app.core.evaluation.report import rows, table


def outcomes(n=40):
    for number in range(n):
        record = str(number)
        yield Outcome(record, "local alone", float(number % 4 == 0), ms=100)
        yield Outcome(record, "cloud alone", float(number % 4 != 3), 1, 0, 1, 700, ms=900, cost=0.01)
        sent = number % 2
        agreed = "agree" if number % 4 == 0 else "differ"
        yield Outcome(
            record, "fu<sion", float(number % 4 in (0, 1)), 1, sent, sent, 700 * sent, agreement=agreed
        )


@given(st.lists(st.integers(0, 1), min_size=2, max_size=60), st.integers(0, 99))
def test_an_interval_holds_its_figure_and_is_the_same_for_the_same_seed(values, seed):
    found = stats.mean([float(each) for each in values], seed)
    assert 0 <= found.low <= found.mid <= found.high <= 1
    assert found == stats.mean([float(each) for each in values], seed)


def test_no_success_in_few_tries_does_not_mean_never():
    assert stats.mean([0.0] * 10, 1).high > 0.2
    assert stats.ratio([0.0, 0.0], [3.0, 2.0], 1).high > 0.3


def test_pairs_make_a_difference_narrower_than_two_intervals():
    low = [float(n % 3 == 0) for n in range(90)]
    high = [max(each, float(n % 10 == 1)) for n, each in enumerate(low)]
    found = stats.difference(high, low, 1)
    assert 0 < found.low < found.mid < found.high < 0.2


def test_the_gap_that_is_closed_needs_a_gap():
    assert stats.closed([1.0], [1.0], [0.0], 1) is None
    half = stats.closed([0.0, 1.0] * 20, [0.0] * 40, [1.0] * 40, 1)
    assert half.mid == 0.5
    assert half.low < 0.5 < half.high


def test_the_rows_compare_each_arm_with_both_models_alone():
    local, cloud, fusion = rows(list(outcomes()), 1)
    assert (local.quality.mid, cloud.quality.mid, fusion.quality.mid) == (0.25, 0.75, 0.5)
    assert (local.closed, cloud.closed, fusion.closed.mid) == (None, None, 0.5)
    assert fusion.gained.mid == 0.25
    assert fusion.cloud_share.mid == 0.5
    assert (local.leak, cloud.leak.mid, fusion.leak.mid) == (None, 0.0, 0.5)
    assert (fusion.agree.mid, fusion.right_if_agree.mid) == (0.25, 1.0)
    assert cloud.cost == pytest.approx(0.4)


def test_only_questions_that_every_arm_answered_are_compared():
    some = [each for each in outcomes() if not (each.arm == "cloud alone" and each.record == "3")]
    assert {row.n for row in rows(some, 1)} == {39}
    assert rows([], 1) == []


def test_the_table_has_a_line_for_each_arm_and_says_how_often_both_agree():
    lines = table(rows(list(outcomes()), 1)).splitlines()
    assert [line.split("  ")[0] for line in lines[1:4]] == ["local alone", "cloud alone", "fu<sion"]
    assert "agree on 25.0 %" in lines[4]


def test_failures_are_said_to_count_as_wrong():
    failed = [Outcome("1", "routing", 0.0, failed="server-fault"), Outcome("2", "routing", 1.0)]
    assert "1 of 2 got no answer" in table(rows(failed, 1))


def test_the_charts_are_valid_and_name_arms_and_figures_only():
    made = charts("a & b", "right results", rows(list(outcomes()), 1))
    assert set(made) == {"quality", "bytes", "time", "cloud", "leak", "cost"}
    for svg in made.values():
        root = ElementTree.fromstring(svg)
        words = [each.text for each in root.iter() if each.text and each.text.strip()]
        assert "fu<sion" in words
        assert words[0].startswith("a & b, 40 questions")
