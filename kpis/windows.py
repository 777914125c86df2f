"""Windows: the days over which each row of a result is evaluated, and those it is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl

from kpis.periods import DAY, Bucket, Period

_SCHEMA = {
    "window": pl.Int64,
    "bucket": pl.String,
    "from": pl.Date,
    "to": pl.Date,
    "start": pl.Date,
    "end": pl.Date,
}


def windows_of(buckets: list[Bucket], lookback_days: int | None) -> pl.DataFrame:
    """One row per bucket: its number, name, days (`from`, `to`) and the days evaluated (`start`, `end`)."""
    rows = [
        (
            number,
            bucket.name,
            bucket.period.start,
            bucket.period.end,
            *_evaluated(bucket.period, lookback_days),
        )
        for number, bucket in enumerate(buckets)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def no_window() -> pl.DataFrame:
    """The one row of a shop without data: no days at all."""
    return pl.DataFrame([(0, None, None, None, None, None)], schema=_SCHEMA, orient="row")


def compared_windows(
    buckets: list[Bucket],
    before: Callable[[Period], Period | None],
    first_day: dt.date,
    lookback_days: int | None,
) -> pl.DataFrame:
    """The windows compared with, under the same numbers; those that begin before the data are left out."""
    rows = []
    for number, bucket in enumerate(buckets):
        period = before(bucket.period)
        if period and period.start >= first_day:
            days = _evaluated(period, lookback_days)
            rows.append((number, bucket.name, period.start, period.end, *days))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def days_of(windows: pl.DataFrame) -> pl.DataFrame:
    """One row per window and day of it: window, day, period_start, period_end."""
    known = windows.filter(pl.col("start").is_not_null())
    days = pl.date_ranges(pl.col("start"), pl.col("end")).alias("day")
    return known.select(
        "window", days, pl.col("start").alias("period_start"), pl.col("end").alias("period_end")
    ).explode("day")


def _evaluated(period: Period, lookback_days: int | None) -> tuple[dt.date, dt.date]:
    if lookback_days is None:
        return period.start, period.end
    return period.end - min((lookback_days - 1) * DAY, period.end - dt.date.min), period.end
