"""Pulling one connection: every table it can fill, validated chunk by chunk and written down."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from connectors.accept import accept, keyed
from connectors.connector import Connection, Source
from connectors.following import RESERVED, UPDATED_AT, Following
from connectors.history import keep_history
from connectors.identity_hash import IdentityKey
from connectors.manifest import TableReport
from connectors.months import ALL, UNDATED, months_of
from connectors.parts import ASIDE, ROWS, carry_over, counted, write_chunk, write_empty, write_report
from connectors.renew import compact, drop_month, forget, forget_others, heights, next_number, too_early
from connectors.systems import open_connection
from connectors.tables import Table, columns_with, name_of
from connectors.watermark import Mark, fingerprint, read_mark, write_mark


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a refresh is: `fraction` of the whole, 0 to 1, and the rows read of a connection's table.

    The table is empty while the connection is opened, both while all tables are joined.
    """

    connection: str
    table: str
    rows: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What a pull builds on.

    Attributes:
        last: the connection's parts in the last snapshot; null without any.
        full: whether everything is read again, however much is there.
        today: the business day of the refresh.
    """

    last: Path | None
    full: bool
    today: dt.date


def pull(
    connection: Connection,
    key: IdentityKey,
    folder: Path,
    told: Callable[[Progress], None],
    share: tuple[float, float],
    *,
    ground: Ground | None = None,
) -> None:
    """Read a connection into part folders below `folder`.

    Args:
        connection: what to read.
        key: turns plain identities into keyed hashes.
        folder: the connection's own folder of parts.
        told: hears of every chunk.
        share: the fractions of the whole refresh at which this connection begins and ends.
        ground: what was read before; null reads everything as if for the first time.

    Raises:
        ConnectorError: it cannot be read; what was written so far is worthless.
    """
    ground = ground or Ground(None, full=True, today=dt.datetime.now(dt.UTC).date())
    told(Progress(connection.name, "", 0, share[0]))
    with open_connection(connection) as source:
        tables = source.tables()
        for number, table in enumerate(tables):
            done = share[0] + (share[1] - share[0]) * number / len(tables)
            told(Progress(connection.name, name_of(table), 0, done))
            filing = Filing(folder / name_of(table), table, connection, key)
            last = ground.last / name_of(table) if ground.last else None
            report = _pull_table(source, filing, ground, last)
            told(Progress(connection.name, name_of(table), report.read, done))


class Filing:
    """Takes the rows of one table as they come: validates them and files them by month."""

    def __init__(self, folder: Path, table: type[Table], connection: Connection, key: IdentityKey) -> None:
        """File into the table's part folder."""
        self.folder = folder
        self.table = table
        self.connection = connection
        self.key = key
        self.filed_by: str | None = None
        self.followed = False
        self.read = 0
        self.columns: set[str] = set()
        self._number = 0
        self._hashes = {plain: column for column, plain in columns_with(table, "hash_of").items()}

    def follow(self, following: Following) -> None:
        """File by month from now on, behind what is there."""
        self.followed = True
        self.filed_by = following.filed_by
        self._number = next_number(self.folder)

    def take(self, chunk: pl.DataFrame) -> None:
        """Validate and write one chunk."""
        accepted = accept(chunk, self.table, self.connection.timezone, self.key)
        write_chunk(self.folder, self._number, accepted, self._months(chunk))
        if self._number == 0:
            write_empty(self.folder, accepted)
        self._number += 1
        self.read += chunk.height
        delivered = [name for name in chunk.columns if name not in RESERVED]
        self.columns |= {self._hashes.get(name, name) for name in delivered}

    def _months(self, chunk: pl.DataFrame) -> pl.Series:
        if self.filed_by is None:
            month = UNDATED if self.followed else ALL
            return pl.Series([month], dtype=pl.String).new_from_index(0, chunk.height)
        return months_of(chunk[self.filed_by]).fill_null(UNDATED)


def _pull_table(source: Source, filing: Filing, ground: Ground, last: Path | None) -> TableReport:
    started = time.perf_counter()
    following = source.follows(filing.table)
    if following is None:
        _read_whole(source, filing)
    else:
        _follow(source, following, filing, None if ground.full else last)
    if last and source.keeps_history(filing.table):
        keep_history(filing.folder, last, filing.table, ground.today)
    report = counted(filing.folder, filing.columns, filing.read, time.perf_counter() - started)
    write_report(filing.folder, report)
    return report


def _follow(source: Source, following: Following, filing: Filing, last: Path | None) -> None:
    """Read what changed since the last snapshot; everything where that cannot be told."""
    filing.follow(following)
    proof = fingerprint(filing.connection, following, filing.table, filing.key)
    mark = read_mark(last, proof) if last else None
    watermark = _catch_up(following, filing, last, mark) if last and mark else None
    if watermark is None:
        watermark = following.watermark()
        _read_whole(source, filing)
    write_mark(filing.folder, Mark(proof, watermark, tuple(sorted(filing.columns))))


def _read_whole(source: Source, filing: Filing) -> None:
    for chunk in source.chunks(filing.table):
        filing.take(chunk)


def _catch_up(following: Following, filing: Filing, last: Path, mark: Mark) -> str | None:
    """Bring the last snapshot's rows up to date; null, with nothing done, where that cannot be.

    Where nothing bears a stamp as new as the last one seen, the rows that did are gone: another database, or
    one restored from a copy. Keys that are empty name no row.
    """
    if mark.watermark is None:
        return None
    touched = following.touched(mark.watermark)
    keys = keyed(touched, following.by, filing.table, filing.key).unique()
    if keys.is_empty() or keys.null_count().pipe(lambda counts: counts.sum_horizontal().item()):
        return None
    for name in (ROWS, ASIDE):
        if (last / name).exists():
            carry_over(last / name, filing.folder / name)
    filing.columns |= set(mark.columns)
    filing.follow(following)
    forget(filing.folder, keys)
    for chunk in following.changed(mark.watermark):
        filing.take(chunk)
    _reconcile(following, filing)
    compact(filing.folder)
    newest: str | None = touched[UPDATED_AT].max()  # type: ignore[assignment]
    return newest


def _reconcile(following: Following, filing: Filing) -> None:
    """Find what bears no stamp: rows that are gone, and rows put aside whose moment has come since.

    Months with more rows than the source has are asked for their keys first: mostly a few rows are gone.
    """
    folder, key = filing.folder, tuple(columns_with(filing.table, "key"))
    stored, there = heights(folder), following.months()
    differ = {month for month in {*stored, *there} if stored[month] != there.get(month, 0)}
    for month in differ:
        chunks = following.of_month(month, key) if there.get(month) else ()
        left = [keyed(chunk, key, filing.table, filing.key) for chunk in chunks]
        if left:
            forget_others(folder, month, pl.concat(left))
    stored = heights(folder)
    unequal = {month for month in differ if stored[month] != there.get(month, 0)}
    for month in unequal | set(too_early(folder)):
        drop_month(folder, month)
        for chunk in following.of_month(month):
            filing.take(chunk)
