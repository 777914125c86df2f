"""Flows between channels: where customers bought first, where next, and after how many days."""

from __future__ import annotations

import polars as pl

from kpis.first_orders import FirstOrders, asked_days, kept
from kpis.histograms import Histograms
from kpis.intervals import wilson
from kpis.quantiles import quantiles
from kpis.shop import Shop
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL

# As long as the longest repurchase rate: of younger first orders only those soon back are known.
FOLLOWED_DAYS = 365
COLUMNS = {
    "first_channel": "channel of the first paid order",
    "first_kind": "its kind: online, offline or unknown",
    "second_channel": "channel of the first paid order on the next day with any",
    "second_kind": "its kind",
    "customers": "customers who went this way",
    "came_back": "customers of the first channel with a second order, wherever",
    "first_customers": "customers of the first channel, with a second order or not",
    "value": "customers / came_back",
    "low": "lower end of its 95 % interval (Wilson)",
    "high": "upper end",
    "median_days": (
        "days between the two orders, median over first orders followed for 365 days and second ones within "
        "them; null where there are none"
    ),
    "median_low": "lower end of its 95 % interval (order statistics); null where too few are known",
    "median_high": "upper end",
    "followed_back": "customers the median rests on",
}
_KEYS = ["first_channel", "first_kind", "second_channel", "second_kind"]
_TYPES = (*[pl.String] * 4, *[pl.Int64] * 3, *[pl.Float64] * 6, pl.Int64)


def flows(shop: Shop, asked: FirstOrders) -> pl.DataFrame:
    """One row per first and second channel that some customer used: `COLUMNS`, sorted by both.

    Only identified customers and paid orders count, and the second order lies on a later calendar day. Rows
    of one first channel add up to those who came back; of late first orders fewer have come back yet, which
    leaves `value` a share of those who have. Customers without a second order are in `first_customers` only.

    The days between are those of first orders followed for `FOLLOWED_DAYS` days, and of second orders within
    them: every first order had the same time to be followed by one, and later first orders change nothing.

    Raises:
        PeriodError: none of the days of first orders has data, or the last is before the first.
        SliceError: there is no such dimension, or no row has a value.
    """
    days = asked_days(shop, asked)
    if days is None:
        return pl.DataFrame(schema=dict(zip(COLUMNS, _TYPES, strict=True)))
    named = kept(shop, asked, days).select(
        "days_to_second",
        "second_channel",
        first_channel="channel",
        first_kind="channel_kind",
        second_kind="second_channel_kind",
        is_followed=pl.col("days_observed") >= FOLLOWED_DAYS,
    )
    pairs = (
        named.group_by(*_KEYS, "days_to_second", "is_followed")
        .agg(pl.len().cast(pl.Int64).alias(BIN_COUNT))
        .collect(engine="streaming")
    )
    began = pairs.group_by("first_channel").agg(first_customers=pl.col(BIN_COUNT).sum())
    back = pairs.drop_nulls("days_to_second")
    of_pair = back.group_by(*_KEYS).agg(customers=pl.col(BIN_COUNT).sum())
    told = (
        of_pair.join(began, on="first_channel", nulls_equal=True)
        .join(_between(back), on=_KEYS, how="left", nulls_equal=True)
        .with_columns(
            pl.col("followed_back").fill_null(0), came_back=pl.col("customers").sum().over("first_channel")
        )
    )
    low, high = wilson(pl.col("customers").cast(pl.Float64), pl.col("came_back").cast(pl.Float64))
    value = pl.col("customers") / pl.col("came_back")
    return told.with_columns(value=value, low=low, high=high).select(list(COLUMNS)).sort(_KEYS)


def _between(back: pl.DataFrame) -> pl.DataFrame:
    """The median days between of each pair with customers who were followed long enough, and how many."""
    within = back.filter("is_followed", pl.col("days_to_second") <= FOLLOWED_DAYS)
    bins = within.with_columns(
        pl.col("days_to_second").alias(BIN),
        (pl.col("days_to_second") * pl.col(BIN_COUNT)).alias(BIN_TOTAL),
    )
    return quantiles(Histograms.of(bins, _KEYS), 0.5).rename(
        {"count": "followed_back", "quantile": "median_days", "lower": "median_low", "upper": "median_high"}
    )
