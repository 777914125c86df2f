"""What left the house for an order: cancelled before or shipped, when, in how many parcels, in what state."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.clock import last_moment

HANDED_OVER = ("shipped_at", "first_scan_at", "delivered_at")
NEVER_SHIPPED = ("instore", "digital")


def dispatch(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order, with the columns of `OrderDispatch`.

    An order is shipped late when one of its parcels left, or had still not left, after the promise; that is
    due once the promise is not beyond the last moment anything is known of. A parcel that arrived while
    nobody says when it left was in time if it arrived by the promise, else nobody knows.
    """
    last = last_moment(material)
    promise = pl.when(~pl.col("fulfilment").is_in(NEVER_SHIPPED).fill_null(value=False)).then(
        "promised_ship_at"
    )
    orders = orders.with_columns(ship_by=pl.when(promise <= last).then(promise))
    joined = orders.join(_left(orders, material), on="order_id", how="left").join(
        _complete(material), on="order_id", how="left"
    )
    sold = _is_sold()
    return joined.select(
        "order_id",
        "in_full",
        sold=sold,
        sold_day=pl.when(sold).then(material.day("settled_at")),
        seller_cancelled=_cancelled_by_seller(material),
        promised_ship_day=material.day("ship_by"),
        shipped_late=pl.when(pl.col("ship_by").is_not_null() & material.covered("shipments", "shipped_at"))
        .then(pl.when(pl.col("known_parcels").is_null()).then(pl.lit(value=True)).otherwise("left_late")),
        parcels=pl.col("parcels").fill_null(0).cast(pl.Int64),
        damaged=pl.when(material.covered("shipments", "damaged")).then(
            pl.col("any_damaged").fill_null(value=False)
        ),
    )  # fmt: skip


def _is_sold() -> pl.Expr:
    """Whether an order was paid for, even if it was cancelled afterwards."""
    stands = pl.col("status").is_in(["confirmed", "cancelled"]) & ~pl.col("is_test").fill_null(value=False)
    return (pl.col("kind") == "sale") & stands & pl.col("settled_at").is_not_null()


def _cancelled_by_seller(material: Material) -> pl.Expr:
    """Whether the seller cancelled before anything left; null where nobody says who cancelled.

    Where a connection never says, its standing orders are unknown too: counted as kept, they would stand
    below the line without those that were cancelled.
    """
    before = pl.col("first_left_at").is_null() | (pl.col("cancelled_at") <= pl.col("first_left_at"))
    by_seller = (pl.col("cancelled_by") == "seller") & before
    told = pl.col("connection").is_in(material.deliverers("orders", "cancelled_by"))
    return pl.when(told).then(
        pl.when(pl.col("status") == "cancelled").then(by_seller).otherwise(pl.lit(value=False))
    )


def _left(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order with shipments: parcels that left, when the first did, whether one late, damaged."""
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
    shipments = material.scan("shipments").join(orders.select("order_id", "ship_by"), on="order_id")
    handed_over = pl.coalesce(HANDED_OVER)
    return shipments.group_by("order_id").agg(
        known_parcels=pl.len(),
        parcels=(~is_pickup & handed_over.is_not_null()).sum(),
        first_left_at=handed_over.min(),
        left_late=pl.when(late.any()).then(pl.lit(value=True)).when(late.is_not_null().all()).then(
            pl.lit(value=False)
        ),
        any_damaged=pl.col("damaged").any(),
    )  # fmt: skip


def _complete(material: Material) -> pl.LazyFrame:
    """One row per order with lines: whether none of its pieces was dropped; null where that is not told."""
    told = pl.col("connection").is_in(material.deliverers("order_lines", "quantity_kept"))
    whole = (pl.col("quantity_kept") >= pl.col("quantity")).fill_null(value=True)
    lines = material.scan("order_lines").group_by("order_id")
    return lines.agg(in_full=pl.when(told.all()).then(whole.all()))
