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


_SPANS = {"window": pl.Int64, "period_start": pl.Date, "period_end": pl.Date, "year_before": pl.Date}
_YEAR = 365

Lookback = tuple[int | None, int]
"""How many days are evaluated, null for the bucket's own, and how many days before its end they end."""


def windows_of(
    buckets: list[Bucket], lookback: Lookback, last: dt.date | None = None, first: int = 0
) -> pl.DataFrame:
    """One row per bucket: its number, name, days (`from`, `to`) and the days evaluated (`start`, `end`).

    Args:
        buckets: the parts of a period.
        lookback: which days are evaluated.
        last: the last day of data, from which the part that it falls into looks back; null where no part
            runs on after it.
        first: the number of the first bucket.
    """
    rows = [
        (
            number,
            bucket.name,
            bucket.period.start,
            bucket.period.end,
            *evaluated(_until(bucket.period, last), lookback),
        )
        for number, bucket in enumerate(buckets, first)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def no_window(number: int = 0) -> pl.DataFrame:
    """The one row of a shop without data: no days at all."""
    return pl.DataFrame([(number, None, None, None, None, None)], schema=_SCHEMA, orient="row")


def compared_windows(
    buckets: list[Bucket],
    before: Callable[[Period], Period | None],
    first_day: dt.date,
    lookback: Lookback,
    *,
    elapsed_to: dt.date | None = None,
    first: int = 0,
) -> pl.DataFrame:
    """The windows compared with, numbered like the buckets; those that begin before the data are left out.

    Args:
        buckets: the parts of a period.
        before: the days that a part is compared with; null without any.
        first_day: the first day of data.
        lookback: which days are evaluated.
        elapsed_to: the last day of data, where parts run on after it: these are compared with as many days
            as have passed of them, those that have not begun with none; null where no part does.
        first: the number of the first bucket.
    """
    rows = []
    for number, bucket in enumerate(buckets, first):
        period = _elapsed(before(bucket.period), bucket.period, elapsed_to)
        if period and period.start >= first_day:
            days = evaluated(period, lookback)
            rows.append((number, bucket.name, period.start, period.end, *days))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def spans_of(windows: pl.DataFrame) -> pl.DataFrame:
    """One row per window that has days: window, period_start, period_end and year_before.

    The last is 365 days before the first day.
    """
    rows = [
        (window, start, end, _days_before(start, _YEAR))
        for window, start, end in windows.select("window", "start", "end").iter_rows()
        if start is not None
    ]
    return pl.DataFrame(rows, schema=_SPANS, orient="row")


def days_of(spans: pl.DataFrame) -> pl.DataFrame:
    """One row per window and day of it: the columns of `spans_of`, and day."""
    days = pl.date_ranges("period_start", "period_end").alias("day")
    return spans.with_columns(days).explode("day")


def _elapsed(former: Period | None, running: Period, last: dt.date | None) -> Period | None:
    """As many of the first days of `former` as have passed of the running period on the last day."""
    if former is None or last is None or running.end <= last:
        return former
    if running.start > last:
        return None
    return Period(former.start, min(former.end, former.start + (last - running.start)))


def _until(period: Period, last: dt.date | None) -> Period:
    """The days of a period that have data; all where none of them has, or where all have."""
    if last is None or not period.start <= last < period.end:
        return period
    return Period(period.start, last)


def evaluated(period: Period, lookback: Lookback) -> tuple[dt.date, dt.date]:
    """The first and last day that are looked at for a period."""
    days, lag = lookback
    if days is None:
        return period.start, period.end
    end = _days_before(period.end, lag)
    return _days_before(end, days - 1), end


def _days_before(day: dt.date, days: int) -> dt.date:
    return day - min(days * DAY, day - dt.date.min)
