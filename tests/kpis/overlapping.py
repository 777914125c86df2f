"""Windows of days that overlap at will, as Hypothesis draws them."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import strategies as st

FIRST = dt.date(2024, 5, 1)
window = st.tuples(st.integers(-5, 35), st.integers(0, 20))
"""Days from `FIRST` to its first day, and from there to its last."""


def windows_of(drawn: list[tuple[int, int]]) -> pl.DataFrame:
    """The windows with numbers that are none of rows, so that nothing takes one for the other."""
    days = [(FIRST + dt.timedelta(start), FIRST + dt.timedelta(start + length)) for start, length in drawn]
    rows = [(number * 3 + 2, *span) for number, span in enumerate(days)]
    schema = {"window": pl.Int64, "period_start": pl.Date, "period_end": pl.Date}
    return pl.DataFrame(rows, schema, orient="row")
