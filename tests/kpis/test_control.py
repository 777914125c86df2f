"""Control limits against printed charts, and what they flag."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.control import Limits, individuals, is_beyond, is_shifted, laney, proportions, widening

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches, with centre 50.81, mean
# moving range 1.8778 and limits 45.8159 and 55.8041, which use 3 / 1.128 where we have 2.66.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# Montgomery, Introduction to Statistical Quality Control: cans of orange juice that leaked, of 50 each (qcc's
# orangejuice), and NIST/SEMATECH 6.3.3.2; centre 0.2313, limits 0.0524 and 0.4102, samples 15 and 23 beyond.
CANS = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22,
    8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip
events = st.tuples(st.integers(1, 5000), st.integers(0, 5000)).map(lambda pair: (min(pair), pair[0]))


def told(values: list[float], limits: Limits) -> tuple[float, float, float]:
    series = pl.DataFrame({"value": [float(value) for value in values]})
    columns = series.select(centre=limits.centre + 0 * pl.col("value"), low=limits.low, high=limits.high)
    found: tuple[float, float, float] = columns.row(0)
    return found


def flagged(values: list[float], centre: float | None = None) -> list[bool]:
    """Places of a shift; around the mean, or around a given centre."""
    usual = individuals(pl.col("value"))
    around = usual if centre is None else Limits(pl.lit(centre), usual.low, usual.high)
    shifted: list[bool] = (
        pl.DataFrame({"value": values}).select(is_shifted(pl.col("value"), around))["value"].to_list()
    )
    return shifted


def test_single_values_keep_within_the_printed_limits() -> None:
    assert told(FLOW, individuals(pl.col("value"))) == pytest.approx((50.81, 45.8159, 55.8041), abs=1e-3)


def test_shares_keep_within_the_printed_limits() -> None:
    cans = pl.DataFrame({"leaking": CANS, "cans": 50})
    limits = proportions(pl.col("leaking"), pl.col("cans"), pl.lit(1.0))
    share = pl.col("leaking") / pl.col("cans")
    chart = cans.select(
        centre=limits.centre + 0 * share, low=limits.low, high=limits.high, beyond=is_beyond(share, limits)
    )
    assert chart.row(0)[:3] == pytest.approx((0.2313, 0.0524, 0.4102), abs=6e-5)
    assert [place for place, beyond in enumerate(chart["beyond"], 1) if beyond] == [15, 23]


def test_large_numbers_make_laneys_limits_wide_enough() -> None:
    """Weeks of 100,000 orders that swing by a point: chance alone would move them by a tenth of that."""
    chance = np.random.default_rng(3)
    shares = 0.1 + chance.normal(0, 0.01, 20)
    weeks = pl.DataFrame({"y": (shares * 1e5).round(), "x": [1e5] * 20})
    y, x = pl.col("y"), pl.col("x")
    beyond = weeks.select(
        plain=is_beyond(y / x, proportions(y, x, pl.lit(1.0))).sum(),
        laney=is_beyond(y / x, laney(y, x)).sum(),
    )
    assert beyond.row(0) == (pytest.approx(14, abs=4), 0)


def test_laneys_limits_worked_out() -> None:
    """1, 3, 2 and 2 of 10: share 0.2, spread 0.1265; z moves by 1.581, 0.791 and 0."""
    weeks = pl.DataFrame({"y": [1, 3, 2, 2], "x": [10] * 4})
    spread = math.sqrt(0.2 * 0.8 / 10)
    sigma = (0.2 / spread + 0.1 / spread + 0) / 3 / 1.128
    y, x = pl.col("y"), pl.col("x")
    assert weeks.select(widening(y, x)).item() == pytest.approx(sigma)
    limits = laney(y, x)
    chart = weeks.select(low=limits.low, high=limits.high).row(0)
    assert chart == pytest.approx((max(0.2 - 3 * spread * sigma, 0), 0.2 + 3 * spread * sigma))


@given(st.lists(st.integers(0, 500), min_size=2, max_size=30), st.integers(500, 5000))
def test_weeks_of_one_size_have_the_limits_of_single_values(counts: list[int], size: int) -> None:
    """Laney's chart of equal numbers is the XmR chart of the shares, up to the rounding of 2.66."""
    weeks = pl.DataFrame({"y": [*counts, 1], "x": [size] * (len(counts) + 1)}).cast(pl.Float64)
    y, x = pl.col("y"), pl.col("x")
    one, other = laney(y, x), individuals(y / x)
    ends = weeks.select(a=one.low, b=other.low.clip(0, 1), c=one.high, d=other.high.clip(0, 1)).row(0)
    assert ends[0] == pytest.approx(ends[1], abs=1e-3)
    assert ends[2] == pytest.approx(ends[3], abs=1e-3)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40), st.floats(-1e6, 1e6))
def test_limits_move_with_the_values(values: list[float], by: float) -> None:
    here = told(values, individuals(pl.col("value")))
    there = told([value + by for value in values], individuals(pl.col("value")))
    assert there == pytest.approx([limit + by for limit in here], abs=1e-6)
    assert here[1] <= here[0] <= here[2]


@given(st.lists(events, min_size=2, max_size=30))
def test_limits_of_shares_stay_shares(weeks: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(weeks, schema=["y", "x"], orient="row")
    limits = laney(pl.col("y"), pl.col("x"))
    ends = frame.select(low=limits.low, centre=limits.centre, high=limits.high).drop_nulls()
    assert ((ends["low"] >= 0) & (ends["low"] <= ends["centre"])).all()
    assert ((ends["centre"] <= ends["high"]) & (ends["high"] <= 1)).all()


def test_the_eighth_in_a_row_is_a_shift() -> None:
    up = [0.0, *[1.0] * 9, 0.0, 1.0]
    assert flagged(up, 0.5) == [False] * 8 + [True, True, False, False]
    assert flagged([1.0 - value for value in up], 0.5) == flagged(up, 0.5)
    assert flagged([0.0] * 12, 0.0) == [False] * 12, "on the centre is on no side"
    assert flagged([1.0] * 7 + [0.0] * 7, 0.5) == [False] * 14


def test_under_twelve_points_nothing_is_out_of_the_ordinary() -> None:
    assert not any(flagged([1.0] * 11, 0.5))
    for points, expected in ((11, False), (12, True)):
        values = pl.DataFrame({"value": [1.0, 1.1] * 5 + [9.0] * (points - 10)})
        limits = individuals(pl.col("value"))
        pinned = Limits(limits.centre, pl.lit(0.0), pl.lit(2.0))
        assert values.select(is_beyond(pl.col("value"), pinned).any()).item() is expected
