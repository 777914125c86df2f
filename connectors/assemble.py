"""Makes a snapshot of what was pulled: tables joined, facts derived, and the manifest that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from connectors.business import Business
from connectors.cautions import joining_nobody, unclassified, without_rate
from connectors.commit import next_version
from connectors.derived import Material
from connectors.derived.build import build_facts
from connectors.derived.testers import without_tests
from connectors.identity import people
from connectors.manifest import ChannelEntry, ConnectionReport, Manifest, StoreEntry
from connectors.parts import columns_delivered, read_parts
from connectors.settings import Settings
from connectors.settings_stamp import settings_stamp
from connectors.tables import TABLES
from connectors.text import Text
from connectors.unify import Union


def assemble(settings: Settings, folder: Path, pulled: Mapping[str, ConnectionReport]) -> Manifest:
    """Write the joined and derived tables into `folder`.

    Args:
        settings: the installation's settings.
        folder: holds the parts of every connection.
        pulled: a report per connection, without its tables.

    Returns:
        The manifest, without its files.
    """
    parts = {name: read_parts(folder / "parts" / name) for name in pulled}
    union = Union(parts, settings.business, settings.connections, folder)
    union.write()
    orders = union.scan("orders")
    first, last, newest = (
        orders.select(pl.col("day").min(), last=pl.col("day").max(), newest=pl.col("placed_at").max())
        .collect(engine="streaming")
        .row(0)
    )
    persons = people(union.scan("customers"), orders)
    channels = _channels(union, settings.business)
    build_facts(
        Material(
            scan=without_tests(union.scan),
            aside=union.put_aside,
            delivered={
                name: {table: frozenset(part.report.columns) for table, part in tables.items()}
                for name, tables in parts.items()
            },
            people=persons,
            zone=settings.business.timezone,
            kinds={channel.id: channel.kind for channel in channels},
            last_day=last,
        ),
        folder / "facts",
    )
    _write_quarantine(union, parts, folder / "quarantine")
    connections = {
        name: replace(report, tables={table: union.report(name, table) for table in parts[name]})
        for name, report in pulled.items()
    }
    return Manifest(
        version=next_version(settings.data),
        created_at=dt.datetime.now(dt.UTC),
        data_time=newest,
        timezone=settings.business.timezone,
        currency=union.currency,
        first_day=first,
        last_day=last,
        connections=connections,
        channels=channels,
        stores=_stores(union, settings.business),
        delivered=columns_delivered(parts),
        identity=persons.report,
        warnings=(
            *settings.warnings,
            *unclassified(channels),
            *joining_nobody(persons.report.shared),
            *without_rate(connections, union.currency),
        ),
        settings=settings_stamp(settings),
    )


def _channels(union: Union, business: Business) -> tuple[ChannelEntry, ...]:
    """The channels that occur: those of the settings in their order, then the others by name."""
    columns = [
        union.scan(name).select(pl.col("channel").drop_nulls().unique())
        for name, table in TABLES.items()
        if "channel" in table.column_names()
    ]
    found = set(pl.concat(columns).unique().collect(engine="streaming").to_series())
    known = [
        ChannelEntry(entry.id, entry.kind, entry.title) for entry in business.channels if entry.id in found
    ]
    others = sorted(found - {entry.id for entry in known})
    return (*known, *(ChannelEntry(name, "unknown", Text(name, name)) for name in others))


def _stores(union: Union, business: Business) -> tuple[StoreEntry, ...]:
    """The shops that occur: those of the settings in their order, then the others by name."""
    columns = [
        union.scan(name).select(pl.col("store_id").drop_nulls().unique())
        for name, table in TABLES.items()
        if "store_id" in table.column_names()
    ]
    found = set(pl.concat(columns).unique().collect(engine="streaming").to_series())
    described = {
        row["store_id"]: row for row in union.scan("stores").collect(engine="streaming").iter_rows(named=True)
    }
    titles = {entry.id: entry.title for entry in business.stores}
    ordered = [*(name for name in titles if name in found), *sorted(found - set(titles))]
    return tuple(_store(name, titles.get(name), described.get(name, {})) for name in ordered)


def _store(name: str, title: Text | None, row: Mapping[str, str]) -> StoreEntry:
    own = row.get("title") or name
    return StoreEntry(name, title or Text(own, own), row.get("region"), row.get("channel"))


def _write_quarantine(union: Union, parts: Mapping[str, Mapping[str, object]], folder: Path) -> None:
    for connection, tables in parts.items():
        for table in tables:
            aside = union.aside(connection, table)
            if aside.height:
                (folder / connection).mkdir(parents=True, exist_ok=True)
                aside.write_parquet(folder / connection / f"{table}.parquet")
