"""Which days a card shows and compares: a named period ends when the KPI is final, a custom one as asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.filters import Filters
from kpis.named_periods import former, named
from kpis.periods import Period

TREND_WEEKS = 13
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """The days a figure is shown for.

    Attributes:
        period: the days, both ends included.
        final_on: the day from which the figure no longer moves; null when it is final.
        before: the days it is compared with; null where it is not compared.
    """

    period: Period
    final_on: dt.date | None = None
    before: Period | None = None


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
        final_on = ready if ready > last_day else None
        return Shown(filters.custom, final_on, _before(filters, filters.custom))
    period = named(filters.period, settled)
    return Shown(period, before=_before(filters, period))


def trend(end: dt.date) -> Period:
    """The thirteen whole weeks, Monday to Sunday, that end on `end` or before.

    >>> trend(dt.date(2026, 11, 20))
    Period(start=datetime.date(2026, 8, 17), end=datetime.date(2026, 11, 15))
    """
    sunday = end - dt.timedelta(days=(end.weekday() + 1) % 7)
    return Period(sunday - TREND_WEEKS * WEEK + DAY, sunday)


def _before(filters: Filters, period: Period) -> Period | None:
    return former(filters.period, period, filters.compare)
