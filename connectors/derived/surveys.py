"""survey_facts: survey invitations and answers with the dimensions of the order they are about."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material

SCALES = {"nps": (0, 10), "csat": (1, 5), "ease": (1, 7)}


def survey_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per invitation or answer; a linked order's dimensions win over the survey's own."""
    described = orders.select(
        "order_id",
        "customer_type",
        "tier",
        order_channel="channel",
        order_store="store",
        order_region="region",
    )
    lowest, highest = (
        pl.col("kind").replace_strict({kind: float(scale[end]) for kind, scale in SCALES.items()})
        for end in (0, 1)
    )
    other_scale = (pl.col("scale_min") != lowest) | (pl.col("scale_max") != highest)
    off = other_scale.fill_null(value=False) | ~pl.col("score").is_between(lowest, highest).fill_null(
        value=True
    )
    return (
        material.scan("surveys")
        .rename({"channel": "own_channel"})
        .join(described, on="order_id", how="left")
        .with_columns(
            channel=pl.coalesce("order_channel", "own_channel"), store=pl.coalesce("order_store", "store_id")
        )
        .join(material.store_regions(), on="store", how="left")
        .with_columns(
            channel_kind=material.kind(),
            region=pl.coalesce("order_region", "store_region"),
            answered_day=material.day("answered_at"),
            invited_day=material.day("invited_at"),
            off_scale=pl.col("score").is_not_null() & off,
            score=pl.when(~off).then(pl.col("score")),
        )
    )
