"""Shops made of small frames: derived tables written down row by row, or drawn from a seed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from connectors.business import Business
from connectors.facts import FACTS
from connectors.manifest import ConnectionReport, Manifest, TableReport
from connectors.tables import TABLES
from kpis.shop import Shop

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 6, 30)
DELIVERED = {name: tuple(table.column_names()) for name, table in TABLES.items()}
Rows = Iterable[Mapping[str, Any]]


class Frames:
    """Derived tables in memory, with the manifest a snapshot would have."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> None:
        self.tables = tables
        self.manifest = manifest

    def has(self, name: str) -> bool:
        return name in self.tables

    def scan(self, name: str) -> pl.LazyFrame:
        return self.tables[name].lazy()


def facts(name: str, rows: Rows) -> pl.DataFrame:
    """A derived table; columns left out are null, or false, 0 or the row's number where they cannot be."""
    columns = FACTS[name].columns()
    filled = [
        {
            column: row.get(column, None if kind.nullable else _plain(kind.dtype, place))
            for column, kind in columns.items()
        }
        for place, row in enumerate(rows)
    ]
    return pl.DataFrame(filled, schema={column: kind.dtype for column, kind in columns.items()}, orient="row")


def manifest(**changes: Any) -> Manifest:
    """A manifest of a shop whose one connection delivers everything."""
    reports = {name: TableReport(columns=columns) for name, columns in DELIVERED.items()}
    whole = Manifest(
        version="000001",
        created_at=dt.datetime(2025, 7, 1, tzinfo=dt.UTC),
        data_time=dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC),
        timezone="Asia/Shanghai",
        currency="CNY",
        first_day=FIRST,
        last_day=LAST,
        connections={"shop": ConnectionReport("files", ok=True, read_at=None, tables=reports)},
        channels=(),
        stores=(),
        delivered=DELIVERED,
    )
    return replace(whole, **changes)


def shop_of(
    business: Business | None = None, /, about: Manifest | None = None, **tables: Rows | pl.DataFrame
) -> Shop:
    """A shop whose derived tables hold these rows, and nothing else."""
    frames = {
        name: rows if isinstance(rows, pl.DataFrame) else facts(name, rows)
        for name, rows in ({name: [] for name in FACTS} | tables).items()
    }
    return Shop(Frames(frames, about or manifest()), business or Business())


def _plain(dtype: pl.DataType, place: int) -> object:
    if dtype == pl.Boolean:
        return False
    if dtype == pl.String:
        return f"row {place}"
    return FIRST if dtype == pl.Date else 0


class Draw:
    """Chance that comes out the same for a seed."""

    def __init__(self, seed: int) -> None:
        self.generator = np.random.default_rng(seed)

    def below(self, limit: int) -> int:
        return int(self.generator.integers(limit))

    def one_of(self, choices: list[Any]) -> Any:
        return choices[self.below(len(choices))]

    def chance(self, share: float) -> bool:
        return bool(self.generator.random() < share)


def drawn_tables(seed: int, orders: int = 400) -> dict[str, pl.DataFrame]:
    """Derived tables of a made-up shop of 18 months, consistent with each other, the same for a seed."""
    draw = Draw(seed)
    drawn = [_order(draw, place) for place in range(orders)]
    days = _customer_days(drawn)
    for order in drawn:
        first = min((day["day"] for day in days if day["customer_id"] == order["customer_id"]), default=None)
        order["customer_type"] = (
            "unknown" if first is None else "new" if order["paid_day"] == first else "returning"
        )
    returned = [order for order in drawn if order["paid"] and draw.chance(0.3)]
    return {
        "visit_facts": facts("visit_facts", [_visit(draw) for _ in range(orders)]),
        "order_facts": facts("order_facts", drawn),
        "return_days": facts("return_days", [day for order in returned for day in _return_days(draw, order)]),
        "refund_facts": facts(
            "refund_facts", [_refund(draw, place, order) for place, order in enumerate(returned)]
        ),
        "survey_facts": facts("survey_facts", [_survey(draw, place) for place in range(orders // 2)]),
        "customer_days": facts("customer_days", days),
    }


CHANNELS = {"web": "online", "app": "online", "store": "offline", "窗口": "unknown"}


def _slice(draw: Draw) -> dict[str, Any]:
    channel = draw.one_of(list(CHANNELS))
    return {
        "channel": channel,
        "channel_kind": CHANNELS[channel],
        "store": draw.one_of(["north", "south"]) if channel == "store" else None,
        "region": draw.one_of(["华东", "华南", None]),
        "category": draw.one_of(["shoes", "hats", None]),
        "customer_type": draw.one_of(["new", "returning", "unknown"]),
        "tier": draw.one_of(["gold", None]),
        "device": draw.one_of(["phone", "desktop", None]),
        "source": draw.one_of(["search", "ad", None]),
        "campaign": draw.one_of(["spring", None]),
        "payment_method": draw.one_of(["card", "wallet"]),
        "touchpoint": draw.one_of(["delivery", "purchase"]),
    }


def _day(draw: Draw) -> dt.date:
    return FIRST + dt.timedelta(days=draw.below((LAST - FIRST).days + 1))


def _visit(draw: Draw) -> dict[str, Any]:
    number = draw.one_of([1, 1, 1, 40])
    return _slice(draw) | {
        "day": _day(draw),
        "visits": number,
        "outcome_known": draw.chance(0.9),
        "converted": draw.below(number + 1),
        "orders_known": draw.chance(0.9),
    }


def _order(draw: Draw, place: int) -> dict[str, Any]:
    placed = _day(draw)
    counted = draw.chance(0.95)
    paid = counted and draw.chance(0.95)
    known = draw.chance(0.8)
    seconds = 60 + draw.below(45 * 86400) if known else None
    units = Decimal(1 + draw.below(5))
    return _slice(draw) | {
        "order_id": f"shop:{place}",
        "connection": "shop",
        "placed_day": placed,
        "paid_day": min(placed + dt.timedelta(days=draw.below(2)), LAST) if paid else None,
        "promised_day": min(placed + dt.timedelta(days=5), LAST) if draw.chance(0.9) else None,
        "customer_id": f"c{draw.below(120)}" if draw.chance(0.8) else None,
        "counted": counted,
        "paid": paid,
        "visits_known": draw.chance(0.9),
        "lines_known": draw.chance(0.9),
        "returns_known": draw.chance(0.9),
        "shipments_known": True,
        "net_amount": Decimal(1 + draw.below(10**6)) / 100 if draw.chance(0.97) else None,
        "units": units,
        "days_late": draw.below(8) - 4 if known else None,
        "outcome_known": known,
        "delivery_seconds": seconds,
        "shipped": known or draw.chance(0.5),
        "returned_30d": draw.chance(0.2),
        "units_returned_30d": min(units, Decimal(draw.below(3))),
    }


def _customer_days(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    paid = [order for order in orders if order["paid"] and order["customer_id"]]
    found = []
    for customer in sorted({order["customer_id"] for order in paid}):
        own = sorted(
            (o for o in paid if o["customer_id"] == customer), key=lambda o: (o["paid_day"], o["order_id"])
        )
        days = sorted({order["paid_day"] for order in own})
        for place, day in enumerate(days):
            here = [order for order in own if order["paid_day"] == day]
            following = days[place + 1] if place + 1 < len(days) else None
            found.append(
                {key: here[0][key] for key in FACTS["customer_days"].columns() if key in here[0]}
                | {
                    "customer_id": customer,
                    "day": day,
                    "previous_day": days[place - 1] if place else None,
                    "next_day": following,
                    "next_online_day": _next(own, day, "online"),
                    "next_offline_day": _next(own, day, "offline"),
                    "days_observed": (LAST - day).days,
                    "days_to_next": (following - day).days if following else None,
                    "customer_type": "returning" if place else "new",
                    "orders": len(here),
                }
            )
    return found


def _next(orders: list[dict[str, Any]], day: dt.date, kind: str) -> dt.date | None:
    days = (o["paid_day"] for o in orders if o["paid_day"] >= day and o["channel_kind"] == kind)
    return min(days, default=None)


def _return_days(draw: Draw, order: dict[str, Any]) -> list[dict[str, Any]]:
    days = sorted({order["paid_day"] + dt.timedelta(days=draw.below(40)) for _ in range(draw.one_of([1, 2]))})
    former = [None, *days]
    carried = {key: order[key] for key in FACTS["return_days"].columns() if key in order}
    return [
        carried | {"day": day, "previous_day": former[place], "units": Decimal(1)}
        for place, day in enumerate(days)
        if day <= LAST
    ]


def _refund(draw: Draw, place: int, order: dict[str, Any]) -> dict[str, Any]:
    status = draw.one_of(["settled", "settled", "settled", "pending", "failed"])
    requested = order["paid_day"] if draw.chance(0.9) or status == "pending" else None
    is_known = status == "settled" and requested is not None
    return {key: order[key] for key in FACTS["refund_facts"].columns() if key in order} | {
        "refund_id": f"shop:{place}",
        "requested_day": requested,
        "refunded_day": order["paid_day"] if status == "settled" else None,
        "status": status,
        "refund_seconds": 3600 + draw.below(40 * 86400) if is_known else None,
        "amount": Decimal(10),
    }


def _survey(draw: Draw, place: int) -> dict[str, Any]:
    answered = draw.chance(0.8)
    off_scale = answered and draw.chance(0.1)
    return _slice(draw) | {
        "survey_id": f"shop:{place}",
        "answered_day": _day(draw) if answered else None,
        "kind": draw.one_of(["nps", "nps", "csat"]),
        "score": float(draw.below(11)) if answered and not off_scale else None,
        "off_scale": off_scale,
    }
