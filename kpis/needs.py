"""What a KPI cannot do without, and what is assumed where a connection lacks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from connectors.manifest import ChannelEntry, Manifest
from kpis.kpi import Kpi

MISSING = "missing: "
IDENTITIES = "orders.customer_ref|orders.email_hash|orders.phone_hash|orders.member_hash"


def missing(kpi: Kpi, delivered: Mapping[str, Collection[str]]) -> str | None:
    """The first table, or table.column, that no connection delivers; null when all is there.

    >>> from kpis.catalogue import catalogue
    >>> missing(catalogue()["visits"], {"orders": ["order_id"]})
    'visits'
    """
    return next((lack for need in kpi.needs if (lack := lacking(need, delivered))), None)


def missing_kind(kpi: Kpi, channels: Sequence[ChannelEntry]) -> str | None:
    """The kind of channel that a shop with channels does not have; null when all is there.

    A shop whose channels nobody classified may well have both kinds, so no figure is told of it either.
    """
    kinds = {channel.kind for channel in channels}
    if not kpi.kinds or not channels or kinds >= set(kpi.kinds):
        return None
    if kinds == {"unknown"}:
        return "channel kinds (business.toml)"
    return next(f"an {kind} channel" for kind in kpi.kinds if kind not in kinds)


def assumed(kpi: Kpi, manifest: Manifest) -> list[str]:
    """The columns that are assumed for a connection, as `connection: table.column`.

    Of alternatives joined by `|`, only a connection that delivers none of them has them assumed.
    """
    return [
        f"{name}: {wanted}"
        for wanted in kpi.assumes
        for name, report in manifest.connections.items()
        if (table := report.tables.get(wanted.split(".")[0]))
        and not any(column.split(".")[1] in table.columns for column in wanted.split("|"))
    ]


def lacking(need: str, delivered: Mapping[str, Collection[str]]) -> str | None:
    """What is missing of one need; of alternatives, the first that only lacks its column, else the first.

    >>> lacking("orders.email_hash|orders.phone_hash", {"orders": ["order_id"]})
    'orders.email_hash'
    """
    absent = []
    for name in need.split("|"):
        table, _, column = name.partition(".")
        if table in delivered and (not column or column in delivered[table]):
            return None
        absent.append(name if table in delivered else table)
    return next((name for name in absent if "." in name), absent[0])
