"""The demo's retailer as tests look at it: with its planted effects, without them, and on disk in small."""

from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl

from connectors.demo.calendar import FIRST_DAY, START
from connectors.demo.doors import door_counts
from connectors.demo.effects import PLANTED
from connectors.demo.simulate import Simulated, simulate
from connectors.demo.traffic import visits

SMALL = 0.02
DAY = 86_400
HOUR = 3_600


@cache
def world(*, planted: bool = True) -> Simulated:
    """The whole retailer, in memory."""
    return simulate(effects=PLANTED if planted else ())


@cache
def traffic() -> pl.DataFrame:
    """All visits and door counts of the whole retailer."""
    retailer = world()
    return pl.concat([*(month for _, month in visits(retailer.online)), door_counts(retailer.receipts)])


def day(moment: str) -> pl.Expr:
    """The business day of a moment, as a date."""
    passed = ((pl.col(moment) - START) // DAY).cast(pl.Int32)
    return pl.lit(FIRST_DAY) + pl.duration(days=passed)


def within(moment: str, first: dt.date, last: dt.date) -> pl.Expr:
    """Whether a moment lies on one of the days from `first` to `last`."""
    return day(moment).is_between(first, last)


def standing(retailer: Simulated) -> pl.DataFrame:
    """The orders that were paid and not cancelled; no tests, no replacements."""
    stands = pl.col("paid_at").is_not_null() & pl.col("cancelled_at").is_null() & ~pl.col("is_test")
    return retailer.shop["sales_order"].filter(stands)
