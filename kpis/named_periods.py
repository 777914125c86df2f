"""The periods that people name, such as the last 28 days or this month, and what each is compared with."""

from __future__ import annotations

import datetime as dt

from kpis.periods import DAY, Comparison, Period, last_of_month

ROLLING = {"28d": 28, "7d": 7, "90d": 90}
RUNNING = {"mtd": 1, "qtd": 3, "ytd": 12}
WHOLE = {"month": 1, "quarter": 3}
CALENDAR = RUNNING | WHOLE
NAMES = (*ROLLING, "mtd", "month", "qtd", "quarter", "ytd")
MONTHS_OF_A_YEAR = 12


def named(name: str, last: dt.date) -> Period:
    """The days that a name stands for.

    `7d`, `28d` and `90d` end on `last`; `mtd`, `qtd` and `ytd` run from the first day of its month, quarter
    or year to `last`; `month` and `quarter` are the last whole ones that end on `last` or before.

    Args:
        name: one of `NAMES`.
        last: the last complete day, or the last day on which a figure is final.

    >>> named("mtd", dt.date(2026, 11, 20))
    Period(start=datetime.date(2026, 11, 1), end=datetime.date(2026, 11, 20))
    >>> named("quarter", dt.date(2026, 11, 20))
    Period(start=datetime.date(2026, 7, 1), end=datetime.date(2026, 9, 30))
    """
    if name in ROLLING:
        return Period(last - (ROLLING[name] - 1) * DAY, last)
    if name in RUNNING:
        return Period(_start(last, RUNNING[name]), last)
    end = _start(last + DAY, WHOLE[name]) - DAY
    return Period(_start(end, WHOLE[name]), end)


def former(name: str, period: Period, comparison: Comparison) -> Period | None:
    """What a named period is compared with; null for `none`, and before the calendar begins.

    A month, quarter or year is compared with the one before, or with that of the year before: a whole one
    with the whole one, a running one with as many of its first days, or all of it where it has fewer. Any
    other period is compared as `Period.compared` says.

    Args:
        name: one of `NAMES`, or anything else for days that somebody chose.
        period: its days.
        comparison: what it is compared with.

    >>> former("mtd", Period(dt.date(2026, 11, 1), dt.date(2026, 11, 20)), "previous")
    Period(start=datetime.date(2026, 10, 1), end=datetime.date(2026, 10, 20))
    >>> former("month", Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31)), "previous")
    Period(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 2, 28))
    """
    months = CALENDAR.get(name)
    if months is None or comparison not in {"previous", "year"}:
        return period.compared(comparison)
    back = months if comparison == "previous" else MONTHS_OF_A_YEAR
    try:
        start = _months_before(period.start, back)
    except ValueError:
        return None
    end = _end(start, months)
    is_whole = period.end == _end(period.start, months)
    return Period(start, end if is_whole else min(start + (period.days - 1) * DAY, end))


def renewed(name: str, period: Period) -> dt.date | None:
    """The day on which a running month, quarter or year begins anew; null for all others.

    >>> renewed("mtd", Period(dt.date(2026, 11, 1), dt.date(2026, 11, 20)))
    datetime.date(2026, 12, 1)
    """
    return _end(period.start, RUNNING[name]) + DAY if name in RUNNING else None


def _start(day: dt.date, months: int) -> dt.date:
    """The first day of the month, quarter or year of `day`."""
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def _end(start: dt.date, months: int) -> dt.date:
    """The last day of the month, quarter or year that begins on `start`."""
    return last_of_month(start.replace(month=start.month + months - 1))


def _months_before(first: dt.date, months: int) -> dt.date:
    """The first day of the month so many months before."""
    year, month = divmod(first.year * MONTHS_OF_A_YEAR + first.month - 1 - months, MONTHS_OF_A_YEAR)
    return dt.date(year, month + 1, 1)
