"""Which days a card shows: a named period ends when the KPI is final, a custom one is taken as asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.filters import Filters, days_to
from kpis.periods import Period

LENGTHS = {"7d": 7, "28d": 28, "90d": 90}
MONTHS = {"month": 1, "quarter": 3}
TREND_WEEKS = 13
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """The days a figure is shown for.

    Attributes:
        period: the days, both ends included.
        final_on: the day from which the figure no longer moves; null when it is final.
    """

    period: Period
    final_on: dt.date | None = None


def shown(filters: Filters, last_day: dt.date, lag_days: int) -> Shown:
    """The days to show of a KPI that is final `lag_days` after its day.

    A named period is the latest of its length that is final: the last 28 days of a figure that takes 30 days
    to settle end 30 days before the data's last day. A custom period is shown as asked.

    Args:
        filters: what the reader asked for.
        last_day: the data's last business day.
        lag_days: days until the KPI is final.
    """
    settled = last_day - dt.timedelta(days=lag_days)
    if filters.custom is not None:
        ready = filters.custom.end + dt.timedelta(days=lag_days)
        return Shown(filters.custom, ready if ready > last_day else None)
    if filters.period == "ytd":
        return Shown(Period(settled.replace(month=1, day=1), settled))
    if filters.period in MONTHS:
        return Shown(_last_whole(settled, MONTHS[filters.period]))
    return Shown(days_to(settled, LENGTHS[filters.period]))


def trend(end: dt.date) -> Period:
    """The thirteen whole weeks, Monday to Sunday, that end on `end` or before.

    >>> trend(dt.date(2026, 11, 20))
    Period(start=datetime.date(2026, 8, 17), end=datetime.date(2026, 11, 15))
    """
    sunday = end - dt.timedelta(days=(end.weekday() + 1) % 7)
    return Period(sunday - TREND_WEEKS * WEEK + DAY, sunday)


def _last_whole(settled: dt.date, months: int) -> Period:
    """The last whole calendar month or quarter that ends on `settled` or before."""
    after = settled + DAY
    next_start = dt.date(after.year, (after.month - 1) // months * months + 1, 1)
    end = next_start - DAY
    return Period(dt.date(end.year, end.month - months + 1, 1), end)
