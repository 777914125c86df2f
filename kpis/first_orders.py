"""Customers by their first order: which of them a question keeps, and the cohorts they fall into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from connectors.errors import unknown
from connectors.facts import CustomerFirsts, dimensions_of
from connectors.text import Text
from kpis.errors import SliceError
from kpis.keeping import is_one_of
from kpis.periods import DAY, Period, buckets, spanned
from kpis.shop import Shop
from kpis.slices import asked_period, check_values, check_within

CohortGrain = Literal["month", "quarter"]
COHORT_GRAINS: tuple[CohortGrain, ...] = get_args(CohortGrain)
ALL = "all"
# Whoever first appears so soon after the data begin may have bought before.
BURN_IN_DAYS = 90
TRUNCATED = {"month": "1mo", "quarter": "1q"}


@dataclass(frozen=True, slots=True)
class FirstOrders:
    """A question about customers, by their first paid order.

    Attributes:
        start: first day of first orders, included; null for the first of the data.
        end: last day of them, included; null for the last of the data.
        grain: what the first orders of one cohort share.
        where: per dimension of the first order the values to keep; the empty value stands for unknown.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    grain: CohortGrain = "month"
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


def asked_days(shop: Shop, asked: FirstOrders) -> Period | None:
    """The days of first orders that are asked for; null where there are no orders.

    Raises:
        PeriodError: none of the days has data, or the last is before the first.
        SliceError: there is no such grain or dimension, or no row has a value.
    """
    if asked.grain not in COHORT_GRAINS:
        raise unknown(Text("cohort grain", "分组粒度"), asked.grain, COHORT_GRAINS, SliceError)
    check_where(shop, dict(asked.where))
    reach = reach_of(shop)
    check_within(reach, asked.start, asked.end)
    days = asked_period(reach, asked.start, asked.end)
    if reach is None or days is None:
        return None
    return Period(max(days.start, reach.start), min(days.end, reach.end))


def check_where(shop: Shop, where: Mapping[str, Sequence[str]]) -> None:
    """Refuse dimensions that first orders do not have and values that no row has.

    Raises:
        SliceError: one of these.
    """
    known = dimensions_of(CustomerFirsts)
    for name, values in where.items():
        if name not in known:
            raise unknown(Text("dimension of first orders", "首单维度"), name, known, SliceError)
        check_values(name, values, shop.dimension_values(name))


def reach_of(shop: Shop) -> Period | None:
    """The days from the oldest order to the newest, or to the newest first one; null without orders.

    What was ordered on the last day may be paid, and count, after it.
    """
    ends = (
        shop.rows("customer_firsts")
        .to_native()
        .select(first=pl.col("first_day").min(), last=pl.col("first_day").max())
    )
    first, last = ends.collect(engine="streaming").row(0)
    known = shop.manifest.first_day, shop.manifest.last_day
    orders = Period(known[0], known[1]) if known[0] and known[1] else None
    return spanned([orders, Period(first, last) if first else None])


def kept(shop: Shop, asked: FirstOrders, days: Period, table: str = "customer_firsts") -> pl.LazyFrame:
    """The rows of customers whose first order is asked for, with `cohort`, the first day of their cohort.

    Args:
        shop: the shop.
        asked: the question.
        days: as told by `asked_days`.
        table: a derived table whose rows carry `first_day` and the dimensions of the first order.
    """
    rows: pl.LazyFrame = shop.rows(table).to_native()
    conditions = [is_one_of(pl.col(name), values) for name, values in asked.where]
    began = rows.filter(pl.col("first_day").is_between(days.start, days.end), *conditions)
    return began.with_columns(cohort=pl.col("first_day").dt.truncate(TRUNCATED[asked.grain]))


def cohorts_of(shop: Shop, asked: FirstOrders, days: Period) -> pl.DataFrame:
    """One row per cohort that can have customers, in order.

    Columns: cohort (its first day, whether asked for or not), name (2026-03 or 2026-Q1), from and to (the
    days of it that are asked for), burn_in (whether some of its customers may have bought before the data
    begin: the cohort begins in their first `BURN_IN_DAYS` days).
    """
    known_from = (shop.manifest.first_day or days.start) + BURN_IN_DAYS * DAY
    rows = [
        (_first_of(part.period.start, asked.grain), part.name, part.period.start, part.period.end)
        for part in buckets(days, asked.grain)
    ]
    schema = {"cohort": pl.Date, "name": pl.String, "from": pl.Date, "to": pl.Date}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(burn_in=pl.col("from") < known_from)


def _first_of(day: dt.date, grain: CohortGrain) -> dt.date:
    """The first day of the bucket that `day` falls into."""
    month = day.month if grain == "month" else (day.month - 1) // 3 * 3 + 1
    return day.replace(month=month, day=1)
