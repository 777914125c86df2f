"""returner_days: who returned something when, and whether they bought again afterwards."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.facts import ReturnerDays, dimensions_of

FOLLOWED_DAYS = 90


def returner_days(material: Material, orders: pl.LazyFrame, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer and day on which a return of a paid order was requested.

    Args:
        material: the joined tables.
        orders: order facts.
        days: customer days: one row per customer and day of paid orders.
    """
    described = orders.filter(pl.col("paid") & pl.col("customer_id").is_not_null()).select(
        "order_id", "customer_id", *dimensions_of(ReturnerDays)
    )
    returns = (
        material.scan("returns").select("order_id", "requested_at", "day").join(described, on="order_id")
    )
    first = [pl.col(name).sort_by("requested_at", "order_id").first() for name in dimensions_of(ReturnerDays)]
    asked = returns.group_by("customer_id", "day").agg(first)
    bought = days.select("customer_id", "day", next_order_day="day").sort("day")
    followed = asked.sort("day").join_asof(
        bought,
        on="day",
        by="customer_id",
        strategy="forward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    soon = (pl.col("next_order_day") - pl.col("day")).dt.total_days() <= FOLLOWED_DAYS
    observed = (pl.lit(material.last_day, dtype=pl.Date) - pl.col("day")).dt.total_days()
    return followed.with_columns(
        days_observed=observed,
        previous_day=_within_customer(pl.col("day").shift(1)),
        next_followed_day=_within_customer(
            pl.when(soon & (observed >= FOLLOWED_DAYS)).then(pl.col("day")).backward_fill()
        ),
    ).sort("day", "customer_id")


def _within_customer(value: pl.Expr) -> pl.Expr:
    return value.over("customer_id", order_by="day")
