"""Cross-channel customers, by hand and against the KPI of the same name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.crossing import CAVEAT, COLUMNS, GROUPS, PERIOD, SECOND, crossing
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop
from tests.kpis.followed_customers import BEGAN, Lives, lives, shop_of_lives
from tests.kpis.frames import manifest, shop_of


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


# The data end on 30 June: 90 days are over for whatever was until 1 April.
SMALL: Lives = {
    "Ann": {day(1, 1): "web", day(1, 11): "store", day(1, 12): "web"},
    "Bob": {day(1, 1): "web", day(5, 21): "app"},
    "Cas": {day(2, 1): "web", day(2, 3): "web"},
    "Dan": {day(2, 1): "store"},
    "Eve": {day(3, 1): "store", day(4, 1): "app"},
}


def told(shop: Shop, **asked: Any) -> dict[tuple[str, str], dict[str, Any]]:
    rows = crossing(shop, **asked).iter_rows(named=True)
    return {(row["comparison"], row["group"]): row for row in rows}


def test_a_small_shop_is_what_one_counts_by_hand() -> None:
    found = told(shop_of_lives(SMALL, day(6, 30)))
    counts = {
        key: tuple(row[name] for name in ("customers", "orders", "followed", "back"))
        for key, row in found.items()
    }
    assert counts == {
        (PERIOD, "cross"): (2, 5, 2, 2),
        (PERIOD, "online"): (2, 4, 2, 1),
        (PERIOD, "offline"): (1, 1, 1, 0),
        (SECOND, "cross"): (2, None, 2, 1),
        (SECOND, "online"): (2, None, 1, 0),
    }
    cross = found[PERIOD, "cross"]
    assert (cross["orders_each"], cross["revenue_each"], cross["value"]) == (2.5, 25, 1)
    assert (cross["orders_low"], cross["orders_high"]) == pytest.approx((2.5 - 0.98, 2.5 + 0.98), abs=1e-3)
    assert found[PERIOD, "offline"]["orders_low"] is None, "one customer shows no spread"
    assert {row["from"] for row in found.values()} == {day(1, 1)}, "not a year: the data begin then"


def test_days_and_slices_are_those_of_the_period() -> None:
    shop = shop_of_lives(SMALL, day(6, 30))
    late = told(shop, start=day(1, 2), where={"channel": ("store",)})
    assert {key: row["customers"] for key, row in late.items()} == {
        (PERIOD, "cross"): 2,
        (PERIOD, "offline"): 1,
        (SECOND, "cross"): 1,
    }, "of January only Ann's second and third order are in it: her first in the period is in the store"


def test_without_customers_there_is_nothing_to_compare() -> None:
    assert crossing(shop_of()).columns == list(COLUMNS)
    assert crossing(shop_of()).is_empty()
    assert crossing(shop_of(None, manifest(first_day=None, last_day=None))).columns == list(COLUMNS)
    assert "second_order" in CAVEAT.en
    assert "second_order" in CAVEAT.zh


@given(lives, st.integers(0, 800).map(lambda days: BEGAN + dt.timedelta(days=days)))
def test_groups_are_those_of_the_kpi_and_add_up(lived: Lives, last_day: dt.date) -> None:
    shop = shop_of_lives({**lived, "first": {BEGAN: "web"}, "last": {last_day: "app"}}, last_day)
    found = told(shop)
    rate = evaluate(shop, Query(("cross_channel_share",))).row(0, named=True)
    customers = {group: found.get((PERIOD, group), {}).get("customers", 0) for group in GROUPS}
    assert (customers["cross"], sum(customers.values())) == (rate["numerator"], rate["denominator"])
    since = last_day - dt.timedelta(days=364)
    bought = [day for days in lived.values() for day in days if since <= day <= last_day]
    orders = sum(row["orders"] for row in found.values() if row["comparison"] == PERIOD)
    assert orders == len(bought) + (since <= BEGAN) + 1
    assert all(row["back"] <= row["followed"] <= row["customers"] for row in found.values())
