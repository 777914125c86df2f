"""What left the house for an order: cancelled before or shipped, when, in how many parcels, in what state."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material


def with_dispatch(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """Orders with the columns of `OrderDispatch`, but `in_full`, which their lines tell.

    An order is shipped late when one of its parcels left, or had still not left, after the promise; that is
    due once the promise is not beyond the last moment anything is known of. A parcel that arrived while
    nobody says when it left was in time if it arrived by the promise, else nobody knows.

    Args:
        orders: one row per order, with clock_at and what `sent` tells.
        material: the joined tables.
    """
    sold = _is_sold()
    late = pl.when(pl.col("known_parcels").is_null()).then(pl.lit(value=True)).otherwise("left_late")
    is_told = pl.col("ship_by").is_not_null() & material.covered("shipments", "shipped_at")
    return orders.with_columns(
        handed_over=_is_handed_over(),
        sold=sold,
        sold_day=pl.when(sold).then(material.day("settled_at")),
        seller_cancelled=_cancelled_by_seller(material),
        promised_ship_day=material.day("ship_by"),
        shipped_late=pl.when(is_told).then(late),
        parcels=pl.col("sent_parcels").fill_null(0).cast(pl.Int64),
        damaged=pl.when(material.covered("shipments", "damaged")).then(
            pl.col("any_damaged").fill_null(value=False)
        ),
    )


def _is_handed_over() -> pl.Expr:
    """Whether an order was sold over the counter; if nobody says how, what a shop sold without a parcel."""
    fulfilment = pl.col("fulfilment")
    at_till = (fulfilment == "instore") | (fulfilment.is_null() & (pl.col("channel_kind") == "offline"))
    return pl.col("known_parcels").is_null() & at_till.fill_null(value=False)


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
