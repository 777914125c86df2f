"""Customers who only look new, because orders from before the data begin are not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from kpis.kpi import Kpi
from kpis.periods import Period
from kpis.windows import evaluated


def burnt_in(kpi: Kpi, first_day: dt.date | None, period: Period) -> bool:
    """Whether so few days of orders lie before a period that old customers may count as new in it.

    Args:
        kpi: the KPI.
        first_day: the first day of orders; null without any.
        period: the asked days.

    >>> from kpis.catalogue import catalogue
    >>> march = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    >>> burnt_in(catalogue()["returning_customer_share"], dt.date(2025, 3, 2), march)
    True
    >>> burnt_in(catalogue()["returning_customer_share"], dt.date(2025, 3, 1), march)
    False
    """
    if not kpi.burn_in_days or first_day is None:
        return False
    start, _ = evaluated(period, (kpi.lookback_days, kpi.lookback_lag))
    return (start - first_day).days < kpi.burn_in_days


def burnt_in_rows(kpis: Iterable[Kpi], first_day: dt.date | None, rows: pl.DataFrame) -> list[Kpi]:
    """The KPIs of whose rows any is of such a period; `rows` as told by `evaluate`."""
    told = rows.filter(pl.col("value").is_not_null()).group_by("kpi").agg(pl.col("from", "to").min())
    days = {name: Period(start, end) for name, start, end in told.iter_rows()}
    return [kpi for kpi in kpis if kpi.id in days and burnt_in(kpi, first_day, days[kpi.id])]
