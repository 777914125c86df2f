"""Which days figures are really of, in words, where those are not the days that their rows name."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from connectors.text import Text
from kpis.kpi import Kpi
from kpis.periods import Bucket, Period
from kpis.shop import Shop
from kpis.windows import windows_of


def looked_back(shop: Shop, kpis: Sequence[Kpi], rows: pl.DataFrame) -> list[Text]:
    """One line for all KPIs with days of their own, such as the last 30; none where rows name these.

    Args:
        shop: the shop.
        kpis: what was asked for, as a platform counts it where that was asked.
        rows: as told by `evaluate`; those without a value are of no days.
    """
    found: dict[Text, list[str]] = {}
    for kpi in kpis:
        if kpi.lookback_days is not None and (days := _days(shop, kpi, rows)):
            found.setdefault(days, []).append(kpi.id)
    if not found:
        return []
    told_en = "; ".join(f"{', '.join(names)}: {days.en}" for days, names in found.items())
    told_zh = "；".join(f"{'、'.join(names)}：{days.zh}" for days, names in found.items())
    return [
        Text(
            f"not of the days that from and to say: {told_en}.",
            f"以下指标统计的日期与 from、to 不同：{told_zh}。",
        )
    ]


def _days(shop: Shop, kpi: Kpi, rows: pl.DataFrame) -> Text | None:
    """The days a KPI's rows are of, as dates where all are of the same; null where `from` and `to` say it."""
    told = rows.filter(pl.col("value").is_not_null(), kpi=kpi.id).select("from", "to").unique().sort("from")
    buckets = [Bucket(None, Period(start, end)) for start, end in told.iter_rows()]
    reach = shop.reach(kpi)
    windows = windows_of(buckets, (kpi.lookback_days, kpi.lookback_lag), reach.end if reach else None)
    others = windows.filter((pl.col("from") != pl.col("start")) | (pl.col("to") != pl.col("end")))
    if others.is_empty():
        return None
    if windows.height == 1:
        start, end = others.select("start", "end").row(0)
        return Text(f"{start} to {end}", f"{start} 至 {end}") if start < end else Text(f"{end}", f"{end}")
    days, lag = kpi.lookback_days, kpi.lookback_lag
    if lag:
        return Text(f"{days} days to {lag} days before each to", f"各 to 之前第 {lag} 天为止的 {days} 天")
    return Text(f"{days} {'day' if days == 1 else 'days'} to each to", f"各 to 为止的 {days} 天")
