"""return_days and refund_facts: goods and money going back, with the dimensions of their order."""

from __future__ import annotations

import polars as pl

from connectors.accept import TOLERANCE
from connectors.derived import Material
from connectors.derived.orders import line_pieces
from connectors.facts import RefundFacts, ReturnDays, dimensions_of


def return_days(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per paid order and day on which a return of it was requested."""
    described = orders.filter("paid").select("order_id", *dimensions_of(ReturnDays))
    days = line_pieces(material).group_by("order_id", "day").agg(units=pl.col("pieces").sum())
    previous = pl.col("day").shift(1).over("order_id", order_by="day")
    return days.join(described, on="order_id").with_columns(previous_day=previous)


def refund_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per refund; what it does not say itself, its order and request, the return it pays for says."""
    described = orders.select("order_id", *dimensions_of(RefundFacts))
    returns = material.scan("returns").select(
        "return_id", of_return="order_id", return_asked_at="requested_at"
    )
    took = (pl.col("refunded_at") - pl.col("asked_at")).dt.total_seconds()
    in_order = took >= -TOLERANCE.total_seconds()
    return (
        material.scan("refunds")
        .join(returns, on="return_id", how="left")
        .with_columns(
            pl.coalesce("order_id", "of_return"), asked_at=pl.coalesce("requested_at", "return_asked_at")
        )
        .join(described, on="order_id", how="left")
        .with_columns(
            requested_day=material.day("asked_at"),
            refunded_day=material.day("refunded_at"),
            refund_seconds=pl.when((pl.col("status") == "settled") & in_order).then(took.clip(0)),
        )
    )
