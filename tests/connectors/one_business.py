"""One business made of a web shop, tills, web analytics, a survey tool and door counters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from connectors.refresh import RefreshReport, refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from kpis.evaluate import Query, evaluate
from kpis.shop import open_shop
from tests.connectors.postgres_server import Database

SYSTEMS = {"webshop": "medusa", "shops": "odoo", "analytics": "umami", "feedback": "formbricks"}
"""Which system each connection is."""

TELL_OF_ORDERS = ("analytics", "feedback")
"""The connections whose order ids are another's."""

Cell = tuple[float | None, float | None]


@dataclass(frozen=True)
class OneBusiness:
    """The business after a refresh.

    Attributes:
        folder: its settings and data.
        report: what the refresh said.
    """

    folder: Path
    report: RefreshReport

    def misses(self, connection: str) -> dict[str, int]:
        """Foreign ids that led nowhere, by column, over all tables of a connection."""
        tables = self.report.connections[connection].tables.values()
        return {column: count for table in tables for column, count in table.misses.items()}

    def table(self, name: str) -> pl.DataFrame:
        with open_snapshot(self.folder / "data") as snapshot:
            return snapshot.scan(name).collect()

    def facts(self, name: str) -> pl.DataFrame:
        """A derived table."""
        return pl.DataFrame(open_shop(self.folder, self.folder / "data").tables.scan(name).collect())

    def orders_of(self, name: str, connection: str) -> list[str]:
        """The stored ids of orders that rows of a connection are about."""
        rows = self.table(name).filter(connection=connection)
        return sorted(rows["order_id"].drop_nulls().to_list())

    def figures(self, kpi: str, by: str) -> dict[str | None, Cell]:
        """Both counts of a KPI over all days, by a dimension; slices without any left out."""
        shop = open_shop(self.folder, self.folder / "data")
        rows = evaluate(shop, Query(kpis=(kpi,), by=(by,))).iter_rows(named=True)
        return {row[by]: (row["numerator"], row["denominator"]) for row in rows if row["denominator"]}


def set_up(
    folder: Path,
    databases: Mapping[str, Database],
    business: str,
    doors: str,
    *,
    settled: bool,
    rival: str = "",
) -> OneBusiness:
    """Write the settings, refresh, and hand over the business.

    Args:
        folder: an empty folder.
        databases: the database of each connection in `SYSTEMS`.
        business: business.toml.
        doors: visits.csv of the door counters.
        settled: whether settings say where foreign order ids live.
        rival: orders.csv of yet another shop; empty: there is none.
    """
    sections = ['identity_secret = "0123456789abcdef0123456789abcdef"']
    for name, system in SYSTEMS.items():
        sections.append(f'[connections.{name}]\nsystem = "{system}"\nurl = "{databases[name].url()}"')
        if settled and name in TELL_OF_ORDERS:
            sections.append('orders_of = "webshop"')
    for name, table, text in (("doors", "visits", doors), ("rival", "orders", rival)):
        if text:
            (folder / name).mkdir()
            (folder / name / f"{table}.csv").write_text(text, encoding="utf-8")
            sections.append(f'[connections.{name}]\nsystem = "files"\npath = "{folder / name}"')
    (folder / "secrets.toml").write_text("\n".join(sections), encoding="utf-8")
    (folder / "secrets.toml").chmod(0o600)
    (folder / "business.toml").write_text(business, encoding="utf-8")
    report = refresh(load_settings(folder, folder / "data"))
    assert not report.failed, report.connections
    return OneBusiness(folder, report)
