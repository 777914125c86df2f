"""Derived tables written down row by row, with the manifest a snapshot would have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from connectors.business import Business
from connectors.facts import FACTS
from connectors.manifest import ConnectionReport, Manifest, TableReport
from connectors.tables import TABLES
from kpis.shop import Shop

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 6, 30)
DELIVERED = {name: tuple(table.column_names()) for name, table in TABLES.items()}
Rows = Iterable[Mapping[str, Any]]


class Frames:
    """Derived tables in memory, with the manifest a snapshot would have."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> None:
        self.tables = tables
        self.manifest = manifest

    def has(self, name: str) -> bool:
        return name in self.tables

    def scan(self, name: str) -> pl.LazyFrame:
        return self.tables[name].lazy()


def facts(name: str, rows: Rows) -> pl.DataFrame:
    """A derived table; columns left out are null, or false, 0 or the row's number where they cannot be."""
    columns = FACTS[name].columns()
    filled = [
        {
            column: row.get(column, None if kind.nullable else _plain(kind.dtype, place))
            for column, kind in columns.items()
        }
        for place, row in enumerate(rows)
    ]
    return pl.DataFrame(filled, schema={column: kind.dtype for column, kind in columns.items()}, orient="row")


def manifest(**changes: Any) -> Manifest:
    """A manifest of a shop whose one connection delivers everything."""
    reports = {name: TableReport(columns=columns) for name, columns in DELIVERED.items()}
    whole = Manifest(
        version="000001",
        created_at=dt.datetime(2025, 7, 1, tzinfo=dt.UTC),
        data_time=dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC),
        timezone="Asia/Shanghai",
        currency="CNY",
        first_day=FIRST,
        last_day=LAST,
        connections={"shop": ConnectionReport("files", ok=True, read_at=None, tables=reports)},
        channels=(),
        stores=(),
        delivered=DELIVERED,
    )
    return replace(whole, **changes)


def shop_of(
    business: Business | None = None, /, about: Manifest | None = None, **tables: Rows | pl.DataFrame
) -> Shop:
    """A shop whose derived tables hold these rows, and nothing else."""
    frames = {
        name: rows if isinstance(rows, pl.DataFrame) else facts(name, rows)
        for name, rows in ({name: [] for name in FACTS} | tables).items()
    }
    return Shop(Frames(frames, about or manifest()), business or Business())


def _plain(dtype: pl.DataType, place: int) -> object:
    if dtype == pl.Boolean:
        return False
    if dtype == pl.String:
        return f"row {place}"
    return FIRST if dtype == pl.Date else 0
