"""article_days: at the end of each day, how many articles are the same online and offline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from connectors.articles import LISTING_COUNTS, PRICE_COUNTS, listing_states, price_states, until
from connectors.derived import Material

ROWS_AT_ONCE = 4_000_000
States = Callable[[pl.LazyFrame, Sequence[str]], pl.LazyFrame]


def article_days(material: Material) -> pl.LazyFrame:
    """One row per day and category from the first order's day on, also while nothing is told.

    Only the days on which something of an article changes are worked out; the days between are as before.
    """
    days = _days(material)
    changes = pl.concat(
        [
            _changes(material, "prices", price_states, PRICE_COUNTS),
            _changes(material, "listings", listing_states, LISTING_COUNTS),
        ],
        how="diagonal",
    ).lazy()
    counts = (*PRICE_COUNTS, *LISTING_COUNTS)
    by_day = (
        changes.join(days.select(first=pl.col("day").min()), how="cross")
        .group_by("category", day=pl.max_horizontal("day", "first"))
        .agg(pl.col(counts).sum())
    )
    cells = changes.select("category").unique().join(days, how="cross")
    every = cells.join(by_day, on=["category", "day"], how="left", nulls_equal=True)
    running = pl.col(counts).fill_null(0).cum_sum().over("category", order_by="day")
    return every.with_columns(running)


def _changes(material: Material, table: str, states: States, counts: Sequence[str]) -> pl.DataFrame:
    """One row per day and category with a change: by how much each of `counts` changed.

    Articles are taken some at a time, so that a large shop takes no more memory than a small one.
    """
    rows = material.scan(table).with_columns(channel_kind=material.kind())
    products = material.scan("products").group_by("sku").agg(pl.col("category").drop_nulls().last())
    cells = rows.group_by("sku").agg(pl.col("channel").n_unique() * pl.col("from_day").n_unique())
    size = cells.select(pl.col("channel").sum()).collect(engine="streaming").item() or 0
    parts = size // ROWS_AT_ONCE + 1
    found = [
        _changed(rows.filter(pl.col("sku").hash() % parts == part), states, counts)
        .join(products, on="sku", how="left")
        .group_by("day", "category")
        .agg(pl.col(counts).sum())
        .collect(engine="streaming")
        for part in range(parts)
    ]
    return pl.concat(found).group_by("day", "category").agg(pl.col(counts).sum())


def _changed(rows: pl.LazyFrame, states: States, counts: Sequence[str]) -> pl.LazyFrame:
    """One row per article and day on which a row of it begins or ends: by how much each count changed."""
    held = until(rows)
    ends = [held.select("sku", day=name) for name in ("from_day", "until")]
    days = pl.concat(ends).drop_nulls("day").unique()
    places = held.select("sku", "channel").unique()
    cells = days.join(places, on="sku").sort("day")
    on_days = cells.join_asof(
        held.sort("from_day"),
        left_on="day",
        right_on="from_day",
        by=["sku", "channel"],
        check_sortedness=False,
    ).filter(
        pl.col("from_day").is_not_null() & (pl.col("until").is_null() | (pl.col("day") < pl.col("until")))
    )
    told = days.join(states(on_days, ["sku", "day"]), on=["sku", "day"], how="left")
    now = pl.col(counts).fill_null(0)
    return told.with_columns(now).select(
        "sku",
        "day",
        *(
            (pl.col(name) - pl.col(name).shift(1, fill_value=0).over("sku", order_by="day")).alias(name)
            for name in counts
        ),
    )


def _days(material: Material) -> pl.LazyFrame:
    """The days that are told of: from the first order to the last or, if later, the last listing.

    Prices may be told long before they hold, so they make no days unless nothing else does.
    """
    ends = pl.concat(
        material.scan(table).select(
            pl.lit(table).alias("of"), first=pl.col("day").min(), last=pl.col("day").max()
        )
        for table in ("orders", "listings", "prices")
    )
    ordered = pl.col("of") == "orders"
    first = pl.coalesce(pl.col("first").filter(ordered).min(), pl.col("first").min())
    last = pl.coalesce(pl.col("last").filter(pl.col("of") != "prices").max(), pl.col("first").max())
    span = ends.select(first=first, last=last)
    return span.select(day=pl.date_ranges("first", "last")).explode("day").drop_nulls()
