"""parcel_facts: parcels and pick-ups by themselves, with the dimensions of their order."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.clock import MOMENTS, last_moment
from connectors.derived.delivery import is_due, judged
from connectors.facts import ParcelFacts, dimensions_of

SCAN_WITHIN = pl.duration(hours=48)


def parcel_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per parcel or pick-up, and one per paid order to ship that has none yet.

    Args:
        material: the joined tables.
        orders: one row per order, as made by `described_orders`.
    """
    dimensions = [name for name in dimensions_of(ParcelFacts) if name != "carrier"]
    described = orders.select(
        "order_id", "connection", *dimensions, "kind", "status", "is_test", "fulfilment", "paid", "clock_at",
        "known_parcels", order_promise="promised_at",
    )  # fmt: skip
    sent = judged(material.scan("shipments").join(described, on="order_id", suffix="_of"), material)
    due = is_due(material)
    sent = sent.with_columns(
        promised_day=pl.when(due).then("promise_day"), days_late=pl.when(due).then("days_late")
    )
    reported = pl.col("tracked").fill_null(value=True) | pl.col("first_scan_at").is_not_null()
    parcels = sent.with_columns(scans_told=_told(material, "first_scan_at") & reported)
    return _described(pl.concat([parcels, _awaited(material, described)], how="diagonal"), material)


def _awaited(material: Material, described: pl.LazyFrame) -> pl.LazyFrame:
    """One row per paid order to ship without any parcel, where its scans would be delivered."""
    to_ship = pl.col("paid") & (pl.col("fulfilment") == "ship")
    waiting = described.filter(to_ship & material.covered("shipments", "first_scan_at"))
    without = waiting.filter(pl.col("known_parcels").is_null())
    return without.with_columns(kind_of="kind", kind=pl.lit("parcel"), scans_told=pl.lit(value=True))


def _described(parcels: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """The parcels with what their schema says."""
    has_left = pl.coalesce(MOMENTS).is_not_null()
    stands = (pl.col("status") == "confirmed") | ((pl.col("status") == "cancelled") & has_left)
    is_pickup = pl.col("kind") == "pickup"
    ready, collected = pl.when(is_pickup).then("ready_at"), pl.when(is_pickup).then("delivered_at")
    due = pl.col("clock_at") + SCAN_WITHIN
    assumed = pl.col("delivered_source").fill_null("shop") == "assumed"
    return parcels.with_columns(
        ready_at=ready,
        collected_at=collected,
        left_at=pl.coalesce("shipped_at", "first_scan_at"),
        scan_due_at=pl.when(~is_pickup & (due <= last_moment(material))).then(due),
    ).with_columns(
        counted=(pl.col("kind_of") == "sale") & stands & ~pl.col("is_test").fill_null(value=False),
        shipped_day=material.day("left_at"),
        scan_due_day=material.day("scan_due_at"),
        scanned=pl.when(_told(material, "first_scan_at")).then(pl.col("first_scan_at").is_not_null()),
        scanned_48h=pl.when("scans_told").then((pl.col("first_scan_at") <= due).fill_null(value=False)),
        exception=_flag(material, "exception"),
        damaged=_flag(material, "damaged"),
        delivered=pl.when(_told(material, "delivered_at") & ~assumed).then(
            pl.col("delivered_at").is_not_null()
        ),
        ready_day=material.day("ready_at"),
        ready_seconds=(pl.col("ready_at") - pl.col("clock_at")).dt.total_seconds().clip(0),
        collected_day=material.day("collected_at"),
        collected_in_time=pl.when(
            is_pickup & _told(material, "delivered_at") & ~assumed & pl.col("expires_at").is_not_null()
        ).then((pl.col("collected_at") <= pl.col("expires_at")).fill_null(value=False)),
    )


def _told(material: Material, column: str) -> pl.Expr:
    """Whether a parcel's connection delivers a column of shipments."""
    return pl.col("connection").is_in(material.deliverers("shipments", column))


def _flag(material: Material, column: str) -> pl.Expr:
    """Yes or no where the connection marks it at all: most mark only what happened."""
    return pl.when(_told(material, column)).then(pl.col(column).fill_null(value=False))
