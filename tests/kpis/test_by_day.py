"""Rows in memory by day: what of them lies in windows, against Polars on the same rows."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.by_day import ByDay

FIRST = dt.date(2024, 5, 1)
row = st.tuples(st.one_of(st.none(), st.integers(0, 30)), st.sampled_from(["web", "app", None]))
window = st.tuples(st.integers(-5, 35), st.integers(0, 20))


@given(st.lists(row, max_size=40), st.lists(window, max_size=9))
def test_rows_of_windows_are_those_that_a_join_finds(
    drawn: list[tuple[int | None, str | None]], spans: list[tuple[int, int]]
) -> None:
    paid = [(None if day is None else FIRST + dt.timedelta(day), channel) for day, channel in drawn]
    rows = pl.DataFrame(paid, {"paid_day": pl.Date, "channel": pl.String}, orient="row")
    starts = [FIRST + dt.timedelta(start) for start, _ in spans]
    ends = [FIRST + dt.timedelta(start + length) for start, length in spans]
    windows = pl.DataFrame(
        {"window": range(7, 7 + len(spans)), "period_start": starts, "period_end": ends},
        {"window": pl.Int64, "period_start": pl.Date, "period_end": pl.Date},
    )
    kept = ByDay.of(rows.lazy(), "paid_day", ["channel"])
    found = pl.concat(kept.within(windows)).with_columns(pl.col("channel").cast(pl.String)).collect()
    within = pl.col("paid_day").is_between("period_start", "period_end")
    joined = rows.join(windows, how="cross").filter(within).rename({"paid_day": "day"})
    assert_frame_equal(found, joined, check_row_order=False, check_column_order=False)
