"""Brings the stored rows of one table up to date: what changed leaves its months, and comes in anew."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from connectors.accept import RULE
from connectors.months import UNDATED
from connectors.parts import ASIDE, BOUNDS, ROWS, files_in

MOST_FILES, FILE = 8, "file it lies in"
NOT_YET = ":after_tomorrow"
SOON = dt.timedelta(days=2)


def forget(folder: Path, keys: pl.DataFrame) -> None:
    """Remove the rows whose keys are named, accepted or put aside, from every month that holds one.

    Args:
        folder: the table's part folder; its files may be shared with older versions and are never changed.
        keys: one column of text, none of it null.
    """
    (by,) = keys.columns
    # A join would hold the whole month in memory.
    others = ~pl.col(by).is_in(keys[by].implode(), nulls_equal=True)
    for name in (ROWS, ASIDE):
        for month in _months_holding(folder / name, keys):
            files = [file for file in files_in(month) if by in pl.read_parquet_schema(file)]
            _replace(month, files, _scanned(files).filter(others))


def forget_others(folder: Path, month: str | None, keys: pl.DataFrame) -> None:
    """Remove the rows of a month whose keys are not named."""
    for name, wanted in ((ROWS, keys), (ASIDE, keys.cast(pl.String))):
        place = folder / name / (month or UNDATED)
        files = [file for file in files_in(place) if set(keys.columns) <= set(pl.read_parquet_schema(file))]
        if files:
            kept = _scanned(files).join(wanted.lazy(), on=keys.columns, how="semi", maintain_order="left")
            _replace(place, files, kept)


def compact(folder: Path) -> None:
    """Put the many small files of a month into one."""
    for month in (place for name in (ROWS, ASIDE) for place in _folders(folder / name)):
        files = files_in(month)
        if len(files) > MOST_FILES:
            _replace(month, files, _scanned(files))


def drop_month(folder: Path, month: str | None) -> None:
    """Remove all rows of a month."""
    for name in (ROWS, ASIDE):
        shutil.rmtree(folder / name / (month or UNDATED), ignore_errors=True)


def heights(folder: Path, since: str | None = None) -> Counter[str | None]:
    """How many rows each month has, accepted and put aside; from the month `since` on, or in all."""
    found: Counter[str | None] = Counter()
    for files in filter(None, (files_in(folder / ROWS), files_in(folder / ASIDE))):
        # Files of rows put aside have the columns that were delivered with them; none is read here.
        scanned = pl.scan_parquet(
            files, include_file_paths=FILE, missing_columns="insert", extra_columns="ignore"
        )
        for file, rows in scanned.group_by(FILE).len().collect(engine="streaming").iter_rows():
            name = Path(file).parent.name
            month = None if name == UNDATED else name
            if since is None or (month or "") >= since:
                found[month] += rows
    return found


def come_of_age(folder: Path, today: dt.date) -> Iterator[str | None]:
    """The months with rows put aside because a moment lay ahead that does so no longer."""
    for month in _folders(folder / ASIDE):
        early = _scanned(files_in(month)).filter(pl.col(RULE).str.ends_with(NOT_YET)).collect()
        for (rule,), rows in early.partition_by(RULE, as_dict=True).items():
            # Written in whatever zone, it begins with its day.
            days = rows[str(rule).removesuffix(NOT_YET)].str.slice(0, 10)
            if (days <= str(today + SOON)).any():
                yield None if month.name == UNDATED else month.name


def next_number(folder: Path) -> int:
    """A number for the next file, above those of all months."""
    numbers = (file.stem for file in (*files_in(folder / ROWS), *files_in(folder / ASIDE)))
    return max((int(number) for number in numbers if number.isdigit()), default=-1) + 1


def _months_holding(folder: Path, keys: pl.DataFrame) -> list[Path]:
    """The months in which a row may be named by the first column of the keys."""
    column = keys.columns[0]
    names = keys.select(pl.col(column).unique().sort())
    held = set()
    for file in files_in(folder):
        if file.parent in held or column not in pl.read_parquet_schema(file):
            continue
        near = _within_bounds(names, file)
        if near.height:
            rows = pl.scan_parquet(file).select(column)
            found = rows.join(near.lazy(), on=column, how="semi").head(1)
            if found.collect(engine="streaming").height:
                held.add(file.parent)
    return sorted(held)


def _within_bounds(names: pl.DataFrame, file: Path) -> pl.DataFrame:
    """The names that lie between the first and last that a file has; all where it does not say."""
    told = pl.read_parquet_metadata(file).get(BOUNDS)
    column, lowest, highest = json.loads(told) if told else (None, None, None)
    if column != names.columns[0]:
        return names
    return names.filter(pl.col(column).is_between(pl.lit(lowest), pl.lit(highest)))


def _joint_bounds(files: Sequence[Path]) -> dict[str, str]:
    """Bounds that hold for the rows of all these files; nothing where one does not say."""
    told = [pl.read_parquet_metadata(file).get(BOUNDS) for file in files]
    each = [json.loads(bounds) for bounds in told if bounds]
    if len(each) < len(files) or len({column for column, _, _ in each}) != 1:
        return {}
    lowest, highest = min(low for _, low, _ in each), max(high for _, _, high in each)
    return {BOUNDS: json.dumps([each[0][0], lowest, highest])}


def _scanned(files: Sequence[Path]) -> pl.LazyFrame:
    return pl.concat([pl.scan_parquet(file) for file in files], how="diagonal")


def _replace(month: Path, files: Sequence[Path], rows: pl.LazyFrame) -> None:
    """Write rows that come from `files` in their place, under the last one's number."""
    written = month / "renewed"
    rows.sink_parquet(
        written, compression="lz4", engine="streaming", maintain_order=True, metadata=_joint_bounds(files)
    )
    for file in files:
        file.unlink()
    written.rename(files[-1])


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.exists() else []
