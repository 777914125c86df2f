"""The demo's calendar: how busy each day is, and what time of day things happen.

A moment is a number of seconds since 1970 UTC, NaN in an array and null in a frame where there is none.
A day is a whole number, 0 on the demo's first day. The shop lives in China, which has one time zone and no
summer time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from connectors.demo.chance import Flags, Floats, Whole, pick

FIRST_DAY = dt.date(2024, 11, 21)
LAST_DAY = dt.date(2026, 11, 20)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
WARM_UP = 365
HOUR, DAY = 3_600.0, 86_400.0
ZONE = 8 * HOUR
START = dt.datetime.combine(FIRST_DAY, dt.time(), dt.UTC).timestamp() - ZONE
END = START + DAYS * DAY - 1
GROWTH = 0.10
BUSY, RUSH, HOLIDAY = 1.25, 2.0, 0.5
ONLINE_WEEK = (1.00, 0.97, 0.97, 0.98, 1.00, 1.06, 1.10)
STORE_WEEK = (0.80, 0.79, 0.82, 0.88, 1.06, 1.50, 1.45)
ONLINE_HOURS = (9, 4, 2, 1, 1, 2, 8, 18, 32, 46, 54, 52, 58, 50, 45, 44, 45, 46, 50, 62, 80, 88, 66, 28)
STORE_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 38, 58, 64, 58, 66, 74, 76, 72, 70, 76, 62, 26, 0, 0)


@dataclass(frozen=True, slots=True)
class Season:
    """Days that are busier or quieter than others, by a factor, online and in the stores."""

    first: dt.date
    last: dt.date
    online: float
    stores: float


SEASONS = (
    *(Season(dt.date(year, 6, 1), dt.date(year, 6, 15), 1.30, 1.08) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 6, 16), dt.date(year, 6, 18), 2.40, 1.20) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 10, 1), dt.date(year, 10, 7), 0.92, 1.45) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 10, 26), dt.date(year, 10, 31), 0.82, 0.95) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 11, 1), dt.date(year, 11, 9), 1.45, 1.10) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 11, 10), dt.date(year, 11, 11), 3.40, 1.30) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 11, 12), dt.date(year, 11, 18), 0.80, 0.95) for year in (2024, 2025, 2026)),
    *(Season(dt.date(year, 12, 12), dt.date(year, 12, 12), 1.60, 1.05) for year in (2023, 2024, 2025)),
    Season(dt.date(2024, 2, 9), dt.date(2024, 2, 17), 0.45, 0.50),
    Season(dt.date(2025, 1, 14), dt.date(2025, 1, 25), 1.15, 1.30),
    Season(dt.date(2025, 1, 28), dt.date(2025, 2, 4), 0.45, 0.50),
    Season(dt.date(2026, 2, 1), dt.date(2026, 2, 12), 1.15, 1.30),
    Season(dt.date(2026, 2, 15), dt.date(2026, 2, 23), 0.45, 0.50),
)


def day_number(day: dt.date) -> int:
    """Days from the demo's first day to `day`."""
    return (day - FIRST_DAY).days


def season(*, offline: bool) -> Floats:
    """How much busier each day is for its season, from a year before the first day on."""
    factors = np.ones(WARM_UP + DAYS)
    for days in SEASONS:
        first, last = day_number(days.first) + WARM_UP, day_number(days.last) + WARM_UP
        factors[max(first, 0) : max(last + 1, 0)] *= days.stores if offline else days.online
    return factors


def busyness(*, offline: bool) -> Floats:
    """Orders of each day, from a year before the first day on, relative to the mean of the demo's days."""
    days = np.arange(-WARM_UP, DAYS)
    week = np.asarray(STORE_WEEK if offline else ONLINE_WEEK)
    busy = (1 + GROWTH) ** (days / 365) * week[(days + FIRST_DAY.weekday()) % 7] * season(offline=offline)
    return np.asarray(busy / busy[WARM_UP:].mean())


class Clock:
    """Time that runs faster on busy days: what is spread evenly over it follows the calendar's rhythm."""

    def __init__(self, *, offline: bool) -> None:
        busy = busyness(offline=offline)
        self.elapsed = np.concatenate([[0.0], np.cumsum(busy)]) - busy[:WARM_UP].sum()
        self.start, self.end = float(self.elapsed[0]), float(self.elapsed[-1])

    def day_at(self, busy_days: Floats) -> Whole:
        """The day on which this many average days' worth of business had been done since the first day."""
        found = np.searchsorted(self.elapsed, busy_days, side="right") - 1
        return np.asarray(np.clip(found, 0, WARM_UP + DAYS - 1) - WARM_UP)


def moments_on(rng: np.random.Generator, days: Whole, offline: Flags) -> Floats:
    """A moment on each of the days, at an hour when people shop online or in stores, in whole seconds."""
    online_hours, store_hours = pick(rng, ONLINE_HOURS, len(days)), pick(rng, STORE_HOURS, len(days))
    hours = np.where(offline, store_hours, online_hours)
    return np.asarray(START + days * DAY + hours * HOUR + np.floor(rng.random(len(days)) * HOUR))


def day_of(moments: Floats) -> Whole:
    """The day a moment lies on; -10000 where there is no moment."""
    return np.asarray(np.nan_to_num(np.floor((moments - START) / DAY), nan=-10_000), dtype=np.int64)


def hour_of(moments: Floats) -> Floats:
    """The hour of the day, with its fraction, on a clock in China."""
    return np.asarray(((moments - START) % DAY) / HOUR)


def end_of(days: Whole) -> Floats:
    """The last second of each day."""
    return np.asarray(START + (days + 1) * DAY - 1)


def known(moments: Floats) -> Floats:
    """Moments in whole seconds; none (NaN) where they lie after the demo's last day."""
    return np.where(moments <= END, np.floor(moments), np.nan)


def column(moments: Floats) -> pl.Series:
    """Moments as a column of a frame, where none is null."""
    return pl.Series(moments).fill_nan(None)


def in_hours(rng: np.random.Generator, moments: Floats, first: float, last: float) -> Floats:
    """Each moment, or one in the first two hours of the next opening where it falls outside opening hours."""
    hour, days = hour_of(moments), np.floor((moments - START) / DAY)
    opening = START + (days + (hour >= last)) * DAY + (first + 2 * rng.random(len(moments))) * HOUR
    return np.where((hour >= first) & (hour < last), moments, opening)


def is_sale(days: Whole) -> Flags:
    """Whether there is an online sale: 618, Double 11, Double 12."""
    return np.asarray(season(offline=False)[days + WARM_UP] >= BUSY)


def is_slow(days: Whole) -> Flags:
    """Whether carriers need longer: the peaks of the sales, and Spring Festival."""
    factors = season(offline=False)[days + WARM_UP]
    return np.asarray((factors >= RUSH) | (factors <= HOLIDAY))
