"""The clock of an order: when it starts, and how far anything is known."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors.derived import Material

MOMENTS = ("shipped_at", "first_scan_at", "ready_at", "delivered_at")


def clocks(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order: clock_at, the payment if that was before anything left or was ready, else the order.

    Args:
        orders: one row per order, with settled_at.
        material: the joined tables.
    """
    first = material.scan("shipments").group_by("order_id").agg(left_at=pl.coalesce(MOMENTS).min())
    prepaid = pl.col("settled_at") <= pl.col("left_at").fill_null(pl.col("settled_at"))
    return orders.join(first, on="order_id", how="left").select(
        "order_id", clock_at=pl.when(prepaid).then("settled_at").otherwise("placed_at")
    )


def last_moment(material: Material) -> pl.Expr:
    """The last moment anything is known of: an order, or a step of a shipment; null without any."""
    ordered = material.scan("orders").select(at=pl.col("placed_at").max())
    moved = material.scan("shipments").select(at=pl.max_horizontal(pl.col(MOMENTS).max()))
    newest: dt.datetime | None = pl.concat([ordered, moved]).max().collect(engine="streaming").item()
    return pl.lit(newest, dtype=pl.Datetime("us", "UTC"))
