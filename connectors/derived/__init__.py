"""Builds the derived tables that measures read from the joined canonical tables of a refresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from connectors.facts import FACTS, Facts
from connectors.identity import People

ROWS_A_GROUP = 1 << 16


@dataclass(frozen=True, slots=True)
class Material:
    """What the derived tables are made from.

    Attributes:
        scan: reads a joined canonical table, without rows of test orders; empty where nobody delivers it.
        aside: the rows of a table put aside, with their connection; all columns text, ids as it names them.
        delivered: the columns each connection delivers, by connection and table.
        people: who is who.
        zone: the business zone.
        kinds: online or offline per channel; others are unknown.
        last_day: business day of the newest order; null without orders.
        links: per table which connections' orders the rows of which connection name, once that was asked.
    """

    scan: Callable[[str], pl.LazyFrame]
    aside: Callable[[str], pl.LazyFrame]
    delivered: Mapping[str, Mapping[str, frozenset[str]]]
    people: People
    zone: str
    kinds: Mapping[str, str]
    last_day: dt.date | None
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def day(self, column: str) -> pl.Expr:
        """The business day of a moment."""
        return pl.col(column).dt.convert_time_zone(self.zone).dt.date()

    def kind(self, channel: str = "channel") -> pl.Expr:
        """The kind of a channel."""
        return pl.col(channel).replace_strict(dict(self.kinds), default="unknown", return_dtype=pl.String)

    def deliverers(self, table: str, *columns: str) -> list[str]:
        """The connections that deliver a table and every one of the named columns of it."""
        return [
            name
            for name, tables in self.delivered.items()
            if table in tables and tables[table].issuperset(columns)
        ]

    def covered(self, table: str, *columns: str) -> pl.Expr:
        """Whether an order's connection delivers a table with these columns, or another one does for it."""
        deliverers = self.deliverers(table, *columns)
        own = {name for name in deliverers if "orders" in self.delivered[name]}
        others = {name for name, tables in self.delivered.items() if "orders" in tables} - own
        linked = self._linked(table) if others and deliverers else ()
        return pl.col("connection").is_in(sorted(own | {of for by, of in linked if by in deliverers}))

    def _linked(self, table: str) -> Iterable[tuple[str, str]]:
        """The connections of a table's rows, each with one whose orders its rows name."""
        if table not in self.links:
            owner = pl.col("order_id").str.split_exact(":", 1).struct.field("field_0")
            pairs = self.scan(table).select("connection", owner.alias("owner")).drop_nulls().unique()
            self.links[table] = list(pairs.collect(engine="streaming").iter_rows())
        return self.links[table]

    def store_regions(self) -> pl.LazyFrame:
        """One row per shop: store, store_region (the last that any connection gives)."""
        stores = self.scan("stores").group_by(store="store_id")
        return stores.agg(store_region=pl.col("region").drop_nulls().last())


def write_facts(frame: pl.LazyFrame, table: type[Facts], folder: Path) -> pl.LazyFrame:
    """Write a derived table and read it back; its columns have the types its schema says.

    Raises:
        dataframely.exc.SchemaError: a column is missing or of another type.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = next(name for name, known in FACTS.items() if known is table)
    path = folder / f"{name}.parquet"
    table.cast(frame).sink_parquet(path, row_group_size=ROWS_A_GROUP, engine="streaming")
    return pl.scan_parquet(path)
