"""Rows in memory by day: what of them lies in windows, against Polars on the same rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from connectors.facts import CustomerDays
from kpis import by_day
from kpis.by_day import ByDay, in_order
from kpis.measure import Gathered, total
from tests.kpis.frames import facts

FIRST = dt.date(2024, 5, 1)
SPENT = Gathered("net_amount", "customer_id")
cents = st.one_of(st.none(), st.integers(0, 10**14))
row = st.tuples(st.integers(0, 30), st.sampled_from("abc"), st.sampled_from(["web", None]), cents)
window = st.tuples(st.integers(-5, 35), st.integers(0, 20))


@pytest.mark.parametrize("most_copied", [0, by_day.MOST_COPIED])
@pytest.mark.parametrize("most_kept", [0, by_day.MOST_KEPT])
@given(st.lists(row, max_size=40), st.lists(window, max_size=9))
@example([(0, "a", "web", 55_102_118_209_156)], [(0, 0)])
@example([(day, "a", "web", day) for day in range(9)], [(0, 2), (3, 1), (5, 3)])
def test_rows_of_windows_are_those_that_a_join_finds(
    most_kept: int,
    most_copied: int,
    drawn: list[tuple[int, str, str | None, int | None]],
    spans: list[tuple[int, int]],
) -> None:
    days = [
        {"day": FIRST + dt.timedelta(day), "customer_id": customer, "channel": channel}
        | {"net_amount": None if amount is None else Decimal(amount) / 100}
        for day, customer, channel, amount in drawn
    ]
    rows = facts("customer_days", days)
    starts = [FIRST + dt.timedelta(start) for start, _ in spans]
    ends = [FIRST + dt.timedelta(start + length) for start, length in spans]
    windows = pl.DataFrame(
        {"window": range(7, 7 + len(spans)), "period_start": starts, "period_end": ends},
        {"window": pl.Int64, "period_start": pl.Date, "period_end": pl.Date},
    )
    measure = total(CustomerDays, "net_amount", each="customer_id")
    names = ["window", "day", "customer_id", "channel", "net_amount", "net_amount of customer_id"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(by_day, "MOST_KEPT", most_kept)
        patched.setattr(by_day, "MOST_COPIED", most_copied)
        stored = ByDay.of(in_order(rows.lazy(), CustomerDays, "day", [measure]))
        found = (
            pl.concat(stored.within(windows, ["day", "channel"], measure.gathered)).select(names).collect()
        )
    within = rows.join(windows, how="cross").filter(pl.col("day").is_between("period_start", "period_end"))
    spent = pl.col("net_amount").sum().over("window", "customer_id")
    joined = within.with_columns(spent.alias(SPENT.name)).select(names)
    customers = sorted({customer for _, customer, _, _ in drawn})
    named = found.with_columns(
        pl.col("customer_id").replace_strict(dict(enumerate(customers)), return_dtype=pl.String),
        pl.col("channel").cast(pl.String),
    )
    assert_frame_equal(named, joined, check_row_order=False, check_dtypes=False)


def test_only_the_rows_of_the_windows_are_read() -> None:
    spans = [(40, 50), (3, 9), (9, 12), (5, 6), (60, 60), (45, 70)]
    low, high = (np.array(ends) for ends in zip(*spans, strict=True))
    assert by_day._joined(low, high) == [(3, 12), (40, 70)]
