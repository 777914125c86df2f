"""Cross-channel customers against those of one kind of channel, and a comparison that is fair to both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from connectors.text import Text
from kpis.first_orders import check_where, reach_of
from kpis.intervals import around, wilson
from kpis.keeping import is_one_of
from kpis.periods import DAY, Period
from kpis.shop import Shop
from kpis.slices import check_within

LOOKBACK_DAYS = 365
FOLLOWED_DAYS = 90
CROSS, ONLINE, OFFLINE = "cross", "online", "offline"
GROUPS = (CROSS, ONLINE, OFFLINE)
PERIOD, SECOND = "period", "second_order"
CAVEAT = Text(
    "Who buys more often has more chances to use both kinds of channel: that cross-channel customers of the "
    "period buy more does not say that a second channel makes them. The rows second_order compare customers "
    "who are alike in having just placed a second order, by where it was, and count what they did next.",
    "购买次数越多，越有机会同时使用线上与线下：期内跨渠道客户买得更多，并不说明是第二个渠道带来的。"
    "second_order 各行比较的是刚完成第二单的顾客，按第二单所在渠道分组，只统计此后的购买。",
)
COLUMNS = {
    "comparison": "period: by the channels used in it; second_order: by where the second order was",
    "group": "cross: online and offline; else the only kind of channel used",
    "from": "first day of the period",
    "to": "last day of it",
    "customers": "customers of the group; second_order: whose second order lies in the period",
    "orders": "their paid orders in the period; null for second_order",
    "orders_each": "orders / customers",
    "orders_low": "lower end of its 95 % interval (normal, over customers)",
    "orders_high": "upper end",
    "revenue_each": "net amount in the reporting currency per customer with a known amount",
    "revenue_low": "lower end of its 95 % interval (normal, over customers)",
    "revenue_high": "upper end",
    "followed": "period: first-time customers whose 90 days are over; second_order: 90 days since it are",
    "back": "of them, with another paid order on a later day within 90 days",
    "value": "back / followed",
    "low": "lower end of its 95 % interval (Wilson)",
    "high": "upper end",
}
_TYPES = (
    *[pl.String] * 2, *[pl.Date] * 2, *[pl.Int64] * 2, *[pl.Float64] * 6, *[pl.Int64] * 2, *[pl.Float64] * 3,
)  # fmt: skip


def crossing(
    shop: Shop,
    start: dt.date | None = None,
    end: dt.date | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
) -> pl.DataFrame:
    """One row per comparison and group of `GROUPS` with customers: `COLUMNS`.

    The rows `period` are by the channels used in the period, to be read with `CAVEAT`. The rows
    `second_order` are of customers whose second order lies in the period: `cross` where it was of the other
    kind than the first; what they bought within 90 days after it is not what put them into a group.

    Args:
        shop: the shop.
        start: first day; null for 365 days up to the last, or as many as there are.
        end: last day; null for the last of the data.
        where: per dimension the values to keep: of a customer's first order in the period; for the rows
            `second_order`, of the first order of all.

    Raises:
        PeriodError: none of the days has data, or the last is before the first.
        SliceError: there is no such dimension, or no row has a value.
    """
    where = where or {}
    check_where(shop, where)
    reach = reach_of(shop)
    check_within(reach, start, end)
    if reach is None:
        return pl.DataFrame(schema=dict(zip(COLUMNS, _TYPES, strict=True)))
    until = end or shop.manifest.last_day or reach.end
    # Told are the days there are: a year that begins before the data is none.
    period = Period(max(start or until - (LOOKBACK_DAYS - 1) * DAY, reach.start), until)
    parts = pl.collect_all(
        [_by_period(shop, period, where), _by_second(shop, period, where)], engine="streaming"
    )
    rows = pl.concat(parts, how="diagonal").drop_nulls("group")
    return _told(rows, period).sort("comparison", "group").select(list(COLUMNS))


def _by_period(shop: Shop, period: Period, where: Mapping[str, Sequence[str]]) -> pl.LazyFrame:
    """Per group the sums over customers of the period."""
    days: pl.LazyFrame = shop.rows("customer_days").to_native()
    is_first = pl.col("previous_day").is_null() | (pl.col("previous_day") < period.start)
    is_new = pl.col("previous_day").is_null() & (pl.col("days_observed") >= FOLLOWED_DAYS)
    customers = (
        days.filter(pl.col("day").is_between(period.start, period.end))
        .group_by("customer_id")
        .agg(
            pl.col("orders", "orders_priced").sum(),
            *[pl.col(name).filter(is_first).first() for name in where],
            net=pl.col("net_amount").sum().cast(pl.Float64),
            online=(pl.col("next_online_day") <= period.end).any(),
            offline=(pl.col("next_offline_day") <= period.end).any(),
            followed=is_new.any(),
            back=(is_new & (pl.col("days_to_next") <= FOLLOWED_DAYS)).any(),
        )
        .filter(*[is_one_of(pl.col(name), values) for name, values in where.items()])
    )
    orders = pl.col("orders").cast(pl.Float64)
    priced = pl.col("net").filter(pl.col("orders_priced") > 0)
    group = (
        pl.when(pl.col("online") & pl.col("offline"))
        .then(pl.lit(CROSS))
        .when("online")
        .then(pl.lit(ONLINE))
        .when("offline")
        .then(pl.lit(OFFLINE))
    )
    return customers.group_by(group=group).agg(
        pl.col("orders", "followed", "back").sum().cast(pl.Int64),
        comparison=pl.lit(PERIOD),
        customers=pl.len().cast(pl.Int64),
        orders_each=orders.mean(),
        orders_error=orders.std() / pl.len().cast(pl.Float64).sqrt(),
        revenue_each=priced.mean(),
        revenue_error=priced.std() / priced.count().cast(pl.Float64).sqrt(),
    )


def _by_second(shop: Shop, period: Period, where: Mapping[str, Sequence[str]]) -> pl.LazyFrame:
    """Per group the customers whose second order lies in the period, and who of them had a third."""
    firsts: pl.LazyFrame = shop.rows("customer_firsts").to_native()
    known = pl.col("channel_kind", "second_channel_kind").is_in([ONLINE, OFFLINE])
    second, first = pl.col("second_channel_kind"), pl.col("channel_kind")
    followed = pl.col("days_observed") - pl.col("days_to_second") >= FOLLOWED_DAYS
    return (
        firsts.filter(
            pl.col("second_day").is_between(period.start, period.end),
            *[is_one_of(pl.col(name), values) for name, values in where.items()],
        )
        .filter(pl.all_horizontal(known))
        .group_by(group=pl.when(first != second).then(pl.lit(CROSS)).otherwise(first))
        .agg(
            comparison=pl.lit(SECOND),
            customers=pl.len().cast(pl.Int64),
            followed=followed.sum().cast(pl.Int64),
            back=(followed & (pl.col("days_to_third") <= FOLLOWED_DAYS)).sum().cast(pl.Int64),
        )
    )


def _told(rows: pl.DataFrame, period: Period) -> pl.DataFrame:
    counts = [pl.col(name).cast(pl.Float64) for name in ("back", "followed")]
    low, high = wilson(counts[0], counts[1])
    orders = around(pl.col("orders_each"), pl.col("orders_error"))
    revenue = around(pl.col("revenue_each"), pl.col("revenue_error"))
    return rows.with_columns(
        pl.lit(period.start).alias("from"),
        pl.lit(period.end).alias("to"),
        orders_low=orders[0],
        orders_high=orders[1],
        revenue_low=revenue[0],
        revenue_high=revenue[1],
        value=pl.when(pl.col("followed") > 0).then(pl.col("back") / pl.col("followed")),
        low=low,
        high=high,
    )
