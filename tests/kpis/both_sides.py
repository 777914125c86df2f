"""A web shop and a till on paper, and how one is compared with the other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from connectors.manifest import ChannelEntry
from connectors.text import Text
from kpis.consistency import Consistency
from kpis.periods import Period
from tests.kpis.told import january

JANUARY = Period(january(1), january(31))
WEB = {"channel": "web", "channel_kind": "online"}
TILL = {"channel": "till", "channel_kind": "offline"}
CHANNELS = tuple(
    ChannelEntry(name, kind, Text(name, name)) for name, kind in (("web", "online"), ("till", "offline"))
)


def row_of(told: Consistency, kpi: str) -> dict[str, Any]:
    (row,) = told.rows.filter(pl.col("kpi") == kpi).iter_rows(named=True)
    return row


def paid(where: Mapping[str, str], *amounts: int, **columns: Any) -> list[dict[str, Any]]:
    order = {**where, "counted": True, "paid": True, "paid_day": january(10)}
    return [order | {"net_amount": Decimal(amount)} | columns for amount in amounts]


def wilson(events: float, number: float, z: float) -> tuple[float, float]:
    centre, half = events + z * z / 2, z * math.sqrt(events * (1 - events / number) + z * z / 4)
    return (centre - half) / (number + z * z), (centre + half) / (number + z * z)
