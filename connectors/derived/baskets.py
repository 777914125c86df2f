"""What an order holds by its article lines: pieces, whether all were kept, the largest line's category."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material

_PLACES = 10_000
_CATEGORIES = 1 << 32


def sold_lines(material: Material) -> pl.LazyFrame:
    """One row per article line, its category the line's own, else its article's."""
    products = material.scan("products").group_by("sku").agg(sold_as=pl.col("category").drop_nulls().last())
    lines = material.scan("order_lines").join(products, on="sku", how="left")
    return lines.with_columns(category=pl.coalesce("category", "sold_as"))


def baskets(material: Material) -> pl.LazyFrame:
    """One row per order with lines: ordered_units, in_full, category.

    Pieces are those kept, else ordered; whether none was dropped is null where that is not told. The category
    is that of the largest line by amount; ties: first by name.
    """
    lines = sold_lines(material)
    categories = lines.select(pl.col("category").unique()).collect(engine="streaming").to_series()
    names = categories.drop_nulls().sort().to_list()
    numbers = pl.col("category").replace_strict(
        names, list(range(len(names))), default=None, return_dtype=pl.Int128
    )
    # Native amounts: all lines of an order have its currency, also where that has no rate. One number holds
    # amount and category, so that the largest is found without sorting each order's lines.
    amount = (pl.col("net_amount_native") * _PLACES).cast(pl.Int128)
    told = pl.col("connection").is_in(material.deliverers("order_lines", "quantity_kept"))
    whole = (pl.col("quantity_kept") >= pl.col("quantity")).fill_null(value=True)
    found = (
        lines.select(
            "order_id",
            told=told,
            whole=whole,
            pieces=pl.coalesce("quantity_kept", "quantity"),
            largest=amount * _CATEGORIES + (_CATEGORIES - 1 - numbers),
        )
        .group_by("order_id")
        .agg(pl.col("told", "whole").all(), pl.col("pieces").sum(), pl.col("largest").max())
    )
    number = (_CATEGORIES - 1 - pl.col("largest") % _CATEGORIES).cast(pl.Int64)
    return found.select(
        "order_id",
        ordered_units="pieces",
        in_full=pl.when("told").then("whole"),
        category=number.replace_strict(list(range(len(names))), names, default=None, return_dtype=pl.String),
    )
