"""Customers of whom too little is known yet, because orders from before the data begin are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from connectors.text import Text
from kpis.kpi import Kpi
from kpis.periods import Period
from kpis.windows import evaluated


def burnt_in(kpi: Kpi, first_day: dt.date | None, *periods: Period | None) -> bool:
    """Whether so few days of orders lie before one of these periods that old customers may count as new.

    A change between two periods of which one is such may only say that more of the past is known.

    Args:
        kpi: the KPI.
        first_day: the first day of orders; null without any.
        periods: the asked days, and those they are compared with; null ones are none.

    >>> from kpis.catalogue import catalogue
    >>> march = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    >>> burnt_in(catalogue()["returning_customer_share"], dt.date(2025, 3, 2), march)
    True
    >>> burnt_in(catalogue()["returning_customer_share"], dt.date(2025, 3, 1), march)
    False
    """
    if kpi.burn_in_days is None or first_day is None:
        return False
    lookback = (kpi.lookback_days, kpi.lookback_lag)
    starts = [evaluated(period, lookback)[0] for period in periods if period]
    return any((start - first_day).days < kpi.burn_in_days for start in starts)


def burnt_in_rows(kpis: Iterable[Kpi], first_day: dt.date | None, rows: pl.DataFrame) -> list[Kpi]:
    """The KPIs of whose rows any is of such a period; `rows` as told by `evaluate`."""
    told = rows.filter(pl.col("value").is_not_null()).group_by("kpi").agg(pl.col("from", "to").min())
    days = {name: Period(start, end) for name, start, end in told.iter_rows()}
    return [kpi for kpi in kpis if kpi.id in days and burnt_in(kpi, first_day, days[kpi.id])]


def history_needed(kpis: Iterable[Kpi]) -> list[Text]:
    """How much history a change must have before it is news, one line for all KPIs that need as much."""
    needed: dict[int, list[str]] = {}
    for kpi in kpis:
        days = (kpi.burn_in_days or 0) + (kpi.lookback_days or 0) + kpi.lookback_lag
        needed.setdefault(days, []).append(kpi.id)
    return [
        Text(
            f"not judged where fewer than {days} days of orders lie before: {', '.join(names)}.",
            f"之前的订单不足 {days} 天时不作判断：{'、'.join(names)}。",
        )
        for days, names in sorted(needed.items())
    ]
