"""review_facts: product reviews with the dimensions of their order and article."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.facts import ReviewFacts, dimensions_of


def review_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per review; a linked order's channel wins over the review's own."""
    own = ("channel", "channel_kind", "category")
    dimensions = [name for name in dimensions_of(ReviewFacts) if name not in own]
    described = orders.select("order_id", *dimensions, order_channel="channel")
    return (
        material.scan("reviews")
        .rename({"channel": "own_channel"})
        .join(described, on="order_id", how="left")
        .join(_sold(material), on=["order_id", "sku"], how="left")
        .join(_own_categories(material), on="sku", how="left")
        .with_columns(
            created_day="day",
            linked=pl.col("order_id").is_not_null(),
            channel=pl.coalesce("order_channel", "own_channel"),
            category=pl.coalesce("sold_category", "own_category"),
        )
        .with_columns(channel_kind=material.kind())
    )


def _sold(material: Material) -> pl.LazyFrame:
    """One row per order and article: its category at that time; ties: first by name."""
    return (
        material.scan("order_lines").group_by("order_id", "sku").agg(sold_category=pl.col("category").min())
    )


def _own_categories(material: Material) -> pl.LazyFrame:
    """One row per article: its category (the last that any connection gives)."""
    return material.scan("products").group_by("sku").agg(own_category=pl.col("category").drop_nulls().last())
