"""The days of customers, told from drawn orders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.base import FIRST, LAST

APP_FROM = dt.date(2024, 6, 1)


def customer_days(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
            amounts = [order["net_amount"] for order in here if order["net_amount"] is not None]
            priced = [o["paid_day"] for o in own if o["net_amount"] is not None and o["paid_day"] < day]
            found.append(
                {key: here[0][key] for key in FACTS["customer_days"].columns() if key in here[0]}
                | {
                    "customer_id": customer,
                    "day": day,
                    "previous_day": days[place - 1] if place else None,
                    "next_day": following,
                    "history_from": APP_FROM if any(o["channel"] == "app" for o in here) else FIRST,
                    "next_online_day": _next(own, day, "online"),
                    "next_offline_day": _next(own, day, "offline"),
                    "days_observed": (LAST - day).days,
                    "days_to_next": (following - day).days if following else None,
                    "customer_type": "returning" if place else "new",
                    "orders": len(here),
                    "orders_priced": len(amounts),
                    "orders_unpriced": len(here) - len(amounts),
                    "net_amount": sum(amounts) if amounts else None,
                    "previous_priced_day": max(priced, default=None),
                }
            )
    return found


def _next(orders: list[dict[str, Any]], day: dt.date, kind: str) -> dt.date | None:
    days = (o["paid_day"] for o in orders if o["paid_day"] >= day and o["channel_kind"] == kind)
    return min(days, default=None)
