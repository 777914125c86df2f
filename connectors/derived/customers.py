"""customer_days: one row per customer and day of paid orders; customers of any period are counted from it."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.facts import CustomerDays, dimensions_of


def customer_days(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer and day of paid orders.

    Args:
        material: the joined tables.
        orders: one row per order, with settled_at.
    """
    begun = orders.group_by("connection").agg(history_from=pl.col("placed_day").min())
    sold = orders.join(begun, on="connection").filter(pl.col("paid") & pl.col("customer_id").is_not_null())
    first = [pl.col(name).sort_by("settled_at", "order_id").first() for name in dimensions_of(CustomerDays)]
    days = sold.group_by("customer_id", day="paid_day").agg(
        *first,
        pl.col("history_from").max(),
        orders=pl.len().cast(pl.Int64),
        orders_priced=pl.col("net_amount").count().cast(pl.Int64),
        orders_unpriced=pl.col("net_amount").null_count().cast(pl.Int64),
        net_amount=pl.when(pl.col("net_amount").count() > 0).then(pl.col("net_amount").sum()),
        online=(pl.col("channel_kind") == "online").any(),
        offline=(pl.col("channel_kind") == "offline").any(),
    )
    priced_day = pl.when(pl.col("net_amount").is_not_null()).then(pl.col("day"))
    return (
        days.with_columns(
            _within_customer(pl.col("day").shift(1), "previous_day"),
            _within_customer(pl.col("day").shift(-1), "next_day"),
            _within_customer(priced_day.forward_fill().shift(1), "previous_priced_day"),
            _within_customer(pl.when("online").then(pl.col("day")).backward_fill(), "next_online_day"),
            _within_customer(pl.when("offline").then(pl.col("day")).backward_fill(), "next_offline_day"),
            days_observed=(pl.lit(material.last_day, dtype=pl.Date) - pl.col("day")).dt.total_days(),
        )
        .with_columns(
            days_to_next=(pl.col("next_day") - pl.col("day")).dt.total_days(),
        )
        .sort("day", "customer_id")
    )


def _within_customer(value: pl.Expr, name: str) -> pl.Expr:
    return value.over("customer_id", order_by="day").alias(name)
