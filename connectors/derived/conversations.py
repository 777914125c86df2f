"""conversation_facts: conversations with the seconds that customers waited."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material


def conversation_facts(material: Material) -> pl.LazyFrame:
    """One row per conversation; a clock up to a day behind counts as no waiting."""
    return (
        material.scan("conversations")
        .join(_only_stores(material), on="channel", how="left")
        .with_columns(
            asked_day="day",
            channel_kind=material.kind(),
            touchpoint="medium",
            in_service_hours=pl.col("in_service_hours").fill_null(value=True),
            replies_known=_delivered(material, "first_human_reply_at"),
            solving_known=_delivered(material, "resolved_at", "reopened"),
            reply_seconds=_since_asked("first_human_reply_at"),
            resolution_seconds=_since_asked("resolved_at"),
            reopened=pl.col("reopened").fill_null(value=False),
        )
    )


def _since_asked(moment: str) -> pl.Expr:
    return (pl.col(moment) - pl.col("asked_at")).dt.total_seconds().clip(0)


def _delivered(material: Material, *columns: str) -> pl.Expr:
    return pl.col("connection").is_in(material.deliverers("conversations", *columns))


def _only_stores(material: Material) -> pl.LazyFrame:
    """One row per channel with a single shop: that shop."""
    stores = material.scan("stores").group_by("channel").agg(pl.col("store_id").unique())
    return stores.filter(pl.col("store_id").list.len() == 1).select(
        "channel", store=pl.col("store_id").list.first()
    )
