"""Repurchase curves and days to the second order: by hand, and laws for any shop."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.evaluate import Query, evaluate
from kpis.first_orders import ALL, FirstOrders
from kpis.repurchase import CURVE_COLUMNS, ESTIMATE, OBSERVED, PARTS, SECOND_COLUMNS, curves, second_orders
from tests.kpis.followed_customers import BEGAN, Lives, few_shops, lives, shop_of_lives
from tests.kpis.frames import manifest, shop_of

LATER = st.integers(0, 800).map(lambda days: BEGAN + dt.timedelta(days=days))
DAYS = (7, 30, 90, 365)


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


# Followed until 31 March: five began in January and are followed for 59 to 89 days, two in March.
SMALL: Lives = {
    "Ann": {day(1, 1): "web", day(1, 8): "store", day(1, 9): "web"},
    "Bob": {day(1, 1): "store", day(3, 2): "store"},
    "Cas": {day(1, 31): "web"},
    "Dan": {day(1, 10): "web"},
    "Eve": {day(1, 20): "web", day(3, 28): "app"},
    "Fay": {day(3, 11): "app", day(3, 18): "app"},
    "Gil": {day(3, 30): "web"},
}


def rows(told: pl.DataFrame, cohort: str) -> list[tuple[object, ...]]:
    columns = ("days", "customers", "back", "value", "basis")
    return told.filter(pl.col("cohort") == cohort).select(columns).rows()


def test_shares_are_observed_where_all_could_be_followed_and_estimated_where_some_could() -> None:
    """Cas left after 59 days; then Bob, on day 60 one of four, and on day 67 Eve, one of three."""
    told = curves(shop_of_lives(SMALL, day(3, 31)), FirstOrders(), (7, 59, 60, 67, 80, 90))
    assert told.columns == list(CURVE_COLUMNS)
    january = rows(told, "2025-01")
    assert january[:2] == [(7, 5, 1, 0.2, OBSERVED), (59, 5, 1, 0.2, OBSERVED)]
    estimated = [1 - 4 / 5 * 2 / 3, 1 - 4 / 5 * 2 / 3 * 1 / 2, 1 - 4 / 5 * 2 / 3 * 1 / 2]
    assert [row[:3] for row in january[2:]] == [(60, 5, 2), (67, 5, 3), (80, 5, 3), (90, 5, 3)]
    assert [row[4] for row in january[2:]] == [ESTIMATE, ESTIMATE, ESTIMATE, None]
    assert [row[3] for row in january[2:5]] == pytest.approx(estimated)
    assert january[5][3] is None, "nobody was followed for 90 days"
    assert rows(told, "2025-03")[0] == (7, 2, 1, 1.0, ESTIMATE), "Gil could be followed for a day"


def test_all_customers_are_those_whose_days_are_over() -> None:
    told = curves(shop_of_lives(SMALL, day(3, 31)), FirstOrders(), (7, 59, 60, 90))
    assert rows(told, ALL) == [
        (7, 6, 2, 2 / 6, OBSERVED),
        (59, 5, 1, 1 / 5, OBSERVED),
        (60, 4, 2, 0.5, OBSERVED),
        (90, 0, 0, None, None),
    ]


def test_days_to_the_second_order_have_a_median_and_parts() -> None:
    told = second_orders(shop_of_lives(SMALL, day(3, 31)), FirstOrders())
    assert told.columns == list(SECOND_COLUMNS)
    january = told.filter(pl.col("cohort") == "2025-01")
    assert january.select("customers", "back", "median_days").unique().row(0) == (5, 3, 67.0)
    parts = january.select("days_from", "days_to", "back_then", "share_then").rows()
    assert [part[:2] for part in parts] == list(PARTS)
    assert [part[2] for part in parts] == [1, 0, 0, 1, 1, 0, 0, 0]
    shares = [part[3] for part in parts]
    assert shares[:4] == pytest.approx([0.2, 0, 0, 0.8 - 0.8 * 2 / 3])
    assert shares[4:] == [None] * 4, "nobody was followed to day 90"
    whole = told.filter(pl.col("cohort") == ALL).row(0, named=True)
    assert (whole["customers"], whole["back"], whole["from"], whole["to"]) == (7, 4, BEGAN, day(3, 31))


def test_a_shop_without_customers_has_no_curve() -> None:
    for told in (curves, second_orders):
        nobody = told(shop_of(), FirstOrders())
        never = told(shop_of(None, manifest(first_day=None, last_day=None)), FirstOrders())
        assert nobody.is_empty()
        assert never.schema == nobody.schema


@few_shops
@given(lives, LATER, st.sampled_from((30, 90, 365)))
def test_all_customers_together_are_the_n_day_rate(told: Lives, last_day: dt.date, days: int) -> None:
    shop = shop_of_lives({**told, "first": {BEGAN: "web"}}, last_day)
    rate = evaluate(shop, Query((f"repurchase_rate_{days}d",))).row(0, named=True)
    (curve,) = curves(shop, FirstOrders(), (days,)).filter(pl.col("cohort") == ALL).iter_rows(named=True)
    assert (curve["back"], curve["customers"], curve["value"], curve["low"], curve["high"]) == pytest.approx(
        tuple(rate[name] for name in ("numerator", "denominator", "value", "low", "high"))
    )


@few_shops
@given(lives)
def test_an_estimate_of_what_is_all_known_is_what_is_observed(told: Lives) -> None:
    """Once everybody could be followed, the shares of the parts are counts of customers."""
    end = BEGAN + dt.timedelta(days=2000)
    parts = second_orders(shop_of_lives(told, end), FirstOrders()).filter(pl.col("days_to").is_not_null())
    counted = parts["back_then"] / parts["customers"]
    assert parts["share_then"].to_list() == pytest.approx(counted.to_list())
    observed = curves(shop_of_lives(told, end), FirstOrders(), DAYS)
    assert set(observed["basis"]) == {OBSERVED}


@few_shops
@given(lives, LATER)
def test_parts_add_up_to_who_came_back_and_curves_only_rise(told: Lives, last_day: dt.date) -> None:
    shop = shop_of_lives({**told, "first": {BEGAN: "web"}}, last_day)
    parts = second_orders(shop, FirstOrders())
    whole = parts.group_by("cohort").agg(pl.col("back_then").sum(), pl.col("back").first())
    assert (whole["back_then"] == whole["back"]).all()
    own = curves(shop, FirstOrders(), tuple(range(0, 800, 40))).filter(pl.col("cohort") != ALL)
    rises = own.with_columns(rise=pl.col("value").diff().over("cohort"))["rise"].drop_nulls()
    assert (rises >= -1e-9).all()
    assert own["value"].drop_nulls().is_between(0, 1).all()
    assert (own["low"].drop_nulls() <= own.filter(pl.col("low").is_not_null())["value"] + 1e-9).all()


@few_shops
@given(lives, LATER, st.integers(1, 400))
def test_later_data_never_change_an_observed_share(told: Lives, last_day: dt.date, more: int) -> None:
    known, later = (
        curves(shop_of_lives({**told, "first": {BEGAN: "web"}}, day), FirstOrders(end=BEGAN), DAYS)
        for day in (last_day, last_day + dt.timedelta(days=more))
    )
    columns = ("cohort", "days", "customers", "back", "value", "low", "high", "basis")
    observed = known.filter(pl.col("basis") == OBSERVED).select(columns)
    own = later.filter(pl.col("days").is_in(observed["days"].implode())).select(columns)
    of_cohort = pl.col("cohort") != ALL
    assert_frame_equal(observed.filter(of_cohort), own.filter(of_cohort))
