"""Drawn returns and refunds, and the days of those who returned something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from connectors.facts import FACTS
from connectors.return_reasons import REASONS
from tests.kpis.frames.base import LAST
from tests.kpis.frames.draw import Draw


def drawn_return_days(draw: Draw, order: dict[str, Any]) -> list[dict[str, Any]]:
    days = sorted({order["paid_day"] + dt.timedelta(days=draw.below(40)) for _ in range(draw.one_of([1, 2]))})
    former = [None, *days]
    carried = {key: order[key] for key in FACTS["return_days"].columns() if key in order}
    told = [(day, draw.chance(0.8), draw.chance(0.3)) for day in days if day <= LAST]
    return [
        carried
        | {
            "day": day,
            "previous_day": former[place],
            "units": Decimal(1),
            "next_told_day": _first(after for after, is_told, _ in told[place:] if is_told),
            "next_in_store_day": _first(after for after, is_told, store in told[place:] if is_told and store),
        }
        for place, (day, _, _) in enumerate(told)
    ]


def _first(days: Iterable[dt.date]) -> dt.date | None:
    return min(days, default=None)


def drawn_return(draw: Draw, place: int, order: dict[str, Any]) -> dict[str, Any]:
    linked = draw.chance(0.9)
    carried = {key: order[key] for key in FACTS["return_facts"].columns() if key in order} if linked else {}
    return carried | {
        "return_id": f"shop:{place}",
        "requested_day": min(order["paid_day"] + dt.timedelta(days=draw.below(40)), LAST),
        "linked": linked,
        "reason": draw.one_of([*REASONS, None]),
        "exchange": draw.one_of([True, False, False, None]),
    }


def drawn_returner_days(draw: Draw, orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Days on which customers returned, some of them followed by an order within 90 days."""
    found = []
    for customer in sorted({order["customer_id"] for order in orders if order["customer_id"]}):
        own = {order["paid_day"]: order for order in orders if order["customer_id"] == customer}
        days = sorted(own)
        followed = [day for day in days if (LAST - day).days >= 90 and draw.chance(0.4)]
        for place, day in enumerate(days):
            carried = {key: own[day][key] for key in FACTS["returner_days"].columns() if key in own[day]}
            found.append(
                carried
                | {
                    "day": day,
                    "previous_day": days[place - 1] if place else None,
                    "next_followed_day": _first(after for after in followed if after >= day),
                    "days_observed": (LAST - day).days,
                }
            )
    return found


def drawn_refund(draw: Draw, place: int, order: dict[str, Any]) -> dict[str, Any]:
    status = draw.one_of(["settled", "settled", "settled", "pending", "failed"])
    requested = order["paid_day"] if draw.chance(0.9) or status == "pending" else None
    is_known = status == "settled" and requested is not None
    return {key: order[key] for key in FACTS["refund_facts"].columns() if key in order} | {
        "refund_id": f"shop:{place}",
        "requested_day": requested,
        "refunded_day": order["paid_day"] if status == "settled" else None,
        "linked": draw.chance(0.9),
        "status": status,
        "refund_seconds": 3600 + draw.below(40 * 86400) if is_known else None,
        "amount": Decimal(10),
    }
