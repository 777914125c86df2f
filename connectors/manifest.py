"""The manifest of a snapshot: what came from where and when, and how to read it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from connectors.text import Text

NO_CURRENCY = "unknown"
"""Stands for a currency among those without a rate, where an amount has none."""


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table of one connection in one refresh.

    Attributes:
        pulled: rows the source has; always accepted + quarantined.
        accepted: rows that are in the snapshot.
        repaired: optional cells set to null.
        quarantined: rows put aside.
        seconds: time spent reading and validating.
        columns: the canonical columns that were delivered, even if all null.
        repairs: cells per rule.
        quarantine: rows per rule.
        misses: foreign ids per column that no connection, or more than one, could answer for.
        without_rate: rows per currency, or `unknown`, with an amount that could not be converted.
        read: rows that were read this time; fewer than pulled where only what changed was asked for.
    """

    pulled: int = 0
    accepted: int = 0
    repaired: int = 0
    quarantined: int = 0
    seconds: float = 0.0
    columns: tuple[str, ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)
    quarantine: Mapping[str, int] = field(default_factory=dict)
    misses: Mapping[str, int] = field(default_factory=dict)
    without_rate: Mapping[str, int] = field(default_factory=dict)
    read: int = 0


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """One connection in one refresh; `read_at` is when its rows were read, perhaps by an earlier refresh."""

    system: str
    ok: bool
    read_at: dt.datetime | None
    error: Text | None = None
    tables: Mapping[str, TableReport] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """A channel of the snapshot; kind is online, offline or unknown."""

    id: str
    kind: str
    title: Text


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """A shop of the snapshot."""

    id: str
    title: Text
    region: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the snapshot, by its path within it."""

    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class IdentityReport:
    """How customers were recognised over all connections.

    Attributes:
        records: customer records of all systems.
        orders: orders and receipts, whatever became of them.
        identified: orders that lead to a customer.
        customers: people behind records and identified orders.
        shared: e-mail addresses and phone numbers that too many share, so that they join nobody.
    """

    records: int = 0
    orders: int = 0
    identified: int = 0
    customers: int = 0
    shared: int = 0

    @property
    def share_identified(self) -> float | None:
        """Identified orders of all orders; null without orders."""
        return self.identified / self.orders if self.orders else None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot's manifest.

    Attributes:
        version: the snapshot's number, six digits.
        created_at: when the refresh ended, UTC.
        data_time: the newest order, UTC; null without orders.
        timezone: the business zone that days are days of.
        currency: the reporting currency; null without money.
        first_day: business day of the oldest order; null without orders.
        last_day: business day of the newest order; null without orders.
        connections: a report per configured connection.
        channels: every channel that occurs.
        stores: every shop that occurs.
        delivered: per canonical table the columns that at least one connection delivers.
        identity: how customers were recognised.
        warnings: what the reader of figures should know.
        files: every data file with its hash.
        fell_back: why an older version than the last one was opened; null normally.
        settings: the stamp of the settings that it was read with; null where it is too old to have one.
    """

    version: str
    created_at: dt.datetime
    data_time: dt.datetime | None
    timezone: str
    currency: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    connections: Mapping[str, ConnectionReport]
    channels: tuple[ChannelEntry, ...]
    stores: tuple[StoreEntry, ...]
    delivered: Mapping[str, tuple[str, ...]]
    identity: IdentityReport = IdentityReport()
    warnings: tuple[Text, ...] = ()
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    fell_back: Text | None = None
    settings: str | None = None


def to_json(manifest: Manifest) -> str:
    """The manifest as it is written to disk."""
    return json.dumps(asdict(replace(manifest, fell_back=None)), default=str, ensure_ascii=False, indent=1)


def from_json(written: str) -> Manifest:
    """The manifest as it was written.

    Raises:
        ValueError, KeyError, TypeError: it is not a manifest.
    """
    raw: dict[str, Any] = json.loads(written)
    return Manifest(
        **{
            **raw,
            "created_at": dt.datetime.fromisoformat(raw["created_at"]),
            "data_time": _moment(raw["data_time"]),
            "first_day": _day(raw["first_day"]),
            "last_day": _day(raw["last_day"]),
            "connections": {name: _connection(report) for name, report in raw["connections"].items()},
            "channels": tuple(
                ChannelEntry(**{**entry, "title": Text(**entry["title"])}) for entry in raw["channels"]
            ),
            "stores": tuple(
                StoreEntry(**{**entry, "title": Text(**entry["title"])}) for entry in raw["stores"]
            ),
            "delivered": {table: tuple(columns) for table, columns in raw["delivered"].items()},
            "identity": IdentityReport(**raw.get("identity", {})),
            "warnings": tuple(Text(**warning) for warning in raw["warnings"]),
            "files": {path: FileEntry(**entry) for path, entry in raw["files"].items()},
        }
    )


def _connection(raw: dict[str, Any]) -> ConnectionReport:
    tables = {
        name: TableReport(**{**report, "columns": tuple(report["columns"])})
        for name, report in raw["tables"].items()
    }
    error = Text(**raw["error"]) if raw["error"] else None
    return ConnectionReport(**{**raw, "read_at": _moment(raw["read_at"]), "error": error, "tables": tables})


def _moment(written: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written else None


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
