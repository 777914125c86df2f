"""The moments of parcels, and how far anything is known."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors.derived import Material

MOMENTS = ("shipped_at", "first_scan_at", "ready_at", "delivered_at")


def last_moment(material: Material) -> pl.Expr:
    """The last moment anything is known of: an order, or a step of a shipment; null without any."""
    ordered = material.scan("orders").select(at=pl.col("placed_at").max())
    moved = material.scan("shipments").select(at=pl.max_horizontal(pl.col(MOMENTS).max()))
    newest: dt.datetime | None = pl.concat([ordered, moved]).max().collect(engine="streaming").item()
    return pl.lit(newest, dtype=pl.Datetime("us", "UTC"))
