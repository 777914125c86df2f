"""line_facts: article lines of paid orders, and which of them came back as not what was described."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.returned import RETURN_DAYS
from connectors.facts import LineFacts, dimensions_of

LINE = ["order_id", "line_id"]


def line_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per paid order and category of its article lines.

    Args:
        material: the joined tables.
        orders: order facts.
    """
    described = _described(orders, material)
    lines = _lines(material)
    back = _back(described, lines, material)
    reason = pl.col("reason")
    mismatched = (reason == "description").fill_null(value=False).any()
    of_lines = back.group_by(LINE).agg(mismatched=mismatched, untold=reason.is_null().any() & ~mismatched)
    telling = (reason.is_null() | (reason == "description")) & pl.col("line_id").is_null()
    lost = back.group_by("order_id").agg(lost=telling.any())
    kept = lines.filter("kept").join(of_lines, on=LINE, how="left")
    counted = kept.group_by("order_id", "category").agg(
        lines=pl.len().cast(pl.Int64),
        lines_untold=pl.col("untold").sum().cast(pl.Int64),
        lines_mismatched=pl.col("mismatched").sum().cast(pl.Int64),
    )
    known = pl.col("delivery_known") & pl.col("reasons_told") & ~pl.col("lost").fill_null(value=False)
    return (
        counted.join(described, on="order_id")
        .join(lost, on="order_id", how="left")
        .with_columns(
            delivered=known & pl.col("arrived"),
            unknown=~known,
            lines_told=pl.col("lines") - pl.col("lines_untold"),
        )
    )


def _described(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per paid order: dimensions, whether it arrived, and what is known of that and of its returns.

    What a till hands over has arrived when it is paid. A delivery that is only assumed is not known.
    """
    told = material.scan("orders").select("order_id", "connection")
    assumed = material.scan("shipments").filter(pl.col("delivered_source") == "assumed")
    ids = assumed.select("order_id", is_assumed=pl.lit(value=True)).unique()
    dimensions = [name for name in dimensions_of(LineFacts) if name != "category"]
    paid = orders.filter("paid").select(
        "order_id", "paid_day", *dimensions, "delivery_seconds", "handed_over", "shipments_known"
    )
    at_till = pl.col("handed_over")
    return (
        paid.join(told, on="order_id")
        .join(ids, on="order_id", how="left")
        .with_columns(
            arrived=at_till | pl.col("delivery_seconds").is_not_null(),
            delivery_known=at_till | (pl.col("shipments_known") & pl.col("is_assumed").is_null()),
            reasons_told=material.covered("returns", "order_id", "reason"),
        )
    )


def _lines(material: Material) -> pl.LazyFrame:
    """One row per article line: its article and category, and whether anything of it was kept."""
    products = material.scan("products").group_by("sku").agg(sold_as=pl.col("category").drop_nulls().last())
    lines = material.scan("order_lines").join(products, on="sku", how="left")
    return lines.select(
        *LINE,
        "sku",
        category=pl.coalesce("category", "sold_as"),
        kept=pl.coalesce("quantity_kept", "quantity") > 0,
    )


def _back(described: pl.LazyFrame, lines: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per return within 30 calendar days of payment: its order, its line and the reason.

    The line is the one it names, else the order's first of its article, else the order's only one; else null.
    """
    soon = (pl.col("day") - pl.col("paid_day")).dt.total_days() <= RETURN_DAYS
    returns = material.scan("returns").select("order_id", "line_id", "sku", "day", "reason")
    within = returns.join(described.select("order_id", "paid_day"), on="order_id").filter(soon)
    # What came back is of few orders: only their lines are gone through.
    lines = lines.join(within, on="order_id", how="semi")
    of_article = lines.group_by("order_id", "sku").agg(line_of_article=pl.col("line_id").min())
    only = lines.group_by("order_id").agg(only_line=pl.when(pl.len() == 1).then(pl.col("line_id").first()))
    named = lines.select(*LINE, named_line="line_id")
    found = (
        within.join(named, on=LINE, how="left")
        .join(of_article, on=["order_id", "sku"], how="left")
        .join(only, on="order_id", how="left")
    )
    return found.select(
        "order_id", "reason", line_id=pl.coalesce("named_line", "line_of_article", "only_line")
    )
