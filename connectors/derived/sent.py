"""What was sent for each order: all its parcels and pick-ups, judged by its promises in one pass."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.clock import MOMENTS, last_moment
from connectors.derived.delivery import judged

HANDED_OVER = ("shipped_at", "first_scan_at", "delivered_at")
NEVER_SHIPPED = ("instore", "digital")


def ship_by(material: Material) -> pl.Expr:
    """The moment by which an order was to leave; null while that lies ahead, and where nothing is sent."""
    is_sent = ~pl.col("fulfilment").is_in(NEVER_SHIPPED).fill_null(value=False)
    return pl.when(is_sent & (pl.col("promised_ship_at") <= last_moment(material))).then("promised_ship_at")


def with_clock(orders: pl.LazyFrame) -> pl.LazyFrame:
    """Orders with clock_at: the payment if that was before anything left or was ready, else the order.

    Args:
        orders: with settled_at, and first_moment as `sent` tells it.
    """
    prepaid = pl.col("settled_at") <= pl.col("first_moment").fill_null(pl.col("settled_at"))
    return orders.with_columns(clock_at=pl.when(prepaid).then("settled_at").otherwise("placed_at"))


def sent(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order with parcels or pick-ups: how many, when they left and arrived, and how late.

    Args:
        orders: one row per order, with ship_by and promised_at.
        material: the joined tables.
    """
    promises = orders.select("order_id", "ship_by", order_promise="promised_at")
    parcels = judged(material.scan("shipments").join(promises, on="order_id"), material)
    is_pickup = pl.col("kind") == "pickup"
    left = pl.coalesce("shipped_at", "first_scan_at", pl.when(is_pickup).then("ready_at"))
    arrived = pl.col("delivered_at")
    late = (
        pl.when(left.is_not_null())
        .then(left > pl.col("ship_by"))
        .when(arrived.is_null())
        .then(pl.lit(value=True))
        .when(arrived <= pl.col("ship_by"))
        .then(pl.lit(value=False))
    )
    handed_over = pl.coalesce(HANDED_OVER)
    told = parcels.select(
        "order_id", "promise_day", "days_late", "arrived_at", "damaged",
        moment=pl.coalesce(MOMENTS), handed_over=handed_over, left_late=late,
        sent=~is_pickup & handed_over.is_not_null(),
    )  # fmt: skip
    found = told.group_by("order_id").agg(
        known_parcels=pl.len(),
        sent_parcels=pl.col("sent").sum(),
        first_moment=pl.col("moment").min(),
        first_left_at=pl.col("handed_over").min(),
        one_late=pl.col("left_late").any(),
        all_told=pl.col("left_late").is_not_null().all(),
        any_damaged=pl.col("damaged").any(),
        latest_promise=pl.col("promise_day").max(),
        worst_days=pl.col("days_late").max(),
        any_unknown=pl.col("days_late").is_null().any(),
        last_delivered=pl.col("arrived_at").max(),
        under_way=pl.col("arrived_at").is_null().any(),
    )
    left_late = pl.when("one_late").then(pl.lit(value=True)).when("all_told").then(pl.lit(value=False))
    return found.with_columns(left_late=left_late).drop("one_late", "all_told")
