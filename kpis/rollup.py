"""Rollups: every measure summed once per day and a few dimensions, stored beside the snapshot."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Protocol

import narwhals as nw
import polars as pl

from connectors.facts import FACTS, dimensions_of, name_of_facts
from connectors.manifest import Manifest
from kpis.catalogue import catalogue
from kpis.cells import Cells
from kpis.clusters import Clustered, design_effects
from kpis.kpi import Kpi
from kpis.measure import Histogram
from kpis.profiles import varied
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL, Dated, binned, summed

FORMAT = "2"
KEPT_IN_MEMORY = 8_000_000
ROWS_A_GROUP = 50_000
WORKSHOP = ".building-"
EFFECTS = "effects"
LONGEST_BUILD = 6 * 3600.0
UNREADABLE = (pl.exceptions.PolarsError, OSError)
ALWAYS = ("channel", "channel_kind")
# A full cross of all dimensions would hardly be smaller than the rows, so each factor carries a few;
# smaller ones first, because the first that covers a question answers it.
FACTORS: dict[str, tuple[str, ...]] = {
    "channel": (),
    "touchpoint": ("touchpoint",),
    "carrier": ("carrier",),
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
    """The rollups of one snapshot, shared by all who ask; small ones stay in memory once they are read."""

    def __init__(self, folder: Path, rebuild: Callable[[], None] | None = None) -> None:
        """Read from `folder`, as `build` wrote it; `rebuild` writes it anew where a file cannot be read."""
        self.folder = folder
        self._rebuild = rebuild
        self._repairing = Lock()
        self._opened: dict[str, pl.LazyFrame] = {}
        self._densing = Lock()
        self._dense: dict[str, Cells] = {}

    def cells(self, table: str, day: str, dimensions: Collection[str]) -> pl.LazyFrame | None:
        """Day, dimensions and one column per measure; null where no sum is kept or no factor covers them."""
        factor = covering(table, dimensions) if (table, day) in _summed_by_day() else None
        return self._open(f"{table}.{day}.{factor}") if factor else None

    def dense(self, table: str, day: str, dimensions: Collection[str]) -> Cells | None:
        """The same as `cells` in memory, to be added up by slices."""
        factor = covering(table, dimensions) if (table, day) in _summed_by_day() else None
        if factor is None:
            return None
        name = f"{table}.{day}.{factor}"
        with self._densing:
            if name not in self._dense:
                frame = self._open(name).collect()
                self._dense[name] = Cells.of(frame, dimensions_among(frame.columns))
            return self._dense[name]

    def bins(self, histogram: Dated, dimensions: Collection[str]) -> pl.LazyFrame | None:
        """Day, dimensions, bin, count and sum; null where no factor covers the dimensions."""
        factor = covering(histogram.table, dimensions)
        return self._open(f"{histogram.table}.{histogram.key}.{factor}") if factor else None

    def effects(self) -> pl.DataFrame:
        """The design effects, one row per ratio and place, as `clusters.design_effects` tells them."""
        return self._open(EFFECTS).collect()

    def _open(self, name: str) -> pl.LazyFrame:
        if name not in self._opened:
            path = self.folder / f"{name}.parquet"
            try:
                self._opened[name] = _read(path)
            except UNREADABLE:
                self._opened[name] = self._repaired(path)
        return self._opened[name]

    def _repaired(self, path: Path) -> pl.LazyFrame:
        """A file that could not be read, from a folder that is written anew once."""
        with self._repairing:
            # Another thread may have done it meanwhile.
            with suppress(*UNREADABLE):
                return _read(path)
            if self._rebuild:
                shutil.rmtree(self.folder, ignore_errors=True)
                self._rebuild()
            return _read(path)


def _read(path: Path) -> pl.LazyFrame:
    """A file's cells, small ones in memory; of large ones at least the end of the file has been read."""
    if path.stat().st_size <= KEPT_IN_MEMORY:
        return pl.read_parquet(path).lazy()
    scanned = pl.scan_parquet(path)
    scanned.collect_schema()
    return scanned


def covering(table: str, dimensions: Collection[str]) -> str | None:
    """The smallest factor of a derived table that carries all of `dimensions`; null if none does."""
    return _covering(table, frozenset(dimensions))


@cache
def _covering(table: str, dimensions: frozenset[str]) -> str | None:
    carried = dimensions_of(FACTS[table])
    usable = [name for name in FACTORS if name == "channel" or set(FACTORS[name]) & set(carried)]
    return next((name for name in usable if dimensions <= {*_always(table), *FACTORS[name]}), None)


def dimensions_among(columns: Collection[str]) -> list[str]:
    """Those of a factor's columns that are dimensions."""
    known = {*ALWAYS, *(name for names in FACTORS.values() for name in names)}
    return [name for name in columns if name in known]


def open_rollups(data: Path, version: str, tables: Tables, versions: Collection[str]) -> Rollups:
    """The rollups of a snapshot, built first where they are missing; those of vanished ones are removed.

    Args:
        data: the data folder.
        version: the snapshot's version.
        tables: the snapshot.
        versions: every version that still exists.
    """
    home = data / "rollups"
    # Numbers are given again after version folders are deleted: a number alone names no snapshot.
    own = f"{version}-{content(tables.manifest)}"
    folder = home / f"{own}{fingerprint()}"
    if not folder.exists():
        build(tables, folder)
        _remove_vanished(home, {version, *versions}, own)
    return Rollups(folder, lambda: build(tables, folder))


def build(tables: Tables, folder: Path) -> None:
    """Write all rollups into `folder`, whole or not at all, also when several processes do it at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=folder.parent))
    try:
        for table in FACTS:
            if tables.has(table):
                _write_table(tables.scan(table), table, workshop)
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


@cache
def measured() -> frozenset[Dated]:
    """Every measure of the catalogue that adds up over time, with the day that dates it."""
    return frozenset(
        Dated(measure, kpi.day_of(measure))
        for kpi in _every_kpi()
        for measure in kpi.measures.values()
        if not measure.needs_period
    )


@cache
def clustered() -> frozenset[Clustered]:
    """Every ratio of the catalogue whose rows are alike within customers or orders."""
    return frozenset(share for kpi in _every_kpi() if (share := Clustered.of(kpi)))


def estimated_effects(tables: Tables) -> pl.DataFrame:
    """The design effects of every clustered ratio, from the last rows of the derived tables."""
    shares = [share for share in clustered() if tables.has(share.denominator.table)]
    return design_effects(tables.scan, shares, tables.manifest.last_day)


def _every_kpi() -> list[Kpi]:
    """The KPIs on every basis, and as every platform counts them."""
    return [kpi.on(basis) for kpi in catalogue().values() for basis in ("cohort", "event")] + varied()


@cache
def _summed_by_day() -> frozenset[tuple[str, str]]:
    """The derived tables and day columns of which sums are kept; visitors of a period are no sum."""
    return frozenset(
        (dated.table, dated.day) for dated in measured() if not isinstance(dated.measure, Histogram)
    )


def content(manifest: Manifest) -> str:
    """Tells a snapshot from another that has the same number: when it was made, and of which files."""
    files = sorted(f"{path} {entry.sha256}" for path, entry in manifest.files.items())
    return hashlib.sha256("\n".join([manifest.created_at.isoformat(), *files]).encode()).hexdigest()[:8]


@cache
def fingerprint() -> str:
    """Changes whenever a declaration changes what the rollups hold."""
    parts = [FORMAT, repr(FACTORS), *sorted(declared.key for declared in measured() | clustered())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _write_table(rows: pl.LazyFrame, table: str, folder: Path) -> None:
    wanted = [dated for dated in measured() if dated.table == table]
    for day in sorted({dated.day for dated in wanted}):
        of_day = [dated for dated in wanted if dated.day == day]
        dated_rows = rows.filter(pl.col(day).is_not_null()).with_columns(pl.col(day).alias("day"))
        plain = [dated for dated in of_day if not isinstance(dated.measure, Histogram)]
        _write_cells(dated_rows, plain, folder / f"{table}.{day}")
        for dated in of_day:
            if isinstance(dated.measure, Histogram):
                _write_bins(dated_rows, dated.measure, folder / f"{table}.{dated.key}")


def _write_cells(rows: pl.LazyFrame, wanted: Iterable[Dated], name: Path) -> None:
    wanted = sorted(wanted, key=lambda dated: dated.key)
    if wanted:
        factors = _factors(wanted[0].table)
        for factor, keys in factors.items():
            _write(summed(nw.from_native(rows), wanted, keys).to_native(), name, factor)
        if "channel" not in factors:
            finer = pl.scan_parquet(f"{name}.{next(iter(factors))}.parquet")
            sums = [pl.col(dated.key).sum() for dated in wanted]
            _write(finer.group_by("day", *_always(wanted[0].table)).agg(sums), name, "channel")


def _write_bins(rows: pl.LazyFrame, histogram: Histogram, name: Path) -> None:
    table = name_of_facts(histogram.facts)
    factors = _factors(table)
    for factor, keys in factors.items():
        _write(binned(nw.from_native(rows), histogram, keys).to_native(), name, factor)
    if "channel" not in factors:
        finer = pl.scan_parquet(f"{name}.{next(iter(factors))}.parquet")
        sums = pl.col(BIN_COUNT, BIN_TOTAL).sum()
        _write(finer.group_by("day", *_always(table), BIN).agg(sums), name, "channel")


def _write(cells: pl.LazyFrame, name: Path, factor: str) -> None:
    """Sorted by day, so that a reader of a few weeks skips the rest of a large file."""
    cells.sort("day").sink_parquet(
        f"{name}.{factor}.parquet", row_group_size=ROWS_A_GROUP, engine="streaming"
    )


def _factors(table: str) -> dict[str, list[str]]:
    """The keys of each factor of a derived table.

    That of channels alone is summed from a finer one, unless it is the only one.
    """
    carried, always = dimensions_of(FACTS[table]), _always(table)
    found = {
        name: ["day", *always, *(dimension for dimension in dimensions if dimension in carried)]
        for name, dimensions in FACTORS.items()
    }
    finer = {name: keys for name, keys in found.items() if len(keys) > 1 + len(always)}
    return finer or {"channel": found["channel"]}


def _always(table: str) -> list[str]:
    """What every factor of a derived table carries: an article that is compared is of no one channel."""
    return [name for name in ALWAYS if name in dimensions_of(FACTS[table])]


def _remove_vanished(home: Path, versions: Collection[str], own: str) -> None:
    """Remove rollups of versions that no longer exist, and what builders that were killed left behind.

    Args:
        home: the folder of all rollups.
        versions: every version that still exists.
        own: how names of the opened snapshot's rollups begin; others of its number are of a vanished one.
    """
    reused = own.partition("-")[0]
    for folder in home.iterdir():
        version = folder.name.partition("-")[0]
        is_outdated = version == reused and not folder.name.startswith(own)
        is_vanished = version.isdigit() and (version not in versions or is_outdated)
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
