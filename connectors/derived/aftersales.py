"""return_days, return_facts and refund_facts: goods and money going back, with their order's dimensions."""

from __future__ import annotations

import polars as pl

from connectors.accept import TOLERANCE
from connectors.derived import Material
from connectors.derived.returned import line_pieces
from connectors.facts import RefundFacts, ReturnDays, ReturnFacts, dimensions_of


def return_days(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per paid order and day on which a return of it was requested.

    Args:
        material: the joined tables.
        orders: order facts.
    """
    described = orders.filter("paid").select(
        "order_id", "lines_known", *dimensions_of(ReturnDays), order_units="units"
    )
    place = material.kind("return_channel")
    days = (
        line_pieces(material)
        .with_columns(in_store=place == "offline", told=place.is_in(["online", "offline"]))
        .group_by("order_id", "day")
        .agg(pl.col("pieces").sum(), pl.col("in_store", "told").any())
    )
    so_far = pl.min_horizontal(_within_order(pl.col("pieces").cum_sum()), "order_units")
    return (
        days.join(described, on="order_id")
        .with_columns(
            so_far=so_far,
            previous_day=_within_order(pl.col("day").shift(1)),
            next_told_day=_within_order(pl.when("told").then(pl.col("day")).backward_fill()),
            next_in_store_day=_within_order(pl.when("in_store").then(pl.col("day")).backward_fill()),
        )
        .with_columns(units=pl.col("so_far") - _within_order(pl.col("so_far").shift(1)).fill_null(0))
    )


def return_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per returned line.

    Args:
        material: the joined tables.
        orders: order facts.
    """
    described = orders.select("order_id", *dimensions_of(ReturnFacts))
    returns = material.scan("returns")
    return returns.join(described, on="order_id", how="left").with_columns(
        requested_day="day", linked=pl.col("order_id").is_not_null(), exchange=pl.col("kind") == "exchange"
    )


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
            linked=pl.col("order_id").is_not_null(),
            requested_day=material.day("asked_at"),
            refunded_day=material.day("refunded_at"),
            refund_seconds=pl.when((pl.col("status") == "settled") & in_order).then(took.clip(0)),
        )
    )


def _within_order(value: pl.Expr) -> pl.Expr:
    return value.over("order_id", order_by="day")
