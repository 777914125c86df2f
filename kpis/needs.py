"""What a KPI cannot do without, and what is assumed where a connection lacks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from connectors.manifest import Manifest
from kpis.kpi import Kpi


def missing(kpi: Kpi, delivered: Mapping[str, Collection[str]]) -> str | None:
    """The first table, or table.column, that no connection delivers; null when all is there.

    >>> from kpis.catalogue import catalogue
    >>> missing(catalogue()["visits"], {"orders": ["order_id"]})
    'visits'
    """
    return next((lacking for need in kpi.needs if (lacking := _lacking(need, delivered))), None)


def assumed(kpi: Kpi, manifest: Manifest) -> list[str]:
    """The columns that are assumed for a connection, as `connection: table.column`."""
    return [
        f"{name}: {wanted}"
        for wanted in kpi.assumes
        for name, report in manifest.connections.items()
        if (table := report.tables.get(wanted.split(".")[0])) and wanted.split(".")[1] not in table.columns
    ]


def _lacking(need: str, delivered: Mapping[str, Collection[str]]) -> str | None:
    """What is missing of one need; of alternatives, the first that only lacks its column, else the first."""
    lacking = []
    for name in need.split("|"):
        table, _, column = name.partition(".")
        if table in delivered and (not column or column in delivered[table]):
            return None
        lacking.append(name if table in delivered else table)
    return next((name for name in lacking if "." in name), lacking[0])
