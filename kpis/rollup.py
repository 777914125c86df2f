"""Rollups: every measure summed once per day and a few dimensions, stored beside the snapshot."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

import polars as pl

from connectors.manifest import Manifest
from kpis.by_day import ByDay
from kpis.cells import Cells
from kpis.factors import covering, dimensions_among
from kpis.kept import Kept, Sized
from kpis.rollup_build import EFFECTS, IN_ORDER, WORKSHOP, Tables, build
from kpis.stored import fingerprint, summed_by_day
from kpis.stored_bins import StoredBins
from kpis.sums import Dated

LONGEST_BUILD = 6 * 3600.0
T = TypeVar("T", bound=Sized)
UNREADABLE = (pl.exceptions.PolarsError, OSError)


class Rollups:
    """The rollups of one snapshot, shared by all who ask; what was asked for last stays in memory.

    Attributes:
        folder: where they are stored.
        kept: what is in memory of the snapshot.
    """

    def __init__(self, folder: Path, rebuild: Callable[[], None] | None = None) -> None:
        """Read from `folder`, as `build` wrote it; `rebuild` writes it anew where a file cannot be read."""
        self.folder = folder
        self._rebuild = rebuild
        self._repairing = Lock()
        self._opened: dict[str, pl.LazyFrame] = {}
        self.kept = Kept()

    def cells(self, table: str, day: str, dimensions: Collection[str]) -> pl.LazyFrame | None:
        """Day, dimensions and one column per measure; null where no sum is kept or no factor covers them."""
        factor = covering(table, dimensions) if (table, day) in summed_by_day() else None
        return self._open(f"{table}.{day}.{factor}") if factor else None

    def dense(self, table: str, day: str, dimensions: Collection[str]) -> Cells | None:
        """The same as `cells` in memory, to be added up by slices."""
        factor = covering(table, dimensions) if (table, day) in summed_by_day() else None
        return self._in_memory(f"{table}.{day}.{factor}", Cells.of) if factor else None

    def bins(self, histogram: Dated, dimensions: Collection[str]) -> StoredBins | None:
        """Day, dimensions, bin, count and sum in memory; null where no factor covers the dimensions."""
        factor = covering(histogram.table, dimensions)
        return (
            self._in_memory(f"{histogram.table}.{histogram.key}.{factor}", StoredBins.of) if factor else None
        )

    def by_day(self, table: str, day: str) -> ByDay:
        """The rows of a derived table that measures of a period are made of, in the order of their days."""
        name = f"{table}.{day}.{IN_ORDER}"
        return self.kept.get(name, lambda: ByDay.of(self._open(name)))

    def effects(self) -> pl.DataFrame:
        """The design effects, one row per ratio and place, as `clusters.design_effects` tells them."""
        return self._open(EFFECTS).collect()

    def close(self) -> None:
        """Let go what is in memory; it is read again by whoever still asks."""
        self.kept.clear()
        self._opened.clear()

    def _in_memory(self, name: str, made: Callable[[pl.DataFrame, Sequence[str]], T]) -> T:
        """A file, as what is made of its rows and dimensions."""

        def read() -> T:
            frame = self._open(name).collect()
            return made(frame, dimensions_among(frame.columns))

        return self.kept.get(name, read)

    def _open(self, name: str) -> pl.LazyFrame:
        """A file, of which the end has been read."""
        found = self._opened.get(name)
        if found is None:
            path = self.folder / f"{name}.parquet"
            try:
                found = _read(path)
            except UNREADABLE:
                found = self._repaired(path)
            self._opened[name] = found
        return found

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
    """A file's cells; at least the end of the file has been read."""
    scanned = pl.scan_parquet(path)
    scanned.collect_schema()
    return scanned


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


def content(manifest: Manifest) -> str:
    """Tells a snapshot from another that has the same number: when it was made, and of which files."""
    files = sorted(f"{path} {entry.sha256}" for path, entry in manifest.files.items())
    return hashlib.sha256("\n".join([manifest.created_at.isoformat(), *files]).encode()).hexdigest()[:8]


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
