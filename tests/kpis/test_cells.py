"""Stored sums in memory: what they add up to by window and slice, against Polars on the same cells."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.cells import Cells
from kpis.kept import Kept
from kpis.tally import Tally
from tests.kpis.overlapping import FIRST, window, windows_of

cell = st.tuples(
    st.integers(0, 30), st.sampled_from(["web", "app", None]), st.integers(-9, 9), st.integers(0, 10**6)
)


def _frame(drawn: list[tuple[int, str | None, int, int]]) -> pl.DataFrame:
    rows = [
        (FIRST + dt.timedelta(day), channel, number, Decimal(cents) / 100, number / 7)
        for day, channel, number, cents in drawn
    ]
    schema = {"day": pl.Date, "channel": pl.String, "orders": pl.Int64, "paid": pl.Decimal(38, 4)}
    return pl.DataFrame(rows, schema | {"square": pl.Float64}, orient="row").sort("day")


@pytest.mark.parametrize("dimensions", [[], ["channel"]])
@given(
    st.lists(cell, max_size=60),
    st.lists(window, min_size=1, max_size=9),
    st.sampled_from([{}, {"channel": ("web",)}, {"channel": ("app", "")}]),
)
def test_overlapping_windows_add_up_as_joined_rows_do(
    dimensions: list[str],
    cells: list[tuple[int, str | None, int, int]],
    drawn: list[tuple[int, int]],
    where: dict[str, tuple[str, ...]],
) -> None:
    frame, windows = _frame(cells), windows_of(drawn)
    tally = Tally(windows, dimensions)
    tally.add_cells(Cells.of(frame, ["channel"]), ["orders", "paid", "square"], where)
    told = tally.told(windows["window"])
    found = told.keys.with_columns(**{name: pl.Series(told.of(name)) for name in told.places})
    kept = [pl.col(name).fill_null("").is_in(values) for name, values in where.items()]
    within = pl.col("day").is_between("period_start", "period_end")
    joined = frame.filter(*kept).join(windows, how="cross").filter(within)
    expected = joined.group_by("window", *dimensions).agg(
        pl.col("orders", "paid", "square").sum().cast(pl.Float64)
    )
    if not dimensions:
        expected = windows.select("window").join(expected, on="window", how="left")
        found = found.fill_nan(None)
    assert_frame_equal(found, expected, check_row_order=False, check_column_order=False)


def test_sources_that_know_other_slices_stand_side_by_side() -> None:
    windows = windows_of([(0, 9)])
    tally = Tally(windows, ["channel"])
    tally.add_cells(Cells.of(_frame([(0, "web", 2, 0), (1, None, 3, 0)]), ["channel"]), ["orders"], {})
    tally.add_rows(pl.DataFrame({"window": [2, 2], "channel": ["app", "web"], "visits": [7, 5]}))
    told = tally.told(windows["window"])
    rows = told.keys.with_columns(orders=told.of("orders"), visits=told.of("visits"))
    assert set(rows.fill_nan(None).rows()) == {(2, "web", 2, 5), (2, None, 3, None), (2, "app", None, 7)}


def test_what_was_asked_for_last_is_kept_as_long_as_there_is_room() -> None:
    made: list[str] = []

    def read(name: str) -> Cells:
        made.append(name)
        return Cells.of(_frame([(0, "web", 2, 0)]), ["channel"])

    kept = Kept(room=2 * read("one").size)
    for name in ("one", "two", "one", "three", "one", "two"):
        kept.get(name, partial(read, name))
    assert made[1:] == ["one", "two", "three", "two"]
    kept.clear()
    kept.get("two", partial(read, "two"))
    assert made[-2:] == ["two", "two"]


def test_days_are_those_on_which_something_counts() -> None:
    cells = Cells.of(
        _frame([(0, "web", 0, 0), (3, "web", 2, 0), (5, "app", 1, 0), (9, "web", 0, 5)]), ["channel"]
    )
    assert cells.days_with("orders") == (dt.date(2024, 5, 4), dt.date(2024, 5, 6))
    assert Cells.of(_frame([]), ["channel"]).days_with("orders") is None


def test_cents_beyond_what_floats_hold_are_added_up_exactly() -> None:
    cents = [10] * 30 + [9_999_999_999_999_999]
    cells = Cells.of(_frame([(0, "web", 1, amount) for amount in cents]), ["channel"])
    rows = np.arange(len(cents))
    _, sums = cells.sums.grouped(rows * 0, rows, ["paid"])
    assert int(sums.whole[0, 0]) == (sum(cents)) * 100


def test_nobody_waits_while_another_name_is_read() -> None:
    kept = Kept()
    cells = Cells.of(_frame([]), ["channel"])

    def read() -> Cells:
        with ThreadPoolExecutor(1) as other:
            return other.submit(kept.get, "two", lambda: cells).result(timeout=60)

    assert kept.get("one", read) is cells
