"""listing_days: what was on sale at the end of each day, and whether its page was complete."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material

PLACE = ["sku", "channel"]
COUNTS = ("told", "untold", "complete")


def listing_days(material: Material) -> pl.LazyFrame:
    """One row per day, channel and category with a listing, from the first order's day on.

    A listing holds from its day on until the article's next one in that channel.
    """
    states = _states(material)
    former = [pl.col(name).shift(1, fill_value=0).over(PLACE, order_by="from_day") for name in COUNTS]
    changes = [(pl.col(name) - before).alias(name) for name, before in zip(COUNTS, former, strict=True)]
    days = _days(material)
    first = days.select(first=pl.col("day").min())
    by_day = (
        states.with_columns(changes)
        .join(first, how="cross")
        .group_by("channel", "category", day=pl.max_horizontal("from_day", "first"))
        .agg(pl.col(COUNTS).sum())
    )
    cells = states.select("channel", "category").unique().join(days, how="cross")
    every = cells.join(by_day, on=["channel", "category", "day"], how="left", nulls_equal=True)
    running = [
        pl.col(name).fill_null(0).cum_sum().over("channel", "category", order_by="day") for name in COUNTS
    ]
    return every.with_columns(running).with_columns(channel_kind=material.kind())


def _states(material: Material) -> pl.LazyFrame:
    """One row per article, channel and day of a listing: 1 or 0 for each of `COUNTS`."""
    products = material.scan("products").group_by("sku").agg(pl.col("category").drop_nulls().last())
    listings = material.scan("listings").unique([*PLACE, "from_day"], keep="last", maintain_order=True)
    titled = pl.when(pl.col("connection").is_in(material.deliverers("listings", "title_hash"))).then(
        pl.col("title_hash").is_not_null()
    )
    complete = titled & pl.col("has_image") & pl.col("has_description")
    return listings.join(products, on="sku", how="left").select(
        *PLACE,
        "category",
        "from_day",
        told=(pl.col("listed") & complete.is_not_null()).cast(pl.Int64),
        untold=(pl.col("listed") & complete.is_null()).cast(pl.Int64),
        complete=(pl.col("listed") & complete.fill_null(value=False)).cast(pl.Int64),
    )


def _days(material: Material) -> pl.LazyFrame:
    """The days that are told of: from the first order or, if later, listing to the last of either."""
    listed, ordered = (
        material.scan(table).select(first=pl.col("day").min(), last=pl.col("day").max())
        for table in ("listings", "orders")
    )
    ends = pl.concat([listed, ordered]).select(pl.col("first").max(), pl.col("last").max())
    return ends.select(day=pl.date_ranges("first", "last")).explode("day").drop_nulls()
