"""Delivery of orders: was the promise kept, and how long did it take, over all parcels of an order."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material

TO_DELIVER = ("ship", "pickup")


def with_delivery(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """Orders with the columns of `OrderDelivery`.

    An order is late when one of its parcels is, known when all are known or one is late, and dated by its
    latest promise; it is due when that day is not beyond the last day anything is known of. A parcel that
    has not arrived by then is late only where its connection delivers delivery times and the parcel is
    tracked or a pick-up; `assumed` deliveries are no knowledge.

    Args:
        orders: one row per order, with clock_at and what `sent` tells.
        material: the joined tables.
    """
    promised = pl.coalesce("latest_promise", material.day("promised_at"))
    late = (pl.col("worst_days") > 0).fill_null(value=False)
    known = pl.col("latest_promise").is_not_null() & (late | ~pl.col("any_unknown"))
    due = promised <= _horizon(material)
    took = (pl.col("last_delivered") - pl.col("clock_at")).dt.total_seconds()
    days = (material.day("last_delivered") - material.day("clock_at")).dt.total_days()
    shipped = pl.col("known_parcels").is_not_null()
    to_deliver = pl.col("fulfilment").is_in(TO_DELIVER).fill_null(value=False)
    return orders.with_columns(
        shipped=shipped,
        promised_day=pl.when(due).then(promised),
        days_late=pl.when(due & known).then("worst_days"),
        outcome_known=(due & known).fill_null(value=False),
        delivery_seconds=pl.when(~pl.col("under_way")).then(took.clip(0)),
        days_to_deliver=pl.when(~pl.col("under_way")).then(days.clip(0)),
        undelivered=pl.when(shipped).then("under_way").otherwise(to_deliver),
        shipments_known=material.covered("shipments", "delivered_at"),
    )


def judged(parcels: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """Parcels and pick-ups with promise_day, arrived_at and days_late, null where not known.

    Args:
        parcels: rows of shipments with order_promise, the moment by which their order was promised.
        material: the joined tables.
    """
    arrived = pl.when(pl.col("delivered_source").fill_null("shop") != "assumed").then(pl.col("delivered_at"))
    promise = pl.coalesce("promised_at", "order_promise")
    days = parcels.with_columns(arrived_at=arrived, promise_at=promise).with_columns(
        promise_day=material.day("promise_at"), arrived_day=material.day("arrived_at")
    )
    last_day = _horizon(material)
    reported = pl.col("connection").is_in(material.deliverers("shipments", "delivered_at"))
    followed = pl.col("tracked").fill_null(value=False) | (pl.col("kind") == "pickup")
    overdue = pl.col("delivered_at").is_null() & reported & followed & (pl.col("promise_day") < last_day)
    late = (
        pl.when(pl.col("arrived_day").is_not_null())
        .then((pl.col("arrived_day") - pl.col("promise_day")).dt.total_days())
        .when(overdue)
        .then((last_day - pl.col("promise_day")).dt.total_days())
    )
    return days.with_columns(days_late=late)


def is_due(material: Material) -> pl.Expr:
    """Whether a parcel's promise is not beyond the last day anything is known of."""
    return (pl.col("promise_day") <= _horizon(material)).fill_null(value=False)


def _horizon(material: Material) -> pl.Expr:
    """The last day anything is known of: that of the newest order or of the newest delivery."""
    delivered = material.scan("shipments").select(material.day("delivered_at").max())
    newest = delivered.collect(engine="streaming").item()
    days = [day for day in (material.last_day, newest) if day]
    return pl.lit(max(days, default=None), dtype=pl.Date)
