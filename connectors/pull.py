"""Pulling one connection: every table it can fill, validated chunk by chunk and written down."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.catch_up import catch_up, first_mark
from connectors.connector import Connection, Source
from connectors.filing import Filing
from connectors.following import Following
from connectors.history import keep_history
from connectors.identity_hash import IdentityKey
from connectors.manifest import TableReport
from connectors.parts import counted, write_report
from connectors.renew import compact
from connectors.systems import open_connection
from connectors.tables import name_of
from connectors.watermark import fingerprint, read_mark, write_mark


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a refresh is: `fraction` of the whole, 0 to 1, and the rows read of a connection's table.

    The table is empty while the connection is opened, both while all tables are joined, the connection alone
    while KPIs are added up.
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


def _pull_table(source: Source, filing: Filing, ground: Ground, last: Path | None) -> TableReport:
    started = time.perf_counter()
    following = source.follows(filing.table)
    if following is None:
        _read_whole(source, filing)
    else:
        _follow(source, following, filing, None if ground.full else last, ground.today)
    if last and source.keeps_history(filing.table):
        keep_history(filing.folder, last, filing.table, ground.today)
    report = counted(filing.folder, filing.columns, filing.read, time.perf_counter() - started)
    write_report(filing.folder, report)
    return report


def _follow(source: Source, following: Following, filing: Filing, last: Path | None, today: dt.date) -> None:
    """Read what changed since the last snapshot; everything where that cannot be told."""
    filing.follow(following)
    proof = fingerprint(filing.connection, following, filing.table, filing.key)
    known = read_mark(last, proof) if last else None
    mark = catch_up(following, filing, last, known, today) if last and known else None
    if mark is None:
        mark = first_mark(following, filing, proof, today)
        _read_whole(source, filing)
        compact(filing.folder)
        mark = replace(mark, columns=tuple(sorted(filing.columns)))
    write_mark(filing.folder, mark)


def _read_whole(source: Source, filing: Filing) -> None:
    for chunk in source.chunks(filing.table):
        filing.take(chunk)
