"""Rollups: every measure summed once per day and a few dimensions, stored beside the snapshot."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Protocol

import narwhals as nw
import polars as pl

from connectors.facts import FACTS, dimensions_of
from connectors.manifest import Manifest
from kpis.catalogue import catalogue
from kpis.measure import Histogram
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL, Dated, binned, summed

FORMAT = "1"
WORKSHOP = ".building-"
LONGEST_BUILD = 6 * 3600.0
ALWAYS = ("channel", "channel_kind")
# A full cross of all dimensions would hardly be smaller than the rows, so each factor carries a few;
# smaller ones first, because the first that covers a question answers it.
FACTORS: dict[str, tuple[str, ...]] = {
    "channel": (),
    "touchpoint": ("touchpoint",),
    "payment": ("payment_method",),
    "place": ("store", "region"),
    "article": ("category", "customer_type", "tier"),
    "visit": ("device", "source", "campaign"),
}


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


class Rollups:
    """The rollups of one snapshot, read from disk once each and shared by all who ask."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`, as `build` wrote it."""
        self.folder = folder
        self._read: dict[str, pl.DataFrame] = {}

    def cells(self, table: str, day: str, dimensions: Collection[str]) -> pl.DataFrame | None:
        """Day, dimensions and one column per measure; null where no factor covers the dimensions."""
        factor = covering(table, dimensions)
        return self._frame(f"{table}.{day}.{factor}") if factor else None

    def bins(self, histogram: Dated, dimensions: Collection[str]) -> pl.DataFrame | None:
        """Day, dimensions, bin, count and sum; null where no factor covers the dimensions."""
        factor = covering(histogram.table, dimensions)
        return self._frame(f"{histogram.table}.{histogram.key}.{factor}") if factor else None

    def _frame(self, name: str) -> pl.DataFrame:
        if name not in self._read:
            self._read[name] = pl.read_parquet(self.folder / f"{name}.parquet")
        return self._read[name]


def covering(table: str, dimensions: Collection[str]) -> str | None:
    """The smallest factor of a derived table that carries all of `dimensions`; null if none does."""
    carried = dimensions_of(FACTS[table])
    usable = [name for name in FACTORS if name == "channel" or set(FACTORS[name]) & set(carried)]
    return next((name for name in usable if set(dimensions) <= {*ALWAYS, *FACTORS[name]}), None)


def open_rollups(data: Path, version: str, tables: Tables, versions: Collection[str]) -> Rollups:
    """The rollups of a snapshot, built first where they are missing; those of vanished versions are removed.

    Args:
        data: the data folder.
        version: the snapshot's version.
        tables: the snapshot.
        versions: every version that still exists.
    """
    home = data / "rollups"
    folder = home / f"{version}-{fingerprint()}"
    if not folder.exists():
        build(tables, folder)
        _remove_vanished(home, {version, *versions})
    return Rollups(folder)


def build(tables: Tables, folder: Path) -> None:
    """Write all rollups into `folder`, whole or not at all, also when several processes do it at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=folder.parent))
    try:
        for table in FACTS:
            if tables.has(table):
                _write_table(tables.scan(table), table, workshop)
        # Whoever comes second finds the same rollups in place and throws its own away.
        with suppress(OSError):
            workshop.rename(folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


@cache
def measured() -> frozenset[Dated]:
    """Every measure of the catalogue that adds up over time, with the day that dates it."""
    kpis = [kpi.on(basis) for kpi in catalogue().values() for basis in ("cohort", "event")]
    return frozenset(
        Dated(measure, kpi.day_of(measure))
        for kpi in kpis
        for measure in kpi.measures.values()
        if not measure.needs_period
    )


@cache
def fingerprint() -> str:
    """Changes whenever a declaration changes what the rollups hold."""
    parts = [FORMAT, repr(FACTORS), *sorted(dated.key for dated in measured())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _write_table(rows: pl.LazyFrame, table: str, folder: Path) -> None:
    wanted = [dated for dated in measured() if dated.table == table]
    for day in sorted({dated.day for dated in wanted}):
        of_day = [dated for dated in wanted if dated.day == day]
        dated_rows = rows.filter(pl.col(day).is_not_null()).with_columns(pl.col(day).alias("day"))
        _write_cells(
            dated_rows, [dated for dated in of_day if not _is_histogram(dated)], f"{table}.{day}", folder
        )
        for histogram in filter(_is_histogram, of_day):
            _write_bins(dated_rows, histogram, folder)


def _write_cells(rows: pl.LazyFrame, wanted: Iterable[Dated], name: str, folder: Path) -> None:
    wanted = sorted(wanted, key=lambda dated: dated.key)
    if not wanted:
        return
    table = wanted[0].table
    factors = _factors(table)
    frames = [summed(nw.from_native(rows), wanted, keys).to_native() for keys in factors.values()]
    for factor, cells in zip(factors, pl.collect_all(frames, engine="streaming"), strict=True):
        cells.write_parquet(folder / f"{name}.{factor}.parquet")
    _write_coarsest(
        folder / name, [pl.col(dated.key).sum() for dated in wanted], ["day", *ALWAYS], next(iter(factors))
    )


def _write_bins(rows: pl.LazyFrame, dated: Dated, folder: Path) -> None:
    if not isinstance(dated.measure, Histogram):
        return
    name = f"{dated.table}.{dated.key}"
    factors = _factors(dated.table)
    frames = [binned(nw.from_native(rows), dated.measure, keys).to_native() for keys in factors.values()]
    for factor, bins in zip(factors, pl.collect_all(frames, engine="streaming"), strict=True):
        bins.write_parquet(folder / f"{name}.{factor}.parquet")
    sums = [pl.col(BIN_COUNT, BIN_TOTAL).sum()]
    _write_coarsest(folder / name, sums, ["day", *ALWAYS, BIN], next(iter(factors)))


def _write_coarsest(name: Path, sums: list[pl.Expr], keys: list[str], finer: str) -> None:
    """The factor of channels alone, summed from a finer one instead of from the rows."""
    cells = pl.read_parquet(f"{name}.{finer}.parquet")
    cells.group_by(keys).agg(sums).write_parquet(f"{name}.channel.parquet")


def _factors(table: str) -> dict[str, list[str]]:
    """The keys of each finer factor that a derived table has."""
    carried = dimensions_of(FACTS[table])
    found = {
        name: ["day", *ALWAYS, *(dimension for dimension in dimensions if dimension in carried)]
        for name, dimensions in FACTORS.items()
    }
    return {name: keys for name, keys in found.items() if len(keys) > 1 + len(ALWAYS)}


def _is_histogram(dated: Dated) -> bool:
    return isinstance(dated.measure, Histogram)


def _remove_vanished(home: Path, versions: Collection[str]) -> None:
    """Remove rollups of versions that no longer exist, and what builders that were killed left behind."""
    for folder in home.iterdir():
        version = folder.name.partition("-")[0]
        is_vanished = version.isdigit() and version not in versions
        is_left_behind = folder.name.startswith(WORKSHOP) and _age(folder) > LONGEST_BUILD
        if is_vanished or is_left_behind:
            shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> float:
    """Seconds since it was last written to; none when another process has just removed it."""
    with suppress(FileNotFoundError):
        return time.time() - folder.stat().st_mtime
    return 0.0


def size_of(folder: Path) -> int:
    """Bytes that the rollups in `folder` take."""
    return sum(path.stat().st_size for path in folder.glob("*.parquet"))
