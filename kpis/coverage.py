"""What rows themselves say of their connections: how far they reach, and which columns hold anything."""

from __future__ import annotations

import polars as pl

from connectors.tables import TABLES
from kpis.row_days import has_own_day
from kpis.shop import Shop

COVERED = {
    "connection": pl.String,
    "column": pl.String,
    "rows": pl.Int64,
    "filled": pl.Int64,
    "share": pl.Float64,
}
REACHED = {"connection": pl.String, "table": pl.String, "first_day": pl.Date, "last_day": pl.Date}


def column_coverage(shop: Shop, table: str) -> pl.DataFrame:
    """One row per connection and column of a canonical table, as the table has them.

    `filled` counts the rows with a value, `share` is that of all `rows` of the connection. A connection
    without any row, or a table that nobody delivers, has none.
    """
    columns = TABLES[table].column_names()
    if not shop.tables.has(table):
        return pl.DataFrame(schema=COVERED)
    counts = (
        shop.tables.scan(table)
        .group_by("connection")
        .agg(pl.len().alias("rows"), *(pl.col(name).count().name.prefix("filled:") for name in columns))
        .sort("connection")
        .collect(engine="streaming")
    )
    long = counts.unpivot(index=["connection", "rows"], variable_name="column", value_name="filled")
    told = long.with_columns(
        pl.col("column").str.strip_prefix("filled:"), share=pl.col("filled") / pl.col("rows")
    )
    return told.select(pl.col(name).cast(kind) for name, kind in COVERED.items())


def last_days(shop: Shop) -> pl.DataFrame:
    """One row per connection and table with days: its `first_day` and `last_day`, business zone.

    A table of things that have no day has no row.
    """
    frames = [
        shop.tables.scan(table)
        .group_by("connection")
        .agg(first_day=pl.col("day").min(), last_day=pl.col("day").max())
        .select("connection", pl.lit(table).alias("table"), "first_day", "last_day")
        for table in TABLES
        if shop.tables.has(table) and has_own_day(table)
    ]
    return pl.concat([pl.LazyFrame(schema=REACHED), *frames]).collect(engine="streaming")
