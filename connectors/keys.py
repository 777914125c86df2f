"""Keys and references: repeated keys go, owned keys get a prefix, foreign ids find their row."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from connectors.rules import rule
from connectors.tables import Table, columns_with, dated_by

ROW = "row_number"
NATIVE, OWNER = "native_id", "owner"


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows that stay, and those put aside with the rule they broke."""

    rows: pl.LazyFrame
    aside: pl.DataFrame


def without_repeats(rows: pl.LazyFrame, table: type[Table]) -> Kept:
    """The newest row of every key: latest by the table's own date, then the last that came.

    Rows whose key is empty (counted visits) have no name and never repeat.
    """
    key = list(columns_with(table, "key"))
    if not key:
        return Kept(rows, pl.DataFrame())
    numbered = rows.with_row_index(ROW)
    named = numbered.filter(pl.all_horizontal(pl.col(key).is_not_null()))
    counted = named.group_by(key).agg(pl.len().alias("copies")).filter(pl.col("copies") > 1)
    repeated = counted.collect(engine="streaming")
    if repeated.is_empty():
        return Kept(rows, pl.DataFrame())
    copies = named.join(repeated.lazy(), on=key, how="semi").collect(engine="streaming")
    order = [column for column in (dated_by(table), ROW) if column]
    older = copies.sort(order, nulls_last=False).filter(
        pl.int_range(pl.len()).over(key) < pl.len().over(key) - 1
    )
    kept = numbered.join(older.lazy().select(ROW), on=ROW, how="anti", maintain_order="left").drop(ROW)
    return Kept(kept, older.drop(ROW).with_columns(rule=pl.lit(rule(key[-1], "repeated"))))


def index_of(rows: pl.LazyFrame, column: str, connection: str) -> pl.LazyFrame:
    """One row per id that a connection owns: `native_id`, `owner`."""
    return rows.select(pl.col(column).alias(NATIVE), pl.lit(connection).alias(OWNER)).drop_nulls().unique()


def resolved(
    rows: pl.LazyFrame, column: str, index: pl.LazyFrame, connection: str, settled: str | None
) -> pl.LazyFrame:
    """The rows with a foreign id replaced by the stored id, `connection:id`; null where nobody has it.

    An id is looked for in its own connection, then in all others, and found if exactly one has it;
    `settled` names the only connection to look in.
    """
    own = index.filter(pl.col(OWNER) == (settled or connection)).select(NATIVE, own=OWNER)
    found = rows.join(own, left_on=column, right_on=NATIVE, how="left", maintain_order="left")
    if settled:
        return found.with_columns(_stored("own", column)).drop("own")
    others = (
        index.filter(pl.col(OWNER) != connection)
        .group_by(NATIVE)
        .agg(pl.col(OWNER).first().alias("other"), pl.len().alias("owners"))
        .filter(pl.col("owners") == 1)
        .select(NATIVE, "other")
    )
    found = found.join(others, left_on=column, right_on=NATIVE, how="left", maintain_order="left")
    return (
        found.with_columns(pl.coalesce("own", "other").alias("own"))
        .with_columns(_stored("own", column))
        .drop("own", "other")
    )


def prefixed(column: str, connection: str) -> pl.Expr:
    """An id its connection owns, as it is stored: `connection:id`."""
    return (pl.lit(f"{connection}:") + pl.col(column)).alias(column)


def _stored(owner: str, column: str) -> pl.Expr:
    return (pl.col(owner) + ":" + pl.col(column)).alias(column)
