"""Pulling one connection: every table it can fill, validated chunk by chunk and written down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from connectors.accept import RULE, accept
from connectors.connector import Connection, Source
from connectors.identity_hash import IdentityKey
from connectors.manifest import TableReport
from connectors.parts import write_chunk, write_report
from connectors.systems import open_connection
from connectors.tables import Table, columns_with, name_of


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a refresh is: `fraction` of the whole, 0 to 1, and the rows read of a connection's table.

    The table is empty while the connection is opened, both while all tables are joined.
    """

    connection: str
    table: str
    rows: int
    fraction: float


def pull(
    connection: Connection,
    key: IdentityKey,
    folder: Path,
    told: Callable[[Progress], None],
    share: tuple[float, float],
) -> None:
    """Read a connection into part folders below `folder`.

    Args:
        connection: what to read.
        key: turns plain identities into keyed hashes.
        folder: the connection's own folder of parts.
        told: hears of every chunk.
        share: the fractions of the whole refresh at which this connection begins and ends.

    Raises:
        ConnectorError: it cannot be read; what was written so far is worthless.
    """
    told(Progress(connection.name, "", 0, share[0]))
    with open_connection(connection) as source:
        tables = source.tables()
        for number, table in enumerate(tables):
            done = share[0] + (share[1] - share[0]) * number / len(tables)
            told(Progress(connection.name, name_of(table), 0, done))
            report = _pull_table(source, table, connection.timezone, key, folder / name_of(table))
            told(Progress(connection.name, name_of(table), report.pulled, done))


def _pull_table(source: Source, table: type[Table], zone: str, key: IdentityKey, folder: Path) -> TableReport:
    started = time.perf_counter()
    pulled = 0
    columns: set[str] = set()
    repairs: Counter[str] = Counter()
    quarantine: Counter[str] = Counter()
    hashes = {plain: column for column, plain in columns_with(table, "hash_of").items()}
    for number, chunk in enumerate(source.chunks(table)):
        accepted = accept(chunk, table, zone, key)
        write_chunk(folder, number, accepted)
        pulled += chunk.height
        columns |= {hashes.get(column, column) for column in chunk.columns}
        repairs.update(accepted.repairs)
        quarantine.update(accepted.quarantine[RULE])
    report = TableReport(
        pulled=pulled,
        accepted=pulled - quarantine.total(),
        repaired=repairs.total(),
        quarantined=quarantine.total(),
        seconds=round(time.perf_counter() - started, 3),
        columns=tuple(sorted(columns)),
        repairs=dict(repairs),
        quarantine=dict(quarantine),
    )
    write_report(folder, report)
    return report
