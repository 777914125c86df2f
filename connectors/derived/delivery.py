"""Delivery of orders: was the promise kept, and how long did it take, over all parcels of an order."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.clock import clocks

TO_DELIVER = ("ship", "pickup")


def deliveries(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order, with the columns of `OrderDelivery` but `shipments_known`.

    An order is late when one of its parcels is, known when all are known or one is late, and dated by its
    latest promise; it is due when that day is not beyond the last day anything is known of. A parcel that
    has not arrived by then is late only where its connection delivers delivery times and the parcel is
    tracked or a pick-up; `assumed` deliveries are no knowledge.
    """
    parcels = judged_parcels(orders, material)
    outcomes = parcels.group_by("order_id").agg(
        promised_day=pl.col("promise_day").max(),
        days_late=pl.col("days_late").max(),
        late=(pl.col("days_late") > 0).any(),
        unknown=pl.col("days_late").is_null().any(),
        last_delivered=pl.col("arrived_at").max(),
        under_way=pl.col("arrived_at").is_null().any(),
    )
    promises = orders.select("order_id", "fulfilment", own_promise=material.day("promised_at"))
    joined = (
        promises.join(clocks(orders, material), on="order_id")
        .join(outcomes.with_columns(shipped=pl.lit(value=True)), on="order_id", how="left")
        .with_columns(pl.col("shipped").fill_null(value=False))
    )
    promised = pl.coalesce("promised_day", "own_promise")
    known = pl.col("promised_day").is_not_null() & (pl.col("late") | ~pl.col("unknown"))
    due = promised <= _horizon(material)
    took = (pl.col("last_delivered") - pl.col("clock_at")).dt.total_seconds()
    days = (material.day("last_delivered") - material.day("clock_at")).dt.total_days()
    return joined.select(
        "order_id",
        "shipped",
        promised_day=pl.when(due).then(promised),
        days_late=pl.when(due & known).then("days_late"),
        outcome_known=(due & known).fill_null(value=False),
        delivery_seconds=pl.when(~pl.col("under_way")).then(took.clip(0)),
        days_to_deliver=pl.when(~pl.col("under_way")).then(days.clip(0)),
        undelivered=(pl.col("shipped") & pl.col("under_way"))
        | (~pl.col("shipped") & pl.col("fulfilment").is_in(TO_DELIVER).fill_null(value=False)),
    )


def judged_parcels(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per parcel or pick-up: promise_day, arrived_at and days_late, null where not known; is_due."""
    promises = orders.select("order_id", order_promise="promised_at")
    parcels = material.scan("shipments").join(promises, on="order_id", how="left")
    arrived = pl.when(pl.col("delivered_source").fill_null("shop") != "assumed").then(pl.col("delivered_at"))
    promise = pl.coalesce("promised_at", "order_promise")
    days = parcels.with_columns(arrived_at=arrived, promise_at=promise).with_columns(
        promise_day=material.day("promise_at"), arrived_day=material.day("arrived_at")
    )
    last_day = _horizon(material)
    due = (pl.col("promise_day") <= last_day).fill_null(value=False)
    reported = pl.col("connection").is_in(material.deliverers("shipments", "delivered_at"))
    followed = pl.col("tracked").fill_null(value=False) | (pl.col("kind") == "pickup")
    overdue = pl.col("delivered_at").is_null() & reported & followed & (pl.col("promise_day") < last_day)
    late = (
        pl.when(pl.col("arrived_day").is_not_null())
        .then((pl.col("arrived_day") - pl.col("promise_day")).dt.total_days())
        .when(overdue)
        .then((last_day - pl.col("promise_day")).dt.total_days())
    )
    return days.with_columns(days_late=late, is_due=due)


def _horizon(material: Material) -> pl.Expr:
    """The last day anything is known of: that of the newest order or of the newest delivery."""
    delivered = material.scan("shipments").select(material.day("delivered_at").max())
    newest = delivered.collect(engine="streaming").item()
    days = [day for day in (material.last_day, newest) if day]
    return pl.lit(max(days, default=None), dtype=pl.Date)
