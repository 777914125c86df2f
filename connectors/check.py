"""Looks at every connection without storing anything: does it open, what does it deliver, what is unclear."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from connectors.business import Business
from connectors.connector import Connection, Source
from connectors.errors import ConnectorError
from connectors.masking import without_addresses
from connectors.parse import clean, parsed
from connectors.systems import open_connection
from connectors.tables import Table, dated_by, name_of, plain_columns
from connectors.text import Text

SHOWN = 5


@dataclass(frozen=True, slots=True)
class TableCheck:
    """One table of a connection.

    Attributes:
        rows: rows that came, before any validation.
        newest: the newest readable moment a row belongs to, UTC; null for tables without one.
        missing: canonical columns that are not delivered; of hashes, the column they would be made of.
        channels: native channel names that occur.
        stores: native shop names that occur.
    """

    rows: int
    newest: dt.datetime | None
    missing: tuple[str, ...]
    channels: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConnectionCheck:
    """One connection; `version` is the system's own, null where it has none or does not tell."""

    system: str
    error: Text | None = None
    version: str | None = None
    tables: Mapping[str, TableCheck] = field(default_factory=dict)
    warnings: tuple[Text, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything could be read."""
        return self.error is None


def check(connections: Sequence[Connection], business: Business) -> dict[str, ConnectionCheck]:
    """Read every connection from end to end and say what it holds, by the connection's name."""
    looked = {connection.name: _look(connection) for connection in connections}
    warnings = {name: list(result.warnings) for name, result in looked.items()}
    for name, result in looked.items():
        warnings[name] += _unclassified(name, result, business)
    for name, warning in (
        *_shared_names(looked, business, "channels"),
        *_shared_names(looked, business, "stores"),
    ):
        warnings[name].append(warning)
    return {name: replace(result, warnings=tuple(warnings[name])) for name, result in looked.items()}


def _look(connection: Connection) -> ConnectionCheck:
    try:
        with open_connection(connection) as source:
            version = getattr(source, "version", None)
            told = tuple(source.warnings()) if hasattr(source, "warnings") else ()
            tables = {
                name_of(table): _look_at_table(source, table, connection.timezone)
                for table in source.tables()
            }
    except ConnectorError as error:
        return ConnectionCheck(connection.system, error=error.text)
    return ConnectionCheck(connection.system, version=version, tables=tables, warnings=told)


def _look_at_table(source: Source, table: type[Table], zone: str) -> TableCheck:
    rows, moments, delivered = 0, [], set[str]()
    names: dict[str, set[str]] = {"channel": set(), "store_id": set()}
    date = dated_by(table)
    for chunk in source.chunks(table):
        rows += chunk.height
        delivered |= set(chunk.columns)
        read = clean(chunk.select(column for column in (date, *names) if column in chunk.columns))
        for column in names.keys() & set(read.columns):
            names[column] |= set(without_addresses(read[column].drop_nulls().cast(pl.String).unique()))
        if date in read.columns:
            moment, _ = parsed(str(date), read.schema[str(date)], table.columns()[str(date)].dtype, zone)
            moments.append(read.select(moment.max()).item())
    plain = plain_columns(table)
    return TableCheck(
        rows=rows,
        newest=max((moment for moment in moments if moment is not None), default=None),
        missing=tuple(
            plain.get(name, name)
            for name in table.columns()
            if name not in delivered and plain.get(name) not in delivered
        ),
        channels=frozenset(names["channel"]),
        stores=frozenset(names["store_id"]),
    )


def _unclassified(connection: str, result: ConnectionCheck, business: Business) -> list[Text]:
    natives = {native for table in result.tables.values() for native in table.channels}
    unknown = sorted(
        native for native in natives if business.kind_of(business.channel_of(connection, native)) == "unknown"
    )
    return [
        Text(
            f"channel '{native}' is neither online nor offline yet: say so in business.toml with "
            f'match = ["{connection}:{native}"].',
            f"渠道“{native}”尚未注明线上或线下：请在 business.toml 中用 "
            f'match = ["{connection}:{native}"] 归类。',
        )
        for native in unknown
    ]


def _shared_names(
    looked: Mapping[str, ConnectionCheck], business: Business, kind: Literal["channels", "stores"]
) -> list[tuple[str, Text]]:
    """Names that no setting matches and that several connections use: taken for one, perhaps wrongly."""
    configured = {entry.id for entry in (business.channels if kind == "channels" else business.stores)}
    match = business.channel_of if kind == "channels" else business.store_of
    holders: dict[str, list[str]] = defaultdict(list)
    for name, result in looked.items():
        for native in {native for table in result.tables.values() for native in getattr(table, kind)}:
            if native not in configured and match(name, native) == native:
                holders[native].append(name)
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for native, names in holders.items():
        if len(names) > 1:
            shared[tuple(names)].append(native)
    return [
        (name, _shared(kind, sorted(natives), names)) for names, natives in shared.items() for name in names
    ]


def _shared(kind: str, natives: Sequence[str], names: Sequence[str]) -> Text:
    some = ", ".join(natives[:SHOWN]) + (" ..." if len(natives) > SHOWN else "")
    listed = ", ".join(names)
    words = {"channels": "渠道", "stores": "门店"}
    return Text(
        f"{kind} named alike in {listed} are taken for the same: {some}; match them in business.toml if not.",
        f"{listed} 中同名的{words[kind]}视为同一个：{some}；若并非如此，请在 business.toml 中归类。",
    )
