"""First to second channel, by hand and as laws for any shop."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.cohorts import cohorts
from kpis.first_orders import ALL, FirstOrders
from kpis.flows import COLUMNS, FOLLOWED_DAYS, flows
from tests.kpis.followed_customers import BEGAN, KINDS, Lives, few_shops, lives, shop_of_lives
from tests.kpis.frames import manifest, shop_of


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


SMALL: Lives = {
    "Ann": {day(1, 1): "web", day(1, 11): "store", day(1, 12): "web"},
    "Bob": {day(1, 1): "web", day(1, 21): "store"},
    "Cas": {day(2, 1): "web", day(2, 3): "web"},
    "Dan": {day(2, 1): "web"},
    "Eve": {day(2, 1): "store", day(3, 1): "app"},
}


def test_a_small_shop_is_what_one_counts_by_hand() -> None:
    told = flows(shop_of_lives(SMALL, day(6, 30)), FirstOrders())
    assert told.columns == list(COLUMNS)
    assert told.select(list(COLUMNS)[:8]).rows() == [
        ("store", "offline", "app", "online", 1, 1, 1, 1.0),
        ("web", "online", "store", "offline", 2, 3, 4, 2 / 3),
        ("web", "online", "web", "online", 1, 3, 4, 1 / 3),
    ]
    assert told["median_days"].to_list() == [None] * 3, "nobody has been followed for a year"
    assert told["followed_back"].to_list() == [0] * 3


def test_the_days_between_are_of_first_orders_followed_for_a_year() -> None:
    """On 2 January 2026 Ann's (10 days), Bob's (20), Gus's (365), and Flo's, who was back after 366 only."""
    late = {
        name: {BEGAN: "web", BEGAN + dt.timedelta(days=n): "store"}
        for name, n in (("Flo", 366), ("Gus", 365))
    }
    more: Lives = {**SMALL, **late}
    told = flows(shop_of_lives(more, dt.date(2026, 1, 2)), FirstOrders())
    ways = told.select("first_channel", "second_channel", "customers", "median_days", "followed_back")
    assert ways.rows() == [
        ("store", "app", 1, None, 0),
        ("web", "store", 4, 20, 3),
        ("web", "web", 1, None, 0),
    ]
    assert told["median_low"].to_list() == [None] * 3, "of one or two days there is no interval"


def test_the_median_has_an_interval_where_many_came_back() -> None:
    """Of 9 customers the 2nd and the 8th enclose the median with at least 95 % (Conover 1999, 3.2)."""
    many: Lives = {f"c{n}": {BEGAN: "web", BEGAN + dt.timedelta(days=n): "store"} for n in range(1, 10)}
    told = flows(shop_of_lives(many, dt.date(2026, 1, 1)), FirstOrders()).row(0, named=True)
    assert (told["median_days"], told["median_low"], told["median_high"]) == (5, 2, 8)


def test_a_slice_is_that_of_the_first_order() -> None:
    shop = shop_of_lives(SMALL, day(6, 30))
    told = flows(shop, FirstOrders(start=day(1, 2), where=(("channel_kind", ("online",)),)))
    assert told.select("first_channel", "second_channel", "customers").rows() == [("web", "web", 1)]


def test_without_customers_there_are_no_flows() -> None:
    assert flows(shop_of(), FirstOrders()).is_empty()
    never = shop_of(None, manifest(first_day=None, last_day=None))
    assert flows(never, FirstOrders()).columns == list(COLUMNS)


@few_shops
@given(lives, st.integers(0, 800).map(lambda days: BEGAN + dt.timedelta(days=days)))
def test_rows_of_a_channel_add_up_to_who_came_back(told: Lives, last_day: dt.date) -> None:
    shop = shop_of_lives({**told, "first": {BEGAN: "web"}}, last_day)
    found = flows(shop, FirstOrders())
    by_first = found.group_by("first_channel").agg(pl.col("customers").sum(), pl.col("came_back").unique())
    assert by_first["came_back"].to_list() == [[number] for number in by_first["customers"]]
    known = [[day for day in sorted(days) if day <= last_day] for days in told.values()]
    assert found["customers"].sum() == sum(len(days) > 1 for days in known)
    assert found["value"].to_list() == pytest.approx((found["customers"] / found["came_back"]).to_list())
    kinds = {row[0]: row[1] for row in found.select("second_channel", "second_kind").rows()}
    assert kinds.items() <= KINDS.items()


@few_shops
@given(lives, lives, st.integers(0, 800).map(lambda days: BEGAN + dt.timedelta(days=days)))
def test_later_first_orders_do_not_change_the_days_between(
    told: Lives, later: Lives, last_day: dt.date
) -> None:
    """First orders that have not been followed for a year yet are left out, soon back or not."""
    young = last_day - dt.timedelta(days=FOLLOWED_DAYS)
    added = {f"later {name}": days for name, days in later.items() if min(days) > young}
    first = {"first": {BEGAN: "web"}}
    before, after = (
        flows(shop_of_lives({**known, **first}, last_day), FirstOrders())
        for known in (told, {**told, **added})
    )
    between = ["first_channel", "second_channel", "median_days", "median_low", "median_high", "followed_back"]
    known = [rows.filter(pl.col("followed_back") > 0).select(between).rows() for rows in (before, after)]
    assert known[0] == known[1]


@few_shops
@given(lives)
def test_flows_hold_everybody_who_is_back_in_the_cohorts(told: Lives) -> None:
    shop = shop_of_lives(told, BEGAN + dt.timedelta(days=1000))
    last = cohorts(shop, FirstOrders()).filter(pl.col("cohort") != ALL, pl.col("back").is_not_null())
    back = last.group_by("cohort").agg(pl.col("back_so_far").max())["back_so_far"].sum()
    assert flows(shop, FirstOrders())["customers"].sum() == back
