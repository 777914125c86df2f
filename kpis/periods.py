"""Days of the business: periods, the buckets they are cut into, and what they are compared with."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from connectors.text import Text
from kpis.errors import PeriodError
from kpis.festivals import around

Comparison = Literal["none", "previous", "year", "year-weekday", "festival"]
Grain = Literal["day", "week", "month", "quarter", "year"]
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
GRAINS: tuple[Grain, ...] = get_args(Grain)
SAME_WEEKDAY = dt.timedelta(days=364)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included.

    >>> Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31)).before()
    Period(start=datetime.date(2026, 1, 29), end=datetime.date(2026, 2, 28))
    """

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1

    def before(self) -> Period:
        """As many days, just before.

        Raises:
            OverflowError: the calendar does not reach that far back.
        """
        return self._earlier(self.days * DAY)

    def compared(self, comparison: Comparison) -> Period | None:
        """The period this one is compared with; null for `none`, and before the calendar begins."""
        try:
            return self._compared(comparison)
        except (OverflowError, ValueError):
            return None

    def _compared(self, comparison: Comparison) -> Period | None:
        if comparison == "previous":
            return self.before()
        if comparison == "year":
            return self._year_before()
        if comparison == "year-weekday":
            return self._earlier(SAME_WEEKDAY)
        if comparison == "festival":
            found = around(self.start, self.end)
            return self._earlier(found.shift) if found else None
        return None

    def _year_before(self) -> Period:
        """The same dates a year before; months that are whole stay so, whatever February has."""
        end = _year_before(self.end)
        is_whole = self.start.day == 1 and self.end == last_of_month(self.end)
        return Period(_year_before(self.start), last_of_month(end) if is_whole else end)

    def _earlier(self, shift: dt.timedelta) -> Period:
        return Period(self.start - shift, self.end - shift)

    def overlaps(self, other: Period) -> bool:
        """Whether both share a day."""
        return self.start <= other.end and other.start <= self.end


def spanned(periods: Iterable[Period | None]) -> Period | None:
    """The shortest period that holds all of these; null where there is none."""
    known = [period for period in periods if period]
    if not known:
        return None
    return Period(min(period.start for period in known), max(period.end for period in known))


@dataclass(frozen=True, slots=True)
class Bucket:
    """A named part of a period.

    Attributes:
        name: the Monday of a week, else 2026-03-05, 2026-03, 2026-Q1 or 2026; null for the whole period.
        period: its days, cut to the period it is part of.
    """

    name: str | None
    period: Period


def buckets(period: Period, grain: Grain | None) -> list[Bucket]:
    """The parts of a period in order; the period itself where no grain is asked for."""
    if grain is None:
        return [Bucket(None, period)]
    parts = []
    start = period.start
    while start <= period.end:
        end = min(_last_day(start, grain), period.end)
        parts.append(Bucket(bucket_name(start, grain), Period(start, end)))
        if end == dt.date.max:
            break
        start = end + DAY
    return parts


def bucket_name(day: dt.date, grain: Grain) -> str:
    """What the bucket that `day` falls into is called."""
    if grain == "week":
        return (day - dt.timedelta(days=day.weekday())).isoformat()
    if grain == "month":
        return f"{day:%Y-%m}"
    if grain == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}" if grain == "year" else day.isoformat()


def parse_day(given: str) -> dt.date:
    """A day as people write it, 2026-03-05.

    Raises:
        PeriodError: it is not a day.
    """
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise PeriodError(
            Text(
                en=f"'{given}' is not a day; write days as YYYY-MM-DD, e.g. 2026-03-05.",
                zh=f"“{given}”不是日期；日期请写作 YYYY-MM-DD，例如 2026-03-05。",
            )
        ) from None


def _last_day(day: dt.date, grain: Grain) -> dt.date:
    """The last day of the bucket that `day` falls into."""
    if grain == "week":
        return day + min(dt.timedelta(days=6 - day.weekday()), dt.date.max - day)
    if grain == "year":
        return dt.date(day.year, 12, 31)
    if grain == "day":
        return day
    return last_of_month(day if grain == "month" else day.replace(day=1, month=(day.month + 2) // 3 * 3))


def last_of_month(day: dt.date) -> dt.date:
    """The last day of the month that `day` lies in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year_before(day: dt.date) -> dt.date:
    """The same day a year before; 28 February for the 29th."""
    last = last_of_month(dt.date(day.year - 1, day.month, 1))
    return day.replace(year=last.year, day=min(day.day, last.day))
