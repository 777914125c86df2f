"""What became of each of the demo's orders: which are to be fulfilled, how they went, where they stand."""

from __future__ import annotations

import polars as pl

from connectors.demo.calendar import END


def to_fulfil(orders: pl.DataFrame) -> pl.DataFrame:
    """Orders that were paid and stand, with `clock_at`, the moment from which they are worked on."""
    stand = pl.col("paid_at").is_not_null() & pl.col("cancelled_at").is_null() & ~pl.col("is_test")
    return orders.filter(stand).with_columns(clock_at="paid_at")


def experiences(orders: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """Orders that were paid and stand, as their customers lived them.

    Args:
        orders: see `cancellations.with_uncollected`.
        shipments: see `fulfilment.parcels` and `fulfilment.pick_ups`.

    Returns:
        The orders with `had_at` (when the last of it was in the customer's hands, null while anything is
        under way), `late` (some of it came, or is still to come, after the promise) and `damaged`.
    """
    promise, came = pl.col("promised_at"), pl.col("delivered_at")
    sent = shipments.group_by("order_id").agg(
        pl.when(came.is_null().any()).then(None).otherwise(came.max()).alias("delivered_at"),
        (came.fill_null(END) > promise).fill_null(value=False).any().alias("late"),
        pl.col("damaged").any(),
    )
    joined = to_fulfil(orders).join(sent, on="order_id", how="left", maintain_order="left")
    at_till = pl.col("fulfilment") == "instore"
    return joined.with_columns(
        pl.when(at_till).then("paid_at").otherwise("delivered_at").alias("had_at"),
        pl.col("late", "damaged").fill_null(value=False),
    ).drop("delivered_at", "clock_at")


def with_states(orders: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """The orders with `state`, the shop's own word for where they stand on the last day.

    Args:
        orders: all orders, replacements too, which nobody pays for.
        shipments: all shipments.
    """
    sent = shipments.group_by("order_id").agg(pl.col("delivered_at").is_not_null().all().alias("arrived"))
    unpaid = pl.col("paid_at").is_null() & pl.col("replaces").is_null()
    state = (
        pl.when(pl.col("cancelled_at").is_not_null()).then(pl.lit("cancelled"))
        .when(unpaid).then(pl.lit("pending"))
        .when((pl.col("fulfilment") == "instore") | pl.col("arrived")).then(pl.lit("completed"))
        .when(pl.col("arrived").is_not_null()).then(pl.lit("shipped"))
        .otherwise(pl.lit("processing"))
    )  # fmt: skip
    return orders.join(sent, on="order_id", how="left", maintain_order="left").with_columns(
        state.alias("state")
    )
