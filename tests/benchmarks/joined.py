"""Made-up rows as joining writes them: with all columns of their table, native amounts, lost references."""

from __future__ import annotations

import polars as pl

from connectors.money import NATIVE
from connectors.tables import TABLES, columns_with, dated_by
from connectors.unify import LOST

ZONE = "Asia/Shanghai"


def stored(name: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with every column that joining writes; what they lack is null."""
    table = TABLES[name]
    given = rows.collect_schema().names()
    columns = {
        column: pl.col(column).cast(kind.dtype) if column in given else pl.lit(None, kind.dtype)
        for column, kind in table.columns().items()
    }
    natives = {column + NATIVE: columns[column] for column in columns_with(table, "money")}
    optional = [column for column in columns_with(table, "refers_to") if table.columns()[column].nullable]
    lost = {column + LOST: pl.lit(value=False) for column in optional}
    dated = dated_by(table)
    day = pl.col(dated).dt.convert_time_zone(ZONE).dt.date() if dated in given else pl.lit(None, pl.Date)
    if "from_day" in given:
        day = pl.col("from_day")
    return rows.select(connection=pl.lit("shop"), day=day, **columns, **natives, **lost)
