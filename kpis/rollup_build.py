"""Builds rollups: every stored sum of a snapshot, in a file per derived table, day and few dimensions."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import narwhals as nw
import polars as pl

from connectors.facts import FACTS, name_of_facts
from connectors.manifest import Manifest
from kpis.by_day import in_order
from kpis.clusters import design_effects
from kpis.factors import ALWAYS, dimensions_among, factors_of
from kpis.measure import Histogram
from kpis.stored import clustered, measured, of_period
from kpis.sums import BIN, Dated, binned

ROWS_A_GROUP = 50_000
AT_ONCE = 30_000_000
WORKSHOP = ".building-"
EFFECTS, IN_ORDER = "effects", "in_order"


class Tables(Protocol):
    """Where derived tables come from: a snapshot, or frames in memory."""

    @property
    def manifest(self) -> Manifest:
        """What came from where and when."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is such a table."""
        ...

    def scan(self, name: str) -> pl.LazyFrame:
        """The table's rows, unread."""
        ...


def build(tables: Tables, folder: Path) -> None:
    """Write all rollups into `folder`, whole or not at all, also when several processes do it at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=folder.parent))
    try:
        for table in FACTS:
            if tables.has(table):
                _write_table(tables.scan(table), table, workshop)
                _write_in_order(tables.scan(table), table, workshop)
        estimated_effects(tables).write_parquet(workshop / f"{EFFECTS}.parquet")
        for path in workshop.iterdir():
            _settle(path)
        # Whoever comes second finds the same rollups in place and throws its own away.
        with suppress(OSError):
            workshop.rename(folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _settle(path: Path) -> None:
    """Have a file on the disk itself before its folder is named, whatever happens to the machine then."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def estimated_effects(tables: Tables) -> pl.DataFrame:
    """The design effects of every clustered ratio, from the last rows of the derived tables."""
    shares = [share for share in clustered() if tables.has(share.denominator.table)]
    return design_effects(tables.scan, shares, tables.manifest.last_day)


def _write_table(rows: pl.LazyFrame, table: str, folder: Path) -> None:
    wanted = sorted((dated for dated in measured() if dated.table == table), key=lambda dated: dated.key)
    for day in sorted({dated.day for dated in wanted}):
        of_day = [dated for dated in wanted if dated.day == day]
        dated_rows = rows.filter(pl.col(day).is_not_null()).with_columns(pl.col(day).alias("day"))
        height = dated_rows.select(pl.len()).collect(engine="streaming").item()
        if plain := [dated for dated in of_day if not isinstance(dated.measure, Histogram)]:
            _write_factors(_cells(dated_rows, plain), folder / f"{table}.{day}", height * len(plain))
        for dated in of_day:
            if isinstance(dated.measure, Histogram):
                cells = _bins(dated_rows, dated.measure)
                _write_factors(cells, folder / f"{table}.{dated.key}", height * len(cells))


def _write_in_order(rows: pl.LazyFrame, table: str, folder: Path) -> None:
    """Write the rows of which measures of a period are made, per day column into a file of their own."""
    for day in sorted({dated.day for dated in of_period() if dated.table == table}):
        measures = [dated.measure for dated in of_period() if (dated.table, dated.day) == (table, day)]
        path = folder / f"{table}.{day}.{IN_ORDER}.parquet"
        in_order(rows, FACTS[table], day, measures).sink_parquet(path, row_group_size=ROWS_A_GROUP)


def _cells(rows: pl.LazyFrame, wanted: Sequence[Dated]) -> dict[str, pl.LazyFrame]:
    """Per factor one row per day and dimensions, with one column per measure."""
    factors = factors_of(wanted[0].table)
    names = [dated.key for dated in wanted]
    amounts = {dated.key: dated.measure.row for dated in wanted}
    told: pl.LazyFrame = nw.from_native(rows).select(*_keys_of(factors), **amounts).to_native()
    return {factor: told.group_by(keys).agg(pl.col(names).sum()) for factor, keys in factors.items()}


def _bins(rows: pl.LazyFrame, histogram: Histogram) -> dict[str, pl.LazyFrame]:
    """Per factor one row per day, dimensions and bin, with the bin's count and sum."""
    factors = factors_of(name_of_facts(histogram.facts))
    return {
        factor: binned(nw.from_native(rows), histogram, keys).to_native() for factor, keys in factors.items()
    }


def _keys_of(factors: Mapping[str, Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(key for keys in factors.values() for key in keys))


def _write_factors(cells: Mapping[str, pl.LazyFrame], name: Path, amounts: int) -> None:
    """Write each factor's cells into a file of its own; those of channels alone are summed from a finer one.

    Args:
        cells: per factor.
        name: how the files' names begin.
        amounts: how many are added up. Few are worked out once for all factors; of many, each factor's are
            worked out by themselves, so that they need not all be in memory.
    """
    sinks = [_sink(frame, name, factor) for factor, frame in cells.items()]
    for together in [sinks] if amounts <= AT_ONCE else [[sink] for sink in sinks]:
        pl.collect_all(together, engine="streaming")
    if "channel" not in cells:
        finer = pl.scan_parquet(f"{name}.{next(iter(cells))}.parquet")
        columns = finer.collect_schema().names()
        dimensions = dimensions_among(columns)
        keys = ["day", *(column for column in dimensions if column in ALWAYS), *({BIN} & set(columns))]
        sums = pl.exclude("day", BIN, *dimensions).sum()
        pl.collect_all([_sink(finer.group_by(keys).agg(sums), name, "channel")], engine="streaming")


def _sink(cells: pl.LazyFrame, name: Path, factor: str) -> pl.LazyFrame:
    """Sorted by day, so that a reader of a few weeks skips the rest of a large file."""
    path = f"{name}.{factor}.parquet"
    return cells.sort("day").sink_parquet(path, row_group_size=ROWS_A_GROUP, lazy=True)
