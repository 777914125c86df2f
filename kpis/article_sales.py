"""What articles brought in, and at what price they went, online and offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from kpis.articles import KINDS, Where, of_compared, rows_of
from kpis.periods import Period
from kpis.shop import Shop

REVENUE_DAYS = 90


def revenue(shop: Shop, day: dt.date, where: Where) -> pl.LazyFrame:
    """One row per article sold: sku, `revenue_90d`, net of 90 days to a day, in the reporting currency."""
    days = Period(day - dt.timedelta(days=REVENUE_DAYS - 1), day)
    return _sold(shop, days, where).group_by("sku").agg(revenue_90d=pl.col("net_amount").sum())


def realised(shop: Shop, period: Period, where: Where) -> pl.LazyFrame:
    """One row per article sold: sku, `online_realised` and `offline_realised`.

    Net amount by quantity of the lines of orders paid in the period, reporting currency, without tax and
    after all discounts; null where nothing was sold, or only lines whose amount no rate converts.
    """
    known = pl.col("net_amount").is_not_null()
    sides: Mapping[str, pl.Expr] = {kind: known & (pl.col("channel_kind") == kind) for kind in KINDS}
    amounts, pieces = (
        {kind: pl.col(name).filter(side).sum().cast(pl.Float64) for kind, side in sides.items()}
        for name in ("net_amount", "quantity")
    )
    return (
        _sold(shop, period, where)
        .group_by("sku")
        .agg(
            pl.when(pieces[kind] > 0).then(amounts[kind] / pieces[kind]).alias(f"{kind}_realised")
            for kind in KINDS
        )
    )


def _sold(shop: Shop, period: Period, where: Where) -> pl.LazyFrame:
    """The lines of orders paid in a period, with the order's kind of channel."""
    within = pl.col("paid_day").is_between(period.start, period.end)
    orders = rows_of(shop, "order_facts").filter("paid", within, *of_compared(shop, where))
    lines = rows_of(shop, "order_lines").select("order_id", "sku", "quantity", "net_amount")
    return lines.join(orders.select("order_id", "channel_kind"), on="order_id")
