"""case_facts, and what customers said of their orders: complaints, questions, disputes, bad reviews."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.facts import CaseFacts, dimensions_of

SOON_DAYS, QUESTION_DAYS, COMPLAINT_DAYS, DEFECT_DAYS = 15, 7, 30, 60
WORST_STARS = 2
TO_THE_SELLER = ("question", "complaint", "where_is_my_order")
TOLD_BY = {
    "complaint_15d": ("cases", "order_id"),
    "complaint_30d": ("cases", "order_id"),
    "escalated_30d": ("cases", "order_id", "escalated"),
    "contacted_30d": ("cases", "order_id"),
    "where_is_my_order_7d": ("cases", "order_id"),
    "dispute_lost_60d": ("cases", "order_id", "seller_liable"),
    "chargeback_60d": ("cases", "order_id"),
    "bad_review_60d": ("reviews", "order_id"),
}
LOST = (pl.col("kind") == "dispute") & pl.col("seller_liable").fill_null(value=False)
ESCALATED = pl.col("escalated").fill_null(value=False)


def of_service(orders: pl.LazyFrame, material: Material) -> list[pl.LazyFrame]:
    """Frames of one row per order with cases, and of one per order with reviews."""
    told = orders.select("order_id", "known_day")
    return [_cases(told, material), _reviews(told, material)]


def with_service(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """Orders with what `TOLD_BY` names, null where no source tells it of the order.

    An event counts by the day it was opened or written, in calendar days after the order was paid (placed,
    where it is not paid); a dispute that was decided against the seller by the day it was closed, where that
    is told.

    Args:
        orders: one row per order, with the columns of the frames of `of_service`.
        material: the joined tables.
    """
    return orders.with_columns(
        pl.when(material.covered(table, *columns)).then(pl.col(name).fill_null(value=False)).alias(name)
        for name, (table, *columns) in TOLD_BY.items()
    )


def case_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per case.

    Args:
        material: the joined tables.
        orders: order facts.
    """
    described = orders.select("order_id", *dimensions_of(CaseFacts)).rename({"channel": "order_channel"})
    return (
        material.scan("cases")
        .join(described.drop("channel_kind"), on="order_id", how="left")
        .with_columns(
            channel=pl.coalesce("order_channel", "channel"),
            opened_day="day",
            linked=pl.col("order_id").is_not_null(),
            escalated=ESCALATED,
            lost=LOST,
        )
        .with_columns(channel_kind=material.kind())
    )


def _cases(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order with cases: which kinds of them it has."""
    linked = material.scan("cases").join(orders, on="order_id")
    days = (pl.col("day") - pl.col("known_day")).dt.total_days()
    charged_back = pl.col("kind") == "chargeback"
    complained = pl.col("kind") == "complaint"
    decided = (material.day("closed_at") - pl.col("known_day")).dt.total_days().fill_null(days)
    return linked.group_by("order_id").agg(
        complaint_15d=(complained & (days <= SOON_DAYS)).any(),
        complaint_30d=(complained & (days <= COMPLAINT_DAYS)).any(),
        escalated_30d=(ESCALATED & (days <= COMPLAINT_DAYS)).any(),
        contacted_30d=(pl.col("kind").is_in(TO_THE_SELLER) & (days <= COMPLAINT_DAYS)).any(),
        where_is_my_order_7d=((pl.col("kind") == "where_is_my_order") & (days <= QUESTION_DAYS)).any(),
        dispute_lost_60d=(LOST & (decided <= DEFECT_DAYS)).any(),
        chargeback_60d=(charged_back & (days <= DEFECT_DAYS)).any(),
    )


def _reviews(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order with reviews: whether one of them was bad and soon."""
    linked = material.scan("reviews").join(orders, on="order_id")
    days = (pl.col("day") - pl.col("known_day")).dt.total_days()
    bad = (pl.col("stars") <= WORST_STARS) & (days <= DEFECT_DAYS)
    return linked.group_by("order_id").agg(bad_review_60d=bad.any())
