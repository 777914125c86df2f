"""Cohorts by month of the first order, on shops that can be counted by hand, and laws for any shop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.cohorts import COLUMNS, cohorts
from kpis.errors import PeriodError, SliceError
from kpis.first_orders import ALL, FirstOrders
from tests.kpis.followed_customers import BEGAN, Lives, few_shops, lives, shop_of_lives
from tests.kpis.frames import manifest, shop_of

LATER = st.integers(31, 760).map(lambda days: BEGAN + dt.timedelta(days=days))
Cells = dict[tuple[str, int], tuple[int, int | None, int | None]]


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


SMALL: Lives = {
    "Ann": {day(1, 5): "web", day(1, 20): "store", day(3, 2): "web", day(3, 9): "web"},
    "Bob": {day(1, 31): "store", day(3, 1): "store"},
    "Cas": {day(1, 31): "web"},
    "Dan": {day(2, 14): "web", day(4, 1): "web"},
    "Eve": {day(4, 2): "store"},
}


def cells(told: pl.DataFrame) -> Cells:
    columns = told.select("cohort", "offset", "customers", "back", "back_so_far").rows()
    return {(cohort, offset): tuple(counts) for cohort, offset, *counts in columns}


def test_a_small_shop_is_what_one_counts_by_hand() -> None:
    """The data end on 10 April, so that nothing is told of April, and April's own cohort has no share yet."""
    told = cohorts(shop_of_lives(SMALL, day(4, 10)), FirstOrders())
    assert told.columns == list(COLUMNS)
    assert cells(told) == {
        ("2025-01", 0): (3, 1, 1),
        ("2025-01", 1): (3, 0, 1),
        ("2025-01", 2): (3, 2, 2),
        ("2025-01", 3): (3, None, None),
        ("2025-02", 0): (1, 0, 0),
        ("2025-02", 1): (1, 0, 0),
        ("2025-02", 2): (1, None, None),
        ("2025-04", 0): (1, None, None),
        (ALL, 0): (4, 1, 1),
        (ALL, 1): (4, 0, 1),
        (ALL, 2): (3, 2, 2),
    }
    january = told.row(2, named=True)
    assert (january["value"], january["cumulative"]) == (2 / 3, 2 / 3)
    assert (january["low"], january["high"]) == pytest.approx((0.2077, 0.9385), abs=1e-4), "Wilson"
    assert told.filter(pl.col("cohort") == ALL)["cohorts"].to_list() == [2, 2, 1]


def test_quarters_count_a_customer_once_a_quarter() -> None:
    told = cohorts(shop_of_lives(SMALL, day(7, 1)), FirstOrders(grain="quarter"))
    assert cells(told) == {
        ("2025-Q1", 0): (4, 2, 2),
        ("2025-Q1", 1): (4, 1, 3),
        ("2025-Q1", 2): (4, None, None),
        ("2025-Q2", 0): (1, 0, 0),
        ("2025-Q2", 1): (1, None, None),
        (ALL, 0): (5, 2, 2),
        (ALL, 1): (4, 1, 3),
    }


def test_a_slice_is_that_of_the_first_order_and_days_are_those_of_it() -> None:
    shop = shop_of_lives(SMALL, day(4, 10))
    web = cohorts(shop, FirstOrders(where=(("channel", ("web",)),)))
    assert cells(web)[("2025-01", 2)] == (2, 1, 1), "Ann and Cas; Bob began in the store"
    late = cohorts(shop, FirstOrders(start=day(1, 6), end=day(2, 28)))
    assert cells(late)[("2025-01", 2)] == (2, 1, 1), "Bob and Cas"
    assert late.row(0, named=True)["from"] == day(1, 6)


def test_first_orders_soon_after_the_data_begin_are_flagged() -> None:
    told = cohorts(shop_of_lives(SMALL, day(4, 10), first_day=dt.date(2024, 11, 15)), FirstOrders())
    flagged = told.select("cohort", "burn_in").unique().sort("cohort").rows()
    assert flagged == [("2025-01", True), ("2025-02", True), ("2025-04", False), (ALL, True)]


def test_a_shop_without_customers_has_no_cohorts() -> None:
    nobody = cohorts(shop_of(), FirstOrders())
    assert (nobody.height, nobody.columns) == (0, list(COLUMNS))
    never = cohorts(shop_of(None, manifest(first_day=None, last_day=None)), FirstOrders())
    assert never.schema == nobody.schema


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (FirstOrders(where=(("chanel", ("web",)),)), "Did you mean 'channel'"),
        (FirstOrders(where=(("channel", ("wbe",)),)), "Did you mean 'web'"),
        (FirstOrders(where=(("device", ("phone",)),)), "dimension of first orders"),
        (FirstOrders(grain="mont"), "Did you mean 'month'"),
        (FirstOrders(start=dt.date(2031, 1, 1)), "there is no data from 2031-01-01"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(asked: FirstOrders, error: str) -> None:
    with pytest.raises((SliceError, PeriodError), match=error):
        cohorts(shop_of_lives(SMALL, day(4, 10)), asked)


@given(lives, LATER)
def test_every_cell_is_a_count_of_customers(told: Lives, last_day: dt.date) -> None:
    found = cells(cohorts(shop_of_lives(told, last_day), FirstOrders()))
    own = {key: counts for key, counts in found.items() if key[0] != ALL}
    assert own == dict(_counted(told, last_day))
    for offset in {offset for _, offset in own}:
        over = [counts for key, counts in own.items() if key[1] == offset and counts[1] is not None]
        summed = tuple(map(sum, zip(*over, strict=True))) if over else None
        assert found.get((ALL, offset)) == summed


def _counted(told: Lives, last_day: dt.date) -> Iterator[tuple[tuple[str, int], tuple[int, ...]]]:
    known = [sorted(day for day in days if day <= last_day) for days in told.values()]
    known = [days for days in known if days]
    for month in {_month(days[0]) for days in known}:
        began = [[_month(day) - month for day in days[1:]] for days in known if _month(days[0]) == month]
        for offset in range(_month(last_day) - month + 1):
            back = sum(offset in later for later in began)
            so_far = sum(any(past <= offset for past in later) for later in began)
            name = f"{month // 12}-{month % 12 + 1:02d}"
            is_over = month + offset < _month(last_day)
            yield (name, offset), ((len(began), back, so_far) if is_over else (len(began), None, None))


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


@few_shops
@given(lives, LATER, st.integers(0, 400))
def test_later_data_never_change_what_was_told(told: Lives, last_day: dt.date, more: int) -> None:
    """Orders may still come in on the last day itself and after it."""
    before = cells(cohorts(shop_of_lives({**told, "x": {last_day: "web"}}, last_day), FirstOrders()))
    until = last_day + dt.timedelta(days=more)
    after = cells(cohorts(shop_of_lives(told, until), FirstOrders()))
    for key, counts in before.items():
        if key[0] != ALL and counts[1] is not None:
            assert after[key] == counts


@few_shops
@given(lives, LATER)
def test_channels_add_up_to_all_of_them(told: Lives, last_day: dt.date) -> None:
    shop = shop_of_lives({**told, "first": {BEGAN: "web"}}, last_day)
    whole = cohorts(shop, FirstOrders())
    parts = [
        cohorts(shop, FirstOrders(where=(("channel", (channel,)),)))
        for channel in shop.dimension_values("channel")
    ]
    counts = pl.col("customers", "back", "back_so_far")
    added = (
        pl.concat(parts)
        .group_by("cohort", "offset")
        .agg(pl.when(counts.count() > 0).then(counts.sum()).name.keep())
    )
    own = pl.col("cohort") != ALL
    assert_frame_equal(
        added.filter(own).sort("cohort", "offset"),
        whole.filter(own).select(added.columns).sort("cohort", "offset"),
    )
