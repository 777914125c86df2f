"""Kaplan-Meier against published results, its definition in exact fractions, and plain shares."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.survival import life_table, medians, returned_by

KEYS = ["group"]
# Weeks to relapse of children with leukaemia under 6-mercaptopurine (0: still in remission) and placebo;
# Freireich et al. 1963, Blood 21:699-716, as tabulated by Gehan 1965, Biometrika 52:203-223. The printed
# survival is that of the textbooks' tables (Collett; Kleinbaum & Klein) and of R's survfit.
MERCAPTOPURINE = {
    "time": [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
    "event": [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
}
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
# Greenwood's standard errors of that survival, as R's survfit prints them.
PRINTED_ERRORS = {6: 0.0764, 7: 0.0869, 10: 0.0963, 13: 0.1068, 16: 0.1141, 22: 0.1282, 23: 0.1346}
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def followed(days: list[int], events: list[int]) -> pl.DataFrame:
    rows = [("all", day, event, 1 - event) for day, event in zip(days, events, strict=True)]
    return pl.DataFrame(rows, schema=["group", "days", "events", "censored"], orient="row")


def table_of(days: list[int], events: list[int]) -> pl.DataFrame:
    return life_table(followed(days, events), KEYS)


@pytest.fixture(scope="module")
def remission() -> pl.DataFrame:
    return table_of(MERCAPTOPURINE["time"], MERCAPTOPURINE["event"])


def test_survival_is_as_printed(remission: pl.DataFrame) -> None:
    told = dict(remission.filter(pl.col("events") > 0).select("days", "survival").iter_rows())
    assert told == {day: pytest.approx(share, abs=6e-4) for day, share in PRINTED.items()}


def test_errors_are_as_printed(remission: pl.DataFrame) -> None:
    """Read back from the ends: survival ** exp(z x error / (survival x |log survival|))."""
    z = NormalDist().inv_cdf(0.975)
    for row in remission.filter(pl.col("events") > 0).iter_rows(named=True):
        survival, logarithm = row["survival"], math.log(row["survival"])
        error = math.log(math.log(row["low"]) / logarithm) / z * survival * abs(logarithm)
        assert error == pytest.approx(PRINTED_ERRORS[row["days"]], abs=6e-5)


def test_the_interval_is_that_of_the_log_log_survival(remission: pl.DataFrame) -> None:
    """At 7 weeks 17 of 21 x 16 of 17 are left: Greenwood's sum is 3/(21 x 18) + 1/(17 x 16)."""
    row = remission.filter(pl.col("days") == 7).row(0, named=True)
    share = Fraction(18, 21) * Fraction(16, 17)
    assert (row["at_risk"], row["survival"]) == (17, pytest.approx(float(share)))
    spread = math.sqrt(3 / (21 * 18) + 1 / (17 * 16)) / abs(math.log(share))
    z = NormalDist().inv_cdf(0.975)
    assert row["low"] == pytest.approx(float(share) ** math.exp(z * spread))
    assert row["high"] == pytest.approx(float(share) ** math.exp(-z * spread))
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.563, 0.923)


def test_the_median_is_the_first_time_by_which_half_relapsed(remission: pl.DataFrame) -> None:
    told = medians(remission, KEYS).row(0, named=True)
    assert (told["median"], told["lower"], told["upper"]) == (23, 13, None)
    placebo = medians(table_of(PLACEBO, [1] * 21), KEYS).row(0, named=True)
    assert (placebo["median"], placebo["lower"], placebo["upper"]) == (8, 4, 11)


def test_a_curve_that_stays_above_one_half_has_no_median() -> None:
    told = medians(table_of([3, 9, 9, 9, 9], [1, 0, 0, 0, 0]), KEYS).row(0, named=True)
    assert (told["median"], told["lower"], told["upper"]) == (None, None, None)


def test_exactly_one_half_is_reached_however_many_steps_it_takes() -> None:
    for half in (1, 2, 7, 50, 333):
        days = list(range(1, half + 1))
        told = medians(table_of([*days, *[half + 9] * half], [1] * half + [0] * half), KEYS)
        assert told["median"].item() == half


def test_the_share_that_returned_is_what_has_not_survived(remission: pl.DataFrame) -> None:
    told = returned_by(remission, 15, KEYS).row(0, named=True)
    at_13 = remission.filter(pl.col("days") == 13).row(0, named=True)
    assert told["estimate"] == pytest.approx(1 - 0.690, abs=6e-4)
    assert (told["low"], told["high"]) == (1 - at_13["high"], 1 - at_13["low"])


def test_nobody_followed_for_so_long_leaves_it_untold(remission: pl.DataFrame) -> None:
    assert returned_by(remission, 35, KEYS)["estimate"].is_not_null().all()
    beyond = returned_by(remission, 36, KEYS).row(0, named=True)
    assert (beyond["estimate"], beyond["low"], beyond["high"]) == (None, None, None)
    all_back = returned_by(table_of(PLACEBO, [1] * 21), 90, KEYS).row(0, named=True)
    assert (all_back["estimate"], all_back["low"]) == (1, None)


def test_before_anybody_returned_the_estimate_is_zero_without_an_interval() -> None:
    told = returned_by(table_of([5, 9], [1, 0]), 3, KEYS).row(0, named=True)
    assert (told["estimate"], told["low"], told["high"]) == (0, None, None)


def test_groups_do_not_touch_each_other(remission: pl.DataFrame) -> None:
    rows = pl.concat(
        [
            followed(MERCAPTOPURINE["time"], MERCAPTOPURINE["event"]),
            followed(PLACEBO, [1] * 21).with_columns(group=pl.lit(None, dtype=pl.String)),
        ]
    )
    both = life_table(rows, KEYS)
    assert both.filter(pl.col("group") == "all").equals(remission)
    assert dict(medians(both, KEYS).select("group", "median").iter_rows()) == {"all": 23, None: 8}
    assert returned_by(both, 8, KEYS).sort("group")["estimate"].to_list() == pytest.approx(
        [1 - 8 / 21, 1 - 0.807], abs=6e-4
    )


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40))
def test_survival_is_the_product_of_shares_left(lives: list[tuple[int, bool]]) -> None:
    table = table_of([day for day, _ in lives], [int(back) for _, back in lives])
    share = Fraction(1)
    for row in table.iter_rows(named=True):
        at_risk = [life for life in lives if life[0] >= row["days"]]
        back = sum(1 for day, event in at_risk if event and day == row["days"])
        share *= 1 - Fraction(back, len(at_risk))
        assert row["survival"] == pytest.approx(float(share), abs=1e-12)
        if row["low"] is not None:
            assert 0 <= row["low"] <= row["survival"] <= row["high"] <= 1
    told = medians(table, KEYS).row(0, named=True)
    if told["lower"] is not None:
        assert told["lower"] <= told["median"]
    if told["upper"] is not None:
        assert told["median"] <= told["upper"]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40), st.integers(0, 20))
def test_where_everybody_is_followed_the_estimate_is_the_plain_share(days: list[int], by: int) -> None:
    """Who is not back by day 20 leaves later, so that up to that day nobody is lost."""
    back = [int(day <= 20) for day in days]
    told = returned_by(table_of([*days, 31], [*back, 0]), by, KEYS)
    share = sum(1 for day in days if day <= by) / (len(days) + 1)
    assert told["estimate"].item() == pytest.approx(share, abs=1e-12)
