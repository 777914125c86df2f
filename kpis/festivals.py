"""The festivals that shops live by, and how far back the same days around one lie a year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from connectors.text import Text

THURSDAY = 3
WEEK = 7


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival that comes once in every calendar year.

    Attributes:
        title: its name.
        day_in: its day in a year; null where that is not known.
    """

    title: Text
    day_in: Callable[[int], dt.date | None]


@dataclass(frozen=True, slots=True)
class Around:
    """A festival that days lie around, and the same one a year before."""

    festival: Festival
    day: dt.date
    day_before: dt.date

    @property
    def shift(self) -> dt.timedelta:
        """How far the days of one year lie behind those of the other."""
        return self.day - self.day_before


@cache
def spring_festival(year: int) -> dt.date | None:
    """New Year's Day of the Chinese calendar; null before 1950 and after 2100.

    >>> spring_festival(2025), spring_festival(2026)
    (datetime.date(2025, 1, 29), datetime.date(2026, 2, 17))
    """
    # Loaded here: the package takes longer to load than most questions take to answer.
    in_china = import_module("holidays").country_holidays("CN", years=year, language="zh_CN")
    return min((day for day, name in in_china.items() if name == "春节"), default=None)


def black_friday(year: int) -> dt.date:
    """The day after the fourth Thursday of November.

    >>> black_friday(2026)
    datetime.date(2026, 11, 27)
    """
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(THURSDAY - first.weekday()) % WEEK + 3 * WEEK + 1)


FESTIVALS = (
    Festival(Text("Spring Festival", "春节"), spring_festival),
    Festival(Text("618", "618"), lambda year: dt.date(year, 6, 18)),
    Festival(Text("Double 11", "双11"), lambda year: dt.date(year, 11, 11)),
    Festival(Text("Black Friday", "黑色星期五"), black_friday),
)


def around(start: dt.date, end: dt.date) -> Around | None:
    """The festival nearest to the middle of some days, the earlier of two that are equally near.

    Args:
        start: the first day.
        end: the last day.

    Returns:
        Null where no festival is known in that year or in the one before.

    >>> found = around(dt.date(2026, 2, 10), dt.date(2026, 2, 23))
    >>> found.festival.title.en, found.day_before, found.shift.days
    ('Spring Festival', datetime.date(2025, 1, 29), 384)
    """
    twice_the_middle = start.toordinal() + end.toordinal()
    year = dt.date.fromordinal(twice_the_middle // 2).year
    near = range(max(year - 1, dt.MINYEAR + 1), min(year + 1, dt.MAXYEAR) + 1)
    known = [
        Around(festival, day, day_before)
        for festival in FESTIVALS
        for year in near
        if (day := festival.day_in(year)) and (day_before := festival.day_in(year - 1))
    ]
    return min(
        known, key=lambda found: (abs(2 * found.day.toordinal() - twice_the_middle), found.day), default=None
    )
